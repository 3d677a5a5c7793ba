"""A month's reports as a picture for a phone: units by days, what is wrong the darkest.

Only what draws a picture imports this module: Pillow and the letters cost memory.
"""

from dataclasses import dataclass

from PIL import Image

from bot.digests.cells import LOOKS, PAPER, tile
from bot.digests.sheet import INK, Letters, Sheet
from bot.domain.charts import Cell, HeatMap, HeatRow
from bot.texts.vi_picture import VietnamesePicture

# A phone is 390 px wide and has three dots a pixel. All lengths below are in dots.
WIDTH = 1170
# Telegram's largest copy of a photo is 2560 dots high: with more rows, letters would shrink.
MOST_ROWS = 60

_MARGIN = 24
_TOP = 20
_GRID = 840  # the days' columns, as far as whole dots divide it
_RATES = 80
_GAP = 10
_TALLEST_ROW, _LOWEST_ROW = 60, 34
_ROWS_TOGETHER = 700  # few rows share this height
_GROUP = 5  # in a long table an eye follows rows in groups
_GROUP_GAP = 8
_SHORT_TABLE = 20
_LEGEND_LINE = 46
_SWATCH = 26
_KEY_GAP = 36
_CELL_GAP = 3

_TITLE, _SUBTITLE, _LARGE, _SMALL = 46, 34, 28, 24
_NARROWEST = 0.8

_SOFT_INK = "#5A6169"
_WEEKEND = "#EEF0F2"
_WEEKDAYS = 5


