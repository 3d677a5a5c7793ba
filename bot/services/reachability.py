"""Who cannot be written to any more, and telling the admins so, once."""

from datetime import datetime

from bot.domain.delivery import Kind
from bot.domain.people import Person, Role
from bot.screens.message import Message
from bot.services.posting import post
from bot.texts import Texts
from bot.texts.markup import Html
from storage import command, outbox, people, units
from storage.database import Session
from storage.outbox import Destination


async def note_refusal(session: Session, chat_id: int, texts: Texts, now: datetime) -> None:
    """Record that a chat takes no messages, and tell the admins if that is news."""
    if chat_id > 0:
        person = await people.get_by_telegram_id(session, chat_id)
        if person and await people.save_unreachable(session, chat_id, now):
            who = await _name(session, person, texts, now)
            await alert_admins(
                session,
                f"unreachable:{chat_id}:{int(now.timestamp())}",
                texts.admin_unreachable(who),
                now,
            )
        return
    known = await command.get(session)
    if known and known.group and known.group.chat_id == chat_id:
        await alert_admins(
            session, f"group-lost:{chat_id}:{now.date().isoformat()}", texts.group_lost, now
        )


async def move_group(session: Session, old_chat_id: int, new_chat_id: int, now: datetime) -> None:
    """Follow a group that became a supergroup under another id."""
    known = await command.get(session)
    if known and known.group and known.group.chat_id == old_chat_id:
        await command.save_group(session, new_chat_id, known.group.thread_id, now)
    await outbox.move_chat(session, old_chat_id, new_chat_id)


async def alert_admins(session: Session, key: str, text: Html, now: datetime) -> None:
    for member in await people.list_members(session):
        is_admin = any(a.role is Role.ADMIN for a in member.person.assignments)
        if is_admin and member.is_reachable:
            chat_id = member.person.telegram_id
            await post(
                session, Kind.ALERT, f"{key}:{chat_id}", Destination(chat_id), Message(text), now
            )


async def _name(session: Session, person: Person, texts: Texts, now: datetime) -> str:
    """The person's position and unit; never the Telegram name."""
    if not person.assignments:
        return texts.unnamed
    first = person.assignments[0]
    registry = await units.registry(session)
    unit = registry.get(first.unit_id, now.date()) if first.unit_id else None
    return f"{texts.positions[first.role]} {unit.name if unit else ''}".strip()
