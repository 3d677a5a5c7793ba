from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WEEKDAYS
from bot.domain.measures import Counts, State
from bot.services.compliance import summary, unit_days
from storage import units
from storage.database import Database
from tests.builders import COMMAND, MONDAY, SCHEDULE, ZONE, at, command_with_units, report, reported

WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
SUNDAY = WEEK[-1]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(tmp_path / "x.db", create=True) as opened:
        yield opened


async def test_every_unit_is_told_on_every_day_by_day_then_in_order(database: Database) -> None:
    async with database.transaction() as session:
        a, b = await command_with_units(session, 2)
        await reported(
            session, report(a), report(b, "16:31"), report(b, day=WEEK[1], absent={"sick": 1})
        )
        listed = await unit_days(session, SCHEDULE, MONDAY, WEEK[2], at("16:00", WEEK[1]))
    assert [(d.day, d.unit.id, d.state) for d in listed] == [
        (MONDAY, a.id, State.ON_TIME),
        (MONDAY, b.id, State.LATE),
        (WEEK[1], a.id, State.MISSING),
        (WEEK[1], b.id, State.ON_TIME),
        (WEEK[2], a.id, State.NOT_DUE),
        (WEEK[2], b.id, State.NOT_DUE),
    ]
    assert listed[3].report == report(b, day=WEEK[1], absent={"sick": 1})


async def test_nothing_is_expected_before_the_first_day_nor_on_free_weekdays(
    database: Database,
) -> None:
    weekdays = replace(SCHEDULE, weekdays=frozenset(WEEKDAYS[:5]))
    async with database.transaction() as session:
        await command_with_units(session, 1, first_day=WEEK[2])
        listed = await unit_days(session, weekdays, MONDAY, SUNDAY, at("20:00", SUNDAY))
        before = await unit_days(session, weekdays, MONDAY, WEEK[1], at("20:00", SUNDAY))
    assert [d.day for d in listed] == WEEK[2:5]
    assert before == ()


async def test_a_unit_is_expected_from_its_own_first_day_with_that_days_establishment(
    database: Database,
) -> None:
    async with database.transaction() as session:
        (a,) = await command_with_units(session, 1, establishment=24)
        added = await units.add(
            session,
            code="new",
            name="xã Mới",
            short_name="Mới",
            position=-1,
            valid_from=WEEK[1],
        )
        await units.save_strength(session, a.id, WEEK[1], 30, is_sample=False)
        told = await summary(session, SCHEDULE, MONDAY, WEEK[1], at("20:00", WEEK[1]))
    assert [(d.day, d.unit.id, d.unit.establishment) for d in told.unit_days] == [
        (MONDAY, a.id, 24),
        (WEEK[1], added, None),
        (WEEK[1], a.id, 30),
    ]
    assert [total.unit.id for total in told.by_unit] == [added, a.id]


async def test_the_summary_of_a_day_counts_what_came(database: Database) -> None:
    async with database.transaction() as session:
        a, b, _ = await command_with_units(session, 3)
        await reported(session, report(a, absent={"leave": 2}), report(b, "17:00"))
        told = await summary(session, SCHEDULE, MONDAY, MONDAY, at("18:00"))
    assert told.command_name == COMMAND
    assert told.counts == Counts(expected=3, actual=2, on_time=1)
    assert told.strength.present == 46
    assert told.as_of == at("18:00")
    assert told.as_of.tzinfo is ZONE
    assert not told.is_over


async def test_a_correction_counts_with_its_newest_answers_and_first_time(
    database: Database,
) -> None:
    async with database.transaction() as session:
        (a,) = await command_with_units(session, 1)
        await reported(
            session, report(a, absent={"leave": 2}), report(a, absent={"sick": 1}, revised="17:30")
        )
        told = await summary(session, SCHEDULE, MONDAY, MONDAY, at("18:00"))
    assert told.counts.on_time == 1
    assert told.strength.absent_by_reason == {"sick": 1}
    assert [d.unit.id for d in told.corrected_after_due] == [a.id]


async def test_a_database_without_a_command_expects_nothing(database: Database) -> None:
    async with database.snapshot() as session:
        told = await summary(session, SCHEDULE, MONDAY, SUNDAY, at("18:00"))
        assert await unit_days(session, SCHEDULE, MONDAY, SUNDAY, at("18:00")) == ()
    assert (told.command_name, told.unit_days, told.counts.expected) == ("", (), 0)
