"""The bot as a service unit keeps it: started again after each end, whatever ended it."""

import asyncio
import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.server import Box

# The unit waits 30 s; nothing here is learned from waiting.
RESTARTS_AFTER_S = 0.3
_LOOKS_EACH_S = 0.05
_PATIENCE_S = 90.0
# Another user could not read the libraries that belong to root: that bot would die of something else.
_ORDINARY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass(slots=True)
class Service:
    """`ends` are the statuses with which the program ended, oldest first; negative for a signal.

    `is_ordinary`: even root is held to the rights that files give.
    """

    box: Box
    folder: Path
    environment: Mapping[str, str]
    wrapped: tuple[str, ...] = ()
    is_ordinary: bool = False
    ends: list[int] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _calls_before: int = 0
    _may_run: asyncio.Event = field(default_factory=asyncio.Event)
    _is_over: bool = False

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise LookupError("the bot was never started")
        if not self.wrapped:
            return self._process.pid
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return int(children[0]) if children else pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def is_up(self) -> bool:
        """Whether the process of now asks for updates."""
        calls = self.box.api.ledger.calls[self._calls_before :]
        return self.is_running and any(call.method == "getUpdates" for call in calls)

    async def keep(self) -> None:
        """Run it until `end`."""
        self._may_run.set()
        while not self._is_over:
            await self._may_run.wait()
            await self._live()
            if not self._is_over:
                await asyncio.sleep(RESTARTS_AFTER_S)

    async def stop(self) -> None:
        """Stop it as an operator would, and do not start it again until `start`."""
        self._may_run.clear()
        self.signal(signal.SIGTERM)
        await self.ended()

    def start(self) -> None:
        self._may_run.set()

    async def end(self) -> None:
        self._is_over = True
        self._may_run.set()
        self.signal(signal.SIGTERM)
        await self.ended()

    def signal(self, number: signal.Signals) -> None:
        if self.is_running:
            with contextlib.suppress(ProcessLookupError, FileNotFoundError):
                os.kill(self.pid, number)

    async def ended(self) -> None:
        if self._process:
            await self._process.wait()

    async def ends_with(self, status: int, *, times: int = 1) -> None:
        """Wait until it has ended so often with this status from now on."""
        wanted = self.ends.count(status) + times
        await _until(lambda: self.ends.count(status) >= wanted)

    async def comes_up(self) -> None:
        await _until(lambda: self.is_up)

    def limit_files_to(self, size: int) -> None:
        """Let no file that the process writes to grow beyond this; -1 lets all grow."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    async def second(self) -> tuple[int, str]:
        """Start one more on the same database, and return how it ends and what it says."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.dying",
            "run",
            env=dict(self.environment),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            async with asyncio.timeout(_PATIENCE_S):
                told, _ = await process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            status = await process.wait()
        return status, told.decode()

    async def _live(self) -> None:
        self._calls_before = len(self.box.api.ledger.calls)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(_ORDINARY if self.is_ordinary and os.geteuid() == 0 else ()),
                *self.wrapped,
                sys.executable,
                "-m",
                "tests.dying",
                "run",
                env=dict(self.environment),
                cwd=self.folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            self.ends.append(await self._process.wait())
        except asyncio.CancelledError:
            self.signal(signal.SIGKILL)
            await self._process.wait()
            raise


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 - what happens in another process sets no event
            await asyncio.sleep(_LOOKS_EACH_S)
