"""What the next text that a person types is the answer to; one question a person."""

from datetime import datetime

from storage.database import Session
from storage.times import to_ms


async def get(session: Session, person_id: int) -> str | None:
    """Return the packed question."""
    row = await session.one("SELECT question FROM awaited_text WHERE person_id = ?", (person_id,))
    return row["question"] if row else None


async def save(session: Session, person_id: int, question: str, now: datetime) -> None:
    await session.run(
        "INSERT INTO awaited_text (person_id, question, asked_at) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET question = excluded.question, asked_at = excluded.asked_at",
        (person_id, question, to_ms(now)),
    )


async def remove(session: Session, person_id: int) -> bool:
    return bool(await session.run("DELETE FROM awaited_text WHERE person_id = ?", (person_id,)))


async def remove_older(session: Session, before: datetime) -> None:
    await session.run("DELETE FROM awaited_text WHERE asked_at < ?", (to_ms(before),))
