"""A unit's month on one page: what it says, and that it fits a phone and a printer without colour."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops

from bot.digests.unit_picture import WIDTH, unit_picture
from bot.domain.charts import Cell
from bot.domain.targets import Figure, Measure, Measured, Scope, Standing
from bot.domain.trends import Shares
from bot.domain.unit_pages import OwnTarget, UnitPage
from bot.services.targets import preset_targets
from bot.texts import Texts
from bot.texts.en import English
from tests.builders import ZONE, texts, unit
from tests.unit_pages import attendance, own_targets, page_of

WORDS = texts()
# Telegram's largest copy of a photo.
TALLEST = 2560
FULL = {
    "targets": own_targets(*[n % 21 for n in range(30)], of=unit(2)),
    "training": tuple(attendance(f"Hoạt động số {n} có tên rất dài " * 3) for n in range(12)),
}


def drawn(page: UnitPage, words: Texts = WORDS) -> Image.Image:
    return Image.open(BytesIO(unit_picture(page, words))).convert("RGB")


def long_named() -> UnitPage:
    name = "Ban Chỉ huy Phòng thủ khu vực số 3 " * 6
    six_weeks = date(2022, 5, 1)
    return page_of(
        "xlo-? .", first=six_weeks, of=replace(unit(2), name=name, short_name=name), **FULL
    )


@pytest.mark.parametrize(
    "page",
    [
        page_of(""),
        page_of("x" * 31),
        page_of(" " * 31, absences=(), training=(), course_days=(), targets=(), exercises=()),
        long_named(),
    ],
    ids=["perfect", "poor", "nothing", "long"],
)
def test_a_page_is_as_wide_as_a_phone_and_no_taller_than_telegram_shows(page: UnitPage) -> None:
    image = drawn(page)
    assert image.width == WIDTH
    assert image.height <= TALLEST


def test_a_page_is_small_enough_to_send_to_thousands() -> None:
    assert len(unit_picture(long_named(), WORDS)) < 300_000


@pytest.mark.parametrize("states", list(combinations("olx?-.", 2)), ids="".join)
def test_two_states_of_a_day_differ_without_colour(states: tuple[str, str]) -> None:
    """Two days changed with each other: nothing else on the page is different."""
    one, other = states
    before, after = page_of(f"{one}    {other}"), page_of(f"{other}    {one}")
    difference = ImageChops.difference(drawn(before).convert("L"), drawn(after).convert("L"))
    assert max(difference.tobytes()) > 20  # of 255


def test_in_percent_mode_no_absences_are_drawn() -> None:
    shown, hidden = drawn(page_of("")), drawn(page_of(""), texts(in_percent=True))
    without = drawn(page_of("", absences=()), texts(in_percent=True))
    assert hidden.height < shown.height
    assert hidden.tobytes() == without.tobytes()


def test_a_full_month_is_told_in_one_sentence() -> None:
    page = page_of("", targets=own_targets(20, None, of=unit(2)), exercises=())
    assert WORDS.page_closing(page) == (
        "Tháng này đơn vị báo cáo đủ và đúng hạn cả 31 ngày; đạt 1/1 chỉ tiêu đã có số liệu."
    )


def test_a_poor_month_says_what_was_late_missing_and_overdue() -> None:
    page = page_of("xxl", targets=())
    assert WORDS.page_closing(page) == (
        "Tháng này đơn vị báo cáo đúng hạn 28/31 ngày, muộn 1 ngày, chưa báo cáo 2 ngày; "
        "còn 1 việc chuẩn bị diễn tập quá hạn."
    )


def test_a_month_that_is_not_over_says_so() -> None:
    page = page_of("o" * 15 + "?" + "." * 15, targets=(), exercises=())
    assert WORDS.page_closing(page) == (
        "Tháng này, đến nay, đơn vị báo cáo đủ và đúng hạn cả 15 ngày."
    )
    assert page.shares == Shares(15, 0, 0)


def test_what_is_not_known_is_a_dash_and_never_a_zero() -> None:
    page = page_of(" " * 31, before=Shares(), targets=own_targets(None, of=unit(2)))
    assert WORDS.page_rate(0, page.shares) == "–"
    assert WORDS.page_before(0, page.before) == "tháng trước: không có số liệu"
    assert WORDS.page_target(page.targets[0]) == "chưa có số liệu"
    untold = attendance("Khóa", reported=0, present=0)
    assert WORDS.page_attendance(untold) == "2/3 buổi, chưa điểm danh"


def test_a_count_says_what_is_counted_and_a_share_what_is_asked() -> None:
    incidents = next(t for t in preset_targets({}) if t.measure is Measure.SAFETY)
    standing = Standing(incidents, Scope((unit(2),)), Measured())
    assert WORDS.page_target(OwnTarget(standing, Figure(0))) == "0 vụ"
    assert WORDS.page_target(OwnTarget(standing, Figure(None))) == "chưa có số liệu"
    assert WORDS.page_target(own_targets(20, 19, of=unit(2))[1]) == "95 % / ≥ 95 %"


def test_in_percent_mode_the_turnout_of_a_small_group_is_not_told() -> None:
    words = texts(in_percent=True)
    large, small = attendance("Khóa"), replace(attendance("Khóa"), present=10, liable=12)
    assert words.page_attendance(large) == "2/3 buổi, dự 92 %"
    assert words.page_attendance(small) == "2/3 buổi, dự –"


def test_the_caption_may_be_forwarded_and_names_nobody() -> None:
    told = WORDS.page_caption(page_of("xl"))
    assert told == (
        "Kính gửi đồng chí, đây là tình hình tháng 3/2022 của phường An Sơn: "
        "báo cáo trực ngày 30/31 ngày, đúng hạn 29. "
        "<i>Trang chỉ có số liệu tổng hợp, không có tên người, chuyển tiếp được.</i>"
    )
    english = English(ZONE).page_caption(page_of("xl"))
    assert "March 2022 of phường An Sơn: daily duty reports on 30 of 31 days" in english


def test_the_legend_has_what_occurs() -> None:
    assert tuple(page_of("xl--").counts) == (Cell.ON_TIME, Cell.LATE, Cell.MISSING, Cell.EXEMPT)
