"""Forms about a subject: a session of an activity, or a course itself at its end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.domain.activities import (
    RESULTS_LOCK_AFTER,
    Activity,
    ActivitySession,
    results_window,
)
from bot.domain.calendar import Schedule, Window
from bot.domain.courses import RosterMember, liable_on
from bot.domain.forms import ATTENDANCE, COURSE_RESULT, ReportType, by_roster
from bot.domain.participation import ActivityKind, Mode
from bot.domain.reports import Form, FutureDayError, LockedError, NoReportDueError, NotHeldError
from storage import activities, rosters, units
from storage.activities import ActivityUnit
from storage.database import Session
from storage.units import Registry


async def form(
    session: Session, schedule: Schedule, kind: ReportType, day: date, unit_id: int, subject: str
) -> Form:
    """The form about the subject, open or not. Raises NoReportDueError and NotHeldError."""
    found = await _found(session, schedule, kind, int(subject))
    if found is None:
        raise NoReportDueError(day)
    activity, window, topic, is_cancelled = found
    if is_cancelled:
        raise NotHeldError(day)
    registry = await units.registry(session)
    taking = await activities.get_unit(session, activity.id, unit_id)
    if taking is None or window is None or window.day != day:
        raise NoReportDueError(day)
    roster = await rosters.list_of(session, unit_id) if activity.mode is Mode.ROSTER else []
    asked = _asked(kind, activity, taking, registry, roster, (window, subject, topic))
    if asked is None:
        raise NoReportDueError(day)
    return asked


async def list_forms(session: Session, schedule: Schedule, now: datetime) -> list[Form]:
    """Every form about a subject that is open now, reported or not, the earliest first."""
    today = schedule.local_day(now)
    since = today - RESULTS_LOCK_AFTER - timedelta(days=1)
    held = await activities.list_sessions_between(session, since, today)
    if not held:
        return []
    registry = await units.registry(session)
    by_id = {activity.id: activity for activity, _ in held}
    taking: defaultdict[int, list[ActivityUnit]] = defaultdict(list)
    for each in await activities.list_units(session, list(by_id)):
        taking[each.activity_id].append(each)
    asked = [
        (ATTENDANCE, activity, one.window(schedule.zone), str(one.id), _topic(activity, one))
        for activity, one in held
    ]
    graded = [a for a in by_id.values() if _has_results(a)]
    every = await activities.list_sessions(session, [a.id for a in graded])
    for activity in graded:
        own = [s for s in every if s.activity_id == activity.id]
        if window := results_window(own, schedule.zone):
            asked.append((COURSE_RESULT, activity, window, str(activity.id), activity.title))
    rostered = any(activity.mode is Mode.ROSTER for activity in by_id.values())
    members: defaultdict[int, list[RosterMember]] = defaultdict(list)
    for member in await rosters.list_all(session) if rostered else ():
        members[member.unit_id].append(member)
    return [
        form
        for kind, activity, window, subject, topic in asked
        if window.opens <= now < window.locks
        for each in taking[activity.id]
        if (
            form := _asked(
                kind, activity, each, registry, members[each.unit_id], (window, subject, topic)
            )
        )
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
    session: Session, schedule: Schedule, kind: ReportType, subject: int
) -> tuple[Activity, Window | None, str, bool] | None:
    """The activity, when its form is open, what it is called, and whether it was cancelled."""
    if kind.key == ATTENDANCE.key:
        found = await activities.get_session(session, subject)
        if found is None:
            return None
        activity, one = found
        is_cancelled = activity.is_cancelled or one.is_cancelled
        return activity, one.window(schedule.zone), _topic(activity, one), is_cancelled
    known = await activities.get(session, subject)
    if known is None or not _has_results(known):
        return None
    window = results_window(await activities.list_sessions(session, [subject]), schedule.zone)
    return known, window, known.title, known.is_cancelled


def _asked(
    kind: ReportType,
    activity: Activity,
    taking: ActivityUnit,
    registry: Registry,
    roster: Iterable[RosterMember],
    about: tuple[Window, str, str],
) -> Form | None:
    """The unit's form, with those who are liable for its people; None where the unit is not that day."""
    window, subject, topic = about
    unit = registry.get(taking.unit_id, window.day)
    if unit is None:
        return None
    known = partial(registry.get, taking.unit_id)
    liable = liable_on(activity, taking.liable, known, roster, window.day)
    people = replace(unit, establishment=liable.count, is_sample=liable.is_sample)
    if liable.members and kind.key == ATTENDANCE.key:
        kind = by_roster({member.id: member.code for member in liable.members})
    return Form(kind, people, window, subject, topic)


def _has_results(activity: Activity) -> bool:
    """By a roster it is computed who completed, so nobody is asked."""
    return activity.kind is ActivityKind.COURSE and activity.mode is Mode.HEADCOUNT


def _topic(activity: Activity, held: ActivitySession) -> str:
    return f"{activity.title}, {held.slot.starts:%H:%M}–{held.slot.ends:%H:%M}"
