import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.fitting import LONGEST_MESSAGE, shown_length
from bot.digests.missing import missing
from bot.digests.text import day_digest, late_digest
from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.exercises import Exercise, Part, Readiness
from bot.domain.incidents import Incident, OpenIncident, Severity
from bot.domain.nudging import Missing
from bot.domain.reports import Report
from bot.domain.units import Unit
from bot.texts.markup import Html, plain
from tests.builders import LEADER, MONDAY, at, exemption, report, summary_of, texts, unit

VI = texts()
PERCENT = texts(in_percent=True)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
THIRTEEN = [unit(n) for n in range(13)]


def digest(
    came: Sequence[Report],
    clock_time: str,
    *,
    units: Sequence[Unit] = THIRTEEN,
    final: bool = False,
    in_percent: bool = False,
) -> str:
    summary = summary_of(units, came, at(clock_time))
    return day_digest(PERCENT if in_percent else VI, summary, final=final)


# The day's digest


def test_incidents_that_are_not_closed_come_first_the_newest_before_the_older() -> None:
    units = [unit(n) for n in range(12)]
    found = tuple(
        OpenIncident(u, Incident(n, u.id, LEADER, Severity.SERIOUS, "x", at(f"{n:02}:30")))
        for n, u in enumerate(units)
    )
    summary = replace(summary_of(units, [], at("16:30")), open_incidents=found)
    told = plain(day_digest(VI, summary, final=False))
    begin = "Vụ việc chưa đóng: Tam Thanh 11:30 14/03 (nghiêm trọng, chưa nhận), Tam Phú 10:30"
    assert begin in told
    assert "… và 2 vụ việc nữa" in told
    assert told.index(begin) < told.index("Báo cáo 0/12")


def test_the_digest_at_due_reads_from_problems_to_what_is_unknown() -> None:
    came = [report(u, absent={"leave": 1}) for u in THIRTEEN[:10]]
    came[2] = report(THIRTEEN[2], absent={"sick": 2}, safety=False)
    came.append(report(THIRTEEN[10], "16:42", absent={"leave": 1}))
    assert digest(came, "16:45") == (
        "<b>Ban CHQS thành phố Tam Kỳ</b>\n"
        "<b>Báo cáo trực ngày 14/03/2022</b>\n"
        "Tính đến 16:45, nhận muộn đến 20:00\n"
        "\n"
        "⚠️ <b>An Sơn: an toàn có vấn đề</b>\n"
        "Đề nghị gọi trực chỉ huy đơn vị.\n"
        "\n"
        "<b>Báo cáo 11/13</b> (84,6 %)\n"
        "Đúng hạn 10 (76,9 %)\n"
        "Muộn 1: Tam Phú 16:42\n"
        "<b>Chưa báo cáo 2:</b> Tam Thanh, Tam Thăng\n"
        "\n"
        "<b>Quân số có mặt 252/264</b>, vắng 12\n"
        "Lý do vắng: phép 10, ốm 2\n"
        "Chưa rõ: 2 đơn vị chưa báo cáo"
    )


def test_a_day_with_everything_keeps_problems_first() -> None:
    came = [report(u) for u in THIRTEEN[:10]]
    came[0] = report(THIRTEEN[0], safety=False)
    came[1] = replace(came[1], answers={"absent": {}, "safety": None, "order": None})
    came[2] = replace(report(THIRTEEN[2], "16:45"), late_reason="mất mạng")
    words = {"recommendation": "Thêm 02 máy bộ đàm"}
    came[3] = replace(came[3], answers={**came[3].answers, **words})
    summary = summary_of(
        THIRTEEN, came, at("17:00"), exemptions=[exemption(THIRTEEN[11].id, reason="nghỉ lễ")]
    )
    assert day_digest(VI, summary, final=False) == (
        "<b>Ban CHQS thành phố Tam Kỳ</b>\n"
        "<b>Báo cáo trực ngày 14/03/2022</b>\n"
        "Tính đến 17:00, nhận muộn đến 20:00\n"
        "\n"
        "⚠️ <b>An Mỹ: an toàn có vấn đề</b>\n"
        "Đề nghị gọi trực chỉ huy đơn vị.\n"
        "Chưa nêu an toàn: An Phú\n"
        "Chưa nêu an ninh, trật tự: An Phú\n"
        "\n"
        "<b>Báo cáo 10/12</b> (83,3 %)\n"
        "Đúng hạn 9 (75 %)\n"
        "Muộn 1: An Sơn 16:45 (mất mạng)\n"
        "<b>Chưa báo cáo 2:</b> Tam Phú, Tam Thăng\n"
        "Được miễn 1: Tam Thanh (nghỉ lễ)\n"
        "\n"
        "<b>Quân số có mặt 240/240</b>, vắng 0\n"
        "Chưa rõ: 2 đơn vị chưa báo cáo\n"
        "\n"
        "<b>Kiến nghị</b>\n"
        "An Xuân: Thêm 02 máy bộ đàm"
    )


