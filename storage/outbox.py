"""Messages to send. A row is there before its message is sent, and stays until its retention ends."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.delivery import Kind
from storage.database import Session
from storage.times import from_ms, from_ms_or_none, to_ms, to_ms_or_none


class SendState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # told to Telegram; if we die now, whether it arrived is in doubt
    SENT = "sent"
    DOUBTFUL = "doubtful"  # may have arrived; its kind is not repeated
    SUPERSEDED = "superseded"  # something newer went out in its place
    EXPIRED = "expired"  # no longer mattered when its turn came
    REFUSED = "refused"  # Telegram will not take it


@dataclass(frozen=True, slots=True)
class Destination:
    chat_id: int
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class FormKey:
    """What a notice is about; with unit_id None, the whole day."""

    report_type: str
    day: date
    unit_id: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class NewRow:
    key: str
    kind: str
    lane: int
    to: Destination
    payload: str | None
    scheduled_at: datetime
    slot: str | None = None
    about: FormKey | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    key: str
    kind: str
    lane: int
    to: Destination
    payload: str
    slot: str | None
    message_id: int | None
    scheduled_at: datetime
    not_after: datetime | None


@dataclass(frozen=True, slots=True)
class Head:
    """The row whose turn it is in its chat and lane."""

    id: int
    kind: str
    chat_id: int
    slot: str | None


async def add(
    session: Session, row: NewRow, now: datetime, state: SendState = SendState.PENDING
) -> bool:
    """Return whether the row is new: a key is taken once and for all."""
    about = row.about
    return bool(
        await session.run(
            "INSERT INTO outbox (key, kind, lane, chat_id, thread_id, slot, payload, type, period_start, "
            "unit_id, state, created_at, scheduled_at, not_after_at, finished_at, subject) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            (
                row.key,
                row.kind,
                row.lane,
                row.to.chat_id,
                row.to.thread_id,
                row.slot,
                row.payload,
                about.report_type if about else None,
                about.day.isoformat() if about else None,
                about.unit_id if about else None,
                state,
                to_ms(now),
                to_ms(row.scheduled_at),
                to_ms_or_none(row.not_after),
                None if state is SendState.PENDING else to_ms(now),
                about.subject if about else "",
            ),
        )
    )


async def keys_about(session: Session, report_type: str, first: date, last: date) -> frozenset[str]:
    """Keys of every notice about these days, whatever became of it."""
    rows = await session.all(
        "SELECT key FROM outbox WHERE type = ? AND period_start BETWEEN ? AND ?",
        (report_type, first.isoformat(), last.isoformat()),
    )
    return frozenset(row["key"] for row in rows)


async def list_heads(session: Session, limit: int) -> list[Head]:
    """The row whose turn it is in each chat and lane, most urgent lane first.

    Within a chat and lane the order of writing is kept; an answer does not wait for an announcement.
    """
    rows = await session.all(
        "SELECT o.id, o.kind, o.chat_id, o.slot FROM "
        "(SELECT min(id) AS id FROM outbox WHERE state IN ('pending', 'sending') "
        " GROUP BY chat_id, lane) AS h JOIN outbox AS o ON o.id = h.id "
        "WHERE o.state = 'pending' ORDER BY o.lane, o.id LIMIT ?",
        (limit,),
    )
    return [Head(*row) for row in rows]


async def take_newest(session: Session, head: Head, now: datetime) -> Row:
    """The newest row that waits in the head's slot, or the head's own where it has none.

    What the slot was to show before it is dropped. Raises LookupError: a head is good only within the
    transaction that listed it.
    """
    row = await session.one(
        "SELECT o.*, m.message_id, EXISTS (SELECT 1 FROM outbox AS b "
        " WHERE b.slot = o.slot AND b.state = 'pending' AND b.id < o.id) AS has_older "
        "FROM outbox AS o LEFT JOIN shown_message AS m ON m.slot = o.slot "
        "WHERE o.state = 'pending' AND o.id = coalesce("
        "(SELECT max(id) FROM outbox WHERE slot = ? AND state = 'pending'), ?)",
        (head.slot, head.id),
    )
    if row is None:
        raise LookupError(head)
    if row["has_older"]:
        await session.run(
            "UPDATE outbox SET state = 'superseded', finished_at = ? "
            "WHERE slot = ? AND state = 'pending' AND id < ?",
            (to_ms(now), row["slot"], row["id"]),
        )
    return _row(row)


async def still_matters(session: Session, row_id: int, now: datetime) -> bool:
    """Whether a notice is still true: its unit has not reported, and nothing higher waits.

    A notice about the whole day (its unit is empty) is overtaken by the next of its kind about that day.
    """
    found = await session.one(
        "SELECT 1 FROM outbox AS o WHERE o.id = ? AND ("
        " EXISTS (SELECT 1 FROM report AS r WHERE r.type = o.type AND r.period_start = o.period_start "
        "  AND r.subject = o.subject AND r.unit_id = o.unit_id) "
        " OR EXISTS (SELECT 1 FROM outbox AS n WHERE n.chat_id = o.chat_id AND n.id > o.id "
        "  AND n.state = 'pending' AND n.lane = o.lane AND n.type = o.type "
        "  AND n.period_start = o.period_start AND n.subject = o.subject AND n.unit_id IS o.unit_id "
        "  AND (o.unit_id IS NOT NULL OR n.kind = o.kind) "
        "  AND (n.not_after_at IS NULL OR n.not_after_at > ?)))",
        (row_id, to_ms(now)),
    )
    return found is None


async def cancel_about(session: Session, about: FormKey, lane: int, now: datetime) -> None:
    """Drop the notices that wait for this unit's report."""
    rows = await session.all(
        "SELECT id FROM outbox WHERE state = 'pending' AND lane = ? "
        "AND type = ? AND period_start = ? AND unit_id = ? AND subject = ?",
        (lane, about.report_type, about.day.isoformat(), about.unit_id, about.subject),
    )
    for row in rows:
        await drop(session, row["id"], SendState.SUPERSEDED, now)


