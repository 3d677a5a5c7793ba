"""Which locked days may take reports once more, and of which units."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from bot.domain.calendar import Calendar, Window
from bot.domain.reports import ExemptError, FutureDayError, NoReportDueError, NotAcceptedError

DAYS_OFFERED = 14
HOURS_OFFERED = (1, 4, 24)
# With one reporting day a week, the last fourteen.
_DAYS_LOOKED_AT = 7 * DAYS_OFFERED


class NotLockedError(NotAcceptedError):
    """The day still takes reports, so that it needs no reopening."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.day)
        self.locks_at = window.locks


class BeforeFirstDayError(NotAcceptedError):
    """Before the day from which on reports are expected."""

    def __init__(self, day: date, first_day: date) -> None:
        super().__init__(day)
        self.first_day = first_day


def reopened_windows(
    calendar: Calendar, unit_ids: Iterable[int], day: date, first_day: date, now: datetime
) -> dict[int, Window]:
    """The windows, by unit, that a reopening of the day for these units would open once more.

    `unit_ids` are those of the units that were there on the day. Raises NotAcceptedError where it
    would open none.
    """
    if day > calendar.schedule.local_day(now):
        raise FutureDayError(day)
    if day < first_day:
        raise BeforeFirstDayError(day, first_day)
    asked = tuple(unit_ids)
    windows = {
        unit_id: window for unit_id in asked if (window := calendar.expected_window(unit_id, day))
    }
    locked = {unit_id: window for unit_id, window in windows.items() if window.locks <= now}
    if locked:
        return locked
    if windows:
        raise NotLockedError(max(windows.values(), key=lambda window: window.locks))
    for unit_id in asked:
        if calendar.window(unit_id, day) and (held := calendar.exemption_of(unit_id, day)):
            raise ExemptError(day, held.reason)
    raise NoReportDueError(day)


def last_locked_days(
    calendar: Calendar,
    units_on: Callable[[date], Iterable[int]],
    first_day: date,
    now: datetime,
) -> list[date]:
    """The last days on which a unit's report is locked, newest first, at most fourteen."""
    today = calendar.schedule.local_day(now)
    found: list[date] = []
    for back in range(_DAYS_LOOKED_AT):
        day = today - timedelta(days=back)
        if day < first_day or len(found) == DAYS_OFFERED:
            break
        windows = (calendar.expected_window(unit_id, day) for unit_id in units_on(day))
        if any(window and window.locks <= now for window in windows):
            found.append(day)
    return found
