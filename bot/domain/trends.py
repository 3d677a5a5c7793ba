"""A long period by its months or weeks: what a picture and a few lines tell of the course of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.periods import Period, period
from bot.domain.standings import Muster, Standing, UnitStanding


@dataclass(frozen=True, slots=True)
class Shares:
    """Reports that are in or overdue: a unit that is still in time is in none of them."""

    on_time: int = 0
    late: int = 0
    missing: int = 0

    @property
    def known(self) -> int:
        return self.on_time + self.late + self.missing

    @property
    def rate_on_time(self) -> float | None:
        """On time ÷ known; None where nothing is known."""
        return self.on_time / self.known if self.known else None

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(
            self.on_time + other.on_time, self.late + other.late, self.missing + other.missing
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A month or week, as far as it lies in the period, with what came of all units."""

    first: date
    last: date
    shares: Shares
    muster: Muster


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One unit: its shares in each part, and in all of them."""

    name: str
    parts: tuple[Shares, ...]
    whole: Shares


@dataclass(frozen=True, slots=True)
class Trend:
    """The period `name` from `first` to `last` by its parts; every row has one value a part."""

    name: Period
    first: date
    last: date
    parts: tuple[Part, ...]
    rows: tuple[TrendRow, ...]

    @property
    def whole(self) -> Shares:
        return sum((part.shares for part in self.parts), Shares())

    def worst(self, most: int) -> "Trend":
        """Return the rows that miss most, then are late most, at most so many, the worst first.

        Equals keep their order.
        """
        ranked = sorted(self.rows, key=lambda row: (-row.whole.missing, -row.whole.late))
        return replace(self, rows=tuple(ranked[:most]))


_PARTS: Mapping[Period, Period] = {Period.QUARTER: Period.WEEK, Period.YEAR: Period.MONTH}


def trend(told: Standing, name: Period) -> Trend:
    """Return a quarter by its weeks, a year by its months."""
    spans = spans_of(told.first, told.last, _PARTS[name])
    sets = [told.days(*span) for span in spans]
    rows = tuple(_row(unit, sets) for unit in told.by_unit)
    return Trend(name, told.first, told.last, parts(told, spans, rows), rows)


def by_month(told: Standing) -> tuple[Part, ...]:
    spans = spans_of(told.first, told.last, Period.MONTH)
    sets = [told.days(*span) for span in spans]
    return parts(told, spans, [_row(unit, sets) for unit in told.by_unit])


def spans_of(first: date, last: date, length: Period) -> tuple[tuple[date, date], ...]:
    """Cut the days by the calendar's months or weeks; the first and last piece may be shorter."""
    spans = []
    begin = first
    while begin <= last:
        end = min(period(length, begin)[1], last)
        spans.append((begin, end))
        if end == last:
            break
        begin = end + timedelta(days=1)
    return tuple(spans)


def parts(
    told: Standing, spans: Iterable[tuple[date, date]], rows: Iterable[TrendRow]
) -> tuple[Part, ...]:
    columns = list(zip(*(row.parts for row in rows), strict=True))
    return tuple(
        Part(*span, sum(columns[n], Shares()) if columns else Shares(), told.muster(*span))
        for n, span in enumerate(spans)
    )


def _row(unit: UnitStanding, sets: Iterable[int]) -> TrendRow:
    found = tuple(_shares(unit, days) for days in sets)
    return TrendRow(unit.unit.short_name, found, sum(found, Shares()))


def _shares(unit: UnitStanding, days: int) -> Shares:
    return Shares(
        on_time=(unit.on_time & days).bit_count(),
        late=(unit.late & days).bit_count(),
        missing=(unit.missing & days).bit_count(),
    )
