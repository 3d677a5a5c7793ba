"""Every refusal of Telegram, word for word as the embedded one says it, and what the sender takes it for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import ChatMigrated, TelegramError

from bot.telegram_calls import Refusal, refusal_of
from sandbox import server
from sandbox.people import Group, Person
from sandbox.server import Box

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KICKED = "Forbidden: bot was kicked from the supergroup chat"
NO_MEMBER = "Forbidden: bot is not a member of the supergroup chat"


@dataclass(frozen=True)
class Scene:
    """A bot with one person, a message of its own to that person, and a group with a topic."""

    box: Box
    bot: Bot
    an: Person
    stranger: Person
    group: Group
    sent: int

    async def refused(self, method: str, **params: Any) -> tuple[str, TelegramError]:
        """Return what Telegram says, and the library's error for it."""
        url = f"{self.box.url}/bot{self.box.token}/{method}"
        async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
            told = (await answer.json())["description"]
        with pytest.raises(TelegramError) as raised:
            await self.bot.do_api_request(method, api_kwargs=params)
        return told, raised.value


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with server.running() as box, Bot(box.token, base_url=f"{box.url}/bot") as bot:
        an, stranger = await box.person(1), await box.person(2)
        await an.say("/start")
        group = await box.group("Chỉ huy", [an], topics=["Trực"])
        sent = await bot.send_message(1, "một")
        yield Scene(box, bot, an, stranger, group, sent.message_id)


@pytest.mark.filterwarnings("ignore:Please use 'Bot")
@pytest.mark.parametrize(
    ("method", "params", "words", "refusal"),
    [
        ("editMessageText", {"text": "một"}, NOT_MODIFIED, Refusal.UNCHANGED),
        ("sendMessage", {"text": " "}, "Bad Request: message text is empty", Refusal.INVALID),
        ("sendMessage", {"text": "x" * 4097}, "Bad Request: message is too long", Refusal.INVALID),
        (
            "sendDocument",
            {"document": "x", "caption": "x" * 1025},
            "Bad Request: message caption is too long",
            Refusal.INVALID,
        ),
        (
            "sendMessage",
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "ộ" * 22}]]},
            },
            "Bad Request: BUTTON_DATA_INVALID",
            Refusal.INVALID,
        ),
        (
            "sendMessage",
            {"text": "<x>", "parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0',
            Refusal.INVALID,
        ),
        ("sendMessage", {"chat_id": 404}, "Bad Request: chat not found", Refusal.UNREACHABLE),
        (
            "editMessageText",
            {"message_id": 10**6, "text": "x"},
            "Bad Request: message to edit not found",
            Refusal.MESSAGE_GONE,
        ),
        (
            "pinChatMessage",
            {"message_id": 10**6},
            "Bad Request: message to pin not found",
            Refusal.MESSAGE_GONE,
        ),
        (
            "unpinChatMessage",
            {"message_id": 10**6},
            "Bad Request: message to unpin not found",
            Refusal.MESSAGE_GONE,
        ),
        (
            "sendMessage",
            {"chat_id": 2},
            "Forbidden: bot can't initiate conversation with a user",
            Refusal.UNREACHABLE,
        ),
        ("answerCallbackQuery", {"callback_query_id": "7"}, TOO_OLD, Refusal.INVALID),
        ("getFile", {"file_id": "x"}, "Bad Request: invalid file_id", Refusal.INVALID),
    ],
)
async def test_what_is_wrong_with_a_call(
    scene: Scene, method: str, params: dict[str, Any], words: str, refusal: Refusal
) -> None:
    given = {"chat_id": 1, "message_id": scene.sent, "text": "x"} | params
    told, error = await scene.refused(method, **given)
    assert told == words
    assert refusal_of(error) is refusal


@pytest.mark.filterwarnings("ignore:Please use 'Bot")
@pytest.mark.parametrize(
    ("happens", "method", "words", "refusal"),
    [
        ("blocked", "sendMessage", "Forbidden: bot was blocked by the user", Refusal.UNREACHABLE),
        (
            "blocked",
            "editMessageText",
            "Forbidden: bot was blocked by the user",
            Refusal.UNREACHABLE,
        ),
        ("deleted", "sendMessage", "Forbidden: user is deactivated", Refusal.UNREACHABLE),
        ("kicked", "sendMessage", KICKED, Refusal.UNREACHABLE),
        ("left", "sendMessage", NO_MEMBER, Refusal.UNREACHABLE),
        ("no topic", "sendMessage", "Bad Request: message thread not found", Refusal.UNREACHABLE),
        (
            "silenced",
            "sendMessage",
            "Bad Request: not enough rights to send text messages to the chat",
            Refusal.UNREACHABLE,
        ),
        (
            "no pins",
            "pinChatMessage",
            "Bad Request: not enough rights to manage pinned messages in the chat",
            Refusal.MAY_NOT_PIN,
        ),
    ],
)
async def test_what_became_of_a_chat(
    scene: Scene, happens: str, method: str, words: str, refusal: Refusal
) -> None:
    group, thread = scene.group, scene.group.topics["Trực"]
    match happens:
        case "blocked":
            await scene.an.block()
        case "deleted":
            await scene.an.deactivate()
        case "kicked" | "left":
            await group.remove_bot(scene.an, happens)
        case "no topic":
            await group.delete_topic("Trực")
        case "silenced":
            await group.forbid("send_messages")
        case "no pins":
            await group.forbid("pin_messages")
    is_private = happens in {"blocked", "deleted"}
    to = {"chat_id": 1} if is_private else {"chat_id": group.id, "message_thread_id": thread}
    told, error = await scene.refused(method, **to, message_id=scene.sent, text="x")
    assert told == words
    assert refusal_of(error) is refusal


@pytest.mark.filterwarnings("ignore:Please use 'Bot")
async def test_a_group_that_moved_tells_its_new_id(scene: Scene) -> None:
    group = await scene.box.group("Nhóm", [scene.an], kind="group")
    moved = await group.migrate()
    told, error = await scene.refused("sendMessage", chat_id=group.id, text="x")
    assert told == "Bad Request: group chat was upgraded to a supergroup chat"
    assert isinstance(error, ChatMigrated)
    assert error.new_chat_id == moved.id
