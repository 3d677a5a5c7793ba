"""What becomes of backups: asked for, made, failed; who is told, and which files go."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.domain.backups import Backup, Failed, Made
from bot.domain.delivery import Kind
from bot.domain.keeping import is_backup_worrying, surplus
from bot.domain.people import Person
from bot.screens.message import Message
from bot.services.alerts import alert_admins
from bot.services.posting import post
from bot.texts import Library
from storage import backups, people
from storage.backups import Asked, Reason
from storage.database import Session
from storage.outbox import Destination

# Whoever asked for a backup before a long outage does not wait for it any more.
ASKED_AT_MOST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """The state of the backups. `failed` is a failure newer than the last good one.

    `count` is how many the bot keeps in its folder.
    """

    last: Made | None
    failed: Failed | None
    count: int
    is_waiting: bool


async def load(session: Session, folder: Path | None, now: datetime) -> Kept:
    last, failed = await backups.last_made(session), await backups.last_failed(session)
    if last and failed and failed.at < last.at:
        failed = None
    kept = _in(folder, await backups.list_rotated(session))
    asked = await backups.list_asked(session, now - ASKED_AT_MOST)
    return Kept(last, failed, len(kept), bool(asked))


async def ask(session: Session, person: Person, now: datetime) -> bool:
    """Queue a backup; False where one waits already."""
    if await backups.list_asked(session, now - ASKED_AT_MOST):
        return False
    await backups.ask(session, Reason.ASKED, person.id, now)
    return True


async def list_asked(session: Session, now: datetime) -> list[Asked]:
    return await backups.list_asked(session, now - ASKED_AT_MOST)


async def record(session: Session, reason: Reason, made: Backup, now: datetime) -> None:
    """Record a backup that nobody waits for."""
    backup_id = await backups.ask(session, reason, None, now)
    await backups.save_made(
        session, backup_id, made.path, made.size, now, is_encrypted=made.is_encrypted
    )


async def finish(
    session: Session, library: Library, asked: Asked | None, made: Backup, now: datetime
) -> None:
    """Record a good backup, and tell who waits for it."""
    if asked is None:
        await record(session, Reason.NIGHTLY, made, now)
        return
    await backups.save_made(
        session, asked.id, made.path, made.size, now, is_encrypted=made.is_encrypted
    )
    await _answer(session, library, asked, None, made, now)


async def fail(
    session: Session, library: Library, asked: Asked | None, problem: str, now: datetime
) -> None:
    """Record why there is no backup; tell who waits for it, or the admins, once until the next good one."""
    last = await backups.last_made(session)
    if asked is None:
        backup_id = await backups.ask(session, Reason.NIGHTLY, None, now)
        await backups.save_failed(session, backup_id, problem, now)
        key = f"backup-failed:{last.id if last else 0}"
        await alert_admins(
            session, library, key, lambda texts: texts.backup_failed(problem, last), now
        )
        return
    await backups.save_failed(session, asked.id, problem, now)
    await _answer(session, library, asked, problem, None, now)


async def _answer(
    session: Session,
    library: Library,
    asked: Asked,
    problem: str | None,
    made: Backup | None,
    now: datetime,
) -> None:
    person = await people.get(session, asked.person_id) if asked.person_id else None
    if person is None:
        return
    texts = library.in_language(person.language)
    words = texts.backup_not_made(problem or "") if made is None else texts.backup_made(made)
    to = Destination(person.telegram_id)
    await post(session, Kind.REPLY, f"backup:{asked.id}", to, Message(words), now)


async def list_surplus(session: Session, folder: Path, keep: int) -> list[Made]:
    """Files of this folder that the bot made itself and that have served their time."""
    return list(surplus(_in(folder, await backups.list_rotated(session)), keep))


def _in(folder: Path | None, listed: list[Made]) -> list[Made]:
    """Those that were put into the folder; what is in an earlier one is left alone."""
    return [made for made in listed if made.path.parent == folder]


async def forget(session: Session, removed: list[Made]) -> None:
    for made in removed:
        await backups.remove(session, made.id)


async def warn_of_old(session: Session, library: Library, now: datetime) -> None:
    """Tell the admins, once, that the newest good backup is days old."""
    last = await backups.last_made(session)
    if last and is_backup_worrying(last.at, now):
        key = f"backup-old:{last.id}"
        await alert_admins(session, library, key, lambda texts: texts.backup_old(last), now)


async def warn_of_disk(
    session: Session, library: Library, free: int, today: date, now: datetime
) -> None:
    """Tell the admins, once a day, that the disk is nearly full; `free` in bytes."""
    key = f"disk-low:{today}"
    await alert_admins(session, library, key, lambda texts: texts.disk_low(free), now)
