"""What became of one send, and what is recorded of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import Kind
from bot.screens.message import Message
from bot.services import languages, reachability
from bot.services.alerts import alert_admins
from bot.services.posting import post
from bot.telegram_calls import Refusal
from bot.texts import Library
from storage import messages, outbox
from storage.database import Session
from storage.outbox import Row, SendState

# Kinds whose refusal harms nobody, or cannot be told.
_UNTOLD = frozenset({Kind.MENU, Kind.ALERT, Kind.PIN})
# Whoever asked for it waits, and hears that it will not come.
_WAITED_FOR = frozenset({Kind.REPLY, Kind.FORM, Kind.PICTURE_REPLY, Kind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Result:
    row: Row
    state: SendState
    message_id: int | None = None
    forget_message: bool = False
    moved_to: int | None = None
    refusal: Refusal | None = None
    is_ours: bool = False  # it failed here, before or after Telegram, by an error of our own
    error: str | None = None

    @property
    def places_board(self) -> bool:
        """Whether the message of a board is there, for the first time or anew: it can be pinned."""
        is_new = self.message_id is not None and self.message_id != self.row.message_id
        return is_new and self.row.kind == Kind.BOARD


async def record(session: Session, result: Result, library: Library, now: datetime) -> None:
    """Save the result, and tell the admins what only they can mend."""
    row = result.row
    await outbox.save_state(session, row.id, result.state, now, result.error)
    is_placed = result.message_id is not None and result.message_id != row.message_id
    if row.slot and (is_placed or result.forget_message):
        await messages.save_message_id(session, row.slot, result.message_id)
    if result.moved_to:
        await reachability.move_group(session, row.to.chat_id, result.moved_to)
    if result.refusal is Refusal.UNREACHABLE:
        await reachability.note_refusal(
            session, library, row.to.chat_id, now, thread_id=row.to.thread_id
        )
    elif result.refusal is Refusal.NO_PHOTOS:
        await reachability.note_no_photos(session, library, row.to.chat_id, now)
    elif result.refusal is Refusal.MAY_NOT_PIN:
        key = f"may-not-pin:{row.to.chat_id}"
        await alert_admins(session, library, key, lambda texts: texts.may_not_pin, now)
    elif result.state is SendState.REFUSED and row.kind not in _UNTOLD:
        code = f"outbox {row.id}"
        # What stops one page stops thousands: one line a day tells of them.
        is_page = row.kind == Kind.UNIT_PAGE
        key = f"refused:{row.kind}:{now.date()}" if is_page else f"refused:{row.id}"
        await alert_admins(session, library, key, lambda texts: texts.admin_failure(code), now)
        if result.is_ours and row.kind in _WAITED_FOR:
            texts = await languages.of_chat(session, library, row.to.chat_id)
            told = Message(texts.not_made(code))
            await post(session, Kind.REPLY, f"not-made:{row.id}", row.to, told, now)
