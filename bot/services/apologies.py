"""What is said when an update could not be handled: to its sender once, and to the admins."""

from typing import Any

from bot.domain.delivery import Kind
from bot.screens.message import Message
from bot.services.alerts import alert_admins
from bot.services.posting import post
from bot.services.turn import Toast, Turn
from bot.texts import Library
from storage import people
from storage.outbox import Destination


async def apologise(library: Library, raw: dict[str, Any], turn: Turn, error_id: str) -> None:
    """Tell a sender whom the bot knows what to do; the update may be of any shape."""
    session, now = turn.session, turn.received_at
    query = raw.get("callback_query")
    written = raw.get("message") or raw.get("edited_message")
    source = query if isinstance(query, dict) else written
    sender = source.get("from") if isinstance(source, dict) else None
    sender_id = sender.get("id") if isinstance(sender, dict) else None
    if isinstance(query, dict) and isinstance(query.get("id"), str):
        turn.toasts.append(Toast(query["id"]))
    person = (
        await people.get_by_telegram_id(session, sender_id) if isinstance(sender_id, int) else None
    )
    if person:
        words = library.in_language(person.language).failed(error_id)
        key = f"failed:{turn.key}"
        await post(session, Kind.REPLY, key, Destination(person.telegram_id), Message(words), now)
    key = f"admin-failed:{turn.key}"
    await alert_admins(session, library, key, lambda texts: texts.admin_failure(error_id), now)
