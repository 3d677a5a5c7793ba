"""Reporting days: who is asked on which day, from when until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.units import in_force

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REMINDER_LEAD = timedelta(minutes=15)
FELT_BEFORE_DUE = timedelta(days=1)
GRACE_AFTER_OUTAGE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Window:
    """The times of one reporting day, in UTC: opens < reminder_at < due < locks."""

    day: date
    opens: datetime
    due: datetime
    locks: datetime
    reminder_lead: timedelta = REMINDER_LEAD

    @property
    def reminder_at(self) -> datetime:
        """Its lead before due; in a short window, half-way."""
        return max(self.due - self.reminder_lead, self.opens + (self.due - self.opens) / 2)

    @property
    def felt_from(self) -> datetime:
        """From when an outage takes time from who reports: with weeks to spare, on the last day before due."""
        is_long = self.due - self.opens > FELT_BEFORE_DUE
        return self.due - FELT_BEFORE_DUE if is_long else self.opens


class HoursOutOfOrderError(ValueError):
    """A window must open before it is due, and be due before it locks."""

    def __init__(self, opens: time, due: time, locks: time) -> None:
        super().__init__(f"{opens} {due} {locks}")
        self.opens = opens
        self.due = due
        self.locks = locks


@dataclass(frozen=True, slots=True)
class Hours:
    """Clock times of a reporting day, in the command's zone. Raises HoursOutOfOrderError."""

    opens: time
    due: time
    locks: time

    def __post_init__(self) -> None:
        if not self.opens < self.due < self.locks:
            raise HoursOutOfOrderError(self.opens, self.due, self.locks)

    def window(self, day: date, zone: ZoneInfo) -> Window:
        def at(clock_time: time) -> datetime:
            return datetime.combine(day, clock_time, zone).astimezone(UTC)

        return Window(day, at(self.opens), at(self.due), at(self.locks))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When reports are asked for, where no rule says otherwise; weekdays by name."""

    opens: time
    due: time
    locks: time
    weekdays: frozenset[str]
    zone: ZoneInfo

    def local_day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_reporting_day(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.weekdays

    def window(self, day: date) -> Window:
        return Hours(self.opens, self.due, self.locks).window(day, self.zone)

    def hours_on(self, day: date) -> Hours | None:
        return Hours(self.opens, self.due, self.locks) if self.is_reporting_day(day) else None


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    """Other hours, or none, on some weekdays, from a day until before another.

    `unit_id` None means every unit.
    """

    id: int
    unit_id: int | None
    weekdays: frozenset[str]
    hours: Hours | None
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.weekdays and in_force(
            self.valid_from, self.valid_to, day
        )


@dataclass(frozen=True, slots=True)
class Exemption:
    """Days on which a unit (None: every unit) owes no report, both ends included.

    `last` None: until `ended_on`, the first day on which it no longer holds.
    """

    id: int
    unit_id: int | None
    first: date
    last: date | None
    weekdays: frozenset[str]
    reason: str
    ended_on: date | None = None

    def covers(self, unit_id: int, day: date) -> bool:
        return (
            (self.unit_id is None or self.unit_id == unit_id)
            and in_force(self.first, self.ended_on, day)
            and (self.last is None or day <= self.last)
            and WEEKDAYS[day.weekday()] in self.weekdays
        )


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which nothing that people sent could arrive."""

    id: int
    began: datetime
    ended: datetime

    def within(self, begin: datetime, end: datetime) -> timedelta:
        """How long it lasted between the two moments."""
        return max(timedelta(), min(self.ended, end) - max(self.began, begin))


