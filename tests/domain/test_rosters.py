"""Codes as they are typed, and who may come onto a roster or leave it."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.courses import RosterMember
from bot.domain.rosters import (
    LARGEST_ROSTER,
    BadCodeError,
    BadRosterDayError,
    CodeError,
    CodeTwiceError,
    Coming,
    InvalidRosterError,
    NoCodesError,
    NoServiceDayError,
    NotOnRosterError,
    PastRosterDayError,
    ServesLaterError,
    TooManyCodesError,
    additions,
    check_codes,
    departures,
    read_coming,
    read_leaving,
)

DAY = date(2026, 3, 16)
BEGAN = date(2024, 2, 1)


def member(code: str, valid_to: date | None = None, number: int = 1) -> RosterMember:
    return RosterMember(number, 1, code, "on_site", BEGAN, date(2026, 1, 1), valid_to)


def test_a_code_is_on_a_roster_once() -> None:
    check_codes(["A1", "A2"], {"B1"})
    for codes, taken in ((["A1", "A1"], set()), (["A1"], {"A1"})):
        with pytest.raises(CodeTwiceError) as told:
            check_codes(codes, taken)
        assert told.value.code == "A1"


@pytest.mark.parametrize(
    "typed",
    [
        "01/02/2024: DQ01, DQ02\n01/03/2026: DQ03",
        "1/2/2024\ndq01\ndq02\n1/3/2026\ndq03",
        "1/2/2024 DQ01; DQ02 1/3/2026; DQ03",
    ],
)
def test_codes_follow_the_day_since_which_they_serve(typed: str) -> None:
    assert read_coming(typed, DAY) == (
        DAY,
        (Coming("DQ01", BEGAN), Coming("DQ02", BEGAN), Coming("DQ03", date(2026, 3, 1))),
    )


@pytest.mark.parametrize("first", ["từ 20/3", "Từ 20/03/2026:", "from 20/3"])
def test_a_first_line_says_from_which_day_on(first: str) -> None:
    day = date(2026, 3, 20)
    assert read_coming(f"{first}\n1/2/2024: DQ01", DAY) == (day, (Coming("DQ01", BEGAN),))
    assert read_leaving(f"{first}\nDQ01", DAY) == (day, ("DQ01",))


@pytest.mark.parametrize(
    ("typed", "error", "code"),
    [
        ("DQ01, DQ02", NoServiceDayError, "DQ01"),
        ("1/2/2024: DQ01, Nguyễn", BadCodeError, "Nguyễn"),
        ("1/2/2024: " + "D1" * 11, BadCodeError, "D1" * 11),
        ("17/3/2026: DQ01", ServesLaterError, "DQ01"),
        ("1/2/2024", NoCodesError, None),
        ("từ 15/3\n1/2/2024: DQ01", PastRosterDayError, None),
        ("từ mai\n1/2/2024: DQ01", BadRosterDayError, None),
        ("31/2/2024: DQ01", BadRosterDayError, None),
        (
            "1/2/2024 " + " ".join(f"A{n}" for n in range(LARGEST_ROSTER + 1)),
            TooManyCodesError,
            None,
        ),
    ],
)
def test_what_is_no_roster_is_refused_with_its_place(
    typed: str, error: type[InvalidRosterError], code: str | None
) -> None:
    with pytest.raises(error) as told:
        read_coming(typed, DAY)
    assert (told.value.code if isinstance(told.value, CodeError) else None) == code


@example("TU_0")
@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    for read in (read_coming, read_leaving):
        try:
            day, listed = read(typed, DAY)
        except InvalidRosterError:
            continue
        assert day >= DAY
        assert listed


def test_a_code_may_come_again_once_it_has_left_and_not_before() -> None:
    coming = [Coming("A1", BEGAN)]
    left = member("A1", DAY - timedelta(days=1))
    assert additions([left], coming, "on_site", DAY).new == tuple(coming)
    for still in (member("A1"), member("A1", DAY + timedelta(days=1))):
        with pytest.raises(CodeTwiceError):
            additions([still], coming, "on_site", DAY)


def test_who_was_let_go_by_mistake_stays_the_same_person() -> None:
    ended, coming = member("A1", DAY), [Coming("A1", BEGAN)]
    assert additions([ended], coming, "on_site", DAY).staying == (ended,)
    assert additions([ended], coming, "mobile", DAY).staying == ()


def test_only_who_is_on_the_roster_that_day_can_leave_it() -> None:
    here = member("A1")
    assert departures([here], ["A1"], DAY) == (here,)
    with pytest.raises(NotOnRosterError):
        departures([member("A1", DAY)], ["A1"], DAY)
    with pytest.raises(CodeTwiceError):
        departures([here], ["A1", "A1"], DAY)
