"""When reports for targets are asked: apart from each other, and fairly after an outage."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.calendar import GRACE_AFTER_OUTAGE, Outage, Window
from bot.domain.forms import TARGET_REPORTS
from bot.domain.target_calendar import (
    AskedAlreadyError,
    TargetCalendar,
    UnusableCalendarError,
)
from bot.services.target_reports import calendars
from tests.builders import SCHEDULE

TWICE = TargetCalendar(((6, 1), (12, 1)), due_days=14, lock_days=30)
FIRST, LAST = date(2023, 1, 1), date(2027, 12, 31)


@st.composite
def usable(draw: st.DrawFn) -> TargetCalendar:
    """Any calendar that is taken; who cannot be is refused."""
    periods = draw(st.sampled_from([1, 2, 3, 4]))
    months = 12 // periods
    asked = tuple(
        (1 + months * n + draw(st.integers(0, months - 1)), draw(st.integers(1, 28)))
        for n in range(periods)
    )
    due = draw(st.integers(1, 40))
    lock = draw(st.integers(due + 1, 90))
    try:
        return TargetCalendar(asked, due, lock)
    except UnusableCalendarError:
        assume(False)
        raise


def with_events(calendar: TargetCalendar, tries: list[datetime]) -> list[Window]:
    """Ask by the event at each of these moments where that is taken, as people would."""
    events: list[datetime] = []
    for now in sorted(tries):
        windows = calendar.windows(SCHEDULE, events, (), FIRST, SCHEDULE.local_day(now))
        try:
            calendar.check_event(windows, now, SCHEDULE)
        except AskedAlreadyError:
            continue
        events.append(now)
    return calendar.windows(SCHEDULE, events, (), FIRST, LAST)


@given(
    usable(),
    st.lists(
        st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        max_size=12,
    ),
)
def test_at_any_moment_at_most_one_report_is_open_and_none_is_asked_twice(
    calendar: TargetCalendar, tries: list[datetime]
) -> None:
    windows = with_events(calendar, tries)
    assert len({w.day for w in windows}) == len(windows)
    assert all(w.opens < w.reminder_at < w.due < w.locks for w in windows)
    assert all(earlier.locks <= later.opens for earlier, later in pairwise(windows))


@given(usable(), st.integers(2023, 2027))
def test_every_period_of_a_year_is_asked_once_within_it(
    calendar: TargetCalendar, year: int
) -> None:
    windows = calendar.windows(SCHEDULE, (), (), date(year, 1, 1), date(year, 12, 31))
    assert [w.day for w in windows] == calendar.starts(year)
    ends = [*calendar.starts(year)[1:], date(year + 1, 1, 1)]
    for window, end in zip(windows, ends, strict=True):
        assert window.day <= SCHEDULE.local_day(window.opens) < end


@given(usable(), st.integers(-40, 80), st.integers(1, 30 * 24))
def test_an_outage_makes_nobody_late(calendar: TargetCalendar, day: int, hours: int) -> None:
    before = calendar.regular(date(2026, 1, 1), SCHEDULE)
    began = before.opens + timedelta(days=day)
    outage = Outage(1, began, began + timedelta(hours=hours))
    asked = SCHEDULE.local_day(before.opens)
    (after,) = calendar.windows(SCHEDULE, (), (outage,), asked, asked)
    assert after.opens == before.opens
    assert before.due <= after.due < after.locks
    if outage.within(before.due - timedelta(days=1), before.due):
        assert after.due >= outage.ended + GRACE_AFTER_OUTAGE
    if outage.ended < before.due - timedelta(days=1):
        assert after == before


@pytest.mark.parametrize(
    ("asked", "due", "lock"),
    [
        ((), 14, 30),
        (((6, 1), (12, 1)), 30, 30),
        (((6, 1), (12, 1)), 14, 183),
        (((7, 1), (12, 1)), 14, 30),
        (((6, 1),) * 5, 1, 2),
    ],
)
def test_a_calendar_that_would_ask_twice_at_once_is_refused(
    asked: tuple[tuple[int, int], ...], due: int, lock: int
) -> None:
    with pytest.raises(UnusableCalendarError):
        TargetCalendar(asked, due, lock)


def test_a_report_is_not_asked_by_the_event_shortly_before_its_own_day() -> None:
    now = SCHEDULE.window(date(2026, 5, 20)).opens
    with pytest.raises(AskedAlreadyError) as refused:
        TWICE.check_event((), now, SCHEDULE)
    assert refused.value.day == date(2026, 6, 1)


def test_every_report_of_a_target_has_its_calendar() -> None:
    assert {key: len(c.asked) for key, c in calendars().items()} == {
        kind.key: kind.periods_a_year for kind in TARGET_REPORTS
    }
