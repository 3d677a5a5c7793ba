"""When Telegram was last heard of, and the times in which it was not."""

from datetime import datetime

from bot.domain.calendar import Outage
from storage.database import Session
from storage.times import from_ms, to_ms


async def get_good_at(session: Session) -> datetime | None:
    row = await session.one("SELECT good_at FROM liveness")
    return from_ms(row["good_at"]) if row else None


async def save_good_at(session: Session, now: datetime) -> None:
    await session.run(
        "INSERT INTO liveness (id, good_at) VALUES (1, ?) "
        "ON CONFLICT DO UPDATE SET good_at = excluded.good_at",
        (to_ms(now),),
    )


async def add(session: Session, began: datetime, ended: datetime) -> None:
    await session.run(
        "INSERT INTO outage (began_at, ended_at) VALUES (?, ?)", (to_ms(began), to_ms(ended))
    )


async def list_all(session: Session) -> list[Outage]:
    """Every outage, in the order of time."""
    rows = await session.kept("outage", "SELECT * FROM outage ORDER BY began_at, id")
    return [Outage(row["id"], from_ms(row["began_at"]), from_ms(row["ended_at"])) for row in rows]
