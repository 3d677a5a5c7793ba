from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.forms import Answers
from bot.domain.insights import (
    EqualDays,
    Unusual,
    UnusualAbsence,
    equal_days,
    flags_of,
    looks_back_to,
    on_time_streak,
    unusual,
    worth_a_look,
)
from bot.domain.measures import Counts
from bot.domain.reports import Report
from tests.domain.examples import MONDAY, NORMAL, absences, report, unhurried

_NOTHING = Counts()
_ON_TIME = Counts(expected=1, actual=1, on_time=1)
_LATE = Counts(expected=1, actual=1)
_MISSING = Counts(expected=1)
_DAYS = st.lists(st.sampled_from([_NOTHING, _ON_TIME, _LATE, _MISSING]), max_size=20)

_PAST = st.lists(st.integers(0, 30), min_size=14, max_size=40)
_QUIET = [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0]  # fourteen days, median 0
_ONE_SICK = absences({"sick": 1})


def _reports(answers: Sequence[Answers], first: date = MONDAY) -> list[Report]:
    return [report(day=first + timedelta(days=n), answers=a) for n, a in enumerate(answers)]


def _sick(*counts: int) -> list[Answers]:
    return [absences({"sick": count} if count else {}) for count in counts]


def _all_flags(reports: Sequence[Report]) -> tuple[EqualDays | UnusualAbsence, ...]:
    return flags_of(reports, date.min, date.max)


@pytest.mark.parametrize(
    ("days", "streak"),
    [
        ([], 0),
        ([_NOTHING], 0),
        ([_ON_TIME, _ON_TIME, _ON_TIME], 3),
        ([_ON_TIME, _LATE, _ON_TIME, _ON_TIME], 2),
        ([_ON_TIME, _MISSING, _ON_TIME], 1),
        ([_ON_TIME, _ON_TIME, _LATE], 0),
        ([_LATE, _ON_TIME, _NOTHING, _NOTHING, _ON_TIME, _NOTHING], 2),
        ([Counts(13, 13, 13), Counts(13, 13, 12)], 0),
        ([Counts(13, 12, 12), Counts(13, 13, 13), Counts(12, 12, 12)], 2),
    ],
)
def test_the_streak_is_counted_back_to_the_last_day_that_was_not_all_on_time(
    days: list[Counts], streak: int
) -> None:
    assert on_time_streak(days) == streak


@given(_DAYS)
def test_days_without_anything_expected_change_no_streak(days: list[Counts]) -> None:
    assert on_time_streak(days) == on_time_streak([day for day in days if day.expected])


@given(_DAYS)
def test_one_more_day_lengthens_the_streak_or_ends_it(days: list[Counts]) -> None:
    assert on_time_streak([*days, _ON_TIME]) == on_time_streak(days) + 1
    assert on_time_streak([*days, _LATE]) == on_time_streak([*days, _MISSING]) == 0


@given(_DAYS)
def test_what_lies_before_a_late_day_does_not_count(days: list[Counts]) -> None:
    assert on_time_streak([_ON_TIME, _LATE, *days]) == on_time_streak(days)


@pytest.mark.parametrize(
    ("answers", "equal"),
    [
        ([], 0),
        ([NORMAL], 1),
        (_sick(1, 0, 0, 0), 3),
        (_sick(0, 0, 0, 1), 1),
        ([_ONE_SICK, absences({"leave": 1})], 1),
        ([absences({}, safety=False), NORMAL, NORMAL], 2),
        ([absences({"sick": 1, "leave": 2}), absences({"leave": 2, "sick": 1})], 2),
        ([NORMAL, absences({"sick": 0})], 2),
    ],
)
def test_equal_answers_are_counted_back_from_the_newest(answers: list[Answers], equal: int) -> None:
    assert equal_days(_reports(answers)) == equal


def test_words_neither_make_answers_equal_nor_tell_them_apart() -> None:
    told = [{**_ONE_SICK, "done": "huấn luyện"}, {**_ONE_SICK, "done": "trực"}, _ONE_SICK]
    assert equal_days(_reports(told)) == 3
    assert equal_days(_reports([{**NORMAL, "done": "trực"}, {**_ONE_SICK, "done": "trực"}])) == 1


