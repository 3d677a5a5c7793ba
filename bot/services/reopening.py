"""Letting a locked day take reports once more, for a while."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import Schedule, Window
from bot.domain.forms import DUTY
from bot.domain.people import Person, Role
from bot.domain.reopening import last_locked_days, reopened_windows
from bot.domain.reports import Form, NoReportDueError
from bot.domain.units import Unit
from bot.services import calendars
from bot.services.admin_units import named_unit, units_meant
from bot.services.asking import ask_again
from bot.texts import Library
from storage import audit, command, reopenings, units
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Proposal:
    """A day that can be reopened for a unit (None: all), with the windows that it would open."""

    day: date
    unit: Unit | None
    windows: dict[int, Window]


@dataclass(frozen=True, slots=True)
class Reopened:
    day: date
    unit: Unit | None
    until: datetime
    units: int


async def locked_days(session: Session, schedule: Schedule, now: datetime) -> list[date]:
    """The days that are offered, newest first."""
    known = await command.get(session)
    if known is None:
        return []
    registry = await units.registry(session)
    calendar = await calendars.load(session, schedule)
    return last_locked_days(
        calendar, lambda day: [unit.id for unit in registry.on(day)], known.first_day, now
    )


async def propose(
    session: Session, schedule: Schedule, day: date, unit_id: int | None, now: datetime
) -> Proposal:
    """Raises NotAcceptedError where there is nothing to reopen, and GoneUnitError."""
    known = await command.get(session)
    if known is None:
        raise NoReportDueError(day)
    calendar = await calendars.load(session, schedule)
    registry = await units.registry(session)
    # What the rule says of the day comes before what it says of the unit on that day.
    is_over = known.first_day <= day <= schedule.local_day(now)
    meant = units_meant(registry, unit_id, day) if is_over else ()
    windows = reopened_windows(calendar, [unit.id for unit in meant], day, known.first_day, now)
    return Proposal(day, named_unit(registry, unit_id, day), windows)


async def reopen(
    session: Session,
    library: Library,
    schedule: Schedule,
    day: date,
    unit_id: int | None,
    hours: int,
    reason: str,
    person: Person,
    now: datetime,
) -> Reopened:
    """Reopen the day and tell the people of the units. Raises what `propose` does."""
    proposal = await propose(session, schedule, day, unit_id, now)
    until = now + timedelta(hours=hours)
    reopening_id = await reopenings.add(session, DUTY.key, day, unit_id, until, reason)
    entry = audit.Entry(
        "report.reopen",
        person.id,
        Role.ADMIN,
        unit_id,
        before=json.dumps({"day": day.isoformat()}),
        after=json.dumps({"day": day.isoformat(), "until": until.isoformat()}),
        reason=reason,
    )
    await audit.add(session, entry, now)
    registry = await units.registry(session)
    forms = [
        Form(DUTY, unit, replace(window, locks=until))
        for unit in registry.on(day)
        if (window := proposal.windows.get(unit.id))
    ]
    await ask_again(
        session,
        library,
        forms,
        lambda texts: texts.reopened_for_you(day, until, reason),
        f"reopened:{reopening_id}",
        schedule.local_day(now),
        now,
    )
    return Reopened(day, proposal.unit, until, len(forms))
