"""Charts as values: what a picture is to show, free of words, colours and sizes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.measures import State, UnitDay


class Cell(StrEnum):
    """What became of one unit's report of one day; in the order in which it is explained."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    PENDING = "pending"  # asked, not yet reported, and the deadline is still to come
    EXEMPT = "exempt"
    NOT_DUE = "not_due"  # the window has not opened


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit's days: a cell is None where there was nothing to report."""

    name: str
    cells: tuple[Cell | None, ...]
    on_time: int
    expected: int

    @property
    def missing(self) -> int:
        return self.cells.count(Cell.MISSING)

    @property
    def late(self) -> int:
        return self.cells.count(Cell.LATE)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Units by days: every row has one cell a day."""

    days: tuple[date, ...]
    today: date
    rows: tuple[HeatRow, ...]

    @property
    def on_time(self) -> int:
        return sum(row.on_time for row in self.rows)

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.rows)

    @property
    def counts(self) -> Mapping[Cell, int]:
        """How often each cell occurs, in the order of Cell; those that do not occur are absent."""
        found = Counter(cell for row in self.rows for cell in row.cells)
        return {cell: found[cell] for cell in Cell if cell in found}

    def worst(self, most: int) -> "HeatMap":
        """Return the rows that miss most, then are late most, at most so many, the worst first.

        Equals keep their order.
        """
        ranked = sorted(self.rows, key=lambda row: (-row.missing, -row.late))
        return replace(self, rows=tuple(ranked[:most]))


_CELLS = {
    State.ON_TIME: Cell.ON_TIME,
    State.LATE: Cell.LATE,
    State.MISSING: Cell.MISSING,
    State.NOT_DUE: Cell.NOT_DUE,
    State.EXEMPT: Cell.EXEMPT,
}
# What the rate is a share of: a unit that is still in time does not lower it.
_COUNTED = frozenset({Cell.ON_TIME, Cell.LATE, Cell.MISSING})


def heat_map(
    days: Sequence[date],
    today: date,
    unit_days: Iterable[UnitDay],
    unit_order: Iterable[int],
    now: datetime,
) -> HeatMap:
    """Build the heat map of these days; `unit_order` are ids of units in the configured order.

    A unit without any of the days has no row; it is named as on the last day that it has.
    """
    of_unit: dict[int, dict[date, UnitDay]] = {unit_id: {} for unit_id in unit_order}
    for unit_day in unit_days:
        of_unit.setdefault(unit_day.unit.id, {})[unit_day.day] = unit_day
    return HeatMap(
        tuple(days), today, tuple(_row(days, found, now) for found in of_unit.values() if found)
    )


def _row(days: Sequence[date], found: Mapping[date, UnitDay], now: datetime) -> HeatRow:
    cells = tuple(cell_of(found[day], now) if day in found else None for day in days)
    return HeatRow(
        name=found[max(found)].unit.short_name,
        cells=cells,
        on_time=cells.count(Cell.ON_TIME),
        expected=sum(cell in _COUNTED for cell in cells),
    )


def cell_of(unit_day: UnitDay, now: datetime) -> Cell:
    if unit_day.state is State.MISSING and not unit_day.is_overdue(now):
        return Cell.PENDING
    return _CELLS[unit_day.state]
