"""A quarter by its weeks or a year by its months as a picture for a phone.

Above, all units together: the rates on time, late and missing, and the absences. Below, a bar for each
unit and part. Only what draws a picture imports this module: Pillow and the letters cost memory.
"""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.digests.sheet import INK, SCALE, Letters, Sheet
from bot.domain.periods import Period
from bot.domain.trends import Part, Shares, Trend, TrendRow
from bot.texts.vi_trend import VietnameseTrend

# As in the month's picture: a phone is 390 px wide with three dots a pixel, and Telegram's largest copy
# of a photo is 2560 dots high.
WIDTH = 1170
MOST_ROWS = 60

_MARGIN = 24
_TOP = 20
_NAMES = 250
_RATES = 84
_GAP = 10
_TALL = 200  # the bars of all units
_ABSENCES = 84
_TALLEST_ROW, _LOWEST_ROW = 56, 29
_ROWS_TOGETHER = 780  # few rows share this height
_GROUP, _GROUP_GAP, _SHORT_TABLE = 5, 7, 20
_LEGEND_LINE = 46
_SWATCH = 26
_KEY_GAP = 36
_BAR_GAP = 5
_STRIPE = 9  # between the strokes of what is late

_TITLE, _SUBTITLE, _LARGE, _SMALL = 46, 34, 28, 24
_NARROWEST = 0.8

_SOFT_INK = "#5A6169"
_PAPER = "#FFFFFF"
_EVEN = "#F1F3F5"
# Light, middle and dark: told apart without colour as well; what is late is also striped.
_ON_TIME, _LATE, _MISSING, _UNKNOWN = "#B4DFBF", "#D17F0F", "#8C0F17", "#FFFFFF"
_ABSENT = "#3F6E9E"


