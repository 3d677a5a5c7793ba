from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import NotADateError, parse_day
from tests.domain.examples import MONDAY, unhurried

_DAYS = st.dates(date(1990, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    "typed",
    [
        "14/3",
        "14/03",
        "14-3",
        "14.3",
        " 14/3 ",
        "ngày 14/3",
        "Ngay 14-03",
        "NGÀY 14.3.2022",
        "14/3/2022",
        "14-03-2022",
        "2022-03-14",
        "2022-3-14",
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    assert parse_day(typed, MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("31/12", date(2022, 1, 2), date(2021, 12, 31)),
        ("1/1", date(2021, 12, 30), date(2022, 1, 1)),
        ("14/3", date(2022, 12, 1), date(2023, 3, 14)),
        ("29/2", date(2023, 3, 1), date(2024, 2, 29)),
        ("29/2", date(2025, 3, 1), date(2024, 2, 29)),
    ],
)
def test_without_a_year_the_nearest_such_day_is_meant(typed: str, today: date, day: date) -> None:
    assert parse_day(typed, today) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hôm qua",
        "14",
        "14/",
        "/3",
        "14 3",
        "32/1",
        "0/3",
        "14/13",
        "30/2",
        "29/2/2023",
        "2023-02-29",
        "14/3/22",
        "14/3/2022/1",
        "0000-03-14",
        "۱۴/۳",
    ],
)
def test_what_is_no_day_is_refused_as_it_was_typed(typed: str) -> None:
    with pytest.raises(NotADateError) as refused:
        parse_day(typed, date(2023, 3, 14))
    assert refused.value.typed == typed


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "ngày %d/%m/%Y"])
@unhurried
@given(_DAYS, _DAYS)
def test_a_day_with_its_year_means_the_same_whenever_it_is_typed(
    form: str, day: date, today: date
) -> None:
    assert parse_day(day.strftime(form), today) == day


@unhurried
@given(_DAYS, st.integers(-180, 180))
def test_a_day_of_the_last_or_next_half_year_needs_no_year(today: date, distance: int) -> None:
    day = date.fromordinal(today.toordinal() + distance)
    assert parse_day(f"{day.day}/{day.month}", today) == day


@unhurried
@given(st.text() | st.text("0123456789/-. ngày", max_size=12))
def test_whatever_is_typed_is_a_day_or_refused(typed: str) -> None:
    try:
        day = parse_day(typed, MONDAY)
    except NotADateError:
        return
    assert isinstance(day, date)
