"""How units, days, hours and weekdays are written in what a button carries.

Each pattern matches only what its function packs; what a parse function refuses is a ValueError.
"""

import re
from datetime import date, time

from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.exempting import Span

EVERY_DAY = frozenset(WEEKDAYS)

UNIT = r"((?:[1-9]\d{0,8})?)"
WEEKDAY_BITS = r"([1-9]\d{0,2})"
DAY = r"(\d{8})"
DAY_OR_NONE = r"(\d{8}|)"
PAGE = r"(0|[1-9]\d{0,3})"
MARK = r"([0-9a-f]{0,8})"


class InvalidPayloadError(ValueError):
    """Callback data that no button of ours can carry: forged, or of another version."""


def matched(pattern: str, data: str) -> re.Match[str]:
    found = re.fullmatch(pattern, data, re.ASCII)
    if not found:
        raise InvalidPayloadError(data)
    return found


def pack_id(unit_id: int | None) -> str:
    return "" if unit_id is None else str(unit_id)


def parse_id(packed: str) -> int | None:
    return int(packed) if packed else None


def pack_weekdays(weekdays: frozenset[str]) -> str:
    """The weekdays as a number, Monday as 1, Tuesday as 2, Wednesday as 4, and so on."""
    return str(sum(1 << n for n, weekday in enumerate(WEEKDAYS) if weekday in weekdays))


def parse_weekdays(packed: str) -> frozenset[str]:
    bits = int(packed)
    if not 0 < bits < 1 << len(WEEKDAYS):
        raise ValueError(packed)
    return frozenset(weekday for n, weekday in enumerate(WEEKDAYS) if bits >> n & 1)


def pack_hours(hours: Hours | None) -> str:
    return f"{hours.opens:%H%M}{hours.due:%H%M}{hours.locks:%H%M}" if hours else ""


def parse_hours(packed: str) -> Hours | None:
    if not packed:
        return None
    opens, due, locks = (
        time(int(packed[n : n + 2]), int(packed[n + 2 : n + 4])) for n in (0, 4, 8)
    )
    return Hours(opens, due, locks)


def pack_day(day: date | None) -> str:
    return day.isoformat().replace("-", "") if day else ""


def parse_day(packed: str) -> date:
    return date(int(packed[:4]), int(packed[4:6]), int(packed[6:]))


def parse_day_or_none(packed: str) -> date | None:
    return parse_day(packed) if packed else None


def pack_span(span: Span | None) -> str:
    if span is None:
        return f"::{pack_weekdays(EVERY_DAY)}"
    return f"{pack_day(span.first)}:{pack_day(span.last)}:{pack_weekdays(span.weekdays)}"


def parse_span(first: str, last: str, weekdays: str) -> Span | None:
    begin = parse_day_or_none(first)
    return Span(begin, parse_day_or_none(last), parse_weekdays(weekdays)) if begin else None
