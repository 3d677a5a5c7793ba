"""Scripted failures of the Bot API."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import MisuseError

KINDS = ("status", "reset", "timeout", "slow", "deliver_then_timeout", "deliver_then_reset")


@dataclass(slots=True, eq=False)
class Fault:
    method: str
    kind: str
    times: int | None = 1
    """How many calls it hits; None for all until it is cleared."""
    chat_id: int | None = None
    code: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, Any] = field(default_factory=dict)
    raw: str = ""
    """Sent instead of the JSON body, as by a proxy before the Bot API."""
    seconds: float = 60.0
    hits: int = 0

    def matches(self, method: str, chat_id: str) -> bool:
        return (
            (self.times is None or self.hits < self.times)
            and self.method.lower() in {"*", method.lower()}
            and (self.chat_id is None or str(self.chat_id) == chat_id)
        )


class Script:
    """Faults in the order in which they were asked for; the first that matches is used."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        if fault.kind not in KINDS:
            raise MisuseError(f"unknown kind of fault {fault.kind!r}; there are {', '.join(KINDS)}")
        self.faults.append(fault)

    def take(self, method: str, chat_id: str) -> Fault | None:
        for fault in self.faults:
            if fault.matches(method, chat_id):
                fault.hits += 1
                return fault
        return None

    def clear(self) -> None:
        self.faults.clear()
