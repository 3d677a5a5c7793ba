"""What makes an activity, and days and sessions as they are typed."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.activities import (
    EndBeforeStartError,
    InvalidActivityError,
    NegativeLiableError,
    NewActivity,
    NoSessionsError,
    NoTitleError,
    NoUnitsError,
    OutsideDaysError,
    Slot,
    SlotTwiceError,
    UnknownCategoryError,
    check_activity,
)
from bot.domain.participation import ActivityKind, Mode
from bot.domain.typed_sessions import NotSessionsError, parse_sessions

DAY = date(2026, 3, 16)
MORNING = Slot(DAY, time(7, 30), time(11))
COURSE = NewActivity(
    kind=ActivityKind.COURSE,
    title="Huấn luyện",
    mode=Mode.HEADCOUNT,
    first=DAY,
    last=DAY,
    liable={1: None},
    slots=(MORNING,),
    category="on_site",
    service="later",
)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (replace(COURSE, title=" "), NoTitleError),
        (replace(COURSE, liable={}), NoUnitsError),
        (replace(COURSE, liable={1: -1}), NegativeLiableError),
        (replace(COURSE, last=date(2026, 3, 15)), InvalidActivityError),
        (replace(COURSE, category=None), UnknownCategoryError),
        (replace(COURSE, kind=ActivityKind.MEET), UnknownCategoryError),
        (replace(COURSE, slots=()), NoSessionsError),
        (replace(COURSE, slots=(MORNING, MORNING)), SlotTwiceError),
        (replace(COURSE, slots=(replace(MORNING, ends=time(7)),)), EndBeforeStartError),
        (replace(COURSE, slots=(replace(MORNING, day=date(2026, 3, 17)),)), OutsideDaysError),
    ],
)
def test_what_makes_no_activity_is_refused(
    wrong: NewActivity, error: type[InvalidActivityError]
) -> None:
    check_activity(COURSE)
    with pytest.raises(error):
        check_activity(wrong)


def test_a_make_up_session_may_come_after_the_days_but_not_before() -> None:
    later = Slot(date(2026, 3, 20), time(8), time(9), is_make_up=True)
    check_activity(replace(COURSE, slots=(MORNING, later)))
    with pytest.raises(OutsideDaysError):
        check_activity(replace(COURSE, slots=(replace(later, day=date(2026, 3, 1)),)))


def test_days_and_hours_make_a_session_each() -> None:
    slots = parse_sessions("16/3-20/3 7h30-11h, 14h-16h30", DAY)
    assert len(slots) == 10
    assert slots[0] == MORNING
    assert slots[-1] == Slot(date(2026, 3, 20), time(14), time(16, 30))
    assert [s.half_days for s in slots] == [1] * 10
    (whole,) = parse_sessions("16/3 7h-17h", DAY)
    assert whole.half_days == 2
    (made_up,) = parse_sessions("bù 20/3 7h30-11h", DAY)
    assert made_up.is_make_up


@pytest.mark.parametrize(
    "typed", ["", "16/3", "7h-11h", "16/3 7h", "16/3 7h-25h", "20/3-16/3 7h-8h"]
)
def test_what_is_no_session_is_refused(typed: str) -> None:
    with pytest.raises(NotSessionsError):
        parse_sessions(typed, DAY)


def test_a_session_that_ends_before_it_starts_is_told_as_such() -> None:
    with pytest.raises(EndBeforeStartError):
        parse_sessions("16/3 11h-7h", DAY)
