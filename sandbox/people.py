"""People who talk to the bot, and what they see; everything goes over HTTP."""

import asyncio
import base64
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.client import LOOK_EVERY, ControlClient, RefusedError
from sandbox.records import Button, Call, SeenMessage, UpdateRecord

__all__ = [
    "Button",
    "Call",
    "Group",
    "Person",
    "RefusedError",
    "Sandbox",
    "SeenMessage",
    "UpdateRecord",
]


class Sandbox(ControlClient):
    """A client of one embedded Telegram, in this process or another; an async context manager."""

    async def person(
        self,
        user_id: int,
        first_name: str = "Người dùng",
        language_code: str = "vi",
        username: str = "",
    ) -> "Person":
        await self.post(
            "people",
            id=user_id,
            first_name=first_name,
            language_code=language_code,
            username=username,
        )
        return Person(self, user_id, first_name)

    async def group(
        self,
        title: str,
        members: Sequence["Person"],
        *,
        topics: Sequence[str] = (),
        bot_is_member: bool = True,
        privacy: bool = True,
        kind: Literal["supergroup", "group"] = "supergroup",
    ) -> "Group":
        """Make a group; the first member owns it and adds the bot."""
        made = await self.post(
            "groups",
            title=title,
            members=[each.id for each in members],
            topics=list(topics),
            bot_is_member=bot_is_member,
            privacy=privacy,
            kind=kind,
        )
        return Group(self, made["id"], title, tuple(members), dict(made["topics"]))


@dataclass(frozen=True)
class Group:
    sandbox: Sandbox = field(repr=False, compare=False)
    id: int
    title: str
    members: tuple["Person", ...] = field(default=(), repr=False, compare=False)
    topics: dict[str, int] = field(default_factory=dict, compare=False)

    async def messages(self) -> list[SeenMessage]:
        """Return the group as its first member sees it."""
        return await self.members[0].messages(self)

    async def pinned(self) -> list[SeenMessage]:
        return [each for each in await self.messages() if each.pinned]

    async def sees(self, text: str, timeout: float = 5) -> SeenMessage:  # noqa: ASYNC109 - reads best at the call
        return await self.members[0].sees(text, timeout, self)

    async def add_bot(self, by: "Person", status: str = "member") -> None:
        await self.sandbox.post("member", chat=self.id, by=by.id, status=status)

    async def remove_bot(self, by: "Person", status: str = "kicked") -> None:
        await self.sandbox.post("member", chat=self.id, by=by.id, status=status)

    async def set_status(self, who: "Person", status: str, by: "Person | None" = None) -> None:
        """Let someone be a creator, administrator, member, or be left or kicked."""
        changer = by.id if by else None
        await self.sandbox.post("member", chat=self.id, who=who.id, by=changer, status=status)

    async def forbid(self, *rights: str) -> None:
        """Deny the bot send_messages, send_media or pin_messages; nothing gives all back."""
        await self.sandbox.post("rights", chat=self.id, forbidden=list(rights))

    async def add_topic(self, by: "Person", name: str) -> int:
        made = await self.sandbox.post("topic", chat=self.id, by=by.id, name=name)
        self.topics.update(made["topics"])
        return self.topics[name]

    async def delete_topic(self, name: str) -> None:
        await self.sandbox.post("topic", chat=self.id, delete=self.topics.pop(name))

    async def migrate(self) -> "Group":
        """Turn a basic group into a supergroup, and return that."""
        made = await self.sandbox.post("migrate", chat=self.id)
        return Group(self.sandbox, made["id"], self.title, self.members)


Place = Group | int | None


def _chat_id(chat: Place) -> int | None:
    return chat.id if isinstance(chat, Group) else chat


