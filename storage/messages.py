"""Messages that stand on somebody's phone and may be edited, by slot."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Session
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Which form of whom a message shows."""

    report_type: str
    day: date
    unit_id: int
    person_id: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    slot: str
    chat_id: int
    message_id: int | None
    person_id: int | None


async def add(
    session: Session,
    slot: str,
    chat_id: int,
    message_id: int | None,
    place: FormPlace | None,
    now: datetime,
) -> None:
    await session.run(
        "INSERT INTO shown_message (slot, chat_id, message_id, type, period_start, unit_id, person_id, "
        "created_at, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            slot,
            chat_id,
            message_id,
            place.report_type if place else None,
            place.day.isoformat() if place else None,
            place.unit_id if place else None,
            place.person_id if place else None,
            to_ms(now),
            place.subject if place else "",
        ),
    )


async def adopt(
    session: Session, chat_id: int, message_id: int, place: FormPlace | None, now: datetime
) -> str:
    """Return the slot of a message that was pressed.

    A message whose sending was doubtful has a slot without an id: the press tells which it was.
    """
    row = await session.one(
        "SELECT slot FROM shown_message WHERE chat_id = ? AND message_id = ?", (chat_id, message_id)
    )
    if row is None and place:
        row = await session.one(
            "SELECT slot FROM shown_message WHERE chat_id = ? AND message_id IS NULL AND type = ? "
            "AND period_start = ? AND unit_id = ? AND person_id = ? AND subject = ? "
            "ORDER BY created_at LIMIT 1",
            (
                chat_id,
                place.report_type,
                place.day.isoformat(),
                place.unit_id,
                place.person_id,
                place.subject,
            ),
        )
        if row:
            await save_message_id(session, row["slot"], message_id)
    if row:
        return str(row["slot"])
    slot = f"pressed:{chat_id}:{message_id}"
    await add(session, slot, chat_id, message_id, place, now)
    return slot


async def get(session: Session, slot: str) -> ShownMessage | None:
    row = await session.one("SELECT * FROM shown_message WHERE slot = ?", (slot,))
    return _shown(row) if row else None


async def list_of(session: Session, prefix: str) -> list[ShownMessage]:
    """Messages whose slot begins with the prefix, which ends with a colon."""
    rows = await session.all(
        "SELECT * FROM shown_message WHERE slot >= ? AND slot < ? ORDER BY slot",
        (prefix, f"{prefix[:-1]};"),
    )
    return [_shown(row) for row in rows]


async def save_message_id(session: Session, slot: str, message_id: int | None) -> None:
    await session.run("UPDATE shown_message SET message_id = ? WHERE slot = ?", (message_id, slot))


async def save_buttons(session: Session, slot: str, *, has_buttons: bool) -> None:
    await session.run(
        "UPDATE shown_message SET has_buttons = ? WHERE slot = ?", (has_buttons, slot)
    )


async def list_open(
    session: Session, report_type: str, day: date, unit_id: int, subject: str = ""
) -> list[ShownMessage]:
    """Messages of this form, anybody's, that show buttons, or will when they arrive."""
    rows = await session.all(
        "SELECT * FROM shown_message AS m WHERE type = ? AND period_start = ? AND unit_id = ? "
        "AND subject = ? AND has_buttons AND (message_id IS NOT NULL OR EXISTS "
        " (SELECT 1 FROM outbox AS o WHERE o.slot = m.slot AND o.state = 'sending'))",
        (report_type, day.isoformat(), unit_id, subject),
    )
    return [_shown(row) for row in rows]


async def forget_chat(session: Session, old_chat_id: int, new_chat_id: int) -> None:
    """Forget what stands in a group that moved: in its new place those messages have no known ids."""
    await session.run(
        "UPDATE shown_message SET chat_id = ?, message_id = NULL WHERE chat_id = ?",
        (new_chat_id, old_chat_id),
    )


async def remove_older(session: Session, before: datetime) -> None:
    await session.run("DELETE FROM shown_message WHERE created_at < ?", (to_ms(before),))


def _shown(row: sqlite3.Row) -> ShownMessage:
    return ShownMessage(row["slot"], row["chat_id"], row["message_id"], row["person_id"])
