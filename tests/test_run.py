"""`trucbao run` as the process that a machine starts, watches and stops."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import Settings
from sandbox.server import Box, running
from storage.instance import only_instance
from tests.shell import Shell

PROGRAM = Path(sys.executable).with_name("trucbao")
LONGEST_STOP_S = 10


@dataclass
class Running:
    process: asyncio.subprocess.Process

    async def says(self, words: str) -> None:
        assert self.process.stderr
        async with asyncio.timeout(20):
            while words not in (line := (await self.process.stderr.readline()).decode()):
                assert line, "it has ended"

    async def ends(self) -> tuple[int, str]:
        assert self.process.stderr
        async with asyncio.timeout(LONGEST_STOP_S):
            told = await self.process.stderr.read()
            return await self.process.wait(), told.decode()


@contextlib.asynccontextmanager
async def started(
    folder: Path, *, program: Sequence[str | Path] = (PROGRAM,), **settings: str
) -> AsyncIterator[Running]:
    names = {name.upper() for name in Settings.model_fields}
    environment = {key: value for key, value in os.environ.items() if key not in names}
    process = await asyncio.create_subprocess_exec(
        *program,
        "run",
        cwd=folder,
        env=environment | settings,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def of(box: Box) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": box.token, "TELEGRAM_API_URL": box.url}


def test_without_a_token_one_line_names_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, monkeypatch, capsys)
    shell("run").refused(2, "TELEGRAM_BOT_TOKEN", "demo")
    assert list(tmp_path.iterdir()) == []


async def test_a_revoked_token_ends_it_within_seconds_with_one_line(tmp_path: Path) -> None:
    async with running() as box:
        await box.revoke()
        began = time.monotonic()
        async with started(tmp_path, **of(box)) as bot:
            status, told = await bot.ends()
        assert time.monotonic() - began < 8
    assert status == 1
    assert told.count("\n") == 1
    assert "401" in told
    assert "@BotFather" in told
    assert box.token not in told


async def test_a_token_revoked_while_it_runs_ends_it_too(tmp_path: Path) -> None:
    async with running() as box, started(tmp_path, **of(box)) as bot:
        await bot.says("ready")
        await box.revoke()
        an = await box.person(1)
        await an.say("/start")
        status, told = await bot.ends()
    assert status == 1
    assert "401" in told.splitlines()[-1]
    assert box.token not in told
    assert "Traceback" not in told


async def test_sigterm_ends_it_in_time_and_a_second_one_does_no_harm(tmp_path: Path) -> None:
    async with running() as box, started(tmp_path, **of(box)) as bot:
        await bot.says("ready")
        bot.process.send_signal(signal.SIGTERM)
        for _ in range(40):
            await asyncio.sleep(0.05)
            with contextlib.suppress(ProcessLookupError):
                bot.process.send_signal(signal.SIGTERM)
        status, told = await bot.ends()
    assert status == 0, told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("*-wal")), "closed in order"


async def test_sigterm_ends_it_while_telegram_is_out_of_reach(tmp_path: Path) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": "12:hunter2", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    async with started(tmp_path, **settings) as bot:
        await bot.says("Telegram not reached")
        bot.process.send_signal(signal.SIGTERM)
        status, told = await bot.ends()
    assert status == 0, told
    assert "hunter2" not in told


async def test_a_second_bot_on_the_same_database_is_told_who_runs(tmp_path: Path) -> None:
    with only_instance(tmp_path / "trucbao.db"):
        async with (
            running() as box,
            started(tmp_path, DATABASE_PATH=str(tmp_path / "trucbao.db"), **of(box)) as bot,
        ):
            status, told = await bot.ends()
    assert status == 1
    assert told.count("\n") == 1
    assert f"pid {os.getpid()}" in told
    assert "Dừng nó trước" in told


@pytest.mark.parametrize(
    ("database", "words"), [("missing/trucbao.db", "thư mục chưa có"), ("..", "không mở được")]
)
async def test_a_database_that_cannot_be_opened(tmp_path: Path, database: str, words: str) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": "12:hunter2", "DATABASE_PATH": database}
    async with started(tmp_path, **settings) as bot:
        status, told = await bot.ends()
    assert status == 1
    assert told.count("\n") == 1
    assert words in told
