"""Three guesses at Telegram's limits; nobody outside knows its own."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Protocol

OVERALL = "all chats"
Scope = str


class Limit(Protocol):
    def wait(self, scopes: dict[Scope, bool], now: float) -> float:
        """Count a call within its scopes; return the seconds to wait if it is refused, else 0.

        `scopes` tells of each whether it is a group. `now` is in seconds that only move forward.
        """


class _Rate:
    def __init__(self, count: int, seconds: float) -> None:
        self.count = count
        self.seconds = seconds
        self.taken: deque[float] = deque()

    def left_to_wait(self, now: float) -> float:
        while self.taken and now - self.taken[0] >= self.seconds:
            self.taken.popleft()
        if len(self.taken) < self.count:
            return 0.0
        return self.taken[0] + self.seconds - now


def _strict(scope: Scope, group: bool) -> _Rate:  # noqa: FBT001 - told apart by the caller's table
    if scope == OVERALL:
        return _Rate(30, 1.0)
    return _Rate(20, 60.0) if group else _Rate(1, 1.0)


class Sliding:
    """Any second: 30 in all, 1 to a private chat; any minute: 20 to a group. No grace."""

    def __init__(self) -> None:
        self._rates: dict[Scope, _Rate] = {}

    def exceeded(self, scopes: dict[Scope, bool], now: float) -> dict[Scope, float]:
        """Count the call if it fits everywhere; else return what each full scope asks to wait."""
        for scope, group in scopes.items():
            self._rates.setdefault(scope, _strict(scope, group))
        waits = {scope: self._rates[scope].left_to_wait(now) for scope in scopes}
        full = {scope: wait for scope, wait in waits.items() if wait > 0}
        if not full:
            for scope in scopes:
                self._rates[scope].taken.append(now)
        return full

    def wait(self, scopes: dict[Scope, bool], now: float) -> float:
        return max(self.exceeded(scopes, now).values(), default=0.0)


class Bucket:
    """Tokens that refill evenly: bursts of 30 in all, 5 to a private chat, 20 to a group."""

    def __init__(self) -> None:
        self._buckets: dict[Scope, tuple[float, float]] = {}

    @staticmethod
    def size_and_pace(scope: Scope, *, group: bool) -> tuple[float, float]:
        if scope == OVERALL:
            return 30.0, 30.0
        return (20.0, 20 / 60) if group else (5.0, 1.0)

    def wait(self, scopes: dict[Scope, bool], now: float) -> float:
        levels: dict[Scope, float] = {}
        longest = 0.0
        for scope, group in scopes.items():
            size, pace = self.size_and_pace(scope, group=group)
            level, since = self._buckets.get(scope, (size, now))
            levels[scope] = min(size, level + (now - since) * pace)
            longest = max(longest, (1 - levels[scope]) / pace)
        for scope, level in levels.items():
            self._buckets[scope] = (level if longest > 0 else level - 1, now)
        return longest


class Ban:
    """As Sliding, but whoever exceeds is shut out, for longer each time."""

    FIRST = 3.0
    LONGEST = 600.0
    FORGIVEN_AFTER = 300.0

    def __init__(self) -> None:
        self._sliding = Sliding()
        self._until: dict[Scope, float] = {}
        self._offences: dict[Scope, int] = defaultdict(int)

    def wait(self, scopes: dict[Scope, bool], now: float) -> float:
        left = max((self._until.get(scope, now) - now for scope in scopes), default=0.0)
        if left > 0:
            return left
        for scope in self._sliding.exceeded(scopes, now):
            if now - self._until.get(scope, now) > self.FORGIVEN_AFTER:
                self._offences[scope] = 0
            ban = min(self.FIRST * 2 ** self._offences[scope], self.LONGEST)
            self._offences[scope] += 1
            self._until[scope] = now + ban
            left = max(left, ban)
        return left


MODELS: dict[str, Callable[[], Limit]] = {"sliding": Sliding, "bucket": Bucket, "ban": Ban}


def whole_seconds(wait: float) -> int:
    """Return what `retry_after` says: whole seconds, never fewer than are needed."""
    return max(1, math.ceil(wait))
