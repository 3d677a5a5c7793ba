"""Receiving by webhook: acknowledged after the commit, called by Telegram alone, as honest as polling."""

import asyncio
import contextlib
import io
import json
import signal
import socket
import sqlite3
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.backoff import TokenRejectedError
from bot.domain.people import Role
from bot.intake import ALLOWED_UPDATES
from bot.webhook import LARGEST_BODY, SECRET_HEADER
from sandbox.people import Person
from sandbox.server import running
from tests.dying import Fate, Moment
from tests.handlers.test_duty_report import NORMAL, SEND
from tests.hooked import called, free_port, hooked, until, upper
from tests.house import House, house, moved_in
from tests.test_run import of, started

ROOT = Path(__file__).parent.parent


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
            await until(lambda: told_of_trouble(leader))
            assert (await home.box.updates())[-1].confirmed_at is None
            assert await call(home, b'{"update_id": 7}') == 503
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text
        await home.box.idle()
        assert await home.count("SELECT count(*) FROM report_revision") == 1
        assert await call(home, b'{"update_id": 7}') == 200


async def told_of_trouble(person: Person) -> bool:
    return any("chưa ghi được" in toast for toast in await person.toasts())


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


@pytest.mark.parametrize(
    ("method", "code"), [("setWebhook", 400), ("setWebhook", 502), ("getWebhookInfo", 429)]
)
async def test_a_start_survives_every_refusal_but_401(
    tmp_path: Path, method: str, code: int
) -> None:
    async with running() as box:
        details = {"parameters": {"retry_after": 1}} if code == 429 else {}
        await box.fault(method, "status", times=2, code=code, description="Trouble", **details)
        port = free_port()
        an = await box.person(1)
        await an.say("/start")
        async with started(tmp_path, **of(box), **upper(hooked(port))):
            await an.sees("", timeout=20)


@pytest.mark.parametrize("moment", [Moment.IN_HANDLER, Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT])
async def test_a_kill_at_any_moment_loses_and_doubles_nothing(
    tmp_path: Path, moment: Moment
) -> None:
    mortal = (sys.executable, "-m", "tests.dying")
    async with running() as box:
        settings = {**of(box), **upper(hooked(free_port())), "PYTHONPATH": str(ROOT)}
        # The first commit is that of the look which finds Telegram.
        passage = 1 if moment is Moment.IN_HANDLER else 2
        fate = Fate(moment, passage=passage).written()
        an = await box.person(1)
        async with started(tmp_path, program=mortal, **settings, **fate) as bot:
            await bot.says("webhook set")
            await until(lambda: counted(tmp_path, "SELECT count(*) FROM liveness"))
            await an.say("/start")
            assert await asyncio.wait_for(bot.process.wait(), 20) == -signal.SIGKILL
        assert await counted(tmp_path, "SELECT count(*) FROM handled_update") == (
            moment is Moment.AFTER_COMMIT
        )
        assert (await box.updates())[-1].confirmed_at is None
        async with started(tmp_path, **settings):
            await an.sees("", timeout=20)
            await box.idle()
        assert await counted(tmp_path, "SELECT count(*) FROM handled_update") == 1
        assert len([each for each in await an.messages() if each.from_bot]) == 1


async def counted(folder: Path, sql: str) -> int:
    with contextlib.closing(sqlite3.connect(folder / "trucbao.db", timeout=10)) as connection:
        return int(connection.execute(sql).fetchone()[0])


async def test_a_stop_lets_nobody_in_and_finishes_what_is_being_committed(tmp_path: Path) -> None:
    async with called(tmp_path) as home:
        admin = await home.admin()
        await home.box.idle()
        blocker = sqlite3.connect(home.database.path, isolation_level=None)
        try:
            await home.database._writer.execute("PRAGMA busy_timeout = 50")
            blocker.execute("BEGIN IMMEDIATE")
            await admin.say("/huy")
            await until(lambda: refused(home))
            home.stop.set()
            await until(lambda: unanswered(home))
            assert (await home.box.updates())[-1].confirmed_at is None
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        await home.task
        await home.box.idle()
        assert (await home.box.updates())[-1].confirmed_at


async def refused(home: House) -> bool:
    return not home.parts.heard.is_set()


async def unanswered(home: House) -> bool:
    try:
        return not await call(home, b"", "x")
    except aiohttp.ClientError:
        return True


async def test_a_token_revoked_while_it_runs_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.webhook.LOOK_EACH_S", 0.02)
    async with called(tmp_path) as home:
        await home.box.revoke()
        with pytest.raises(TokenRejectedError):
            await asyncio.wait_for(home.task, 10)
        home.task = asyncio.create_task(asyncio.sleep(0))


async def test_a_port_that_is_taken_ends_it_with_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with running() as box, started(tmp_path, **of(box), **upper(hooked(port))) as bot:
            status, told = await bot.ends()
    assert status == 1
    assert f"WEBHOOK_LISTEN: không mở được 127.0.0.1:{port} (EADDRINUSE)" in told.splitlines()[-1]
    assert "Traceback" not in told


async def test_the_secret_stands_in_no_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with called(tmp_path, log_level="DEBUG") as home:
        await home.admin()
        await call(home, b"", "x")
        await call(home, b"{")
        await home.box.fault("setWebhook", "status", code=400, description="Bad Request: x")
        secret = home.settings.door.secret if home.settings.door else ""
    assert secret
    assert secret not in "".join(capsys.readouterr())
