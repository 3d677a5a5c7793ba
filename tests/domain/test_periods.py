from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import (
    OutsideCalendarError,
    Period,
    following,
    named,
    neighbours,
    period,
    previous,
)

_FAR_FROM_THE_END = st.dates(max_value=date(9990, 1, 1))


@pytest.mark.parametrize(
    ("name", "day", "first", "last"),
    [
        ("ngay", date(2022, 3, 14), date(2022, 3, 14), date(2022, 3, 14)),
        ("tuan", date(2022, 3, 14), date(2022, 3, 14), date(2022, 3, 20)),
        ("tuan", date(2022, 3, 20), date(2022, 3, 14), date(2022, 3, 20)),
        ("tuan", date(2022, 1, 1), date(2021, 12, 27), date(2022, 1, 2)),
        ("thang", date(2022, 2, 3), date(2022, 2, 1), date(2022, 2, 28)),
        ("thang", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("quy", date(2022, 3, 31), date(2022, 1, 1), date(2022, 3, 31)),
        ("quy", date(2022, 11, 1), date(2022, 10, 1), date(2022, 12, 31)),
        ("nam", date(2022, 7, 1), date(2022, 1, 1), date(2022, 12, 31)),
        ("tuan", date.max, date(9999, 12, 27), date.max),
        ("nam", date.max, date(9999, 1, 1), date.max),
        ("tuan", date.min, date.min, date(1, 1, 7)),
    ],
)
def test_a_period_is_found_from_any_of_its_days(
    name: str, day: date, first: date, last: date
) -> None:
    assert period(name, day) == (first, last)


@given(st.sampled_from(Period), _FAR_FROM_THE_END)
def test_periods_follow_one_another_without_gap_or_overlap(name: Period, day: date) -> None:
    first, last = period(name, day)
    assert first <= day <= last
    assert period(name, first) == period(name, last) == (first, last)
    assert period(name, last + timedelta(days=1))[0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("ngay", (date(2022, 3, 13), date(2022, 3, 13)), (date(2022, 3, 15), date(2022, 3, 15))),
        ("tuan", (date(2022, 3, 7), date(2022, 3, 13)), (date(2022, 3, 21), date(2022, 3, 27))),
        ("thang", (date(2022, 2, 1), date(2022, 2, 28)), (date(2022, 4, 1), date(2022, 4, 30))),
        ("quy", (date(2021, 10, 1), date(2021, 12, 31)), (date(2022, 4, 1), date(2022, 6, 30))),
        ("nam", (date(2021, 1, 1), date(2021, 12, 31)), (date(2023, 1, 1), date(2023, 12, 31))),
    ],
)
def test_a_period_has_one_of_its_name_before_it_and_one_after(
    name: str, before: tuple[date, date], after: tuple[date, date]
) -> None:
    assert previous(name, date(2022, 3, 14)) == before
    assert following(name, date(2022, 3, 14)) == after


@given(st.sampled_from(Period), st.dates(date(2, 1, 1), date(9998, 12, 20)))
def test_neighbours_touch_the_period_and_lead_back_to_it(name: Period, day: date) -> None:
    first, last = period(name, day)
    before, after = previous(name, day), following(name, day)
    assert before[1] + timedelta(days=1) == first
    assert last + timedelta(days=1) == after[0]
    assert following(name, before[0]) == previous(name, after[1]) == (first, last)


@pytest.mark.parametrize("name", Period)
def test_at_the_ends_of_the_calendar_a_neighbour_is_missing(name: Period) -> None:
    with pytest.raises(OutsideCalendarError):
        previous(name, date.min)
    with pytest.raises(OutsideCalendarError):
        following(name, date.max)
    assert previous(name, date.max)[1] + timedelta(days=1) == period(name, date.max)[0]
    assert following(name, date.min)[0] == period(name, date.min)[1] + timedelta(days=1)


def test_a_word_that_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="hom qua"):
        period("hom qua", date(2022, 3, 14))
    with pytest.raises(ValueError, match="hom qua"):
        previous("hom qua", date(2022, 3, 14))
    with pytest.raises(ValueError, match="hom qua"):
        following("hom qua", date(2022, 3, 14))


_BEGIN, _TODAY = date(2022, 3, 2), date(2022, 3, 16)


@pytest.mark.parametrize(
    ("name", "day", "earlier", "later"),
    [
        ("ngay", date(2022, 3, 10), date(2022, 3, 9), date(2022, 3, 11)),
        ("ngay", _BEGIN, None, date(2022, 3, 3)),
        ("ngay", _TODAY, date(2022, 3, 15), None),
        ("tuan", date(2022, 3, 7), date(2022, 3, 6), _TODAY),
        ("tuan", date(2022, 3, 2), None, date(2022, 3, 13)),
        ("thang", date(2022, 2, 10), None, _TODAY),
        ("thang", _TODAY, None, None),
        ("nam", date.min, None, None),
        ("nam", date.max, date(9998, 12, 31), None),
    ],
)
def test_there_is_a_way_only_to_what_can_be_seen(
    name: str, day: date, earlier: date | None, later: date | None
) -> None:
    begin = date.min if day == date.min else _BEGIN
    today = date(1, 6, 1) if day == date.min else _TODAY
    assert neighbours(name, day, begin, today) == (earlier, later)


@given(st.sampled_from(Period), st.dates(), st.dates(), st.dates())
def test_the_periods_beside_one_touch_it_and_lie_between_the_first_day_and_today(
    name: Period, day: date, begin: date, today: date
) -> None:
    first, last = period(name, day)
    earlier, later = neighbours(name, day, begin, today)
    if earlier:
        assert earlier == first - timedelta(days=1)
        assert earlier >= begin
    else:
        assert first <= begin
    if later:
        assert period(name, later)[0] == last + timedelta(days=1)
        assert later <= today
    else:
        assert last >= today


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2022, 3, 1), date(2022, 3, 31), Period.MONTH),
        (date(2022, 1, 1), date(2022, 3, 31), Period.QUARTER),
        (date(2022, 1, 1), date(2022, 12, 31), Period.YEAR),
        (date(2022, 3, 14), date(2022, 3, 20), Period.WEEK),
        (date(2022, 3, 1), date(2022, 3, 16), Period.MONTH),  # up to today
        (date(2022, 1, 1), date(2022, 3, 16), Period.QUARTER),
        (date(2022, 3, 14), date(2022, 3, 16), Period.WEEK),
        (date(2022, 3, 1), date(2022, 3, 15), None),
        (date(2022, 3, 2), date(2022, 3, 31), None),
        (date(2022, 3, 14), date(2022, 3, 14), None),
    ],
)
def test_days_are_named_where_they_are_a_period_or_one_up_to_today(
    first: date, last: date, found: Period | None
) -> None:
    assert named(first, last, date(2022, 3, 16)) is found
