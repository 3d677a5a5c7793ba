"""How a day's state looks in every picture: told apart by shade and mark, never by colour alone.

Only what draws a picture imports this module: Pillow costs memory.
"""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.digests.sheet import SCALE
from bot.domain.charts import Cell

PAPER = "#FFFFFF"
_STROKE = 4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """A cell's colours and its mark's lines, each between two points of a square of side 1."""

    fill: str
    outline: str = ""
    mark: str = ""
    lines: tuple[tuple[Point, Point], ...] = ()
    dot: bool = False


# Each fill has a grey of its own, and each but the plain one a mark: colour is never needed.
LOOKS = {
    Cell.ON_TIME: Look("#B4DFBF"),
    Cell.LATE: Look("#D17F0F", mark=PAPER, lines=(((0.22, 0.78), (0.78, 0.22)),)),
    Cell.MISSING: Look(
        "#A3121B",
        mark=PAPER,
        lines=(((0.22, 0.78), (0.78, 0.22)), ((0.22, 0.22), (0.78, 0.78))),
    ),
    Cell.PENDING: Look("#DCE9F9", outline="#1F5FA8", mark="#1F5FA8", dot=True),
    Cell.EXEMPT: Look("#AAB0B7", mark=PAPER, lines=(((0.22, 0.5), (0.78, 0.5)),)),
    Cell.NOT_DUE: Look(PAPER, outline="#D3D7DB"),
}


def tile(look: Look, size: tuple[int, int]) -> Image.Image:
    """Draw one cell large and reduce it: its lines become smooth."""
    width, height = (side * SCALE for side in size)
    image = Image.new("RGB", (width, height), look.fill)
    draw = ImageDraw.Draw(image)
    if look.outline:
        draw.rectangle((0, 0, width - 1, height - 1), outline=look.outline, width=2 * SCALE)
    side = min(width, height)
    corner = ((width - side) / 2, (height - side) / 2)

    def at(point: Point) -> Point:
        return corner[0] + point[0] * side, corner[1] + point[1] * side

    for line in look.lines:
        draw.line([at(point) for point in line], look.mark, _STROKE * SCALE)
    if look.dot:
        draw.ellipse((at((0.3, 0.3)), at((0.7, 0.7))), look.mark)
    return image.reduce(SCALE)
