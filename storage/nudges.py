"""Who was asked for a missing report by a commander, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Session
from storage.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Nudge:
    unit_id: int
    at: datetime
    person_id: int | None


async def list_of_day(session: Session, report_type: str, day: date) -> list[Nudge]:
    """The day's nudges, oldest first."""
    rows = await session.all(
        "SELECT * FROM nudge WHERE type = ? AND period_start = ? ORDER BY id",
        (report_type, day.isoformat()),
    )
    return [Nudge(row["unit_id"], from_ms(row["at"]), row["person_id"]) for row in rows]


async def add(session: Session, report_type: str, day: date, nudge: Nudge) -> int:
    return await session.insert(
        "INSERT INTO nudge (type, period_start, unit_id, at, person_id) VALUES (?, ?, ?, ?, ?)",
        (report_type, day.isoformat(), nudge.unit_id, to_ms(nudge.at), nudge.person_id),
    )


async def remove_before(session: Session, day: date) -> int:
    return await session.run("DELETE FROM nudge WHERE period_start < ?", (day.isoformat(),))
