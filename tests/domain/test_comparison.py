from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comparison import Comparison, compare
from bot.domain.periods import Period
from bot.domain.reports import Report
from bot.domain.standings import standing_of
from bot.domain.units import Unit
from tests.builders import MONDAY, at, report, summary_of, unit

A, B = unit(0), unit(1)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
LAST_WEEK = [day - timedelta(days=7) for day in WEEK]


def compared(
    came: list[Report],
    clock_time: str,
    day: date,
    *,
    units: tuple[list[Unit], list[Unit]] = ([A, B], [A, B]),
) -> Comparison | None:
    """Compare this week, as it stands then, with the last one."""
    now = at(clock_time, day)
    told = summary_of(units[0], came, now, days=WEEK)
    return compare(
        Period.WEEK,
        standing_of(told),
        standing_of(summary_of(units[1], came, now, days=LAST_WEEK)),
    )


def on_time(unit: Unit, days: list[date]) -> list[Report]:
    return [report(unit, day=day) for day in days]


def test_two_weeks_that_are_over_are_compared_as_a_whole() -> None:
    came = [*on_time(A, WEEK), *on_time(B, WEEK), *on_time(A, LAST_WEEK)]
    came += [report(B, "16:31", day=day) for day in LAST_WEEK[:3]]
    told = compared(came, "20:00", WEEK[-1])
    assert told is not None
    assert told.days is None
    assert told.reporting_rate_on_time == pytest.approx(0.5)
    assert told.reporting_rate == pytest.approx(4 / 14)
    assert told.by_unit == {A.id: 0, B.id: 1}


def test_a_week_under_way_is_compared_with_as_many_first_days_of_the_one_before() -> None:
    came = on_time(A, WEEK[:2]) + on_time(A, LAST_WEEK[:1])
    told = compared(came, "20:00", WEEK[1], units=([A], [A]))
    assert told is not None
    assert (told.days, told.reporting_rate_on_time, told.reporting_rate) == (2, 0.5, 0.5)


def test_a_day_that_is_not_due_does_not_lower_the_rate() -> None:
    came = on_time(A, WEEK[:2]) + on_time(A, LAST_WEEK)
    before_due = compared(came, "16:29", WEEK[2], units=([A], [A]))
    assert before_due is not None
    assert (before_due.days, before_due.reporting_rate_on_time) == (2, 0)
    at_due = compared(came, "16:30", WEEK[2], units=([A], [A]))
    assert at_due is not None
    assert at_due.days == 3
    assert at_due.reporting_rate_on_time == pytest.approx(-1 / 3)


def test_the_reporting_rate_is_compared_once_no_late_report_can_come() -> None:
    before_lock = compared([], "19:59", WEEK[1])
    at_lock = compared([], "20:00", WEEK[1])
    assert before_lock is not None
    assert before_lock.reporting_rate is None
    assert at_lock is not None
    assert at_lock.reporting_rate == 0


@pytest.mark.parametrize("units", [([A], []), ([], [A])])
def test_nothing_is_compared_with_a_period_that_expected_nothing(
    units: tuple[list[Unit], list[Unit]],
) -> None:
    assert compared([], "20:00", WEEK[-1], units=units) is None


def test_before_the_first_day_is_due_there_is_nothing_to_compare() -> None:
    assert compared(on_time(A, LAST_WEEK), "16:29", WEEK[0]) is None


def test_a_unit_that_was_not_there_before_has_no_change() -> None:
    told = compared(on_time(A, WEEK), "20:00", WEEK[-1], units=([A, B], [A]))
    assert told is not None
    assert told.by_unit == {A.id: 1}


def test_months_of_different_length_are_compared_as_a_whole_once_they_are_over() -> None:
    march = [date(2022, 3, 1) + timedelta(days=n) for n in range(31)]
    february = [date(2022, 2, 1) + timedelta(days=n) for n in range(28)]
    now = at("20:00", march[-1])
    came = on_time(A, march) + on_time(A, february[:14])
    told = compare(
        Period.MONTH,
        standing_of(summary_of([A], came, now, days=march)),
        standing_of(summary_of([A], came, now, days=february)),
    )
    assert told == Comparison(Period.MONTH, None, 0.5, 0.5, {A.id: 0.5})


@given(st.sets(st.sampled_from(WEEK + LAST_WEEK)), st.integers(0, 6))
def test_reports_of_days_that_are_not_compared_change_nothing(days: set[date], until: int) -> None:
    came = on_time(A, sorted(days))
    counted = {*WEEK[: until + 1], *LAST_WEEK[: until + 1]} if until < 6 else {*WEEK, *LAST_WEEK}
    alone = [one for one in came if one.day in counted]
    of_all = compared(came, "20:00", WEEK[until], units=([A], [A]))
    assert of_all == compared(alone, "20:00", WEEK[until], units=([A], [A]))
    assert of_all is not None
    assert -1 <= of_all.reporting_rate_on_time <= 1
