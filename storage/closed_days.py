"""Reporting days that are over and told of: reconcile looks at the days after them."""

from collections.abc import Iterable
from datetime import date

from storage.database import Session


async def last(session: Session, report_type: str) -> date | None:
    row = await session.one("SELECT max(day) AS day FROM closed_day WHERE type = ?", (report_type,))
    return date.fromisoformat(row["day"]) if row and row["day"] else None


async def add(session: Session, report_type: str, days: Iterable[date]) -> None:
    await session.run_many(
        "INSERT INTO closed_day (type, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(report_type, day.isoformat()) for day in days],
    )
