"""Digests of a week and a month, by the clock."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.period_digests import WeeklyTime
from tests.house import House, house, moved_in

LATE = "Tin này gửi muộn"


async def told(home: House) -> list[str]:
    rows = await home.rows("SELECT period || ' ' || first_day FROM told_period ORDER BY 1")
    return [row[0] for row in rows]


async def test_a_week_is_told_on_monday_and_a_month_on_its_first_day_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("20:00", date(2026, 3, 22))
        await home.at("06:59", date(2026, 3, 23))
        await home.settled()
        assert await told(home) == []
        await home.at("07:00", date(2026, 3, 23))
        await group.sees("Tổng hợp tuần 16/03–22/03/2026")
        await home.at("07:00", date(2026, 3, 24))
        await home.settled()
        assert await told(home) == ["tuan 2026-03-16"]
        await home.at("07:00", date(2026, 4, 1))
        await group.sees("Tổng hợp tháng 3/2026")
        await group.sees("Chỉ tiêu nghị quyết, đến 31/03/2026")
        await home.settled()
        assert await told(home) == ["thang 2026-03-01", "tuan 2026-03-16", "tuan 2026-03-23"]


async def test_what_an_outage_held_up_comes_once_and_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("09:30", date(2026, 3, 25))
        digest = await group.sees("Tổng hợp tuần 16/03–22/03/2026")
        assert LATE in digest.text
        await home.at("09:31", date(2026, 3, 25))
        await home.settled()
        assert await told(home) == ["tuan 2026-03-16"]


async def test_another_time_tells_no_period_twice_even_when_old_rows_are_gone(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.command_group()
        await home.at("07:00", date(2026, 3, 23))
        await home.settled()
        async with home.database.transaction() as session:
            await session.run("DELETE FROM outbox")
        settings = home.settings.model_copy(update={"weekly_digest": WeeklyTime("wed", time(7))})
        home.stop.set()
        await home.task
        async with moved_in(home.box, settings) as again:
            await again.at("08:00", date(2026, 3, 25))
            await again.settled()
            assert await told(again) == ["tuan 2026-03-16"]


async def test_who_comes_after_the_time_is_told_of_the_next_week(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.at("07:00", date(2026, 3, 23))
        await home.command_group()
        await home.at("12:00", date(2026, 3, 29))
        await home.settled()
        assert await told(home) == []


@pytest.mark.parametrize("day", [date(2026, 3, 26), date(2026, 3, 27)])
async def test_the_time_of_the_week_is_a_setting(tmp_path: Path, day: date) -> None:
    async with house(tmp_path, weekly_digest="fri 17:30") as home:
        await home.command_group()
        await home.at("17:30", day)
        await home.settled()
        assert bool(await told(home)) is (day.weekday() == 4)
