import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox.people import Person
from sandbox.server import Box

from .conftest import RawBot


class Listener:
    """A bot's webhook that answers as the test says."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.heard: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def heard_texts(self, count: int) -> list[str]:
        async with asyncio.timeout(2):
            while len(self.heard) < count:  # noqa: ASYNC110 - the test looks on from outside
                await asyncio.sleep(0.01)
        return [each["message"]["text"] for each in self.heard]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.router.add_post("/hook", listener.hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def test_updates_go_to_the_webhook_in_order_with_its_secret(
    box: Box, bot: RawBot, an: Person, listener: Listener
) -> None:
    await an.say("một")
    await bot.call("setWebhook", url=listener.url, secret_token="s3cret")
    await an.say("hai")
    assert await listener.heard_texts(2) == ["một", "hai"]
    assert listener.secrets == ["s3cret", "s3cret"]
    await box.idle(quiet=0)
    assert all(each.confirmed_at and each.delivered_at for each in await box.updates())


async def test_an_update_comes_again_until_the_answer_is_good(
    box: Box, bot: RawBot, an: Person, listener: Listener
) -> None:
    listener.statuses = [500, 302]
    await bot.call("setWebhook", url=listener.url)
    await an.say("một")
    await an.say("hai")
    assert await listener.heard_texts(4) == ["một", "một", "một", "hai"]
    await box.idle(quiet=0)
    assert [len(each.delivered_at) for each in (await box.updates())[-2:]] == [3, 1]
    info = (await bot.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_the_last_error_keeps_its_time_and_stays_after_success(
    box: Box, bot: RawBot, an: Person, listener: Listener
) -> None:
    listener.statuses = [502]
    await bot.call("setWebhook", url=listener.url, max_connections=1)
    await an.say("một")
    await listener.heard_texts(2)
    await box.idle(quiet=0)
    first = (await bot.call("getWebhookInfo")).result
    assert (first["max_connections"], first["pending_update_count"]) == (1, 0)
    await box.jump(3600)
    second = (await bot.call("getWebhookInfo")).result
    assert second["last_error_message"] == "Wrong response from the webhook: 502 Bad Gateway"
    assert second["last_error_date"] == first["last_error_date"]
    await bot.call("setWebhook", url=listener.url)
    assert "last_error_date" not in (await bot.call("getWebhookInfo")).result


async def test_nobody_who_listens_is_told_as_such(bot: RawBot, an: Person) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/x")
    await an.say("một")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := (await bot.call("getWebhookInfo")).result):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1


async def test_without_the_webhook_polling_goes_on(
    bot: RawBot, an: Person, listener: Listener
) -> None:
    await bot.call("setWebhook", url=listener.url)
    await an.say("một")
    await listener.heard_texts(1)
    await bot.call("deleteWebhook")
    await an.say("hai")
    assert [each["message"]["text"] for each in await bot.updates()] == ["hai"]
    await bot.call("setWebhook", url=listener.url)
    assert await listener.heard_texts(2) == ["một", "hai"]


async def test_a_webhook_ends_a_poll(bot: RawBot, listener: Listener) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await bot.call("setWebhook", url=listener.url)
    assert (await poll).refusal == (409, "Conflict: terminated by setWebhook request")


@pytest.mark.parametrize(
    "params",
    [
        {"url": "http://example.org/x"},
        {"url": "https://example.org:8081/x"},
        {"url": "https://example.org/x", "secret_token": "a b"},
        {"url": "https://example.org/x", "secret_token": "x" * 257},
    ],
)
async def test_other_webhooks_are_refused(bot: RawBot, params: dict[str, Any]) -> None:
    assert (await bot.call("setWebhook", **params)).status == 400
