"""When a backup is due, when a disk is nearly full, what is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.keeping import (
    Retention,
    is_backup_due,
    is_backup_worrying,
    is_disk_low,
    surplus,
)

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
GB = 10**9


@pytest.mark.parametrize(
    ("age", "is_due", "is_worrying"),
    [
        (None, True, False),
        (timedelta(hours=24), False, False),
        (timedelta(hours=26), False, False),
        (timedelta(hours=26, seconds=1), True, False),
        (timedelta(days=3), True, False),
        (timedelta(days=3, seconds=1), True, True),
        (-timedelta(days=1), False, False),
    ],
)
def test_a_backup_is_due_after_a_missed_night_and_worrying_after_three_days(
    age: timedelta | None, *, is_due: bool, is_worrying: bool
) -> None:
    last = None if age is None else NOW - age
    assert is_backup_due(last, NOW) == is_due
    assert is_backup_worrying(last, NOW) == is_worrying


@given(st.lists(st.integers()), st.integers(1, 20))
def test_the_newest_are_kept_and_all_others_go(newest_first: list[int], keep: int) -> None:
    gone = surplus(newest_first, keep)
    assert newest_first[: len(newest_first) - len(gone)] + list(gone) == newest_first
    assert len(newest_first) - len(gone) == min(keep, len(newest_first))


@pytest.mark.parametrize(
    ("free", "total", "is_low"),
    [
        (499_999_999, 1 * GB, True),
        (500_000_000, 1 * GB, False),
        (5 * GB, 100 * GB, False),
        (5 * GB - 1, 100 * GB, True),
        (0, 0, True),
    ],
)
def test_a_disk_is_low_below_half_a_gigabyte_or_a_twentieth(
    free: int, total: int, *, is_low: bool
) -> None:
    assert is_disk_low(free, total) == is_low


def test_reports_are_kept_for_ever_or_for_so_many_days() -> None:
    week = timedelta(days=7)
    today = date(2026, 3, 16)
    assert Retention(week, week, 0).first_kept_day(today) is None
    assert Retention(week, week, 62).first_kept_day(today) == date(2026, 1, 13)
