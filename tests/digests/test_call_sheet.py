"""The sheet of whom to ring: positions printed, names and numbers left to a pen."""

from docx.shared import Mm

from bot.digests.call_sheet import call_sheet
from bot.domain.calls import CallSheet, Holder, call_rows
from bot.domain.people import Role
from tests.builders import COMMAND, at, texts, unit
from tests.digests.offices import read, words

UNITS = [unit(n) for n in range(13)]
HOLDERS = [
    Holder(Role.LEADER, UNITS[0].id),
    Holder(Role.DEPUTY, UNITS[0].id, at("08:00")),
    Holder(Role.COMMANDER, None),
]
SHEET = CallSheet(COMMAND, at("09:00"), call_rows(UNITS, HOLDERS))


def test_each_position_has_a_row_with_empty_places_for_a_name_and_a_number() -> None:
    (table,) = read(call_sheet(SHEET, texts())).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["TT", "Đơn vị", "Vị trí", "Trong hệ thống", "Họ và tên", "Điện thoại"]
    assert rows[1] == ["1", "Cơ quan chỉ huy", "Chỉ huy cấp trên", "đã tham gia", "", ""]
    assert rows[3] == ["3", "phường An Mỹ", "Chỉ huy trưởng", "đã tham gia", "", ""]
    assert rows[4][1:4] == ["phường An Mỹ", "Phó chỉ huy", "không nhận tin từ 14/03/2022"]
    assert rows[5][1:4] == ["phường An Phú", "Chỉ huy trưởng", "chưa tham gia"]
    assert len(rows) == 1 + len(SHEET.rows) == 1 + 2 + 2 * 13
    assert all(row[4:] == ["", ""] for row in rows[1:])


def test_it_is_a_page_of_a4_with_rows_high_enough_to_write_in() -> None:
    document = read(call_sheet(SHEET, texts()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    width = sum(column.width for column in document.tables[0].columns)
    assert width <= section.page_width - section.left_margin - section.right_margin
    assert all(row.height >= Mm(8) for row in document.tables[0].rows)


def test_it_says_where_it_belongs_and_is_the_same_each_time() -> None:
    content = call_sheet(SHEET, texts())
    assert "Để tại phòng trực; không chụp, không gửi qua mạng." in words(content)
    assert "lúc 09:00 ngày 14/03/2022" in words(content)
    assert content == call_sheet(SHEET, texts())