def test_a_question_left_open_is_not_told_as_no_problem() -> None:
    left_open = replace(report(THIRTEEN[0]), answers={"absent": {}, "safety": None, "order": True})
    text = digest([left_open, *(report(u) for u in THIRTEEN[1:])], "16:30")
    assert "không có vấn đề" not in text
    assert "Chưa nêu an toàn: An Mỹ" in text


@pytest.mark.parametrize(
    ("exempt", "line"),
    [
        ({11: "nghỉ lễ", 12: "nghỉ lễ"}, "Được miễn 2 (nghỉ lễ): Tam Thanh, Tam Thăng"),
        ({11: "nghỉ lễ", 12: "bão"}, "Được miễn 2: Tam Thanh (nghỉ lễ), Tam Thăng (bão)"),
    ],
)
def test_a_reason_that_all_share_is_said_once(exempt: dict[int, str], line: str) -> None:
    exemptions = [exemption(THIRTEEN[n].id, reason=reason) for n, reason in exempt.items()]
    summary = summary_of(THIRTEEN, [], at("16:30"), exemptions=exemptions)
    assert line in day_digest(VI, summary, final=False).splitlines()


def test_a_day_on_which_all_are_exempt_says_why_nothing_is_expected() -> None:
    summary = summary_of(THIRTEEN[:2], [], at("16:30"), exemptions=[exemption(None, reason="Tết")])
    assert day_digest(VI, summary, final=False).endswith(
        "không có đơn vị nào phải báo cáo.\n\nĐược miễn 2 (Tết): An Mỹ, An Phú"
    )


def test_peoples_own_words_are_cut_beside_others() -> None:
    words = {"recommendation": "đề nghị " * 25}
    late = replace(report(THIRTEEN[0], "16:45"), late_reason="kẹt xe " * 20)
    late = replace(late, answers={**late.answers, **words})
    text = digest([late], "17:00")
    assert "An Mỹ 16:45 (kẹt xe kẹt xe kẹt xe kẹt xe kẹt xe kẹt…)" in text
    assert len(text.splitlines()[-1]) <= len("An Mỹ: ") + 100


def test_a_unit_with_a_later_deadline_of_its_own_is_not_told_as_missing() -> None:
    told = summary_of(THIRTEEN[:3], [report(THIRTEEN[0])], at("16:30"))
    last = told.unit_days[-1]
    later = replace(last, window=replace(last.window, due=at("18:00")))
    text = day_digest(VI, replace(told, unit_days=(*told.unit_days[:-1], later)), final=False)
    assert "<b>Chưa báo cáo 1:</b> An Phú" in text
    assert "Chưa đến hạn riêng 1: An Sơn 18:00" in text


def test_a_complete_normal_day_is_short() -> None:
    assert digest([report(u) for u in THIRTEEN], "16:12", final=True) == (
        "<b>Ban CHQS thành phố Tam Kỳ</b>\n"
        "<b>Báo cáo trực ngày 14/03/2022</b>\n"
        "Bản chốt, tính đến 16:12\n"
        "\n"
        "Các đơn vị đã báo cáo: không có vấn đề.\n"
        "\n"
        "✅ <b>Báo cáo 13/13</b> (100 %)\n"
        "Đúng hạn 13 (100 %)\n"
        "\n"
        "<b>Quân số có mặt 312/312</b>, vắng 0"
    )


