"""Roles as they are given and ended, and how people are told apart."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Assignment, Role
from bot.domain.seats import (
    ActingInPastError,
    ActingOutOfOrderError,
    ActingTooLongError,
    AlreadyOverError,
    FromSettingsError,
    Label,
    LastAdminError,
    LeadsAlreadyError,
    Seat,
    check_acting,
    check_end,
    labels,
)
from tests.builders import MONDAY, at

SINCE = at("08:00")


def seat(
    number: int,
    person: int,
    role: Role = Role.LEADER,
    unit: int | None = 1,
    *,
    first: date | None = None,
    until: date | None = None,
    ended: datetime | None = None,
    from_settings: bool = False,
) -> Seat:
    assignment = Assignment(role, unit, SINCE, until, first)
    return Seat(number, person, assignment, ended, from_settings)


def admin(number: int, *, from_settings: bool = False) -> Seat:
    return seat(number, number, Role.ADMIN, None, from_settings=from_settings)


def test_the_second_one_in_a_position_has_a_number() -> None:
    found = labels([seat(1, 10), seat(2, 20), seat(3, 30, unit=2)], MONDAY)
    assert found == {
        10: Label(Role.LEADER, 1, 1),
        20: Label(Role.LEADER, 1, 2),
        30: Label(Role.LEADER, 2, 1),
    }


def test_a_role_held_today_names_the_person_before_one_to_come_or_one_over() -> None:
    later = seat(1, 10, Role.ACTING, 2, first=MONDAY + timedelta(days=1))
    over = seat(2, 10, Role.COMMANDER, None, ended=SINCE)
    today = seat(3, 10, Role.DEPUTY, 3)
    assert labels([later, over, today], MONDAY)[10] == Label(Role.DEPUTY, 3, 1)
    assert labels([later, over], MONDAY)[10] == Label(Role.ACTING, 2, 1)
    assert labels([over], MONDAY)[10] == Label(Role.COMMANDER, None, 1)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 2)), max_size=12), st.data())
def test_ending_a_role_renumbers_nobody_else(
    held: list[tuple[int, int]], data: st.DataObject
) -> None:
    seats = [seat(n, person, unit=unit) for n, (person, unit) in enumerate(held)]
    if not seats:
        return
    ended = data.draw(st.sampled_from(seats))
    after = [Seat(s.id, s.person_id, s.assignment, SINCE if s == ended else None) for s in seats]
    before, now = labels(seats, MONDAY), labels(after, MONDAY)
    assert {p: label for p, label in before.items() if p != ended.person_id} == {
        p: label for p, label in now.items() if p != ended.person_id
    }
    assert len({(label.unit_id, label.number) for label in before.values()}) == len(before)


def test_the_last_admin_is_not_ended_unless_the_settings_name_one() -> None:
    alone = [admin(1)]
    with pytest.raises(LastAdminError):
        check_end(alone[0], alone, MONDAY, settings_name_admins=False)
    check_end(alone[0], alone, MONDAY, settings_name_admins=True)
    check_end(alone[0], [*alone, admin(2)], MONDAY, settings_name_admins=False)


def test_an_admin_for_some_days_does_not_replace_the_last_one() -> None:
    passing = seat(2, 2, Role.ADMIN, None, until=MONDAY)
    with pytest.raises(LastAdminError):
        check_end(admin(1), [admin(1), passing], MONDAY, settings_name_admins=False)


def test_what_is_over_or_of_the_settings_is_not_ended() -> None:
    over = seat(1, 1, ended=SINCE)
    with pytest.raises(AlreadyOverError):
        check_end(over, [over], MONDAY, settings_name_admins=True)
    passed = seat(1, 1, until=MONDAY - timedelta(days=1))
    with pytest.raises(AlreadyOverError):
        check_end(passed, [passed], MONDAY, settings_name_admins=True)
    with pytest.raises(FromSettingsError):
        check_end(admin(1, from_settings=True), [], MONDAY, settings_name_admins=True)


def test_days_of_acting_lie_ahead_in_order_and_within_a_year() -> None:
    day = timedelta(days=1)
    check_acting([], 1, 1, MONDAY, MONDAY, MONDAY)
    check_acting([], 1, 1, MONDAY, MONDAY + 365 * day, MONDAY)
    with pytest.raises(ActingTooLongError):
        check_acting([], 1, 1, MONDAY, MONDAY + 366 * day, MONDAY)
    with pytest.raises(ActingInPastError):
        check_acting([], 1, 1, MONDAY - day, MONDAY, MONDAY)
    with pytest.raises(ActingOutOfOrderError):
        check_acting([], 1, 1, MONDAY + day, MONDAY, MONDAY)


def test_nobody_acts_twice_on_a_day_or_for_a_unit_they_lead() -> None:
    day = timedelta(days=1)
    acts = seat(1, 1, Role.ACTING, first=MONDAY, until=MONDAY + day)
    with pytest.raises(LeadsAlreadyError):
        check_acting([acts], 1, 1, MONDAY + day, MONDAY + 2 * day, MONDAY)
    check_acting([acts], 1, 1, MONDAY + 2 * day, MONDAY + 3 * day, MONDAY)
    check_acting([acts], 2, 1, MONDAY, MONDAY, MONDAY)
    with pytest.raises(LeadsAlreadyError):
        check_acting([seat(1, 1)], 1, 1, MONDAY, MONDAY, MONDAY)
    check_acting([seat(1, 1, ended=SINCE)], 1, 1, MONDAY, MONDAY, MONDAY)
    check_acting([seat(1, 1, Role.DEPUTY)], 1, 1, MONDAY, MONDAY, MONDAY)
