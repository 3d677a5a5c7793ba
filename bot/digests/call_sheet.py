"""The sheet of whom to ring when Telegram is down, to print and fill in by hand.

Only what makes one imports this module: python-docx costs memory. The bot knows neither names nor
telephone numbers, and the sheet has empty places for them.
"""

from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from bot.digests.typesetting import (
    keep_whole,
    line,
    new_row,
    page,
    repeated,
    run,
    saved,
    set_widths,
)
from bot.domain.calls import CallRow, CallSheet
from bot.texts import Texts

_COLUMNS = (9, 43, 33, 33, 38, 29)  # mm: A4 less margins of 15 and 10
_LEFT, _RIGHT = 15, 10
_ROW = 8.5  # mm, for a name written by hand
_TITLE, _NOTE, _TABLE = 14, 11, 11


def call_sheet(sheet: CallSheet, texts: Texts) -> bytes:
    """Return the sheet as .docx."""
    document = Document()
    page(document, left=_LEFT, right=_RIGHT)
    _words(document, sheet.command_name.upper(), _TABLE, bold=True)
    _words(document, texts.call_sheet_title, _TITLE, bold=True)
    _words(document, texts.call_sheet_as_of(sheet.as_of), _NOTE, italic=True)
    _words(document, texts.call_sheet_note, _NOTE, italic=True, after=6)
    _table(document, sheet, texts)
    for words in texts.call_sheet_foot:
        foot = _words(document, words, _NOTE)
        foot.paragraph_format.space_before = Pt(8)
        foot.alignment = ALIGN.LEFT
    return saved(document, texts.call_sheet_title, sheet.command_name, sheet.as_of, texts.language)


def _words(
    document: Docx,
    words: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    after: int = 2,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    run(paragraph, words, size, bold=bold, italic=italic)
    return paragraph


def _table(document: Docx, sheet: CallSheet, texts: Texts) -> None:
    table = document.add_table(rows=1, cols=len(_COLUMNS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, words in zip(table.rows[0].cells, texts.call_sheet_columns, strict=True):
        line(cell, words, _TABLE, bold=True)
    repeated(table)
    above: CallRow | None = None
    for number, row in enumerate(sheet.rows, 1):
        cells = new_row(table).cells
        is_same = above is not None and above.unit == row.unit
        told = (
            str(number),
            texts.call_sheet_unit(row.unit),
            texts.roles_to_ring[row.role],
            texts.call_sheet_reach(row),
            "",
            "",
        )
        for column, (cell, words) in enumerate(zip(cells, told, strict=True)):
            paragraph = line(cell, words, _TABLE, bold=column == 1 and not is_same)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            if column:
                paragraph.alignment = ALIGN.LEFT
        above = row
    set_widths(table, _COLUMNS)
    for placed in table.rows:
        placed.height = Mm(_ROW)
        keep_whole(placed)
