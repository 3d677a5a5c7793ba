"""Targets as a picture for a phone: a bar each with a line at what is asked, then a bar a unit.

Only what draws a picture imports this module: Pillow and the letters cost memory.
"""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.digests.sheet import INK, Letters, Sheet
from bot.domain.target_charts import Bar, Coverage, TargetChart
from bot.domain.targets import Mark
from bot.texts import Texts

# A phone is 390 px wide and has three dots a pixel. All lengths below are in dots.
WIDTH = 1170
MOST_UNITS = 60

_MARGIN, _TOP = 24, 20
_NAME, _VALUE = 330, 320
_LEFT = _MARGIN + _NAME + 12
_RIGHT = WIDTH - _MARGIN - _VALUE - 16
_ROW, _BAR = 50, 28
_UNIT_COLUMNS = 2
_MANY = 20
_UNIT_ROW, _UNIT_BAR = 42, 20
_TITLE, _SUBTITLE, _LARGE, _SMALL = 46, 34, 28, 24
_SOFT_INK, _PAPER, _TRACK, _EDGE = "#5A6169", "#FFFFFF", "#EEF0F2", "#8A9199"
# Each has a grey of its own: colour is never needed.
_MET, _NOT_MET, _OPEN = "#B4DFBF", "#A3121B", "#D17F0F"
_FILLS = {Mark.MET: _MET, Mark.NOT_MET: _NOT_MET}
_TICK = 6


def targets_picture(chart: TargetChart, texts: Texts) -> bytes:
    """Draw the chart as PNG; of more than MOST_UNITS units, those with the fewest targets met."""
    units = _shown(chart)
    two = len(units) > _MANY
    columns = _UNIT_COLUMNS if two else 1
    unit_rows = -(-len(units) // columns)
    bars_top = _TOP + 130
    legend_top = bars_top + _ROW * len(chart.bars) + 8
    units_top = legend_top + 130
    left_out = len(chart.coverage) > len(units)
    height = units_top + _UNIT_ROW * unit_rows + 24 + (_UNIT_ROW if left_out else 0)
    sheet = Sheet(Image.new("RGB", (WIDTH, height), _PAPER), Letters())
    sheet.write((_MARGIN, _TOP + 34), texts.targets_title, _TITLE, bold=True)
    subtitle = texts.targets_subtitle(chart.day, chart.met, chart.known)
    sheet.write((_MARGIN, _TOP + 88), subtitle, _SUBTITLE, colour=_SOFT_INK)
    for n, bar in enumerate(chart.bars):
        _draw_bar(sheet, bar, bars_top + n * _ROW, texts)
    _draw_legend(sheet, legend_top, texts)
    sheet.write((_MARGIN, units_top - 34), texts.coverage_title, _SUBTITLE, bold=True)
    for n, unit in enumerate(units):
        column, row = divmod(n, unit_rows)
        room = _Room.of(column, columns)
        _draw_unit(sheet, unit, room, units_top + row * _UNIT_ROW, texts)
    if left_out:
        place = (_MARGIN, height - _UNIT_ROW / 2 - 12)
        sheet.write(place, texts.coverage_left_out, _SMALL, colour=_SOFT_INK)
    return sheet.png()


def _shown(chart: TargetChart) -> tuple[Coverage, ...]:
    if len(chart.coverage) <= MOST_UNITS:
        return chart.coverage
    ranked = sorted(chart.coverage, key=lambda unit: unit.met - unit.known)
    return tuple(ranked[:MOST_UNITS])


@dataclass(frozen=True, slots=True)
class _Room:
    """Where one column of units stands."""

    name: int
    left: int
    right: int
    value: int

    @classmethod
    def of(cls, column: int, columns: int) -> "_Room":
        width = (WIDTH - 2 * _MARGIN) // columns
        begin = _MARGIN + column * width
        end = begin + width - (40 if columns > 1 else 0)
        return cls(begin, begin + (_NAME if columns == 1 else 200), end - 80, end)


def _draw_bar(sheet: Sheet, bar: Bar, top: int, texts: Texts) -> None:
    middle, standing = top + _ROW / 2, bar.standing
    name = sheet.letters.shortened(texts.target_short(standing.target), _LARGE, _NAME)
    sheet.write((_MARGIN, middle), name, _LARGE)
    upper, lower = int(middle - _BAR / 2), int(middle + _BAR / 2)
    sheet.box((_LEFT, upper, _RIGHT, lower), _TRACK)
    room = _RIGHT - _LEFT
    if bar.filled is None:
        ImageDraw.Draw(sheet.image).rectangle(
            (_LEFT, upper, _RIGHT - 1, lower - 1), outline=_EDGE, width=2
        )
    else:
        end = _LEFT + round(room * float(bar.filled))
        sheet.box((_LEFT, upper, max(end, _LEFT + 4), lower), _FILLS.get(standing.mark, _OPEN))
        if bar.tick is not None:
            at = min(_LEFT + round(room * float(bar.tick)), _RIGHT)
            sheet.box((at - _TICK // 2, upper - 5, at + _TICK // 2, lower + 5), INK)
    value = texts.target_bar(standing)
    narrow = min(1, _VALUE / sheet.letters.width(value, _SMALL))
    is_bad = standing.mark is Mark.NOT_MET
    sheet.write((WIDTH - _MARGIN, middle), value, _SMALL, bold=is_bad, align=1, narrow=narrow)


def _draw_legend(sheet: Sheet, top: int, texts: Texts) -> None:
    left = _MARGIN
    for fill, word in zip((_MET, _NOT_MET, _OPEN, INK), texts.target_keys, strict=True):
        width = _TICK if fill == INK else 26
        sheet.box((left, top + 10, left + width, top + 36), fill)
        sheet.write((left + width + 10, top + 23), word, _SMALL)
        left += width + 10 + round(sheet.letters.width(word, _SMALL)) + 36


def _draw_unit(sheet: Sheet, unit: Coverage, room: _Room, top: int, texts: Texts) -> None:
    middle = top + _UNIT_ROW / 2
    name = sheet.letters.shortened(unit.name, _SMALL, room.left - room.name - 10)
    sheet.write((room.name, middle), name, _SMALL)
    upper, lower = int(middle - _UNIT_BAR / 2), int(middle + _UNIT_BAR / 2)
    sheet.box((room.left, upper, room.right, lower), _TRACK)
    every = unit.known + unit.untold
    if every:
        a_target = (room.right - room.left) / every
        met = room.left + round(a_target * unit.met)
        missed = room.left + round(a_target * unit.known)
        if unit.met:
            sheet.box((room.left, upper, met, lower), _MET)
        if unit.known > unit.met:
            sheet.box((met, upper, missed, lower), _NOT_MET)
    ImageDraw.Draw(sheet.image).rectangle(
        (room.left, upper, room.right - 1, lower - 1), outline=_EDGE, width=1
    )
    value = texts.coverage_bar(unit.met, unit.known)
    sheet.write((room.value, middle), value, _SMALL, bold=unit.met < unit.known, align=1)
