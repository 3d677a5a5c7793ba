"""Who was expected, who reported, and how that adds up: loaded once, shown in many ways."""

from datetime import date, datetime, timedelta

from bot.domain import insights
from bot.domain.calendar import Calendar, Schedule, days_from
from bot.domain.forms import DUTY
from bot.domain.measures import UnitDay, counts, unit_day
from bot.domain.summaries import Summary, summarise
from bot.services import calendars
from storage import command, reports, units
from storage.database import Session
from storage.units import Registry


async def unit_days(
    session: Session, schedule: Schedule, first: date, last: date, now: datetime
) -> tuple[UnitDay, ...]:
    """Every unit on each reporting day of the period: by day, then in the configured order."""
    registry = await units.registry(session)
    calendar = await calendars.load(session, schedule)
    return await _unit_days(session, registry, calendar, first, last, now)


async def summary(
    session: Session, schedule: Schedule, first: date, last: date, now: datetime
) -> Summary:
    known = await command.get(session)
    registry = await units.registry(session)
    calendar = await calendars.load(session, schedule)
    return summarise(
        known.name if known else "",
        first,
        last,
        now,
        calendar,
        await _unit_days(session, registry, calendar, first, last, now),
        unit_order=registry.order,
    )


async def _unit_days(
    session: Session,
    registry: Registry,
    calendar: Calendar,
    first: date,
    last: date,
    now: datetime,
) -> tuple[UnitDay, ...]:
    known = await command.get(session)
    if known is None:
        return ()
    begin = max(first, known.first_day)
    came = {
        (report.day, report.unit_id): report
        for report in await reports.list_between(session, DUTY.key, begin, last)
    }
    return tuple(
        unit_day(unit, window, came.get((day, unit.id)), now, calendar.exemption_of(unit.id, day))
        for day in days_from(begin, last)
        for unit in registry.on(day)
        if (window := calendar.window(unit.id, day))
    )


# Looked at together; a streak of a year is twelve looks.
_STREAK_STEP = timedelta(days=31)


async def on_time_streak(session: Session, schedule: Schedule, last: date, now: datetime) -> int:
    """Return for how many reporting days up to this one everything expected has come on time."""
    known = await command.get(session)
    streak = 0
    while known and last >= known.first_day:
        first = max(known.first_day, last - _STREAK_STEP)
        told = await summary(session, schedule, first, last, now)
        of_day = {window.day: list[UnitDay]() for window in told.windows}
        for found in told.unit_days:
            if found.is_expected:
                of_day[found.day].append(found)
        by_day = [counts(found) for _, found in sorted(of_day.items())]
        here = insights.on_time_streak(by_day)
        streak += here
        if here < len(by_day):
            break
        last = first - timedelta(days=1)
    return streak