@dataclass(frozen=True)
class Person:
    """Someone with a Telegram account; `chat` is None for their private chat with the bot."""

    sandbox: Sandbox = field(repr=False, compare=False)
    id: int
    first_name: str = ""

    async def _act(self, what: str, chat: Place, **details: Any) -> Any:
        return await self.sandbox.post(what, person=self.id, chat=_chat_id(chat), **details)

    async def say(
        self,
        text: str,
        chat: Place = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Write a message, letter for letter, and return its id."""
        said = await self._act("say", chat, text=text, thread=thread, reply_to=reply_to)
        return int(said["message_id"])

    async def press(
        self,
        label_or_data: str,
        message_id: int | None = None,
        chat: Place = None,
        timeout: float = 0,  # noqa: ASYNC109 - reads best at the call
    ) -> str:
        """Press a visible button, in the newest message that has it unless one is named.

        With a timeout, wait for it to appear. Return the id of the callback query.
        """
        if timeout and message_id is None:
            message_id = (await self.sees_button(label_or_data, timeout, chat)).id
        made = await self._act("press", chat, button=label_or_data, message_id=message_id)
        return str(made["query_id"])

    async def forge(self, data: str, message_id: int, chat: Place = None) -> str:
        """Press with any data on any message that ever was, deleted ones too."""
        made = await self._act("press", chat, forge=data, message_id=message_id)
        return str(made["query_id"])

    async def edit(self, message_id: int, text: str, chat: Place = None) -> None:
        await self._act("edit", chat, message_id=message_id, text=text)

    async def follow(self, link: str) -> int:
        """Tap a deep link to the bot: that says /start with its payload."""
        said = await self.sandbox.post("follow", person=self.id, link=link)
        return int(said["message_id"])

    async def delete(self, message_id: int, chat: Place = None) -> None:
        """Delete one's own message; the bot is not told."""
        await self._act("delete", chat, message_id=message_id)

    async def send(
        self,
        kind: Literal["photo", "document", "sticker", "voice", "location"],
        data: bytes = b"\0",
        *,
        name: str | None = None,
        caption: str = "",
        chat: Place = None,
        thread: int | None = None,
    ) -> int:
        sent = await self._act(
            "send",
            chat,
            kind=kind,
            data=base64.b64encode(data).decode(),
            name=name,
            caption=caption,
            thread=thread,
        )
        return int(sent["message_id"])

    async def send_photo(self, caption: str = "", chat: Place = None) -> int:
        return await self.send("photo", caption=caption, chat=chat)

    async def send_document(
        self, name: str, data: bytes, caption: str = "", chat: Place = None
    ) -> int:
        return await self.send("document", data, name=name, caption=caption, chat=chat)

    async def send_album(
        self, photos: Sequence[bytes], caption: str = "", chat: Place = None
    ) -> list[int]:
        """Send 2 to 10 photos as one; return the ids of their messages."""
        data = [base64.b64encode(each).decode() for each in photos]
        sent = await self._act("album", chat, data=data, caption=caption)
        return [int(each) for each in sent["message_ids"]]

    async def block(self) -> None:
        await self._act("block", None, blocks=True)

    async def unblock(self) -> None:
        await self._act("block", None, blocks=False)

    async def deactivate(self) -> None:
        """Delete the account."""
        await self.sandbox.post("people", id=self.id, first_name=self.first_name, deactivated=True)

    async def messages(self, chat: Place = None) -> list[SeenMessage]:
        seen = await self.sandbox.get("chat", person=self.id, chat=_chat_id(chat))
        return [SeenMessage.read(each) for each in seen["messages"]]

    async def last(self, chat: Place = None) -> SeenMessage:
        """Return the newest message of the bot that is visible."""
        said = [each for each in await self.messages(chat) if each.from_bot]
        if not said:
            raise AssertionError("the bot has said nothing here")
        return said[-1]

    async def sees(
        self,
        text: str,
        timeout: float = 5,  # noqa: ASYNC109 - reads best at the call
        chat: Place = None,
        after: int = 0,
    ) -> SeenMessage:
        """Wait for a message of the bot that contains a text; the newest, if there are several.

        `after` is the id of a message: only later ones count.
        """

        def fits(message: SeenMessage) -> bool:
            return message.from_bot and message.id > after and text in message.text

        return await self._waits_for(fits, f"the text {text!r}", timeout, chat)

    async def sees_button(
        self,
        label_or_data: str,
        timeout: float = 5,  # noqa: ASYNC109 - reads best at the call
        chat: Place = None,
    ) -> SeenMessage:
        """Wait for a message that has this button."""

        def fits(message: SeenMessage) -> bool:
            buttons = [each for row in message.buttons for each in row]
            return any(label_or_data in {each.text, each.data} for each in buttons)

        return await self._waits_for(fits, f"the button {label_or_data!r}", timeout, chat)

    async def _waits_for(
        self,
        fits: Callable[[SeenMessage], bool],
        what: str,
        timeout: float,  # noqa: ASYNC109 - passed on from the call
        chat: Place,
    ) -> SeenMessage:
        end = time.monotonic() + timeout
        while True:
            shown = await self.messages(chat)
            for message in reversed(shown):
                if fits(message):
                    return message
            if time.monotonic() >= end:
                page = "\n".join(map(str, shown)) or "(nothing)"
                raise AssertionError(f"{what} is not seen after {timeout} s; seen is:\n{page}")
            await asyncio.sleep(LOOK_EVERY)

    async def toasts(self) -> list[str]:
        """Return the texts that answered this person's presses; "" where the answer had none."""
        return [each["text"] for each in await self.sandbox.get("toasts", person=self.id)]

    async def commands(self, chat: Place = None) -> list[tuple[str, str]]:
        """Return the command menu that this person is offered in a chat."""
        menu = await self.sandbox.get("commands", person=self.id, chat=_chat_id(chat))
        return [(each["command"], each["description"]) for each in menu]
