"""Adding activities and sessions, changing who is liable, and cancelling."""

import json
from datetime import date, datetime

from bot.domain.activities import (
    Activity,
    Card,
    InvalidActivityError,
    NewActivity,
    Slot,
    check_activity,
    check_slot,
)
from bot.domain.calendar import Schedule
from bot.domain.forms import ATTENDANCE, COURSE_RESULT
from bot.domain.participation import Mode
from bot.domain.people import Action, Person
from bot.services import subjects
from bot.services.closing import close_not_held
from bot.services.participation import participations
from bot.texts import Library
from storage import activities, audit, units
from storage.audit import Entry
from storage.database import Session


class UnknownActivityError(LookupError):
    """There is no such activity or session, or it was cancelled before."""


async def card(session: Session, schedule: Schedule, activity_id: int, now: datetime) -> Card:
    """Raises UnknownActivityError."""
    activity = await activities.get(session, activity_id)
    if activity is None:
        raise UnknownActivityError
    sessions = tuple(await activities.list_sessions(session, [activity_id]))
    registry = await units.registry(session)
    listed = await participations(session, schedule, activity.first, activity.last, now)
    own = tuple(p for p in listed if p.activity_id == activity_id)
    named = {p.unit_id: registry.ever(p.unit_id, activity.first) for p in own}
    trainer = activity.trainer_unit_id
    return Card(
        activity,
        registry.ever(trainer, activity.first) if trainer else None,
        sessions,
        own,
        {unit_id: unit for unit_id, unit in named.items() if unit},
    )


async def add(
    session: Session, new: NewActivity, person: Person | None, day: date, now: datetime
) -> int:
    """Return the new activity's id; `person` None is the command line. Raises InvalidActivityError."""
    check_activity(new)
    activity_id = await activities.add(session, new, now)
    await _record(session, "activity.add", person, day, now, new.title)
    return activity_id


async def add_sessions(
    session: Session,
    activity_id: int,
    slots: tuple[Slot, ...],
    person: Person,
    day: date,
    now: datetime,
) -> None:
    """Add all of the sessions or none. Raises UnknownActivityError and InvalidActivityError."""
    activity = await _held(session, activity_id)
    sessions = await activities.list_sessions(session, [activity_id])
    known = [s.slot for s in sessions if not s.is_cancelled]
    for slot in slots:
        check_slot(slot, activity.first, activity.last, known)
        known.append(slot)
    for slot in slots:
        await activities.add_session(session, activity_id, slot)
    await _record(session, "activity.session", person, day, now, activity.title)


async def save_liable(
    session: Session,
    activity_id: int,
    unit_id: int,
    liable: int,
    person: Person,
    day: date,
    now: datetime,
) -> None:
    """Raises UnknownActivityError, and InvalidActivityError where the unit takes no part."""
    activity = await _held(session, activity_id)
    if not await activities.save_liable(session, activity_id, unit_id, liable):
        raise InvalidActivityError
    await _record(session, "activity.liable", person, day, now, activity.title, unit_id)


async def change_mode(
    session: Session, schedule: Schedule, activity_id: int, person: Person, now: datetime
) -> None:
    """Count in the other way, until the first attendance is in; later it stays as it is.

    Raises UnknownActivityError.
    """
    await _held(session, activity_id)
    shown = await card(session, schedule, activity_id, now)
    if shown.is_reported:
        return
    was_roster = shown.activity.mode is Mode.ROSTER
    await activities.save_mode(session, activity_id, Mode.HEADCOUNT if was_roster else Mode.ROSTER)
    day = schedule.local_day(now)
    await _record(session, "activity.mode", person, day, now, shown.activity.title)


async def cancel(
    session: Session,
    library: Library,
    schedule: Schedule,
    activity_id: int,
    session_id: int,
    person: Person,
    now: datetime,
) -> None:
    """Cancel the session, or the activity where it is 0; forms that ask for it say so.

    Raises UnknownActivityError.
    """
    activity = await _held(session, activity_id)
    sessions = await activities.list_sessions(session, [activity_id])
    gone = [s for s in sessions if not s.is_cancelled and session_id in (0, s.id)]
    if session_id and not gone:
        raise UnknownActivityError
    asked = {(ATTENDANCE.key, str(s.id)) for s in gone}
    if not session_id:
        asked.add((COURSE_RESULT.key, str(activity_id)))
    forms = [
        form
        for form in await subjects.list_forms(session, schedule, now)
        if (form.report_type, form.subject) in asked
    ]
    if session_id:
        await activities.cancel_session(session, session_id, now)
    else:
        await activities.cancel(session, activity_id, now)
    for form in forms:
        key = (
            f"cancelled:{activity_id}:{session_id}:{form.report_type}:{form.subject}:{form.unit.id}"
        )
        await close_not_held(session, library, form, key, now)
    verb = "activity.session_cancel" if session_id else "activity.cancel"
    await _record(session, verb, person, schedule.local_day(now), now, activity.title)


async def _held(session: Session, activity_id: int) -> Activity:
    activity = await activities.get(session, activity_id)
    if activity is None or activity.is_cancelled:
        raise UnknownActivityError
    return activity


async def _record(
    session: Session,
    action: str,
    person: Person | None,
    day: date,
    now: datetime,
    title: str,
    unit_id: int | None = None,
) -> None:
    after = json.dumps({"name": title}, ensure_ascii=False)
    role = person.role_to(Action.ACTIVITY, day) if person else None
    entry = Entry(action, person.id if person else None, role, unit_id, after=after)
    await audit.add(session, entry, now)
