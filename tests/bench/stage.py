"""The embedded Telegram and the bots, each a process of its own, and the file that the bot begins with."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

import aiohttp

from bot.config import Settings
from bot.domain.people import Role
from bot.services.setup import initialise
from sandbox.people import Sandbox
from sandbox.server import TOKEN
from storage.database import Database
from storage.times import to_ms
from tests.house import ADMIN_ID, DAY

ROOT = Path(__file__).parents[2]
BOTS_CORE, OTHERS_CORE = 0, 1
FIRST_LEADER = 10_000


def stay_on(core: int, pid: int = 0) -> None:
    """Keep a process on one processor, where the system can and there are two."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})


@contextlib.asynccontextmanager
async def program(
    *arguments: str, core: int, log: Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Python program until the block ends, and then stop it as an operator would."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(environment or {})},
            cwd=log.parent,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    stay_on(core, process.pid)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.communicate(), 15)
            except TimeoutError:
                process.kill()
                await process.wait()


async def address_of(process: asyncio.subprocess.Process) -> str:
    """The address that a program tells in its first line."""
    if process.stdout is None:
        raise LookupError("its output is not read")
    return str(json.loads(await process.stdout.readline())["url"])


@contextlib.asynccontextmanager
async def telegram(folder: Path, limits: str | None = None) -> AsyncIterator[Sandbox]:
    arguments = ["-m", "sandbox", *(["--limits", limits] if limits else [])]
    async with (
        program(*arguments, core=OTHERS_CORE, log=folder / "sandbox.log") as process,
        Sandbox(await address_of(process), TOKEN) as box,
    ):
        yield box


class SlowNetwork:
    """A way to the embedded Telegram on which everything takes a while, once it is told to."""

    def __init__(self, url: str, process: asyncio.subprocess.Process) -> None:
        self.url = url
        self._process = process

    def slow_down(self) -> None:
        self._process.send_signal(signal.SIGUSR1)


@contextlib.asynccontextmanager
async def network(folder: Path, box: Sandbox, seconds: float) -> AsyncIterator[SlowNetwork]:
    arguments = ("-m", "tests.bench.slow_network", box.url, str(seconds))
    async with program(*arguments, core=OTHERS_CORE, log=folder / "network.log") as process:
        yield SlowNetwork(await address_of(process), process)


def moment(clock_time: str, day: date = DAY) -> datetime:
    zone = Settings(_env_file=None).timezone
    return datetime.combine(day, time.fromisoformat(clock_time), zone)


def environment(box: Sandbox, database: Path, api_url: str = "") -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": api_url or box.url,
        "SANDBOX_CLOCK_URL": box.url,
        "DATABASE_PATH": str(database),
        "ADMIN_IDS": str(ADMIN_ID),
        "LOG_LEVEL": "WARNING",
    }


async def fill(path: Path, leaders: int, now: datetime) -> None:
    """A command with as many units as leaders, one each, all of them joined."""
    schedule = Settings(_env_file=None).schedule
    numbers = range(1, leaders + 1)
    async with Database.open(path, create=True) as database, database.transaction() as session:
        await initialise(session, None, schedule, now)
        await session.run_many(
            "INSERT INTO unit (id, code, name, short_name, position, valid_from) "
            "VALUES (?, ?, ?, ?, ?, '2020-01-01')",
            [(n, f"u{n}", f"phường Số {n}", f"Số {n}", n) for n in numbers],
        )
        await session.run_many(
            "INSERT INTO unit_strength (unit_id, valid_from, establishment) "
            "VALUES (?, '2020-01-01', 24)",
            [(n,) for n in numbers],
        )
        await session.run_many(
            "INSERT INTO person (id, telegram_id, language) VALUES (?, ?, 'vi')",
            [(n, FIRST_LEADER + n) for n in numbers],
        )
        await session.run_many(
            "INSERT INTO assignment (person_id, role, unit_id, since_at) VALUES (?, ?, ?, ?)",
            [(n, Role.LEADER, n, to_ms(now)) for n in numbers],
        )


def processor_seconds(pid: int) -> float:
    """What a process has used of its processor so far, all threads together; 0 where nobody tells."""
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def forget_updates(box: Sandbox) -> None:
    """Let what people said so far be nobody's business: they have only opened their chats."""
    url = f"{box.url}/bot{box.token}/deleteWebhook"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data={"drop_pending_updates": "true"}) as answer,
    ):
        answer.raise_for_status()


async def polls(box: Sandbox, process: asyncio.subprocess.Process, within_s: float = 30.0) -> None:
    """Wait until the bot asks for updates."""
    async with asyncio.timeout(within_s):
        while not await box.calls("getUpdates"):
            if process.returncode is not None:
                raise LookupError(f"the bot ended with {process.returncode}; see its log")
            await asyncio.sleep(0.02)
