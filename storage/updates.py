"""The journal of what Telegram delivered: what stands here is handled and never handled again."""

from datetime import datetime

from storage.database import Session
from storage.times import to_ms


async def is_handled(session: Session, update_id: int, body_hash: str) -> bool:
    return bool(
        await session.one(
            "SELECT 1 FROM handled_update WHERE update_id = ? AND body_hash = ?",
            (update_id, body_hash),
        )
    )


async def add(
    session: Session,
    update_id: int,
    body_hash: str,
    body: str,
    received_at: datetime,
    error_id: str | None,
) -> None:
    await session.run(
        "INSERT INTO handled_update (update_id, body_hash, received_at, error_id, body) "
        "VALUES (?, ?, ?, ?, ?)",
        (update_id, body_hash, to_ms(received_at), error_id, body),
    )


async def remove_older(session: Session, before: datetime, failed_before: datetime) -> int:
    """Erase handled bodies; those that failed are kept for longer, for the operator to look into."""
    return await session.run(
        "DELETE FROM handled_update WHERE received_at < CASE WHEN error_id IS NULL THEN ? ELSE ? END",
        (to_ms(before), to_ms(failed_before)),
    )
