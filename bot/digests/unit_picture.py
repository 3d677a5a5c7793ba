"""A unit's month on one page, for a phone and for a printer without colour.

Only what draws a picture imports this module: Pillow and the letters cost memory.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from PIL import Image

from bot.digests.cells import LOOKS, PAPER, Look, tile
from bot.digests.sheet import INK, Letters, Sheet
from bot.domain.charts import Cell
from bot.domain.targets import Mark
from bot.domain.trends import Shares
from bot.domain.unit_pages import OwnTarget, UnitPage
from bot.texts import Texts

# A phone is 390 px wide and has three dots a pixel. All lengths below are in dots.
WIDTH = 1170

_MARGIN = 30
_ROOM = WIDTH - 2 * _MARGIN
_TITLE, _FIGURE, _HEAD, _BODY, _SMALL = 58, 84, 36, 34, 30
_NARROWEST = 0.78
_GAP = 14
_PART_GAP = 26  # before a new part of the page
_ROW = 44
_HEAD_ROW = 48
_LINE = 46
_WEEK = 7
_PITCH = _ROOM // _WEEK
_CELL = (_PITCH - 6, 59)
_CELL_ROW = 65
_NUMBER_AT = 14
_MARK = 52  # the side of the square that a day's mark is drawn in
_SWATCH = 34
_KEY_ROW = 44
_BAR = 72
_TITLE_LINES, _CLOSING_LINES = 2, 3
# All of them together are as tall as Telegram shows a photo: 2560 dots.
_MOST_ACTIVITIES, _MOST_COURSES, _MOST_TARGETS, _MOST_EXERCISES = 3, 2, 12, 2

_SOFT_INK, _RULE, _PANEL = "#5A6169", "#C9CED3", "#E2E6EA"
_ABSENT = "#3F6E9E"
_TICK = (((0.2, 0.55), (0.42, 0.76)), ((0.42, 0.76), (0.8, 0.26)))
# A tick, a cross, an empty box with a dot and one with a line: each has a shade of its own as well.
_MARKS = {
    Mark.MET: Look("#B4DFBF", mark=INK, lines=_TICK),
    Mark.NOT_MET: LOOKS[Cell.MISSING],
    Mark.UNKNOWN: Look(PAPER, outline="#8A9199", mark="#8A9199", dot=True),
    Mark.UNDER_WAY: Look(PAPER, outline="#8A9199", mark="#8A9199", dot=True),
    Mark.NOTHING: LOOKS[Cell.EXEMPT],
}

T = TypeVar("T")
Draw = Callable[[Sheet, int], None]


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the page: its height, and how it is drawn with its upper edge at a place."""

    height: int
    draw: Draw


def unit_picture(page: UnitPage, texts: Texts) -> bytes:
    """Draw the page as PNG."""
    letters = Letters()
    blocks = [
        *_header(page, texts, letters),
        _rates(page, texts),
        _calendar(page, texts),
        *_keys(page, texts, letters),
        *_absences(page, texts),
        *_training(page, texts),
        *_targets(page, texts, letters),
        *_exercises(page, texts),
        *_closing(page, texts, letters),
    ]
    height = sum(block.height for block in blocks) + 2 * _GAP
    sheet = Sheet(Image.new("RGB", (WIDTH, height), PAPER), letters)
    top = _GAP
    for block in blocks:
        block.draw(sheet, top)
        top += block.height
    return sheet.small_png()


def _header(page: UnitPage, texts: Texts, letters: Letters) -> list[_Block]:
    command = letters.shortened(page.command_name, _SMALL, _ROOM)
    name = page.unit.name[:1].upper() + page.unit.name[1:]
    return [
        _line(command, _SMALL, colour=_SOFT_INK),
        *(
            _line(words, _TITLE, bold=True, height=72)
            for words in _wrapped(letters, name, _TITLE, _TITLE_LINES, bold=True)
        ),
        _line(_capital(texts.page_month(page)), _HEAD, bold=True),
        _line(texts.page_as_of(page.as_of), _SMALL, colour=_SOFT_INK),
    ]


