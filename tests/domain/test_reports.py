from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption, Outage, Reopening, Schedule
from bot.domain.forms import Answers
from bot.domain.reports import (
    Author,
    ExemptError,
    FutureDayError,
    LockedError,
    NoReportDueError,
    NotAcceptedError,
    Outcome,
    open_window,
    outcome_of,
    submitted_at,
)
from tests.domain.examples import (
    DEPUTY,
    LEADER,
    MONDAY,
    NORMAL,
    SATURDAY,
    SCHEDULE,
    TUESDAY,
    WORKING_WEEK,
    absences,
    at,
    report,
    unhurried,
    window,
)

_COMMAND_LINE = Author(None, None)
_SICK = absences({"sick": 1})
_AUTHORS = st.sampled_from([LEADER, DEPUTY, _COMMAND_LINE])
_ANSWERS: st.SearchStrategy[Answers] = st.sampled_from([NORMAL, _SICK])


@pytest.mark.parametrize(
    ("submitted", "on_time"),
    [("15:30", True), ("16:29:59", True), ("16:30", True), ("16:30:01", False), ("19:59", False)],
)
def test_a_report_is_on_time_up_to_the_minute_it_is_due(submitted: str, on_time: bool) -> None:
    assert report(submitted=submitted).is_on_time is on_time


@unhurried
@given(
    st.integers(0, 4 * 60),
    st.lists(st.integers(0, 30 * 24 * 60), max_size=5),
)
def test_a_correction_never_makes_an_on_time_report_late_nor_a_late_one_timely(
    first: int, corrections: list[int]
) -> None:
    submitted = window().opens + timedelta(minutes=first)
    original = replace(report(), first_submitted_at=submitted, revised_at=submitted)
    revised = original
    for minutes in corrections:
        revised = replace(
            revised,
            revision=revised.revision + 1,
            revised_at=revised.revised_at + timedelta(minutes=minutes),
            answers=_SICK,
        )
        assert revised.is_on_time is original.is_on_time is (submitted <= window().due)


@pytest.mark.parametrize(
    ("revision", "revised", "shown"),
    [
        (1, "16:00", False),
        (1, "17:00", False),
        (2, "16:10", False),
        (2, "16:30", False),
        (2, "16:30:01", True),
        (3, "19:00", True),
    ],
)
def test_only_a_correction_after_due_is_marked_as_such(
    revision: int, revised: str, shown: bool
) -> None:
    assert report(revision=revision, revised=revised).is_corrected_after_due is shown


@pytest.mark.parametrize("moment", ["00:00", "09:00", "15:30", "16:30", "16:31", "19:59:59"])
def test_a_report_is_taken_from_its_day_on_until_just_before_the_lock(moment: str) -> None:
    assert open_window(Calendar(SCHEDULE), 1, MONDAY, at(moment)) == window()


@pytest.mark.parametrize(
    ("schedule", "day", "now", "error"),
    [
        (SCHEDULE, MONDAY, at("20:00"), LockedError),
        (SCHEDULE, MONDAY, at("23:59:59"), LockedError),
        (SCHEDULE, MONDAY, at("16:00", TUESDAY), LockedError),
        (SCHEDULE, TUESDAY, at("16:00"), FutureDayError),
        (SCHEDULE, TUESDAY, at("23:59:59"), FutureDayError),
        (WORKING_WEEK, SATURDAY, at("16:00", SATURDAY), NoReportDueError),
        (WORKING_WEEK, SATURDAY, at("09:00", SATURDAY), NoReportDueError),
        (WORKING_WEEK, SATURDAY, at("21:00", SATURDAY), NoReportDueError),
        (WORKING_WEEK, SATURDAY, at("16:00"), FutureDayError),
    ],
)
def test_a_report_at_another_time_is_refused_with_the_reason(
    schedule: Schedule, day: date, now: datetime, error: type[NotAcceptedError]
) -> None:
    with pytest.raises(error) as refused:
        open_window(Calendar(schedule), 1, day, now)
    assert type(refused.value) is error
    assert refused.value.day == day


def test_whoever_comes_too_late_is_told_when_it_was_locked() -> None:
    with pytest.raises(LockedError) as refused:
        open_window(Calendar(SCHEDULE), 1, MONDAY, at("21:00"))
    assert refused.value.locked_at == at("20:00")


def test_an_exempt_unit_is_told_why_nothing_is_asked_of_it_and_others_report() -> None:
    exemption = Exemption(1, 1, MONDAY, None, frozenset(WEEKDAYS), "huấn luyện")
    calendar = Calendar(SCHEDULE, exemptions=[exemption])
    with pytest.raises(ExemptError) as refused:
        open_window(calendar, 1, MONDAY, at("16:00"))
    assert (refused.value.day, refused.value.reason) == (MONDAY, "huấn luyện")
    assert open_window(calendar, 2, MONDAY, at("16:00")) == window()


