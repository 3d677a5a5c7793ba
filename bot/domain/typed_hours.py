"""Clock times and weekdays as people type them."""

import re
from datetime import time

from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.names import fold

_TIME = r"\d{1,2}\s?(?::|giờ|gio|g|h)\s?\d{2}|\d{1,2}\s?(?:giờ|gio|g|h)"
_BETWEEN = r"[\s,;/–—-]+"
_HOURS = re.compile(
    rf"(?<![\d:])({_TIME}){_BETWEEN}({_TIME}){_BETWEEN}({_TIME})(?![\d:])", re.ASCII | re.IGNORECASE
)
_ONE = re.compile(_TIME, re.ASCII | re.IGNORECASE)
_NAMES = {
    **{
        form: weekday
        for number, (weekday, word) in enumerate(
            zip(WEEKDAYS[:6], ("hai", "ba", "tu", "nam", "sau", "bay"), strict=True), start=2
        )
        for form in (f"t{number}", f"t {number}", f"thu {number}", f"thu {word}", word)
    },
    "cn": "sun",
    "chu nhat": "sun",
}
_GROUPS = {
    **dict.fromkeys(("moi ngay", "hang ngay", "ca tuan", "tat ca"), frozenset(WEEKDAYS)),
    "cuoi tuan": frozenset({"sat", "sun"}),
}
_LISTED = re.compile(r"[,;+&]|\bvà\b|\bva\b", re.IGNORECASE)
_RANGE = re.compile(r"[-–—]|\bđến\b|\bden\b", re.IGNORECASE)


class NotHoursError(ValueError):
    """No three clock times."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class NotATimeError(ValueError):
    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class NotWeekdaysError(ValueError):
    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


def parse_time(typed: str) -> time:
    """Read one clock time, `16:30`, `16h30`, `7h`. Raises NotATimeError."""
    if not _ONE.fullmatch(typed.strip()):
        raise NotATimeError(typed)
    try:
        return _time(typed)
    except ValueError as error:  # 25:00
        raise NotATimeError(typed) from error


def parse_hours(typed: str) -> Hours:
    """Read `15:30 16:30 20:00`, also with h or g. Raises NotHoursError and HoursOutOfOrderError."""
    before, hours, after = split_hours(typed)
    if before or after:
        raise NotHoursError(typed)
    return hours


def split_hours(typed: str) -> tuple[str, Hours, str]:
    """Return the three times with what stands before and behind them.

    Raises NotHoursError and HoursOutOfOrderError.
    """
    found = _HOURS.search(typed)
    if not found:
        raise NotHoursError(typed)
    try:
        times = [_time(found[n]) for n in (1, 2, 3)]
    except ValueError as error:  # 25:00
        raise NotHoursError(typed) from error
    return typed[: found.start()].strip(), Hours(*times), typed[found.end() :].strip()


def parse_weekdays(typed: str) -> frozenset[str]:
    """Read `t2-t6`, `t7, cn`, `thứ hai`, `mọi ngày`. Raises NotWeekdaysError."""
    days: set[str] = set()
    for part in _LISTED.split(typed):
        days |= _part(part)
    if not days:
        raise NotWeekdaysError(typed)
    return frozenset(days)


def _part(typed: str) -> frozenset[str]:
    match [fold(end) for end in _RANGE.split(typed)]:
        case [one] if one in _GROUPS:
            return _GROUPS[one]
        case [one] if one in _NAMES:
            return frozenset({_NAMES[one]})
        case [several] if several and all(word in _NAMES for word in several.split()):
            return frozenset(_NAMES[word] for word in several.split())
        case [first, last] if first in _NAMES and last in _NAMES:
            return _between(_NAMES[first], _NAMES[last])
        case _:
            raise NotWeekdaysError(typed)


def _between(first: str, last: str) -> frozenset[str]:
    """From one weekday to another, over the end of the week if need be."""
    begin = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last) - begin) % len(WEEKDAYS) + 1
    return frozenset(WEEKDAYS[(begin + n) % len(WEEKDAYS)] for n in range(length))


def _time(typed: str) -> time:
    numbers = [int(number) for number in re.findall(r"\d+", typed, re.ASCII)]
    return time(numbers[0], numbers[1] if len(numbers) > 1 else 0)