def _rates(page: UnitPage, texts: Texts) -> _Block:
    """Two panels beside each other: what came at all, and what came in time."""
    shares, before = page.shares, page.before
    panels = (
        (texts.page_reporting, _came(shares), _came(before)),
        (texts.page_on_time, shares.on_time, before.on_time),
    )
    height, width = 206, (_ROOM - _GAP) // 2

    def draw(sheet: Sheet, top: int) -> None:
        for n, (name, now, then) in enumerate(panels):
            left = _MARGIN + n * (width + _GAP)
            sheet.box((left, top + _GAP, left + width, top + height), _PANEL)
            _fit(sheet, (left + 22, top + 46), name, _BODY, width - 44)
            rate = texts.page_rate(now, shares)
            _fit(sheet, (left + 22, top + 108), rate, _FIGURE, width // 2 + 10, bold=True)
            days = texts.page_days(now, shares)
            _fit(sheet, (left + width - 22, top + 116), days, _SMALL, width // 2 - 60, align=1)
            words = texts.page_before(then, before)
            _fit(sheet, (left + 22, top + 178), words, _SMALL, width - 44, colour=_SOFT_INK)

    return _Block(height + _GAP, draw)


def _came(shares: Shares) -> int:
    return shares.on_time + shares.late


def _calendar(page: UnitPage, texts: Texts) -> _Block:
    """A line a week from Monday on, a cell a day."""
    weeks = -(-(page.first.weekday() + len(page.cells)) // _WEEK)

    def draw(sheet: Sheet, top: int) -> None:
        tiles = {cell: _day_tile(LOOKS[cell]) for cell in page.counts}
        for column, name in enumerate(texts.heat_map_weekdays):
            place = (_MARGIN + column * _PITCH + _CELL[0] / 2, top + 20)
            sheet.write(place, name, _SMALL, colour=_SOFT_INK, align=0.5)
        for n, (day, cell) in enumerate(page.cells, page.first.weekday()):
            week, column = divmod(n, _WEEK)
            left, upper = _MARGIN + column * _PITCH, top + 42 + week * _CELL_ROW
            if cell:
                sheet.image.paste(tiles[cell], (left, upper))
            colour = {None: _SOFT_INK, Cell.NOT_DUE: _SOFT_INK, Cell.MISSING: PAPER}.get(cell, INK)
            at = (left + _NUMBER_AT, upper + _CELL[1] / 2)
            sheet.write(at, str(day.day), _BODY, colour=colour, bold=bool(cell))

    return _Block(42 + weeks * _CELL_ROW + 4, draw)


def _day_tile(look: Look) -> Image.Image:
    """A day's cell with its mark at the right, so that the number has room beside it."""
    cell = tile(replace(look, lines=(), dot=False), _CELL)
    mark = tile(replace(look, outline=""), (_MARK, _MARK))
    cell.paste(mark, (_CELL[0] - _MARK - 8, (_CELL[1] - _MARK) // 2))
    return cell


def _keys(page: UnitPage, texts: Texts, letters: Letters) -> list[_Block]:
    """What the cells mean and how often each occurs, line by line as the width has room."""
    keys = [(LOOKS[cell], texts.heat_map_key(cell, n)) for cell, n in page.counts.items()]
    blocks = _key_lines(keys, letters)
    if any(cell is None for _, cell in page.cells):
        blocks.append(_line(texts.page_not_asked, _SMALL, colour=_SOFT_INK))
    return blocks


def _key_lines(keys: Iterable[tuple[Look, str]], letters: Letters) -> list[_Block]:
    placed: list[tuple[int, int, Look, str]] = []
    line, left = 0, _MARGIN
    for look, words in keys:
        width = _SWATCH + 12 + round(letters.width(words, _SMALL))
        if placed and left + width > WIDTH - _MARGIN:
            line, left = line + 1, _MARGIN
        placed.append((line, left, look, words))
        left += width + 34
    return [_key_line([key[1:] for key in keys]) for _, keys in groupby(placed, lambda key: key[0])]


def _key_line(keys: Sequence[tuple[int, Look, str]]) -> _Block:
    def draw(sheet: Sheet, top: int) -> None:
        for left, look, words in keys:
            upper = top + (_KEY_ROW - _SWATCH) // 2
            sheet.image.paste(tile(look, (_SWATCH, _SWATCH)), (left, upper))
            sheet.write((left + _SWATCH + 12, top + _KEY_ROW / 2), words, _SMALL)

    return _Block(_KEY_ROW, draw)


def _absences(page: UnitPage, texts: Texts) -> list[_Block]:
    """A bar a week with its share; the tallest fills the height. People are not counted in percent mode."""
    if texts.in_percent or not any(muster.days for *_, muster in page.absences):
        return []
    weeks = page.absences
    shares = [m.absent / m.establishment if m.establishment else None for *_, m in weeks]
    tallest = max((share for share in shares if share), default=0)
    pitch = _ROOM // len(weeks)

    def draw(sheet: Sheet, top: int) -> None:
        for n, ((first, last, muster), share) in enumerate(zip(weeks, shares, strict=True)):
            middle = _MARGIN + n * pitch + pitch / 2
            base = top + 40 + _BAR
            sheet.box(
                (_MARGIN + n * pitch + 8, base, _MARGIN + (n + 1) * pitch - 8, base + 3), _RULE
            )
            height = round(_BAR * share / tallest) if share else 0
            if height:
                begin = round(middle - pitch * 0.3)
                sheet.box((begin, base - height, round(middle + pitch * 0.3), base), _ABSENT)
            value = texts.page_absent(muster)
            sheet.write((middle, base - height - 20), value, _SMALL, bold=True, align=0.5)
            words = f"{first.day}–{last.day}" if first != last else f"{first.day}"
            sheet.write((middle, base + 26), words, _SMALL, colour=_SOFT_INK, align=0.5)

    return [_head(texts.page_absences), _Block(40 + _BAR + 50, draw)]


def _training(page: UnitPage, texts: Texts) -> list[_Block]:
    shown, hidden = _cut(page.training, _MOST_ACTIVITIES)
    rows = [
        *(_pair(each.title, texts.page_attendance(each)) for each in shown),
        *_left_out(hidden, texts),
    ]
    if not shown:
        rows.append(_line(texts.page_no_training, _SMALL, colour=_SOFT_INK))
    courses, more = _cut(page.course_days, _MOST_COURSES)
    rows += [_pair(texts.page_course(each), texts.page_course_days(each)) for each in courses]
    return [_head(texts.page_training), *rows, *_left_out(more, texts)]


def _targets(page: UnitPage, texts: Texts, letters: Letters) -> list[_Block]:
    head = _head(texts.page_targets(page.day))
    if not page.targets:
        return [head, _line(texts.page_no_targets, _SMALL, colour=_SOFT_INK)]
    listed = page.targets
    if len(listed) > _MOST_TARGETS:  # what is left out is met
        listed = tuple(sorted(listed, key=lambda target: target.mark is Mark.MET))
    shown, hidden = _cut(listed, _MOST_TARGETS)
    marks = [target.mark for target in page.targets]
    keys = [
        (_MARKS[mark], f"{name} {marks.count(mark)}")
        for mark, name in texts.page_target_keys
        if mark in marks
    ]
    return [
        head,
        *_key_lines(keys, letters),
        *(_target(each, texts) for each in shown),
        *_left_out(hidden, texts),
    ]


def _target(told: OwnTarget, texts: Texts) -> _Block:
    name = texts.target_short(told.standing.target)
    row = _pair(name, texts.page_target(told), inset=_SWATCH + 14, bold=told.mark is Mark.NOT_MET)

    def draw(sheet: Sheet, top: int) -> None:
        look = tile(_MARKS[told.mark], (_SWATCH, _SWATCH))
        sheet.image.paste(look, (_MARGIN, top + (_ROW - _SWATCH) // 2))
        row.draw(sheet, top)

    return _Block(_ROW, draw)


def _exercises(page: UnitPage, texts: Texts) -> list[_Block]:
    head = _head(texts.page_exercises(page.as_of))
    if not page.exercises:
        return [head, _line(texts.page_no_exercises, _SMALL, colour=_SOFT_INK)]
    shown, hidden = _cut(page.exercises, _MOST_EXERCISES)
    rows = [
        _pair(texts.page_exercise(each), texts.page_preparation(each), bold=each.overdue > 0)
        for each in shown
    ]
    return [head, *rows, *_left_out(hidden, texts)]


def _closing(page: UnitPage, texts: Texts, letters: Letters) -> list[_Block]:
    words = texts.page_closing(page)
    told = _wrapped(letters, words, _BODY, _CLOSING_LINES, bold=True)
    return [_rule(), *(_line(each, _BODY, bold=True) for each in told)]


# What the parts are made of


def _head(words: str) -> _Block:
    def draw(sheet: Sheet, top: int) -> None:
        sheet.box((_MARGIN, top + 10, WIDTH - _MARGIN, top + 13), _RULE)
        sheet.write((_MARGIN, top + _PART_GAP + _HEAD_ROW / 2 - 4), words, _HEAD, bold=True)

    return _Block(_PART_GAP + _HEAD_ROW, draw)


def _rule() -> _Block:
    def draw(sheet: Sheet, top: int) -> None:
        sheet.box((_MARGIN, top + 10, WIDTH - _MARGIN, top + 13), INK)

    return _Block(_PART_GAP, draw)


def _line(
    words: str, size: int, *, colour: str = INK, bold: bool = False, height: int = _LINE
) -> _Block:
    def draw(sheet: Sheet, top: int) -> None:
        _fit(sheet, (_MARGIN, top + height / 2), words, size, _ROOM, colour=colour, bold=bold)

    return _Block(height, draw)


def _pair(name: str, value: str, *, inset: int = 0, bold: bool = False) -> _Block:
    """A name at the left and its value at the right; a long name gives way, but not all of it."""

    def draw(sheet: Sheet, top: int) -> None:
        middle = top + _ROW / 2
        most = _ROOM * 0.62
        width = min(sheet.letters.width(value, _SMALL, bold=bold), most)
        _fit(sheet, (WIDTH - _MARGIN, middle), value, _SMALL, most, bold=bold, align=1)
        _fit(sheet, (_MARGIN + inset, middle), name, _SMALL, _ROOM - inset - width - 24)

    return _Block(_ROW, draw)


def _left_out(hidden: int, texts: Texts) -> list[_Block]:
    return [_line(texts.page_left_out(hidden), _SMALL, colour=_SOFT_INK)] if hidden else []


def _cut(listed: Sequence[T], most: int) -> tuple[Sequence[T], int]:
    """At most so many, and how many are left out; one alone is never left out for a line that says so."""
    if len(listed) <= most:
        return listed, 0
    return listed[: most - 1], len(listed) - most + 1


def _fit(
    sheet: Sheet,
    place: tuple[float, float],
    words: str,
    size: int,
    room: float,
    *,
    colour: str = INK,
    bold: bool = False,
    align: float = 0,
) -> None:
    """Write on one line: narrower where there is little room, and shortened where there is less."""
    letters = sheet.letters
    words = letters.shortened(words, size, room / _NARROWEST)
    narrow = min(1, room / max(letters.width(words, size, bold=bold), 1))
    sheet.write(place, words, size, colour=colour, bold=bold, align=align, narrow=narrow)


def _wrapped(
    letters: Letters, words: str, size: int, most: int, *, bold: bool = False
) -> list[str]:
    """The words on at most so many lines; what does not fit on the last is left for it to shorten."""
    told: list[str] = []
    for word in words.split():
        longer = f"{told[-1]} {word}" if told else word
        if told and (len(told) == most or letters.width(longer, size, bold=bold) <= _ROOM):
            told[-1] = longer
        else:
            told.append(word)
    return told


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
