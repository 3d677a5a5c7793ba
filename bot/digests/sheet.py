"""A sheet to draw on, with smooth letters: what Pillow has, at the sizes of a phone."""

import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

INK = "#1B1F23"
# Letters and marks are drawn so many times larger and reduced: any width, and smooth.
SCALE = 4

_CAP_HEIGHT = 0.711  # Roboto's, as a share of the size


class Letters:
    """Roboto in the sizes that one picture needs."""

    def __init__(self) -> None:
        self._faces = {
            bold: (files("font_roboto") / "files" / name).read_bytes()
            for bold, name in ((False, "Roboto-Regular.ttf"), (True, "Roboto-Bold.ttf"))
        }
        self._fonts: dict[tuple[int, bool], ImageFont.FreeTypeFont] = {}

    def font(self, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        if (size, bold) not in self._fonts:
            face = BytesIO(self._faces[bold])
            self._fonts[size, bold] = ImageFont.truetype(
                face, size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[size, bold]

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        return self.font(size * SCALE, bold=bold).getlength(text) / SCALE

    def shortened(self, text: str, size: int, room: float) -> str:
        """Return the text on one line, or as much of it as fits together with an ellipsis."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if self.width(text, size) <= room:
            return text
        while text and self.width(f"{text}…", size) > room:
            text = text[:-1].rstrip()
        return f"{text}…"


@dataclass(frozen=True, slots=True)
class Sheet:
    image: Image.Image
    letters: Letters

    def write(
        self,
        place: tuple[float, float],
        text: str,
        size: int,
        *,
        colour: str = INK,
        bold: bool = False,
        align: float = 0,
        narrow: float = 1,
    ) -> None:
        """Write around the middle of capitals; `align` is 0 for left, 0.5 centred, 1 right."""
        font = self.letters.font(size * SCALE, bold=bold)
        # Ẵ and Ễ are higher than the font says that its letters are.
        above, below = size + size // 8, size // 3
        full = -(-int(font.getlength(text)) // SCALE) * SCALE + 2 * SCALE
        mask = Image.new("L", (full, (above + below) * SCALE), 0)
        ImageDraw.Draw(mask).text((SCALE, above * SCALE), text, fill=255, font=font, anchor="ls")
        width = round(full * narrow / SCALE)
        if narrow == 1:
            mask = mask.reduce(SCALE)  # as smooth, at a fraction of the time
        else:
            mask = mask.resize((width, above + below), Image.Resampling.LANCZOS)
        x = round(place[0] - width * align)
        y = round(place[1] + size * _CAP_HEIGHT / 2) - above
        self.image.paste(colour, (x, y), mask)

    def box(self, corners: tuple[int, int, int, int], fill: str) -> None:
        left, top, right, bottom = corners
        ImageDraw.Draw(self.image).rectangle((left, top, right - 1, bottom - 1), fill)

    def frame(self, corners: tuple[int, int, int, int], width: int = 3) -> None:
        left, top, right, bottom = corners
        ImageDraw.Draw(self.image).rectangle(
            (left, top, right - 1, bottom - 1), outline=INK, width=width
        )

    def png(self) -> bytes:
        file = BytesIO()
        self.image.save(file, "PNG")
        return file.getvalue()

    def small_png(self) -> bytes:
        """A file of a quarter the size in a quarter the time, for a picture of a few plain colours."""
        file = BytesIO()
        plain = self.image.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        plain.save(file, "PNG", compress_level=3)
        return file.getvalue()
