"""One-time invitations. Only the hash of a token is stored: who reads the file cannot join by it."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Role
from storage.database import Session
from storage.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Invitation:
    """`replaces` is the id of the assignment that ends when the invitation is accepted.

    `first`: the first day of a role that is given for certain days; else it begins when accepted.
    """

    role: Role
    unit_id: int | None
    until: date | None
    expires_at: datetime
    used_by: int | None
    replaces: int | None = None
    first: date | None = None


async def add(
    session: Session, token_hash: str, invitation: Invitation, created_by: int | None, now: datetime
) -> None:
    until = invitation.until.isoformat() if invitation.until else None
    await session.run(
        "INSERT INTO invitation (token_hash, role, unit_id, until_day, expires_at, created_at, "
        "created_by, replaces, first_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            token_hash,
            invitation.role,
            invitation.unit_id,
            until,
            to_ms(invitation.expires_at),
            to_ms(now),
            created_by,
            invitation.replaces,
            invitation.first.isoformat() if invitation.first else None,
        ),
    )


async def get(session: Session, token_hash: str) -> Invitation | None:
    row = await session.one("SELECT * FROM invitation WHERE token_hash = ?", (token_hash,))
    if row is None:
        return None
    return _invitation(row)


async def list_open(session: Session, now: datetime) -> list[Invitation]:
    """Those that still open the door to a place of their own, not to somebody's whom they replace."""
    rows = await session.all(
        "SELECT * FROM invitation WHERE used_at IS NULL AND expires_at > ? AND replaces IS NULL",
        (to_ms(now),),
    )
    return [_invitation(row) for row in rows]


async def expire_replacing(session: Session, seat_id: int, now: datetime) -> None:
    """End the invitations that would replace the role and have not been used."""
    await session.run(
        "UPDATE invitation SET expires_at = ? "
        "WHERE replaces = ? AND used_at IS NULL AND expires_at > ?",
        (to_ms(now), seat_id, to_ms(now)),
    )


async def save_used(session: Session, token_hash: str, person_id: int, now: datetime) -> None:
    await session.run(
        "UPDATE invitation SET used_at = ?, used_by = ? WHERE token_hash = ?",
        (to_ms(now), person_id, token_hash),
    )


def _invitation(row: sqlite3.Row) -> Invitation:
    return Invitation(
        role=Role(row["role"]),
        unit_id=row["unit_id"],
        until=date.fromisoformat(row["until_day"]) if row["until_day"] else None,
        expires_at=from_ms(row["expires_at"]),
        used_by=row["used_by"],
        replaces=row["replaces"],
        first=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
    )
