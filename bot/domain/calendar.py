"""Reporting days and their windows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REMINDER_LEAD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Window:
    """The times of one reporting day, in UTC: opens < reminder_at < due < locks."""

    day: date
    opens: datetime
    due: datetime
    locks: datetime

    @property
    def reminder_at(self) -> datetime:
        """A quarter of an hour before due; in a short window, half-way."""
        return max(self.due - REMINDER_LEAD, self.opens + (self.due - self.opens) / 2)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When reports are asked for; clock times are in `zone`, weekdays by name."""

    opens: time
    due: time
    locks: time
    weekdays: frozenset[str]
    zone: ZoneInfo

    def is_reporting_day(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.weekdays

    def window(self, day: date) -> Window:
        def at(clock_time: time) -> datetime:
            return datetime.combine(day, clock_time, self.zone).astimezone(UTC)

        return Window(day, at(self.opens), at(self.due), at(self.locks))

    def local_day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def days_from(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included; empty when they are the wrong way round."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
