import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageColor

from bot.digests import picture
from bot.digests.cells import LOOKS
from bot.digests.picture import MOST_ROWS, WIDTH, month_picture
from bot.digests.sheet import Letters, Sheet
from bot.domain.charts import Cell, HeatMap, HeatRow
from bot.texts.vi_picture import VietnamesePicture
from tests.builders import MONDAY, ZONE

TEXTS = VietnamesePicture(ZONE)
MARCH = date(2022, 3, 1)
MID_MARCH = date(2022, 3, 16)
# What Telegram takes as a photo.
SIDES, RATIO, BYTES = 10_000, 20, 10_000_000
# The sides of Telegram's largest copy of a photo.
KEPT = 2560


def month_of(first: date) -> tuple[date, ...]:
    days = (first + timedelta(days=n) for n in range(31))
    return tuple(day for day in days if day.month == first.month)


def row(name: str, cells: Sequence[Cell | None]) -> HeatRow:
    expected = sum(cell in {Cell.ON_TIME, Cell.LATE, Cell.MISSING} for cell in cells)
    return HeatRow(name, tuple(cells), list(cells).count(Cell.ON_TIME), expected)


def month(
    *rows: Cell | HeatRow | None, first: date = MARCH, today: date = date(2022, 4, 1)
) -> HeatMap:
    """Rows as they are, or of one cell each."""
    days = month_of(first)
    return HeatMap(
        days,
        today,
        tuple(r if isinstance(r, HeatRow) else row("An Mỹ", [r] * len(days)) for r in rows),
    )


def mixed(count: int) -> HeatMap:
    """Every cell in every row, and today in the middle."""
    cells = [None, *Cell]
    rows = [
        row(f"phường Trường Xuân {n}", [cells[(n + day) % len(cells)] for day in range(31)])
        for n in range(count)
    ]
    return HeatMap(month_of(MARCH), MID_MARCH, tuple(rows))


def drawn(heat_map: HeatMap) -> Image.Image:
    return Image.open(BytesIO(month_picture(heat_map, TEXTS))).convert("RGB")


def cell_box(heat_map: HeatMap, line: int, column: int) -> tuple[int, int, int, int]:
    plan = picture._Plan.of(heat_map)
    left, top = plan.left + column * plan.pitch, plan.tops[line]
    return left, top, left + plan.pitch, top + plan.row


def fill(image: Image.Image, heat_map: HeatMap, line: int, column: int) -> tuple[int, int, int]:
    """The colour in the cell's corner: beside the mark, inside the outline."""
    left, top, _, _ = cell_box(heat_map, line, column)
    pixel = image.getpixel((left + 4, top + 7))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return int(red), int(green), int(blue)


def changed(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.difference(one, other).getbbox()
    assert box
    return box


# What Telegram takes


@pytest.mark.parametrize("units", [1, 4, 13, 60, 61, 500])
def test_it_is_a_png_of_a_phones_width_that_telegram_takes_and_keeps_whole(units: int) -> None:
    file = month_picture(mixed(units), TEXTS)
    image = Image.open(BytesIO(file))
    assert image.format == "PNG"
    assert image.width == WIDTH == 1170
    assert image.width + image.height <= SIDES
    assert max(image.size) / min(image.size) <= RATIO
    assert image.height <= KEPT
    assert len(file) < BYTES


def test_pictures_drawn_at_the_same_time_do_not_disturb_each_other() -> None:
    maps = [mixed(n) for n in (1, 13, 4, 20)] * 2
    alone = [month_picture(heat_map, TEXTS) for heat_map in maps]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda heat_map: month_picture(heat_map, TEXTS), maps)) == alone


# Cells


def test_each_cell_is_drawn_in_its_colour() -> None:
    heat_map = month(*Cell)
    image = drawn(heat_map)
    for line, cell in enumerate(Cell):
        assert fill(image, heat_map, line, 2) == ImageColor.getrgb(LOOKS[cell].fill)


def test_without_colour_every_cell_has_a_grey_of_its_own() -> None:
    heat_map = month(*Cell)
    grey = drawn(heat_map).convert("L").convert("RGB")
    greys = [fill(grey, heat_map, line, 2)[0] for line in range(len(Cell))]
    assert min(abs(one - other) for one, other in combinations(greys, 2)) >= 20


