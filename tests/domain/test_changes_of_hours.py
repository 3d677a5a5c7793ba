"""Changed hours never judge anybody who was being asked already."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Calendar, Hours
from bot.domain.changes_of_hours import (
    ChangeOfHours,
    CommonHours,
    NewHours,
    changed_week,
    has_own_hours,
    holds_from,
    mark_of,
    next_hours,
    standing_week,
)
from tests.domain.examples import MONDAY, SCHEDULE, TUESDAY, at, unhurried

EVERY_DAY = frozenset(WEEKDAYS)
EARLIER = Hours(time(8), time(9), time(10))
LATER = Hours(time(18), time(19), time(22))
UNIT_IDS = (1, 2)

_hours = st.none() | st.lists(st.integers(0, 1439), min_size=3, max_size=3, unique=True).map(
    lambda minutes: Hours(*(time(m // 60, m % 60) for m in sorted(minutes)))
)
_scopes = st.none() | st.sampled_from(UNIT_IDS)
_changes = st.builds(
    NewHours, _scopes, st.frozensets(st.sampled_from(WEEKDAYS), min_size=1), _hours
) | st.builds(CommonHours, _scopes)
_clock = st.times().map(lambda t: f"{t:%H:%M}")


def made(changes: list[tuple[ChangeOfHours, str]], day: date) -> Calendar:
    """A calendar after these changes, each at its time of the day."""
    calendar = Calendar(SCHEDULE)
    for change, clock_time in sorted(changes, key=lambda pair: pair[1]):
        calendar = change.applied(calendar, holds_from(calendar, change, at(clock_time, day)))
    return calendar


@unhurried
@given(st.lists(st.tuples(_changes, _clock), max_size=4), _changes, _clock)
def test_no_window_that_has_opened_and_no_past_day_ever_changes(
    before: list[tuple[ChangeOfHours, str]], change: ChangeOfHours, clock_time: str
) -> None:
    calendar = made(before, MONDAY)
    now = at(clock_time, TUESDAY)
    changed = change.applied(calendar, holds_from(calendar, change, now))
    for unit_id in (None, *UNIT_IDS):
        for back in range(1, 8):
            day = TUESDAY - timedelta(days=back)
            assert changed.window(unit_id, day) == calendar.window(unit_id, day)
        old, new = calendar.window(unit_id, TUESDAY), changed.window(unit_id, TUESDAY)
        if old != new:
            assert not any(window and window.opens <= now for window in (old, new))


@unhurried
@given(st.lists(st.tuples(_changes, _clock), max_size=4), _changes, _clock)
def test_what_a_card_shows_is_what_holds_from_tomorrow_on(
    before: list[tuple[ChangeOfHours, str]], change: ChangeOfHours, clock_time: str
) -> None:
    calendar = made(before, MONDAY)
    shown = changed_week(calendar, change, TUESDAY)
    changed = change.applied(calendar, holds_from(calendar, change, at(clock_time, TUESDAY)))
    assert standing_week(changed, change.unit_id, TUESDAY) == shown
    for ahead in range(1, 8):
        day = TUESDAY + timedelta(days=ahead)
        assert changed.hours_on(change.unit_id, day) == shown[WEEKDAYS[day.weekday()]]


@pytest.mark.parametrize(
    ("change", "clock_time", "day"),
    [
        (NewHours(None, EVERY_DAY, LATER), "15:29", MONDAY),
        (NewHours(None, EVERY_DAY, LATER), "15:30", TUESDAY),
        (NewHours(None, EVERY_DAY, LATER), "23:00", TUESDAY),
        (NewHours(None, EVERY_DAY, EARLIER), "07:59", MONDAY),
        (NewHours(None, EVERY_DAY, EARLIER), "08:00", TUESDAY),
        (NewHours(None, EVERY_DAY, None), "15:29", MONDAY),
        (NewHours(1, EVERY_DAY, None), "15:30", TUESDAY),
        (NewHours(1, frozenset({"sun"}), EARLIER), "16:00", MONDAY),  # today is not touched
    ],
)
def test_a_change_holds_from_today_until_a_window_of_today_that_it_touches_opens(
    change: ChangeOfHours, clock_time: str, day: date
) -> None:
    assert holds_from(Calendar(SCHEDULE), change, at(clock_time)) == day


def test_a_unit_with_hours_of_its_own_does_not_follow_the_commands() -> None:
    own = NewHours(1, EVERY_DAY, EARLIER).applied(Calendar(SCHEDULE), MONDAY)
    both = NewHours(None, EVERY_DAY, LATER).applied(own, MONDAY)
    assert (both.hours_on(1, MONDAY), both.hours_on(2, MONDAY)) == (EARLIER, LATER)
    assert has_own_hours(both, 1, MONDAY)
    assert not has_own_hours(both, 2, MONDAY)
    common = CommonHours(1).applied(both, TUESDAY)
    assert (common.hours_on(1, MONDAY), common.hours_on(1, TUESDAY)) == (EARLIER, LATER)
    assert not has_own_hours(common, 1, MONDAY)


def test_the_mark_of_a_card_tells_different_hours_apart() -> None:
    old = standing_week(Calendar(SCHEDULE), None, MONDAY)
    new = changed_week(Calendar(SCHEDULE), NewHours(None, frozenset({"sun"}), None), MONDAY)
    assert mark_of(old) == mark_of(dict(reversed(list(old.items()))))
    assert mark_of(old) != mark_of(new)


def test_the_next_hours_are_those_of_the_next_day_on_which_anything_is_asked() -> None:
    calendar = NewHours(None, frozenset({"mon"}), None).applied(Calendar(SCHEDULE), MONDAY)
    assert next_hours(calendar, 1, MONDAY) == SCHEDULE.hours_on(TUESDAY)
    assert next_hours(NewHours(1, EVERY_DAY, None).applied(calendar, MONDAY), 1, MONDAY) is None
