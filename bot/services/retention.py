"""Erasing what has served its time, each kind of data after its own."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from bot.domain.forms import TARGET_REPORTS
from bot.domain.keeping import Retention
from storage import (
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
    updates,
)
from storage.database import Session

# What stands of a target is its newest report, however long ago.
_KEPT = tuple(kind.key for kind in TARGET_REPORTS)


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
    reported = await _erase_reports(session, first_kept, now) if first_kept else 0
    return Erased(handled, sent, reported)


@dataclass(frozen=True, slots=True)
class _ErasedDays:
    """What the audit trail keeps of reports that are no more."""

    before: str
    reports: int
    revisions: int
    nudges: int
    boards: int


async def _erase_reports(session: Session, first_kept: date, now: datetime) -> int:
    """Erase the reports of days before `first_kept`, and expect none of them any more."""
    reported, revisions = await reports.remove_before(session, first_kept, _KEPT)
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
