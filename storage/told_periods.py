"""Which weeks and months were told to whom."""

from datetime import date, datetime

from bot.domain.period_digests import PeriodDigest
from bot.domain.periods import Period
from storage.database import Session
from storage.times import to_ms


async def list_since(session: Session, first: date) -> frozenset[tuple[Period, date, str]]:
    """The period, its first day and who was told, of periods that begin on the day or later."""
    rows = await session.all(
        "SELECT period, first_day, recipient FROM told_period WHERE first_day >= ?",
        (first.isoformat(),),
    )
    return frozenset(
        (Period(row["period"]), date.fromisoformat(row["first_day"]), row["recipient"])
        for row in rows
    )


async def add(session: Session, told: PeriodDigest, now: datetime) -> bool:
    """Return whether it had not been told."""
    return bool(
        await session.run(
            "INSERT INTO told_period (period, first_day, recipient, told_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (told.period, told.first.isoformat(), told.recipient, to_ms(now)),
        )
    )
