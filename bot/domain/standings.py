"""How units kept to their reporting days over a longer time, without a value for each day.

A set of days is one number: its bit n stands for the n-th day after the standing's first. Thousands of
units over a year are some thousand numbers, and counting days is counting bits.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain.calendar import Window
from bot.domain.incidents import Incident
from bot.domain.measures import Counts, Problem, State, UnitDay
from bot.domain.summaries import Summary
from bot.domain.units import Unit

ALL_DAYS = -1
"""Every day: its bits are all set."""

T = TypeVar("T", bound=Hashable)
_ONE = ord("1")


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit's days; `unit` as it stood on the last of them that has opened.

    `listed` are reporting days that have opened, exempt or not; of those, `owed` are not exempt. Of the
    owed ones, `came` were reported, `on_time` in time, and `pending` are silent with their deadline
    still to come.
    """

    unit: Unit
    listed: int
    owed: int
    came: int
    on_time: int
    pending: int

    @property
    def counts(self) -> Counts:
        return self.counts_in(ALL_DAYS)

    @property
    def late(self) -> int:
        return self.came & ~self.on_time

    @property
    def missing(self) -> int:
        """Days that are silent and past their deadline."""
        return self.owed & ~self.came & ~self.pending

    @property
    def known(self) -> int:
        """Days of which it is sure whether they are on time."""
        return self.owed & ~self.pending

    def moved(self, days: int) -> "UnitStanding":
        """Return the same days, told from so many days earlier on."""
        if not days:
            return self
        return UnitStanding(
            self.unit,
            self.listed << days,
            self.owed << days,
            self.came << days,
            self.on_time << days,
            self.pending << days,
        )

    def counts_in(self, days: int) -> Counts:
        return Counts(
            expected=(self.owed & days).bit_count(),
            actual=(self.came & days).bit_count(),
            on_time=(self.on_time & days).bit_count(),
        )


