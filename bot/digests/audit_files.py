"""The audit trail as a workbook and as a document.

Only what makes one of them imports this module: openpyxl and python-docx cost memory.
"""

from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from bot.digests import typesetting as page
from bot.digests.files import Row
from bot.digests.spreadsheet import MOMENT, Book, Column
from bot.domain.summaries import Summary
from bot.texts import Texts

_SIZE = 10
# In mm; together what a landscape A4 page leaves between its margins.
_WIDTHS = (30, 36, 38, 34, 42, 47, 40)


def audit_workbook(rows: Sequence[Row], told: Summary, texts: Texts) -> bytes:
    """Return the entries as .xlsx, one a row; `told` says whose they are, and of which days."""
    title = texts.audit_title(told.first, told.last)
    book = Book(told, texts, title)
    when, *words = texts.audit_columns
    columns = [Column(when, MOMENT), *(Column(each) for each in words)]
    book.sheet(texts.audit_sheet, columns, [_cells(row) for row in rows])
    return book.saved()


def audit_document(rows: Sequence[Row], told: Summary, texts: Texts) -> bytes:
    """Return the entries as .docx, in a table whose headings stand on each page."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    title = texts.audit_title(told.first, told.last)
    page.run(document.add_paragraph(), f"{told.command_name}. {title}", 13, bold=True)
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, texts.audit_columns, strict=True):
        page.run(cell.paragraphs[0], words, _SIZE, bold=True)
    page.repeated(table)
    for row in rows:
        added = table.add_row()
        when, *rest = _cells(row)
        shown = (f"{when:%H:%M %d/%m/%Y}", *map(str, rest))
        for cell, value in zip(added.cells, shown, strict=True):
            page.run(cell.paragraphs[0], value, _SIZE)
        page.keep_whole(added)
    page.set_widths(table, _WIDTHS)
    return page.saved(document, title, told.command_name, told.as_of, texts.language)


def _cells(row: Row) -> tuple[object, ...]:
    when, *words = row.values()
    return (datetime.fromisoformat(str(when)), *words)