@pytest.mark.parametrize(
    ("clock_time", "final", "line"),
    [
        ("16:00", False, "Tính đến 16:00, hạn 16:30"),
        ("16:30", False, "Tính đến 16:30, nhận muộn đến 20:00"),
        ("20:00", False, "Đã chốt lúc 20:00"),
        ("19:59", True, "Bản chốt, tính đến 19:59"),
        ("20:00", True, "Bản chốt lúc 20:00"),
        ("23:10", True, "Bản chốt lúc 20:00"),
    ],
)
def test_the_digest_says_how_far_the_day_has_come(clock_time: str, final: bool, line: str) -> None:
    assert line in digest([report(THIRTEEN[0])], clock_time, final=final).splitlines()


def test_silence_is_not_told_as_good_news_nor_as_absence() -> None:
    text = digest([], "16:30")
    assert "Không có vấn đề" not in text
    assert "vắng" not in text
    assert "<b>Báo cáo 0/13</b> (0 %)" in text
    assert "<b>Quân số chưa rõ</b>: 13 đơn vị chưa báo cáo" in text


def test_before_the_opening_only_the_times_are_told() -> None:
    text = digest([], "08:00")
    assert text.endswith("Chưa đến giờ báo cáo ngày 14/03/2022: mở lúc 15:30, hạn 16:30.")
    assert "0/13" not in text


def test_who_reports_before_the_opening_is_counted_and_nobody_is_missing() -> None:
    text = digest([report(THIRTEEN[0], "07:50")], "08:00")
    assert "Tính đến 08:00, mở lúc 15:30" in text
    assert "<b>Báo cáo 1/13</b>" in text
    assert "Chưa báo cáo" not in text


def test_a_day_without_expected_reports_is_told_plainly() -> None:
    text = digest([], "16:30", units=[])
    assert text.endswith("Ngày 14/03/2022 không có đơn vị nào phải báo cáo.")
    assert "%" not in text


def test_a_correction_after_due_is_marked_and_stays_on_time() -> None:
    text = digest([report(THIRTEEN[0], "16:00", revised="17:05")], "18:00")
    assert "Sửa sau hạn 1: An Mỹ 17:05" in text
    assert "Muộn" not in text


def test_a_late_report_of_another_day_shows_its_date() -> None:
    late = report(THIRTEEN[0], "16:00", day=MONDAY)
    next_morning = at("07:00", MONDAY + timedelta(days=1))
    late = Report(
        late.unit_id,
        MONDAY,
        next_morning,
        late.due_at,
        1,
        next_morning,
        late.author,
        24,
        late.answers,
    )
    assert "Muộn 1: An Mỹ 07:00 ngày 15/03/2022" in digest([late], "20:00")


def test_an_unknown_establishment_is_kept_out_of_the_present_and_said() -> None:
    units = [unit(0, establishment=None), unit(1), unit(2)]
    came = [report(units[0], absent={"sick": 2}), report(units[1], absent={"sick": 1})]
    assert digest(came, "16:30", units=units).splitlines()[-3:] == [
        "<b>Quân số có mặt 23/24</b>, vắng 1",
        "Lý do vắng: ốm 3",
        "Chưa rõ: 1 đơn vị chưa báo cáo, 1 đơn vị chưa có biên chế (vắng 2)",
    ]


def test_without_any_known_establishment_strength_is_unknown() -> None:
    units = [unit(0, establishment=None)]
    text = digest([report(units[0])], "16:30", units=units)
    assert text.endswith("<b>Quân số chưa rõ</b>: 1 đơn vị chưa có biên chế")


def test_sample_establishments_are_told() -> None:
    units = [unit(0, is_sample=True), unit(1)]
    came = [report(u) for u in units]
    assert digest(came, "16:30", units=units).endswith("<i>Biên chế là số mẫu (1 đơn vị)</i>")


