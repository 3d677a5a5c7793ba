"""Values as they were known, and what may be changed."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from bot.domain.activities import NewActivity, Slot
from bot.domain.calendar import WEEKDAYS, days_from
from bot.domain.checklists import ItemState
from bot.domain.measures import State
from bot.domain.participation import ActivityKind, Mode
from bot.domain.people import Person
from bot.domain.reports import Report
from bot.domain.target_measures import DutyRecord
from bot.domain.targets import Figure, Status, TargetState
from bot.domain.units import Unit
from bot.services import compliance, targets
from bot.services.setup import initialise
from bot.services.standings import basis, kept
from bot.services.targets import NoSuchTargetError, Overview, PastDayError
from storage import activities, exemptions, exercises, people, reports, units
from storage.database import Database, Session
from tests import builders
from tests.builders import MONDAY, SCHEDULE, at

LATER = MONDAY + timedelta(days=31)


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as session,
    ):
        await initialise(session, "tam-ky-2022", SCHEDULE, at("09:00"))
        yield session


async def somebody(session: Session) -> Person:
    person_id = await people.add(session, 9, "vi")
    return Person(person_id, 9, "vi")


async def compared(session: Session) -> Overview:
    return await targets.overview(session, SCHEDULE, at("21:00", LATER))


async def test_a_month_ago_is_told_as_it_was_known_then(session: Session) -> None:
    unit = (await units.registry(session)).on(MONDAY)[0]
    await reports.save(session, "duty", builders.report(unit, "16:00"))
    before = (await compared(session)).before["duty_reports"].measured.figure
    assert before == Figure(1, 13)
    others = (await units.registry(session)).on(MONDAY)[1:]
    for other in others:
        late = builders.report(other, "16:00", revised="23:00")
        await reports.save(session, "duty", late)
    assert (await compared(session)).before["duty_reports"].measured.figure == before


async def test_a_course_whose_results_nobody_told_trains_nobody_and_fails_nobody(
    session: Session,
) -> None:
    unit = (await units.registry(session)).on(MONDAY)[0]
    slot = Slot(MONDAY, time(7), time(11))
    course = NewActivity(
        kind=ActivityKind.COURSE,
        title="Huấn luyện",
        mode=Mode.HEADCOUNT,
        first=MONDAY,
        last=MONDAY,
        liable={unit.id: 20},
        slots=(slot, Slot(MONDAY, time(13), time(17))),
        category="on_site",
        service="later",
    )
    await activities.add(session, course, at("06:00"))
    told = {s.target.key: s for s in await targets.on_day(session, SCHEDULE, MONDAY, at("21:00"))}
    trained = told["people_trained"]
    assert (trained.value, trained.is_met) == (None, None)
    assert trained.of_unit(unit.id) == Figure(None)
    bases = told["bases_trained"]
    assert bases.of_unit(unit.id) == Figure(None, 1, 1)


async def test_a_state_counts_from_when_it_was_given(session: Session) -> None:
    person = await somebody(session)
    given = Status("vehicles", None, TargetState.UNDER_WAY, at("22:00"))
    await targets.set_status(session, SCHEDULE, person, given)
    told = await compared(session)
    assert told.find("vehicles").measured.state is TargetState.UNDER_WAY
    assert told.before["vehicles"].measured.state is None


async def test_the_value_of_a_month_ago_of_training_and_checklists_is_that_of_the_day(
    session: Session,
) -> None:
    """A course in the month between, and an item that was done in it."""
    unit = (await units.registry(session)).on(MONDAY)[0]
    between = MONDAY + timedelta(days=3)
    lesson = NewActivity(
        kind=ActivityKind.POLITICAL_EDUCATION,
        title="Quán triệt nghị quyết",
        mode=Mode.HEADCOUNT,
        first=between,
        last=between,
        liable={unit.id: 20},
        slots=(Slot(between, time(7), time(11)),),
    )
    await activities.add(session, lesson, at("06:00"))
    ((_, held),) = await activities.list_sessions_between(session, between, between)
    attended = builders.report(unit, "11:30", day=between)
    await reports.save(session, "attendance", attended, str(held.id))
    exercise_id = await exercises.add(
        session, "Diễn tập", unit.id, LATER + timedelta(days=60), at("06:00")
    )
    assert exercise_id is not None
    item_id = await exercises.add_item(session, exercise_id, unit.id, "funding", LATER, MONDAY)
    person = await somebody(session)
    before, after = ItemState.OPEN, ItemState.DONE
    ticked_at = at("09:00", between)
    await exercises.save_state(session, item_id, before, after, person.id, ticked_at)
    told = await compared(session)
    for key, now, then in (("political_education", 1, None), ("funding", 1, 0)):
        assert told.find(key).measured.figure.part == now
        assert told.before[key].measured.figure.part == then


async def test_no_state_is_taken_for_what_is_computed(session: Session) -> None:
    person = await somebody(session)
    for key in ("people_trained", "nothing"):
        with pytest.raises(NoSuchTargetError):
            given = Status(key, None, TargetState.DONE, at("22:00"))
            await targets.set_status(session, SCHEDULE, person, given)


async def test_past_days_keep_their_target(session: Session) -> None:
    person = await somebody(session)
    now = at("09:00", LATER)
    change = ("people_trained", Fraction(97), LATER)
    await targets.revise(session, SCHEDULE, person, change, now)

    async def asked(day: date) -> Fraction | None:
        told = await targets.on_day(session, SCHEDULE, day, now)
        return next(s.target.value for s in told if s.target.key == "people_trained")

    assert (await asked(MONDAY), await asked(LATER)) == (Fraction(95), Fraction(97))
    with pytest.raises(PastDayError):
        earlier = ("people_trained", Fraction(90), LATER - timedelta(days=1))
        await targets.revise(session, SCHEDULE, person, earlier, now)


async def test_the_preset_of_2025_names_units_that_it_has(tmp_path: Path) -> None:
    now = at("09:00", date(2026, 3, 16))
    async with (
        Database.open(tmp_path / "y.db", create=True) as database,
        database.transaction() as session,
    ):
        await initialise(session, "da-nang-2025", SCHEDULE, now)
        told = await targets.current(session, SCHEDULE, now)
    assert len(told) == 22
    assert not any(standing.scope.gone for standing in told)


def test_the_same_day_a_month_before_is_that_months_last_where_it_is_shorter() -> None:
    assert targets.month_before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert targets.month_before(date(2026, 1, 5)) == date(2025, 12, 5)


def seeded(chance: random.Random, unit: Unit, day: date) -> list[Report]:
    """Up to two revisions of a unit's report of a day, or none."""
    revised = chance.choice(["16:00", "17:30", "23:30"])
    told = [{"safety": chance.choice([True, True, False, None])} for _ in range(2)]
    begun = builders.report(unit, chance.choice(["15:45", "17:00"]), day=day)
    first = replace(begun, answers=told[0])
    later = replace(first, revision=2, revised_at=at(revised, day), answers=told[1])
    return chance.choice([[], [first], [first, later]])


