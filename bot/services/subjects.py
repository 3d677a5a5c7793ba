"""Forms about a subject: a session of an activity, or a course itself at its end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.domain.activities import Activity, ActivitySession, results_window
from bot.domain.calendar import Calendar, Exemption, Schedule, Window, after_outages
from bot.domain.courses import RosterMember, liable_on
from bot.domain.forms import ATTENDANCE, COURSE_RESULT, ReportType, by_roster
from bot.domain.ladder import CATCH_UP_DAYS
from bot.domain.participation import ActivityKind, Mode
from bot.domain.reports import (
    ExemptError,
    Form,
    FutureDayError,
    LockedError,
    NoReportDueError,
    NotHeldError,
)
from bot.services import calendars
from storage import activities, rosters, units
from storage.activities import ActivityUnit
from storage.database import Session
from storage.units import Registry


@dataclass(frozen=True, slots=True)
class _About:
    """A session or a course, and when its form is open; `days` are those on which it is held."""

    kind: ReportType
    activity: Activity
    window: Window
    subject: str
    topic: str
    days: tuple[date, ...]


async def form(
    session: Session, schedule: Schedule, kind: ReportType, day: date, unit_id: int, subject: str
) -> Form:
    """The form about the subject, open or not. Raises NoReportDueError, NotHeldError and ExemptError."""
    calendar = await calendars.load(session, schedule)
    about = await _found(session, calendar, kind, int(subject), day)
    taking = await activities.get_unit(session, about.activity.id, unit_id)
    if taking is None or about.window.day != day:
        raise NoReportDueError(day)
    registry = await units.registry(session)
    is_by_roster = about.activity.mode is Mode.ROSTER
    roster = await rosters.list_of(session, unit_id) if is_by_roster else []
    asked = _asked(about, taking, registry, roster)
    if asked is None:
        raise NoReportDueError(day)
    if exemption := _excused(calendar, unit_id, about):
        raise ExemptError(day, exemption.reason)
    return asked


async def list_forms(session: Session, schedule: Schedule, now: datetime) -> list[Form]:
    """Every form about a subject that is owed and open now, reported or not, the earliest first."""
    today = schedule.local_day(now)
    calendar = await calendars.load(session, schedule)
    since = today - timedelta(days=CATCH_UP_DAYS)
    held = await activities.list_sessions_between(session, since, today)
    by_id = {activity.id: activity for activity, _ in held}
    graded = [a for a in by_id.values() if _has_results(a)]
    every = await activities.list_sessions(session, [a.id for a in graded])
    found: list[_About | None] = [_of_session(calendar, activity, one) for activity, one in held]
    found += [_of_results(calendar, a, [s for s in every if s.activity_id == a.id]) for a in graded]
    asked = [about for about in found if about and about.window.opens <= now < about.window.locks]
    if not asked:
        return []
    registry = await units.registry(session)
    open_ids = list({about.activity.id for about in asked})
    taking: defaultdict[int, list[ActivityUnit]] = defaultdict(list)
    for each in await activities.list_units(session, open_ids):
        taking[each.activity_id].append(each)
    is_by_roster = any(about.activity.mode is Mode.ROSTER for about in asked)
    members: defaultdict[int, list[RosterMember]] = defaultdict(list)
    for member in await rosters.list_all(session) if is_by_roster else ():
        members[member.unit_id].append(member)
    return [
        form
        for about in asked
        for each in taking[about.activity.id]
        if _excused(calendar, each.unit_id, about) is None
        and (form := _asked(about, each, registry, members[each.unit_id]))
    ]


def admitted(asked: Form, now: datetime) -> Form:
    """The form, if it may be handed in now: from its opening. Raises NotAcceptedError."""
    if now < asked.window.opens:
        raise FutureDayError(asked.day)
    if now >= asked.window.locks:
        raise LockedError(asked.window)
    return asked


def by_subject(forms: Iterable[Form]) -> dict[tuple[str, str], list[Form]]:
    """The forms of all units about each report type and subject."""
    found: defaultdict[tuple[str, str], list[Form]] = defaultdict(list)
    for each in forms:
        found[each.report_type, each.subject].append(each)
    return found


async def _found(
    session: Session, calendar: Calendar, kind: ReportType, subject: int, day: date
) -> _About:
    """Raises NoReportDueError and NotHeldError."""
    about = None
    if kind.key == ATTENDANCE.key:
        if found := await activities.get_session(session, subject):
            activity, one = found
            about = _of_session(calendar, activity, one)
            if activity.is_cancelled or one.is_cancelled:
                raise NotHeldError(day)
    elif (known := await activities.get(session, subject)) and _has_results(known):
        if known.is_cancelled:
            raise NotHeldError(day)
        about = _of_results(calendar, known, await activities.list_sessions(session, [subject]))
    if about is None:
        raise NoReportDueError(day)
    return about


def _of_session(calendar: Calendar, activity: Activity, held: ActivitySession) -> _About:
    window = after_outages(held.window(calendar.schedule.zone), calendar.outages)
    topic = f"{activity.title}, {held.slot.starts:%H:%M}–{held.slot.ends:%H:%M}"
    return _About(ATTENDANCE, activity, window, str(held.id), topic, (held.slot.day,))


def _of_results(
    calendar: Calendar, activity: Activity, sessions: Sequence[ActivitySession]
) -> _About | None:
    window = results_window(sessions, calendar.schedule.zone)
    if window is None:
        return None
    days = tuple(s.slot.day for s in sessions if not s.is_cancelled)
    moved = after_outages(window, calendar.outages)
    return _About(COURSE_RESULT, activity, moved, str(activity.id), activity.title, days)


def _excused(calendar: Calendar, unit_id: int, about: _About) -> Exemption | None:
    """The unit's own exemption of the day, or of every day of a course.

    One of all units, a holiday, excuses nobody: who plans a session on it has ordered these units there.
    """
    found = [calendar.own_exemption_of(unit_id, day) for day in about.days]
    return found[0] if all(found) else None


def _asked(
    about: _About, taking: ActivityUnit, registry: Registry, roster: Iterable[RosterMember]
) -> Form | None:
    """The unit's form, with those who are liable for its people; None where the unit is not that day."""
    day = about.window.day
    unit = registry.get(taking.unit_id, day)
    if unit is None:
        return None
    known = partial(registry.get, taking.unit_id)
    liable = liable_on(about.activity, taking.liable, known, roster, day)
    people = replace(unit, establishment=liable.count, is_sample=liable.is_sample)
    kind = about.kind
    if liable.members and kind.key == ATTENDANCE.key:
        kind = by_roster({member.id: member.code for member in liable.members})
    return Form(kind, people, about.window, about.subject, about.topic)


def _has_results(activity: Activity) -> bool:
    """By a roster it is computed who completed, so nobody is asked."""
    return activity.kind is ActivityKind.COURSE and activity.mode is Mode.HEADCOUNT
