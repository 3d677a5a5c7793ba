"""Forms about a subject: a session of an activity, or a course itself at its end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.activities import (
    RESULTS_LOCK_AFTER,
    Activity,
    ActivitySession,
    results_window,
)
from bot.domain.calendar import Schedule, Window
from bot.domain.courses import liable_members
from bot.domain.forms import ATTENDANCE, COURSE_RESULT, ReportType, by_roster
from bot.domain.participation import ActivityKind, Mode
from bot.domain.reports import Form, FutureDayError, LockedError, NoReportDueError, NotHeldError
from bot.domain.units import Unit
from storage import activities, rosters, units
from storage.activities import ActivityUnit
from storage.database import Session


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
    unit = await units.get(session, unit_id, day)
    taking = await activities.get_unit(session, activity.id, unit_id)
    if unit is None or taking is None or window is None or window.day != day:
        raise NoReportDueError(day)
    asked = Form(kind, _with_liable(unit, taking), window, subject, topic)
    return await _by_roster(session, activity, asked)


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
    return [
        Form(kind, _with_liable(unit, each), window, subject, topic)
        for kind, activity, window, subject, topic in asked
        if window.opens <= now < window.locks
        for each in taking[activity.id]
        if (unit := registry.get(each.unit_id, window.day))
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


async def _by_roster(session: Session, activity: Activity, asked: Form) -> Form:
    """The form with the codes of the unit's roster, in the mode that asks for them and where it has any."""
    if activity.mode is not Mode.ROSTER:
        return asked
    members = liable_members(
        await rosters.list_on(session, asked.unit.id, activity.first),
        activity.kind,
        activity.category,
        activity.service,
        activity.first,
    )
    if not members:
        return asked
    kind = by_roster({member.id: member.code for member in members})
    people = replace(asked.unit, establishment=len(members), is_sample=False)
    return replace(asked, kind=kind, unit=people)


def _has_results(activity: Activity) -> bool:
    """By a roster it is computed who completed, so nobody is asked."""
    return activity.kind is ActivityKind.COURSE and activity.mode is Mode.HEADCOUNT


def _topic(activity: Activity, held: ActivitySession) -> str:
    return f"{activity.title}, {held.slot.starts:%H:%M}–{held.slot.ends:%H:%M}"


def _with_liable(unit: Unit, taking: ActivityUnit) -> Unit:
    if taking.liable is None:
        return unit
    return replace(unit, establishment=taking.liable, is_sample=False)
