"""A spreadsheet as a file: tables that read and print well, with words that stay words.

Only what makes a workbook imports this module: openpyxl costs memory.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.digests.files import FORMULA_STARTS
from bot.digests.package import fixed, legible
from bot.domain.summaries import Summary
from bot.texts import Texts

FACE = "Times New Roman"
DAY, MOMENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"
COUNT, POINTS, MEAN = "#,##0", "+0.0;-0.0;0.0", "#,##0.0"
# Only all is 100 %, as in the digests.
SHARE = '[=1]0.0%;[>=0.9995]"99,9%";0.0%'
_A4 = 9
_NARROWEST, _WIDEST = 9, 44
_LONGEST_CELL = 32_767  # what a cell can hold

_HEADING = PatternFill("solid", fgColor="D9DEE4")
LATE = PatternFill("solid", bgColor="FCE4C4")
MISSING = PatternFill("solid", bgColor="E8B4B4")
_THIN = Side(style="thin", color="9AA1A9")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how the values under it are shown; `format` is empty for words."""

    title: str
    format: str = ""


class _Look(NamedTuple):
    """How a cell is shown; cells that look alike share one style."""

    format: str
    text: bool
    centred: bool
    heading: bool
    bold: bool


class Book:
    """A workbook under way, with what is the same on each of its sheets."""

    def __init__(self, summary: Summary, texts: Texts, title: str = "") -> None:
        """`title` is printed on each page; without one, that of the reports' figures."""
        self.summary = summary
        self.title = title or texts.workbook_title(summary)
        self.texts = texts
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._looks: dict[_Look, Any] = {}

    def cell(
        self,
        sheet: Worksheet,
        value: Any,
        form: str = "",
        *,
        heading: bool = False,
        bold: bool = False,
    ) -> Cell:
        is_text = isinstance(value, str)
        look = _Look(
            format="" if heading else form,
            text=is_text and not form,
            centred=isinstance(value, date),
            heading=heading,
            bold=bold,
        )
        cell: Any = WriteOnlyCell(sheet)
        if look not in self._looks:
            _style(cell, look)
            self._looks[look] = cell._style  # noqa: SLF001 - to style each cell anew takes four times as long
        cell._style = self._looks[look]  # noqa: SLF001 - see above
        return written(cell, value)

    def sheet(
        self, title: str, listed: Sequence[Column], rows: Iterable[Sequence[Any]]
    ) -> Worksheet:
        """Add a table: its headings stay in sight, on the screen and on each printed page."""
        sheet: Worksheet = self._book.create_sheet(title)
        sheet.append([self.cell(sheet, column.title, heading=True) for column in listed])
        widths = [_heading_width(column.title) for column in listed]
        for row in rows:
            cells = [self.cell(sheet, v, c.format) for v, c in zip(row, listed, strict=True)]
            sheet.append(cells)
            widths = [max(w, _width(c.value)) for w, c in zip(widths, cells, strict=True)]
        for number, width in enumerate(widths, 1):
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = min(max(width, _NARROWEST), _WIDEST)
        sheet.row_dimensions[1].height = 34
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(listed))}{max(sheet.max_row, 1)}"
        self._to_print(sheet)
        return sheet

    def _to_print(self, sheet: Any) -> None:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.6
        margins.top, margins.bottom = 0.9, 0.7
        name = f"{self.summary.command_name}. {self.title}"
        sheet.oddHeader.center.text = legible(name).replace("&", "&&")[:200]
        sheet.oddFooter.left.text = self.texts.as_of_line(self.summary)
        sheet.oddFooter.right.text = self.texts.page_of

    def saved(self) -> bytes:
        told = self.summary.as_of.astimezone(UTC)
        self._book.properties.created = told.replace(tzinfo=None)
        self._book.properties.creator = legible(self.summary.command_name)
        self._book.properties.title = self.title
        file = BytesIO()
        self._book.save(file)
        return fixed(file.getvalue(), told)


def colour(
    sheet: Worksheet, reach: str, formula: str, fill: PatternFill, *, bold: bool = False
) -> None:
    """Colour what the formula finds; the words or figures there say it as well."""
    look = DifferentialStyle(fill=fill, font=Font(bold=True) if bold else None)
    sheet.conditional_formatting.add(reach, Rule(type="expression", dxf=look, formula=[formula]))


def _style(cell: Cell, look: _Look) -> None:
    cell.font = Font(name=FACE, size=12, bold=look.heading or look.bold)
    cell.border = _FRAME
    if look.heading:
        cell.fill = _HEADING
    is_centred = look.heading or look.centred
    cell.alignment = Alignment(
        horizontal="center" if is_centred else "left" if look.text else "right",
        vertical="center",
        wrap_text=look.heading or look.text,
        indent=0 if is_centred else 1,
    )
    if look.format:
        cell.number_format = look.format


def written(cell: Any, value: Any) -> Cell:
    """Put in a value; words are words, whatever they begin with."""
    if isinstance(value, str):
        cell.value = words = legible(value, lines=True)[:_LONGEST_CELL]
        if words:
            cell.data_type = "s"
        if words.startswith(FORMULA_STARTS):
            cell._style = copy(cell._style)  # noqa: SLF001 - others may share it
            cell.quotePrefix = True
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None, microsecond=0)
    else:
        cell.value = value
    result: Cell = cell
    return result


_SHOWN: dict[type, Callable[[Any], int]] = {
    datetime: lambda _: len("00:00 00/00/0000"),
    date: lambda _: len("00/00/0000"),
    float: lambda _: len("100,0%"),
}


def _width(value: Any) -> float:
    """Return how wide the value is, in characters of the sheet."""
    shown = _SHOWN.get(type(value))
    return (shown(value) if shown else len(str(value or ""))) * 1.12 + 2


def _heading_width(title: str) -> float:
    """A heading stands on two lines, with room for the filter's button."""
    longest = max(len(word) for word in title.split())
    return max(longest, len(title) / 2) * 1.2 + 4
