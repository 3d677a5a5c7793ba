"""Announcements, whom they reached, and who acknowledged."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.announcements import (
    Announcement,
    AnnouncementRung,
    AnnouncementState,
    Audience,
    Recipient,
)
from bot.domain.people import Role
from bot.domain.reports import Author
from storage.database import Session
from storage.times import from_ms, from_ms_or_none, to_ms, to_ms_or_none

_EVERY_UNIT = "*"


async def add(session: Session, person_id: int, role: Role, words: str) -> int:
    """Begin a draft in the place of the person's earlier ones."""
    await remove_drafts(session, person_id)
    return await session.insert(
        "INSERT INTO announcement (person_id, role, words, state) VALUES (?, ?, ?, 'draft')",
        (person_id, role, words),
    )


async def get(session: Session, announcement_id: int) -> Announcement | None:
    row = await session.one("SELECT * FROM announcement WHERE id = ?", (announcement_id,))
    return await _whole(session, row) if row else None


async def list_current(session: Session, sent_after: datetime) -> list[Announcement]:
    """Those that wait for their time, and those that went out after the moment; oldest first."""
    rows = await session.all(
        "SELECT * FROM announcement WHERE state = 'scheduled' OR (state = 'sent' AND sent_at > ?) "
        "ORDER BY id",
        (to_ms(sent_after),),
    )
    return [await _whole(session, row) for row in rows]


async def save(session: Session, announcement: Announcement) -> None:
    """Save all but its author and recipients."""
    a, audience = announcement, announcement.audience
    await session.run(
        "UPDATE announcement SET words = ?, unit_ids = ?, roles = ?, state = ?, slot = ?, "
        "send_at = ?, sent_at = ?, edited_at = ?, rung = ?, content_hash = ? WHERE id = ?",
        (
            a.words,
            _EVERY_UNIT if audience.is_everybody else ",".join(map(str, sorted(audience.unit_ids))),
            ",".join(sorted(audience.roles)),
            a.state,
            a.slot,
            to_ms_or_none(a.send_at),
            to_ms_or_none(a.sent_at),
            to_ms_or_none(a.edited_at),
            a.rung,
            a.content_hash,
            a.id,
        ),
    )


async def remove(session: Session, announcement_id: int) -> None:
    """Drop one that was not sent."""
    await session.run(
        "DELETE FROM announcement WHERE id = ? AND state <> 'sent'", (announcement_id,)
    )


async def remove_drafts(session: Session, person_id: int) -> bool:
    """Return whether there was one."""
    return bool(
        await session.run(
            "DELETE FROM announcement WHERE person_id = ? AND state = 'draft'", (person_id,)
        )
    )


async def add_recipients(
    session: Session, announcement_id: int, recipients: Iterable[Recipient]
) -> None:
    await session.run_many(
        "INSERT INTO announcement_recipient (announcement_id, person_id, role, unit_id) "
        "VALUES (?, ?, ?, ?)",
        [(announcement_id, r.person_id, r.role, r.unit_id) for r in recipients],
    )


async def save_acknowledged(
    session: Session, announcement_id: int, person_id: int, now: datetime
) -> bool:
    """Return whether the person is a recipient who had not acknowledged before."""
    return bool(
        await session.run(
            "UPDATE announcement_recipient SET acknowledged_at = ? "
            "WHERE announcement_id = ? AND person_id = ? AND acknowledged_at IS NULL",
            (to_ms(now), announcement_id, person_id),
        )
    )


async def _whole(session: Session, row: sqlite3.Row) -> Announcement:
    reached = await session.all(
        "SELECT r.*, p.unreachable_since_at FROM announcement_recipient AS r "
        "JOIN person AS p ON p.id = r.person_id LEFT JOIN unit AS u ON u.id = r.unit_id "
        "WHERE r.announcement_id = ? ORDER BY u.position, r.person_id",
        (row["id"],),
    )
    recipients = tuple(
        Recipient(
            r["person_id"],
            Role(r["role"]),
            r["unit_id"],
            from_ms_or_none(r["acknowledged_at"]),
            is_reachable=r["unreachable_since_at"] is None,
        )
        for r in reached
    )
    return replace(_announcement(row), recipients=recipients)


def _announcement(row: sqlite3.Row) -> Announcement:
    unit_ids, roles = row["unit_ids"], row["roles"]
    is_everybody = unit_ids == _EVERY_UNIT
    listed = () if is_everybody or not unit_ids else unit_ids.split(",")
    sent_at = row["sent_at"]
    return Announcement(
        id=row["id"],
        author=Author(row["person_id"], Role(row["role"])),
        words=row["words"],
        audience=Audience(
            is_everybody,
            frozenset(int(unit_id) for unit_id in listed),
            frozenset(Role(role) for role in roles.split(",")) if roles else frozenset(),
        ),
        state=AnnouncementState(row["state"]),
        slot=row["slot"],
        send_at=from_ms_or_none(row["send_at"]),
        sent_at=from_ms(sent_at) if sent_at is not None else None,
        edited_at=from_ms_or_none(row["edited_at"]),
        rung=AnnouncementRung(row["rung"]),
        content_hash=row["content_hash"],
    )
