"""One outbox row as one call to Telegram, and what Telegram's refusals mean."""

from enum import StrEnum
from typing import Any

from telegram import (
    Bot,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, Forbidden, TelegramError

from bot.screens.message import CommandMenu, File, Message, Photo, Pin, Ready
from bot.transport import is_without_network
from storage.outbox import Row

_FILE_NAME = "trucbao.png"


class Refusal(StrEnum):
    UNCHANGED = "unchanged"
    MESSAGE_GONE = "message gone"
    UNREACHABLE = "unreachable"
    NO_PHOTOS = "no photos"  # everything else may be sent
    MAY_NOT_PIN = "may not pin"
    INVALID = "invalid"


async def deliver(bot: Bot, row: Row, content: Ready) -> int | None:
    """Make the call and return the message's id, if there is a message. Raises TelegramError."""
    match content:
        case Message():
            return await _show(bot, row, content)
        case Photo():
            return await _send_photo(bot, row, content)
        case File():
            return await _send_document(bot, row, content)
        case CommandMenu():
            await _list_commands(bot, row, content)
        case Pin():
            await _pin(bot, row, content)
    return None


async def _list_commands(bot: Bot, row: Row, menu: CommandMenu) -> None:
    scope = BotCommandScopeDefault() if menu.is_default else BotCommandScopeChat(row.to.chat_id)
    await bot.set_my_commands(menu.commands, scope=scope)


async def _send_photo(bot: Bot, row: Row, photo: Photo) -> int:
    """Upload the picture; the library waits longer for that than for a text."""
    sent = await bot.send_photo(
        row.to.chat_id,
        photo.png,
        photo.caption,
        message_thread_id=row.to.thread_id,
        parse_mode=ParseMode.HTML,
        filename=_FILE_NAME,
    )
    return sent.message_id


async def _send_document(bot: Bot, row: Row, file: File) -> int:
    sent = await bot.send_document(
        row.to.chat_id,
        file.content,
        file.caption,
        message_thread_id=row.to.thread_id,
        parse_mode=ParseMode.HTML,
        filename=file.name,
        disable_content_type_detection=True,
    )
    return sent.message_id


async def _pin(bot: Bot, row: Row, pin: Pin) -> None:
    if pin.is_pinned:
        await bot.pin_chat_message(row.to.chat_id, pin.message_id, disable_notification=True)
    else:
        await bot.unpin_chat_message(row.to.chat_id, pin.message_id)


async def _show(bot: Bot, row: Row, content: Message) -> int:
    """Edit the message that is there already, or send it."""
    shown: dict[str, Any] = {
        "chat_id": row.to.chat_id,
        "text": content.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": b.label, "callback_data": b.data} for b in line]
                for line in content.buttons
            ]
        },
    }
    if row.message_id is not None:
        await _call(bot, "editMessageText", shown | {"message_id": row.message_id})
        return row.message_id
    if not content.buttons:
        del shown["reply_markup"]
    sent = await _call(bot, "sendMessage", shown | {"message_thread_id": row.to.thread_id})
    return int(sent["message_id"])


async def _call(bot: Bot, method: str, arguments: dict[str, Any]) -> Any:
    """Make a call as plain JSON: of a form, the library's objects cost more than all the rest of a press."""
    try:
        return await bot.do_api_request(method, api_kwargs=arguments)
    except EndPointNotFound as error:
        # The library takes a rejected token for a method that there is not.
        raise error.__cause__ or error from None


def is_surely_not_sent(error: TelegramError) -> bool:
    """Whether the request did not leave, or Telegram answered that it failed.

    Only a request whose answer never came is in doubt.
    """
    return error.__cause__ is None or is_without_network(error)


_UNCHANGED = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to pin not found",
    "message to unpin not found",
)
_NO_PHOTOS = ("not enough rights to send photos", "chat_send_photos_forbidden")
_MAY_NOT_PIN = "not enough rights to manage pinned messages"
_UNREACHABLE = ("chat not found", "message thread not found", "not enough rights")


def refusal_of(error: TelegramError) -> Refusal:
    told = error.message.lower()
    if any(words in told for words in _NO_PHOTOS):
        return Refusal.NO_PHOTOS
    if isinstance(error, Forbidden):
        return Refusal.UNREACHABLE
    if isinstance(error, BadRequest) and _UNCHANGED in told:
        return Refusal.UNCHANGED
    if _MAY_NOT_PIN in told:
        return Refusal.MAY_NOT_PIN
    if any(words in told for words in _GONE):
        return Refusal.MESSAGE_GONE
    if any(words in told for words in _UNREACHABLE):
        return Refusal.UNREACHABLE
    return Refusal.INVALID