def trend_picture(trend: Trend, texts: VietnameseTrend) -> bytes:
    """Draw the trend as PNG; of more than MOST_ROWS units, those that are worst."""
    shown = trend if len(trend.rows) <= MOST_ROWS else trend.worst(MOST_ROWS)
    plan = _Plan.of(shown)
    left_out = len(trend.rows) - len(shown.rows)
    notes = (texts.heat_map_left_out(len(shown.rows), left_out),) if left_out else ()
    end = plan.bottom + 26
    height = end + _LEGEND_LINE * (1 + len(notes)) + 14
    sheet = Sheet(Image.new("RGB", (WIDTH, height), _PAPER), Letters())
    title = texts.heat_map_title(trend.first, trend.last)
    sheet.write((_MARGIN, _TOP + 34), title, _TITLE, bold=True)
    whole = trend.whole
    subtitle = texts.heat_map_subtitle(whole.on_time, whole.known)
    sheet.write((_MARGIN, _TOP + 88), subtitle, _SUBTITLE, colour=_SOFT_INK)
    _draw_columns(sheet, shown, plan, texts)
    _draw_all(sheet, shown, plan, texts)
    _draw_absences(sheet, shown, plan, texts)
    for row, top in zip(shown.rows, plan.tops, strict=True):
        _draw_row(sheet, row, plan, top, texts)
    _draw_legend(sheet, end, texts)
    for line, note in enumerate(notes, 1):
        place = (_MARGIN, end + _LEGEND_LINE * line + 24)
        sheet.write(place, note, _SMALL, colour=_SOFT_INK)
    return sheet.png()


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the parts stand, in dots from the upper left."""

    pitch: int
    left: int
    header: int
    all: int
    absences: int
    row: int
    tops: tuple[int, ...]

    @classmethod
    def of(cls, trend: Trend) -> "_Plan":
        count = len(trend.rows)
        left = _MARGIN + _NAMES + _GAP
        row = min(max(_ROWS_TOGETHER // max(count, 1), _LOWEST_ROW), _TALLEST_ROW)
        gap = _GROUP_GAP if count > _SHORT_TABLE else 0
        header = _TOP + 122
        rates = header + 72
        absences = rates + 40 + _TALL + 16
        top = absences + _ABSENCES + 22
        return cls(
            pitch=(WIDTH - _MARGIN - _RATES - left) // len(trend.parts),
            left=left,
            header=header,
            all=rates,
            absences=absences,
            row=row,
            tops=tuple(top + n * row + n // _GROUP * gap for n in range(count)),
        )

    @property
    def bottom(self) -> int:
        return self.tops[-1] + self.row if self.tops else self.absences + _ABSENCES

    @property
    def bar(self) -> int:
        """The width of a bar."""
        return self.pitch - _BAR_GAP

    @property
    def text_size(self) -> int:
        return _LARGE if self.row >= _LARGE * 1.4 else _SMALL

    def column(self, number: int) -> int:
        return self.left + number * self.pitch + _BAR_GAP // 2


def _draw_columns(sheet: Sheet, trend: Trend, plan: _Plan, texts: VietnameseTrend) -> None:
    is_month = trend.name is Period.YEAR
    for number, part in enumerate(trend.parts):
        left = plan.left + number * plan.pitch
        if number % 2:
            sheet.box((left, plan.header, left + plan.pitch, plan.bottom), _EVEN)
        lines = texts.trend_part(part, is_month=is_month)
        for y, text, colour in ((20, lines[0], _SOFT_INK), (50, lines[1], INK)):
            room = (plan.pitch - 4) / sheet.letters.width(text, _SMALL)
            place = (left + plan.pitch / 2, plan.header + y)
            sheet.write(place, text, _SMALL, colour=colour, align=0.5, narrow=min(1, room))
    for y, text in zip((20, 50), texts.trend_whole, strict=True):
        place = (WIDTH - _MARGIN, plan.header + y)
        sheet.write(place, text, _SMALL, colour=_SOFT_INK, align=1)


def _draw_all(sheet: Sheet, trend: Trend, plan: _Plan, texts: VietnameseTrend) -> None:
    """Draw a standing bar a part, its whole height all that was owed, and its rate on time above it."""
    middle = plan.all + 40 + _TALL / 2
    _write_name(sheet, texts.trend_all, middle, _LARGE, bold=True)
    _write_name(sheet, texts.trend_on_time, plan.all + 20, _SMALL)
    for number, part in enumerate(trend.parts):
        left, top = plan.column(number), plan.all + 40
        rate = texts.trend_rate(part.shares)
        above = (left + plan.bar / 2, plan.all + 20)
        sheet.write(above, rate, _SMALL, bold=True, align=0.5)
        if part.shares.known:
            bar = _bar(part.shares, (_TALL, plan.bar)).transpose(Image.Transpose.ROTATE_90)
            sheet.image.paste(bar, (left, top))
    place = (WIDTH - _MARGIN, middle)
    sheet.write(place, texts.rate(trend.whole.rate_on_time), _SMALL, bold=True, align=1)


def _draw_absences(sheet: Sheet, trend: Trend, plan: _Plan, texts: VietnameseTrend) -> None:
    """Draw the absent share of each part against the highest of them; dashes where it is unknown."""
    _write_name(sheet, texts.trend_absences, plan.absences + _ABSENCES / 2, _SMALL)
    told = [texts.trend_absent(part.muster) for part in trend.parts]
    rates = [
        _absent(part) if text != texts.trend_unknown else 0
        for part, text in zip(trend.parts, told, strict=True)
    ]
    room = _ABSENCES - 34
    for number, (text, rate) in enumerate(zip(told, rates, strict=True)):
        left = plan.column(number)
        height = round(room * rate / max(rates)) if rate else 0
        bottom = plan.absences + _ABSENCES
        if height:
            sheet.box((left, bottom - height, left + plan.bar, bottom), _ABSENT)
        narrow = min(1, plan.bar / sheet.letters.width(text, _SMALL))
        above = (left + plan.bar / 2, bottom - height - 18)
        sheet.write(above, text, _SMALL, align=0.5, narrow=narrow)


def _absent(part: Part) -> float:
    return part.muster.absent / part.muster.establishment


def _draw_row(sheet: Sheet, row: TrendRow, plan: _Plan, top: int, texts: VietnameseTrend) -> None:
    middle = top + plan.row / 2
    _write_name(sheet, row.name, middle, plan.text_size)
    height = plan.row - _BAR_GAP
    for number, shares in enumerate(row.parts):
        left = plan.column(number)
        if shares.known:
            bar = _bar(shares, (plan.bar, height))
            sheet.image.paste(bar, (left, top + _BAR_GAP // 2))
        else:
            place = (left + plan.bar / 2, middle)
            sheet.write(place, texts.trend_unknown, _SMALL, colour=_SOFT_INK, align=0.5)
    place = (WIDTH - _MARGIN, middle)
    rate = texts.rate(row.whole.rate_on_time)
    narrow = min(1, (_RATES - _GAP) / sheet.letters.width(rate, plan.text_size))
    is_bold = row.whole.missing > 0
    sheet.write(place, rate, plan.text_size, bold=is_bold, align=1, narrow=narrow * 0.95)


def _write_name(sheet: Sheet, name: str, middle: float, size: int, *, bold: bool = False) -> None:
    """Write to the left of the columns, narrower or cut where it is too long."""
    shown = sheet.letters.shortened(name, size, _NAMES / _NARROWEST)
    width = sheet.letters.width(shown, size, bold=bold)
    narrow = min(1, _NAMES / width) if width else 1
    sheet.write((_MARGIN, middle), shown, size, bold=bold, narrow=narrow)


def _bar(shares: Shares, size: tuple[int, int]) -> Image.Image:
    """Draw a lying bar: on time, late, missing. What occurs has at least a few dots."""
    width, height = size
    least = 4
    late = max(round(width * shares.late / shares.known), least) if shares.late else 0
    missing = max(round(width * shares.missing / shares.known), least) if shares.missing else 0
    on_time = max(width - late - missing, least) if shares.on_time else 0
    if not on_time:  # the two share all of it
        late = width - missing if late else 0
        missing = width - late
    image = Image.new("RGB", size, _ON_TIME)
    draw = ImageDraw.Draw(image)
    if late:
        image.paste(_striped((late, height)), (on_time, 0))
    if missing:
        draw.rectangle((on_time + late, 0, width - 1, height - 1), _MISSING)
    return image


def _striped(size: tuple[int, int]) -> Image.Image:
    """Draw what is late: stripes, smooth by being drawn large."""
    width, height = (side * SCALE for side in size)
    image = Image.new("RGB", (width, height), _LATE)
    draw = ImageDraw.Draw(image)
    for x in range(-height, width, _STRIPE * SCALE):
        draw.line(((x, height), (x + height, 0)), _PAPER, 2 * SCALE)
    return image.reduce(SCALE)


def _draw_legend(sheet: Sheet, top: int, texts: VietnameseTrend) -> None:
    left = _MARGIN
    swatch = (_SWATCH, _SWATCH)
    tiles = (
        Image.new("RGB", swatch, _ON_TIME),
        _striped(swatch),
        Image.new("RGB", swatch, _MISSING),
        None,
    )
    upper = top + (_LEGEND_LINE - _SWATCH) // 2
    middle = top + _LEGEND_LINE / 2
    for tile, text in zip(tiles, texts.trend_keys, strict=True):
        if tile:
            sheet.image.paste(tile, (left, upper))
        else:
            place = (left + _SWATCH / 2, middle)
            sheet.write(place, texts.trend_unknown, _SMALL, colour=_SOFT_INK, align=0.5)
        sheet.write((left + _SWATCH + _GAP, middle), text, _SMALL)
        left += _SWATCH + _GAP + round(sheet.letters.width(text, _SMALL)) + _KEY_GAP
