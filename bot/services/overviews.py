"""A period of all units, with what it is compared with and what stands out in it."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.comparison import Comparison, compare
from bot.domain.exercises import pressing
from bot.domain.forms import DUTY
from bot.domain.insights import Flag, flags_of, looks_back_to
from bot.domain.overviews import Account, Beyond, Overview
from bot.domain.participation import Participation
from bot.domain.periods import OutsideCalendarError, Period, named, neighbours, period, previous
from bot.domain.reports import Report
from bot.domain.standings import Standing
from bot.domain.summaries import Summary
from bot.domain.targets import Standing as TargetStanding
from bot.domain.training_measures import training_record
from bot.domain.units import Unit
from bot.services import compliance, targets
from bot.services.exercises import open_ones
from bot.services.participation import participations
from bot.services.standings import Basis, basis, counted, standing
from storage import reports
from storage.database import Session

# Of a day nothing is compared: one unit more or less is no tendency. In a quarter or a year, what
# stood out on single days is no news.
_FLAGGED = frozenset({Period.WEEK, Period.MONTH})
# What stands out is sought in three months of reports. Of very many units no message could show it;
# each unit's own view has it.
_FLAGGED_UNITS_AT_MOST = 200


async def overview(
    session: Session, schedule: Schedule, name: Period, day: date, now: datetime
) -> Overview:
    """Return the period that holds the day."""
    first, last = period(name, day)
    known = await basis(session, schedule)
    told: Summary | Standing
    against: Comparison | None = None
    flags: tuple[tuple[Unit, Flag], ...] = ()
    if name is Period.DAY:
        told = await compliance.summary(session, schedule, first, last, now)
    else:
        told = await standing(session, known, first, last, now)
        against = await _comparison(session, known, name, told)
        if name in _FLAGGED:
            flags = await _flags(session, [each.unit for each in told.by_unit], first, last)
    begin = known.command.first_day if known.command else first
    earlier, later = neighbours(name, day, begin, schedule.local_day(now))
    further = (
        await beyond(session, schedule, known, (first, last), now, told)
        if isinstance(told, Standing)
        else None
    )
    return Overview(name, day, told, against, flags, earlier, later, further)


async def beyond(
    session: Session,
    schedule: Schedule,
    known: Basis,
    days: tuple[date, date],
    now: datetime,
    told: Standing | None = None,
) -> Beyond:
    """Training of the days, the targets as they stood on the last of them, and exercises ahead.

    `told` is the standing of the days, where there is one already.
    """
    first, last = days
    today = schedule.local_day(now)
    until = min(last, today)
    new_year = until.replace(month=1, day=1)
    standings: tuple[TargetStanding, ...] = ()
    taking_part: tuple[Participation, ...] = ()
    if first <= today:
        of_year = await participations(session, schedule, new_year, until, now, until=until)
        taking_part = (
            of_year
            if first >= new_year
            else await participations(session, schedule, first, until, now, until=until)
        )
        year = told if first == new_year else None
        loaded = targets.Loaded(known, of_year, year)
        standings = await targets.on_day(session, schedule, until, now, loaded)
    return Beyond(
        until=until,
        training=training_record(taking_part, first, until),
        targets=standings,
        exercises=pressing(await open_ones(session, today), today) if last >= today else (),
        units={
            unit_id: unit
            for unit_id in dict.fromkeys(each.unit_id for each in taking_part)
            if (unit := known.registry.ever(unit_id, until))
        },
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
    told = await compliance.summary(session, schedule, first, last, now)
    known = await basis(session, schedule)
    here = await standing(session, known, first, last, now) if name else None
    further = await beyond(session, schedule, known, (first, last), now, here)
    return Account(
        summary=told,
        comparison=await _comparison(session, known, name, here) if name and here else None,
        flags=await _flags(session, [total.unit for total in told.by_unit], first, last),
        beyond=further,
    )


async def _comparison(
    session: Session, known: Basis, name: Period, told: Standing
) -> Comparison | None:
    """Compare with the period before."""
    before = period_before(name, told.first)
    if before is None:
        return None
    return compare(name, told, await counted(session, known, *before, told.as_of))


def period_before(name: Period, day: date) -> tuple[date, date] | None:
    """Return the period that this one is compared with, if there is one."""
    try:
        return previous(name, day) if name is not Period.DAY else None
    except OutsideCalendarError:
        return None


async def _flags(
    session: Session, listed: Sequence[Unit], first: date, last: date
) -> tuple[tuple[Unit, Flag], ...]:
    """Find what stands out against the past of each unit."""
    if not listed or len(listed) > _FLAGGED_UNITS_AT_MOST:
        return ()
    of_unit = defaultdict[int, list[Report]](list)
    for report in await reports.list_between(session, DUTY.key, looks_back_to(first), last):
        of_unit[report.unit_id].append(report)

    def found() -> tuple[tuple[Unit, Flag], ...]:
        return tuple(
            (unit, flag) for unit in listed for flag in flags_of(of_unit[unit.id], first, last)
        )

    return await asyncio.to_thread(found)
