"""Telling the admins what only they can mend."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.delivery import Kind
from bot.domain.people import Role
from bot.screens.message import Message
from bot.services.posting import post
from bot.texts import Library, Texts
from bot.texts.markup import Html
from storage import people
from storage.database import Session
from storage.outbox import Destination


async def alert_admins(
    session: Session, library: Library, key: str, words: Callable[[Texts], Html], now: datetime
) -> None:
    """Queue the line to each admin in that one's language, once for the key."""
    for member in await people.list_members(session):
        is_admin = Role.ADMIN in member.person.roles_on(now.date())
        if is_admin and member.is_reachable:
            chat_id = member.person.telegram_id
            told = Message(words(library.in_language(member.person.language)))
            await post(session, Kind.ALERT, f"{key}:{chat_id}", Destination(chat_id), told, now)
