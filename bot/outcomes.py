"""What became of one send, and what is recorded of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import Kind
from bot.services import reachability
from bot.services.alerts import alert_admins
from bot.telegram_calls import Refusal
from bot.texts import Library
from storage import messages, outbox
from storage.database import Session
from storage.outbox import Row, SendState

# Kinds whose refusal harms nobody, or cannot be told.
_UNTOLD = frozenset({Kind.MENU, Kind.ALERT, Kind.PIN})


@dataclass(frozen=True, slots=True)
class Result:
    row: Row
    state: SendState
    message_id: int | None = None
    forget_message: bool = False
    moved_to: int | None = None
    refusal: Refusal | None = None
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
    if row.slot and (result.message_id or result.forget_message):
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
        key = f"refused:{row.id}"
        await alert_admins(
            session, library, key, lambda texts: texts.admin_failure(f"outbox {row.id}"), now
        )
