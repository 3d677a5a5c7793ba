"""Changing hours: what a change would do, and doing it."""

import json
from datetime import date, datetime

from bot.domain.calendar import WEEKDAYS, Calendar, Schedule
from bot.domain.changes_of_hours import (
    ChangeOfHours,
    CommonHours,
    NewHours,
    Overview,
    OwnHours,
    Plan,
    Week,
    changed_week,
    has_own_hours,
    holds_from,
    standing_week,
)
from bot.domain.people import Person, Role
from bot.domain.units import Unit
from bot.services import calendars
from bot.services.admin_units import named_unit
from storage import audit, schedules, units
from storage.database import Session
from storage.units import Registry


class OvertakenError(Exception):
    """The hours are no longer those that the card showed as the old ones."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


async def overview(session: Session, schedule: Schedule, now: datetime) -> Overview:
    calendar = await calendars.load(session, schedule)
    registry = await units.registry(session)
    today = schedule.local_day(now)
    return Overview(
        common=standing_week(calendar, None, today),
        today_hours=calendar.hours_on(None, today),
        own=tuple(
            OwnHours(
                unit,
                standing_week(calendar, unit.id, today),
                calendar.hours_on(unit.id, today),
            )
            for unit in _with_own_hours(calendar, registry, today)
        ),
        has_other_than_settings=has_own_hours(calendar, None, today),
        today=today,
    )


def _with_own_hours(calendar: Calendar, registry: Registry, today: date) -> list[Unit]:
    ruled = {rule.unit_id for rule in calendar.rules}
    return [
        unit
        for unit in registry.on(today)
        if unit.id in ruled and has_own_hours(calendar, unit.id, today)
    ]


async def plan(session: Session, schedule: Schedule, change: ChangeOfHours, now: datetime) -> Plan:
    """Raises GoneUnitError."""
    calendar = await calendars.load(session, schedule)
    today = schedule.local_day(now)
    registry = await units.registry(session)
    unit = named_unit(registry, change.unit_id, today)
    old = standing_week(calendar, change.unit_id, today)
    new = changed_week(calendar, change, today)
    return Plan(
        change,
        unit,
        old,
        new,
        holds_from(calendar, change, now),
        today,
        changes_nothing=_changes_nothing(calendar, change, old, new, today),
        units_apart=0 if unit else len(_with_own_hours(calendar, registry, today)),
    )


async def save(
    session: Session,
    schedule: Schedule,
    change: ChangeOfHours,
    mark: str,
    person: Person,
    now: datetime,
) -> Plan:
    """Let the change hold, if the hours are still those that its card showed, and return it.

    One that is in force already is not saved again. Raises GoneUnitError and OvertakenError.
    """
    planned = await plan(session, schedule, change, now)
    if planned.changes_nothing:
        return planned
    if planned.mark != mark:
        raise OvertakenError(planned)
    match change:
        case NewHours(unit_id, weekdays, hours):
            await schedules.add(session, unit_id, weekdays, hours, planned.holds_from)
        case CommonHours(unit_id):
            await schedules.end_all(session, unit_id, planned.holds_from)
    entry = audit.Entry(
        "schedule.change",
        person.id,
        Role.ADMIN,
        change.unit_id,
        before=_told(planned.old),
        after=_told(planned.new, since=planned.holds_from),
    )
    await audit.add(session, entry, now)
    return planned


def _changes_nothing(
    calendar: Calendar, change: ChangeOfHours, old: Week, new: Week, today: date
) -> bool:
    """Equal hours are no change; a unit's own rules are one, even where they say the same."""
    if isinstance(change, CommonHours):
        return not has_own_hours(calendar, change.unit_id, today)
    return old == new


def _told(week: Week, since: date | None = None) -> str:
    told = {
        weekday: f"{hours.opens:%H:%M} {hours.due:%H:%M} {hours.locks:%H:%M}" if hours else None
        for weekday in WEEKDAYS
        for hours in (week[weekday],)
    }
    return json.dumps({"from": since.isoformat(), **told} if since else told)
