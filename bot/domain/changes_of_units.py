"""Changing units: what may be typed, from which day it may hold, and what a card showed before."""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar
from bot.domain.names import fold
from bot.domain.units import Unit

LONGEST_NAME = 60
LARGEST_ESTABLISHMENT = 9999
_MARK_LENGTH = 8
_LEVELS = ("dac khu", "thi tran", "thi xa", "thanh pho", "phuong", "xa")


class ChangeKind(StrEnum):
    RENAME = "name"
    ALIAS = "alias"
    UNALIAS = "noalias"
    STRENGTH = "str"
    ADD = "add"
    CLOSE = "close"
    MERGE = "merge"
    KEEP = "keep"  # takes back a closing or merge that is planned

    @property
    def is_typed(self) -> bool:
        """Whether its value is typed."""
        return self in {ChangeKind.RENAME, ChangeKind.ALIAS, ChangeKind.STRENGTH, ChangeKind.ADD}

    @property
    def is_dated(self) -> bool:
        """Whether it holds from a day on; other names of a unit only help to find it."""
        return self not in {ChangeKind.ALIAS, ChangeKind.UNALIAS, ChangeKind.KEEP}


@dataclass(frozen=True, slots=True)
class UnitChange:
    """`value` is what was typed; `other_id` the unit that this one is merged into.

    `code` is that of a unit to add, where it is not made of its name.
    """

    kind: ChangeKind
    unit_id: int | None = None
    value: str = ""
    other_id: int | None = None
    day: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What a change would do: the unit as it stands on that day without it, and what it would be.

    `into` is the unit that it is merged into, `people` how many roles end with it. Where the unit is
    kept, `day` is the one on which it would have ended, and the roles no longer end.
    """

    change: UnitChange
    day: date
    before: Unit | None
    name: str = ""
    short_name: str = ""
    code: str = ""
    establishment: int | None = None
    into: Unit | None = None
    people: int = 0

    @property
    def mark(self) -> str:
        """Names the change and what it starts from, so that an old card cannot overwrite newer values."""
        facts = repr((self.change, self.day, self.before, self.into, self.people))
        return hashlib.sha256(facts.encode()).hexdigest()[:_MARK_LENGTH]


class NotChangeableError(Exception):
    """The unit cannot be changed like this."""


class BadNameError(NotChangeableError):
    """No name, or one that is too long, or that has no letter."""


class NameTakenError(NotChangeableError):
    def __init__(self, unit: Unit) -> None:
        super().__init__(unit.id)
        self.unit = unit


class CodeTakenError(NotChangeableError):
    """A code is never used again, even after its unit has ended."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadStrengthError(NotChangeableError):
    """Not a number of people that a unit can have."""


class TooEarlyError(NotChangeableError):
    """The figures of that day stand; `first` is the first day from which a change may hold."""

    def __init__(self, day: date, first: date) -> None:
        super().__init__(day.isoformat())
        self.day = day
        self.first = first


class NotInForceError(NotChangeableError):
    """The unit is not there on the day, or its end is fixed already."""

    def __init__(self, unit: Unit, day: date) -> None:
        super().__init__(unit.id)
        self.unit = unit
        self.day = day


class AwaitedError(NotChangeableError):
    """Another unit is to be merged into this one, from a day that would find it gone."""

    def __init__(self, unit: Unit, day: date) -> None:
        super().__init__(unit.id)
        self.unit = unit
        self.day = day


class IntoItselfError(NotChangeableError):
    pass


class NothingChangesError(NotChangeableError):
    """It is so already."""


def read_name(typed: str) -> str:
    """Return the name on one line. Raises BadNameError."""
    name = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    if not 0 < len(name) <= LONGEST_NAME or not any(c.isalpha() for c in name):
        raise BadNameError
    return name


def read_strength(typed: str) -> int:
    """Read `24` or `1.024`. Raises BadStrengthError."""
    text = typed.strip()
    if not re.fullmatch(r"\d{1,4}|\d\.\d{3}", text, re.ASCII):
        raise BadStrengthError
    number = int(text.replace(".", ""))
    if number > LARGEST_ESTABLISHMENT:
        raise BadStrengthError
    return number


def read_new_unit(typed: str) -> tuple[str, int | None]:
    """Read `phường Hòa Hương` or `phường Hòa Hương, 24`. Raises BadNameError and BadStrengthError."""
    name, comma, strength = typed.rpartition(",")
    if not comma:
        return read_name(typed), None
    return read_name(name), read_strength(strength)


def short_name_of(name: str) -> str:
    """The name without the level that it begins with: An Sơn of phường An Sơn."""
    words = name.split()
    for level in _LEVELS:
        length = len(level.split())
        if len(words) > length and fold(" ".join(words[:length])) == level:
            return " ".join(words[length:])
    return name


def code_of(short_name: str, taken: Collection[str]) -> str:
    """A code of ASCII letters and digits that no unit has had."""
    code = re.sub(r"[^a-z0-9]+", "-", fold(short_name)).strip("-") or "unit"
    number = 2
    found = code
    while found in taken:
        found = f"{code}-{number}"
        number += 1
    return found


def first_day(calendar: Calendar, unit_ids: Iterable[int | None], now: datetime) -> date:
    """Today, as long as no window of today has opened for these units (None: the common one)."""
    today = calendar.schedule.local_day(now)
    windows = (calendar.window(unit_id, today) for unit_id in unit_ids)
    has_opened = any(window and window.opens <= now for window in windows)
    return today + timedelta(days=1) if has_opened else today


def moved(order: Iterable[int], unit_id: int, among: Collection[int], step: int) -> list[int]:
    """The order with the unit one place up (-1) or down (1) among those that are shown."""
    listed = list(order)
    place = listed.index(unit_id)
    others = [n for n, other in enumerate(listed) if other in among and other != unit_id]
    nearer = [n for n in others if n < place] if step < 0 else [n for n in others if n > place]
    if not nearer:
        return listed
    target = nearer[-1] if step < 0 else nearer[0]
    listed.pop(place)
    listed.insert(target, unit_id)
    return listed
