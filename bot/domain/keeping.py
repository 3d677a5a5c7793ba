"""When a backup is due or worrying, which ones are kept, when a disk is nearly full, what has served its time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain.activities import Activity
from bot.domain.participation import ActivityKind, Mode

# A night that the machine slept through is made up for at its start.
CAUGHT_UP_AFTER = timedelta(hours=26)
WORRYING_AFTER = timedelta(days=3)
LEAST_FREE_BYTES = 500 * 10**6
LEAST_FREE_PERCENT = 5


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each kind of data is kept. `report_days` 0: reports are kept for ever."""

    messages: timedelta
    doubtful: timedelta
    report_days: int

    def first_kept_day(self, today: date) -> date | None:
        """The earliest reporting day whose reports are kept; None: all are."""
        return today - timedelta(days=self.report_days) if self.report_days else None


def needed_until(activity: Activity, held: Iterable[date]) -> date:
    """The last day for whose figures the activity is needed; `held` are its sessions' days.

    By a roster a person's days are added up over all courses of a year, so none of them may go before
    the others.
    """
    last = max((activity.last, *held))
    is_added_up = activity.kind is ActivityKind.COURSE and activity.mode is Mode.ROSTER
    return date(last.year, 12, 31) if is_added_up else last


_Kept = TypeVar("_Kept")


def is_backup_due(last_good: datetime | None, now: datetime) -> bool:
    return last_good is None or now - last_good > CAUGHT_UP_AFTER


def is_backup_worrying(last_good: datetime | None, now: datetime) -> bool:
    """Whether the newest good backup is too old to rely on; that there was never one is told otherwise."""
    return last_good is not None and now - last_good > WORRYING_AFTER


def surplus(newest_first: Sequence[_Kept], keep: int) -> Sequence[_Kept]:
    """Those beyond the newest `keep`."""
    return newest_first[keep:]


def is_disk_low(free: int, total: int) -> bool:
    """Both in bytes."""
    return free < LEAST_FREE_BYTES or free * 100 < total * LEAST_FREE_PERCENT
