"""Filling a database from presets, again and again."""

from datetime import date, timedelta
from pathlib import Path

from bot.services.exercises import open_ones
from bot.services.setup import SetUp, initialise
from storage import units
from storage.database import Database
from tests.builders import MONDAY, SCHEDULE, at


async def test_doing_it_again_changes_nothing_and_counts_what_is_there(tmp_path: Path) -> None:
    async with Database.open(tmp_path / "x.db", create=True) as database:
        async with database.transaction() as session:
            assert await initialise(session, "tam-ky-2022", SCHEDULE, at("09:00")) == SetUp(13, 0)
        async with database.transaction() as session:
            assert await initialise(session, "tam-ky-2022", SCHEDULE, at("10:00")) == SetUp(0, 13)
            assert await initialise(session, None, SCHEDULE, at("10:00")) == SetUp(0, 13)


async def test_units_of_a_second_preset_leave_past_days_as_they_were(tmp_path: Path) -> None:
    later = MONDAY + timedelta(days=1500)
    async with Database.open(tmp_path / "x.db", create=True) as database:
        async with database.transaction() as session:
            await initialise(session, "tam-ky-2022", SCHEDULE, at("09:00"))
        async with database.transaction() as session:
            assert await initialise(session, "da-nang-2025", SCHEDULE, at("21:00", later)) == SetUp(
                4, 13
            )
            registry = await units.registry(session)
    assert len(registry.on(later)) == 13
    assert len(registry.on(later + timedelta(days=1))) == 17


async def _exercises(database: Database) -> list[tuple[str, int]]:
    async with database.snapshot() as session:
        found = await open_ones(session, MONDAY)
    return [(each.unit.short_name if each.unit else "", each.total) for each in found]


async def test_the_exercises_of_the_preset_are_added_once_with_their_checklists(
    tmp_path: Path,
) -> None:
    async with Database.open(tmp_path / "x.db", create=True) as database:
        for _ in range(2):
            async with database.transaction() as session:
                await initialise(session, "tam-ky-2022", SCHEDULE, at("09:00"))
            assert await _exercises(database) == [
                ("Tân Thạnh", 8),
                ("An Sơn", 8),
                ("Phước Hòa", 8),
                ("", 8),
            ]


async def test_exercises_that_are_over_when_the_bot_begins_are_left_out(tmp_path: Path) -> None:
    async with Database.open(tmp_path / "x.db", create=True) as database:
        async with database.transaction() as session:
            await initialise(session, None, SCHEDULE, at("09:00"))
        async with database.transaction() as session:
            await initialise(session, "tam-ky-2022", SCHEDULE, at("09:00", date(2022, 9, 8)))
        assert await _exercises(database) == [("", 8)]
        async with database.snapshot() as session:
            (left,) = await open_ones(session, date(2022, 9, 8))
    assert left.overdue(date(2022, 9, 9)) == 0
