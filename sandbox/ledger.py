"""What was asked of the Bot API, and what came of it."""

from dataclasses import dataclass, fields
from typing import Any

POLL = "getupdates"


@dataclass(slots=True, eq=False)
class Call:
    n: int
    at: str
    method: str
    params: dict[str, Any]
    status: int | None = None
    """The HTTP status; None while the call runs, or if it never had an answer."""
    result: Any = None
    description: str = ""
    retry_after: int | None = None
    applied: bool = False
    """Whether it took effect, even if the answer was lost."""
    answered: bool = False
    """Whether the answer was written to a connection that was still open."""
    running: bool = True


SHOWN = tuple(each.name for each in fields(Call))


class Ledger:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.last_activity = 0.0
        self._running = 0

    def open(self, at: str, elapsed: float, method: str, params: dict[str, Any]) -> Call:
        call = Call(len(self.calls) + 1, at, method, params)
        self.calls.append(call)
        if method.lower() != POLL:
            self._running += 1
            self.last_activity = elapsed
        return call

    def close(self, call: Call, elapsed: float) -> None:
        call.running = False
        if call.method.lower() != POLL:
            self._running -= 1
            self.last_activity = elapsed

    def busy(self) -> bool:
        """Tell whether a call other than getUpdates runs."""
        return self._running > 0

    def since(self, n: int, method: str | None) -> list[dict[str, Any]]:
        """Return the calls after the n-th, of one method or all."""
        return [
            {name: getattr(call, name) for name in SHOWN}
            for call in self.calls[n:]
            if method is None or call.method.lower() == method.lower()
        ]
