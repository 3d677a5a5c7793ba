"""One call of the Bot API: its parameters, from wherever the client put them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.errors import RefusalError, bad_request, forbidden
from sandbox.text import Text, sent
from sandbox.world import IN_CHAT, Chat, Message, User, World

MAX_UPLOAD = 50 * 2**20
"""Bytes of all files of one request."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content_type: str
    data: bytes


async def parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Read parameters from the query and the body, and the files of a multipart body."""
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if not request.can_read_body:
        return params, files
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("request body must be a JSON object")
        params.update(body)
    elif request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            data = bytes(await part.read(decode=True))
            if part.filename is None:
                params[part.name] = data.decode("utf-8", "replace")
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(part.filename, kind, data)
        if sum(len(file.data) for file in files.values()) > MAX_UPLOAD:
            raise RefusalError(413, "Request Entity Too Large")
    else:
        params.update(await request.post())
    return params, files


@dataclass(slots=True)
class Ask:
    world: World
    params: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)
    after_answer: list[Callable[[], None]] = field(default_factory=list)
    """What is to happen only once the answer was really written."""
    unreadable: RefusalError | None = None
    """Why the body could not be read, if it could not."""

    def text(self, name: str) -> str:
        value = self.params.get(name, "")
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        return whole(self.text(name)) or default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def nested(self, name: str, kind: str) -> Any:
        """Return a parameter that is an object or a list, possibly written as a JSON string."""
        value = self.params.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {kind} JSON object") from None
        return value

    def object(self, name: str, kind: str) -> dict[str, Any]:
        value = self.nested(name, kind)
        if not isinstance(value, dict | None):
            raise bad_request(f"can't parse {kind}: expected an Object")
        return value or {}

    def array(self, name: str, kind: str) -> list[Any]:
        value = self.nested(name, kind)
        if not isinstance(value, list | None):
            raise bad_request(f"expected an Array of {kind}")
        return value or []

    def chat(self, name: str = "chat_id") -> Chat:
        if not self.text(name):
            raise bad_request(f"{name} is empty")
        chat = self.world.chats.get(self.number(name))
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        return chat

    def open_chat(self, right: str = "", act: str = "") -> Chat:
        """Return the chat if the bot may act in it, with a right if one is named."""
        chat = self.chat()
        refusal = closed_to_bot(self.world, chat)
        if refusal is not None:
            raise refusal
        if right in chat.forbidden_to_bot and chat.status(self.world.bot) != "administrator":
            raise bad_request(f"not enough rights to {act}")
        return chat

    def thread(self, chat: Chat) -> int | None:
        """Return the topic to write to; the general one is reached only by naming none."""
        thread = self.number("message_thread_id")
        if not thread:
            return None
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        return thread

    def user(self, name: str = "user_id") -> User:
        user = self.world.users.get(self.number(name))
        if user is None:
            raise bad_request("user not found")
        return user

    def message(self, chat: Chat, purpose: str) -> Message:
        number = self.number("message_id")
        if not number:
            raise bad_request("message identifier is not specified")
        message = chat.alive(number)
        if message is None:
            raise bad_request(f"message to {purpose} not found")
        return message

    def formatted(self, name: str, mode: str = "parse_mode", entities: str = "entities") -> Text:
        given = self.array(entities, "MessageEntity")
        return sent(self.text(name), self.text(mode), [e for e in given if placed(e)])


def whole(value: object) -> int:
    """Return a whole number, or 0 for what is none."""
    try:
        return int(str(value))
    except ValueError:
        return 0


def placed(entity: object) -> bool:
    return (
        isinstance(entity, dict)
        and isinstance(entity.get("type"), str)
        and isinstance(entity.get("offset"), int)
        and isinstance(entity.get("length"), int)
    )


def closed_to_bot(world: World, chat: Chat) -> RefusalError | None:
    """Return why the bot cannot act in a chat, or None if it can."""
    if chat.person is not None:
        refusals = [
            (chat.person.deactivated, "user is deactivated"),
            (chat.person.blocks_bot, "bot was blocked by the user"),
            (not chat.person.met_bot, "bot can't initiate conversation with a user"),
        ]
    else:
        status = chat.status(world.bot)
        refusals = [
            (status == "kicked", f"bot was kicked from the {chat.kind} chat"),
            (status not in IN_CHAT, f"bot is not a member of the {chat.kind} chat"),
        ]
    return next((forbidden(why) for refused, why in refusals if refused), None)
