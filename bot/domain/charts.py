"""Charts as values: what a picture is to show, free of words, colours and sizes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


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
