"""Days and sessions as people type them: `16/3-20/3 7h30-11h, 14h-16h30`."""

import re
from datetime import date, time, timedelta

from bot.domain.activities import EndBeforeStartError, Slot
from bot.domain.dates import NotADateError, split_days
from bot.domain.names import fold
from bot.domain.typed_hours import NotATimeError, parse_time

LONGEST_COURSE_DAYS = 366
_MAKE_UP = re.compile(r"(?:buổi\s+)?bù\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"[-–—]|\bđến\b", re.IGNORECASE)
_LISTED = re.compile(r"[,;]|\bvà\b", re.IGNORECASE)


class NotSessionsError(ValueError):
    """No days, or no times, can be read."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


def parse_sessions(typed: str, today: date) -> tuple[Slot, ...]:
    """Return a session for each day and each span of hours; `bù` before them marks make-up sessions.

    Raises NotSessionsError, and EndBeforeStartError.
    """
    text = typed.strip()
    is_make_up = fold(text).startswith(("bu ", "buoi bu "))
    if is_make_up:
        text = _MAKE_UP.sub("", text, count=1)
    try:
        first, last, rest = split_days(text, today)
        hours = [_hours(part) for part in _LISTED.split(rest)]
    except (NotADateError, NotATimeError) as error:
        raise NotSessionsError(typed) from error
    if last < first or (last - first).days >= LONGEST_COURSE_DAYS:
        raise NotSessionsError(typed)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    slots = tuple(Slot(day, *span, is_make_up) for day in days for span in hours)
    for slot in slots:
        if slot.ends <= slot.starts:
            raise EndBeforeStartError(slot)
    return slots


def _hours(typed: str) -> tuple[time, time]:
    ends = _BETWEEN.split(typed.strip())
    if len(ends) != 2:  # noqa: PLR2004 - a span has two ends
        raise NotATimeError(typed)
    return parse_time(ends[0]), parse_time(ends[1])
