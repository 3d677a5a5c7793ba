"""One update while it is being handled."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.database import Session


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a button press; without text it only stops the button's spinner."""

    query_id: str
    text: str = ""


@dataclass(slots=True)
class Turn:
    """What handlers need of the update's transaction.

    `received_at` is when it came in: a submission is timed by that, not by its handling. `key`
    names the update in the keys of the messages that answer it.
    """

    session: Session
    received_at: datetime
    key: str
    toasts: list[Toast] = field(default_factory=list)