def test_what_is_wrong_is_darker_than_all_else_and_missing_the_darkest() -> None:
    heat_map = month(*Cell)
    grey = drawn(heat_map).convert("L").convert("RGB")
    greys = {cell: fill(grey, heat_map, line, 2)[0] for line, cell in enumerate(Cell)}
    assert sorted(greys, key=lambda cell: greys[cell])[:2] == [Cell.MISSING, Cell.LATE]


def test_every_cell_but_the_plain_one_has_a_mark_or_outline_that_no_other_has() -> None:
    heat_map = month(*Cell)
    image = drawn(heat_map)
    shapes = {}
    for line, cell in enumerate(Cell):
        left, top, right, bottom = cell_box(heat_map, line, 2)
        # The cell without the paper around it.
        inside = image.crop((left + 2, top + 6, right - 3, bottom - 6))
        plain = Image.new("RGB", inside.size, LOOKS[cell].fill)
        difference = ImageChops.difference(inside, plain).convert("L")
        shapes[cell] = difference.point(lambda value: 255 if value > 20 else 0).tobytes()
    assert len(set(shapes.values())) == len(Cell)
    assert [cell for cell, shape in shapes.items() if not any(shape)] == [Cell.ON_TIME]


def test_days_without_anything_to_report_stay_empty() -> None:
    heat_map = month(None)
    image = drawn(heat_map)
    left, top, _, bottom = cell_box(heat_map, 0, 0)
    right = cell_box(heat_map, 0, 30)[2]
    colours = image.crop((left, top, right, bottom)).getcolors()
    assert colours
    assert {colour for _, colour in colours} == {
        ImageColor.getrgb("#FFFFFF"),
        ImageColor.getrgb(picture._WEEKEND),
    }


@pytest.mark.parametrize("line", range(4))
def test_rows_stand_in_the_order_given(line: int) -> None:
    cells = [Cell.ON_TIME, Cell.MISSING, Cell.EXEMPT, Cell.LATE]
    heat_map = month(*cells)
    assert fill(drawn(heat_map), heat_map, line, 0) == ImageColor.getrgb(LOOKS[cells[line]].fill)


# Days


@pytest.mark.parametrize(
    "first", [date(2022, 2, 1), date(2024, 2, 1), date(2022, 4, 1), date(2022, 3, 1)]
)
def test_a_month_of_any_length_has_all_its_days(first: date) -> None:
    count = len(month_of(first))
    cells = [Cell.ON_TIME] * (count - 1) + [Cell.MISSING]
    heat_map = month(row("An Mỹ", cells), first=first)
    image = drawn(heat_map)
    found = [fill(image, heat_map, 0, column) for column in range(count)]
    assert found == [ImageColor.getrgb(LOOKS[cell].fill) for cell in cells]
    assert cell_box(heat_map, 0, count - 1)[2] < WIDTH - picture._MARGIN - picture._RATES


def test_weekends_are_marked() -> None:
    heat_map = month(None)
    image = drawn(heat_map)
    marked = [
        day.isoweekday()
        for column, day in enumerate(heat_map.days)
        if fill(image, heat_map, 0, column) == ImageColor.getrgb(picture._WEEKEND)
    ]
    assert marked == [6, 7] * 4


