"""Who changed what, from what to what; rows are only ever added."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Role
from storage.database import Session
from storage.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Entry:
    """`action` is a verb such as reopen; `person_id` None is the command line."""

    action: str
    person_id: int | None
    role: Role | None
    unit_id: int | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it stands in the trail."""

    at: datetime
    entry: Entry


async def add(session: Session, entry: Entry, now: datetime) -> None:
    await session.run(
        "INSERT INTO audit (at, person_id, role, action, unit_id, before, after, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            to_ms(now),
            entry.person_id,
            entry.role,
            entry.action,
            entry.unit_id,
            entry.before,
            entry.after,
            entry.reason,
        ),
    )


async def list_newest(
    session: Session, actions: Sequence[str], unit_id: int | None, limit: int, offset: int
) -> list[Kept]:
    """Return entries of these actions (none: of all), of the unit or of all, newest first."""
    rows = await session.all(
        "SELECT * FROM audit WHERE (? = '[]' OR action IN (SELECT value FROM json_each(?))) "
        "AND (? IS NULL OR unit_id = ?) ORDER BY id DESC LIMIT ? OFFSET ?",
        (json.dumps(list(actions)), json.dumps(list(actions)), unit_id, unit_id, limit, offset),
    )
    return [_kept(row) for row in rows]


async def list_between(session: Session, since: datetime, until: datetime) -> list[Kept]:
    """Return the entries from one moment until before another, oldest first."""
    rows = await session.all(
        "SELECT * FROM audit WHERE at >= ? AND at < ? ORDER BY id", (to_ms(since), to_ms(until))
    )
    return [_kept(row) for row in rows]


def _kept(row: sqlite3.Row) -> Kept:
    entry = Entry(
        action=row["action"],
        person_id=row["person_id"],
        role=Role(row["role"]) if row["role"] else None,
        unit_id=row["unit_id"],
        before=row["before"],
        after=row["after"],
        reason=row["reason"],
    )
    return Kept(from_ms(row["at"]), entry)
