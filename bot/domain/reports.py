"""A report, and what a submission means for it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar, Window
from bot.domain.forms import Answers, ReportType
from bot.domain.people import Role
from bot.domain.units import Unit

_MARK_LENGTH = 8
_CODE_LENGTH = 5
LINE_COUNTS_FOR = timedelta(minutes=10)
"""How long after a complete line was typed its card may be sent as of that moment."""


def mark(answers: Answers) -> str:
    """Name what a card shows, so that an old card cannot send what it does not show."""
    canonical = json.dumps(answers, sort_keys=True).encode()
    return hashlib.sha256(canonical).hexdigest()[:_MARK_LENGTH]


@dataclass(frozen=True, slots=True)
class Author:
    """Who submitted, by position: a role for a unit, or None for the command line."""

    person_id: int | None
    role: Role | None


@dataclass(frozen=True, slots=True)
class Form:
    """What is filled in: one report type, for one unit, in one reporting day's window.

    Where a unit has several a day, `subject` names what it is about and `topic` says it to people;
    the unit's establishment is then the number of those who are liable.
    """

    kind: ReportType
    unit: Unit
    window: Window
    subject: str = ""
    topic: str = ""

    @property
    def report_type(self) -> str:
        return self.kind.key

    @property
    def day(self) -> date:
        return self.window.day


@dataclass(frozen=True, slots=True)
class Report:
    """The newest revision of one unit's report for one reporting day."""

    unit_id: int
    day: date
    first_submitted_at: datetime
    due_at: datetime
    revision: int
    revised_at: datetime
    author: Author
    establishment: int | None
    answers: Answers
    late_reason: str = ""

    @property
    def is_on_time(self) -> bool:
        """Fixed by the first submission: a correction never makes a report late."""
        return self.first_submitted_at <= self.due_at

    @property
    def is_corrected_after_due(self) -> bool:
        return self.revision > 1 and self.revised_at > self.due_at


@dataclass(frozen=True, slots=True)
class UnitState:
    """What one unit has reported of one day, and whether a report is expected of it."""

    unit: Unit
    report: Report | None
    is_expected: bool


class NotAcceptedError(Exception):
    """A report for this day cannot be taken now."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class FutureDayError(NotAcceptedError):
    pass


class NoReportDueError(NotAcceptedError):
    """Nothing is expected of the unit on this day."""


class NotHeldError(NotAcceptedError):
    """What the report is about was cancelled."""


class ExemptError(NotAcceptedError):
    """The unit is exempt on this day."""

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(day)
        self.reason = reason


class LockedError(NotAcceptedError):
    def __init__(self, window: Window) -> None:
        super().__init__(window.day)
        self.locked_at = window.locks


def open_window(calendar: Calendar, unit_id: int, day: date, now: datetime) -> Window:
    """Return the day's window if the unit may report now, or raise NotAcceptedError.

    Before the opening nobody is asked, but who leaves early may report.
    """
    if day > calendar.schedule.local_day(now):
        raise FutureDayError(day)
    window = calendar.window(unit_id, day)
    if window is None:
        raise NoReportDueError(day)
    if exemption := calendar.exemption_of(unit_id, day):
        raise ExemptError(day, exemption.reason)
    if now >= window.locks:
        raise LockedError(window)
    return window


def submitted_at(pressed_at: datetime, typed_at: datetime | None) -> datetime:
    """Return the time of submission: the press, or the complete line shortly before it.

    A line from the future is a clock that is wrong, and does not count.
    """
    if typed_at and timedelta() <= pressed_at - typed_at <= LINE_COUNTS_FOR:
        return typed_at
    return pressed_at


class Outcome(StrEnum):
    ACCEPTED = "accepted"  # the first report, or a correction of what its author had seen
    REPEATED = "repeated"  # the same press again: the same receipt, no second row
    OVERTAKEN = "overtaken"  # somebody else's report came first: show it, change nothing


def outcome_of(
    existing: Report | None, seen_revision: int, answers: Answers, author: Author
) -> Outcome:
    """Decide what a press of the send button means, by the revision that its form had seen."""
    revision = existing.revision if existing else 0
    if existing is None or seen_revision == revision:
        return Outcome.ACCEPTED
    if existing.author == author and existing.answers == answers and seen_revision == revision - 1:
        return Outcome.REPEATED
    return Outcome.OVERTAKEN


def receipt_code(report_type: str, report: Report, about: str = "") -> str:
    """The receipt's short code: the same for the same revision, whoever asks and how often."""
    subject = f"{report_type}{about}:{report.day.isoformat()}:{report.unit_id}:{report.revision}"
    return hashlib.sha256(subject.encode()).hexdigest()[:_CODE_LENGTH].upper()
