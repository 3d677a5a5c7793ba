"""The pinned message of a day in a group: what it was last told to show."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from storage.database import Session


@dataclass(frozen=True, slots=True)
class Board:
    """`reader` is the group, named by when it was bound; `pinned_message_id` was told to be pinned."""

    report_type: str
    day: date
    reader: str
    slot: str
    content_hash: str
    pinned_message_id: int | None = None
    is_unpinned: bool = False


async def list_of(session: Session, report_type: str, reader: str) -> list[Board]:
    """The group's boards that are not yet unpinned, oldest first."""
    rows = await session.all(
        "SELECT * FROM board WHERE type = ? AND reader = ? AND NOT is_unpinned "
        "ORDER BY period_start",
        (report_type, reader),
    )
    return [_board(row) for row in rows]


async def list_left(session: Session, report_type: str, reader: str) -> list[Board]:
    """Boards that stand pinned where the group was before it was bound anew as `reader`."""
    rows = await session.all(
        "SELECT * FROM board WHERE type = ? AND reader <> ? AND NOT is_unpinned",
        (report_type, reader),
    )
    return [_board(row) for row in rows]


async def get(session: Session, report_type: str, day: date, reader: str) -> Board | None:
    row = await session.one(
        "SELECT * FROM board WHERE type = ? AND period_start = ? AND reader = ?",
        (report_type, day.isoformat(), reader),
    )
    return _board(row) if row else None


async def save(session: Session, board: Board) -> None:
    await session.run(
        "INSERT INTO board (type, period_start, reader, slot, content_hash, pinned_message_id, "
        "is_unpinned) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "content_hash = excluded.content_hash, pinned_message_id = excluded.pinned_message_id, "
        "is_unpinned = excluded.is_unpinned",
        (
            board.report_type,
            board.day.isoformat(),
            board.reader,
            board.slot,
            board.content_hash,
            board.pinned_message_id,
            board.is_unpinned,
        ),
    )


async def remove_before(session: Session, day: date) -> int:
    return await session.run("DELETE FROM board WHERE period_start < ?", (day.isoformat(),))


def _board(row: sqlite3.Row) -> Board:
    return Board(
        report_type=row["type"],
        day=date.fromisoformat(row["period_start"]),
        reader=row["reader"],
        slot=row["slot"],
        content_hash=row["content_hash"],
        pinned_message_id=row["pinned_message_id"],
        is_unpinned=bool(row["is_unpinned"]),
    )
