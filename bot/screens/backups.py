"""The state of the backups, with a button to make one now."""

from bot.screens.message import Button, Message
from bot.screens.payloads import BackupPress
from bot.texts import Texts
from bot.texts.markup import Html


def overview(texts: Texts, text: Html, *, may_be_made: bool) -> Message:
    if not may_be_made:
        return Message(text)
    return Message(text, ((Button(texts.back_up_now, BackupPress().pack()),),))
