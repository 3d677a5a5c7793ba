"""Tables that are taken in from a file: which columns each kind has, and why one is refused.

A table is a declaration. Its template, the check of its headings, the reading of its cells
(`table_reading`) and what is told of it all follow from that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

LONGEST_CELL = 2000

Value = str | int | float | bool | date | datetime | time | timedelta | None


class Kind(StrEnum):
    UNITS = "units"
    STRENGTHS = "strengths"
    PEOPLE = "people"
    ROSTER = "roster"
    ACTIVITIES = "activities"


class Reading(StrEnum):
    """How a cell becomes a value."""

    TEXT = "text"
    NAME = "name"  # of a unit
    NAMES = "names"
    CODE = "code"
    MEMBER = "member"  # a person's code
    WHOLE = "whole"
    DAY = "day"
    DURATION = "duration"
    ROLE = "role"
    CATEGORY = "category"
    ACTIVITY = "activity"
    SERVICE = "service"
    MODE = "mode"

    @property
    def is_choice(self) -> bool:
        return self in {
            Reading.ROLE,
            Reading.CATEGORY,
            Reading.ACTIVITY,
            Reading.SERVICE,
            Reading.MODE,
        }


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    reading: Reading
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`most_rows` bounds for how long the database is kept from the bot."""

    columns: tuple[Column, ...]
    most_rows: int


TABLES: Mapping[Kind, Table] = {
    Kind.UNITS: Table(
        (
            Column("name", Reading.NAME, is_required=True),
            Column("code", Reading.CODE),
            Column("aliases", Reading.NAMES),
            Column("establishment", Reading.WHOLE),
            Column("since", Reading.DAY),
        ),
        most_rows=200,
    ),
    Kind.STRENGTHS: Table(
        (
            Column("unit", Reading.TEXT, is_required=True),
            Column("establishment", Reading.WHOLE, is_required=True),
            Column("since", Reading.DAY),
        ),
        most_rows=200,
    ),
    Kind.PEOPLE: Table(
        (
            Column("role", Reading.ROLE, is_required=True),
            Column("unit", Reading.TEXT),
            Column("until", Reading.DAY),
            Column("expires", Reading.DURATION),
        ),
        most_rows=2000,
    ),
    Kind.ROSTER: Table(
        (
            Column("unit", Reading.TEXT, is_required=True),
            Column("member", Reading.MEMBER, is_required=True),
            Column("category", Reading.CATEGORY, is_required=True),
            Column("served_since", Reading.DAY, is_required=True),
            Column("since", Reading.DAY),
            Column("left", Reading.DAY),
        ),
        most_rows=10_000,
    ),
    Kind.ACTIVITIES: Table(
        (
            Column("kind", Reading.ACTIVITY, is_required=True),
            Column("title", Reading.TEXT, is_required=True),
            Column("category", Reading.CATEGORY),
            Column("service", Reading.SERVICE),
            Column("units", Reading.TEXT, is_required=True),
            Column("trainer", Reading.TEXT),
            Column("mode", Reading.MODE),
            Column("first", Reading.DAY, is_required=True),
            Column("last", Reading.DAY, is_required=True),
            Column("sessions", Reading.TEXT, is_required=True),
        ),
        most_rows=1000,
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """`address` as a spreadsheet names it: B3."""

    address: str
    value: Value


Line = tuple[Cell, ...]


Fact = str | int | date
"""What a sentence about a problem names."""


class Reason(StrEnum):
    """Why a file or one of its cells is refused."""

    # The file
    NO_FILE = "no_file"
    UNREADABLE = "unreadable"
    NO_SHEET_FILE = "no_sheet_file"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    BROKEN = "broken"
    PROTECTED = "protected"
    SEVERAL_SHEETS = "several_sheets"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    MERGED = "merged"
    FORMULA = "formula"
    ERROR_CELL = "error_cell"
    TOO_LONG = "too_long"
    # Its headings
    NO_HEADINGS = "no_headings"
    UNKNOWN_HEADING = "unknown_heading"
    HEADING_TWICE = "heading_twice"
    HEADING_MISSING = "heading_missing"
    BEYOND_HEADINGS = "beyond_headings"
    # A cell
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    NUMBER_AS_CODE = "number_as_code"
    BAD_CODE = "bad_code"
    BAD_MEMBER = "bad_member"
    BAD_NAME = "bad_name"
    NOT_WHOLE = "not_whole"
    NOT_A_DAY = "not_a_day"
    NOT_A_DURATION = "not_a_duration"
    NOT_A_CHOICE = "not_a_choice"
    # What it would do
    TWICE = "twice"
    UNKNOWN_UNIT = "unknown_unit"
    NAME_TAKEN = "name_taken"
    CODE_TAKEN = "code_taken"
    OTHER_NAME = "other_name"
    OTHER_STRENGTH = "other_strength"
    OTHER_DAY = "other_day"
    TOO_EARLY = "too_early"
    NOT_IN_FORCE = "not_in_force"
    UNIT_NEEDED = "unit_needed"
    NO_UNIT_NEEDED = "no_unit_needed"
    PAST = "past"
    OUT_OF_ORDER = "out_of_order"
    OTHER_MEMBER = "other_member"
    LEFT_BEFORE = "left_before"
    BAD_TITLE = "bad_title"
    NO_UNITS = "no_units"
    BAD_LIABLE = "bad_liable"
    NOT_SESSIONS = "not_sessions"
    END_BEFORE_START = "end_before_start"
    OUTSIDE_DAYS = "outside_days"
    SESSIONS_OVERLAP = "sessions_overlap"
    COURSE_ONLY = "course_only"
    COURSE_NEEDS = "course_needs"
    OTHER_ACTIVITY = "other_activity"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Problem:
    """`address` is empty where the whole file is meant; `facts` are for the sentence."""

    address: str
    reason: Reason
    facts: tuple[Fact, ...] = ()


class TableRefusedError(Exception):
    """The file cannot be taken in, and nothing of it was; `problems` are all that were found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = tuple(problems)


def letters(place: int) -> str:
    """The letters of a column, counted from 0: A, …, Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def brief(value: object) -> str:
    """What stands in a cell, on one line and short enough for a sentence."""
    text = " ".join(str(value).split())
    most = 40
    return text if len(text) <= most else f"{text[: most - 1]}…"
