"""Incidents that units reported, and who acknowledged and closed them."""

import sqlite3
from datetime import datetime

from bot.domain.incidents import Handling, Incident, IncidentRung, Severity
from bot.domain.people import Role
from bot.domain.reports import Author
from storage.database import Session
from storage.times import from_ms, to_ms


async def add(
    session: Session,
    unit_id: int,
    person_id: int,
    role: Role,
    severity: Severity,
    words: str,
    slot: str,
    now: datetime,
) -> int:
    return await session.insert(
        "INSERT INTO incident (unit_id, person_id, role, severity, words, sent_at, slot) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (unit_id, person_id, role, severity, words, to_ms(now), slot),
    )


async def get(session: Session, incident_id: int) -> Incident | None:
    row = await session.one("SELECT * FROM incident WHERE id = ?", (incident_id,))
    return _incident(row) if row else None


async def get_of_slot(session: Session, slot: str) -> Incident | None:
    """Return the incident that was sent from the message."""
    row = await session.one("SELECT * FROM incident WHERE slot = ?", (slot,))
    return _incident(row) if row else None


async def get_slot(session: Session, incident_id: int) -> str | None:
    """Return the slot of the reporter's own message."""
    row = await session.one("SELECT slot FROM incident WHERE id = ?", (incident_id,))
    return row["slot"] if row else None


async def list_open(session: Session) -> list[Incident]:
    """Every incident that is not closed, oldest first."""
    rows = await session.all("SELECT * FROM incident WHERE closed_at IS NULL ORDER BY sent_at, id")
    return [_incident(row) for row in rows]


async def list_between(session: Session, first: datetime, before: datetime) -> list[Incident]:
    """Every incident sent from `first` until before the other moment, oldest first."""
    rows = await session.all(
        "SELECT * FROM incident WHERE sent_at >= ? AND sent_at < ? ORDER BY sent_at, id",
        (to_ms(first), to_ms(before)),
    )
    return [_incident(row) for row in rows]


async def save_rung(session: Session, incident_id: int, rung: IncidentRung) -> bool:
    """Record the climb; return False where it was climbed already, or somebody has acknowledged."""
    return bool(
        await session.run(
            "UPDATE incident SET rung = ?1 WHERE id = ?2 AND rung < ?1 "
            "AND acknowledged_at IS NULL AND closed_at IS NULL",
            (rung, incident_id),
        )
    )


async def save_acknowledged(session: Session, incident_id: int, handling: Handling) -> bool:
    """Return whether nobody had acknowledged before."""
    return bool(
        await session.run(
            "UPDATE incident SET acknowledged_at = ?, acknowledged_by = ?, acknowledged_role = ? "
            "WHERE id = ? AND acknowledged_at IS NULL",
            (to_ms(handling.at), handling.by.person_id, handling.by.role, incident_id),
        )
    )


async def save_closed(session: Session, incident_id: int, handling: Handling, note: str) -> bool:
    """Return whether nobody had closed it before; only what was acknowledged is closed."""
    return bool(
        await session.run(
            "UPDATE incident SET closed_at = ?, closed_by = ?, closed_role = ?, note = ? "
            "WHERE id = ? AND closed_at IS NULL AND acknowledged_at IS NOT NULL",
            (to_ms(handling.at), handling.by.person_id, handling.by.role, note, incident_id),
        )
    )


def _incident(row: sqlite3.Row) -> Incident:
    return Incident(
        id=row["id"],
        unit_id=row["unit_id"],
        author=Author(row["person_id"], Role(row["role"])),
        severity=Severity(row["severity"]),
        words=row["words"],
        sent_at=from_ms(row["sent_at"]),
        rung=IncidentRung(row["rung"]),
        acknowledged=_handling(row, "acknowledged"),
        closed=_handling(row, "closed"),
        note=row["note"],
    )


def _handling(row: sqlite3.Row, step: str) -> Handling | None:
    at = row[f"{step}_at"]
    if at is None:
        return None
    return Handling(from_ms(at), Author(row[f"{step}_by"], Role(row[f"{step}_role"])))
