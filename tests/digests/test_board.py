"""The text of the pinned board: the worst first, short lines, and no change without news."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.board import board
from bot.digests.fitting import LONGEST_MESSAGE, shown_length
from bot.domain.calendar import WEEKDAYS, Calendar, Exemption
from bot.domain.measures import unit_day
from bot.domain.reports import Report
from bot.domain.summaries import summarise
from bot.domain.units import Unit
from bot.texts.markup import Html, plain
from tests.builders import COMMAND, MONDAY, SCHEDULE, at, report, texts, unit

VI = texts()
THIRTEEN = [unit(n) for n in range(13)]
# On a phone 390 px wide a line of the size of Telegram's text holds about this many letters.
PHONE_LINE = 36


def shown(
    came: list[Report],
    clock_time: str,
    *,
    units: list[Unit] = THIRTEEN,
    exempt: Mapping[int, str] | None = None,
    opens_later: tuple[int, ...] = (),
) -> Html:
    """Return the board at that time; `exempt` are reasons by the unit's number in the list."""
    reasons = exempt or {}
    by_unit = {one.unit_id: one for one in came}
    now = at(clock_time)
    rows = []
    for number, each in enumerate(units):
        window = SCHEDULE.window(MONDAY)
        if number in opens_later:
            window = replace(window, opens=at("18:00"), due=at("19:00"))
        excused = None
        if number in reasons:
            excused = Exemption(1, each.id, MONDAY, MONDAY, frozenset(WEEKDAYS), reasons[number])
        rows.append(unit_day(each, window, by_unit.get(each.id), now, excused))
    return board(VI, summarise(COMMAND, MONDAY, MONDAY, now, Calendar(SCHEDULE), rows))


def test_in_the_middle_of_a_day_the_worst_comes_first() -> None:
    came = [
        report(THIRTEEN[0], "15:32", safety=False),
        report(THIRTEEN[1], "15:40", revised="16:50"),
        report(THIRTEEN[2], "16:41"),
    ]
    text = shown(came, "17:05", units=THIRTEEN[:7], exempt={3: "diễn tập"}, opens_later=(4,))
    assert text == (
        "<b>Báo cáo trực 14/03/2022: 3/6</b>\n"
        "Ban CHQS thành phố Tam Kỳ\n"
        "▰▰▰▰▰▱▱▱▱▱\n"
        "Đã quá hạn 16:30, nhận đến 20:00\n"
        "\n"
        "⚠️ <b>An Mỹ: an toàn có vấn đề</b>\n"
        "\n"
        "⏰ <b>Quá hạn chưa báo cáo: 2</b>\n"
        "Hòa Thuận, Phước Hòa\n"
        "\n"
        "🕔 <b>Báo cáo muộn: 1</b>\n"
        "16:41 An Sơn\n"
        "\n"
        "⏳ <b>Chưa báo cáo: 1</b>\n"
        "Hòa Hương (từ 18:00)\n"
        "\n"
        "➖ <b>Miễn báo cáo: 1</b>\n"
        "An Xuân (diễn tập)\n"
        "\n"
        "✅ <b>Đúng hạn: 2</b>\n"
        "15:40 An Phú (sửa sau hạn)\n"
        "15:32 An Mỹ"
    )


@pytest.mark.parametrize(
    ("reported", "clock_time", "progress", "head"),
    [
        (0, "15:30", "0/13", "▱▱▱▱▱▱▱▱▱▱\nHạn 16:30, nhận muộn đến 20:00\n\n⏳"),
        (1, "15:35", "1/13", "▰▱▱▱▱▱▱▱▱▱\nHạn 16:30, nhận muộn đến 20:00\n\n⏳"),
        (12, "16:31", "12/13", "▰▰▰▰▰▰▰▰▰▱\nĐã quá hạn 16:30, nhận đến 20:00\n\n⏰"),
        (13, "16:00", "13/13 ✅", "▰▰▰▰▰▰▰▰▰▰\nHạn 16:30, nhận muộn đến 20:00\n\n✅"),
        (12, "20:00", "12/13", "▰▰▰▰▰▰▰▰▰▱\n🔒 <b>Đã chốt</b> lúc 20:00\n\n❌"),
    ],
)
def test_the_head_says_how_far_the_day_is(
    reported: int, clock_time: str, progress: str, head: str
) -> None:
    came = [report(u, "15:31") for u in THIRTEEN[:reported]]
    title = f"<b>Báo cáo trực 14/03/2022: {progress}</b>\nBan CHQS thành phố Tam Kỳ\n"
    assert shown(came, clock_time).startswith(title + head)


def test_after_the_lock_who_is_missing_did_not_report() -> None:
    assert "❌ <b>Không báo cáo: 13</b>" in shown([], "20:00")


_PHASES = {"15:30": 60, "16:30": 210, "20:00": 239}


@given(st.integers(0, 13), st.sampled_from(sorted(_PHASES)), st.data())
def test_time_alone_changes_nothing_but_at_the_deadline_and_the_lock(
    reported: int, begin: str, drawn: st.DataObject
) -> None:
    came = [report(u, "15:30") for u in THIRTEEN[:reported]]
    minutes = drawn.draw(st.integers(0, _PHASES[begin] - 1))
    later = datetime.combine(MONDAY, time.fromisoformat(begin)) + timedelta(minutes=minutes)
    assert shown(came, begin) == shown(came, f"{later:%H:%M}")


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_board_always_fits_into_a_message(number: int, reported: int, exempt: int) -> None:
    units = [unit(n) for n in range(number)]
    came = [report(u, "16:45", safety=False, order=False) for u in units[:reported]]
    reasons = dict.fromkeys(range(reported, min(number - 1, reported + exempt)), "nghỉ lễ")
    text = shown(came, "17:00", units=units, exempt=reasons)
    assert shown_length(text) <= LONGEST_MESSAGE


def test_those_on_time_are_folded_away_when_they_are_many() -> None:
    units = [unit(n) for n in range(60)]
    came = [report(u) for u in units]
    assert "<blockquote expandable>" in shown(came, "16:10", units=units)
    assert "<blockquote" not in shown(came[:15], "16:10", units=units)


def test_reasons_of_many_exempt_units_are_left_out() -> None:
    few = shown([], "16:00", exempt=dict.fromkeys(range(5), "nghỉ lễ"))
    many = shown([], "16:00", exempt=dict.fromkeys(range(6), "nghỉ lễ"))
    assert few.count("(nghỉ lễ)") == 5
    assert "(nghỉ lễ)" not in many
    assert "➖ <b>Miễn báo cáo: 6</b>\nAn Mỹ, An Phú" in many


def test_lines_of_the_head_and_the_reports_fit_on_a_phone() -> None:
    came = [report(u, "16:00", revised="16:50") for u in THIRTEEN[:6]]
    came += [report(u, "16:45") for u in THIRTEEN[6:9]]
    text = plain(shown(came, "17:00", exempt={10: "diễn tập khu vực phòng thủ cấp xã"}))
    listed = [line for line in text.splitlines() if ", " not in line]
    assert listed
    assert max(map(len, listed)) <= PHONE_LINE
