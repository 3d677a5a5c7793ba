"""The programs that the demo runs, as real processes apart from the caller's settings."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, TypeVar
from zoneinfo import ZoneInfo

import aiohttp

import bot
from bot.config import console_language
from bot.domain.calendar import WEEKDAYS, Schedule
from bot.texts.en_demo import EnglishDemo
from bot.texts.vi_demo import VietnameseDemo

PRESET = "tam-ky-2022"
FIRST_DAY, DAY = date(2022, 3, 1), date(2022, 3, 14)
SCHEDULE = Schedule(
    time(15, 30), time(16, 30), time(20, 0), frozenset(WEEKDAYS), ZoneInfo("Asia/Ho_Chi_Minh")
)
ADMIN_ID = 9001
PATIENCE_S = 20.0

_TOKEN = "700000022:DEMO-opens-nothing"  # noqa: S105 - only the embedded Telegram knows it
_USERNAME = "trucbao_demo_bot"
_STOP_WITHIN_S = 8.0
_TAIL_LINES = 12
# Everything that a run may leave in the folder; the next run removes these and nothing else.
_DATABASE = "demo.db"
_DATABASE_FILES = (_DATABASE, *(f"{_DATABASE}{end}" for end in ("-wal", "-shm", ".lock")))
_BOT_LOG, _TELEGRAM_LOG, _PAGE = "demo-bot.log", "demo-telegram.log", "demo.html"
# Pictures by their number of units: the chat's own, and two that are drawn from samples.
PLAYED_UNITS, FEW_UNITS, MANY_UNITS = 13, 4, 60
_TARGETS_PICTURE = "hinh-chi-tieu.png"
_PICTURES = {n: f"hinh-{n}-don-vi.png" for n in (PLAYED_UNITS, FEW_UNITS, MANY_UNITS)}

_T = TypeVar("_T")
_TELLERS = {"vi": VietnameseDemo, "en": EnglishDemo}
# The chats that are played are Vietnamese: they are what the play is checked by.
say = _TELLERS[console_language()]()


class StageError(Exception):
    """The play cannot go on; `args[0]` tells why, with the end of a log where that helps."""


def at(clock_time: str, day: date = DAY) -> datetime:
    """The moment of that clock time, on the day of the play unless another is named."""
    return datetime.combine(day, time.fromisoformat(clock_time), SCHEDULE.zone)


@dataclass(slots=True)
class _Child:
    name: str
    process: asyncio.subprocess.Process
    log: Path
    may_end: bool = False


class Stage:
    """An embedded Telegram, a bot that talks to it, and the files that they leave."""

    def __init__(self, out: Path, folder: Path) -> None:
        self.database = out / _DATABASE
        self.page = out / _PAGE
        self.targets_picture = out / _TARGETS_PICTURE
        self.pictures = {units: out / name for units, name in _PICTURES.items()}
        self.url = ""
        self._bot_log = out / _BOT_LOG
        self._telegram_log = out / _TELEGRAM_LOG
        self._folder = folder
        self._children: list[_Child] = []
        self._watches: set[asyncio.Task[None]] = set()
        self._fallen: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._bot: _Child | None = None

    @property
    def bot_pid(self) -> int:
        return self._bot.process.pid if self._bot else 0

    async def start_telegram(self) -> None:
        with self._telegram_log.open("ab") as log:
            child = await self._start(
                *("sandbox", "--token", _TOKEN, "--username", _USERNAME, "--limits", "sliding"),
                log=log,
                stdout=asyncio.subprocess.PIPE,
            )
        if child.process.stdout is None:
            raise RuntimeError("the pipe was asked for")
        line = await self.watched(child.process.stdout.readline())
        if not line:
            await asyncio.wait({self._fallen})
            self._fallen.result()
        self.url = json.loads(line)["url"]

    async def start_bot(self) -> None:
        with self._bot_log.open("ab") as log:
            self._bot = await self._start("bot", "run", log=log, stdout=log)

    async def kill_bot(self) -> None:
        """End the bot as a power cut would: nothing of it runs on, not even its clean-up."""
        if self._bot:
            self._bot.may_end = True
            self._bot.process.kill()
            await self._bot.process.wait()

    async def stop_bot(self) -> None:
        """End the bot as a service manager would, so that everything is on the disk."""
        if self._bot:
            self._bot.may_end = True
            self._bot.process.terminate()
            async with asyncio.timeout(_STOP_WITHIN_S):
                await self._bot.process.wait()

    async def tool(self, *arguments: str) -> str:
        """Run `trucbao` with these arguments and return what it printed. Raises StageError."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=self._folder,
            env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            told, wrong = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            problem = wrong.decode(errors="replace").strip()
            raise StageError(say.command_failed(arguments[0], process.returncode, problem))
        return told.decode().strip()

    async def watched(self, work: Coroutine[None, None, _T]) -> _T:
        """Do the work for as long as no child ends unbidden. Raises StageError."""
        task = asyncio.create_task(work)
        either: set[asyncio.Future[Any]] = {task, self._fallen}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self._fallen.done():
                self._fallen.result()
            return await task
        except (AssertionError, aiohttp.ClientError, TimeoutError) as error:
            # What was waited for is missing perhaps because a child has just died: that tells more.
            await asyncio.wait({self._fallen}, timeout=0.5)
            if self._fallen.done():
                self._fallen.result()
            problem = str(error) or type(error).__name__
            raise StageError(
                say.not_as_told(problem, str(self._bot_log), _tail(self._bot_log))
            ) from error
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def close(self) -> None:
        running = [child for child in self._children if child.process.returncode is None]
        for child in running:
            child.may_end = True
            child.process.terminate()
        try:
            if self._watches:
                await asyncio.wait(self._watches, timeout=_STOP_WITHIN_S)
        finally:
            for child in running:
                with contextlib.suppress(ProcessLookupError):
                    child.process.kill()
        if self._watches:
            await asyncio.wait(self._watches)
        self._fallen.cancel()

    async def _start(
        self, module: str, *arguments: str, log: IO[bytes], stdout: IO[bytes] | int
    ) -> _Child:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments),
            cwd=self._folder,
            env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stdout,
            stderr=log,
        )
        child = _Child(f"python -m {module}", process, Path(log.name))
        self._children.append(child)
        watch = asyncio.create_task(self._watch(child))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return child

    async def _watch(self, child: _Child) -> None:
        status = await child.process.wait()
        if not child.may_end and not self._fallen.done():
            told = say.died_unexpectedly(child.name, status, str(child.log), _tail(child.log))
            self._fallen.set_exception(StageError(told))

    def _environment(self) -> dict[str, str]:
        """Only what the programs need: no setting, proxy or token of the caller comes through."""
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        return kept | {
            "PYTHONPATH": str(Path(bot.__file__).parents[1]),
            "PYTHONUTF8": "1",
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_API_URL": self.url,
            "SANDBOX_CLOCK_URL": self.url,
            "DATABASE_PATH": str(self.database),
            "ADMIN_IDS": str(ADMIN_ID),
            "TIMEZONE": SCHEDULE.zone.key,
            "DUTY_OPENS": f"{SCHEDULE.opens:%H:%M}",
            "DUTY_DUE": f"{SCHEDULE.due:%H:%M}",
            "DUTY_LOCKS": f"{SCHEDULE.locks:%H:%M}",
        }


