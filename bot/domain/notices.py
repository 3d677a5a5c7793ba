"""Who is to be told what, as values: the facts that a look begins with, and what it finds owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import Window


class Rung(StrEnum):
    PROMPT = "prompt"
    OUTAGE = "outage"  # the bot was down; what the deadline is now
    REMINDER = "reminder"
    OVERDUE = "overdue"
    DEPUTIES = "deputies"
    DIGEST = "digest"  # at due, with who is missing
    ESCALATION = "escalation"  # who is still missing well after due
    FINAL = "final"  # when the last one is in, or at the lock
    LATE_DIGEST = "late_digest"  # several past days whose digests are owed at once
    MORNING = "morning"  # yesterday in one line


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to be told: a person's or a group's key, and since when they could be."""

    key: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Expectation:
    """One unit's report of one day: its window, who is asked first, and who stands behind them."""

    unit_id: int
    window: Window
    people: tuple[Recipient, ...]
    deputies: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One reporting day, who is expected, and when each report first came in.

    `window` is the day's as who reads of all units sees it.
    """

    window: Window
    expected: tuple[Expectation, ...]
    reported: Mapping[int, datetime]

    @property
    def is_complete(self) -> bool:
        return all(e.unit_id in self.reported for e in self.expected)

    @property
    def overdue_since(self) -> datetime | None:
        """The day's due, or that of the first missing unit if all of them are due later."""
        due = [e.window.due for e in self.expected if e.unit_id not in self.reported]
        return max(self.window.due, min(due)) if due else None

    @property
    def completed_at(self) -> datetime:
        """When the last of the expected reports came in; others do not count."""
        came_in = (self.reported.get(e.unit_id, self.window.opens) for e in self.expected)
        return max(came_in, default=self.window.opens)


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that is owed.

    `scheduled_at` is when it should have gone out; after `not_after` it no longer matters;
    `days` are the reporting days that it tells of, `unit_id` the unit that it asks; the rungs that
    it `passes_by` will never be sent, which is recorded together with it.
    """

    key: str
    rung: Rung
    recipient: str
    scheduled_at: datetime
    not_after: datetime | None
    days: tuple[date, ...]
    unit_id: int | None = None
    passes_by: tuple["Notice", ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """What to queue now; `closed` are days that need no more looking at, nor any before them."""

    notices: tuple[Notice, ...]
    closed: tuple[date, ...]

    @property
    def superseded(self) -> tuple[Notice, ...]:
        """Notices that were passed by and will never be sent."""
        return tuple(lower for notice in self.notices for lower in notice.passes_by)
