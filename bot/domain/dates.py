"""Days as people type them."""

import re
from datetime import date

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
