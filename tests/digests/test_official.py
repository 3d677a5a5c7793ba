"""The official report, in the form of the decree: measured on the file that comes out."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from bot.digests.official import MOST_LINES, MOST_UNITS, official_report
from bot.domain.letterheads import Letterhead
from bot.domain.overviews import Account
from tests.builders import MONDAY, at, report, summary_of, texts, unit
from tests.digests.offices import UNITS, account_of, read, words

VI = texts()
HEAD = Letterhead(
    superior="Bộ CHQS tỉnh Quảng Nam",
    symbol="BC-BCH",
    place="Tam Kỳ",
    signer=("KT. CHỈ HUY TRƯỞNG", "Phó Chỉ huy trưởng"),
    recipients=("Bộ CHQS tỉnh Quảng Nam (để báo cáo)", "Thường trực Thành ủy"),
)
CONTENT = official_report(account_of(), HEAD, VI)


def paragraphs(document: Any) -> list[Any]:
    cells = [c for t in document.tables for row in t.rows for c in row.cells]
    return [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]


def the(text: str, document: Any) -> Any:
    (found,) = [p for p in paragraphs(document) if p.text == text]
    return found


def looks(paragraph: Any) -> tuple[float, bool, bool]:
    (run,) = paragraph.runs
    return run.font.size.pt, bool(run.bold), bool(run.italic)


def test_the_page_has_the_margins_of_the_decree() -> None:
    (section,) = read(CONTENT).sections
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides] == [210, 297, 20, 20]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [30, 15]


def test_every_letter_is_black_times_new_roman_within_the_sizes() -> None:
    document = read(CONTENT)
    runs = [run for p in paragraphs(document) for run in p.runs if run.text]
    assert {run.font.name for run in runs} == {"Times New Roman"}
    assert {run.font.color.rgb for run in runs} == {None}
    assert {run.font.size.pt for run in runs} <= {11, 12, 13, 14}


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, True, False)),
        ("Độc lập - Tự do - Hạnh phúc", (13, True, False)),
        ("BỘ CHQS TỈNH QUẢNG NAM", (13, False, False)),
        ("BAN CHQS THÀNH PHỐ TAM KỲ", (13, True, False)),
        ("Số: …/BC-BCH", (13, False, False)),
        ("Tam Kỳ, ngày 31 tháng 3 năm 2022", (13, False, True)),
        ("DỰ THẢO", (13, True, False)),
        ("BÁO CÁO", (14, True, False)),
        ("Kết quả thực hiện chế độ báo cáo trực ngày tháng 3/2022", (14, True, False)),
        ("KT. CHỈ HUY TRƯỞNG", (14, True, False)),
        ("PHÓ CHỈ HUY TRƯỞNG", (14, True, False)),
    ],
)
def test_what_stands_around_the_body_is_centred(text: str, look: tuple[float, bool, bool]) -> None:
    paragraph = the(text, read(CONTENT))
    assert looks(paragraph) == look
    assert paragraph.alignment == ALIGN.CENTER


def test_recipients_are_listed_and_end_with_the_archive() -> None:
    document = read(CONTENT)
    assert looks(the("Nơi nhận:", document)) == (12, True, True)
    cell = document.tables[-1].rows[0].cells[0]
    assert [p.text for p in cell.paragraphs] == [
        "Nơi nhận:",
        "- Bộ CHQS tỉnh Quảng Nam (để báo cáo);",
        "- Thường trực Thành ủy;",
        "- Lưu: VT, …",
    ]
    assert {looks(p)[0] for p in cell.paragraphs[1:]} == {11}


def test_the_body_is_justified_with_its_first_line_drawn_in() -> None:
    body = [p for p in read(CONTENT).paragraphs if p.alignment == ALIGN.JUSTIFY]
    assert len(body) > 10
    for paragraph in body:
        form = paragraph.paragraph_format
        assert form.first_line_indent.cm == pytest.approx(1.27, abs=0.01)
        assert form.space_after.pt >= 6
        assert looks(paragraph)[0] == 14


def test_three_rules_are_drawn_and_that_of_the_motto_has_its_length() -> None:
    ruled = [p for p in paragraphs(read(CONTENT)) if p._p.findall(f".//{qn('w:pBdr')}")]
    assert len(ruled) == 3
    motto = the("Độc lập - Tự do - Hạnh phúc", read(CONTENT))._p.getnext()
    (rule,) = [p for p in ruled if p._p.xml == motto.xml]
    form = rule.paragraph_format
    assert 90 - form.left_indent.mm - form.right_indent.mm == pytest.approx(53.1, abs=0.2)


def test_pages_are_numbered_from_the_second_at_the_top_centre() -> None:
    (section,) = read(CONTENT).sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    header = section.header.paragraphs[0]
    assert header.alignment == ALIGN.CENTER
    assert [e.text for e in header._p.iter(qn("w:instrText"))] == ["PAGE"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2022, 1, 5), "Tam Kỳ, ngày 05 tháng 01 năm 2022"),
        (date(2022, 2, 28), "Tam Kỳ, ngày 28 tháng 02 năm 2022"),
        (date(2022, 3, 9), "Tam Kỳ, ngày 09 tháng 3 năm 2022"),
        (date(2022, 12, 10), "Tam Kỳ, ngày 10 tháng 12 năm 2022"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_a_zero(day: date, told: str) -> None:
    summary = summary_of(UNITS, [], at("20:30", day), days=[day])
    assert told in words(official_report(Account(summary), HEAD, VI))


def test_without_settings_the_command_is_the_body_and_the_place_is_left_open() -> None:
    text = words(official_report(account_of(), Letterhead(symbol="BC-BCH"), VI))
    assert "BAN CHQS THÀNH PHỐ TAM KỲ" in text
    assert "…………, ngày 31 tháng 3 năm 2022" in text
    assert "QUẢNG NAM" not in text


def test_another_body_speaks_where_one_is_set() -> None:
    text = words(official_report(account_of(), replace(HEAD, body="Ban CHPTKV 1"), VI))
    assert "BAN CHPTKV 1" in text
    assert "Ban CHPTKV 1 báo cáo kết quả" in text
    assert "Tam Kỳ báo cáo" not in text


def test_the_body_tells_results_problems_and_who_was_silent() -> None:
    text = words(CONTENT)
    for line in (
        "Phải gửi 93 báo cáo; đã gửi 81 (87,1 %), đúng hạn 71 (76,3 %), muộn 10, chưa gửi 12.",
        "- Ngày 02/03, phường An Mỹ: an toàn có vấn đề.",
        "- Phường An Phú: muộn 10 (22/03, 23/03, 24/03, 25/03, 26/03, 27/03, 28/03, 29/03, 30/03, 31/03).",
        "- Phường An Sơn: chưa gửi 12 (20/03, 21/03, 22/03, 23/03, 24/03, 25/03, 26/03, 27/03, 28/03, 29/03, …).",
        "Không có kiến nghị.",
        "So với tháng trước: đúng hạn tăng 43 điểm, báo cáo tăng 53,8 điểm.",
    ):
        assert line in text


def test_it_tells_no_strength_and_no_person() -> None:
    text = words(CONTENT)
    for hidden in ("phép", "ốm", "quân số", "biên chế", "CHT,"):
        assert hidden not in text.replace("Bộ CHQS", "")


def test_recommendations_are_bounded_and_the_rest_counted() -> None:
    came = [
        replace(r, answers={**r.answers, "recommendation": f"Kiến nghị số {n}"})
        for n, r in enumerate(report(UNITS[0], day=d.day) for d in account_of().summary.windows)
    ]
    text = words(official_report(account_of(came=came), HEAD, VI))
    assert "- Phường An Mỹ (ngày 01/03): Kiến nghị số 0." in text
    assert len(re.findall("Kiến nghị số", text)) == MOST_LINES
    assert f"- Còn {31 - MOST_LINES} kiến nghị khác, xem bảng tính kèm theo." in text


def test_of_very_many_units_the_worst_are_in_the_table() -> None:
    units = [unit(n) for n in range(MOST_UNITS + 5)]
    summary = summary_of(units, [report(u) for u in units[:-1]], at("20:30"), days=[MONDAY])
    content = official_report(Account(summary), HEAD, VI)
    table = read(content).tables[1]
    assert len(table.rows) == MOST_UNITS + 2
    assert table.rows[1].cells[1].text == "Phường Số 65"
    assert "5 đơn vị khác xem bảng tính kèm theo" in words(content)


def test_a_question_left_open_is_no_good_news() -> None:
    came = [replace(r, answers={"safety": None, "order": True}) for r in [report(UNITS[0])]]
    summary = summary_of(UNITS, came, at("20:30"), days=[MONDAY])
    text = words(official_report(Account(summary), HEAD, VI))
    assert "- Có 1 báo cáo chưa nêu tình hình an toàn." in text
    assert VI.no_problems_reported not in text


def test_where_nothing_was_expected_that_is_what_it_says() -> None:
    text = words(official_report(Account(summary_of([], [], at("20:30"))), HEAD, VI))
    assert "Không có đơn vị nào phải báo cáo" in text
    assert "%" not in text


@pytest.mark.parametrize(
    "name", ["x" * 300, "<b>Phường</b> & 'x'", "=1+1", "a\x00b\x1bc\ud800\u202e"]
)
def test_any_name_can_be_written(name: str) -> None:
    content = official_report(account_of([replace(unit(0), name=name), *UNITS[1:]]), HEAD, VI)
    assert (name[:1].upper() + name[1:8]).replace("\x00", "")[:1] in words(content)


def test_the_same_account_makes_the_same_bytes() -> None:
    assert official_report(account_of(), HEAD, VI) == CONTENT
