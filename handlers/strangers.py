"""Those whom the bot does not know, and words that it does not understand."""

from telegram import Update

from bot.domain.delivery import Kind
from bot.screens.message import Message
from bot.services.posting import post
from bot.services.turn import Turn
from bot.texts import Texts
from bot.texts.markup import Html
from handlers.call import destination

LONGEST_TEXT = 1000


async def greet(turn: Turn, update: Update, words: Html, *, about: str = "") -> None:
    """Answer a stranger with one line, once a day: who writes a thousand times is not answered so often."""
    to = destination(update)
    if to.chat_id < 0:
        return  # in a group the bot speaks to its own people only
    key = f"stranger:{to.chat_id}:{turn.received_at.date().isoformat()}{about}"
    await post(turn.session, Kind.REPLY, key, to, Message(words), turn.received_at)


def answer_to(update: Update, texts: Texts, *, leads: bool) -> Html:
    """Say why a message was not understood, and what to do; who leads a unit may type a line."""
    message = update.effective_message
    if message is None or message.text is None:
        return texts.file_refused
    if update.edited_message:
        return texts.edit_ignored
    if len(message.text) > LONGEST_TEXT:
        return texts.text_too_long
    if message.text.startswith("/"):
        return texts.unknown_command
    return texts.line_hint if leads else texts.unknown_text


def album_of(update: Update) -> str | None:
    """Return what names the album that a picture is part of: each comes as a message of its own."""
    message = update.effective_message
    group = message.media_group_id if message else None
    return f"album:{group}" if group else None
