"""A period of all units, with what it is compared with and what stands out in it."""

import asyncio
from collections import defaultdict
from datetime import date, datetime, timedelta

from bot.domain.calendar import Schedule
from bot.domain.comparison import Comparison, compare
from bot.domain.forms import DUTY
from bot.domain.insights import Flag, flags_of, looks_back_to
from bot.domain.overviews import Account, Overview
from bot.domain.periods import OutsideCalendarError, Period, named, neighbours, period, previous
from bot.domain.reports import Report
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.services import compliance
from bot.services.compliance import Record
from storage import reports
from storage.database import Session

# Of a day nothing is compared: one unit more or less is no tendency. In a quarter or a year, what
# stood out on single days is no news.
_COMPARED = frozenset(Period) - {Period.DAY}
# What stands out is sought in three months of reports. Of very many units no message could show it, and
# nothing else is handled meanwhile; each unit's own view has it.
_FLAGGED_UNITS_AT_MOST = 200
_FLAGGED = frozenset({Period.WEEK, Period.MONTH})


async def overview(
    session: Session, schedule: Schedule, name: Period, day: date, now: datetime
) -> Overview:
    """Return the period that holds the day; what it needs of earlier days is loaded with it."""
    first, last = period(name, day)
    start = compared_from(name, day)
    record = await compliance.load(session, schedule, start, last, now)
    told = await asyncio.to_thread(record.summary, first, last)
    begin = record.command.first_day if record.command else first
    earlier, later = neighbours(name, day, begin, schedule.local_day(now))
    return Overview(
        period=name,
        day=day,
        summary=told,
        comparison=await asyncio.to_thread(comparison, record, name, day, told),
        flags=await _flags(session, record, told, start) if name in _FLAGGED else (),
        earlier=earlier,
        later=later,
    )


async def account(
    session: Session, schedule: Schedule, first: date, last: date, now: datetime
) -> Account:
    """Return the days for a file; what stands out is sought in periods of any length."""
    name = named(first, last, schedule.local_day(now))
    if name:
        first, last = period(name, first)
    else:
        last = max(first, min(last, schedule.local_day(now)))
    start = compared_from(name, first) if name else first
    record = await compliance.load(session, schedule, start, last, now)
    told = await asyncio.to_thread(record.summary, first, last)
    return Account(
        summary=told,
        comparison=comparison(record, name, first, told) if name else None,
        flags=await _flags(session, record, told, start),
    )


def compared_from(name: Period, day: date) -> date:
    """Return the first day of the period, or of the one that it is compared with."""
    before = _before(name, day) if name in _COMPARED else None
    return (before or period(name, day))[0]


def comparison(record: Record, name: Period, day: date, told: Summary) -> Comparison | None:
    """Compare with the period before, as far as the record reaches back to it."""
    before = _before(name, day) if name in _COMPARED else None
    return compare(name, told, record.summary(*before)) if before else None


def _before(name: Period, day: date) -> tuple[date, date] | None:
    try:
        return previous(name, day)
    except OutsideCalendarError:
        return None


async def _flags(
    session: Session, record: Record, told: Summary, loaded_from: date
) -> tuple[tuple[Unit, Flag], ...]:
    """Find what stands out against the past that lies before what is loaded already."""
    start = looks_back_to(told.first)
    if not told.by_unit or len(told.by_unit) > _FLAGGED_UNITS_AT_MOST:
        return ()
    past = (
        await reports.list_between(session, DUTY.key, start, loaded_from - timedelta(days=1))
        if start < loaded_from
        else []
    )
    of_unit = defaultdict[int, list[Report]](list)
    for report in (*past, *record.reports):
        if report.day >= start:
            of_unit[report.unit_id].append(report)
    return tuple(
        (total.unit, flag)
        for total in told.by_unit
        for flag in flags_of(of_unit[total.unit.id], told.first, told.last)
    )
