"""Days on which a unit, or every unit, owes no report."""

import sqlite3
from datetime import date

from bot.domain.calendar import Exemption
from storage.database import Session


async def list_all(session: Session) -> list[Exemption]:
    return [
        _exemption(row)
        for row in await session.kept("exemption", "SELECT * FROM exemption ORDER BY id")
    ]


async def get(session: Session, exemption_id: int) -> Exemption | None:
    row = await session.one("SELECT * FROM exemption WHERE id = ?", (exemption_id,))
    return _exemption(row) if row else None


async def add(
    session: Session,
    unit_id: int | None,
    first: date,
    last: date | None,
    weekdays: frozenset[str],
    reason: str,
) -> int:
    return await session.insert(
        "INSERT INTO exemption (unit_id, first_day, last_day, weekdays, reason) VALUES (?, ?, ?, ?, ?)",
        (
            unit_id,
            first.isoformat(),
            last.isoformat() if last else None,
            ",".join(sorted(weekdays)),
            reason,
        ),
    )


async def save_end(session: Session, exemption_id: int, ended_on: date) -> bool:
    """Let it hold no longer from the day on; return whether it had not been ended before."""
    return bool(
        await session.run(
            "UPDATE exemption SET ended_on = ? WHERE id = ? AND ended_on IS NULL",
            (ended_on.isoformat(), exemption_id),
        )
    )


def _exemption(row: sqlite3.Row) -> Exemption:
    return Exemption(
        id=row["id"],
        unit_id=row["unit_id"],
        first=date.fromisoformat(row["first_day"]),
        last=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        weekdays=frozenset(row["weekdays"].split(",")),
        reason=row["reason"],
        ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
    )
