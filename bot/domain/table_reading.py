"""The cells of a table as values, or everything that is wrong with them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.changes_of_units import BadNameError, BadStrengthError, read_name, read_strength
from bot.domain.dates import NotADateError, parse_day
from bot.domain.names import fold
from bot.domain.rosters import BadCodeError, read_code
from bot.domain.tables import (
    Cell,
    Column,
    Fact,
    Line,
    Problem,
    Reading,
    Reason,
    Table,
    TableRefusedError,
    Value,
    brief,
    letters,
)

LONGEST_CODE = 20
LONGEST_INVITATION = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wording:
    """What headings and choices may be called, folded; `told` are the words to name them by."""

    headings: Mapping[str, str]
    choices: Mapping[Reading, Mapping[str, str]]
    told_headings: Mapping[str, str]
    told_choices: Mapping[Reading, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as values by the keys of its columns, None where a cell is empty."""

    values: Mapping[str, Any]
    places: Mapping[str, str]


class _NotReadError(Exception):
    def __init__(self, reason: Reason, facts: tuple[Fact, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


def read_table(table: Table, lines: Sequence[Line], wording: Wording) -> tuple[Row, ...]:
    """Return the rows below the headings. Raises TableRefusedError with all that is wrong."""
    filled = [line for line in lines if any(not _is_empty(cell.value) for cell in line)]
    if not filled:
        raise TableRefusedError([Problem("", Reason.NO_ROWS)])
    columns = _columns(table, filled[0], wording)
    if len(filled) == 1:
        raise TableRefusedError([Problem("", Reason.NO_ROWS)])
    if len(filled) - 1 > table.most_rows:
        raise TableRefusedError([Problem("", Reason.TOO_MANY_ROWS, (table.most_rows,))])
    problems: list[Problem] = []
    rows = [_row(columns, line, wording, problems) for line in filled[1:]]
    if problems:
        raise TableRefusedError(problems)
    return tuple(rows)


def _columns(table: Table, line: Line, wording: Wording) -> dict[int, Column]:
    """Which column stands where; in any order, and those that may be empty may be missing."""
    known = {column.key: column for column in table.columns}
    found: dict[int, Column] = {}
    problems: list[Problem] = []
    listed = ", ".join(wording.told_headings[column.key] for column in table.columns)
    for place, cell in enumerate(line):
        if _is_empty(cell.value):
            continue
        key = wording.headings.get(fold(str(cell.value)))
        if key is None:
            problems.append(
                Problem(cell.address, Reason.UNKNOWN_HEADING, (brief(cell.value), listed))
            )
        elif known[key] in found.values():
            problems.append(Problem(cell.address, Reason.HEADING_TWICE, (brief(cell.value),)))
        else:
            found[place] = known[key]
    if not found:
        raise TableRefusedError([Problem(line[0].address, Reason.NO_HEADINGS, (listed,))])
    problems += [
        Problem("", Reason.HEADING_MISSING, (wording.told_headings[column.key],))
        for column in table.columns
        if column.is_required and column not in found.values()
    ]
    if problems:
        raise TableRefusedError(problems)
    return found


def _row(
    columns: Mapping[int, Column], line: Line, wording: Wording, problems: list[Problem]
) -> Row:
    number = re.sub(r"\D", "", line[0].address)
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    for place, column in columns.items():
        cell = line[place] if place < len(line) else Cell(f"{letters(place)}{number}", None)
        places[column.key] = cell.address
        try:
            values[column.key] = _value(column, cell.value, wording)
        except _NotReadError as error:
            problems.append(Problem(cell.address, error.reason, error.facts))
    problems += [
        Problem(cell.address, Reason.BEYOND_HEADINGS, (brief(cell.value),))
        for place, cell in enumerate(line)
        if place not in columns and not _is_empty(cell.value)
    ]
    return Row(values, places)


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not _cleaned(value))


def _cleaned(text: str) -> str:
    """The text without what cannot be seen; ends of lines stay."""
    kept = "".join(
        c if c.isprintable() or c == "\n" else " "
        for c in text.replace("\r\n", "\n")
        if unicodedata.category(c) not in {"Cf", "Cs"}
    )
    return unicodedata.normalize("NFC", kept).strip()


def _value(column: Column, value: Value, wording: Wording) -> Any:
    if _is_empty(value):
        if column.is_required:
            raise _NotReadError(Reason.EMPTY)
        return None
    match column.reading:
        case Reading.DAY:
            return _day(value)
        case Reading.WHOLE:
            return _whole(value)
        case Reading.CODE | Reading.MEMBER:
            return _code(column.reading, value)
        case _ if isinstance(value, str):
            return _text(column.reading, _cleaned(value), wording)
        case _:
            raise _NotReadError(Reason.NOT_TEXT, (brief(value),))


def _text(reading: Reading, text: str, wording: Wording) -> Any:
    match reading:
        case Reading.NAME:
            return _name(text)
        case Reading.NAMES:
            return tuple(_name(each) for each in re.split(r"[;,\n]", text) if each.strip())
        case Reading.DURATION:
            return _duration(text)
        case _ if reading.is_choice:
            chosen = wording.choices[reading].get(fold(text))
            if chosen is None:
                told = ", ".join(wording.told_choices[reading])
                raise _NotReadError(Reason.NOT_A_CHOICE, (brief(text), told))
            return chosen
        case _:
            return text


def _day(value: Value) -> date:
    """A real date, ISO or dd/mm/yyyy; without a year it would be guessed."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _cleaned(value) if isinstance(value, str) else ""
    if not re.search(r"\d{4}", text, re.ASCII):
        raise _NotReadError(Reason.NOT_A_DAY, (brief(value),))
    try:
        return parse_day(text, date.min.replace(year=2000))
    except NotADateError as error:
        raise _NotReadError(Reason.NOT_A_DAY, (brief(value),)) from error


def _whole(value: Value) -> int:
    """A number of people; of `27,5`, `1,024` and 1.024 nobody knows what is meant, or it is no number."""
    text = str(value) if isinstance(value, int) else value
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    if isinstance(value, bool) or not isinstance(text, str):
        raise _NotReadError(Reason.NOT_WHOLE, (brief(value),))
    try:
        return read_strength(re.sub(r",0+$", "", _cleaned(text)))
    except BadStrengthError as error:
        raise _NotReadError(Reason.NOT_WHOLE, (brief(value),)) from error


def _code(reading: Reading, value: Value) -> str:
    """Of a number it is not known how many noughts it began with."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise _NotReadError(Reason.NUMBER_AS_CODE, (brief(value),))
    if not isinstance(value, str):
        raise _NotReadError(Reason.NOT_TEXT, (brief(value),))
    text = _cleaned(value)
    if reading is Reading.CODE:
        code = text.lower()
        if len(code) > LONGEST_CODE or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
            raise _NotReadError(Reason.BAD_CODE, (brief(text),))
        return code
    try:
        return read_code(text)
    except BadCodeError as error:
        raise _NotReadError(Reason.BAD_MEMBER, (brief(text),)) from error


def _name(text: str) -> str:
    try:
        name = read_name(text)
    except BadNameError as error:
        raise _NotReadError(Reason.BAD_NAME, (brief(text),)) from error
    if "," in name:  # in the chat, what stands behind it is an establishment
        raise _NotReadError(Reason.BAD_NAME, (brief(text),))
    return name


def _duration(text: str) -> timedelta:
    try:
        return read_duration(text)
    except ValueError as error:
        raise _NotReadError(Reason.NOT_A_DURATION, (brief(text),)) from error


def read_duration(typed: str) -> timedelta:
    """Read `30m`, `48h` or `7d`, up to 30 days. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,5})([mhd])", typed.strip().lower(), re.ASCII)
    if found:
        unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
        valid_for = timedelta(**{unit: int(found[1])})
        if timedelta() < valid_for <= LONGEST_INVITATION:
            return valid_for
    raise ValueError(typed)
