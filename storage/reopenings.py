"""Locked days that take reports once more."""

from datetime import date, datetime

from bot.domain.calendar import Reopening
from storage.database import Session
from storage.times import from_ms, to_ms


async def list_all(session: Session, report_type: str) -> list[Reopening]:
    rows = await session.kept(
        "reopening", "SELECT * FROM reopening WHERE type = ? ORDER BY id", report_type
    )
    return [
        Reopening(row["unit_id"], date.fromisoformat(row["period_start"]), from_ms(row["until_at"]))
        for row in rows
    ]


async def add(
    session: Session,
    report_type: str,
    day: date,
    unit_id: int | None,
    until: datetime,
    reason: str,
) -> int:
    return await session.insert(
        "INSERT INTO reopening (type, period_start, unit_id, until_at, reason) VALUES (?, ?, ?, ?, ?)",
        (report_type, day.isoformat(), unit_id, to_ms(until), reason),
    )
