from datetime import date, timedelta

from bot.domain.charts import Cell, HeatMap, HeatRow

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
