"""Receiving by webhook: acknowledged after the commit, called by Telegram alone, as honest as polling."""

import asyncio
import contextlib
import io
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.domain.people import Role
from bot.intake import ALLOWED_UPDATES
from bot.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from sandbox.server import running
from tests.handlers.test_duty_report import NORMAL, SEND
from tests.house import House, house, moved_in
from tests.test_run import started


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def hooked(port: int) -> dict[str, str]:
    return {
        "webhook_url": f"http://127.0.0.1:{port}/trucbao",
        "webhook_listen": f"127.0.0.1:{port}",
    }


@contextlib.asynccontextmanager
async def called(folder: Path, **settings: Any) -> AsyncIterator[House]:
    async with house(folder, **(hooked(free_port()) | settings)) as home:
        yield home


def webhook_of(home: House) -> Webhook:
    assert isinstance(home.parts.receiver, Webhook)
    return home.parts.receiver


async def call(
    home: House,
    body: bytes,
    secret: str | None = None,
    *,
    verb: str = "POST",
    path: str = "/trucbao",
) -> int:
    """Call the bot as Telegram would, and return the status of the answer."""
    door = home.settings.door
    assert door
    headers = {SECRET_HEADER: door.secret if secret is None else secret}
    address = f"http://{door.host}:{door.port}{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, address, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def handled(home: House) -> int:
    return await home.count("SELECT count(*) FROM handled_update")


async def test_a_report_comes_by_webhook_and_nobody_polls(tmp_path: Path) -> None:
    async with called(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.press(SEND, timeout=5)
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text
        await home.box.idle()
        assert all(len(each.delivered_at) == 1 for each in await home.box.updates())
        assert await home.box.calls("getUpdates") == []
        (asked,) = await home.box.calls("setWebhook")
        assert int(asked.params["max_connections"]) == 1
        assert json.loads(asked.params["allowed_updates"]) == list(ALLOWED_UPDATES)
        assert "drop_pending_updates" not in asked.params


async def test_only_telegram_gets_in(tmp_path: Path) -> None:
    async with called(tmp_path) as home:
        before = await handled(home)
        update = b'{"update_id": 7, "message": {}}'
        assert await call(home, update, "x") == 403
        assert await call(home, update, "") == 403
        assert await call(home, b"x" * 2 * LARGEST_BODY, "x") == 403
        assert await call(home, b"x" * (LARGEST_BODY + 1)) == 413
        assert await call(home, update, verb="GET") == 405
        assert await call(home, update, path="/other") == 404
        for broken in (b"", b"{", b"[]", b'"x"', b'{"update_id": "7"}', b"\xff", b"[" * 100_000):
            assert await call(home, broken) == 400
        assert await handled(home) == before
        assert await call(home, update) == 200
        assert await handled(home) == before + 1


async def test_an_update_that_comes_twice_is_handled_once(tmp_path: Path) -> None:
    async with called(tmp_path) as home:
        admin = await home.admin()
        await home.box.idle()
        before, said = await handled(home), len(await admin.messages())
        await home.box.repeat((await home.box.updates())[-1].id)
        await home.box.idle()
        assert (await handled(home), len(await admin.messages())) == (before, said)


async def test_no_answer_is_given_before_the_commit_and_calls_meanwhile_are_turned_away(
    tmp_path: Path,
) -> None:
    async with called(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await home.box.idle()
        blocker = sqlite3.connect(home.database.path, isolation_level=None)
        try:
            await home.database._writer.execute("PRAGMA busy_timeout = 50")
            blocker.execute("BEGIN IMMEDIATE")
            await leader.press(SEND)
            async with asyncio.timeout(5):
                while not any("chưa ghi được" in toast for toast in await leader.toasts()):  # noqa: ASYNC110 - seen from outside
                    await asyncio.sleep(0.05)
            assert (await home.box.updates())[-1].confirmed_at is None
            assert await call(home, b'{"update_id": 7}') == 503
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text
        await home.box.idle()
        assert await home.count("SELECT count(*) FROM report_revision") == 1
        assert await call(home, b'{"update_id": 7}') == 200


async def test_what_is_sent_while_the_bot_is_down_comes_when_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    async with called(tmp_path, **hooked(port)) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        home.stop.set()
        await home.task
        await leader.press(SEND)
        async with moved_in(home.box, home.settings):
            await leader.sees("Đã nhận báo cáo")


async def test_polling_and_webhook_take_turns_and_nothing_is_lost(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        home.stop.set()
        await home.task
        await leader.say("/huy")
        by_webhook = home.settings.model_copy(update=hooked(free_port()))
        async with moved_in(home.box, by_webhook):
            seen = await leader.sees("Không có phiếu nào")
        said = await leader.say("/huy")
        async with moved_in(home.box, home.settings):
            assert (await leader.sees("Không có phiếu nào", after=said)).id > seen.id
        (removed,) = await home.box.calls("deleteWebhook")
        assert "drop_pending_updates" not in removed.params


async def test_a_webhook_that_somebody_removed_is_set_again(tmp_path: Path) -> None:
    async with called(tmp_path) as home:
        admin = await home.admin()
        async with aiohttp.ClientSession() as session:
            await session.post(f"{home.box.url}/bot{home.box.token}/deleteWebhook")
        await admin.say("/huy")
        await webhook_of(home).look()
        await admin.sees("Không có phiếu nào")


@pytest.mark.parametrize(
    ("method", "code"), [("setWebhook", 400), ("setWebhook", 502), ("getWebhookInfo", 429)]
)
async def test_a_start_survives_every_refusal_but_401(
    tmp_path: Path, method: str, code: int
) -> None:
    async with running() as box:
        settings = {"TELEGRAM_BOT_TOKEN": box.token, "TELEGRAM_API_URL": box.url}
        details = {"parameters": {"retry_after": 1}} if code == 429 else {}
        await box.fault(method, "status", times=2, code=code, description="Trouble", **details)
        port = free_port()
        an = await box.person(1)
        await an.say("/start")
        async with started(tmp_path, **settings, **upper(hooked(port))):
            await an.sees("", timeout=20)


def upper(settings: dict[str, str]) -> dict[str, str]:
    return {name.upper(): value for name, value in settings.items()}
