"""The answer to /xuat, with what else can be printed."""

from bot.screens.message import Button, Message
from bot.screens.payloads import CallsPress
from bot.texts import Texts
from bot.texts.markup import Html


def with_calls(texts: Texts, text: Html) -> Message:
    return Message(text, ((Button(texts.list_of_calls, CallsPress().pack()),),))
