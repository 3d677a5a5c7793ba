"""Filling a database from presets, again and again."""

from datetime import timedelta
from pathlib import Path

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
