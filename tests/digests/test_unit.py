"""One unit in words: a day with all that was reported, and its standing over a longer time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.digests.unit import unit_message
from bot.domain.comparison import Comparison
from bot.domain.insights import EqualDays, Flag, UnusualAbsence
from bot.domain.overviews import UnitHistory
from bot.domain.people import Role
from bot.domain.periods import Period
from bot.domain.reports import Author, Report
from tests.builders import MONDAY, at, exemption, report, summary_of, texts, unit

VI = texts()
PERCENT = texts(in_percent=True)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
A = unit(2)
ACTING = Author(7, Role.ACTING)


def day_of(
    *revisions: Report, clock_time: str = "18:00", in_percent: bool = False, **told: object
) -> str:
    exemptions = [exemption(A.id)] if told.get("is_exempt") else []
    flags = told.get("flags", ())
    assert isinstance(flags, tuple)
    summary = summary_of([A], revisions[-1:], at(clock_time), exemptions=exemptions)
    history = UnitHistory(A, Period.DAY, MONDAY, summary, None, 0, flags, revisions, None, None)
    return unit_message(PERCENT if in_percent else VI, history)


def week_of(
    came: Sequence[Report],
    clock_time: str,
    *,
    revisions: tuple[Report, ...] = (),
    flags: tuple[Flag, ...] = (),
    comparison: Comparison | None = None,
    streak: int = 0,
    name: Period = Period.WEEK,
    in_percent: bool = False,
) -> str:
    now = at(clock_time, WEEK[4])
    summary = summary_of([A], came, now, days=WEEK, exemptions=[exemption(A.id, WEEK[3])])
    history = UnitHistory(
        A, name, WEEK[4], summary, comparison, streak, flags, revisions, None, None
    )
    return unit_message(PERCENT if in_percent else VI, history)


FIRST = replace(
    report(A, "16:45", absent={"leave": 1}, order=False, author=ACTING),
    late_reason="mất mạng",
)
FIRST = replace(
    FIRST,
    answers={
        **FIRST.answers,
        "safety": None,
        "duty_commander": "deputy",
        "work": "Huấn luyện",
        "recommendation": "Thêm <02> máy bộ đàm",
    },
)
SECOND = replace(
    FIRST,
    revision=2,
    revised_at=at("17:02"),
    author=Author(3, Role.DEPUTY),
    answers={**FIRST.answers, "absent": {"leave": 1, "sick": 1}, "work": "Tuần tra"},
)


def test_a_day_tells_all_that_was_reported_and_who_changed_what() -> None:
    assert day_of(FIRST, SECOND) == (
        "<b>phường An Sơn</b>\n"
        "<b>Báo cáo trực ngày 14/03/2022</b>\n"
        "\n"
        "🟠 <b>Muộn</b>, hạn 16:30\n"
        "Gửi lúc 16:45 (Quyền CHT thay mặt CHT)\n"
        "Lý do muộn: mất mạng\n"
        "\n"
        "<b>Đã sửa</b>\n"
        "• lần 1 lúc 17:02 (Phó CHT, sau hạn): ốm 0 → 1; "
        "Việc hôm nay: “Huấn luyện” → “Tuần tra”\n"
        "\n"
        "An toàn: chưa nêu\n"
        "⚠️ <b>An ninh, trật tự: có vấn đề</b>\n"
        "\n"
        "<b>Quân số có mặt 22/24</b>, vắng 2\n"
        "Lý do vắng: phép 1, ốm 1\n"
        "\n"
        "Trực chỉ huy: Phó Chỉ huy trưởng\n"
        "Việc hôm nay: Tuần tra\n"
        "Kiến nghị: Thêm &lt;02&gt; máy bộ đàm"
    )


def test_in_percent_mode_a_day_has_no_heads_and_a_correction_only_names_what_changed() -> None:
    text = day_of(FIRST, SECOND, in_percent=True)
    assert "Quân số" not in text
    assert "ốm" not in text
    assert "sau hạn): đổi số vắng; Việc hôm nay:" in text


@pytest.mark.parametrize(
    ("clock_time", "line"),
    [
        ("08:00", "▫️ Chưa đến giờ: mở lúc 15:30"),
        ("16:29", "⏳ <b>Chưa báo cáo</b>, hạn 16:30"),
        ("16:30", "❌ <b>Chưa báo cáo</b>, quá hạn 16:30"),
    ],
)
def test_what_is_still_awaited_is_told_as_the_hour_has_it(clock_time: str, line: str) -> None:
    assert day_of(clock_time=clock_time).endswith(f"\n\n{line}")


def test_an_exempt_unit_says_why_and_shows_what_it_sent_all_the_same() -> None:
    assert day_of(is_exempt=True).endswith("\n\n➖ Được miễn: nghỉ lễ")
    text = day_of(report(A), is_exempt=True)
    assert "➖ Được miễn: nghỉ lễ\nGửi lúc 16:00 (CHT)" in text
    assert "Quân số" not in text


def test_a_flag_of_the_day_is_told_in_the_units_view() -> None:
    text = day_of(report(A), flags=(EqualDays(6, MONDAY - timedelta(days=5)),))
    assert text.endswith("<b>Đáng chú ý</b>\n• 6 báo cáo liền giống hệt nhau, từ 09/03")


def test_a_week_is_a_line_of_marks_with_what_is_behind_them() -> None:
    late = replace(report(A, "16:45", day=WEEK[1]), late_reason="mất mạng")
    came = [report(A, day=WEEK[0], safety=False), late]
    text = week_of(
        came,
        "16:00",
        flags=(UnusualAbsence(WEEK[1], 9, 1),),
        comparison=Comparison(Period.WEEK, 4, None, -0.333, {}),
        streak=2,
    )
    assert text == (
        "<b>phường An Sơn</b>\n"
        "<b>Tổng hợp tuần 14/03–20/03/2022</b>\n"
        "Tính đến 16:00 ngày 18/03/2022\n"
        "\n"
        "<b>Báo cáo 2/4</b> (50 %)\n"
        "Đúng hạn 1 (25 %)\n"
        "4 ngày đầu so với tuần trước: đúng hạn giảm 33,3 điểm\n"
        "Chuỗi đúng hạn: 2 ngày\n"
        "\n"
        "<code>14/03</code> ✅🟠❌➖⏳▫️▫️\n"
        "<i>Mỗi dòng một tuần, từ thứ Hai. "
        "✅ đúng hạn, 🟠 muộn, ❌ chưa báo cáo, ⏳ chưa đến hạn, ➖ được miễn</i>\n"
        "\n"
        "⚠️ <b>14/03 An toàn: có vấn đề</b>\n"
        "<b>Chưa báo cáo 1:</b> 16/03\n"
        "Muộn 1: 15/03 16:45 (mất mạng)\n"
        "\n"
        "<b>Đáng chú ý</b>\n"
        "• ngày 15/03 vắng 9, thường là 1"
    )


def test_corrections_of_a_longer_time_come_newest_first_with_their_days() -> None:
    other = report(A, day=WEEK[1])
    corrected = replace(
        other,
        revision=2,
        answers={**other.answers, "safety": False},
        revised_at=at("16:10", WEEK[1]),
    )
    text = week_of([SECOND, corrected], "18:00", revisions=(FIRST, SECOND, other, corrected))
    assert text.endswith(
        "<b>Đã sửa</b>\n"
        "• 15/03 lần 1 lúc 16:10 (CHT): An toàn: bình thường → có vấn đề\n"
        "• 14/03 lần 1 lúc 17:02 (Phó CHT, sau hạn): ốm 0 → 1; "
        "Việc hôm nay: “Huấn luyện” → “Tuần tra”"
    )


def test_a_year_has_a_line_a_month_instead_of_marks() -> None:
    text = week_of([report(A, day=WEEK[0])], "18:00", name=Period.YEAR)
    assert "Tháng 3: 1/4, đúng hạn 1\n" in text
    assert "✅🟠" not in text


@pytest.mark.parametrize(
    ("name", "days", "when"),
    [
        (Period.DAY, WEEK[:1], "ngày 14/03/2022"),
        (Period.WEEK, WEEK, "tuần 14/03–20/03/2022"),
    ],
)
def test_a_period_in_which_the_unit_owes_nothing_says_so(
    name: Period, days: list[date], when: str
) -> None:
    summary = summary_of([], [], at("18:00"), days=days)
    history = UnitHistory(A, name, MONDAY, summary, None, 0, (), (), None, None)
    assert unit_message(VI, history).endswith(f"Đơn vị không phải báo cáo trong {when}.")


def test_a_unit_that_is_exempt_all_the_time_has_no_rates() -> None:
    exemptions = [exemption(A.id, day) for day in WEEK]
    summary = summary_of([A], [], at("20:00", WEEK[-1]), days=WEEK, exemptions=exemptions)
    history = UnitHistory(A, Period.WEEK, MONDAY, summary, None, 0, (), (), None, None)
    assert unit_message(VI, history).endswith(
        "Đơn vị không phải báo cáo trong tuần 14/03–20/03/2022.\n\n"
        "<code>14/03</code> ➖➖➖➖➖➖➖\n"
        "<i>Mỗi dòng một tuần, từ thứ Hai. ➖ được miễn</i>"
    )
