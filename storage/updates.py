"""The journal of what Telegram delivered: what stands here is handled and never handled again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.database import Session
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class Journaled:
    """An update as it is kept; `error_id` if handling it failed. Ids may restart: the hash tells two apart."""

    update_id: int
    body_hash: str
    body: str
    error_id: str | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.update_id, self.body_hash


async def handled(session: Session, update_ids: Iterable[int]) -> set[tuple[int, str]]:
    """The keys of all that was handled under these ids."""
    rows = await session.all(
        "SELECT update_id, body_hash FROM handled_update "
        "WHERE update_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(update_ids)),),
    )
    return {(row["update_id"], row["body_hash"]) for row in rows}


async def add(session: Session, updates: Iterable[Journaled], received_at: datetime) -> None:
    await session.run_many(
        "INSERT INTO handled_update (update_id, body_hash, received_at, error_id, body) "
        "VALUES (?, ?, ?, ?, ?)",
        [(*each.key, to_ms(received_at), each.error_id, each.body) for each in updates],
    )


async def remove_older(session: Session, before: datetime, failed_before: datetime) -> int:
    """Erase handled bodies; those that failed are kept for longer, for the operator to look into."""
    return await session.run(
        "DELETE FROM handled_update WHERE received_at < CASE WHEN error_id IS NULL THEN ? ELSE ? END",
        (to_ms(before), to_ms(failed_before)),
    )
