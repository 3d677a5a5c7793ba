"""Even pacing under Telegram's limits: about 30 a second in all, 1 a second to a person, 20 a minute to a group.

Telegram's own way of counting is not known. Sending evenly stays under a sliding second, a token bucket
and a penalty ban alike; bursts do not.
"""

import time
from dataclasses import dataclass

from telegram.error import RetryAfter


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds between two messages: to anybody, to one person, to one group."""

    overall: float = 1 / 29
    person: float = 1.05
    group: float = 3.05


NO_LIMITS = Limits(0, 0, 0)
# Beyond what Telegram asks: its clock and ours need not agree.
_MARGIN_S = 0.3
_CROWD = 1000


class Pacing:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._next = 0.0
        self._chats: dict[int, float] = {}
        self._is_probing = False
        self._wake_at = 0.0
        self._paused_until = 0.0

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

    def take(self, chat_id: int, *, is_message: bool = True) -> bool:
        """Take the next slot for the chat, if it is there already.

        A call that shows nothing new, as pinning, lets the chat's next message go at once.
        """
        if not self.passed(self._next):
            return False
        now = time.monotonic()
        self._next = now + self._limits.overall
        if is_message:
            gap = self._limits.person if chat_id > 0 else self._limits.group
            self._chats[chat_id] = now + gap
        return True

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
            self._next = max(self._next, until)
        self._is_probing = True

    def succeeded(self) -> None:
        self._is_probing = False

    def pause(self, seconds: float) -> None:
        """Let nothing out for a while: the network is down."""
        self._paused_until = time.monotonic() + seconds
        self._next = max(self._next, self._paused_until)

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