@dataclass(frozen=True, slots=True)
class Reopening:
    """A locked day that takes reports once more, for one unit or (None) all."""

    unit_id: int | None
    day: date
    until: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything that decides what is expected of whom on which day.

    `rules` are oldest first, `outages` in the order of time.
    """

    schedule: Schedule
    rules: Sequence[ScheduleRule] = ()
    exemptions: Sequence[Exemption] = ()
    outages: Sequence[Outage] = ()
    reopenings: Sequence[Reopening] = ()
    # Thousands of units share their hours, and a year's outages are many: each pair is moved once.
    _moved: dict[tuple[Hours, date], Window] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # Years of rules and exemptions are kept: a unit looks at its own and at everybody's alone.
    _rules_of: Mapping[int | None, Sequence[ScheduleRule]] = field(
        init=False, repr=False, compare=False
    )
    _exemptions_of: Mapping[int | None, Sequence[Exemption]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rules_of", _by_unit(self.rules))
        object.__setattr__(self, "_exemptions_of", _by_unit(self.exemptions))

    def hours_on(self, unit_id: int | None, day: date) -> Hours | None:
        """The unit's clock times (None: the command's own), or None where nothing is asked."""
        for scope in dict.fromkeys((unit_id, None)):
            for rule in reversed(self._rules_of.get(scope, ())):
                if rule.holds_on(day):
                    return rule.hours
        return self.schedule.hours_on(day)

    def own_rules(self, unit_id: int) -> Sequence[ScheduleRule]:
        """The rules of the unit alone, oldest first: units without any share their hours."""
        return self._rules_of.get(unit_id, ())

    def own_exemptions(self, unit_id: int) -> Sequence[Exemption]:
        return self._exemptions_of.get(unit_id, ())

    @property
    def everybodys_exemptions(self) -> Sequence[Exemption]:
        return self._exemptions_of.get(None, ())

    def exemption_of(self, unit_id: int, day: date) -> Exemption | None:
        """The unit's own exemption before everybody's; of several, the oldest."""
        own = self.own_exemption_of(unit_id, day)
        everybodys = (e for e in self.everybodys_exemptions if e.covers(unit_id, day))
        return own or next(everybodys, None)

    def own_exemption_of(self, unit_id: int, day: date) -> Exemption | None:
        """The unit's own exemption alone."""
        return next((e for e in self.own_exemptions(unit_id) if e.covers(unit_id, day)), None)

    def window(self, unit_id: int | None, day: date) -> Window | None:
        """The unit's window of the day (None: the command's own); exemptions are not looked at."""
        window = self.window_once(unit_id, day)
        if window is None:
            return None
        until = [
            self._given_back(r.until)
            for r in self.reopenings
            if r.day == day and r.unit_id in {None, unit_id}
        ]
        return replace(window, locks=max(window.locks, *until)) if until else window

    def window_once(self, unit_id: int | None, day: date) -> Window | None:
        """The window as it was before the day was reopened, if it ever was."""
        hours = self.hours_on(unit_id, day)
        if hours is None:
            return None
        window = self._moved.get((hours, day))
        if window is None:
            window = after_outages(hours.window(day, self.schedule.zone), self.outages)
            self._moved[hours, day] = window
        return window

    def _given_back(self, until: datetime) -> datetime:
        """When a reopened day is locked again: 30 minutes are left after each outage within it."""
        for outage in self.outages:
            if outage.began < until:
                until = max(until, outage.ended + GRACE_AFTER_OUTAGE)
        return until

    def expected_window(self, unit_id: int, day: date) -> Window | None:
        """The unit's window if it owes a report that day."""
        return None if self.exemption_of(unit_id, day) else self.window(unit_id, day)


T = TypeVar("T", ScheduleRule, Exemption)


def _by_unit(listed: Iterable[T]) -> dict[int | None, list[T]]:
    found: dict[int | None, list[T]] = {}
    for each in listed:
        found.setdefault(each.unit_id, []).append(each)
    return found


def moved(window: Window, outage: Outage) -> Window:
    """Give back what an outage took: due by the time down before it, or 30 minutes after recovery.

    The lock moves as far as due; an outage after due alone leaves 30 minutes before the lock.
    """
    down = outage.within(window.opens, window.due)
    due = max(window.due + down, outage.ended + GRACE_AFTER_OUTAGE) if down else window.due
    locks = window.locks + (due - window.due)
    if outage.within(window.due, window.locks):
        locks = max(locks, outage.ended + GRACE_AFTER_OUTAGE)
    return replace(window, due=due, locks=locks)


def after_outages(window: Window, outages: Sequence[Outage]) -> Window:
    """The window with all that outages took given back; they are in the order of time."""
    if not outages:
        return window
    felt = replace(window, opens=window.felt_from)
    for outage in outages:
        felt = moved(felt, outage)
    return replace(felt, opens=window.opens)


def day_window(day: date, own: Window | None, units: Iterable[Window]) -> Window | None:
    """The day as who reads of all units sees it: first opening, the command's due, last lock.

    Where the command has no hours of its own, or is due when no unit's window is open, the last unit's
    due. None where nothing is expected.
    """
    windows = tuple(units)
    if not windows:
        return None
    opens, locks = min(w.opens for w in windows), max(w.locks for w in windows)
    is_due_within = own is not None and opens < own.due < locks
    due = own.due if own and is_due_within else max(w.due for w in windows)
    return Window(day, opens, due, locks)


def days_from(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included; empty when they are the wrong way round."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
