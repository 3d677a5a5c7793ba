"""Rows as a file that a spreadsheet or another program opens; whole or not at all."""

import csv
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

Row = Mapping[str, Any]

# A spreadsheet would run a cell that begins so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class UnknownEndingError(ValueError):
    """The file's name does not end in one of the `known` formats."""

    def __init__(self, path: Path, known: tuple[str, ...]) -> None:
        super().__init__(str(path))
        self.path = path
        self.known = known


def write_rows(rows: Sequence[Row], path: Path, columns: Sequence[str] = ()) -> None:
    """Write in the format of the file's ending. Raises UnknownEndingError and OSError."""
    match path.suffix.lower():
        case ".csv":
            write_csv(rows, path, columns)
        case ".json":
            write_json(rows, path)
        case _:
            raise UnknownEndingError(path, (".csv", ".json"))


def write_csv(rows: Sequence[Row], path: Path, columns: Sequence[str] = ()) -> None:
    """Write UTF-8 with the mark by which Excel knows it; `columns` are the header without rows."""

    def write(file: IO[str]) -> None:
        writer = csv.DictWriter(file, rows[0].keys() if rows else columns)
        writer.writeheader()
        writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)

    _replace_text(path, "utf-8-sig", write)


def write_json(rows: Sequence[Row], path: Path) -> None:
    def write(file: IO[str]) -> None:
        json.dump(list(rows), file, ensure_ascii=False, indent=1)
        file.write("\n")

    _replace_text(path, "utf-8", write)


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def write_bytes(content: bytes, path: Path) -> None:
    """Write a file that is made already. Raises OSError."""
    _replace(path, lambda file: file.write(content))


def _replace_text(path: Path, encoding: str, write: Callable[[IO[str]], None]) -> None:
    def encode(file: IO[bytes]) -> None:
        text = TextIOWrapper(file, encoding, newline="")
        write(text)
        text.flush()
        text.detach()

    _replace(path, encode)


def _replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write beside the file, for its owner only, and put it in its place when all is on the disk."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
