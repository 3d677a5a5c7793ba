"""What units took part in, from the database."""

from collections.abc import AsyncIterator
from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.activities import NewActivity, Slot
from bot.domain.participation import ActivityKind, Mode
from bot.services.participation import participations
from storage import activities, rosters, units
from storage.database import Database, Session
from tests.builders import at
from tests.domain.examples import SCHEDULE

DAY = date(2022, 3, 14)
NOW = at("23:00")


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "trucbao.db", create=True) as database,
        database.transaction() as opened,
    ):
        yield opened


async def add_unit(session: Session, code: str, establishment: int) -> int:
    unit_id = await units.add(
        session, code=code, name=code, short_name=code, position=1, valid_from=date(2022, 1, 1)
    )
    assert unit_id
    await units.save_strength(session, unit_id, date(2022, 1, 1), establishment, is_sample=False)
    return unit_id


def course(unit_id: int, mode: Mode = Mode.HEADCOUNT, days: int = 1) -> NewActivity:
    slots = tuple(Slot(date(2022, 3, 1 + n), time(7), time(17)) for n in range(days))
    return NewActivity(
        kind=ActivityKind.COURSE,
        title="Huấn luyện",
        mode=mode,
        first=slots[0].day,
        last=slots[-1].day,
        liable={unit_id: None},
        slots=slots,
        category="on_site",
        service="later",
    )


async def test_a_course_keeps_the_unit_and_the_strength_of_its_days(session: Session) -> None:
    unit, other = await add_unit(session, "a", 20), await add_unit(session, "b", 5)
    await activities.add(session, course(unit), NOW)
    await units.save_strength(session, unit, date(2022, 3, 10), 99, is_sample=False)
    await units.save_end(session, unit, date(2022, 3, 12), merged_into=other)
    (told,) = await participations(session, SCHEDULE, date(2022, 1, 1), date(2022, 12, 31), NOW)
    assert (told.unit_id, told.liable) == (unit, 20)


async def test_by_roster_people_complete_by_the_days_of_the_year(session: Session) -> None:
    unit = await add_unit(session, "a", 20)
    activity_id = await activities.add(session, course(unit, Mode.ROSTER, days=7), NOW)
    members = [
        await rosters.add(session, unit, f"A{n}", "on_site", date(2020, 1, 1), date(2020, 1, 1))
        for n in range(5)
    ]
    sessions = await activities.list_sessions(session, [activity_id])
    for n, each in enumerate(sessions):
        # The last two people miss the last session.
        absent = {m: "sick" if n == 6 and i > 2 else None for i, m in enumerate(members) if m}
        await rosters.save_attendance(session, each.id, unit, absent)
    (told,) = await participations(session, SCHEDULE, DAY.replace(day=1), DAY, NOW)
    assert (told.liable, told.completed) == (5, None)  # no report is in
    await session.run(
        "INSERT INTO report (type, period_start, subject, unit_id, first_submitted_at, due_at, "
        "revision, establishment, absent) VALUES ('attendance', '2022-03-01', ?, ?, 0, 0, 1, 5, 0)",
        (str(sessions[0].id), unit),
    )
    (told,) = await participations(session, SCHEDULE, DAY.replace(day=1), DAY, NOW)
    assert (told.liable, told.completed) == (5, 3)
    make_up = Slot(date(2022, 3, 10), time(7), time(17), is_make_up=True)
    made_up = await activities.add_session(session, activity_id, make_up)
    await rosters.save_attendance(
        session, made_up, unit, {m: None for i, m in enumerate(members) if m and i > 2}
    )
    (told,) = await participations(session, SCHEDULE, DAY.replace(day=1), DAY, NOW)
    assert told.completed == 5
    await activities.cancel_session(session, made_up, NOW)
    (told,) = await participations(session, SCHEDULE, DAY.replace(day=1), DAY, NOW)
    assert told.completed == 3


async def test_a_cancelled_activity_is_left_out(session: Session) -> None:
    unit = await add_unit(session, "a", 20)
    activity_id = await activities.add(session, course(unit), NOW)
    await activities.cancel(session, activity_id, NOW)
    assert await participations(session, SCHEDULE, DAY.replace(day=1), DAY, NOW) == ()
