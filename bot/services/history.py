"""One unit's reports of a period: its standing, what stands out, and every correction."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.comparison import compare
from bot.domain.forms import DUTY
from bot.domain.insights import flags_of, looks_back_to
from bot.domain.overviews import UnitHistory
from bot.domain.periods import Period, neighbours, period
from bot.domain.standings import standing_of
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.services import compliance
from bot.services.overviews import period_before
from storage import reports, units
from storage.database import Session


class NoSuchUnitError(LookupError):
    """There is no unit with this id, and never was."""


async def unit_history(
    session: Session, schedule: Schedule, unit_id: int, name: Period, day: date, now: datetime
) -> UnitHistory:
    """Return what the unit did in the period that holds the day. Raises NoSuchUnitError."""
    first, last = period(name, day)
    before = period_before(name, day)
    start = min(before[0] if before else first, looks_back_to(first))
    revisions = await reports.list_revisions(session, DUTY.key, unit_id, start, last)
    record = await compliance.record(
        session, schedule, compliance.newest(revisions), now, unit_id=unit_id
    )
    told = record.summary(first, last)
    today = schedule.local_day(now)
    unit = told.by_unit[-1].unit if told.by_unit else record.registry.ever(unit_id, today)
    if unit is None:
        raise NoSuchUnitError(unit_id)
    earlier, later = neighbours(
        name, day, record.command.first_day if record.command else first, today
    )
    return UnitHistory(
        unit=unit,
        period=name,
        day=day,
        summary=told,
        comparison=compare(name, standing_of(told), standing_of(record.summary(*before)))
        if before
        else None,
        streak=await _streak(session, schedule, told, unit_id, now),
        flags=flags_of(record.reports, first, last),
        revisions=tuple(r for r in revisions if first <= r.day),
        earlier=earlier,
        later=later,
    )


async def units_ever(session: Session, unit_ids: Iterable[int], day: date) -> list[Unit]:
    """Return the units in the order given under their names of the day, those no more as well."""
    registry = await units.registry(session)
    return [unit for unit_id in unit_ids if (unit := registry.ever(unit_id, day))]


async def _streak(
    session: Session, schedule: Schedule, told: Summary, unit_id: int, now: datetime
) -> int:
    known = [d.day for d in told.unit_days if d.is_expected and (d.report or d.is_overdue(now))]
    if not known:
        return 0
    return await compliance.on_time_streak(session, schedule, known[-1], now, unit_id)
