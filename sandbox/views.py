"""A chat as a person sees it."""

from datetime import UTC, datetime
from typing import Any

from sandbox.errors import MisuseError
from sandbox.world import IN_CHAT, Chat, Message, User, World

Seen = dict[str, Any]
SHOWN_MEDIA = ("photo", "document", "sticker", "voice", "location")


def moment(unix: float | None) -> str | None:
    return None if unix is None else datetime.fromtimestamp(unix, UTC).isoformat()


def button(given: dict[str, Any]) -> Seen:
    return {
        "text": given["text"],
        "data": given.get("callback_data"),
        "url": given.get("url"),
    }


def message(world: World, chat: Chat, shown: Message) -> Seen:
    kind = next((each for each in SHOWN_MEDIA if each in shown.media), "")
    file_id = ""
    if kind and kind != "location":
        media = shown.media[kind]
        file_id = (media[-1] if isinstance(media, list) else media)["file_id"]
    return {
        "message_id": shown.id,
        "chat_id": chat.id,
        "from_bot": shown.sender is world.bot,
        "sender_id": shown.sender.id,
        "text": shown.text.plain,
        "html": shown.text.source,
        "buttons": [[button(each) for each in row] for row in shown.buttons],
        "date": moment(shown.date),
        "edit_date": moment(shown.edit_date),
        "pinned": shown.id in chat.pinned,
        "thread": shown.thread,
        "reply_to": shown.reply_to.id if shown.reply_to else None,
        "media": kind,
        "file_id": file_id,
        "service": next(iter(shown.service), ""),
        "history": [text.plain for text in shown.history],
    }


def messages(world: World, person: User, chat: Chat) -> list[Seen]:
    if chat.private and chat.person is not person:
        raise MisuseError("nobody reads another person's private chat")
    if not chat.private and chat.status(person) not in IN_CHAT:
        raise MisuseError(f"{person.first_name} is not in {chat.title}")
    return [message(world, chat, each) for each in chat.messages.values() if not each.deleted]