# Strength in percent


def test_in_percent_mode_no_count_of_people_is_told() -> None:
    units = [unit(n, establishment=7919) for n in range(3)]
    units.append(unit(3, establishment=None))
    came = [report(u, absent={"leave": 613, "sick": 389}) for u in units]
    text = digest(came, "16:30", units=units, in_percent=True)
    assert "<b>Quân số có mặt 87 %</b>\nChưa rõ: 1 đơn vị chưa có biên chế" in text
    figures = set(re.findall(r"\d+", text.replace(".", "")))
    assert figures.isdisjoint({"7919", "613", "389", "1002", "23757", "20751", "3006", "4008"})
    assert "vắng" not in text.lower()


@pytest.mark.parametrize(
    ("establishment", "absent", "share"),
    [
        (9, 0, "–"),
        (9, 9, "–"),
        (10, 0, "100 %"),
        (10, 10, "0 %"),
        (1000, 1, "99 %"),
        (1000, 999, "1 %"),
        (24, 1, "96 %"),
    ],
)
def test_a_share_of_people_is_whole_and_hides_small_groups(
    establishment: int, absent: int, share: str
) -> None:
    units = [unit(0, establishment=establishment)]
    came = [report(units[0], absent={"leave": absent})]
    text = digest(came, "16:30", units=units, in_percent=True)
    assert text.endswith(f"<b>Quân số có mặt {share}</b>")


@given(st.integers(1, 5000), st.data())
def test_a_rate_is_all_or_none_only_when_it_is(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    text = VI.rate(part / whole)
    assert (text == "100 %") == (part == whole)
    assert (text == "0 %") == (part == 0)


def test_a_rate_of_nothing_expected_is_a_dash() -> None:
    assert VI.rate(None) == "–"


# Who has not reported


@pytest.mark.parametrize(
    ("reported", "clock_time", "text"),
    [
        (13, "16:00", "Ngày 14/03/2022: Tất cả 13/13 đã báo cáo."),
        (
            11,
            "16:00",
            (
                "<b>Chưa báo cáo 2/13</b>\nNgày 14/03/2022\nTính đến 16:00, hạn 16:30\n\n"
                "• xã Tam Thanh\n• xã Tam Thăng"
            ),
        ),
        (
            12,
            "21:00",
            "<b>Chưa báo cáo 1/13</b>\nNgày 14/03/2022\nĐã chốt lúc 20:00\n\n• xã Tam Thăng",
        ),
        (0, "07:00", "Chưa đến giờ báo cáo ngày 14/03/2022: mở lúc 15:30, hạn 16:30."),
        (
            1,
            "07:00",
            (
                "Chưa đến giờ báo cáo ngày 14/03/2022: mở lúc 15:30, hạn 16:30.\n"
                "<b>Báo cáo 1/13</b> (7,7 %)"
            ),
        ),
    ],
)
def test_who_is_missing_is_told_as_the_hour_has_it(
    reported: int, clock_time: str, text: str
) -> None:
    came = [report(u, "06:30") for u in THIRTEEN[:reported]]
    assert missing(VI, Missing(summary_of(THIRTEEN, came, at(clock_time)))) == text


def test_nobody_is_missing_where_nothing_is_expected() -> None:
    text = missing(VI, Missing(summary_of([], [], at("18:00"))))
    assert text == "Ngày 14/03/2022 không có đơn vị nào phải báo cáo."


# Several days


def test_days_that_passed_unseen_come_in_one_message() -> None:
    first = summary_of(THIRTEEN[:2], [report(THIRTEEN[0], safety=False)], at("20:00", WEEK[2]))
    second = summary_of(
        THIRTEEN[:2],
        [report(u, "16:45", day=WEEK[1]) for u in THIRTEEN[:2]],
        at("20:00", WEEK[2]),
        days=[WEEK[1]],
    )
    empty = summary_of([], [], at("20:00", WEEK[2]), days=[WEEK[2]])
    assert late_digest(VI, [first, second, empty]) == (
        "<b>Ban CHQS thành phố Tam Kỳ</b>\n"
        "<b>Tổng hợp muộn, 3 ngày đã chốt</b>\n"
        "\n"
        "<b>14/03/2022: 1/2</b> (50 %)\n"
        "⚠️ <b>An Mỹ: an toàn có vấn đề</b>\n"
        "Đúng hạn 1 (50 %)\n"
        "<b>Chưa báo cáo 1:</b> An Phú\n"
        "\n"
        "<b>15/03/2022: 2/2</b> (100 %)\n"
        "Đúng hạn 0 (0 %)\n"
        "Muộn 2: An Mỹ 16:45, An Phú 16:45\n"
        "\n"
        "<b>16/03/2022</b>: không đơn vị nào phải báo cáo\n"
        "\n"
        "Chi tiết: /tonghop ngay 16/3/2022"
    )


def test_days_that_passed_unseen_are_told_with_the_incidents_that_are_still_open() -> None:
    one = THIRTEEN[0]
    found = OpenIncident(one, Incident(1, one.id, LEADER, Severity.SERIOUS, "x", at("09:30")))
    days = [
        replace(
            summary_of(THIRTEEN[:2], [], at("20:00", WEEK[2]), days=[day]), open_incidents=(found,)
        )
        for day in WEEK[:2]
    ]
    told = plain(late_digest(VI, days))
    assert told.count("Vụ việc chưa đóng: An Mỹ 09:30 14/03 (nghiêm trọng, chưa nhận)") == 1


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), "năm 2022"),
        (date(2022, 1, 1), date(2022, 3, 31), "quý I/2022"),
        (date(2022, 10, 1), date(2022, 12, 31), "quý IV/2022"),
        (date(2022, 2, 1), date(2022, 2, 28), "tháng 2/2022"),
        (date(2021, 12, 27), date(2022, 1, 2), "tuần 27/12/2021–02/01/2022"),
        (date(2022, 3, 15), date(2022, 3, 17), "15/03–17/03/2022"),
    ],
)
def test_a_span_is_called_by_its_own_name(first: date, last: date, name: str) -> None:
    assert VI.days(first, last) == name