@contextlib.asynccontextmanager
async def staged(out: Path) -> AsyncIterator[Stage]:
    """Set up in a folder, replacing what an earlier play left there; no child outlives the block."""
    out = _cleared(out)
    with tempfile.TemporaryDirectory(prefix="trucbao-demo-") as folder, _ended_by_sigterm():
        stage = Stage(out, Path(folder))
        try:
            await stage.start_telegram()
            yield stage
        finally:
            await stage.close()


def _cleared(out: Path) -> Path:
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    files = (*_DATABASE_FILES, _BOT_LOG, _TELEGRAM_LOG, _PAGE, _TARGETS_PICTURE)
    for name in (*files, *_PICTURES.values()):
        (out / name).unlink(missing_ok=True)
    return out


@contextlib.contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the play with its children; Ctrl-C does so already. Raises StageError."""
    loop, play = asyncio.get_running_loop(), asyncio.current_task()
    is_told = False

    def end() -> None:
        nonlocal is_told
        is_told = True
        if play:
            play.cancel()

    loop.add_signal_handler(signal.SIGTERM, end)
    try:
        yield
    except asyncio.CancelledError:
        if is_told:
            raise StageError(say.terminated) from None
        raise
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


def _tail(log: Path) -> str:
    try:
        lines = log.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        lines = []
    return "\n".join(f"  {line}" for line in lines[-_TAIL_LINES:]) or f"  {say.empty_log}"
