"""What Telegram knows: the bot, people, chats, messages, files, presses."""

import itertools
import random
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import MisuseError, unauthorized
from sandbox.text import Text
from sandbox.updates import UpdateQueue
from sandbox.webhook import Webhook

GENERAL = 1
"""The topic that every forum has; its messages carry no thread id."""
IN_CHAT = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True, eq=False)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deactivated: bool = False
    blocks_bot: bool = False
    met_bot: bool = False
    """Whether the person ever wrote to the bot in private."""


@dataclass(slots=True, eq=False)
class Message:
    id: int
    chat_id: int
    sender: User
    date: float
    text: Text = field(default_factory=Text)
    media: dict[str, Any] = field(default_factory=dict)
    """`photo`, `document` and the like, as the Bot API shows them; its text is a caption."""
    service: dict[str, Any] = field(default_factory=dict)
    markup: dict[str, Any] = field(default_factory=dict)
    thread: int | None = None
    reply_to: "Message | None" = None
    edit_date: float | None = None
    deleted: bool = False
    history: list[Text] = field(default_factory=list)

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        rows: list[list[dict[str, Any]]] = self.markup.get("inline_keyboard", [])
        return rows


@dataclass(slots=True, eq=False)
class Member:
    user: User
    status: str = "member"


@dataclass(slots=True, eq=False)
class Chat:
    id: int
    kind: str
    title: str = ""
    person: User | None = None
    """The other side of a private chat."""
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    forbidden_to_bot: set[str] = field(default_factory=set)
    """Rights that the bot was denied: send_messages, pin_messages, send_media."""
    migrated_to: int | None = None
    last_message_id: int = 0

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def status(self, user: User) -> str:
        member = self.members.get(user.id)
        return member.status if member else "left"

    def alive(self, message_id: int) -> Message | None:
        message = self.messages.get(message_id)
        return message if message and not message.deleted else None


@dataclass(slots=True, eq=False)
class Press:
    id: str
    person: User
    made_at: float
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True, eq=False)
class StoredFile:
    id: str
    unique_id: str
    path: str
    data: bytes


class World:
    """One Telegram with one bot."""

    def __init__(self, clock: Clock, token: str, username: str) -> None:
        self.clock = clock
        self.random = random.Random()  # noqa: S311 - ids, not secrets
        self.updates = UpdateQueue(clock)
        self.tokens: dict[str, bool] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, StoredFile] = {}
        self.menus: dict[tuple[str, ...], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook = Webhook(clock)
        self.privacy = True
        # Messages of private chats and basic groups are numbered together, one row for an account.
        self._account_messages = itertools.count(self.random.randrange(1, 5000))
        self.bot = User(0, "Bot", is_bot=True)
        self.set_bot(token, username)

    def set_bot(self, token: str, username: str, first_name: str = "") -> None:
        """Give the bot a token (older ones still answer until revoked) and a name."""
        digits = token.partition(":")[0]
        bot_id = int(digits) if digits.isdigit() else 700000001
        if not self.bot.id:
            self.bot.id = bot_id
        self.bot.username = username or self.bot.username
        self.bot.first_name = first_name or self.bot.first_name
        self.users[self.bot.id] = self.bot
        self.tokens[token] = True

    def revoke(self, token: str | None) -> None:
        """Make a token, or all, answer 401 from now on."""
        for each in [token] if token else list(self.tokens):
            self.tokens[each] = False
        self.updates.end_polls(unauthorized())

    def person(self, user_id: int) -> User:
        user = self.users.get(user_id)
        if user is None or user.is_bot:
            raise MisuseError(f"nobody has the id {user_id}", 404)
        return user

    def chat(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise MisuseError(f"no chat has the id {chat_id}", 404)
        return chat

    def add_person(self, user: User) -> Chat:
        """Add a person or change how they are called, and open their private chat."""
        known = self.users.get(user.id)
        if known is None:
            self.users[user.id] = user
            self.chats[user.id] = Chat(user.id, "private", person=user)
        else:
            known.first_name, known.last_name = user.first_name, user.last_name
            known.username, known.language_code = user.username, user.language_code
        return self.chats[user.id]

    def add_group(self, kind: str, title: str, *, forum: bool) -> Chat:
        group_id = -self.random.randrange(10**8, 10**9)
        if kind == "supergroup":
            group_id -= 10**12
        group = Chat(group_id, kind, title, forum=forum)
        if kind == "supergroup":
            group.last_message_id = self.random.randrange(1, 500)
        self.chats[group.id] = group
        return group

    def post(self, chat: Chat, sender: User, **content: Any) -> Message:
        """Put a message into a chat; nobody is told of it yet."""
        if chat.kind == "supergroup":
            chat.last_message_id += 1
            number = chat.last_message_id
        else:
            number = next(self._account_messages)
        message = Message(number, chat.id, sender, self.clock.unix(), **content)
        chat.messages[number] = message
        return message

    def press(self, person: User) -> Press:
        press = Press(str(self.random.randrange(10**17, 10**18)), person, self.clock.unix())
        self.presses[press.id] = press
        return press

    def store(self, folder: str, name: str, data: bytes) -> StoredFile:
        number = len(self.files) + 1
        unique = f"AQAD{self.random.randrange(16**10):010x}"
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        stored = StoredFile(
            f"BQACAgUAAx{unique}{number:06d}", unique, f"{folder}/file_{number}{suffix}", data
        )
        self.files[stored.id] = stored
        return stored
