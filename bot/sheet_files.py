"""An .xlsx or .csv file as lines of cells with their addresses; whatever it holds, bounded in size."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.domain.tables import (
    LONGEST_CELL,
    Cell,
    Fact,
    Line,
    Problem,
    Reason,
    TableRefusedError,
    letters,
)

ENDINGS = (".xlsx", ".csv")
LARGEST_FILE = 5 * 2**20
LARGEST_UNPACKED = 40 * 2**20
_MOST_PARTS = 500
MOST_ROWS = 10_001  # with the headings
MOST_COLUMNS = 30
# What a sheet has at most, so no row lies further down.
_LAST_ROW = 1_048_576
_OLE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']{1,40})[\"']")
_DOCTYPES = tuple("<!DOCTYPE".encode(c) for c in ("utf-8", "utf-16-le", "utf-16-be"))
# What openpyxl, zipfile and the parsers below them raise when a file is not what its name says.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    SyntaxError,  # that of the parsers of XML
    RuntimeError,  # an encrypted part, or an unknown compression
    AssertionError,
)


def read_lines(path: Path, ignored_sheets: Collection[str] = ()) -> list[Line]:
    """Return the cells of the file's first sheet by line. Raises TableRefusedError.

    `ignored_sheets` are titles of sheets that only explain.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise _refused(Reason.NO_SHEET_FILE)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise _refused(Reason.NO_FILE) from error
    except OSError as error:
        raise _refused(Reason.UNREADABLE, type(error).__name__) from error
    if len(content) > LARGEST_FILE:
        raise _refused(Reason.TOO_LARGE, LARGEST_FILE // 2**20)
    if ending == ".csv":
        return _text_lines(content)
    return _workbook_lines(content, ignored_sheets)


def _refused(reason: Reason, *facts: Fact, address: str = "") -> TableRefusedError:
    return TableRefusedError([Problem(address, reason, facts)])


def _text_lines(content: bytes) -> list[Line]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    # Where the comma parts a number, Excel parts cells by semicolons.
    delimiter = max(",;\t", key=first.count)
    lines: list[Line] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, values in enumerate(reader, 1):
            if number > MOST_ROWS and any(values):
                raise _refused(Reason.TOO_MANY_ROWS, MOST_ROWS - 1)
            lines.append(_line(number, values, problems))
    except csv.Error as error:
        raise _refused(Reason.BROKEN, address=f"A{len(lines) + 1}") from error
    if problems:
        raise TableRefusedError(problems)
    return lines


def _decoded(content: bytes) -> str:
    """By its mark, or as UTF-8: every other encoding would have to be guessed."""
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(Reason.ENCODING) from error
    if "\0" in text:
        raise _refused(Reason.ENCODING)
    return text


def _line(number: int, values: Iterable[Any], problems: list[Problem]) -> Line:
    listed = list(values)
    while listed and listed[-1] in {None, ""}:
        listed.pop()
    if len(listed) > MOST_COLUMNS:
        address = f"{letters(MOST_COLUMNS)}{number}"
        raise _refused(Reason.TOO_MANY_COLUMNS, MOST_COLUMNS, address=address)
    cells = tuple(Cell(f"{letters(place)}{number}", value) for place, value in enumerate(listed))
    for cell in cells:
        if not isinstance(cell.value, str):
            continue
        if len(cell.value) > LONGEST_CELL:
            problems.append(Problem(cell.address, Reason.TOO_LONG, (LONGEST_CELL,)))
        elif cell.value.startswith("="):
            problems.append(Problem(cell.address, Reason.FORMULA))
    return cells


def _workbook_lines(content: bytes, ignored_sheets: Collection[str]) -> list[Line]:
    if content.startswith(_OLE):
        raise _refused(Reason.PROTECTED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what openpyxl would not keep when saving
                return _sheet_lines(content, archive, ignored_sheets)
    except _BROKEN as error:
        raise _refused(Reason.BROKEN) from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Before anything is unpacked: a part is never read beyond the size that it tells."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _refused(Reason.TOO_LARGE, LARGEST_UNPACKED // 2**20)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            content = archive.read(part)
            # Spreadsheets declare no types; what does wants to unfold itself, or to fetch something.
            if any(mark in content for mark in _DOCTYPES):
                raise _refused(Reason.BROKEN)


def _sheet_lines(
    content: bytes, archive: zipfile.ZipFile, ignored_sheets: Collection[str]
) -> list[Line]:
    from openpyxl import load_workbook  # noqa: PLC0415 - it costs memory, and only this needs it

    book: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=False, rich_text=False)
    try:
        sheets = list(book.worksheets)
        if not sheets:
            raise _refused(Reason.BROKEN)
        others = [
            sheet.title
            for sheet in sheets[1:]
            if sheet.title not in ignored_sheets and any(_rows(sheet))
        ]
        if others:
            raise _refused(Reason.SEVERAL_SHEETS, sheets[0].title, ", ".join(others))
        merged = _MERGED.findall(archive.read(sheets[0]._worksheet_path))  # noqa: SLF001 - where it lies
        problems = [
            Problem(ref.decode("ascii", "replace"), Reason.MERGED) for ref in dict.fromkeys(merged)
        ]
        lines = [_cells(number, row, problems) for number, row in _rows(sheets[0])]
    finally:
        book.close()
    if problems:
        raise TableRefusedError(problems)
    return lines


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows that have anything in them, with their numbers; what the file tells of its size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        is_filled = any(cell.value not in {None, ""} for cell in row)
        if number > _LAST_ROW or (number > MOST_ROWS and is_filled):
            raise _refused(Reason.TOO_MANY_ROWS, MOST_ROWS - 1)
        if is_filled:
            yield number, row


def _cells(number: int, row: tuple[Any, ...], problems: list[Problem]) -> Line:
    line = _line(number, [cell.value if cell.data_type != "f" else "=" for cell in row], problems)
    problems += [
        Problem(cell.address, Reason.ERROR_CELL, (str(cell.value),))
        for cell, source in zip(line, row, strict=False)
        if source.data_type == "e"
    ]
    return line
