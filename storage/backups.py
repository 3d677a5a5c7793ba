"""Which backups were asked for, made, and failed. A file that is rotated away loses its row."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.domain.backups import Failed, Made
from storage.database import Session
from storage.times import from_ms, to_ms


class Reason(StrEnum):
    NIGHTLY = "nightly"
    ASKED = "asked"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Asked:
    id: int
    person_id: int | None
    asked_at: datetime


async def ask(session: Session, reason: Reason, person_id: int | None, now: datetime) -> int:
    return await session.insert(
        "INSERT INTO backup (reason, asked_at, person_id) VALUES (?, ?, ?)",
        (reason, to_ms(now), person_id),
    )


async def list_asked(session: Session, since: datetime) -> list[Asked]:
    """What waits to be made, oldest first. What was asked earlier nobody waits for any more."""
    rows = await session.all(
        "SELECT * FROM backup WHERE finished_at IS NULL AND reason = 'asked' AND asked_at >= ? "
        "ORDER BY id",
        (to_ms(since),),
    )
    return [Asked(row["id"], row["person_id"], from_ms(row["asked_at"])) for row in rows]


async def save_made(
    session: Session, backup_id: int, path: Path, size: int, now: datetime, *, is_encrypted: bool
) -> None:
    await session.run(
        "UPDATE backup SET finished_at = ?, path = ?, size = ?, is_encrypted = ? WHERE id = ?",
        (to_ms(now), str(path), size, is_encrypted, backup_id),
    )


async def save_failed(session: Session, backup_id: int, problem: str, now: datetime) -> None:
    await session.run(
        "UPDATE backup SET finished_at = ?, problem = ? WHERE id = ?",
        (to_ms(now), problem, backup_id),
    )


async def last_made(session: Session) -> Made | None:
    row = await session.one(f"{_MADE} ORDER BY finished_at DESC, id DESC LIMIT 1")
    return _made(row) if row else None


async def last_failed(session: Session) -> Failed | None:
    row = await session.one(
        "SELECT * FROM backup WHERE problem IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT 1"
    )
    return Failed(from_ms(row["finished_at"]), row["problem"]) if row else None


async def list_rotated(session: Session) -> list[Made]:
    """Those that the bot itself made and may remove, newest first."""
    rows = await session.all(f"{_MADE} AND reason <> 'console' ORDER BY finished_at DESC, id DESC")
    return [_made(row) for row in rows]


async def remove(session: Session, backup_id: int) -> None:
    await session.run("DELETE FROM backup WHERE id = ?", (backup_id,))


async def remove_older(session: Session, before: datetime) -> None:
    """Forget failures and what was asked for and never made; good ones go with their files."""
    await session.run(
        "DELETE FROM backup WHERE asked_at < ? AND (finished_at IS NULL OR problem IS NOT NULL)",
        (to_ms(before),),
    )


_MADE = "SELECT * FROM backup WHERE finished_at IS NOT NULL AND problem IS NULL"


def _made(row: sqlite3.Row) -> Made:
    return Made(
        id=row["id"],
        at=from_ms(row["finished_at"]),
        path=Path(row["path"]),
        size=row["size"],
        is_encrypted=bool(row["is_encrypted"]),
    )
