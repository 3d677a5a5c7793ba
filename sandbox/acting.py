"""What people do: say, press, edit, block, add the bot to a group, take it out."""

import re
from typing import Any

from sandbox.bodies import member_change_body, message_body, user_body
from sandbox.errors import MisuseError
from sandbox.markup import utf16_length
from sandbox.media import MAX_CAPTION
from sandbox.messages import MAX_TEXT
from sandbox.privacy import bot_reads
from sandbox.text import Text, typed
from sandbox.world import GENERAL, IN_CHAT, Chat, Message, Press, User, World

DEEP_LINK = re.compile(r"(?:https?://)?t\.me/(?P<bot>\w+)\?start=(?P<payload>[A-Za-z0-9_-]{1,64})")
ALBUM = 2, 10
"""How many pictures one album has, at least and at most."""
LOCATION = {"latitude": 15.5736, "longitude": 108.474}


def place(world: World, person: User, chat_id: int | None, thread: int | None) -> Chat:
    """Return the chat in which a person acts, if they could act there."""
    if person.deactivated:
        raise MisuseError(f"the account of {person.first_name} is deleted")
    chat = world.chat(chat_id if chat_id is not None else person.id)
    if chat.private:
        if chat.person is not person:
            raise MisuseError("nobody acts in another person's private chat")
        if person.blocks_bot:
            raise MisuseError("the person blocks the bot; unblock it first")
    elif chat.status(person) not in IN_CHAT:
        raise MisuseError(f"{person.first_name} is not in {chat.title}")
    if chat.migrated_to is not None:
        raise MisuseError("the group became a supergroup; nobody can write to the old one")
    if thread not in {None, GENERAL} and thread not in chat.topics:
        raise MisuseError(f"{chat.title} has no topic {thread}")
    return chat


def tell(world: World, chat: Chat, message: Message, kind: str = "message") -> None:
    if bot_reads(world, chat, message):
        world.updates.add(kind, message_body(world, message))


def write(
    world: World,
    person: User,
    chat: Chat,
    thread: int | None = None,
    reply_to: int | None = None,
    **content: Any,
) -> Message:
    """Put a person's message into a chat and tell the bot, if it may read it."""
    what, longest = ("caption", MAX_CAPTION) if "media" in content else ("message", MAX_TEXT)
    if utf16_length(content.get("text", Text()).plain) > longest:
        raise MisuseError(f"no app sends more than {longest} characters in one {what}")
    thread = None if thread == GENERAL else thread
    # In a topic, what answers nothing else answers the message that opened the topic.
    answered = reply_to if reply_to is not None else thread
    message = world.post(
        chat,
        person,
        thread=thread,
        reply_to=None if answered is None else chat.alive(answered),
        **content,
    )
    if chat.private:
        person.met_bot = True
    tell(world, chat, message)
    return message


def follow(world: World, person: User, link: str) -> Message:
    """Tap a deep link: the app sends /start with the payload, once it is a valid one."""
    match = DEEP_LINK.fullmatch(link)
    if match is None or match["bot"].lower() != world.bot.username.lower():
        raise MisuseError(f"{link!r} leads to no chat with @{world.bot.username}")
    chat = place(world, person, None, None)
    return write(world, person, chat, text=typed(f"/start {match['payload']}"))


def edit(world: World, person: User, chat: Chat, message_id: int, text: str) -> Message:
    message = chat.alive(message_id)
    if message is None or message.sender is not person or message.service:
        raise MisuseError("a person edits only their own message")
    new = typed(text)
    if new == message.text:
        raise MisuseError("the edit changes nothing")
    message.history.append(message.text)
    message.text = new
    message.edit_date = world.clock.unix()
    tell(world, chat, message, "edited_message")
    return message


def delete(person: User, chat: Chat, message_id: int) -> None:
    """Delete a person's own message; bots are never told."""
    message = chat.alive(message_id)
    if message is None or message.sender is not person:
        raise MisuseError("a person deletes only their own message")
    message.deleted = True


def press(world: World, person: User, chat: Chat, message_id: int | None, button: str) -> Press:
    """Press a button that the person has before their eyes."""
    if message_id is None:
        candidates = [m for m in reversed(chat.messages.values()) if not m.deleted]
    else:
        candidates = [m for m in (chat.alive(message_id),) if m is not None]
    for message in candidates:
        shown = [each for row in message.buttons for each in row if "callback_data" in each]
        for key in ("text", "callback_data"):
            for each in shown:
                if each[key] == button:
                    return pressed(world, person, chat, message, each["callback_data"])
    raise MisuseError(f"{person.first_name} sees no button {button!r} there")


def pressed(world: World, person: User, chat: Chat, message: Message, data: str) -> Press:
    made = world.press(person)
    if message.deleted:
        # Of a message that is gone only its place is known.
        shown: dict[str, Any] = {"message_id": message.id, "date": 0}
        shown["chat"] = message_body(world, message)["chat"]
    else:
        shown = message_body(world, message)
    world.updates.add(
        "callback_query",
        {
            "id": made.id,
            "from": user_body(person),
            "message": shown,
            "chat_instance": str(abs(chat.id) * 7919),
            "data": data,
        },
    )
    return made


def forge(world: World, person: User, chat: Chat, message_id: int, data: str) -> Press:
    """Press with any data, as a changed client or a keyboard out of the past would."""
    message = chat.messages.get(message_id)
    if message is None:
        raise MisuseError(f"there never was a message {message_id} in that chat", 404)
    return pressed(world, person, chat, message, data)


def attachment(world: World, kind: str, name: str, data: bytes) -> dict[str, Any]:
    """Return the media of a message that a person sends."""
    if kind == "location":
        return {"location": dict(LOCATION)}
    stored = world.store(f"{kind}s", name, data)
    file: dict[str, Any] = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(data),
    }
    if kind == "photo":
        return {
            "photo": [file | {"width": 320, "height": 240}, file | {"width": 1280, "height": 960}]
        }
    if kind == "document":
        return {"document": file | {"file_name": name, "mime_type": "application/octet-stream"}}
    if kind == "sticker":
        about = {"type": "regular", "width": 512, "height": 512, "emoji": "👍"}
        return {"sticker": file | about | {"is_animated": False, "is_video": False}}
    if kind == "voice":
        return {"voice": file | {"duration": 3, "mime_type": "audio/ogg"}}
    raise MisuseError(f"people cannot send {kind!r} here")


def block(world: World, person: User, *, blocks: bool) -> None:
    if person.blocks_bot == blocks:
        return
    person.blocks_bot = blocks
    old, new = ("member", "kicked") if blocks else ("kicked", "member")
    chat = world.chats[person.id]
    change = member_change_body(world, chat, person, world.bot, old, new)
    world.updates.add("my_chat_member", change)
