"""Days as people type them."""

import re
import unicodedata
from datetime import date, timedelta

from bot.domain.names import fold


class NotADateError(ValueError):
    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


def parse_day(typed: str, today: date) -> date:
    """Read `14/3`, `14/03/2026`, `14-3`, `14.3` or ISO `2026-03-14`; also after the word "ngày".

    Without a year, the day nearest to today is meant: on 2 January, 31/12 is two days ago.
    Raises NotADateError.
    """
    text = re.sub(r"^ngay ", "", fold(typed.strip().replace("-", "/").replace(".", "/")))
    if iso := re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})", text, re.ASCII):
        return _day(typed, int(iso[1]), int(iso[2]), int(iso[3]))
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", text, re.ASCII)
    if not found:
        raise NotADateError(typed)
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(typed, int(found[3]), month, day)
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue  # 29 February of another year
    if not candidates:
        raise NotADateError(typed)
    return min(candidates, key=lambda candidate: abs(candidate - today))


def _day(typed: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADateError(typed) from error


_TO_COME = {"hom nay": 0, "ngay mai": 1, "mai": 1}
# `ngày 30/4 đến ngày 3/5` has five.
_WORDS_OF_DAYS = 5
_UNTIL = re.compile(r"[-–—]|\bđến\b|\bden\b", re.IGNORECASE)


def parse_days(typed: str, today: date) -> tuple[date, date]:
    """Read one day, or a first and a last: `30/4-3/5`, `14-16/3`, `hôm nay`. Raises NotADateError.

    Without a year the last day is the nearest to the first. They may be the wrong way round.
    """
    text = unicodedata.normalize("NFC", typed).strip()
    if (ahead := _TO_COME.get(fold(text))) is not None:
        return today + timedelta(days=ahead), today + timedelta(days=ahead)
    try:
        day = parse_day(text, today)
    except NotADateError:
        return _span(text, today)
    return day, day


def split_days(typed: str, today: date) -> tuple[date, date, str]:
    """Return the days that the text begins with, and the rest of it. Raises NotADateError."""
    words = typed.split()
    for n in range(min(_WORDS_OF_DAYS, len(words)), 0, -1):
        try:
            first, last = parse_days(" ".join(words[:n]), today)
        except NotADateError:
            continue
        return first, last, " ".join(words[n:])
    raise NotADateError(typed)


def _span(typed: str, today: date) -> tuple[date, date]:
    for found in _UNTIL.finditer(typed):
        left, right = typed[: found.start()].strip(), typed[found.end() :].strip()
        try:
            if re.fullmatch(r"\d{1,2}", left, re.ASCII):  # 14-16/3
                last = parse_day(right, today)
                return last.replace(day=int(left)), last
            first = parse_day(left, today)
            return first, parse_day(right, first)
        except ValueError:
            continue
    raise NotADateError(typed)
