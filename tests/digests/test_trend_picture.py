"""The picture of a quarter or a year, looked at dot by dot."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.digests.trend_picture import MOST_ROWS, WIDTH, trend_picture
from bot.domain.periods import Period
from bot.domain.standings import Muster
from bot.domain.trends import Part, Shares, Trend, TrendRow, spans_of
from bot.texts.vi_trend import VietnameseTrend
from tests.builders import ZONE, unit_name

TEXTS = VietnameseTrend(ZONE)
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
TALLEST = 2560
MUSTER = Muster(24, 2)
ON_TIME, LATE, MISSING = (180, 223, 191), (209, 127, 15), (140, 15, 23)


def year(units: int, shares: Shares, *, known: int = 12) -> Trend:
    spans = spans_of(FIRST, LAST, Period.MONTH)
    months = tuple(shares if n < known else Shares() for n in range(len(spans)))
    rows = tuple(TrendRow(unit_name(n), months, sum(months, Shares())) for n in range(units))
    parts = tuple(
        Part(*span, sum([month] * units, Shares()), MUSTER if known else Muster())
        for span, month in zip(spans, months, strict=True)
    )
    return Trend(Period.YEAR, FIRST, LAST, parts, rows)


def drawn(shown: Trend) -> Image.Image:
    return Image.open(BytesIO(trend_picture(shown, TEXTS))).convert("RGB")


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    found = image.getcolors(1 << 24) or []
    return {colour for count, colour in found if count > 200 and isinstance(colour, tuple)}


@pytest.mark.parametrize("units", [1, 4, 13, 60, 61])
def test_it_is_as_wide_as_a_phone_and_never_higher_than_telegram_keeps(units: int) -> None:
    image = drawn(year(units, Shares(27, 2, 1)))
    assert image.width == WIDTH
    assert image.height <= TALLEST
    assert units <= MOST_ROWS or image.height > drawn(year(60, Shares(27, 2, 1))).height


@pytest.mark.parametrize(
    ("shares", "seen"),
    [
        (Shares(30, 0, 0), {ON_TIME}),
        (Shares(0, 30, 0), {LATE}),
        (Shares(0, 0, 30), {MISSING}),
        (Shares(9, 9, 9), {ON_TIME, LATE, MISSING}),
    ],
)
def test_the_bars_show_what_came_and_what_did_not(
    shares: Shares, seen: set[tuple[int, ...]]
) -> None:
    image = drawn(year(4, shares)).crop((250, 240, WIDTH, 800))
    assert colours(image) & {ON_TIME, LATE, MISSING} == seen


def test_a_single_late_report_of_a_year_is_seen() -> None:
    image = drawn(year(1, Shares(364, 1, 0))).crop((250, 240, WIDTH, 700))
    assert any(colour == LATE for _, colour in image.getcolors(1 << 24) or [])


def test_without_colours_the_three_are_told_apart_by_their_grey() -> None:
    greys = [
        Image.new("RGB", (1, 1), colour).convert("L").tobytes()[0]
        for colour in (MISSING, LATE, ON_TIME)
    ]
    assert greys[1] - greys[0] > 60
    assert greys[2] - greys[1] > 60


def test_months_of_which_nothing_is_known_have_no_bar() -> None:
    half = drawn(year(4, Shares(30, 0, 0), known=6))
    right = half.crop((740, 240, 1070, 800))
    assert ON_TIME not in colours(right)


def test_before_anything_is_known_it_is_drawn_all_the_same() -> None:
    assert drawn(year(0, Shares(), known=0)).width == WIDTH


def test_in_percent_mode_absences_of_a_small_group_are_a_dash() -> None:
    percent = VietnameseTrend(ZONE, in_percent=True)
    assert percent.trend_absent(Muster(9, 3)) == percent.trend_unknown
    assert percent.trend_absent(Muster(270, 90, 30)) == percent.trend_unknown
    assert percent.trend_absent(Muster(30, 1, 3)) == "3"
    assert TEXTS.trend_absent(Muster(30, 1)) == "3,3"
    assert TEXTS.trend_absent(Muster()) == "–"


def test_a_quarters_columns_are_named_by_the_days_of_their_weeks() -> None:
    part = Part(date(2025, 3, 31), date(2025, 3, 31) + timedelta(days=6), Shares(), Muster())
    assert TEXTS.trend_part(part, is_month=False) == ("31/03", "06/04")


def test_a_columns_rate_is_rounded_and_only_all_is_a_hundred() -> None:
    rates = [Shares(849, 151, 0), Shares(846, 154, 0), Shares(999, 1, 0), Shares(5, 0, 0), Shares()]
    assert [TEXTS.trend_rate(shares) for shares in rates] == ["85", "85", "99", "100", "–"]