async def drop(session: Session, row_id: int, state: SendState, now: datetime) -> None:
    """Let a notice never be sent; what it asked for other days is owed again.

    It stands under its newest day. The older ones have rows without a payload, passed by in the same
    moment; the key of an outage is that of all its days.
    """
    await session.run(
        "DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox AS n JOIN outbox AS o "
        "ON o.type = n.type AND o.subject = n.subject AND o.period_start < n.period_start WHERE n.id = ? "
        "AND o.unit_id = n.unit_id AND o.chat_id = n.chat_id AND o.kind = n.kind "
        "AND o.created_at = n.created_at AND o.state = 'superseded' AND o.payload IS NULL)",
        (row_id,),
    )
    if not await session.run(
        "DELETE FROM outbox WHERE id = ? AND kind = ? AND unit_id IS NOT NULL",
        (row_id, Kind.OUTAGE),
    ):
        await save_state(session, row_id, state, now)


async def cancel_for(
    session: Session, chat_id: int, unit_id: int, lane: int, now: datetime
) -> None:
    """Drop what waits to ask one person about the unit."""
    await session.run(
        "UPDATE outbox SET state = 'superseded', finished_at = ? WHERE state = 'pending' AND lane = ? "
        "AND chat_id = ? AND unit_id = ?",
        (to_ms(now), lane, chat_id, unit_id),
    )


async def save_state(
    session: Session, row_id: int, state: SendState, now: datetime, error: str | None = None
) -> None:
    """Record what became of a row. What was sent is no longer needed: it may hold an invitation."""
    finished = None if state in {SendState.PENDING, SendState.SENDING} else to_ms(now)
    await session.run(
        "UPDATE outbox SET state = ?, finished_at = ?, error = ?, "
        "payload = CASE WHEN ? THEN NULL ELSE payload END WHERE id = ?",
        (state, finished, error, state is SendState.SENT, row_id),
    )


async def list_interrupted(session: Session) -> list[int]:
    """Ids of rows that were being sent when the process died."""
    return [row["id"] for row in await session.all("SELECT id FROM outbox WHERE state = 'sending'")]


async def move_chat(session: Session, old_chat_id: int, new_chat_id: int) -> None:
    """Send what waits for a group to the supergroup that it has become."""
    await session.run(
        "UPDATE outbox SET chat_id = ? WHERE chat_id = ? AND state IN ('pending', 'sending')",
        (new_chat_id, old_chat_id),
    )


async def remove_older(session: Session, before: datetime, doubtful_before: datetime) -> int:
    return await session.run(
        "DELETE FROM outbox WHERE finished_at < CASE state WHEN 'doubtful' THEN ? ELSE ? END",
        (to_ms(doubtful_before), to_ms(before)),
    )


def _row(row: sqlite3.Row) -> Row:
    return Row(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        lane=row["lane"],
        to=Destination(row["chat_id"], row["thread_id"]),
        payload=row["payload"],
        slot=row["slot"],
        message_id=row["message_id"],
        scheduled_at=from_ms(row["scheduled_at"]),
        not_after=from_ms_or_none(row["not_after_at"]),
    )
