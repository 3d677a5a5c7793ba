"""What may be typed of a unit, and from which day a change may hold."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.changes_of_units import (
    BadNameError,
    BadStrengthError,
    code_of,
    first_day,
    moved,
    read_name,
    read_new_unit,
    read_strength,
    short_name_of,
)
from tests.builders import MONDAY, SCHEDULE, at


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("phường An Sơn", "An Sơn"),
        ("Xã Tam Phú", "Tam Phú"),
        ("Thị trấn Núi Thành", "Núi Thành"),
        ("Đại đội 1", "Đại đội 1"),
        ("xã", "xã"),
        ("Phường", "Phường"),
    ],
)
def test_the_short_name_leaves_the_level_out(name: str, short: str) -> None:
    assert short_name_of(name) == short


@pytest.mark.parametrize("typed", ["", "  \n ", "12", "x" * 61, "\u202e\u200f", "…"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadNameError):
        read_name(typed)


@pytest.mark.parametrize("typed", ["", "-1", "1e3", "10000", "1,5", "٢", "1.02", "hai"])
def test_what_is_no_number_of_people_is_refused(typed: str) -> None:
    with pytest.raises(BadStrengthError):
        read_strength(typed)


def test_a_number_may_have_a_point_for_thousands() -> None:
    assert read_strength(" 1.024 ") == 1024
    assert read_strength("0") == 0


def test_a_new_unit_may_come_with_its_establishment() -> None:
    assert read_new_unit("phường  Hòa Bình , 24") == ("phường Hòa Bình", 24)
    assert read_new_unit("phường Hòa Bình") == ("phường Hòa Bình", None)
    with pytest.raises(BadStrengthError):
        read_new_unit("phường Hòa Bình, nhiều")


@given(st.text(max_size=40), st.integers(0, 3))
def test_a_code_is_plain_ascii_and_never_taken(name: str, already: int) -> None:
    taken: set[str] = set()
    for _ in range(already + 1):
        code = code_of(name, taken)
        assert code not in taken
        assert code
        assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in code)
        taken.add(code)


def test_a_change_holds_today_until_a_window_has_opened() -> None:
    calendar = Calendar(SCHEDULE)
    assert first_day(calendar, (1,), at("15:29")) == MONDAY
    assert first_day(calendar, (1,), at("15:30")) == MONDAY + timedelta(days=1)
    assert first_day(calendar, (None,), at("23:59")) == MONDAY + timedelta(days=1)


@given(
    st.permutations(range(1, 8)),
    st.integers(1, 7),
    st.sets(st.integers(1, 7)),
    st.sampled_from([-1, 1]),
)
def test_moving_passes_one_unit_that_is_shown(
    order: list[int], unit_id: int, others: set[int], step: int
) -> None:
    among = others | {unit_id}
    after = moved(order, unit_id, among, step)
    assert sorted(after) == sorted(order)
    shown = [u for u in order if u in among]
    place = shown.index(unit_id)
    expected = min(max(place + step, 0), len(shown) - 1)
    assert [u for u in after if u in among].index(unit_id) == expected