def test_an_answer_not_stated_is_equal_whether_missing_or_empty_and_differs_from_yes() -> None:
    missing: Answers = {"absent": {}, "order": True}
    assert equal_days(_reports([{**NORMAL, "safety": None}, missing])) == 2
    assert equal_days(_reports([NORMAL, missing])) == 1


@given(st.lists(st.integers(0, 2), max_size=12), st.integers(0, 2), st.integers(1, 6))
def test_any_row_of_equal_days_at_the_end_is_counted_whole(
    before: list[int], last: int, times: int
) -> None:
    answers = _sick(*before, last + 3, *[last] * times)
    assert equal_days(_reports(answers)) == times


@pytest.mark.parametrize(
    ("answers", "enough"),
    [
        (_ONE_SICK, 5),
        (absences({}, safety=False), 5),
        (absences({}, order=False), 5),
        (NORMAL, 14),
        ({**NORMAL, "done": "trực"}, 14),
    ],
)
def test_five_equal_days_are_worth_a_look_or_fourteen_normal_ones(
    answers: Answers, enough: int
) -> None:
    assert worth_a_look(enough, answers)
    assert not worth_a_look(enough - 1, answers)


@pytest.mark.parametrize(
    ("value", "past", "found"),
    [
        (2, _QUIET, None),
        (5, _QUIET, None),
        (6, _QUIET, Unusual(6, 0)),
        (25, _QUIET[:13], None),
        (12, [10, 11, 9, 10, 12, 10, 8, 10, 11, 9, 10, 10, 11, 10], None),
        (16, [10, 11, 9, 10, 12, 10, 8, 10, 11, 9, 10, 10, 11, 10], Unusual(16, 10)),
        (4, [10, 11, 9, 10, 12, 10, 8, 10, 11, 9, 10, 10, 11, 10], Unusual(4, 10)),
        # One bad day long ago does not hide another: the median and the MAD hardly move.
        (20, [*_QUIET, 20], Unusual(20, 0)),
        # A unit that varies much: the median is 6.5 and the MAD is 3.5, so 24 is not beyond 3.5.
        (24, list(range(14)), None),
        (25, list(range(14)), Unusual(25, 6.5)),
        # With a MAD of 10 the limit is 51.9 people from the median.
        (61, [0, 20] * 7, None),
        (62, [0, 20] * 7, Unusual(62, 10)),
    ],
)
def test_a_number_is_unusual_only_against_the_units_own_past(
    value: int, past: list[int], found: Unusual | None
) -> None:
    assert unusual(value, past) == found


@given(st.integers(0, 40), _PAST, st.integers(0, 50))
def test_as_many_more_on_every_day_is_as_unusual(value: int, past: list[int], more: int) -> None:
    found = unusual(value, past)
    moved = unusual(value + more, [other + more for other in past])
    assert moved == (found and Unusual(found.value + more, found.median + more))


@given(_PAST)
def test_the_usual_number_is_never_unusual(past: list[int]) -> None:
    assert unusual(round(median(past)), past) is None


@given(st.integers(0, 40), _PAST)
def test_the_order_of_the_past_says_nothing(value: int, past: list[int]) -> None:
    assert unusual(value, past) == unusual(value, sorted(past))


@given(st.integers(0, 40), _PAST)
def test_less_than_six_people_more_or_fewer_are_never_unusual(value: int, past: list[int]) -> None:
    found = unusual(value, past)
    assert found is None or abs(value - median(past)) > 5
    assert found is None or found == Unusual(value, median(past))


@given(st.integers(0, 40), _PAST)
def test_what_is_further_away_on_the_same_side_is_unusual_too(value: int, past: list[int]) -> None:
    found = unusual(value, past)
    if found:
        further = value + 1 if value > found.median else value - 1
        assert unusual(further, past) == Unusual(further, found.median)


@given(st.integers(0, 40), st.lists(st.integers(0, 30), max_size=13))
def test_a_short_past_calls_nothing_unusual(value: int, past: list[int]) -> None:
    assert unusual(value, past) is None


def test_the_past_begins_ninety_days_before_and_never_before_the_calendar() -> None:
    assert looks_back_to(date(2022, 3, 14)) == date(2021, 12, 14)
    assert looks_back_to(date(1, 1, 5)) == date.min


