"""The ways through summaries, as buttons."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.overviews import Overview
from bot.domain.periods import Period
from bot.screens.message import Message
from bot.screens.pages import BUTTONS_A_PAGE as UNITS_A_PAGE
from bot.screens.payloads import SummaryPress, View
from bot.screens.summaries import all_units, choose_unit
from bot.texts.markup import Html
from tests.builders import MONDAY, at, report, summary_of, texts, unit

VI = texts()
LONGEST_DATA = 64
MOST_BUTTONS = 100


def overview_of(number: int, clock_time: str = "17:00") -> Overview:
    units = [unit(n) for n in range(number)]
    summary = summary_of(units, [report(u) for u in units[:1]], at(clock_time))
    day = timedelta(days=1)
    return Overview(Period.DAY, MONDAY, summary, None, (), MONDAY - day, MONDAY + day)


def labels(message: Message) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]


def test_a_summary_leads_to_the_periods_beside_it_to_other_lengths_and_to_its_units() -> None:
    message = all_units(VI, overview_of(2), Html("x"))
    assert labels(message) == [
        ["◀", "▶"],
        ["• Ngày", "Tuần", "Tháng", "Quý", "Năm"],
        ["🏢 Từng đơn vị", "🔄 Cập nhật"],
    ]
    pressed = [SummaryPress.parse(b.data) for row in message.buttons for b in row]
    assert [press.day - MONDAY for press in pressed[:2]] == [-timedelta(days=1), timedelta(days=1)]
    assert [press.period for press in pressed[2:7]] == list(Period)
    assert pressed[7].view is View.UNITS


def test_the_way_to_what_cannot_be_seen_is_left_out() -> None:
    told = overview_of(2)
    assert labels(all_units(VI, replace(told, later=None), Html("x")))[0] == ["◀"]
    alone = replace(told, earlier=None, later=None)
    assert labels(all_units(VI, alone, Html("x")))[0][0] == "• Ngày"


def test_what_no_longer_changes_need_not_be_drawn_again() -> None:
    assert labels(all_units(VI, overview_of(2, "20:00"), Html("x")))[-1] == ["🏢 Từng đơn vị"]


def test_units_are_listed_with_the_mark_of_their_day() -> None:
    assert labels(choose_unit(VI, overview_of(3), 0)) == [
        ["✅ An Mỹ", "❌ An Phú"],
        ["❌ An Sơn"],
        ["↩️ Tổng hợp chung"],
    ]


def test_many_units_come_in_pages_and_each_is_on_one_of_them() -> None:
    told = overview_of(2 * UNITS_A_PAGE + 1)
    pages = [choose_unit(VI, told, page) for page in range(3)]
    presses = [
        SummaryPress.parse(button.data) for page in pages for row in page.buttons for button in row
    ]
    listed = [press.unit_id for press in presses if press.view is View.UNIT]
    assert listed == [total.unit.id for total in told.summary.by_unit]
    assert [labels(page)[-2] for page in pages] == [
        ["Trang sau ▶️"],
        ["◀️ Trang trước", "Trang sau ▶️"],
        ["◀️ Trang trước"],
    ]
    assert all(sum(map(len, page.buttons)) <= MOST_BUTTONS for page in pages)
    assert (
        max(len(b.data.encode()) for p in pages for row in p.buttons for b in row) <= LONGEST_DATA
    )


def test_a_page_that_no_longer_exists_is_the_last_one() -> None:
    told = overview_of(UNITS_A_PAGE + 1)
    assert choose_unit(VI, told, 999) == choose_unit(VI, told, 1)


def test_where_nothing_is_expected_there_is_no_unit_to_choose_and_a_way_back() -> None:
    message = choose_unit(VI, overview_of(0), 0)
    assert message.text.endswith("Không có đơn vị nào phải báo cáo trong ngày 14/03/2022.")
    assert labels(message) == [["↩️ Tổng hợp chung"]]
