"""When a target's own report is asked for: so many times a year, and by the event in between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.domain.calendar import Outage, Schedule, Window, after_outages

MONTHS = 12
# Who has days to report does not need a reminder a quarter of an hour before the last of them ends.
REMINDER_LEAD = timedelta(days=2)


class UnusableCalendarError(ValueError):
    """The days asked cannot be kept apart; carries what is wrong."""


class AskedAlreadyError(Exception):
    """The report is open already, or its own day of asking comes before it would be due; `day` is that day."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class TargetCalendar:
    """The year in as many equal periods as there are days `asked`, as (month, day), one in each.

    A report is due `due_days` after it was asked and locks after `lock_days`, before the next is asked.
    Raises UnusableCalendarError.
    """

    asked: tuple[tuple[int, int], ...]
    due_days: int
    lock_days: int

    def __post_init__(self) -> None:
        if not self.asked or MONTHS % len(self.asked):
            raise UnusableCalendarError(f"{len(self.asked)} periods a year")
        if not 0 < self.due_days < self.lock_days:
            raise UnusableCalendarError(f"due after {self.due_days}, locked {self.lock_days} days")
        days = [self.asked_on(start) for year in range(2023, 2027) for start in self.starts(year)]
        if any(
            not start <= day < self._next(start)
            for year in range(2023, 2027)
            for start, day in zip(self.starts(year), self._days(year), strict=True)
        ):
            raise UnusableCalendarError("a day asked lies outside its period")
        if any((b - a).days <= self.lock_days for a, b in pairwise(days)):
            raise UnusableCalendarError("asked again before it was locked")

    def starts(self, year: int) -> list[date]:
        """The first day of each period of the year."""
        months = MONTHS // len(self.asked)
        return [date(year, 1 + months * n, 1) for n in range(len(self.asked))]

    def asked_on(self, start: date) -> date:
        """The day on which the period that begins on `start` is asked for."""
        return self._days(start.year)[self.starts(start.year).index(start)]

    def next_asked(self, after: date) -> date:
        """The first day of asking after the day."""
        days = self._days(after.year) + self._days(after.year + 1)
        return next(day for day in days if day > after)

    def regular(self, start: date, schedule: Schedule) -> Window:
        """The window of the period that begins on `start`, at the clock times of the daily report."""
        return self._window(start, self.asked_on(start), schedule)

    def by_event(self, asked_at: datetime, schedule: Schedule) -> Window:
        """The window of a report asked for in between; it locks when the next is asked, at the latest."""
        day = schedule.local_day(asked_at)
        window = replace(self._window(day, day, schedule), opens=asked_at)
        following = self._window(day, self.next_asked(day), schedule)
        return replace(window, locks=min(window.locks, following.opens))

    def windows(
        self,
        schedule: Schedule,
        events: Sequence[datetime],
        outages: Sequence[Outage],
        first: date,
        last: date,
    ) -> list[Window]:
        """Every window whose asking falls on one of these days, in the order of time."""
        regular = [
            self.regular(start, schedule)
            for year in range(first.year, last.year + 1)
            for start in self.starts(year)
        ]
        every = [*regular, *(self.by_event(at, schedule) for at in events)]
        asked = [w for w in every if first <= schedule.local_day(w.opens) <= last]
        return [after_outages(w, outages) for w in sorted(asked, key=lambda w: w.opens)]

    def check_event(self, windows: Sequence[Window], now: datetime, schedule: Schedule) -> None:
        """Raise AskedAlreadyError where nothing can be asked in between now."""
        today = schedule.local_day(now)
        for window in windows:
            if window.opens <= now < window.locks or window.day == today:
                raise AskedAlreadyError(schedule.local_day(window.opens))
        following = self.next_asked(today - timedelta(days=1))
        # The day on which a period begins names that period's own report.
        if today + timedelta(days=self.due_days) >= following or today in self.starts(today.year):
            raise AskedAlreadyError(following)

    def _days(self, year: int) -> list[date]:
        return [date(year, month, day) for month, day in self.asked]

    def _next(self, start: date) -> date:
        starts = self.starts(start.year) + self.starts(start.year + 1)
        return starts[starts.index(start) + 1]

    def _window(self, day: date, asked: date, schedule: Schedule) -> Window:
        """Named by `day`, open from the day asked."""
        return Window(
            day,
            schedule.window(asked).opens,
            schedule.window(asked + timedelta(days=self.due_days)).due,
            schedule.window(asked + timedelta(days=self.lock_days)).locks,
            REMINDER_LEAD,
        )
