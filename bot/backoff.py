"""Waiting longer after each failure in a row, and the one failure that no waiting mends."""

import random
import time

FIRST_S = 0.5
LONGEST_S = 30.0


class TokenRejectedError(Exception):
    """Telegram answers 401: the token is wrong or was revoked."""


class Backoff:
    def __init__(self) -> None:
        self._failures = 0

    def reset(self) -> None:
        self._failures = 0

    def next(self) -> float:
        """Seconds to wait after one more failure; spread, so that many do not come back at once."""
        wait: float = min(LONGEST_S, FIRST_S * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        return wait * random.uniform(0.8, 1.0)  # noqa: S311 - not for secrets


class Delay:
    """Something that failed before: when, by the monotonic clock, it may be tried again."""

    def __init__(self) -> None:
        self._backoff = Backoff()
        self.until = 0.0

    def prolong(self) -> None:
        self.until = time.monotonic() + self._backoff.next()
