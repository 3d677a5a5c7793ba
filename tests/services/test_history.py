from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WEEKDAYS
from bot.domain.insights import EqualDays
from bot.domain.measures import Counts
from bot.domain.periods import Period
from bot.services.history import NoSuchUnitError, unit_history, units_ever
from storage import exemptions
from storage.database import Database, Session
from tests.builders import MONDAY, SCHEDULE, at, command_with_units, report, reported

START = MONDAY - timedelta(days=120)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as opened,
    ):
        yield opened


async def test_a_history_is_of_one_unit_alone(session: Session) -> None:
    a, b = await command_with_units(session, 2)
    await reported(session, report(a), report(b, "16:45"), report(b, day=WEEK[1]))
    told = await unit_history(session, SCHEDULE, b.id, Period.WEEK, MONDAY, at("18:00", WEEK[1]))
    assert told.unit == b
    assert told.summary.counts == Counts(expected=2, actual=2, on_time=1)
    assert {d.unit for d in told.summary.unit_days} == {b}


async def test_the_streak_goes_back_beyond_the_period_and_ends_before_today(
    session: Session,
) -> None:
    (a,) = await command_with_units(session, 1, first_day=START)
    await reported(session, report(a, "16:45", day=MONDAY - timedelta(days=101)))
    days = [MONDAY - timedelta(days=n) for n in range(1, 101)]
    await reported(session, *(report(a, day=day) for day in days))
    before_due = await unit_history(session, SCHEDULE, a.id, Period.WEEK, MONDAY, at("16:00"))
    assert before_due.streak == 0
    await reported(session, report(a))
    told = await unit_history(session, SCHEDULE, a.id, Period.WEEK, MONDAY, at("16:00"))
    assert told.streak == 101
    missed = await unit_history(session, SCHEDULE, a.id, Period.WEEK, MONDAY, at("16:30", WEEK[1]))
    assert missed.streak == 0


async def test_an_exempt_day_neither_breaks_the_streak_nor_lengthens_it(session: Session) -> None:
    (a,) = await command_with_units(session, 1)
    await exemptions.add(session, a.id, WEEK[1], WEEK[1], frozenset(WEEKDAYS), "nghỉ lễ")
    await reported(session, report(a), report(a, day=WEEK[2]))
    told = await unit_history(session, SCHEDULE, a.id, Period.WEEK, MONDAY, at("18:00", WEEK[2]))
    assert told.streak == 2


async def test_every_revision_of_the_period_is_there_and_none_of_another(session: Session) -> None:
    a, b = await command_with_units(session, 2, first_day=START)
    first = report(a, day=WEEK[0])
    second = replace(first, revision=2, revised_at=at("17:05"))
    before = report(a, day=WEEK[0] - timedelta(days=1))
    await reported(session, before, first, second, report(b))
    told = await unit_history(session, SCHEDULE, a.id, Period.WEEK, MONDAY, at("18:00"))
    assert told.revisions == (first, second)
    assert told.summary.unit_days[0].report == second


async def test_flags_are_the_units_own(session: Session) -> None:
    a, b = await command_with_units(session, 2, first_day=START)
    for n in range(6):
        day = MONDAY - timedelta(days=n)
        await reported(session, report(a, day=day, absent={"leave": 2}))
        await reported(session, report(b, day=day, absent={"leave": n}))
    told = await unit_history(session, SCHEDULE, a.id, Period.DAY, MONDAY, at("18:00"))
    other = await unit_history(session, SCHEDULE, b.id, Period.DAY, MONDAY, at("18:00"))
    assert told.flags == (EqualDays(6, MONDAY - timedelta(days=5)),)
    assert other.flags == ()


async def test_a_unit_that_owed_nothing_then_is_known_and_one_that_never_was_is_not(
    session: Session,
) -> None:
    (a,) = await command_with_units(session, 1)
    long_ago = MONDAY - timedelta(days=400)
    told = await unit_history(session, SCHEDULE, a.id, Period.MONTH, long_ago, at("18:00"))
    assert (told.unit.name, told.summary.unit_days) == (a.name, ())
    with pytest.raises(NoSuchUnitError):
        await unit_history(session, SCHEDULE, 99, Period.MONTH, MONDAY, at("18:00"))


async def test_units_are_chosen_from_in_the_order_given(session: Session) -> None:
    a, b = await command_with_units(session, 2)
    assert [unit.name for unit in await units_ever(session, (b.id, a.id), MONDAY)] == [
        b.name,
        a.name,
    ]
