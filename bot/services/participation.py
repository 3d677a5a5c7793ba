"""What units took part in, put together from activities, rosters and reported attendance."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from bot.domain.activities import Activity, ActivitySession
from bot.domain.calendar import Calendar, Schedule
from bot.domain.courses import (
    Attended,
    Liable,
    Requirement,
    RosterMember,
    half_days_lacking,
    liable_on,
)
from bot.domain.forms import ATTENDANCE, COURSE_RESULT
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.services import calendars
from storage import activities, rosters, units
from storage.activities import ActivityUnit
from storage.database import Session
from storage.units import Registry


@dataclass(frozen=True, slots=True)
class _Known:
    """What is asked of the database once, however many units there are."""

    registry: Registry
    calendar: Calendar
    now: datetime
    until: date | None
    sessions: Mapping[int, list[ActivitySession]]
    headcounts: Mapping[tuple[int, int], tuple[int | None, int]]
    completed: Mapping[tuple[int, int], int]
    members: Mapping[int, list[RosterMember]]
    attended: Mapping[int, list[Attended]]
    requirements: list[Requirement]


async def participations(
    session: Session,
    schedule: Schedule,
    first: date,
    last: date,
    now: datetime,
    *,
    until: date | None = None,
) -> tuple[Participation, ...]:
    """Every unit in every activity with a day in these days, cancelled ones left out.

    With `until`, as the facts of that day say: later sessions are still to come, whatever is known of
    them by now, and later make-up sessions nobody knew of.
    """
    listed = [a for a in await activities.list_between(session, first, last) if not a.is_cancelled]
    if not listed:
        return ()
    ids = [a.id for a in listed]
    sessions: defaultdict[int, list[ActivitySession]] = defaultdict(list)
    for each in await activities.list_sessions(session, ids):
        if not each.is_cancelled and not (each.slot.is_make_up and _is_after(each, until)):
            sessions[each.activity_id].append(each)
    days = [s.slot.day for several in sessions.values() for s in several]
    days += [day for a in listed for day in (a.first, a.last)]
    begin, end = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    members: defaultdict[int, list[RosterMember]] = defaultdict(list)
    for member in await rosters.list_all(session):
        members[member.unit_id].append(member)
    attended: defaultdict[int, list[Attended]] = defaultdict(list)
    for presence in await rosters.list_attended(session, begin, min(end, until or end)):
        attended[presence.member_id].append(presence)
    known = _Known(
        registry=await units.registry(session),
        calendar=await calendars.load(session, schedule),
        now=now,
        until=until,
        sessions=sessions,
        headcounts=await activities.headcounts(session, ATTENDANCE.key, begin, end),
        completed=await activities.completed(session, COURSE_RESULT.key, begin, end),
        members=members,
        attended=attended,
        requirements=await activities.list_requirements(session),
    )
    by_id = {a.id: a for a in listed}
    taking_part = await activities.list_units(session, ids)
    return tuple(_participation(known, by_id[each.activity_id], each) for each in taking_part)


def _participation(known: _Known, activity: Activity, taking: ActivityUnit) -> Participation:
    sessions = known.sessions.get(activity.id, [])

    def liable(day: date) -> Liable:
        return liable_on(
            activity,
            taking.liable,
            partial(known.registry.get, taking.unit_id),
            known.members.get(taking.unit_id, ()),
            day,
        )

    whole = liable(activity.first)
    every = [
        (_attendance(known, each, taking.unit_id, liable(each.slot.day).count), each)
        for each in sessions
    ]
    # Who is exempt owes no attendance; who came all the same is counted.
    attendances = tuple(
        told
        for told, each in every
        if told.present is not None
        or known.calendar.own_exemption_of(taking.unit_id, each.slot.day) is None
    )
    return Participation(
        activity_id=activity.id,
        kind=activity.kind,
        mode=activity.mode,
        category=activity.category,
        exercise_id=activity.exercise_id,
        unit_id=taking.unit_id,
        first_day=activity.first,
        last_day=activity.last,
        is_finished=bool(every) and all(told.is_over for told, _ in every),
        liable=whole.count,
        completed=_completed(known, activity, taking.unit_id, whole.members, attendances),
        sessions=attendances,
        lacking=_lacking(known, activity, whole.members),
    )


def _is_after(session: ActivitySession, until: date | None) -> bool:
    return until is not None and session.slot.day > until


def _attendance(
    known: _Known, session: ActivitySession, unit_id: int, liable: int | None
) -> SessionAttendance:
    is_to_come = _is_after(session, known.until)
    reported = None if is_to_come else known.headcounts.get((session.id, unit_id))
    if reported and reported[0] is not None:
        liable = reported[0]
    return SessionAttendance(
        session_id=session.id,
        day=session.slot.day,
        is_over=not is_to_come and session.ends(known.calendar.schedule.zone) <= known.now,
        is_make_up=session.slot.is_make_up,
        liable=liable,
        present=liable - reported[1] if reported and liable is not None else None,
    )


def _completed(
    known: _Known,
    activity: Activity,
    unit_id: int,
    members: Sequence[RosterMember],
    attendances: tuple[SessionAttendance, ...],
) -> int | None:
    """People who have done all; None until somebody has told it, or can be told from a single session."""
    reported = [a for a in attendances if a.present is not None]
    if activity.mode is Mode.ROSTER:
        if not reported or not members:
            return None
        return sum(_has_done_all(known, activity, member, attendances) for member in members)
    sessions = known.sessions.get(activity.id, ())
    told = known.completed.get((activity.id, unit_id))
    if told is not None and not any(_is_after(each, known.until) for each in sessions):
        return told
    is_single = len(sessions) == 1
    return reported[0].present if is_single and reported else None


def _has_done_all(
    known: _Known,
    activity: Activity,
    member: RosterMember,
    attendances: tuple[SessionAttendance, ...],
) -> bool:
    if activity.kind is ActivityKind.COURSE:
        return _half_days_lacking(known, activity, member) == 0
    attended = known.attended.get(member.id, [])
    here = {a.session_id for a in attended if a.activity_id == activity.id}
    return len(here) >= sum(not a.is_make_up for a in attendances)


def _lacking(known: _Known, activity: Activity, members: Sequence[RosterMember]) -> tuple[int, ...]:
    if activity.kind is not ActivityKind.COURSE:
        return ()
    return tuple(filter(None, (_half_days_lacking(known, activity, each) for each in members)))


def _half_days_lacking(known: _Known, activity: Activity, member: RosterMember) -> int | None:
    attended = known.attended.get(member.id, [])
    return half_days_lacking(attended, member, known.requirements, activity.last)
