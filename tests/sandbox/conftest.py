from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from sandbox import server
from sandbox.people import Person
from sandbox.server import Box


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.status == 200, self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert self.body["ok"] is False
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class RawBot:
    """A bot that does nothing of itself: each call of a test is one call of the Bot API."""

    def __init__(self, box: Box, session: aiohttp.ClientSession) -> None:
        self.box = box
        self.session = session
        self.token = box.token

    async def call(self, method: str, **params: Any) -> Answer:
        url = f"{self.box.url}/bot{self.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            body = await answer.json()
            return Answer(answer.status, body, dict(answer.headers))

    async def send(self, chat_id: int, text: str, **params: Any) -> dict[str, Any]:
        result = (await self.call("sendMessage", chat_id=chat_id, text=text, **params)).result
        assert isinstance(result, dict)
        return result

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        result = (await self.call("getUpdates", **params)).result
        assert isinstance(result, list)
        return result

    async def fresh(self) -> list[dict[str, Any]]:
        """Return what waits and confirm it."""
        batch = await self.updates()
        if batch:
            assert await self.updates(offset=batch[-1]["update_id"] + 1) == []
        return batch


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with server.running() as box:
        yield box


@pytest.fixture
async def bot(box: Box) -> AsyncIterator[RawBot]:
    async with aiohttp.ClientSession() as session:
        yield RawBot(box, session)


@pytest.fixture
async def an(box: Box, bot: RawBot) -> Person:
    """A person who has started the bot."""
    person = await box.person(1001, "An")
    await person.say("/start")
    await bot.fresh()
    return person


def keyboard(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "inline_keyboard": [
            [{"text": text, "callback_data": data} for text, data in row] for row in rows
        ]
    }


@pytest.fixture
async def ptb(box: Box) -> AsyncIterator[Bot]:
    async with Bot(
        box.token, base_url=f"{box.url}/bot", base_file_url=f"{box.url}/file/bot"
    ) as bot:
        yield bot
