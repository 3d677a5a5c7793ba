from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import NotADateError, parse_day, parse_days, split_days
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


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("30/4", date(2022, 4, 30), date(2022, 4, 30)),
        ("14-3", date(2022, 3, 14), date(2022, 3, 14)),
        ("hôm nay", MONDAY, MONDAY),
        ("Ngày mai", date(2022, 3, 15), date(2022, 3, 15)),
        ("30/4-3/5", date(2022, 4, 30), date(2022, 5, 3)),
        ("30/4 – 3/5", date(2022, 4, 30), date(2022, 5, 3)),
        ("ngày 30/4 đến ngày 3/5", date(2022, 4, 30), date(2022, 5, 3)),
        ("14-16/3", date(2022, 3, 14), date(2022, 3, 16)),
        ("2022-04-30-2022-05-03", date(2022, 4, 30), date(2022, 5, 3)),
        ("30/12/2022-2/1", date(2022, 12, 30), date(2023, 1, 2)),
        ("3/5-30/4", date(2022, 5, 3), date(2022, 4, 30)),
    ],
)
def test_one_day_or_a_first_and_a_last_are_read(typed: str, first: date, last: date) -> None:
    assert parse_days(typed, MONDAY) == (first, last)


@pytest.mark.parametrize("typed", ["", "tết", "31/2", "30/4-", "-30/4", "40-41/3", "30/4-x"])
def test_what_are_no_days_is_refused(typed: str) -> None:
    with pytest.raises(NotADateError):
        parse_days(typed, MONDAY)


def test_days_are_set_apart_from_what_follows() -> None:
    first, last, rest = split_days("30/4 - 3/5 An Sơn", MONDAY)
    assert (first, last, rest) == (date(2022, 4, 30), date(2022, 5, 3), "An Sơn")


@unhurried
@given(_DAYS, _DAYS, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]))
def test_days_with_their_years_mean_the_same_whenever_they_are_typed(
    first: date, last: date, form: str
) -> None:
    assert parse_days(f"{first.strftime(form)}-{last.strftime(form)}", MONDAY) == (first, last)


@unhurried
@given(st.text() | st.text("0123456789/-–. ngàyđến", max_size=16))
def test_whatever_is_typed_are_days_or_refused(typed: str) -> None:
    try:
        days = parse_days(typed, MONDAY)
    except NotADateError:
        return
    assert all(isinstance(day, date) for day in days)
