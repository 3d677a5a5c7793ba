from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import fold
from bot.domain.units import Unit, UnknownUnitError, find_unit, in_force
from tests.domain.examples import (
    HOA_HUONG,
    MONDAY,
    TAM_THANG,
    TAM_THANH,
    TAN_THANH,
    TUESDAY,
    UNITS,
    unhurried,
)

_KNOWN = ("Tân Thạnh", "Tam Thanh", "Tam Thăng", "Hòa Hương")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("Tân Thạnh", TAN_THANH),
        ("tan thanh", TAN_THANH),
        ("Phường Tân Thạnh", TAN_THANH),
        ("TAM THANH", TAM_THANH),
        ("xa tam thanh", TAM_THANH),
        ("tam-thang", TAM_THANG),
        ("Tam  Thăng ", TAM_THANG),
        ("Hoà Hương", HOA_HUONG),
        ("hh", HOA_HUONG),
        ("p. hòa hương", HOA_HUONG),
    ],
)
def test_a_unit_is_found_by_its_name_alias_or_code(typed: str, unit: Unit) -> None:
    assert find_unit(typed, UNITS) is unit


@pytest.mark.parametrize(
    "typed", ["tan thang", "tam than", "tam", "thanh", "tan thanhh", "tanthanh", "", "\u200f", "%"]
)
def test_a_near_name_is_never_guessed_at(typed: str) -> None:
    with pytest.raises(UnknownUnitError) as refused:
        find_unit(typed, UNITS)
    assert refused.value.typed == typed
    assert refused.value.known == _KNOWN


def test_a_name_that_two_units_share_is_never_guessed_at() -> None:
    double = Unit(9, "th-2", "thôn Tân Thạnh", "Tân Thạnh (xã)", aliases=("tan thanh",))
    with pytest.raises(UnknownUnitError) as refused:
        find_unit("Tân Thạnh", (*UNITS, double))
    assert set(refused.value.known) >= {"Tân Thạnh", "Tân Thạnh (xã)"}
    assert find_unit("thôn Tân Thạnh", (*UNITS, double)) is double


def test_units_may_be_listed_only_once_through() -> None:
    assert find_unit("tam thanh", iter(UNITS)) is TAM_THANH
    with pytest.raises(UnknownUnitError) as refused:
        find_unit("tam ky", iter(UNITS))
    assert refused.value.known == _KNOWN


@unhurried
@given(st.text() | st.text(st.sampled_from("tamnhgăâạ -"), max_size=12))
def test_a_unit_that_is_found_carries_exactly_the_typed_name(typed: str) -> None:
    try:
        unit = find_unit(typed, UNITS)
    except UnknownUnitError:
        assert sum(fold(typed) in unit.names for unit in UNITS) != 1
    else:
        assert fold(typed) in unit.names


@pytest.mark.parametrize(
    ("valid_to", "day", "holds"),
    [
        (None, MONDAY - timedelta(days=1), False),
        (None, MONDAY, True),
        (None, date(2999, 1, 1), True),
        (TUESDAY, MONDAY, True),
        (TUESDAY, TUESDAY, False),
        (MONDAY, MONDAY, False),
    ],
)
def test_a_period_holds_its_first_day_and_not_its_last(
    valid_to: date | None, day: date, holds: bool
) -> None:
    assert in_force(MONDAY, valid_to, day) is holds


@unhurried
@given(st.dates(), st.dates(), st.dates())
def test_of_two_periods_that_follow_each_other_exactly_one_holds_a_day(
    start: date, change: date, day: date
) -> None:
    start, change = sorted((start, change))
    held = in_force(start, change, day) + in_force(change, None, day)
    assert held == (1 if day >= start else 0)
