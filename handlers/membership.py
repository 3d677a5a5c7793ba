"""What Telegram tells of the bot's own place: blocked, unblocked, removed from a group, moved."""

from typing import Any

from telegram import ChatMember, Update
from telegram.ext import CallbackContext, ExtBot

from bot.services import reachability
from handlers.call import Desk
from storage import people

_GONE = (ChatMember.BANNED, ChatMember.LEFT)

Context = CallbackContext[ExtBot[None], Any, Any, Desk]


async def changed(update: Update, context: Context) -> None:
    """Note that a chat can or cannot be written to any more."""
    desk, change = context.bot_data, update.my_chat_member
    if change is None or desk.turn is None:
        return
    session, now, chat_id = desk.turn.session, desk.turn.received_at, change.chat.id
    if change.new_chat_member.status in _GONE:
        await reachability.note_refusal(session, desk.library, chat_id, now)
    elif chat_id > 0:
        await people.save_reachable(session, chat_id)


async def migrated(update: Update, context: Context) -> None:
    """Follow a group to its new id."""
    message, turn = update.effective_message, context.bot_data.turn
    if message is None or turn is None or message.migrate_to_chat_id is None:
        return
    await reachability.move_group(turn.session, message.chat.id, message.migrate_to_chat_id)
