"""People of units by codes, and which of them were where."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from bot.domain.courses import Attended, RosterMember
from bot.domain.participation import ActivityKind
from storage.database import Session


async def add(
    session: Session,
    unit_id: int,
    code: str,
    category: str,
    served_since: date,
    valid_from: date,
) -> int | None:
    """Return the new member's id, or None where the unit's roster has the code now."""
    taken = await session.one(
        "SELECT 1 FROM roster_member WHERE unit_id = ? AND code = ? AND valid_to IS NULL",
        (unit_id, code),
    )
    if taken:
        return None
    return await session.insert(
        "INSERT INTO roster_member (unit_id, code, category, served_since, valid_from) "
        "VALUES (?, ?, ?, ?, ?)",
        (unit_id, code, category, served_since.isoformat(), valid_from.isoformat()),
    )


async def save_end(session: Session, member_id: int, valid_to: date | None) -> None:
    """Let the person be on the roster no more from the day on; None takes an end back."""
    await session.run(
        "UPDATE roster_member SET valid_to = ? WHERE id = ?",
        (valid_to.isoformat() if valid_to else None, member_id),
    )


async def list_of(session: Session, unit_id: int) -> list[RosterMember]:
    """Everybody who ever was on the unit's roster, by code."""
    rows = await session.all(
        "SELECT * FROM roster_member WHERE unit_id = ? ORDER BY code, id", (unit_id,)
    )
    return [_member(row) for row in rows]


async def list_all(session: Session) -> list[RosterMember]:
    """Everybody who ever was on a roster."""
    rows = await session.all("SELECT * FROM roster_member ORDER BY unit_id, code, id")
    return [_member(row) for row in rows]


async def remove_ended(session: Session, day: date) -> int:
    """Erase who had left the roster by the day, but those whose attendance is kept; return how many."""
    return await session.run(
        "DELETE FROM roster_member WHERE valid_to <= ? AND NOT EXISTS "
        "(SELECT 1 FROM attendance AS t WHERE t.member_id = roster_member.id)",
        (day.isoformat(),),
    )


async def save_attendance(
    session: Session, session_id: int, unit_id: int, absent_for: Mapping[int, str | None]
) -> None:
    """Keep who of the unit was present (None) or why not, in the place of what was known."""
    await session.run(
        "DELETE FROM attendance WHERE session_id = ? AND member_id IN "
        "(SELECT id FROM roster_member WHERE unit_id = ?)",
        (session_id, unit_id),
    )
    await session.run_many(
        "INSERT INTO attendance (session_id, member_id, absent_for) VALUES (?, ?, ?)",
        [(session_id, member_id, reason) for member_id, reason in absent_for.items()],
    )


async def list_attended(session: Session, first: date, last: date) -> list[Attended]:
    """Who was present at which session of these days; not at those that were cancelled."""
    rows = await session.all(
        "SELECT t.member_id, t.session_id, s.activity_id, s.day, s.half_days, a.kind "
        "FROM activity_session AS s JOIN activity AS a ON a.id = s.activity_id "
        "JOIN attendance AS t ON t.session_id = s.id "
        "WHERE t.absent_for IS NULL AND s.cancelled_at IS NULL AND a.cancelled_at IS NULL "
        "AND s.day BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    )
    return [
        Attended(
            row["member_id"],
            row["session_id"],
            row["activity_id"],
            ActivityKind(row["kind"]),
            date.fromisoformat(row["day"]),
            row["half_days"],
        )
        for row in rows
    ]


def _member(row: sqlite3.Row) -> RosterMember:
    return RosterMember(
        id=row["id"],
        unit_id=row["unit_id"],
        code=row["code"],
        category=row["category"],
        served_since=date.fromisoformat(row["served_since"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
