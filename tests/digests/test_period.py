"""A week, month, quarter or year in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.digests.period import period_summary
from bot.domain.comparison import Comparison
from bot.domain.incidents import Handling, Incident, Severity
from bot.domain.insights import EqualDays, Flag, UnusualAbsence
from bot.domain.overviews import Beyond
from bot.domain.periods import Period
from bot.domain.reports import Report
from bot.domain.standings import Muster, Standing, standing_of
from bot.domain.targets import Figure, Measured, Scope
from bot.domain.targets import Standing as TargetStanding
from bot.domain.training_measures import TrainingRecord
from bot.domain.units import Unit
from bot.services.targets import preset_targets
from bot.texts.markup import plain
from tests.builders import LEADER, MONDAY, at, exemption, report, summary_of, texts, unit

VI = texts()
PERCENT = texts(in_percent=True)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
THIRTEEN = [unit(n) for n in range(13)]
A, B = THIRTEEN[:2]


def week_of(units: Sequence[Unit], came: Sequence[Report], now: datetime, **more: Any) -> Standing:
    return standing_of(summary_of(units, came, now, days=WEEK, **more))


PERFECT = week_of([A, B], [report(u, day=d) for u in (A, B) for d in WEEK], at("20:00", WEEK[-1]))


def test_a_week_has_its_rates_and_a_line_a_unit() -> None:
    units = THIRTEEN[:3]
    came = [report(units[0], day=day, safety=day != WEEK[1]) for day in WEEK]
    came += [report(units[1], "16:31", day=day) for day in WEEK[:5]]
    came += [report(units[2], day=day) for day in WEEK[:4]]
    assert period_summary(VI, week_of(units, came, at("20:00", WEEK[-1]))) == (
        "<b>Ban CHQS thành phố Tam Kỳ</b>\n"
        "<b>Tổng hợp tuần 14/03–20/03/2022</b>\n"
        "Đã chốt\n"
        "\n"
        "⚠️ <b>An Mỹ 15/03: an toàn có vấn đề</b>\n"
        "\n"
        "<b>Báo cáo 16/21</b> (76,2 %)\n"
        "Đúng hạn 11 (52,4 %)\n"
        "Muộn 5, chưa báo cáo 5\n"
        "Luôn đúng hạn 1: An Mỹ\n"
        "Muộn nhiều lần 1: An Phú 5\n"
        "Thiếu nhiều nhất: An Sơn 3, An Phú 2\n"
        "Thiếu nhiều ngày liền 2: An Sơn 3 (18/03–20/03), An Phú 2 (19/03–20/03)\n"
        "\n"
        "<b>Từng đơn vị</b>\n"
        "An Mỹ: 7/7, đúng hạn 7\n"
        "An Phú: <b>5/7</b>, đúng hạn 0\n"
        "An Sơn: <b>4/7</b>, đúng hạn 4"
    )


def test_a_perfect_week_needs_no_line_about_who_misses() -> None:
    came = [report(THIRTEEN[0], day=day) for day in WEEK]
    text = period_summary(VI, week_of(THIRTEEN[:1], came, at("20:00", WEEK[-1])))
    assert "Các đơn vị đã báo cáo: không có vấn đề." in text
    assert "Muộn" not in text
    assert "Thiếu" not in text


def test_a_period_under_way_says_until_when_it_is_told() -> None:
    text = period_summary(VI, week_of(THIRTEEN, [], at("16:00", WEEK[2])))
    assert "Tính đến 16:00 ngày 16/03/2022" in text
    assert "<b>Báo cáo 0/39</b>" in text
    assert "An Mỹ 3, An Phú 3, An Sơn 3, An Xuân 3, Hòa Hương 3 … và 8 đơn vị nữa" in text


@pytest.mark.parametrize(
    ("units", "ending"),
    [
        ([], "Không có đơn vị nào phải báo cáo trong tuần 14/03–20/03/2022."),
        (THIRTEEN, "Chưa đến giờ báo cáo ngày 14/03/2022: mở lúc 15:30, hạn 16:30."),
    ],
)
def test_a_period_in_which_nothing_is_expected_yet_says_why(units: list[Unit], ending: str) -> None:
    assert period_summary(VI, week_of(units, [], at("08:00"))).endswith(ending)


def test_rates_and_each_unit_are_told_against_the_week_before() -> None:
    comparison = Comparison(Period.WEEK, None, -0.0109, 0.0213, {A.id: 1 / 7, B.id: 0})
    assert period_summary(VI, PERFECT, comparison) == (
        "<b>Ban CHQS thành phố Tam Kỳ</b>\n"
        "<b>Tổng hợp tuần 14/03–20/03/2022</b>\n"
        "Đã chốt\n"
        "\n"
        "Các đơn vị đã báo cáo: không có vấn đề.\n"
        "\n"
        "✅ <b>Báo cáo 14/14</b> (100 %)\n"
        "Đúng hạn 14 (100 %)\n"
        "So với tuần trước: đúng hạn tăng 2,1 điểm, báo cáo giảm 1,1 điểm\n"
        "Đủ và đúng hạn 7 ngày liền cuối kỳ\n"
        "\n"
        "<b>Từng đơn vị</b>\n"
        "<i>▲▼: điểm % đúng hạn so với tuần trước</i>\n"
        "An Mỹ: 7/7, đúng hạn 7 ▲14\n"
        "An Phú: 7/7, đúng hạn 7"
    )


def test_a_period_under_way_names_the_days_that_are_compared() -> None:
    comparison = Comparison(Period.MONTH, 12, None, -0.5, {A.id: -0.5})
    text = period_summary(VI, PERFECT, comparison)
    assert "12 ngày đầu so với tháng trước: đúng hạn giảm 50 điểm\n" in text
    assert "An Mỹ: 7/7, đúng hạn 7 ▼50" in text


def test_rates_that_stayed_are_said_to_have_stayed() -> None:
    text = period_summary(VI, PERFECT, Comparison(Period.YEAR, None, 0.0001, 0, {A.id: 0.5}))
    assert "So với năm trước: đúng hạn không đổi, báo cáo không đổi\n" in text
    assert "▲" not in text


def test_what_stands_out_has_a_heading_of_its_own() -> None:
    flags: list[tuple[Unit, Flag]] = [
        (A, EqualDays(6, MONDAY)),
        (B, UnusualAbsence(WEEK[1], 12, 1.5)),
    ]
    text = period_summary(VI, PERFECT, None, flags)
    assert (
        "<b>Đáng chú ý</b>\n"
        "• An Mỹ: 6 báo cáo liền giống hệt nhau, từ 14/03\n"
        "• An Phú: ngày 15/03 vắng 12, thường là 1,5\n"
    ) in text


@pytest.mark.parametrize(("absent", "way"), [(12, "nhiều"), (0, "ít")])
def test_in_percent_mode_an_unusual_absence_is_told_without_heads(absent: int, way: str) -> None:
    text = period_summary(PERCENT, PERFECT, None, [(B, UnusualAbsence(WEEK[1], absent, 6.5))])
    assert f"• An Phú: ngày 15/03 vắng {way} khác thường\n" in text
    assert "6,5" not in text


def test_a_unit_that_was_exempt_all_the_time_is_said_to_be() -> None:
    exemptions = [exemption(B.id, day) for day in WEEK]
    summary = week_of([A, B], [], at("20:00", WEEK[-1]), exemptions=exemptions)
    assert period_summary(VI, summary).endswith("An Phú: được miễn")


def test_a_quarter_tells_its_course_by_month_and_a_month_does_not() -> None:
    first = date(2022, 1, 1)
    days = [first + timedelta(days=n) for n in range(90)]
    came = [report(A, "17:00" if day.month == 2 else "16:00", day=day) for day in days[:59]]
    musters = {day: Muster(24, day.month, 1) for day in days[:59]}
    told = standing_of(summary_of([A], came, at("20:00", days[58]), days=days), musters)
    text = period_summary(VI, told)
    assert (
        "<b>Theo tháng</b>\n"
        "1/2022: đúng hạn 100 %, muộn 0, thiếu 0, vắng 4,2 %\n"
        "2/2022: đúng hạn 0 %, muộn 28, thiếu 0, vắng 8,3 %\n"
        "\n"
    ) in text
    assert "Vắng bình quân 6,1 % quân số" in text
    assert "Theo tháng" not in period_summary(VI, PERFECT)


def test_in_percent_mode_a_quarter_carries_no_heads_and_no_share_of_a_small_group() -> None:
    few = replace(PERFECT, musters={day: Muster(9, 2, 1) for day in WEEK})
    many = replace(PERFECT, musters={day: Muster(48, 3, 1) for day in WEEK})
    assert "Vắng bình quân – quân số" in period_summary(PERCENT, few)
    assert "Vắng bình quân 6 % quân số" in period_summary(PERCENT, many)


def test_incidents_are_counted_by_how_grave_they_are_and_whether_they_are_closed() -> None:
    closed = Handling(at("18:00"), LEADER)
    incidents = tuple(
        Incident(n, A.id, LEADER, severity, "x", at("17:00"), closed=handled)
        for n, (severity, handled) in enumerate(
            [(Severity.ORDINARY, closed), (Severity.SERIOUS, None), (Severity.CRITICAL, closed)]
        )
    )
    text = period_summary(VI, replace(PERFECT, incidents=incidents))
    assert "🚨 Vụ việc 3 (rất nghiêm trọng 1, nghiêm trọng 1), chưa đóng 1\n" in text


def test_training_and_targets_are_sections_only_where_there_is_something() -> None:
    training = TrainingRecord(3, Figure(20, 26), Figure(38, 40), (A.id,))
    target = preset_targets({})[1]
    standing = TargetStanding(target, Scope(()), Measured(Figure(38, 50)))
    told = Beyond(WEEK[-1], training, (standing,), (), {A.id: A})
    text = plain(period_summary(VI, PERFECT, beyond=told))
    assert "3 buổi; điểm danh 20/26 lượt đơn vị" in text
    assert "hoàn thành 38/40 người (95 %)" in text
    assert f"Còn thiếu điểm danh 1: {A.short_name}" in text
    assert "Đạt 0, chưa đạt 1, chưa rõ 0 trong 1 chỉ tiêu" in text
    assert "76 % / ≥ 95 %" in text
    bare = period_summary(VI, PERFECT, beyond=Beyond(WEEK[-1], None, (), (), {}))
    assert bare == period_summary(VI, PERFECT)


def test_in_percent_mode_the_sections_tell_no_heads() -> None:
    training = TrainingRecord(3, Figure(20, 26), Figure(38, 40), ())
    standing = TargetStanding(preset_targets({})[1], Scope(()), Measured(Figure(38, 50)))
    told = Beyond(WEEK[-1], training, (standing,), (), {})
    text = plain(period_summary(PERCENT, PERFECT, beyond=told))
    assert "hoàn thành 95 %" in text
    assert "người" not in text
    assert "38" not in text
