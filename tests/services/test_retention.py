"""What has served its time goes, and no figure that is still told changes by it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.forms import ATTENDANCE
from bot.domain.keeping import Retention
from bot.domain.participation import Mode
from bot.services.participation import participations
from bot.services.retention import erase_old
from storage import activities, reports, rosters
from storage.database import Database, Session
from tests.builders import SCHEDULE, at, command_with_units, report
from tests.services.test_moved_units import BEGIN, course

WEEK = timedelta(days=7)
SINCE = date(2020, 1, 1)


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as session,
    ):
        yield session


async def erase(session: Session, today: date) -> None:
    await erase_old(session, Retention(WEEK, WEEK, 62), today, at("02:30", today))


async def kept(session: Session) -> tuple[int, ...]:
    """How many reports, revisions, activities, sessions, units taking part and attendances there are."""
    row = await session.one(
        "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM report_revision), "
        "(SELECT count(*) FROM activity), (SELECT count(*) FROM activity_session), "
        "(SELECT count(*) FROM activity_unit), (SELECT count(*) FROM attendance)"
    )
    assert row
    return tuple(row)


async def test_a_course_by_heads_goes_as_a_whole_once_its_last_day_does(session: Session) -> None:
    (unit,) = await command_with_units(session, 1, first_day=BEGIN)
    held = await course(session, BEGIN, 3, [unit])
    for each in await activities.list_sessions(session, [held]):
        came = report(unit, day=each.slot.day)
        await reports.save(session, ATTENDANCE.key, came, str(each.id))
    await erase(session, BEGIN + timedelta(days=64))  # its first two days are older
    assert await kept(session) == (3, 3, 1, 3, 1, 0)
    await erase(session, BEGIN + timedelta(days=65))
    assert await kept(session) == (0,) * 6
    now = at("21:00", BEGIN + timedelta(days=65))
    assert await participations(session, SCHEDULE, BEGIN, now.date(), now) == ()


async def test_a_persons_days_of_a_year_stay_together(session: Session) -> None:
    (unit,) = await command_with_units(session, 1, first_day=BEGIN)
    code = await rosters.add(session, unit.id, "A1", "on_site", SINCE, SINCE)
    left = await rosters.add(session, unit.id, "A2", "on_site", SINCE, SINCE)
    assert code
    assert left
    await rosters.save_end(session, left, BEGIN)
    early = await course(session, BEGIN, 4, [unit], Mode.ROSTER)
    late = await course(session, date(2022, 8, 1), 3, [unit], Mode.ROSTER)
    for each in await activities.list_sessions(session, [early, late]):
        came = replace(report(unit, day=each.slot.day), establishment=1, answers={"codes": []})
        await reports.save(session, ATTENDANCE.key, came, str(each.id))
        await rosters.save_attendance(session, each.id, unit.id, {code: None})
    now = at("21:00", date(2022, 9, 1))
    before = await participations(session, SCHEDULE, BEGIN, now.date(), now)
    await erase(session, now.date())
    assert await participations(session, SCHEDULE, BEGIN, now.date(), now) == before
    assert [p.completed for p in before] == [1, 1]
    assert [m.code for m in await rosters.list_all(session)] == ["A1"]
    await erase(session, date(2023, 3, 4))
    assert await kept(session) == (0,) * 6
