"""Who cannot be written to any more, and telling the admins so, once."""

from datetime import datetime

from bot.domain.people import Person
from bot.domain.units import Unit
from bot.services.alerts import alert_admins
from bot.texts import Library, Texts
from storage import command, messages, outbox, people, units
from storage.database import Session


async def note_refusal(
    session: Session, library: Library, chat_id: int, now: datetime, *, thread_id: int | None = None
) -> None:
    """Record that a chat takes no messages, and tell the admins if that is news.

    `thread_id`: the topic that refused one; a group that is bound in another by now stays bound.
    """
    if chat_id > 0:
        person = await people.get_by_telegram_id(session, chat_id)
        if person and await people.save_unreachable(session, chat_id, now):
            unit = await _first_unit(session, person, now)
            await alert_admins(
                session,
                library,
                f"unreachable:{chat_id}:{int(now.timestamp())}",
                lambda texts: texts.admin_unreachable(_name(texts, person, unit)),
                now,
            )
        return
    if await command.remove_group(session, chat_id, thread_id):
        # Without a group each commander gets the digests, today's as well.
        key = f"group-lost:{chat_id}:{now.isoformat()}"
        await alert_admins(session, library, key, lambda texts: texts.group_lost, now)


async def note_no_photos(session: Session, library: Library, chat_id: int, now: datetime) -> None:
    """Tell the admins, once, that a chat takes no pictures; texts go there as before."""
    key = f"no-photos:{chat_id}"
    await alert_admins(session, library, key, lambda texts: texts.no_photos, now)


async def move_group(session: Session, old_chat_id: int, new_chat_id: int) -> None:
    """Follow a group that became a supergroup under another id."""
    await command.move_group(session, old_chat_id, new_chat_id)
    await outbox.move_chat(session, old_chat_id, new_chat_id)
    await messages.forget_chat(session, old_chat_id, new_chat_id)


async def _first_unit(session: Session, person: Person, now: datetime) -> Unit | None:
    unit_id = person.assignments[0].unit_id if person.assignments else None
    registry = await units.registry(session)
    return registry.get(unit_id, now.date()) if unit_id else None


def _name(texts: Texts, person: Person, unit: Unit | None) -> str:
    """The person's position and unit; never the Telegram name."""
    if not person.assignments:
        return texts.unnamed
    position = texts.positions[person.assignments[0].role]
    return f"{position} {unit.name}" if unit else position
