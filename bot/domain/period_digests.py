"""Digests of a week and a month: when each is told, and what is owed by now."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.notices import Recipient
from bot.domain.periods import OutsideCalendarError, Period, previous

LAST_DAY_OF_ANY_MONTH = 28
"""A digest on a later day would be left out in February."""


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """`weekday` by its name, as in calendar.WEEKDAYS."""

    weekday: str
    at: time

    def __str__(self) -> str:
        return f"{self.weekday} {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class MonthlyTime:
    """`day` of the month, at most LAST_DAY_OF_ANY_MONTH."""

    day: int
    at: time

    def __str__(self) -> str:
        return f"{self.day} {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A moment at which a digest was to go out, with its day in the command's zone."""

    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class PeriodDigest:
    """One week or month that one recipient is to be told of."""

    period: Period
    first: date
    last: date
    recipient: str
    scheduled_at: datetime

    @property
    def key(self) -> str:
        return f"period:{self.period}:{self.first.isoformat()}:{self.recipient}"


def owed(
    occurrences: Mapping[Period, Occurrence],
    audience: Sequence[Recipient],
    told: Collection[tuple[Period, date, str]],
    first_day: date,
) -> tuple[PeriodDigest, ...]:
    """What the newest `occurrences` ask for and is not in `told`: the last whole week or month before.

    A digest is known by its period, so another time never tells one twice. Periods that were over
    before `first_day`, the command's first reporting day, are not told, and nobody hears of what was due
    before they came.
    """
    found = []
    for name, occurrence in occurrences.items():
        with suppress(OutsideCalendarError):
            first, last = previous(name, occurrence.day)
            found += [
                PeriodDigest(name, first, last, recipient.key, occurrence.at)
                for recipient in audience
                if last >= first_day
                and recipient.since < occurrence.at
                and (name, first, recipient.key) not in told
            ]
    return tuple(found)
