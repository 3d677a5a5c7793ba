"""What was sampled as four curves on one sheet, for a phone and for grey print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PIL import Image, ImageDraw

from bot.digests.sheet import INK, SCALE, Letters, Sheet
from tests.soak.samples import Sample
from tests.soak.verdict import KB, KEPT, KEPT_OF_ALL, MB, Series, thirds

# Three dots a pixel of a phone, as in the bot's own pictures. All lengths below are in dots.
WIDTH = 1170
_MARGIN = 24
_AXIS = 116  # for the figures left of a panel
_NAMES = 290  # for the names right of the curves of tables
_PANEL, _TABLES = 230, 430
_HEAD, _FOOT = 62, 58
_TITLE, _LARGE, _SMALL = 46, 30, 26
_STROKE = 5
_DASH = 16
_SOFT_INK, _PAPER, _SHADE, _LINE = "#5A6169", "#FFFFFF", "#E9ECEF", "#C3C8CD"
_FLAT, _GROWS = "#0B4F8A", "#8A8F95"
_MOST_TABLES = 6


@dataclass(frozen=True, slots=True)
class Curve:
    series: Series
    name: str = ""
    grows: bool = False  # by design: drawn grey and dashed


def soak_picture(samples: Sequence[Sample], units: int) -> bytes:
    """Draw the samples as PNG."""
    heights = (_PANEL, _PANEL, _PANEL, _TABLES)
    height = 150 + sum(heights) + len(heights) * (_HEAD + _FOOT) + 60
    sheet = Sheet(Image.new("RGB", (WIDTH, height), _PAPER), Letters())
    days = [sample.day for sample in samples]
    sheet.write((_MARGIN, 48), f"{len(days)} days, {units} units", _TITLE, bold=True)
    under = "sampled each morning; shaded: the warm-up"
    sheet.write((_MARGIN, 104), under, _LARGE, colour=_SOFT_INK)
    top = 150
    for title, series in (
        ("Memory (resident), MB", [s.memory / MB for s in samples]),
        ("File descriptors", [s.descriptors for s in samples]),
        ("Write-ahead log, KB", [s.wal / KB for s in samples]),
    ):
        top = _panel(sheet, top, _PANEL, title, [Curve(series)], days)
    top = _panel(sheet, top, _TABLES, "Rows of the largest tables", _tables(samples), days)
    key = "dashed: kept for good, so it grows with every report"
    sheet.write((_MARGIN, top + 10), key, _SMALL, colour=_SOFT_INK)
    return sheet.png()


def _tables(samples: Sequence[Sample]) -> list[Curve]:
    largest = sorted(samples[-1].rows, key=lambda table: -max(s.rows[table] for s in samples))
    kept = {*KEPT, *KEPT_OF_ALL}
    return [
        Curve([s.rows[table] for s in samples], table, grows=table in kept)
        for table in largest[:_MOST_TABLES]
    ]


def _panel(
    sheet: Sheet, top: int, height: int, title: str, curves: Sequence[Curve], days: Sequence[date]
) -> int:
    """Draw a panel from `top` on, and return where the next one begins."""
    sheet.write((_MARGIN, top + 28), title, _LARGE, bold=True)
    left, upper = _MARGIN + _AXIS, top + _HEAD
    right = WIDTH - _MARGIN - (_NAMES if any(curve.name for curve in curves) else 0)
    lower = upper + height
    highest = _above(max(max(curve.series) for curve in curves))
    step = (right - left) / max(len(days) - 1, 1)
    warm_up, _, _ = thirds(range(len(days)))
    sheet.box((left, upper, round(left + step * (len(warm_up) - 0.5)), lower), _SHADE)
    for share in (0, 0.5, 1):
        y = round(lower - share * height)
        sheet.box((left, y - 1, right, y + 1), _LINE)
        sheet.write((left - 14, y), f"{highest * share:,.0f}", _SMALL, colour=_SOFT_INK, align=1)
    for number in range(0, len(days), 7):
        day = days[number]
        place = (left + step * number, lower + 28)
        sheet.write(place, f"{day.day}/{day.month}", _SMALL, colour=_SOFT_INK, align=0.5)
    drawn = sheet.image.crop((left - 8, upper - 8, right + 8, lower + 8))
    large = drawn.resize((drawn.width * SCALE, drawn.height * SCALE), Image.Resampling.NEAREST)
    for curve in curves:
        points = [
            ((8 + step * n) * SCALE, (8 + height * (1 - value / highest)) * SCALE)
            for n, value in enumerate(curve.series)
        ]
        _draw(ImageDraw.Draw(large), points, curve)
    sheet.image.paste(large.reduce(SCALE), (left - 8, upper - 8))
    _write_names(sheet, curves, right + 16, upper, lower, highest)
    return lower + _FOOT


def _above(value: float) -> float:
    """The next round figure, whose half is round as well."""
    for power in range(12):
        for digit in (2, 4, 6, 8, 10):
            if digit * 10**power >= value:
                return float(digit * 10**power)
    raise ValueError(value)


def _draw(draw: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], curve: Curve) -> None:
    colour, width = (_GROWS if curve.grows else _FLAT), _STROKE * SCALE
    if not curve.grows:
        draw.line(points, colour, width, joint="curve")
        return
    for (x, y), (to_x, to_y) in pairwise(points):
        parts = max(round((to_x - x) / (_DASH * SCALE)), 1)
        for part in range(parts):
            begin, end = part / parts, (part + 0.55) / parts
            ends = [(x + (to_x - x) * at, y + (to_y - y) * at) for at in (begin, end)]
            draw.line(ends, colour, width)


def _write_names(
    sheet: Sheet, curves: Sequence[Curve], left: int, upper: int, lower: int, highest: float
) -> None:
    """Name the curves at their ends, one below the other where they end close together."""
    line = _SMALL + 10
    ending = sorted((c for c in curves if c.name), key=lambda c: -c.series[-1])
    next_y = float(upper)
    for number, curve in enumerate(ending):
        wanted = lower - (lower - upper) * curve.series[-1] / highest
        room_below = lower - line * (len(ending) - 1 - number)
        y = min(max(wanted, next_y), room_below)
        next_y = y + line
        text = f"{curve.name} {curve.series[-1]:,.0f}"
        colour = _SOFT_INK if curve.grows else INK
        narrow = min(1.0, (_NAMES - 16) / sheet.letters.width(text, _SMALL))
        sheet.write((left, y), text, _SMALL, colour=colour, narrow=narrow)
