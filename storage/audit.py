"""Who changed what, from what to what; rows are only ever added."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Role
from storage.database import Session
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class Entry:
    """`action` is a verb such as reopen; `person_id` None is the command line."""

    action: str
    person_id: int | None
    role: Role | None
    unit_id: int | None = None
    before: str | None = None
    after: str | None = None
    reason: str | None = None


async def add(session: Session, entry: Entry, now: datetime) -> None:
    await session.run(
        "INSERT INTO audit (at, person_id, role, action, unit_id, before, after, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            to_ms(now),
            entry.person_id,
            entry.role,
            entry.action,
            entry.unit_id,
            entry.before,
            entry.after,
            entry.reason,
        ),
    )