def test_today_is_framed_and_no_other_day() -> None:
    framed = month(Cell.NOT_DUE, Cell.NOT_DUE, today=MID_MARCH)
    left, top, right, bottom = cell_box(framed, 0, 15)
    table = (0, 0, WIDTH, picture._Plan.of(framed).bottom)
    with_frame, without = drawn(framed).crop(table), drawn(month(*[Cell.NOT_DUE] * 2)).crop(table)
    assert with_frame.getpixel((left - 1, (top + bottom) // 2)) == (0x1B, 0x1F, 0x23)
    box = changed(with_frame, without)
    assert left - 3 <= box[0] <= left
    assert right - 1 <= box[2] <= right + 3


# Names


@pytest.mark.parametrize("units", [1, 13, 60])
def test_a_long_name_stays_in_its_column_and_in_its_row(units: int) -> None:
    long = "Đại đội Tự vệ Công ty Cấp thoát nước Quảng Nam Ễ Ẵ Ộ ỵ"
    others = [row("An Mỹ", [Cell.ON_TIME] * 31)] * (units - 1)
    heat_map = month(row(long, [Cell.ON_TIME] * 31), *others)
    nameless = month(row("", [Cell.ON_TIME] * 31), *others)
    left, top, right, bottom = changed(drawn(heat_map), drawn(nameless))
    plan = picture._Plan.of(heat_map)
    assert left >= picture._MARGIN
    assert right <= plan.left - picture._CELL_GAP
    assert right > plan.left - 50, "it uses the room that there is"
    assert plan.tops[0] <= top
    assert bottom <= plan.tops[0] + plan.row


def test_two_long_names_that_begin_alike_are_cut_at_the_same_place() -> None:
    begin = "Đại đội Tự vệ Công ty Cấp thoát nước"
    one, other = (month(row(begin + end, [None] * 31)) for end in ("", " Quảng Nam"))
    assert not ImageChops.difference(drawn(one), drawn(other)).getbbox()


@pytest.mark.parametrize("letter", ["Ễ", "Ẵ", "Ấ", "ỵ", "Ộ", "Ự"])
def test_no_mark_above_or_below_a_letter_is_cut_off(letter: str) -> None:
    letters = Letters()
    sheet = Sheet(Image.new("RGB", (200, 200), "white"), letters)
    sheet.write((20, 100), letter, 100)
    _, top, _, bottom = changed(sheet.image, Image.new("RGB", (200, 200), "white"))
    font = letters.font(100)
    box = font.getmask(letter).getbbox()
    assert box
    assert bottom - top >= box[3] - box[1] - 1


def test_a_name_in_pieces_or_on_two_lines_is_drawn_like_the_whole_one() -> None:
    whole = month(row("Hòa Thuận", [None] * 31))
    pieces = month(row(unicodedata.normalize("NFD", "Hòa\nThuận"), [None] * 31))
    assert not ImageChops.difference(drawn(whole), drawn(pieces)).getbbox()


# More units than a picture holds


def test_of_too_many_units_the_worst_are_drawn_and_the_rest_counted() -> None:
    good = [row("An Mỹ", [Cell.ON_TIME] * 31)] * MOST_ROWS
    heat_map = month(*good, row("An Phú", [Cell.MISSING] * 31))
    shown = heat_map.worst(MOST_ROWS)
    image = drawn(heat_map)
    assert fill(image, shown, 0, 0) == ImageColor.getrgb(LOOKS[Cell.MISSING].fill)
    assert fill(image, shown, 1, 0) == ImageColor.getrgb(LOOKS[Cell.ON_TIME].fill)
    assert TEXTS.heat_map_left_out(60, 1).endswith("1 đơn vị khác không vẽ.")
    assert image.height > drawn(shown).height, "a line says how many are left out"


# Words


def legend_of(heat_map: HeatMap) -> Iterator[str]:
    for line in picture._legend(heat_map, TEXTS, Letters()):
        yield from (key.text for key in line)


def test_the_legend_explains_what_occurs_and_nothing_else() -> None:
    assert list(legend_of(month(Cell.MISSING, None, Cell.ON_TIME))) == [
        "Đúng hạn 31",
        "Chưa báo cáo 31",
    ]
    assert list(legend_of(month(Cell.NOT_DUE, today=MID_MARCH))) == [
        "Chưa đến giờ báo cáo",
        "Hôm nay",
    ]


def test_the_legend_never_runs_off_the_sheet() -> None:
    letters = Letters()
    lines = picture._legend(mixed(500), TEXTS, letters)
    last = [(line[-1].left, line[-1].text) for line in lines]
    assert len(lines) == 2
    for left, text in last:
        end = left + picture._SWATCH + picture._GAP + letters.width(text, picture._SMALL)
        assert end <= WIDTH - picture._MARGIN + 1


def test_where_nothing_was_expected_there_is_no_rate() -> None:
    assert TEXTS.heat_map_rate(0, 0) == "–"
    assert "%" not in TEXTS.heat_map_subtitle(0, 0)


def test_the_title_names_the_month_and_the_subtitle_the_rate_of_all() -> None:
    days = month_of(MARCH)
    assert TEXTS.heat_map_title(days[0], days[-1]) == "Báo cáo trực ngày, tháng 3/2022"
    assert TEXTS.heat_map_subtitle(1510, 1640) == "Đúng hạn 92,1 % (1.510/1.640 báo cáo)"


def test_the_words_of_week_days_begin_on_monday() -> None:
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    letters = [TEXTS.heat_map_weekdays[day.weekday()] for day in week]
    assert letters == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
