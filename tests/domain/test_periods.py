from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, period

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


def test_a_word_that_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="hom qua"):
        period("hom qua", date(2022, 3, 14))
