"""A period of all units, with what it is compared with and what stands out in it."""

from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.comparison import Comparison, compare
from bot.domain.insights import Flag, flags_of, looks_back_to
from bot.domain.overviews import Overview
from bot.domain.periods import OutsideCalendarError, Period, neighbours, period, previous
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.services import compliance
from bot.services.compliance import Record
from storage.database import Session

# Of a day nothing is compared: one unit more or less is no tendency. In a quarter or a year, what
# stood out on single days is no news.
_COMPARED = frozenset(Period) - {Period.DAY}
_FLAGGED = frozenset({Period.WEEK, Period.MONTH})


async def overview(
    session: Session, schedule: Schedule, name: Period, day: date, now: datetime
) -> Overview:
    """Return the period that holds the day; what it needs of earlier days is loaded with it."""
    first, last = period(name, day)
    start = loaded_from(name, day, looks_back=name in _FLAGGED)
    record = await compliance.load(session, schedule, start, last, now)
    told = record.summary(first, last)
    begin = record.command.first_day if record.command else first
    earlier, later = neighbours(name, day, begin, schedule.local_day(now))
    return Overview(
        period=name,
        day=day,
        summary=told,
        comparison=comparison(record, name, day, told),
        flags=_flags(record, told) if name in _FLAGGED else (),
        earlier=earlier,
        later=later,
    )


def loaded_from(name: Period, day: date, *, looks_back: bool) -> date:
    """Return the first day that telling the period needs; `looks_back` for what stands out in it."""
    first, _ = period(name, day)
    starts = [first]
    if looks_back:
        starts.append(looks_back_to(first))
    if name in _COMPARED and (before := _before(name, day)):
        starts.append(before[0])
    return min(starts)


def comparison(record: Record, name: Period, day: date, told: Summary) -> Comparison | None:
    """Compare with the period before, as far as the record reaches back to it."""
    before = _before(name, day) if name in _COMPARED else None
    return compare(name, told, record.summary(*before)) if before else None


def _before(name: Period, day: date) -> tuple[date, date] | None:
    try:
        return previous(name, day)
    except OutsideCalendarError:
        return None


def _flags(record: Record, told: Summary) -> tuple[tuple[Unit, Flag], ...]:
    of_unit = record.reports_by_unit()
    return tuple(
        (total.unit, flag)
        for total in told.by_unit
        for flag in flags_of(of_unit.get(total.unit.id, ()), told.first, told.last)
    )
