"""The workbook: real dates and numbers, words that stay words, nothing that percent mode hides."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.digests.rows import columns
from bot.digests.workbook import MOST_DAYS, days_workbook, workbook
from bot.domain.measures import UnitDay
from bot.domain.overviews import Account
from tests.builders import MONDAY, at, report, summary_of, texts, unit
from tests.digests.offices import MARCH, UNITS, account_of, opened

VI = texts()
ACCOUNT = account_of()
SHEETS = ["Tổng hợp", "Từng đơn vị", "Từng ngày", "Vắng theo lý do", "Đáng chú ý"]


def made(account: Account = ACCOUNT, *, with_strength: bool = True) -> Any:
    return opened(workbook(account, VI, with_strength=with_strength))


def column(sheet: Any, title: str) -> list[Any]:
    number = [cell.value for cell in sheet[1]].index(title) + 1
    return [row[number - 1] for row in sheet.iter_rows(min_row=2)]


def test_there_is_a_sheet_a_subject() -> None:
    assert made().sheetnames == SHEETS


def test_days_times_and_numbers_are_real_ones() -> None:
    sheet = made()["Từng ngày"]
    day, sent = column(sheet, "Ngày")[0], column(sheet, "Gửi lần đầu lúc")[0]
    assert (day.value, day.number_format) == (datetime(2022, 3, 1), "dd/mm/yyyy")  # noqa: DTZ001 - a cell has no zone
    assert sent.value == datetime(2022, 3, 1, 16, 0)  # noqa: DTZ001 - see above
    assert sent.number_format == "hh:mm dd/mm/yyyy"
    assert column(sheet, "Có mặt")[0].value == 22
    rate = column(made()["Từng đơn vị"], "Tỷ lệ đúng hạn")[0]
    assert (rate.value, rate.number_format) == (1, '[=1]0.0%;[>=0.9995]"99,9%";0.0%')


def test_each_sheet_reads_and_prints_well() -> None:
    for sheet in made():
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        widths = [d.width for d in sheet.column_dimensions.values()]
        assert all(9 <= width <= 80 for width in widths)
    for name in SHEETS[1:]:
        assert made()[name].auto_filter.ref.startswith("A1:")


def test_late_and_missing_are_said_in_words_and_coloured_by_them() -> None:
    sheet = made()["Từng ngày"]
    states = {cell.value for cell in column(sheet, "Trạng thái")}
    assert states == {"Đúng hạn", "Muộn", "Chưa báo cáo"}
    rules = [r.formula[0] for found in sheet.conditional_formatting for r in found.rules]
    assert rules == ['$C2="Muộn"', '$C2="Chưa báo cáo"']


def test_absences_add_up_by_reason() -> None:
    sheet = made()["Vắng theo lý do"]
    rows = {row[0].value: [c.value for c in row] for row in sheet.iter_rows(min_row=2)}
    assert rows["phường An Mỹ"] == ["phường An Mỹ", 24, 31, 62, 0, 0, 0, 0, 0, 62, 2]
    assert rows["Toàn bộ"][3:5] == [62, 0]
    assert rows["Toàn bộ"][9] == 62 + 19


def test_what_stands_out_is_listed_and_its_absence_said() -> None:
    noted = made()["Đáng chú ý"]
    assert noted["A2"].value == "phường An Mỹ"
    assert "9 báo cáo liền giống hệt nhau" in noted["B2"].value
    quiet = made(replace(ACCOUNT, flags=()))["Đáng chú ý"]
    assert quiet["B2"].value == "Không có điều gì khác thường."


def test_without_strength_no_sheet_tells_heads() -> None:
    book = made(with_strength=False)
    assert book.sheetnames == [name for name in SHEETS if name != "Vắng theo lý do"]
    headings = [cell.value for cell in book["Từng ngày"][1]]
    assert headings == [VI.day_columns[key] for key in columns(with_strength=False)]
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    assert not any("phép" in cell or "Biên chế" in cell or "Có mặt" in cell for cell in cells)


@pytest.mark.parametrize("begin", ["=1+1", "+84", "-1", "@cmd", "\tx", "\rx", "=HYPERLINK(1)"])
def test_what_a_spreadsheet_would_run_stays_text(begin: str) -> None:
    units = [replace(unit(0), name=f"{begin}|đơn vị"), *UNITS[1:]]
    book = made(account_of(units))
    for name in SHEETS[1:]:
        found = [
            c
            for row in book[name].iter_rows(min_row=2)
            for c in row
            if str(c.value).endswith("|đơn vị")
        ]
        assert found
        assert {c.data_type for c in found} == {"s"}
        assert all(c.quotePrefix for c in found)
        # XML reads the end of a line of any kind as a line feed.
        assert {c.value.replace("\n", "\r") for c in found} == {f"{begin}|đơn vị"}


@pytest.mark.parametrize(
    "name", ["x" * 300, "<b>Phường</b> & 'x'", "a\x00b\x1b\ud800c", "\u202eabc"]
)
def test_any_name_can_be_written(name: str) -> None:
    units = [replace(unit(0), name=name), *UNITS[1:]]
    seen = made(account_of(units))["Từng đơn vị"]["A2"].value
    assert seen in {name, "abc"}


def test_the_same_account_makes_the_same_bytes() -> None:
    made_twice = {workbook(ACCOUNT, VI, with_strength=True) for _ in range(2)}
    assert len(made_twice) == 1
    assert made().properties.created == datetime(2022, 3, 31, 13, 30)  # noqa: DTZ001 - of the file, UTC
    assert made().properties.modified == made().properties.created


def test_a_period_in_which_nothing_was_expected_has_no_rates() -> None:
    book = opened(workbook(Account(summary_of([], [], at("20:30"))), VI, with_strength=True))
    cells = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows()}
    assert cells["Báo cáo phải gửi"] == 0
    assert cells["Tỷ lệ gửi đúng hạn"] == "–"


def test_the_reports_alone_are_one_sheet() -> None:
    book = opened(days_workbook(ACCOUNT.summary, VI, with_strength=True))
    assert book.sheetnames == ["Từng ngày"]
    assert book["Từng ngày"].max_row == 1 + len(MARCH) * 3


def test_more_days_than_anyone_reads_are_left_out_and_that_is_said() -> None:
    told = summary_of(UNITS[:1], [report(UNITS[0])], at("20:30"), days=[MONDAY])
    many: tuple[UnitDay, ...] = told.unit_days * (MOST_DAYS + 1)
    book = made(Account(replace(told, unit_days=many)))
    assert "Từng ngày" not in book.sheetnames
    assert any(
        "50.001 dòng" in str(cell.value) for row in book["Tổng hợp"].iter_rows() for cell in row
    )
