"""Months whose pages of the units were queued, each page of them."""

from datetime import date, datetime

from storage.database import Session
from storage.times import to_ms


async def exists(session: Session, first: date) -> bool:
    """Whether the month that begins on the day was."""
    return bool(
        await session.one("SELECT 1 FROM paged_month WHERE first_day = ?", (first.isoformat(),))
    )


async def add(session: Session, first: date, now: datetime) -> None:
    await session.run(
        "INSERT INTO paged_month (first_day, paged_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (first.isoformat(), to_ms(now)),
    )
