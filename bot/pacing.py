"""Pacing under Telegram's limits: 30 a second in all, 1 a second to a person, 20 a minute to a group.

Telegram's own way of counting is not known. Leaving evenly, and never too many for any second of the
receiver, stays under a sliding second, a token bucket and a penalty ban alike.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram.error import RetryAfter

from bot.gate import WINDOW_S, Gate


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a message takes up: of all chats, of one person, of one group."""

    overall: float = 1 / 30
    person: float = 1.0
    group: float = 3.05

    @property
    def a_second(self) -> int:
        """Messages in a second to all chats; 0 is no limit."""
        return max(1, round(WINDOW_S / self.overall)) if self.overall else 0


NO_LIMITS = Limits(0, 0, 0)
# Beyond what Telegram asks: its clock and ours need not agree.
_MARGIN_S = 0.3
_CROWD = 1000
# Rows that are taken before their turn: more would be in doubt after a crash, fewer would wait for the disk.
_AHEAD = 4
_SOON_S = 0.15


class Pacing:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._gate = Gate(limits.a_second)
        self._in_turn = asyncio.Lock()
        self._chats: dict[int, float] = {}
        self._is_probing = False
        self._wake_at = 0.0
        self._halted_until = 0.0
        self._paused_until = 0.0
        self._is_closed = False

    @property
    def is_paused(self) -> bool:
        return time.monotonic() < self._paused_until

    @property
    def width(self) -> int:
        """How many may be on the wire: after a 429 one, to learn whether it meant one chat or all."""
        return 1 if self._is_probing else _CROWD

    def look(self) -> None:
        """Begin a look at what may go; `next_slot_in` then tells when the next look is worth it."""
        self._wake_at = 0.0
        if len(self._chats) > _CROWD:
            now = time.monotonic()
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}

    def is_free(self, chat_id: int) -> bool:
        return self.passed(self._chats.get(chat_id, 0.0))

    def room(self) -> int:
        """How many rows may be taken now: as many as leave in a moment, so that none waits for the disk."""
        if not self._limits.overall:
            return _CROWD
        if not self.passed(max(self._halted_until, self._paused_until)):
            return 0
        now = time.monotonic()
        wait = self._gate.opens_in(now)
        return _AHEAD if wait is not None and self.passed(now + wait - _SOON_S) else 0

    @asynccontextmanager
    async def turn(self, chat_id: int, *, is_message: bool = True) -> AsyncIterator[bool]:
        """A place on the wire, in the order of asking; False if it would not come in a moment.

        It is held until the answer is there. A call that shows nothing new, as pinning, lets the chat's
        next message go at once.
        """
        async with self._in_turn:
            may_leave = await self._opens()
            if may_leave:
                self._gate.leave(time.monotonic())
        try:
            yield may_leave
        finally:
            if may_leave:
                now = time.monotonic()
                self._gate.answer(now)
                if is_message:
                    gap = self._limits.person if chat_id > 0 else self._limits.group
                    self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), now + gap)

    async def _opens(self) -> bool:
        while not self._is_closed and self._is_let_go() and self._gate.under_way < self.width:
            wait = self._gate.opens_in(time.monotonic())
            if not wait:
                return wait is not None
            await asyncio.sleep(wait)
        return False

    def _is_let_go(self) -> bool:
        return time.monotonic() >= max(self._halted_until, self._paused_until)

    def next_slot_in(self, at_most: float) -> float:
        """Seconds until something that was held back now may go."""
        if not self._wake_at:
            return at_most
        return max(0.0, min(at_most, self._wake_at - time.monotonic()))

    def halt(self, chat_id: int, error: RetryAfter) -> None:
        """Obey a 429. The first halts its chat; the next one before a success halts everything."""
        until = time.monotonic() + retry_seconds(error) + _MARGIN_S
        self._chats[chat_id] = until
        if self._is_probing:
            self._halted_until = max(self._halted_until, until)
        self._is_probing = True

    def succeeded(self) -> None:
        self._is_probing = False

    def pause(self, seconds: float) -> None:
        """Let nothing out for a while: the network is down."""
        self._paused_until = time.monotonic() + seconds

    def close(self) -> None:
        """Let nothing out any more."""
        self._is_closed = True

    def passed(self, moment: float) -> bool:
        """Whether the moment has come; if not, the next look is due then at the latest."""
        if time.monotonic() >= moment:
            return True
        self._wake_at = min(self._wake_at or moment, moment)
        return False


def retry_seconds(error: RetryAfter) -> float:
    """Seconds that Telegram asks to wait; PTB is on its way from whole seconds to timedelta."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
