"""A webhook through which nothing comes is silence: nobody is late for it, and the admins know."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.domain.people import Role
from sandbox.server import running
from tests.handlers.test_duty_report import NORMAL, SEND
from tests.hooked import called, free_port, hooked, until, upper, webhook_of
from tests.house import House, house
from tests.shell import Shell
from tests.test_run import of


class Proxy:
    """The reverse proxy between Telegram and the bot, while it is up."""

    def __init__(self, port: int) -> None:
        self.is_up = True
        self._to = f"http://127.0.0.1:{port}"

    async def pass_on(self, request: web.Request) -> web.Response:
        if not self.is_up:
            return web.Response(status=502)
        async with aiohttp.ClientSession() as session:
            sent = session.post(
                f"{self._to}{request.path}", data=await request.read(), headers=request.headers
            )
            async with sent as answer:
                return web.Response(status=answer.status)


@contextlib.asynccontextmanager
async def behind_proxy(folder: Path, **settings: Any) -> AsyncIterator[tuple[House, Proxy]]:
    port = free_port()
    proxy = Proxy(port)
    application = web.Application()
    application.router.add_post("/trucbao", proxy.pass_on)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/trucbao"
        listen = f"127.0.0.1:{port}"
        async with house(folder, webhook_url=address, webhook_listen=listen, **settings) as home:
            yield home, proxy
    finally:
        await runner.cleanup()


async def lost_for_25_minutes(home: House, proxy: Proxy) -> None:
    """What was done just before waits at Telegram; at 16:45 it comes through, if it still waits."""
    await webhook_of(home).look()
    assert home.parts.heard.is_set(), "it may have been done just now"
    await webhook_of(home).look()
    assert not home.parts.heard.is_set()
    await home.at("16:45")
    assert await home.count("SELECT count(*) FROM outbox WHERE kind = 'digest'") == 0
    proxy.is_up = True


async def test_a_press_that_never_came_through_makes_nobody_late(tmp_path: Path) -> None:
    async with behind_proxy(tmp_path) as (home, proxy):
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await home.at("16:20")
        await home.settled()
        await webhook_of(home).look()
        proxy.is_up = False
        await leader.press(SEND)
        await lost_for_25_minutes(home, proxy)
        await webhook_of(home).look()  # the press is gone after 150 s
        await leader.sees("Hệ thống gián đoạn")
        await leader.press(SEND)
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text


async def test_a_text_that_waited_ends_the_outage_when_it_comes_through(tmp_path: Path) -> None:
    async with behind_proxy(tmp_path) as (home, proxy):
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("16:20")
        await home.settled()
        await webhook_of(home).look()
        proxy.is_up = False
        await leader.say("/huy")
        await lost_for_25_minutes(home, proxy)
        await leader.sees("Không có phiếu nào")
        await leader.sees("Hệ thống gián đoạn")
        began, ended = (await home.rows("SELECT began_at, ended_at FROM outage"))[0]
        assert began / 1000 == pytest.approx(home.moment("16:20").timestamp(), abs=30)
        assert ended / 1000 == pytest.approx(home.moment("16:45").timestamp(), abs=30)


async def test_the_first_look_at_what_waits_is_no_sign_of_contact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.NOTE_EACH_S", 0.0)
    async with behind_proxy(tmp_path) as (home, proxy):
        admin = await home.admin()
        await home.box.idle()
        look, good_at = webhook_of(home).look, "SELECT good_at FROM liveness"
        first = await home.count(good_at)
        await home.box.jump(60)
        await look()
        second = await home.count(good_at)
        assert second > first
        proxy.is_up = False
        await admin.say("/huy")
        await asyncio.sleep(0.02)
        await look()
        assert await home.count(good_at) == second


async def test_the_admins_are_told_once_that_telegram_does_not_get_through(tmp_path: Path) -> None:
    async with behind_proxy(tmp_path) as (home, proxy):
        admin = await home.admin()
        proxy.is_up = False
        await admin.say("/huy")
        await until(lambda: failed(home))
        for _ in range(5):
            await webhook_of(home).look()
        told = await admin.sees("Telegram không gọi được tới bot (webhook): Wrong response from")
        assert "502" in told.text
        assert await home.count("SELECT count(*) FROM outbox WHERE kind = 'alert'") == 1


async def failed(home: House) -> bool:
    return bool((await home.box.updates())[-1].delivered_at)


async def test_a_telegram_that_does_not_answer_is_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.webhook.LOOK_EACH_S", 0.02)
    async with called(tmp_path) as home:
        await home.box.fault("getWebhookInfo", "status", times=None, code=502)
        await until(lambda: silent(home))
        await home.box.clear_faults()
        await asyncio.wait_for(home.parts.heard.wait(), 5)


async def silent(home: House) -> bool:
    return not home.parts.heard.is_set()


async def test_a_webhook_that_somebody_removed_is_set_again(tmp_path: Path) -> None:
    async with called(tmp_path) as home:
        admin = await home.admin()
        async with aiohttp.ClientSession() as session:
            await session.post(f"{home.box.url}/bot{home.box.token}/deleteWebhook")
        await admin.say("/huy")
        await webhook_of(home).look()
        await admin.sees("Không có phiếu nào")


async def test_check_tells_what_telegram_has_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, monkeypatch, capsys)
    await asyncio.to_thread(shell.does, "init")
    port = free_port()
    async with running() as box:

        async def checked(**settings: str) -> str:
            return (await asyncio.to_thread(shell, "check", **of(box), **settings)).out

        async def failing(settings: dict[str, str]) -> bool:
            return "lỗi gần nhất" in await checked(**settings)

        ours = upper(hooked(port))
        assert "webhook" not in (await checked()).lower()
        assert "! Webhook: chưa đặt" in await checked(**ours)
        async with aiohttp.ClientSession() as session:
            await session.post(
                f"{box.url}/bot{box.token}/setWebhook", data={"url": ours["WEBHOOK_URL"]}
            )
        assert "✔ Webhook: đã đặt, 0 tin đang chờ" in await checked(**ours)
        assert "! Telegram đang gọi một webhook" in await checked()
        await (await box.person(1)).say("/start")
        await until(lambda: failing(ours))
        told = await checked(**ours)
        assert "! Webhook: đã đặt, 1 tin đang chờ; lỗi gần nhất" in told
        assert "Connection refused" in told
