"""Figures of a past day use the units, strengths and requirements of that day, whatever changed since."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.activities import NewActivity, Slot
from bot.domain.courses import coverage
from bot.domain.forms import ATTENDANCE, COURSE_RESULT
from bot.domain.participation import ActivityKind, Mode
from bot.domain.targets import Figure, Standing
from bot.domain.units import Unit
from bot.services import compliance, targets
from bot.services.participation import participations
from storage import activities, reports, rosters, units
from storage import targets as stored
from storage.database import Database, Session
from tests.builders import SCHEDULE, at, command_with_units, report, reported

BEGIN = date(2022, 3, 14)
# On this day b is merged into a, strengths change, units change places, and the law asks more days.
CHANGED = date(2022, 6, 1)
BEFORE, AFTER = CHANGED - timedelta(days=1), date(2022, 9, 1)
NOW = at("21:00", AFTER)


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as session,
    ):
        await stored.add_new(session, targets.preset_targets({}))
        yield session


async def change(session: Session, a: Unit, b: Unit, c: Unit) -> None:
    await units.save_end(session, b.id, CHANGED, merged_into=a.id)
    await units.save_strength(session, a.id, CHANGED, 44, is_sample=False)
    await units.save_strength(session, c.id, CHANGED, 9, is_sample=False)
    await units.save_order(session, [c.id, b.id, a.id])
    await session.run(
        "INSERT INTO training_requirement (category, service, days, valid_from, source) "
        "VALUES ('on_site', 'later', 9, ?, 'x')",
        (CHANGED.isoformat(),),
    )


async def course(
    session: Session, first: date, days: int, listed: Sequence[Unit], mode: Mode = Mode.HEADCOUNT
) -> int:
    slots = tuple(Slot(first + timedelta(days=n), time(7), time(17)) for n in range(days))
    new = NewActivity(
        kind=ActivityKind.COURSE,
        title="Huấn luyện",
        mode=mode,
        first=first,
        last=slots[-1].day,
        liable={unit.id: None for unit in listed},
        slots=slots,
        category="on_site",
        service="later",
    )
    return await activities.add(session, new, at("06:00", BEGIN))


async def graded(session: Session, activity_id: int, unit: Unit, day: date, completed: int) -> None:
    told = replace(report(unit, "17:30", day=day), answers={"completed": completed, "grades": {}})
    await reports.save(session, COURSE_RESULT.key, told, str(activity_id))


async def told_on(session: Session, day: date, now: datetime = NOW) -> dict[str, Standing]:
    return {s.target.key: s for s in await targets.on_day(session, SCHEDULE, day, now)}


async def test_a_year_keeps_what_its_merged_unit_did_and_earlier_days_keep_their_figures(
    session: Session,
) -> None:
    a, b, c = await command_with_units(session, 3, first_day=BEGIN, establishment=20)
    held = await course(session, BEGIN, 1, [a, b, c])
    for unit, completed in ((a, 15), (b, 10)):
        await graded(session, held, unit, BEGIN, completed)
        await reported(session, report(unit, day=BEGIN))
    then = await told_on(session, BEFORE, at("21:00", BEFORE))
    await change(session, a, b, c)
    before, after = await told_on(session, BEFORE), await told_on(session, AFTER)
    for key in ("duty_reports", "safety", "bases_trained", "people_trained"):
        assert before[key].measured == then[key].measured, key
    assert before["people_trained"].measured.figure == Figure(25, 60, 20)
    assert before["bases_trained"].measured.figure == Figure(2, 3, 1)
    # The people of b are counted on, by the strength of their course; its base is a's.
    assert after["people_trained"].measured.figure == Figure(25, 60, 20)
    assert after["people_trained"].of_unit(a.id) == Figure(25, 40)
    assert after["bases_trained"].measured.figure == Figure(1, 2, 1)
    days_before, days_after = (CHANGED - BEGIN).days, (AFTER - CHANGED).days + 1
    duty = after["duty_reports"]
    assert duty.measured.figure == Figure(2, 3 * days_before + 2 * days_after)
    assert duty.of_unit(a.id) == Figure(1, days_before + days_after)
    assert duty.of_unit(b.id) is None
    assert after["safety"].measured.figure.unknown == 3 * days_before + 2 * days_after - 2


async def test_each_days_reporting_rate_has_the_units_of_that_day(session: Session) -> None:
    a, b, c = await command_with_units(session, 3, first_day=BEGIN, establishment=20)
    for day in (BEFORE, CHANGED):
        await reported(session, report(a, day=day))
    await change(session, a, b, c)
    for day, expected, strength in ((BEFORE, 3, 20), (CHANGED, 2, 44)):
        told = await compliance.summary(session, SCHEDULE, day, day, NOW)
        assert (told.counts.actual, told.counts.expected) == (1, expected)
        (unit_day,) = [d for total in told.by_unit for d in total.days if d.unit.id == a.id]
        assert unit_day.unit.establishment == strength


async def test_a_course_has_the_strengths_of_its_first_day_and_other_sessions_those_of_theirs(
    session: Session,
) -> None:
    a, b, c = await command_with_units(session, 3, first_day=BEGIN, establishment=20)
    await course(session, BEFORE, 2, [a, c])
    await activities.add(
        session,
        NewActivity(
            kind=ActivityKind.BRIEFING,
            title="Giao ban",
            mode=Mode.HEADCOUNT,
            first=BEFORE,
            last=CHANGED,
            liable={a.id: None, b.id: None},
            slots=tuple(Slot(day, time(7), time(8)) for day in (BEFORE, CHANGED)),
        ),
        at("06:00", BEGIN),
    )
    await change(session, a, b, c)
    listed = await participations(session, SCHEDULE, BEFORE, AFTER, NOW)
    found = {(p.kind, p.unit_id): [s.liable for s in p.sessions] for p in listed}
    assert found == {
        (ActivityKind.COURSE, a.id): [20, 20],
        (ActivityKind.COURSE, c.id): [20, 20],
        (ActivityKind.BRIEFING, a.id): [20, 44],
        (ActivityKind.BRIEFING, b.id): [20, None],
    }
    assert coverage(p for p in listed if p.kind is ActivityKind.COURSE) == 0


async def test_a_course_is_completed_by_the_days_that_were_asked_when_it_ended(
    session: Session,
) -> None:
    a, b, c = await command_with_units(session, 3, first_day=BEGIN, establishment=20)
    code = await rosters.add(session, c.id, "C1", "on_site", date(2020, 1, 1), date(2020, 1, 1))
    assert code
    early = await course(session, BEGIN, 7, [c], Mode.ROSTER)
    await change(session, a, b, c)
    late = await course(session, CHANGED, 1, [c], Mode.ROSTER)
    for each in await activities.list_sessions(session, [early, late]):
        came = replace(report(c, day=each.slot.day), establishment=1, answers={"codes": []})
        await reports.save(session, ATTENDANCE.key, came, str(each.id))
        await rosters.save_attendance(session, each.id, c.id, {code: None})
    listed = await participations(session, SCHEDULE, BEGIN, AFTER, NOW)
    # Seven days were enough in March; eight in the year are not in June.
    assert {p.activity_id: p.completed for p in listed} == {early: 1, late: 0}


async def test_a_unit_closed_without_a_merger_stays_in_the_years_training(session: Session) -> None:
    a, b, _ = await command_with_units(session, 3, first_day=BEGIN, establishment=20)
    held = await course(session, BEGIN, 1, [a, b])
    for unit, completed in ((a, 15), (b, 10)):
        await graded(session, held, unit, BEGIN, completed)
    before = await told_on(session, BEFORE)
    await units.save_end(session, b.id, CHANGED)
    after = await told_on(session, AFTER)
    assert after["people_trained"].measured.figure == Figure(25, 40)
    assert before["people_trained"].measured.figure == Figure(25, 40)
    assert after["bases_trained"].measured.figure == Figure(2, 3)


async def test_a_past_days_figures_do_not_count_sessions_and_results_after_it(
    session: Session,
) -> None:
    a, b, _ = await command_with_units(session, 3, first_day=BEGIN, establishment=20)
    held = await course(session, BEGIN, 3, [a, b])
    first = await told_on(session, BEGIN, at("21:00", BEGIN))
    for unit, completed in ((a, 15), (b, 10)):
        await graded(session, held, unit, BEGIN + timedelta(days=2), completed)
    assert (await told_on(session, BEGIN)) == first
    told = await told_on(session, BEGIN + timedelta(days=2))
    assert told["people_trained"].measured.figure == Figure(25, 40)


async def test_a_past_day_knows_no_presence_and_no_make_up_of_later_days(session: Session) -> None:
    a, *_ = await command_with_units(session, 1, first_day=BEGIN, establishment=20)
    member = await rosters.add(session, a.id, "A01", "on_site", date(2020, 1, 1), BEGIN)
    assert member
    held = await course(session, BEGIN, 7, [a], Mode.ROSTER)
    for each in await activities.list_sessions(session, [held]):
        absent = "sick" if each.slot.day == BEGIN else None
        await rosters.save_attendance(session, each.id, a.id, {member: absent})
        told = replace(report(a, "17:30", day=each.slot.day), answers={})
        await reports.save(session, ATTENDANCE.key, told, str(each.id))
    end = BEGIN + timedelta(days=6)
    then = await told_on(session, end, at("21:00", end))
    assert then["people_trained"].measured.figure == Figure(0, 1)
    assert then["people_trained"].sessions_lacking == 2
    made_up = end + timedelta(days=5)
    slot = Slot(made_up, time(7), time(17), is_make_up=True)
    session_id = await activities.add_session(session, held, slot)
    await rosters.save_attendance(session, session_id, a.id, {member: None})
    assert (await told_on(session, end))["people_trained"] == then["people_trained"]
    assert (await told_on(session, end))["bases_trained"] == then["bases_trained"]
    now = (await told_on(session, made_up))["people_trained"]
    assert (now.measured.figure, now.sessions_lacking) == (Figure(1, 1), None)
