"""Files as a clerk makes them: a template that was filled in, and tables of any content."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from bot.domain.tables import TABLES, Kind
from bot.templates import template
from bot.usage import say


def filled(kind: Kind, path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """The template of the kind with these rows under its headings, by the columns' keys."""
    keys = [column.key for column in TABLES[kind].columns]
    listed = [[row.get(key) for key in keys] for row in rows]
    template(kind, path)
    if path.suffix == ".csv":
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(listed)
        return path
    book = load_workbook(path)
    for number, values in enumerate(listed, 2):
        for place, value in enumerate(values, 1):
            cell = book.worksheets[0].cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # what is typed into a cell of text is one
    book.save(path)
    return path


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def headings(kind: Kind) -> list[str]:
    return [say.headings[column.key] for column in TABLES[kind].columns]
