"""Who was expected, who reported, and how that adds up: loaded once, shown in many ways."""

from datetime import date, datetime

from bot.domain.calendar import Schedule, days_from
from bot.domain.forms import DUTY
from bot.domain.measures import UnitDay, unit_day
from bot.domain.summaries import Summary, summarise
from storage import command, reports, units
from storage.database import Session
from storage.units import Registry


async def unit_days(
    session: Session, schedule: Schedule, first: date, last: date, now: datetime
) -> tuple[UnitDay, ...]:
    """Every unit on each reporting day of the period: by day, then in the configured order."""
    registry = await units.registry(session)
    return await _unit_days(session, registry, schedule, first, last, now)


async def summary(
    session: Session, schedule: Schedule, first: date, last: date, now: datetime
) -> Summary:
    known = await command.get(session)
    registry = await units.registry(session)
    return summarise(
        known.name if known else "",
        first,
        last,
        now,
        schedule,
        await _unit_days(session, registry, schedule, first, last, now),
        unit_order=registry.order,
    )


async def _unit_days(
    session: Session,
    registry: Registry,
    schedule: Schedule,
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
        unit_day(unit, day, came.get((day, unit.id)), schedule, now)
        for day in days_from(begin, last)
        if schedule.is_reporting_day(day)
        for unit in registry.on(day)
    )
