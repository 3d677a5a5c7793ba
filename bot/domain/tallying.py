"""Standings straight from who reported on which day: the same figures as from each unit's each day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption, Window, day_window, days_from
from bot.domain.standings import UnitStanding, between, numbers
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit from its first day until the first on which it no longer is."""

    unit_id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The sets of days on which each unit's report came, and on which it came late, by the unit's id."""

    came: Mapping[int, int]
    late: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a standing has of its days; `uncounted` are reports (day, unit's id) of days not owed."""

    by_unit: tuple[UnitStanding, ...]
    windows: tuple[Window, ...]
    undue: int
    unlocked: int
    uncounted: tuple[tuple[date, int], ...]


@dataclass(slots=True)
class _Hours:
    """The windows of all units with the same hours, and their days as sets, before any reopening."""

    windows: dict[int, Window] = field(default_factory=dict)
    asked: int = 0
    opened: int = 0
    undue: int = 0
    unlocked: int = 0
    # Of at least one unit with these hours.
    expected: int = 0
    listed: int = 0
    owed: int = 0


class Tallying:
    """The days from `first` to `last`, none of them before the command's first, told at `now`."""

    def __init__(self, calendar: Calendar, first: date, last: date, now: datetime) -> None:
        self._calendar = calendar
        self._first = first
        self._last = last
        self._now = now
        self._hours: dict[object, _Hours] = {}
        self._on_weekday = [
            sum(1 << n for n in range((weekday - first.weekday()) % 7, self._length, 7))
            for weekday in range(len(WEEKDAYS))
        ]

    @property
    def _length(self) -> int:
        return (self._last - self._first).days + 1

    def tally(
        self,
        members: Iterable[Membership],
        arrivals: Arrivals,
        unit_on: Callable[[int, date], Unit | None],
    ) -> Tally:
        """Count the days of the members, which are in the configured order; arrivals are of these days."""
        uncounted = dict(arrivals.came)
        common = self._exempt(self._calendar.everybodys_exemptions)
        reopened = {
            (r.day - self._first).days
            for r in self._calendar.reopenings
            if self._first <= r.day <= self._last
        }
        singly: dict[int, list[Window]] = {}
        found = []
        undue = unlocked = 0
        for member in members:
            unit_id = member.unit_id
            hours = self._hours_of(unit_id)
            present = self._between(member.valid_from, self._before(member.valid_to)) & hours.asked
            expected = present & ~(common | self._exempt(self._calendar.own_exemptions(unit_id)))
            listed, owed = present & hours.opened, expected & hours.opened
            hours.expected |= expected
            hours.listed |= listed
            hours.owed |= owed
            for number in reopened:
                if present >> number & 1:
                    window = self._calendar.window(unit_id, self._day(number))
                    if window and expected >> number & 1:
                        singly.setdefault(number, []).append(window)
                    if window and listed >> number & 1 and self._now < window.locks:
                        unlocked |= 1 << number
            unit = unit_on(unit_id, self._day(listed.bit_length() - 1)) if listed else None
            if unit:
                came = arrivals.came.get(unit_id, 0)
                uncounted[unit_id] = came & ~owed
                arrived = came & owed
                pending = owed & hours.undue & ~arrived
                in_time = arrived & ~arrivals.late.get(unit_id, 0)
                found.append(UnitStanding(unit, listed, owed, arrived, in_time, pending))
        for hours in self._hours.values():
            undue |= hours.owed & hours.undue
            unlocked |= hours.listed & hours.unlocked
        windows = self._windows(singly)
        for window in windows:
            undue |= (self._now < window.due) << (window.day - self._first).days
        return Tally(
            tuple(found),
            windows,
            undue,
            unlocked,
            tuple(
                (self._day(number), unit_id)
                for unit_id, days in uncounted.items()
                for number in numbers(days)
            ),
        )

    def _hours_of(self, unit_id: int) -> _Hours:
        """Units with equal rules of their own share their hours."""
        rules = self._calendar.own_rules(unit_id)
        key = tuple((r.weekdays, r.hours, r.valid_from, r.valid_to) for r in rules)
        if key not in self._hours:
            hours = self._hours[key] = _Hours()
            for number, day in enumerate(days_from(self._first, self._last)):
                window = self._calendar.window_once(unit_id, day)
                if window:
                    bit = 1 << number
                    hours.windows[number] = window
                    hours.asked |= bit
                    hours.opened |= bit * (self._now >= window.opens)
                    hours.undue |= bit * (self._now < window.due)
                    hours.unlocked |= bit * (self._now < window.locks)
        return self._hours[key]

    def _windows(self, singly: Mapping[int, Sequence[Window]]) -> tuple[Window, ...]:
        """The reporting days as who reads of all units sees them."""
        expected = 0
        for hours in self._hours.values():
            expected |= hours.expected
        found = []
        for number in numbers(expected):
            day = self._day(number)
            shared = [h.windows[number] for h in self._hours.values() if h.expected >> number & 1]
            own = self._calendar.window(None, day)
            window = day_window(day, own, singly.get(number) or shared)
            if window:
                found.append(window)
        return tuple(found)

    def _exempt(self, exemptions: Iterable[Exemption]) -> int:
        exempt = 0
        for each in exemptions:
            last = min(each.last or self._last, self._before(each.ended_on))
            days = self._between(each.first, last)
            exempt |= days & sum(
                self._on_weekday[n] for n, name in enumerate(WEEKDAYS) if name in each.weekdays
            )
        return exempt

    def _between(self, first: date, last: date) -> int:
        return between(self._first, first, min(last, self._last))

    def _before(self, day: date | None) -> date:
        """The day before, or the last of all where there is no end."""
        if day is None:
            return self._last
        return day - timedelta(days=1) if day > date.min else date.min

    def _day(self, number: int) -> date:
        return self._first + timedelta(days=number)
