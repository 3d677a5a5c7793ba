"""Clock times and weekdays as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Hours, HoursOutOfOrderError
from bot.domain.typed_hours import (
    NotHoursError,
    NotWeekdaysError,
    parse_hours,
    parse_weekdays,
    split_hours,
)
from tests.domain.examples import unhurried

USUAL = Hours(time(15, 30), time(16, 30), time(20))


@pytest.mark.parametrize(
    "typed",
    [
        "15:30 16:30 20:00",
        "15h30 16h30 20h",
        "15g30 16g30 20g00",
        "15H30, 16H30, 20H00",
        "15:30-16:30-20:00",
        " 15 giờ 30, 16 giờ 30, 20 giờ ",
        "15:30\n16:30\n20:00",
    ],
)
def test_three_times_are_read_in_every_way_that_people_write_them(typed: str) -> None:
    assert parse_hours(typed) == USUAL


@pytest.mark.parametrize(
    "typed",
    ["", "15:30", "15:30 16:30", "25:00 26:00 27:00", "15:60 16:30 20:00", "1530 1630 2000",
     "15:30 16:30 20:00 21:00", "x 15:30 16:30 20:00", "١٥:٣٠ ١٦:٣٠ ٢٠:٠٠"],
)  # fmt: skip
def test_what_are_no_three_times_is_refused_as_it_was_typed(typed: str) -> None:
    with pytest.raises(NotHoursError):
        parse_hours(typed)


@pytest.mark.parametrize("typed", ["16:30 15:30 20:00", "15:30 15:30 20:00", "15:30 20:00 16:30"])
def test_times_that_do_not_follow_each_other_are_refused(typed: str) -> None:
    with pytest.raises(HoursOutOfOrderError):
        parse_hours(typed)


def test_a_unit_before_and_weekdays_behind_are_set_apart() -> None:
    assert split_hours("Đại đội 1 15:30 16:30 20:00 t2-t6") == ("Đại đội 1", USUAL, "t2-t6")


_SATURDAY_AND_SUNDAY = frozenset({"sat", "sun"})


@pytest.mark.parametrize(
    ("typed", "weekdays"),
    [
        ("t2-t6", frozenset(WEEKDAYS[:5])),
        ("T2 – T6", frozenset(WEEKDAYS[:5])),
        ("thứ hai đến thứ sáu", frozenset(WEEKDAYS[:5])),
        ("thu 2 den thu 6", frozenset(WEEKDAYS[:5])),
        ("t7, cn", _SATURDAY_AND_SUNDAY),
        ("T7 và CN", _SATURDAY_AND_SUNDAY),
        ("cuối tuần", _SATURDAY_AND_SUNDAY),
        ("t7-cn", _SATURDAY_AND_SUNDAY),
        ("Thứ Bảy", frozenset({"sat"})),
        ("chủ nhật", frozenset({"sun"})),
        ("t2 t4 t6", frozenset({"mon", "wed", "fri"})),
        ("t7-t2", frozenset({"sat", "sun", "mon"})),
        ("mọi ngày", frozenset(WEEKDAYS)),
    ],
)
def test_weekdays_are_read_as_people_write_them(typed: str, weekdays: frozenset[str]) -> None:
    assert parse_weekdays(typed) == weekdays


@pytest.mark.parametrize("typed", ["", "t8", "t1", "thứ mười", "t2-", "t2-t4-t6", "monday"])
def test_what_are_no_weekdays_is_refused(typed: str) -> None:
    with pytest.raises(NotWeekdaysError):
        parse_weekdays(typed)


@unhurried
@given(st.text() | st.text("0123456789:hg ", max_size=24))
def test_whatever_is_typed_are_hours_or_refused(typed: str) -> None:
    try:
        hours = parse_hours(typed)
    except (NotHoursError, HoursOutOfOrderError):
        return
    assert hours.opens < hours.due < hours.locks


@unhurried
@given(st.text() | st.text("t2345678cn-, ", max_size=12))
def test_whatever_is_typed_are_weekdays_or_refused(typed: str) -> None:
    try:
        weekdays = parse_weekdays(typed)
    except NotWeekdaysError:
        return
    assert weekdays
    assert weekdays <= set(WEEKDAYS)
