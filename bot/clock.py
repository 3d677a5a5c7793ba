"""The one source of time."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present moment in UTC."""

    def running(self) -> timedelta:
        """Return the time since some moment, evenly whatever the wall clock is set to."""


# Where there is one that goes on while the machine sleeps: that time is silence as well.
_EVEN = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def _even() -> timedelta:
    return timedelta(seconds=time.clock_gettime(_EVEN))


class ClockNotReachedError(Exception):
    """Nothing tells the time at `url`."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def running(self) -> timedelta:
        return _even()


async def _nothing() -> None: ...


class SandboxClock:
    """Follows the clock of the embedded Telegram, whose time jumps in demo and tests."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/control/clock"
        self._offset = timedelta()
        self._version = -1
        self.on_jump: Callable[[], Awaitable[None]] = _nothing

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def running(self) -> timedelta:
        """A jump stands for time that has passed."""
        return _even() + self._offset

    @contextlib.asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Read the time at once, and follow its jumps until the block ends.

        Raises ClockNotReachedError.
        """
        async with aiohttp.ClientSession() as session:
            try:
                await self._read(session, wait=0)
            except (aiohttp.ClientError, TimeoutError, ValueError, LookupError) as error:
                raise ClockNotReachedError(self._url) from error
            task = asyncio.create_task(self._follow(session))
            try:
                yield
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _follow(self, session: aiohttp.ClientSession) -> None:
        while True:
            try:
                jumped = await self._read(session, wait=20)
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            if jumped:
                await (
                    self.on_jump()
                )  # before the next request, which tells that the jump was followed

    async def _read(self, session: aiohttp.ClientSession, wait: int) -> bool:
        known = self._version
        query = {"version": str(known), "wait": str(wait), "follower": f"pid-{os.getpid()}"}
        async with session.get(self._url, params=query) as response:
            told = await response.json()
        self._version = int(told["version"])
        self._offset = timedelta(seconds=float(told["offset"]))
        return self._version != known


@contextlib.asynccontextmanager
async def clock_for(sandbox_url: str) -> AsyncIterator[Clock]:
    """The machine's clock, or with an address that of the embedded Telegram there."""
    if sandbox_url:
        clock = SandboxClock(sandbox_url)
        async with clock.following():
            yield clock
    else:
        yield SystemClock()
