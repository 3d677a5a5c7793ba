"""The audit trail as a workbook and as a document.

Only what makes one of them imports this module: openpyxl and python-docx cost memory.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.digests.files import Row
from bot.digests.spreadsheet import MOMENT, Book, Column
from bot.digests.typesetting import listing
from bot.domain.summaries import Summary
from bot.texts import Texts

# In mm; together LISTING_WIDTH.
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
    told_rows = (_cells(row) for row in rows)
    return listing(
        (told.command_name, texts.audit_title(told.first, told.last)),
        texts.audit_columns,
        _WIDTHS,
        ([f"{when:%H:%M %d/%m/%Y}", *map(str, rest)] for when, *rest in told_rows),
        told.as_of,
        texts.language,
    )


def _cells(row: Row) -> tuple[object, ...]:
    when, *words = row.values()
    return (datetime.fromisoformat(str(when)), *words)
