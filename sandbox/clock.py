"""Telegram's time: real time moved by an offset that a control call sets."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FOLLOWER_PATIENCE = 2.0
"""How long a jump waits for the followers to show that they know of it."""
FOLLOWER_MEMORY = 1.0
"""How long after its last poll a follower still counts as one."""


@dataclass(slots=True)
class _Follower:
    polling: int = 0
    known_version: int = 0
    last_seen: float = 0.0
    connected: Callable[[], bool] = bool

    def active(self) -> bool:
        if self.polling:
            return self.connected()
        return time.monotonic() - self.last_seen < FOLLOWER_MEMORY


class Clock:
    """The only place of the sandbox that asks the machine what time it is."""

    def __init__(self) -> None:
        self.offset = timedelta()
        self.version = 1
        self._moved = asyncio.Condition()
        self._followers: dict[str, _Follower] = {}

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def unix(self) -> float:
        return self.now().timestamp()

    def elapsed(self) -> float:
        """Seconds that no jump moves; what pacing is measured by."""
        return time.monotonic()

    @property
    def is_known(self) -> bool:
        """Whether somebody follows, and all who do know the time of now."""
        active = [each for each in self._followers.values() if each.active()]
        return bool(active) and all(each.known_version == self.version for each in active)

    async def jump(self, by: timedelta) -> None:
        """Move the time, and return when every active follower knows."""
        waiting = [each for each in self._followers.values() if each.active()]
        self.offset += by
        self.version += 1
        version = self.version
        async with self._moved:
            self._moved.notify_all()

        def all_know() -> bool:
            return all(each.known_version >= version or not each.active() for each in waiting)

        deadline = self.elapsed() + FOLLOWER_PATIENCE
        while not all_know() and self.elapsed() < deadline:  # noqa: ASYNC110 - a follower may also just vanish, which sets no event
            await asyncio.sleep(0.005)

    async def jump_to(self, moment: datetime) -> None:
        await self.jump(moment - self.now())

    async def moved_since(
        self, version: int, wait: float, follower: str | None, connected: Callable[[], bool]
    ) -> None:
        """Return when the clock's version is another than this one, or after `wait` seconds."""
        known = self._followers.setdefault(follower, _Follower()) if follower else _Follower()
        known.known_version = version
        known.connected = connected
        known.polling += 1
        try:
            async with self._moved:
                async with asyncio.timeout(wait):
                    await self._moved.wait_for(lambda: self.version != version)
        except TimeoutError:
            pass
        finally:
            known.polling -= 1
            known.last_seen = self.elapsed()

    async def release(self) -> None:
        """Let every waiting follower go, for the server is closing."""
        self.version += 1
        async with self._moved:
            self._moved.notify_all()
