"""What may be exempted, from when an end holds, and what can be taken back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption, Reopening
from bot.domain.exempting import (
    UNDO_WITHIN,
    AlreadyExemptError,
    LockedDayError,
    NotExemptableError,
    PastDayError,
    Span,
    WrongOrderError,
    begun,
    can_undo,
    check,
    ends_from,
    every,
    is_to_come,
)
from tests.domain.examples import MONDAY, SCHEDULE, TUESDAY, at, unhurried

YESTERDAY = MONDAY - timedelta(days=1)
UNIT_IDS = (1, 2)
PLAIN = Calendar(SCHEDULE)

_days = st.dates(MONDAY - timedelta(days=5), MONDAY + timedelta(days=20))
_weekdays = st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)
_spans = st.builds(Span, _days, st.none() | _days, _weekdays)
_clock = st.times().map(lambda t: f"{t:%H:%M}")


def exemption(span: Span, unit_id: int | None = None, ended_on: date | None = None) -> Exemption:
    return Exemption(1, unit_id, span.first, span.last, span.weekdays, "nghỉ", ended_on)


@unhurried
@given(_spans, st.none() | st.sampled_from(UNIT_IDS), _clock)
def test_whatever_may_be_exempted_leaves_past_and_locked_days_as_they_are(
    span: Span, unit_id: int | None, clock_time: str
) -> None:
    now = at(clock_time)
    meant = UNIT_IDS if unit_id is None else (unit_id,)
    try:
        check(PLAIN, unit_id, meant, span, now)
    except NotExemptableError:
        return
    held = exemption(span, unit_id)
    assert span.last is None or span.first <= span.last
    for back in range(10):
        day = MONDAY - timedelta(days=back)
        if SCHEDULE.window(day).locks <= now:
            assert not any(held.covers(each, day) for each in UNIT_IDS)


@pytest.mark.parametrize(
    ("span", "clock_time", "error"),
    [
        (Span(YESTERDAY, YESTERDAY), "10:00", PastDayError),
        (Span(YESTERDAY, TUESDAY), "10:00", PastDayError),
        (Span(TUESDAY, MONDAY), "10:00", WrongOrderError),
        (Span(MONDAY, MONDAY), "20:00", LockedDayError),
        (Span(MONDAY, TUESDAY), "20:00", LockedDayError),
    ],
)
def test_what_cannot_be_exempted_says_why(
    span: Span, clock_time: str, error: type[NotExemptableError]
) -> None:
    with pytest.raises(error):
        check(PLAIN, None, UNIT_IDS, span, at(clock_time))


def test_a_locked_day_stands_though_it_has_been_reopened() -> None:
    reopened = Calendar(SCHEDULE, reopenings=[Reopening(None, MONDAY, at("23:00"))])
    with pytest.raises(LockedDayError):
        check(reopened, None, UNIT_IDS, Span(MONDAY, MONDAY), at("21:00"))


def test_the_same_is_not_exempted_twice_unless_the_first_was_ended() -> None:
    span = Span(TUESDAY, TUESDAY)
    known = Calendar(SCHEDULE, exemptions=[exemption(span, 1)])
    with pytest.raises(AlreadyExemptError):
        check(known, 1, (1,), span, at("10:00"))
    check(known, 2, (2,), span, at("10:00"))
    check(known, 1, (1,), Span(TUESDAY, None), at("10:00"))
    ended = Calendar(SCHEDULE, exemptions=[exemption(span, 1, ended_on=TUESDAY)])
    check(ended, 1, (1,), span, at("10:00"))


def test_what_began_before_and_still_holds_is_the_same_as_what_would_begin_today() -> None:
    known = Calendar(SCHEDULE, exemptions=[exemption(Span(YESTERDAY, None))])
    with pytest.raises(AlreadyExemptError):
        check(known, None, UNIT_IDS, Span(MONDAY, None), at("10:00"))


def test_a_weekday_is_exempt_from_its_next_day_that_is_not_locked() -> None:
    mondays = every("mon", MONDAY)
    assert begun(PLAIN, UNIT_IDS, mondays, at("19:59")) == mondays
    assert begun(PLAIN, UNIT_IDS, mondays, at("20:00")).first == TUESDAY
    assert begun(PLAIN, UNIT_IDS, every("sun", YESTERDAY), at("20:00")).first == MONDAY
    typed = Span(YESTERDAY, MONDAY)
    assert begun(PLAIN, UNIT_IDS, typed, at("20:00")) == typed


@unhurried
@given(_spans, _clock)
def test_an_end_takes_an_exemption_from_nobody_whose_window_has_opened(
    span: Span, clock_time: str
) -> None:
    held, now = exemption(span), at(clock_time)
    ended = exemption(span, ended_on=ends_from(PLAIN, held, UNIT_IDS, now))
    for ahead in range(-5, 20):
        day = MONDAY + timedelta(days=ahead)
        if SCHEDULE.window(day).opens <= now:
            assert ended.covers(1, day) == held.covers(1, day)
        else:
            assert not ended.covers(1, day)


@pytest.mark.parametrize(
    ("declared", "undone", "possible"),
    [
        ("15:40", "15:50", True),
        ("15:40", "15:51", False),
        ("16:25", "16:29", True),
        ("16:25", "16:30", False),  # due
        ("15:50", "15:40", False),  # declared in the future: forged
    ],
)
def test_a_slip_can_be_taken_back_for_ten_minutes_and_before_due(
    declared: str, undone: str, possible: bool
) -> None:
    assert timedelta(minutes=10) == UNDO_WITHIN
    held = exemption(Span(MONDAY, MONDAY))
    assert can_undo(PLAIN, held, UNIT_IDS, at(declared), at(undone)) is possible


@pytest.mark.parametrize(
    ("span", "ended_on", "expected"),
    [
        (Span(MONDAY, MONDAY), None, True),
        (Span(YESTERDAY, YESTERDAY), None, False),
        (Span(YESTERDAY, None), None, True),
        (Span(YESTERDAY, None), MONDAY, False),
        (Span(YESTERDAY, None), TUESDAY, True),
        (Span(TUESDAY, None), TUESDAY, False),
    ],
)
def test_only_what_holds_today_or_later_is_listed(
    span: Span, ended_on: date | None, expected: bool
) -> None:
    assert is_to_come(exemption(span, ended_on=ended_on), MONDAY) is expected
