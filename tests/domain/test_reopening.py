"""Which locked days may take reports once more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption, Reopening, ScheduleRule
from bot.domain.reopening import (
    DAYS_OFFERED,
    BeforeFirstDayError,
    NotLockedError,
    last_locked_days,
    reopened_windows,
)
from bot.domain.reports import (
    ExemptError,
    FutureDayError,
    LockedError,
    NoReportDueError,
    NotAcceptedError,
    open_window,
)
from tests.domain.examples import MONDAY, SCHEDULE, TUESDAY, WORKING_WEEK, at, unhurried

EVERY_DAY = frozenset(WEEKDAYS)
LONG_AGO = MONDAY - timedelta(days=400)
UNIT_IDS = (1, 2)
PLAIN = Calendar(SCHEDULE)


@unhurried
@given(st.integers(0, 40), st.sampled_from([1, 4, 24]), st.booleans())
def test_a_reopened_day_is_open_until_then_and_due_as_it_was(
    back: int, hours: int, for_all: bool
) -> None:
    now, day = at("21:00"), MONDAY - timedelta(days=back)
    windows = reopened_windows(PLAIN, UNIT_IDS, day, LONG_AGO, now)
    assert set(windows) == set(UNIT_IDS)
    until = now + timedelta(hours=hours)
    reopened = replace(PLAIN, reopenings=[Reopening(None if for_all else 1, day, until)])
    window = open_window(reopened, 1, day, until - timedelta(seconds=1))
    assert window == replace(windows[1], locks=until)
    assert window.due == SCHEDULE.window(day).due
    assert window.due < now  # what comes in now is late
    with pytest.raises(LockedError):
        open_window(reopened, 1, day, until)
    if not for_all:
        with pytest.raises(LockedError):
            open_window(reopened, 2, day, now)


def refused(
    calendar: Calendar,
    day: date,
    *,
    unit_ids: Sequence[int] = UNIT_IDS,
    first_day: date = LONG_AGO,
    clock_time: str = "21:00",
) -> NotAcceptedError:
    with pytest.raises(NotAcceptedError) as caught:
        reopened_windows(calendar, unit_ids, day, first_day, at(clock_time))
    return caught.value


def test_a_day_that_is_not_locked_needs_no_reopening() -> None:
    error = refused(PLAIN, MONDAY, clock_time="19:59")
    assert isinstance(error, NotLockedError)
    assert error.locks_at == at("20:00")
    again = replace(PLAIN, reopenings=[Reopening(None, MONDAY, at("23:00"))])
    error = refused(again, MONDAY)
    assert isinstance(error, NotLockedError)
    assert error.locks_at == at("23:00")


def test_days_to_come_and_before_the_first_day_are_refused() -> None:
    assert isinstance(refused(PLAIN, TUESDAY), FutureDayError)
    early = refused(PLAIN, MONDAY - timedelta(days=1), first_day=MONDAY)
    assert isinstance(early, BeforeFirstDayError)
    assert early.first_day == MONDAY


def test_who_owes_nothing_that_day_is_not_reopened() -> None:
    exempt = Calendar(SCHEDULE, exemptions=[Exemption(1, 1, MONDAY, MONDAY, EVERY_DAY, "nghỉ")])
    error = refused(exempt, MONDAY, unit_ids=[1])
    assert isinstance(error, ExemptError)
    assert error.reason == "nghỉ"
    assert set(reopened_windows(exempt, UNIT_IDS, MONDAY, LONG_AGO, at("21:00"))) == {2}
    sunday = MONDAY - timedelta(days=1)
    assert isinstance(refused(Calendar(WORKING_WEEK), sunday), NoReportDueError)
    assert isinstance(refused(PLAIN, MONDAY, unit_ids=[]), NoReportDueError)


def test_units_that_lock_later_are_left_alone() -> None:
    late = SCHEDULE.hours_on(MONDAY)
    assert late is not None
    rule = ScheduleRule(1, 2, EVERY_DAY, replace(late, locks=time(22)), MONDAY)
    calendar = Calendar(SCHEDULE, rules=[rule])
    assert set(reopened_windows(calendar, UNIT_IDS, MONDAY, LONG_AGO, at("21:00"))) == {1}


def test_the_last_fourteen_locked_days_are_offered_newest_first() -> None:
    days = last_locked_days(Calendar(WORKING_WEEK), lambda _: UNIT_IDS, LONG_AGO, at("21:00"))
    assert len(days) == DAYS_OFFERED
    assert days == sorted(days, reverse=True)
    assert days[0] == MONDAY
    assert all(WORKING_WEEK.is_reporting_day(day) for day in days)
    assert MONDAY not in last_locked_days(PLAIN, lambda _: UNIT_IDS, LONG_AGO, at("19:00"))
    assert last_locked_days(PLAIN, lambda _: UNIT_IDS, MONDAY, at("21:00")) == [MONDAY]
