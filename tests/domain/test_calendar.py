from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Schedule, days_from
from tests.domain.examples import MONDAY, SCHEDULE, TUESDAY, WORKING_WEEK, ZONE, at, unhurried

_DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_window_is_told_in_utc() -> None:
    window = SCHEDULE.window(MONDAY)
    assert window.day == MONDAY
    assert window.opens == datetime(2022, 3, 14, 8, 30, tzinfo=UTC)
    assert window.due == datetime(2022, 3, 14, 9, 30, tzinfo=UTC)
    assert window.locks == datetime(2022, 3, 14, 13, 0, tzinfo=UTC)
    assert {window.opens.tzinfo, window.due.tzinfo, window.locks.tzinfo} == {UTC}


@pytest.mark.parametrize(
    ("opens", "due", "reminder"),
    [
        ("15:30", "16:30", "16:15"),
        ("16:00", "16:30", "16:15"),
        ("16:10", "16:30", "16:20"),
        ("16:28", "16:30", "16:29"),
    ],
)
def test_the_reminder_comes_a_quarter_of_an_hour_before_due_or_half_way_in_a_short_window(
    opens: str, due: str, reminder: str
) -> None:
    clock = time.fromisoformat
    schedule = Schedule(clock(opens), clock(due), time(20), frozenset(WEEKDAYS), ZONE)
    assert schedule.window(MONDAY).reminder_at == at(reminder)


@unhurried
@given(_DAYS, st.lists(st.integers(0, 1439), min_size=3, max_size=3, unique=True))
def test_the_times_of_a_window_follow_each_other(day: date, minutes: list[int]) -> None:
    opens, due, locks = (time(m // 60, m % 60) for m in sorted(minutes))
    window = Schedule(opens, due, locks, frozenset(WEEKDAYS), ZONE).window(day)
    assert window.opens < window.reminder_at < window.due < window.locks


def test_a_deadline_keeps_its_time_on_the_wall_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    schedule = Schedule(time(15, 30), time(16, 30), time(20), frozenset(WEEKDAYS), berlin)
    before, after = (schedule.window(date(2022, 3, day)).due for day in (26, 27))
    assert after - before == timedelta(hours=23)
    assert {m.astimezone(berlin).time() for m in (before, after)} == {time(16, 30)}


@pytest.mark.parametrize(
    ("offset", "weekday"), [*enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))]
)
def test_reporting_days_go_by_the_names_of_weekdays(offset: int, weekday: str) -> None:
    day = MONDAY + timedelta(days=offset)
    only = Schedule(time(15), time(16), time(20), frozenset({weekday}), ZONE)
    week = days_from(MONDAY, MONDAY + timedelta(days=6))
    assert [d for d in week if only.is_reporting_day(d)] == [day]
    assert WORKING_WEEK.is_reporting_day(day) is (offset < 5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2022, 3, 14, 16, 59, 59, tzinfo=UTC), MONDAY),
        (datetime(2022, 3, 14, 17, 0, tzinfo=UTC), TUESDAY),
        (datetime(2022, 3, 14, 0, 0, tzinfo=UTC), MONDAY),
    ],
)
def test_a_day_begins_at_midnight_of_the_command(moment: datetime, day: date) -> None:
    assert SCHEDULE.local_day(moment) == day


@unhurried
@given(_DAYS)
def test_the_times_of_a_day_lie_on_that_day(day: date) -> None:
    window = SCHEDULE.window(day)
    assert {SCHEDULE.local_day(m) for m in (window.opens, window.due, window.locks)} == {day}


def test_days_from_a_day_to_itself_are_that_day() -> None:
    assert days_from(MONDAY, MONDAY) == [MONDAY]


@unhurried
@given(_DAYS, st.integers(-40, 40))
def test_days_are_counted_with_both_ends_and_only_forwards(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = days_from(first, last)
    assert len(days) == max(0, length + 1)
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)
