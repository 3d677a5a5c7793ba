"""Putting messages into the outbox, in the transaction that makes them true."""

from datetime import datetime

from bot.domain.delivery import RULES, Kind
from bot.screens.message import Content, Message, Screen
from storage import messages, outbox
from storage.database import Session
from storage.messages import FormPlace
from storage.outbox import Destination, FormKey, NewRow, SendState


async def post(
    session: Session,
    kind: Kind,
    key: str,
    to: Destination,
    message: Content,
    now: datetime,
    *,
    scheduled_at: datetime | None = None,
    not_after: datetime | None = None,
    about: FormKey | None = None,
    place: FormPlace | None = None,
    is_redrawn: bool = False,
) -> bool:
    """Queue a new message under its key, and return whether it is new.

    With a `place`, or if it `is_redrawn`, it can be edited later: its key is its slot.
    """
    slot = key if place or is_redrawn else None
    row = NewRow(
        key=key,
        kind=kind,
        lane=RULES[kind].lane,
        to=to,
        payload=message.to_json(),
        scheduled_at=scheduled_at or now,
        slot=slot,
        about=about,
        not_after=not_after,
    )
    is_new = await outbox.add(session, row, now)
    if is_new and slot:
        await messages.add(session, slot, to.chat_id, None, place, now)
        await _note_buttons(session, slot, message)
    return is_new


async def redraw(
    session: Session,
    kind: Kind,
    key: str,
    slot: str,
    to: Destination,
    message: Message | Screen,
    now: datetime,
) -> None:
    """Queue what a message that stands on a phone is to show from now on."""
    row = NewRow(key, kind, RULES[kind].lane, to, message.to_json(), scheduled_at=now, slot=slot)
    if await outbox.add(session, row, now):
        await _note_buttons(session, slot, message)


async def pass_by(
    session: Session, kind: Kind, key: str, to: Destination, about: FormKey, now: datetime
) -> None:
    """Record that a notice will never be sent, because a higher one was."""
    row = NewRow(key, kind, RULES[kind].lane, to, None, scheduled_at=now, about=about)
    await outbox.add(session, row, now, SendState.SUPERSEDED)


async def _note_buttons(session: Session, slot: str, message: Content) -> None:
    has_buttons = isinstance(message, Screen) or (
        isinstance(message, Message) and bool(message.buttons)
    )
    await messages.save_buttons(session, slot, has_buttons=has_buttons)
