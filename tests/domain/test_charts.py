from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import charts
from bot.domain.charts import Cell, HeatMap, HeatRow
from tests.builders import MONDAY, SCHEDULE, at, report, unit, unit_days_of

FIRST = date(2022, 3, 1)


def row(name: str, *cells: Cell | None) -> HeatRow:
    expected = sum(cell in {Cell.ON_TIME, Cell.LATE, Cell.MISSING} for cell in cells)
    return HeatRow(name, cells, cells.count(Cell.ON_TIME), expected)


def heat_map(*rows: HeatRow) -> HeatMap:
    days = tuple(FIRST + timedelta(days=n) for n in range(len(rows[0].cells)))
    return HeatMap(days, FIRST, rows)


def test_the_totals_are_those_of_all_rows() -> None:
    shown = heat_map(
        row("a", Cell.ON_TIME, Cell.LATE, None), row("b", Cell.ON_TIME, Cell.ON_TIME, Cell.EXEMPT)
    )
    assert (shown.on_time, shown.expected) == (3, 4)


def test_only_cells_that_occur_are_counted_and_in_the_order_of_the_legend() -> None:
    shown = heat_map(
        row("a", Cell.NOT_DUE, None, Cell.MISSING), row("b", Cell.ON_TIME, Cell.MISSING, None)
    )
    assert list(shown.counts.items()) == [(Cell.ON_TIME, 1), (Cell.MISSING, 2), (Cell.NOT_DUE, 1)]


def test_the_worst_miss_most_then_are_late_most_and_equals_keep_their_order() -> None:
    shown = heat_map(
        row("good", Cell.ON_TIME, Cell.ON_TIME, Cell.ON_TIME),
        row("late", Cell.LATE, Cell.LATE, Cell.LATE),
        row("missing once", Cell.MISSING, Cell.ON_TIME, Cell.ON_TIME),
        row("missing and late", Cell.MISSING, Cell.LATE, Cell.ON_TIME),
        row("missing once too", Cell.ON_TIME, Cell.MISSING, Cell.ON_TIME),
        row("good too", Cell.ON_TIME, None, None),
    )
    assert [r.name for r in shown.worst(5).rows] == [
        "missing and late",
        "missing once",
        "missing once too",
        "late",
        "good",
    ]


def test_of_few_rows_all_are_the_worst() -> None:
    shown = heat_map(row("good", Cell.ON_TIME), row("late", Cell.LATE))
    assert [r.name for r in shown.worst(60).rows] == ["late", "good"]


DAYS = [MONDAY + timedelta(days=n) for n in range(3)]
UNITS = [unit(n) for n in range(3)]
SUBMITTED = st.sampled_from(["15:45", "16:30", "16:31", "19:00", None])


@given(st.lists(SUBMITTED, min_size=9, max_size=9), st.integers(0, 96))
def test_the_rate_is_of_reports_that_are_in_or_overdue(
    submitted: Sequence[str | None], hours: int
) -> None:
    now = at("00:00") + timedelta(hours=hours)
    came = [
        report(one, moment, day=day)
        for (day, one), moment in zip(product(DAYS, UNITS), submitted, strict=True)
        if moment and at(moment, day) <= now
    ]
    listed = unit_days_of(UNITS, came, DAYS, now)
    order = [one.id for one in reversed(UNITS)]
    shown = charts.heat_map(DAYS, MONDAY, listed, order, now)
    overdue = [day for day in DAYS if SCHEDULE.window(day).due <= now]
    early = [one for one in came if one.day not in overdue]
    assert shown.expected == len(overdue) * len(UNITS) + len(early)
    assert shown.on_time == sum(one.is_on_time for one in came)
    assert [row.name for row in shown.rows] == [one.short_name for one in reversed(UNITS)]
    windows = [SCHEDULE.window(day) for day in DAYS]
    assert Cell.PENDING not in shown.counts or any(w.opens <= now < w.due for w in windows)