@dataclass(frozen=True, slots=True)
class Muster:
    """People of the units that reported with a known establishment, in heads, added up over `days`."""

    establishment: int = 0
    absent: int = 0
    days: int = 0

    def __add__(self, other: "Muster") -> "Muster":
        return Muster(
            self.establishment + other.establishment,
            self.absent + other.absent,
            self.days + other.days,
        )

    def without(self, others: "Muster") -> "Muster":
        """Return the same days without these of the people."""
        return replace(
            self,
            establishment=self.establishment - others.establishment,
            absent=self.absent - others.absent,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """All units, or one, from `first` to `last`, as known at `as_of` (in the command's zone).

    `windows` are those of the reporting days, opened or not, as who reads of all units sees them;
    `by_unit` has the units with at least one listed day, in the configured order. On `undue` days a
    deadline is still to come, on `unlocked` ones a listed report may still change. `musters` are of
    owed reports; `incidents` were sent on these days.
    """

    command_name: str
    first: date
    last: date
    as_of: datetime
    windows: tuple[Window, ...]
    by_unit: tuple[UnitStanding, ...]
    undue: int
    unlocked: int
    problems: tuple[tuple[date, Problem], ...] = ()
    has_unstated: bool = False
    musters: Mapping[date, Muster] | None = None
    incidents: tuple[Incident, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether every window has locked, so that no figure will change by itself."""
        return bool(self.windows) and all(self.as_of >= window.locks for window in self.windows)

    @property
    def counts(self) -> Counts:
        return total(unit.counts for unit in self.by_unit)

    def days(self, first: date, last: date) -> int:
        """The days from `first` to `last` as a set."""
        return between(self.first, first, last)

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def muster(self, first: date, last: date) -> Muster:
        known = self.musters or {}
        return sum((m for day, m in known.items() if first <= day <= last), Muster())


def between(begin: date, first: date, last: date) -> int:
    """The days from `first` to `last`, both included, as a set that begins on `begin`."""
    low, high = max((first - begin).days, 0), (last - begin).days + 1
    return (1 << high) - (1 << low) if high > low else 0


def numbers(days: int) -> Iterator[int]:
    """The set's days in their order, as numbers."""
    while days:
        lowest = days & -days
        yield lowest.bit_length() - 1
        days ^= lowest


def days_of_each(listed: Mapping[int, Collection[T]]) -> dict[T, int]:
    """The set of days of each who is listed on some day; `listed` is by the day's number.

    Each has a column with a 1 or a 0 for each day, the last one first, which is read as one binary number:
    setting a bit of a large number for each day and unit takes twice as long.
    """
    everyone = set[T]()
    for present in listed.values():  # in one call, no other thread could run meanwhile
        everyone.update(present)
    column = {each: n for n, each in enumerate(everyone)}
    rows = [bytearray(b"0" * len(everyone)) for _ in range(max(listed, default=-1) + 1)]
    for number, present in listed.items():
        row = rows[-1 - number]
        for each in present:
            row[column[each]] = _ONE
    digits = b"".join(rows)
    return {each: int(digits[n :: len(everyone)], 2) for each, n in column.items()}


def total(counted: Iterable[Counts]) -> Counts:
    expected = actual = on_time = 0
    for counts in counted:
        expected += counts.expected
        actual += counts.actual
        on_time += counts.on_time
    return Counts(expected, actual, on_time)


@dataclass(frozen=True, slots=True)
class Gap:
    """Reporting days in a row without a report, from the first of them to the last."""

    length: int
    first: date
    last: date


def longest_gap(told: Standing, unit: UnitStanding) -> Gap | None:
    """Return the longest row of missing days, the newest of equals; days not owed do not part a row."""
    missing = unit.missing
    reported = unit.known & ~missing
    longest: list[int] = []
    row: list[int] = []
    for number in numbers(missing):
        is_parted = bool(row) and reported >> row[-1] & (1 << number - row[-1]) - 1
        row = [number] if is_parted else [*row, number]
        if len(row) >= len(longest):
            longest = row
    if not longest:
        return None
    return Gap(len(longest), told.day(longest[0]), told.day(longest[-1]))


def full_days_in_a_row(told: Standing) -> int:
    """Count back from the last known day those on which all that was owed came on time.

    A day that is not yet due counts only once everything has come.
    """
    owed = kept = 0
    wrong = waiting = 0
    for unit in told.by_unit:
        owed |= unit.owed
        wrong |= unit.late | unit.missing
        waiting |= unit.pending
    kept = owed & ~wrong & ~waiting
    streak = 0
    for number in reversed(list(numbers(owed & ~(waiting & ~wrong)))):
        if not kept >> number & 1:
            break
        streak += 1
    return streak


def standing_of(
    summary: Summary,
    musters: Mapping[date, Muster] | None = None,
    incidents: Sequence[Incident] = (),
) -> Standing:
    """Count a summary's days; of days that have not opened nothing is counted."""
    opened = [d for d in summary.unit_days if summary.as_of >= d.window.opens]
    found: dict[int, UnitStanding] = {
        total.unit.id: _nothing(total.unit) for total in summary.by_unit
    }
    undue = unlocked = 0
    for window in summary.windows:
        undue |= _bit(summary, window.day) * (summary.as_of < window.due)
    for unit_day in opened:
        bit = _bit(summary, unit_day.day)
        found[unit_day.unit.id] = _with(found[unit_day.unit.id], unit_day, bit, summary.as_of)
        undue |= bit * (unit_day.is_expected and summary.as_of < unit_day.window.due)
        unlocked |= bit * (summary.as_of < unit_day.window.locks)
    return Standing(
        command_name=summary.command_name,
        first=summary.first,
        last=summary.last,
        as_of=summary.as_of,
        windows=summary.windows,
        by_unit=tuple(unit for unit in found.values() if unit.listed),
        undue=undue,
        unlocked=unlocked,
        problems=summary.problems,
        has_unstated=bool(summary.unstated),
        musters=musters,
        incidents=tuple(incidents),
    )


def _bit(summary: Summary, day: date) -> int:
    return 1 << (day - summary.first).days


def _nothing(unit: Unit) -> UnitStanding:
    return UnitStanding(unit, 0, 0, 0, 0, 0)


def _with(unit: UnitStanding, unit_day: UnitDay, bit: int, now: datetime) -> UnitStanding:
    came = unit_day.is_expected and unit_day.report is not None
    is_pending = unit_day.state is State.MISSING and not unit_day.is_overdue(now)
    return replace(
        unit,
        unit=unit_day.unit,
        listed=unit.listed | bit,
        owed=unit.owed | bit * unit_day.is_expected,
        came=unit.came | bit * came,
        on_time=unit.on_time | bit * (unit_day.state is State.ON_TIME),
        pending=unit.pending | bit * is_pending,
    )
