"""Empty tables to fill in: headings, and in a workbook a second sheet that explains each column."""

from pathlib import Path
from typing import Any

from bot.digests.files import write_bytes, write_csv
from bot.domain.tables import TABLES, Column, Kind, Reading
from bot.table_words import choices
from bot.usage import say

ENDINGS = (".xlsx", ".csv")
_NARROWEST, _WIDEST = 14, 80
_TEXT = "@"
_FORMATS = {Reading.DAY: "dd/mm/yyyy", Reading.WHOLE: "0"}
# What a list of choices in a cell may have in letters.
_LONGEST_LIST = 250


def template(kind: Kind, path: Path) -> None:
    """Write it in the format of the file's ending. Raises OSError."""
    columns = TABLES[kind].columns
    if path.suffix.lower() == ".csv":
        write_csv([], path, [say.headings[column.key] for column in columns])
        return
    write_bytes(_workbook(kind), path)


def _workbook(kind: Kind) -> bytes:
    # Only here is a workbook needed, and openpyxl costs memory.
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import Workbook  # noqa: PLC0415

    columns, rows = TABLES[kind].columns, TABLES[kind].most_rows
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = say.table_names[kind]
    sheet.append([say.headings[column.key] for column in columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        _prepare(sheet, number, column, rows)
    notes: Any = book.create_sheet(say.explanation_sheet)
    notes.append(say.explanation_columns)
    for column in columns:
        notes.append(explanation(column))
    _lay_out(notes)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def explanation(column: Column) -> tuple[str, str, str, str]:
    """The heading, whether it must be filled in, how, and an example."""
    listed = ", ".join(choices(column.reading)) if column.reading.is_choice else ""
    return (
        say.headings[column.key],
        say.is_required if column.is_required else say.is_optional,
        say.column_notes[column.key].format(choices=listed),
        say.column_examples[column.key],
    )


def _prepare(sheet: Any, number: int, column: Column, rows: int) -> None:
    """A column of texts stays one, so that 001 does; and whoever can choose need not type."""
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    letter = get_column_letter(number)
    heading = sheet.cell(1, number)
    heading.font = Font(bold=True)
    heading.fill = PatternFill("solid", fgColor="FCE4C4" if column.is_required else "D9DEE4")
    dimension = sheet.column_dimensions[letter]
    dimension.width = max(_NARROWEST, len(say.headings[column.key]) + 4)
    dimension.number_format = _FORMATS.get(column.reading, _TEXT)
    listed = ",".join(choices(column.reading)) if column.reading.is_choice else ""
    if 0 < len(listed) <= _LONGEST_LIST:
        choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        choice.showErrorMessage = False  # other words for the same are read as well
        choice.add(f"{letter}2:{letter}{rows + 1}")
        sheet.add_data_validation(choice)


def _lay_out(notes: Any) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    for cell in notes[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (24, 10, _WIDEST, 34), strict=True):
        notes.column_dimensions[letter].width = width
    for row in notes.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = _TEXT
