from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WEEKDAYS
from bot.domain.charts import Cell, HeatMap
from bot.services.pictures import month
from bot.texts.markup import plain
from storage import exemptions, units
from storage.database import Database
from tests.builders import MONDAY, SCHEDULE, at, command_with_units, report, reported, texts

MARCH = date(2022, 3, 1)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(tmp_path / "x.db", create=True) as opened:
        yield opened


def cells(shown: HeatMap, row: int, day: date, until: date | None = None) -> list[Cell | None]:
    """What the row has from the day on, up to and with the other."""
    begin, end = shown.days.index(day), shown.days.index(until or day)
    return list(shown.rows[row].cells[begin : end + 1])


async def test_a_months_rows_are_its_units_in_order_and_its_columns_all_its_days(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await command_with_units(session, 13)
        shown = await month(session, SCHEDULE, MARCH, at("12:00"))
    assert [row.name for row in shown.rows][:3] == ["An Mỹ", "An Phú", "An Sơn"]
    assert (len(shown.rows), len(shown.days)) == (13, 31)
    assert (shown.days[0], shown.days[-1], shown.today) == (MARCH, date(2022, 3, 31), MONDAY)
    assert {len(row.cells) for row in shown.rows} == {31}


async def test_each_state_has_its_cell(database: Database) -> None:
    async with database.transaction() as session:
        a, b, _ = await command_with_units(session, 3)
        await reported(session, report(a), report(b, "17:00"))
        shown = await month(session, SCHEDULE, MARCH, at("12:00", TUESDAY))
    assert [cells(shown, row, MONDAY, TUESDAY) for row in range(3)] == [
        [Cell.ON_TIME, Cell.NOT_DUE],
        [Cell.LATE, Cell.NOT_DUE],
        [Cell.MISSING, Cell.NOT_DUE],
    ]


async def test_who_is_still_in_time_is_pending_and_does_not_lower_the_rate(
    database: Database,
) -> None:
    async with database.transaction() as session:
        a, b = await command_with_units(session, 2)
        await reported(session, report(a), report(b), report(a, day=TUESDAY))
        before = await month(session, SCHEDULE, MARCH, at("16:29", TUESDAY))
        due = await month(session, SCHEDULE, MARCH, at("16:30", TUESDAY))
    assert cells(before, 0, TUESDAY) == [Cell.ON_TIME]
    assert cells(before, 1, TUESDAY) == [Cell.PENDING]
    assert [(row.on_time, row.expected) for row in before.rows] == [(2, 2), (1, 1)]
    assert cells(due, 1, TUESDAY) == [Cell.MISSING]
    assert [(row.on_time, row.expected) for row in due.rows] == [(2, 2), (1, 2)]


async def test_an_exempt_unit_is_shown_as_such_and_counts_for_nothing(database: Database) -> None:
    async with database.transaction() as session:
        a, _ = await command_with_units(session, 2)
        await exemptions.add(session, a.id, MONDAY, TUESDAY, frozenset(WEEKDAYS), "nghỉ")
        await reported(session, report(a))
        shown = await month(session, SCHEDULE, MARCH, at("20:00", WEDNESDAY))
    assert cells(shown, 0, MONDAY, WEDNESDAY) == [Cell.EXEMPT, Cell.EXEMPT, Cell.MISSING]
    assert (shown.rows[0].on_time, shown.rows[0].expected) == (0, 1)
    assert shown.rows[1].expected == 3


async def test_a_unit_that_came_within_the_month_has_nothing_before_and_its_own_place(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await command_with_units(session, 2)
        await units.add(
            session, code="new", name="xã Mới", short_name="Mới", position=-1, valid_from=TUESDAY
        )
        shown = await month(session, SCHEDULE, MARCH, at("20:00", TUESDAY))
    assert [row.name for row in shown.rows] == ["Mới", "An Mỹ", "An Phú"]
    assert cells(shown, 0, MONDAY, TUESDAY) == [None, Cell.MISSING]
    assert cells(shown, 1, MONDAY, TUESDAY) == [Cell.MISSING, Cell.MISSING]


async def test_days_that_ask_nothing_are_empty(database: Database) -> None:
    weekdays = replace(SCHEDULE, weekdays=frozenset(WEEKDAYS[:5]))
    saturday = MONDAY + timedelta(days=5)
    async with database.transaction() as session:
        await command_with_units(session, 1)
        shown = await month(session, weekdays, MARCH, at("20:00", saturday))
    assert cells(shown, 0, MARCH, MONDAY - timedelta(days=1)) == [None] * 13
    assert cells(shown, 0, saturday, saturday + timedelta(days=1)) == [None, None]


async def test_a_month_in_which_nobody_was_asked_has_no_rows(database: Database) -> None:
    async with database.transaction() as session:
        await command_with_units(session, 2)
        shown = await month(session, SCHEDULE, date(2022, 2, 1), at("20:00"))
    assert (shown.rows, shown.expected, len(shown.days)) == ((), 0, 28)


@pytest.mark.parametrize("in_percent", [False, True])
async def test_the_caption_tells_the_month_the_moment_and_what_is_wrong_and_no_strength(
    database: Database, in_percent: bool
) -> None:
    async with database.transaction() as session:
        a, b, _ = await command_with_units(session, 3, establishment=24)
        await reported(session, report(a, absent={"sick": 5}), report(b, "17:00"))
        shown = await month(session, SCHEDULE, MARCH, at("18:05"))
    assert plain(texts(in_percent=in_percent).heat_map_caption(shown, at("18:05"))) == (
        "Báo cáo trực ngày, tháng 3/2022, tính đến 18:05 ngày 14/03/2022. "
        "Đúng hạn 33,3 % (1/3 báo cáo), muộn 1, chưa báo cáo 1."
    )


async def test_the_caption_before_anything_was_due_says_so(database: Database) -> None:
    async with database.transaction() as session:
        await command_with_units(session, 3)
        shown = await month(session, SCHEDULE, MARCH, at("12:00"))
    assert plain(texts().heat_map_caption(shown, at("12:00"))) == (
        "Báo cáo trực ngày, tháng 3/2022, tính đến 12:00 ngày 14/03/2022. "
        "Chưa có báo cáo nào đến hạn."
    )


async def test_the_caption_of_thousands_of_units_is_one_short_line(database: Database) -> None:
    async with database.transaction() as session:
        (a,) = await command_with_units(session, 1)
        await reported(session, report(a, "17:00"))
        shown = await month(session, SCHEDULE, MARCH, at("20:00", date(2022, 3, 31)))
    whole = replace(shown, rows=shown.rows * 3321)
    caption = texts().heat_map_caption(whole, at("20:00"))
    assert "chưa báo cáo 56.457" in caption
    assert "\n" not in caption
    assert len(caption) < 200