def month_picture(heat_map: HeatMap, texts: VietnamesePicture) -> bytes:
    """Draw the heat map as PNG; of more than MOST_ROWS units, those that are worst."""
    shown = heat_map if len(heat_map.rows) <= MOST_ROWS else heat_map.worst(MOST_ROWS)
    plan = _Plan.of(shown)
    letters = Letters()
    legend = _legend(heat_map, texts, letters)
    left_out = len(heat_map.rows) - len(shown.rows)
    notes = (texts.heat_map_left_out(len(shown.rows), left_out),) if left_out else ()
    end = plan.bottom + 36
    height = end + _LEGEND_LINE * (len(legend) + len(notes)) + 14
    sheet = Sheet(Image.new("RGB", (WIDTH, height), PAPER), letters)

    title = texts.heat_map_title(heat_map.days[0], heat_map.days[-1])
    sheet.write((_MARGIN, _TOP + 34), title, _TITLE, bold=True)
    subtitle = texts.heat_map_subtitle(heat_map.on_time, heat_map.expected)
    sheet.write((_MARGIN, _TOP + 88), subtitle, _SUBTITLE, colour=_SOFT_INK)
    _draw_days(sheet, shown, plan, texts)
    _draw_rows(sheet, shown, plan, texts)
    _frame_today(sheet, shown, plan)
    for line, keys in enumerate(legend):
        _draw_legend(sheet, keys, end + _LEGEND_LINE * line)
    for line, note in enumerate(notes, len(legend)):
        place = (_MARGIN, end + _LEGEND_LINE * line + 24)
        sheet.write(place, note, _SMALL, colour=_SOFT_INK)
    return sheet.png()


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the table's parts stand, in dots from the upper left."""

    pitch: int
    left: int
    header: int
    top: int
    row: int
    tops: tuple[int, ...]

    @classmethod
    def of(cls, heat_map: HeatMap) -> "_Plan":
        count = len(heat_map.rows)
        pitch = _GRID // len(heat_map.days)
        row = min(max(_ROWS_TOGETHER // max(count, 1), _LOWEST_ROW), _TALLEST_ROW)
        gap = _GROUP_GAP if count > _SHORT_TABLE else 0
        header = _TOP + 128
        top = header + 74
        return cls(
            pitch=pitch,
            left=WIDTH - _MARGIN - _RATES - _GAP - pitch * len(heat_map.days),
            header=header,
            top=top,
            row=row,
            tops=tuple(top + n * row + n // _GROUP * gap for n in range(count)),
        )

    @property
    def bottom(self) -> int:
        return (self.tops[-1] if self.tops else self.top) + self.row

    @property
    def cell(self) -> tuple[int, int]:
        return self.pitch - _CELL_GAP, self.row - _CELL_GAP - self.row // 12

    @property
    def name_width(self) -> int:
        return self.left - _MARGIN - _GAP

    @property
    def text_size(self) -> int:
        """The size of names and rates."""
        return _LARGE if self.row >= _LARGE * 1.4 else _SMALL


def _draw_days(sheet: Sheet, heat_map: HeatMap, plan: _Plan, texts: VietnamesePicture) -> None:
    for column, day in enumerate(heat_map.days):
        left = plan.left + column * plan.pitch
        weekend = day.weekday() >= _WEEKDAYS
        if weekend:
            sheet.box((left, plan.header, left + plan.pitch, plan.bottom), _WEEKEND)
        middle = left + plan.pitch / 2
        for y, text, colour in (
            (plan.header + 20, texts.heat_map_weekdays[day.weekday()], _SOFT_INK),
            (plan.header + 50, str(day.day), INK),
        ):
            room = (plan.pitch - _CELL_GAP) / sheet.letters.width(text, _SMALL)
            narrow = min(_NARROWEST, room)
            sheet.write((middle, y), text, _SMALL, colour=colour, align=0.5, narrow=narrow)
    for y, text in zip((20, 50), texts.heat_map_rate_header, strict=True):
        place = (WIDTH - _MARGIN, plan.header + y)
        sheet.write(place, text, _SMALL, colour=_SOFT_INK, align=1)


def _draw_rows(sheet: Sheet, heat_map: HeatMap, plan: _Plan, texts: VietnamesePicture) -> None:
    tiles = {cell: tile(look, plan.cell) for cell, look in LOOKS.items()}
    for row, top in zip(heat_map.rows, plan.tops, strict=True):
        _draw_row(sheet, row, plan, top, tiles)
        place = (WIDTH - _MARGIN, top + plan.row / 2)
        rate = texts.heat_map_rate(row.on_time, row.expected)
        sheet.write(place, rate, plan.text_size, bold=row.missing > 0, align=1)


def _draw_row(
    sheet: Sheet, row: HeatRow, plan: _Plan, top: int, tiles: dict[Cell, Image.Image]
) -> None:
    name = sheet.letters.shortened(row.name, plan.text_size, plan.name_width / _NARROWEST)
    narrow = plan.name_width / max(plan.name_width, sheet.letters.width(name, plan.text_size))
    sheet.write((_MARGIN, top + plan.row / 2), name, plan.text_size, narrow=narrow)
    inset = (plan.row - plan.cell[1]) // 2
    for column, cell in enumerate(row.cells):
        if cell:
            left = plan.left + column * plan.pitch + _CELL_GAP // 2
            sheet.image.paste(tiles[cell], (left, top + inset))


def _frame_today(sheet: Sheet, heat_map: HeatMap, plan: _Plan) -> None:
    if heat_map.today in heat_map.days:
        left = plan.left + heat_map.days.index(heat_map.today) * plan.pitch
        sheet.frame((left - 2, plan.header, left + plan.pitch + 1, plan.bottom + 4))


@dataclass(frozen=True, slots=True)
class _Key:
    """One entry of the legend: a cell, or None for the frame of today."""

    cell: Cell | None
    text: str
    left: int


def _legend(
    heat_map: HeatMap, texts: VietnamesePicture, letters: Letters
) -> tuple[tuple[_Key, ...], ...]:
    """Return what occurs in the picture, line by line as the width has room."""
    entries: list[tuple[Cell | None, str]] = [
        (cell, texts.heat_map_key(cell, count)) for cell, count in heat_map.counts.items()
    ]
    if heat_map.today in heat_map.days:
        entries.append((None, texts.heat_map_today))
    lines: list[list[_Key]] = [[]]
    left = _MARGIN
    for cell, text in entries:
        width = _SWATCH + _GAP + round(letters.width(text, _SMALL))
        if lines[-1] and left + width > WIDTH - _MARGIN:
            lines.append([])
            left = _MARGIN
        lines[-1].append(_Key(cell, text, left))
        left += width + _KEY_GAP
    return tuple(tuple(line) for line in lines)


def _draw_legend(sheet: Sheet, keys: tuple[_Key, ...], top: int) -> None:
    for key in keys:
        if key.cell:
            swatch = tile(LOOKS[key.cell], (_SWATCH, _SWATCH))
            sheet.image.paste(swatch, (key.left, top + (_LEGEND_LINE - _SWATCH) // 2))
        else:
            upper = top + (_LEGEND_LINE - _SWATCH) // 2
            sheet.frame((key.left, upper, key.left + _SWATCH, upper + _SWATCH))
        place = (key.left + _SWATCH + _GAP, top + _LEGEND_LINE / 2)
        sheet.write(place, key.text, _SMALL)