def test_a_reopened_day_takes_reports_until_it_ends_and_makes_none_on_time() -> None:
    calendar = Calendar(SCHEDULE, reopenings=[Reopening(1, MONDAY, at("09:00", TUESDAY))])
    taken = open_window(calendar, 1, MONDAY, at("08:59:59", TUESDAY))
    assert taken.due == window().due
    with pytest.raises(LockedError) as refused:
        open_window(calendar, 1, MONDAY, at("09:00", TUESDAY))
    assert refused.value.locked_at == at("09:00", TUESDAY)
    with pytest.raises(LockedError):
        open_window(calendar, 2, MONDAY, at("08:59:59", TUESDAY))


def test_after_an_outage_a_report_is_taken_and_judged_by_the_moved_times() -> None:
    calendar = Calendar(SCHEDULE, outages=[Outage(1, at("16:00"), at("19:50"))])
    taken = open_window(calendar, 1, MONDAY, at("23:49"))
    assert (taken.due, taken.locks) == (at("20:20"), at("23:50"))


@unhurried
@given(st.integers(-3, 3), st.integers(-3 * 24 * 3600, 4 * 24 * 3600))
def test_a_report_is_taken_exactly_from_midnight_of_its_day_to_its_lock(
    offset: int, seconds: int
) -> None:
    day, now = SATURDAY + timedelta(days=offset), at("00:00", SATURDAY) + timedelta(seconds=seconds)
    expected = WORKING_WEEK.window(day)
    is_open = WORKING_WEEK.is_reporting_day(day) and at("00:00", day) <= now < expected.locks
    if is_open:
        assert open_window(Calendar(WORKING_WEEK), 1, day, now) == expected
    else:
        with pytest.raises(NotAcceptedError) as refused:
            open_window(Calendar(WORKING_WEEK), 1, day, now)
        assert refused.value.day == day


@unhurried
@given(st.integers(0, 9), _ANSWERS, _AUTHORS)
def test_the_first_report_is_accepted_from_anybody(
    seen: int, answers: Answers, author: Author
) -> None:
    assert outcome_of(None, seen, answers, author) is Outcome.ACCEPTED


@unhurried
@given(st.integers(1, 9), _ANSWERS, _AUTHORS, _ANSWERS, _AUTHORS)
def test_a_form_that_saw_the_newest_revision_is_accepted(
    revision: int, old: Answers, first: Author, new: Answers, second: Author
) -> None:
    existing = report(revision=revision, answers=old, author=first)
    assert outcome_of(existing, revision, new, second) is Outcome.ACCEPTED


@unhurried
@given(st.integers(1, 9), _ANSWERS, _AUTHORS)
def test_pressing_the_same_button_twice_is_the_same_as_once(
    revision: int, answers: Answers, author: Author
) -> None:
    existing = report(revision=revision, answers=answers, author=author)
    assert outcome_of(existing, revision - 1, answers, author) is Outcome.REPEATED


@pytest.mark.parametrize("revision", [1, 2, 7])
@pytest.mark.parametrize("answers", [NORMAL, _SICK])
def test_another_persons_report_is_shown_and_not_overwritten(
    revision: int, answers: Answers
) -> None:
    existing = report(revision=revision, author=DEPUTY, answers=NORMAL)
    assert outcome_of(existing, revision - 1, answers, LEADER) is Outcome.OVERTAKEN


def test_other_answers_on_a_stale_form_of_ones_own_are_not_taken_for_a_second_press() -> None:
    assert outcome_of(report(), 0, _SICK, LEADER) is Outcome.OVERTAKEN


def test_a_press_from_before_ones_own_correction_does_not_undo_it() -> None:
    assert outcome_of(report(revision=2), 0, NORMAL, LEADER) is Outcome.OVERTAKEN


@unhurried
@given(st.lists(st.tuples(st.integers(0, 4), _ANSWERS, _AUTHORS), max_size=12))
def test_sending_any_presses_twice_leaves_what_sending_them_once_leaves(
    presses: list[tuple[int, Answers, Author]],
) -> None:
    revision, existing = 0, None
    for seen, answers, author in presses:
        seen_revision = min(seen, revision)
        if outcome_of(existing, seen_revision, answers, author) is Outcome.ACCEPTED:
            revision += 1
            existing = report(revision=revision, answers=answers, author=author)
            assert outcome_of(existing, seen_revision, answers, author) is Outcome.REPEATED


_MOMENTS = st.integers(0, 3600).map(lambda seconds: at("16:00") + timedelta(seconds=seconds))


@unhurried
@given(_MOMENTS, st.none() | _MOMENTS)
def test_a_submission_is_never_after_its_press_and_at_most_ten_minutes_before(
    pressed: datetime, typed: datetime | None
) -> None:
    counted = submitted_at(pressed, typed)
    assert pressed - timedelta(minutes=10) <= counted <= pressed
    assert counted in {pressed, typed}


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("16:25", "16:25"),
        ("16:35", "16:35"),
        ("16:24:59", "16:35"),  # too long ago
        ("16:35:01", "16:35"),  # a clock that is ahead
    ],
)
def test_a_line_counts_by_its_own_time_for_ten_minutes(typed: str, counted: str) -> None:
    assert submitted_at(at("16:35"), at(typed)) == at(counted)