@pytest.mark.parametrize("seed", range(6))
async def test_the_year_of_each_unit_is_what_its_single_days_tell(
    session: Session, seed: int
) -> None:
    chance = random.Random(seed)
    listed = (await units.registry(session)).on(MONDAY)[:5]
    last = MONDAY + timedelta(days=5)
    now = at(chance.choice(["16:10", "21:00"]), last)
    for unit in listed:
        for day in days_from(MONDAY, last):
            for each in seeded(chance, unit, day):
                await reports.save(session, "duty", each)
    await exemptions.add(session, listed[0].id, MONDAY, last, frozenset(WEEKDAYS), "nghỉ")
    known = await basis(session, SCHEDULE)
    found = await kept(session, known, MONDAY.replace(month=1, day=1), last, now, by=now)
    came = [
        compliance.newest(
            r
            for r in await reports.list_revisions(session, "duty", unit.id, MONDAY, last)
            if r.revised_at <= now
        )
        for unit in listed
    ]
    record = await compliance.record(session, SCHEDULE, [r for each in came for r in each], now)
    for unit in known.registry.on(last):
        due = [
            d
            for d in record.unit_days(MONDAY, last)
            if d.unit.id == unit.id and d.is_expected and (d.report or d.is_overdue(now))
        ]
        told = [d.report.answers.get("safety") for d in due if d.report]
        assert found[unit.id] == DutyRecord(
            expected=len(due),
            actual=len(told),
            on_time=sum(d.state is State.ON_TIME for d in due),
            unsafe=told.count(False),
            untold=told.count(None),
        )
