"""What a leader's own units have reported, and what they have not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.calendar import Schedule
from bot.domain.reports import UnitState
from bot.domain.units import Unit
from bot.services import calendars
from storage import command, reports, units
from storage.database import Session


async def states(
    session: Session, schedule: Schedule, report_type: str, day: date, own: Sequence[Unit]
) -> tuple[UnitState, ...]:
    calendar = await calendars.load(session, schedule)
    return tuple(
        [
            UnitState(
                unit,
                await reports.get(session, report_type, day, unit.id),
                is_expected=calendar.expected_window(unit.id, day) is not None,
            )
            for unit in own
        ]
    )


async def still_owed_yesterday(
    session: Session,
    schedule: Schedule,
    report_type: str,
    unit_ids: Sequence[int],
    now: datetime,
) -> tuple[date, tuple[Unit, ...]]:
    """Return yesterday and those of the units whose report of it is missing and still taken."""
    day = schedule.local_day(now) - timedelta(days=1)
    known = await command.get(session)
    if known is None or day < known.first_day:
        return day, ()
    calendar = await calendars.load(session, schedule)
    owing = []
    for unit_id in unit_ids:
        window = calendar.expected_window(unit_id, day)
        unit = await units.get(session, unit_id, day)
        if window and unit and now < window.locks:
            report = await reports.get(session, report_type, day, unit_id)
            owing += [] if report else [unit]
    return day, tuple(owing)