# Lists that are cut


def test_a_list_that_is_cut_says_how_many_it_leaves_out() -> None:
    units = [unit(n) for n in range(3321)]
    text = digest([], "16:30", units=units)
    shown = re.search(r"Chưa báo cáo 3\.321:</b> (.*) … và ([\d.]+) đơn vị nữa", text)
    assert shown
    assert len(shown[1].split(", ")) + int(shown[2].replace(".", "")) == 3321
    assert shown_length(Html(text)) > LONGEST_MESSAGE * 2 // 3


def test_many_days_are_cut_from_the_oldest() -> None:
    now = at("20:00", MONDAY + timedelta(days=150))
    days = [MONDAY + timedelta(days=n) for n in range(150)]
    text = late_digest(VI, [summary_of(THIRTEEN, [], now, days=[day]) for day in days])
    assert "<b>Tổng hợp muộn, 150 ngày đã chốt</b>\n… và " in text
    assert "ngày trước đó nữa" in text
    assert f"<b>{days[-1]:%d/%m/%Y}: 0/13</b>" in text
    assert f"{days[0]:%d/%m/%Y}" not in text
    assert shown_length(text) <= LONGEST_MESSAGE


def test_days_that_passed_unseen_are_told_with_the_exercises_that_press_now() -> None:
    item = ChecklistItem(1, "funding", "", WEEK[3], ItemState.OPEN)
    exercise = Exercise(1, "Diễn tập khu vực", None, WEEK[4])
    days = [summary_of(THIRTEEN[:2], [], at("20:00", WEEK[2]), days=[day]) for day in WEEK[:2]]
    told = plain(late_digest(VI, days, (Readiness(exercise, None, (Part(None, (item,)),)),)))
    assert "Chuẩn bị diễn tập" in told
    assert "Diễn tập khu vực" in told
