"""Erasing what has served its time, each kind of data after its own."""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime

from bot.domain.activities import ActivitySession
from bot.domain.forms import ATTENDANCE, COURSE_RESULT, DUTY
from bot.domain.keeping import Retention, needed_until
from storage import (
    activities,
    audit,
    awaited_texts,
    backups,
    boards,
    command,
    drafts,
    messages,
    nudges,
    outbox,
    reports,
    rosters,
    updates,
)
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Erased:
    updates: int
    messages: int
    reports: int


async def erase_old(session: Session, retention: Retention, today: date, now: datetime) -> Erased:
    kept_from = now - retention.messages
    doubtful_from = now - retention.doubtful
    handled = await updates.remove_older(session, kept_from, doubtful_from)
    sent = await outbox.remove_older(session, kept_from, doubtful_from)
    await messages.remove_older(session, kept_from)
    await drafts.remove_older(session, kept_from)
    await awaited_texts.remove_older(session, kept_from)
    await backups.remove_older(session, doubtful_from)
    first_kept = retention.first_kept_day(today)
    reported = 0
    if first_kept:
        reported = await _erase_reports(session, first_kept, now)
        reported += await _erase_activities(session, first_kept, now)
    return Erased(handled, sent, reported)


@dataclass(frozen=True, slots=True)
class _ErasedDays:
    """What the audit trail keeps of reports that are no more."""

    before: str
    reports: int
    revisions: int
    nudges: int
    boards: int


@dataclass(frozen=True, slots=True)
class _ErasedActivities:
    before: str
    activities: int
    reports: int
    roster_members: int


async def _erase_activities(session: Session, first_kept: date, now: datetime) -> int:
    """Erase whole activities that no kept day needs, and who has left the rosters; return how many reports.

    An activity that is no more was never expected: no figure says that nobody came.
    """
    listed = await activities.list_all(session)
    sessions: defaultdict[int, list[ActivitySession]] = defaultdict(list)
    for each in await activities.list_sessions(session, [a.id for a in listed]):
        sessions[each.activity_id].append(each)
    gone, kept_from = [], first_kept
    for activity in listed:
        held = [each.slot.day for each in sessions[activity.id]]
        if needed_until(activity, held) < first_kept:
            gone.append(activity.id)
        else:
            # Who was liable for it is still asked of the rosters.
            kept_from = min(kept_from, activity.first, *held)
    held_ids = [str(each.id) for activity_id in gone for each in sessions[activity_id]]
    reported = await reports.remove_about(session, ATTENDANCE.key, held_ids)
    reported += await reports.remove_about(session, COURSE_RESULT.key, [str(id_) for id_ in gone])
    await activities.remove(session, gone)
    left = await rosters.remove_ended(session, kept_from)
    if gone or left:
        told = _ErasedActivities(first_kept.isoformat(), len(gone), reported, left)
        entry = audit.Entry("activity.erase", None, None, after=json.dumps(asdict(told)))
        await audit.add(session, entry, now)
    return reported


async def _erase_reports(session: Session, first_kept: date, now: datetime) -> int:
    """Erase the reports of days before `first_kept`, and expect none of them any more."""
    # What stands of a target is its newest report, however long ago.
    reported, revisions = await reports.remove_before(session, DUTY.key, first_kept)
    told = _ErasedDays(
        first_kept.isoformat(),
        reported,
        revisions,
        await nudges.remove_before(session, first_kept),
        await boards.remove_before(session, first_kept),
    )
    if reported:
        # Otherwise every summary of those days would say that nobody had reported.
        await command.save_first_day(session, first_kept)
        entry = audit.Entry("report.erase", None, None, after=json.dumps(asdict(told)))
        await audit.add(session, entry, now)
    return reported