def test_a_row_of_equal_days_is_flagged_with_its_length_and_beginning() -> None:
    five = _reports(_sick(0, 1, 1, 1, 1, 1))
    assert _all_flags(five) == (EqualDays(5, date(2022, 3, 15)),)
    assert _all_flags(five[:-1]) == ()


def test_a_unit_where_nobody_is_ever_away_is_flagged_after_a_fortnight() -> None:
    assert _all_flags(_reports([NORMAL] * 13)) == ()
    assert _all_flags(_reports([NORMAL] * 14)) == (EqualDays(14, MONDAY),)


def test_a_row_that_ended_within_the_period_is_flagged_and_one_before_it_is_not() -> None:
    reports = _reports(_sick(2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0))
    assert flags_of(reports, date(2022, 3, 19), date(2022, 3, 25)) == (
        EqualDays(6, date(2022, 3, 14)),
        EqualDays(5, date(2022, 3, 20)),
    )
    assert flags_of(reports, date(2022, 3, 20), date(2022, 3, 25)) == (
        EqualDays(5, date(2022, 3, 20)),
    )
    assert flags_of(reports, date(2022, 3, 20), date(2022, 3, 23)) == ()


def test_days_without_a_report_do_not_end_a_row() -> None:
    reports = _reports(_sick(1, 1, 1)) + _reports(_sick(1, 1), first=date(2022, 3, 21))
    assert _all_flags(reports) == (EqualDays(5, MONDAY),)


def test_an_unusual_absence_is_flagged_on_its_day_with_what_is_usual() -> None:
    reports = _reports(_sick(*_QUIET, 8, 0))
    assert _all_flags(reports) == (UnusualAbsence(date(2022, 3, 28), 8, 0),)
    assert flags_of(reports, date(2022, 3, 28), date(2022, 3, 28)) == _all_flags(reports)
    assert flags_of(reports, date(2022, 3, 29), date(2022, 4, 3)) == ()
    assert flags_of(reports, MONDAY, date(2022, 3, 27)) == ()


def test_people_absent_for_different_reasons_count_together() -> None:
    reports = _reports([*_sick(*_QUIET), absences({"sick": 3, "leave": 2, "other": 1})])
    assert _all_flags(reports) == (UnusualAbsence(date(2022, 3, 28), 6, 0),)


def test_a_past_of_more_than_ninety_days_ago_says_nothing_about_what_is_usual() -> None:
    long_ago = _reports(_sick(*_QUIET))
    eight = _sick(8)
    day = date(2022, 6, 12)
    assert flags_of(long_ago + _reports(eight, day), day, day) == (UnusualAbsence(day, 8, 0),)
    later = day + timedelta(days=1)
    assert flags_of(long_ago + _reports(eight, later), later, later) == ()


def test_rows_come_before_absences() -> None:
    reports = _reports(_sick(*_QUIET, *[8] * 5))
    assert _all_flags(reports)[0] == EqualDays(5, date(2022, 3, 28))
    assert {type(flag) for flag in _all_flags(reports)[1:]} == {UnusualAbsence}


@unhurried
@given(
    st.lists(st.sampled_from([0, 0, 0, 1, 9]), max_size=40), st.integers(0, 40), st.integers(0, 20)
)
def test_a_period_flags_its_own_days_alone_and_the_same_whatever_comes_after(
    counts: list[int], begin: int, length: int
) -> None:
    reports = _reports(_sick(*counts))
    first = MONDAY + timedelta(days=begin)
    last = first + timedelta(days=length)
    found = flags_of(reports, first, last)
    assert found == flags_of([r for r in reports if r.day <= last], first, last)
    single = {
        flag.day: flag
        for r in reports
        for flag in flags_of(reports, r.day, r.day)
        if isinstance(flag, UnusualAbsence)
    }
    told = [flag for flag in found if isinstance(flag, UnusualAbsence)]
    assert told == [flag for day, flag in single.items() if first <= day <= last]
    for flag in found:
        if isinstance(flag, EqualDays):
            assert flag.since <= last
            assert flag.since + timedelta(days=flag.count - 1) >= first
