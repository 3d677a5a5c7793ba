"""Rosters: people of a unit by codes, as they are typed, and who may come or leave from a day on."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.courses import RosterMember
from bot.domain.dates import NotADateError, parse_day

LONGEST_CODE = 20
LARGEST_ROSTER = 500
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]*", re.ASCII)
_WHOLE_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}", re.ASCII)
_FROM = re.compile(r"(?:từ|tu|from)\s+(.*)", re.IGNORECASE)


class InvalidRosterError(ValueError):
    """What was typed is no change of a roster."""


class NoCodesError(InvalidRosterError):
    pass


class TooManyCodesError(InvalidRosterError):
    """More than LARGEST_ROSTER at a time."""


class BadRosterDayError(InvalidRosterError):
    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class PastRosterDayError(InvalidRosterError):
    """Who was on a roster on a past day does not change."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


class CodeError(InvalidRosterError):
    """Something is wrong with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadCodeError(CodeError):
    """Letters without marks, digits and `.`, `_`, `/`, `-`, and at least one digit: names have none."""


class CodeTwiceError(CodeError):
    """A unit's roster has a code only once at a time."""


class NoServiceDayError(CodeError):
    """Nothing says since when this person has served."""


class ServesLaterError(CodeError):
    """Service begins after the day from which the person is to be on the roster."""


class NotOnRosterError(CodeError):
    pass


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who is to come onto a roster."""

    code: str
    served_since: date


@dataclass(frozen=True, slots=True)
class Additions:
    """Who is new, and who had been meant to leave on that very day and stays."""

    new: tuple[Coming, ...]
    staying: tuple[RosterMember, ...]


def read_code(typed: str) -> str:
    """Return the code in capitals. Raises BadCodeError."""
    code = typed.strip().upper()
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code) or not re.search(r"[0-9]", code):
        raise BadCodeError(typed)
    return code


def read_coming(typed: str, today: date) -> tuple[date, tuple[Coming, ...]]:
    """Read codes after the day since which they have served: `1/2/2024: DQ01, DQ02`, on any lines.

    A first line `từ 20/3` says from which day on they are on the roster; else it is today.
    Raises InvalidRosterError.
    """
    day, words = _words(typed, today)
    served_since: date | None = None
    listed: list[Coming] = []
    for word in words:
        if _WHOLE_DATE.fullmatch(word):
            served_since = _day(word, today)
            continue
        code = read_code(word)
        if served_since is None:
            raise NoServiceDayError(code)
        if served_since > day:
            raise ServesLaterError(code)
        listed.append(Coming(code, served_since))
    _check_number(listed)
    return day, tuple(listed)


def read_leaving(typed: str, today: date) -> tuple[date, tuple[str, ...]]:
    """Read codes; a first line `từ 20/3` says the first day on which they are gone, else today.

    Raises InvalidRosterError.
    """
    day, words = _words(typed, today)
    codes = tuple(read_code(word) for word in words)
    _check_number(codes)
    return day, codes


def check_codes(codes: Sequence[str], taken: Collection[str] = ()) -> None:
    """Raise CodeTwiceError at the first code that is there already."""
    seen = set(taken)
    for code in codes:
        if code in seen:
            raise CodeTwiceError(code)
        seen.add(code)


def additions(
    members: Iterable[RosterMember], coming: Sequence[Coming], category: str, day: date
) -> Additions:
    """Who of them is new from the day on; somebody whose end on that day was a mistake stays the same person.

    Raises CodeTwiceError.
    """
    known = list(members)
    ending = {(m.code, m.category, m.served_since): m for m in known if m.valid_to == day}
    check_codes(
        [each.code for each in coming],
        {m.code for m in known if m.valid_to is None or m.valid_to > day},
    )
    new, staying = [], []
    for each in coming:
        if same := ending.get((each.code, category, each.served_since)):
            staying.append(same)
        else:
            new.append(each)
    return Additions(tuple(new), tuple(staying))


def departures(
    members: Iterable[RosterMember], codes: Sequence[str], day: date
) -> tuple[RosterMember, ...]:
    """Who of the roster leaves on the day. Raises CodeTwiceError and NotOnRosterError."""
    check_codes(codes)
    there = {m.code: m for m in members if m.is_on(day)}
    for code in codes:
        if code not in there:
            raise NotOnRosterError(code)
    return tuple(there[code] for code in codes)


def _words(typed: str, today: date) -> tuple[date, list[str]]:
    first, _, rest = typed.strip().partition("\n")
    day, words = today, typed
    if told := _FROM.fullmatch(unicodedata.normalize("NFC", first.strip())):
        day, words = _day(told[1].rstrip(" ,;:"), today), rest
    if day < today:
        raise PastRosterDayError(day)
    return day, [word for word in re.split(r"[\s,;:]+", words) if word]


def _day(typed: str, today: date) -> date:
    try:
        return parse_day(typed, today)
    except NotADateError as error:
        raise BadRosterDayError(typed) from error


def _check_number(listed: Sequence[object]) -> None:
    if not listed:
        raise NoCodesError
    if len(listed) > LARGEST_ROSTER:
        raise TooManyCodesError
