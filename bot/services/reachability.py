"""Who cannot be written to any more, and telling the admins so, once."""

from datetime import datetime

from bot.services import roll
from bot.services.alerts import alert_admins
from bot.texts import Library
from storage import command, messages, outbox, people
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
            known = await roll.load(session, now.date())
            await alert_admins(
                session,
                library,
                f"unreachable:{chat_id}:{int(now.timestamp())}",
                lambda texts: texts.admin_unreachable(texts.who(known.who(person.id))),
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
