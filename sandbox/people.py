"""The client of the control side: people who talk to the bot, and what they see."""

import asyncio
import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp

from sandbox.records import Call, Json, SeenMessage, UpdateRecord

OK = 200
LOOK_EVERY = 0.02


class RefusedError(AssertionError):
    """No person could have done that: the button is not there, the group is not theirs."""


class Sandbox:
    """A client of one embedded Telegram, in this process or another; an async context manager."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url.rstrip("/")
        self.token = token
        self._session: aiohttp.ClientSession | None = None

    @property
    def api_url(self) -> str:
        """What a bot takes for the address of the Bot API: `/bot<token>` is appended to it."""
        return self.url

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def request(self, verb: str, path: str, **kwargs: Any) -> Any:
        """Make a control call and return its JSON answer."""
        if self._session is None:
            raise RuntimeError("a Sandbox is used in an `async with` block")
        async with self._session.request(verb, f"{self.url}/control/{path}", **kwargs) as answer:
            body = await answer.json()
            if answer.status != OK:
                raise RefusedError(body["error"])
            return body

    async def get(self, path: str, **query: Any) -> Any:
        given = {key: str(value) for key, value in query.items() if value is not None}
        return await self.request("GET", path, params=given)

    async def post(self, path: str, **body: Any) -> Any:
        given = {key: value for key, value in body.items() if value is not None}
        return await self.request("POST", path, json=given)

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

    async def calls(self, method: str | None = None, since: int = 0) -> list[Call]:
        """Return the calls of the Bot API after the n-th, oldest first."""
        return [Call.read(each) for each in await self.get("calls", method=method, since=since)]

    async def updates(self) -> list[UpdateRecord]:
        return [UpdateRecord.read(each) for each in await self.get("updates")]

    async def inject(self, body: Mapping[str, Any]) -> int:
        """Queue an update as it is, parseable or not, and return its id."""
        return int((await self.post("updates", body=dict(body)))["update_id"])

    async def repeat(self, update_id: int) -> None:
        """Deliver an update once more, under the same id."""
        await self.post("updates/repeat", update_id=update_id)

    async def restart_ids(self, first: int | None = None) -> None:
        await self.post("updates/restart", first=first)

    async def fault(self, method: str, kind: str, *, times: int | None = 1, **details: Any) -> None:
        """Script a failure; details: chat_id, code, description, parameters, seconds.

        `times=None` lasts until the faults are cleared.
        """
        body = {"method": method, "kind": kind, "times": times, **details}
        await self.request("POST", "faults", json=body)

    async def clear_faults(self) -> None:
        await self.request("DELETE", "faults")

    async def set_limits(self, model: Literal["sliding", "bucket", "ban"] | None) -> None:
        await self.post("limits", model=model)

    async def set_bot(self, token: str, username: str = "") -> None:
        """Give the bot another token; those before it still answer until revoked."""
        await self.post("bot", token=token, username=username)

    async def revoke(self, token: str | None = None) -> None:
        await self.post("revoke", token=token)

    async def jump(self, by: float | timedelta | datetime) -> None:
        """Move the time by seconds or to a moment; returns when all who follow it know."""
        if isinstance(by, datetime):
            await self.post("clock", to=by.isoformat())
        else:
            seconds = by.total_seconds() if isinstance(by, timedelta) else by
            await self.post("clock", jump=seconds)

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("clock"))["now"])

    async def file(self, file_id: str) -> bytes:
        return base64.b64decode((await self.get("file", file_id=file_id))["data"])

    async def idle(self, quiet: float = 0.15, timeout: float = 10) -> None:  # noqa: ASYNC109 - reads best at the call
        """Wait until every update is confirmed and the bot has said nothing for a while."""
        end = time.monotonic() + timeout
        state: Json = {}
        while time.monotonic() < end:
            state = await self.get("idle")
            if not state["waiting"] and not state["busy"] and state["quiet_for"] >= quiet:
                return
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"the bot is not idle after {timeout} s: {state}")


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
        self, label_or_data: str, message_id: int | None = None, chat: Place = None
    ) -> str:
        """Press a button that is visible, in the newest message that has it unless one is named."""
        made = await self._act("press", chat, button=label_or_data, message_id=message_id)
        return str(made["query_id"])

    async def forge(self, data: str, message_id: int, chat: Place = None) -> str:
        """Press with any data on any message that ever was, deleted ones too."""
        made = await self._act("press", chat, forge=data, message_id=message_id)
        return str(made["query_id"])

    async def edit(self, message_id: int, text: str, chat: Place = None) -> None:
        await self._act("edit", chat, message_id=message_id, text=text)

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
        end = time.monotonic() + timeout
        while True:
            shown = await self.messages(chat)
            for message in reversed(shown):
                if message.from_bot and message.id > after and text in message.text:
                    return message
            if time.monotonic() >= end:
                page = "\n".join(map(str, shown)) or "(nothing)"
                raise AssertionError(f"{text!r} is not seen after {timeout} s; seen is:\n{page}")
            await asyncio.sleep(LOOK_EVERY)

    async def sees_button(
        self,
        label: str,
        timeout: float = 5,  # noqa: ASYNC109 - reads best at the call
        chat: Place = None,
    ) -> SeenMessage:
        """Wait for a message that has this button."""
        end = time.monotonic() + timeout
        while True:
            shown = await self.messages(chat)
            for message in reversed(shown):
                if label in message.labels:
                    return message
            if time.monotonic() >= end:
                page = "\n".join(map(str, shown)) or "(nothing)"
                raise AssertionError(f"no button {label!r} after {timeout} s; seen is:\n{page}")
            await asyncio.sleep(LOOK_EVERY)

    async def toasts(self) -> list[str]:
        """Return the texts that answered this person's presses; "" where the answer had none."""
        return [each["text"] for each in await self.sandbox.get("toasts", person=self.id)]

    async def commands(self, chat: Place = None) -> list[tuple[str, str]]:
        """Return the command menu that this person is offered in a chat."""
        menu = await self.sandbox.get("commands", person=self.id, chat=_chat_id(chat))
        return [(each["command"], each["description"]) for each in menu]
