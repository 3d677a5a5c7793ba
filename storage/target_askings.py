"""Reports for targets that were asked for by the event, besides their calendars."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Session
from storage.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Asking:
    """`day` is that of `at` in the command's zone; the reports of this asking are kept by it."""

    report_type: str
    day: date
    at: datetime


async def list_all(session: Session) -> list[Asking]:
    """Every asking, oldest first."""
    rows = await session.all("SELECT * FROM target_asking ORDER BY day")
    return [
        Asking(row["type"], date.fromisoformat(row["day"]), from_ms(row["asked_at"]))
        for row in rows
    ]


async def add(session: Session, asking: Asking, person_id: int) -> None:
    await session.run(
        "INSERT INTO target_asking (type, day, asked_at, person_id) VALUES (?, ?, ?, ?)",
        (asking.report_type, asking.day.isoformat(), to_ms(asking.at), person_id),
    )
