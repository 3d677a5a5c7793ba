"""What admins' buttons and questions carry comes back as it was, and nothing else is taken for it."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.exempting import Span
from bot.domain.reopening import HOURS_OFFERED
from bot.screens.admin_payloads import (
    EndPress,
    ExemptDaysQuestion,
    ExemptPress,
    ExemptReasonQuestion,
    ExemptStep,
    HoursPress,
    HoursQuestion,
    HoursStep,
    ReopenDayQuestion,
    ReopenPress,
    ReopenReasonQuestion,
    ReopenStep,
)
from bot.screens.packing import InvalidPayloadError
from tests.screens.test_payloads import LONGEST_DATA

_units = st.none() | st.integers(1, 999_999_999)
_weekdays = st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)
_days = st.dates(date(1, 1, 1), date(9999, 12, 31))
_hours = st.lists(st.integers(0, 1439), min_size=3, max_size=3, unique=True).map(
    lambda minutes: Hours(*(time(m // 60, m % 60) for m in sorted(minutes)))
)
_spans = st.builds(Span, _days, st.none() | _days, _weekdays)
_marks = st.text("0123456789abcdef", max_size=8)
_pages = st.integers(0, 9999)
_buttons = st.one_of(
    st.builds(
        HoursPress,
        st.sampled_from(HoursStep),
        _units,
        _weekdays,
        st.none() | _hours,
        _marks,
        _pages,
    ),
    st.builds(
        ExemptPress,
        st.sampled_from([s for s in ExemptStep if s is not ExemptStep.ASK]),
        _units,
        page=_pages,
    ),
    st.builds(ExemptPress, st.just(ExemptStep.ASK), _units, _spans),
    st.builds(EndPress, st.integers(1, 999_999_999_999), st.integers(0, 99_999_999)),
    st.builds(
        ReopenPress,
        st.sampled_from(ReopenStep),
        _days,
        _units,
        st.sampled_from(HOURS_OFFERED),
        _marks,
        _pages,
    ),
)
_questions = st.one_of(
    st.builds(HoursQuestion, _units, _weekdays),
    st.builds(ExemptDaysQuestion, _units),
    st.builds(ExemptReasonQuestion, _units, _spans),
    st.just(ReopenDayQuestion()),
    st.builds(
        ReopenReasonQuestion,
        _days,
        _units,
        st.sampled_from(HOURS_OFFERED),
        st.text(max_size=120).map(lambda text: " ".join(text.split())),
    ),
)
_CLASSES = (
    HoursPress,
    ExemptPress,
    EndPress,
    ReopenPress,
    HoursQuestion,
    ExemptDaysQuestion,
    ExemptReasonQuestion,
    ReopenDayQuestion,
    ReopenReasonQuestion,
)


@given(_buttons)
def test_a_button_comes_back_as_it_was_and_fits(
    press: HoursPress | ExemptPress | EndPress | ReopenPress,
) -> None:
    data = press.pack()
    assert len(data.encode()) <= LONGEST_DATA
    assert type(press).parse(data) == press


@given(_questions)
def test_a_question_comes_back_as_it_was(
    question: HoursQuestion
    | ExemptDaysQuestion
    | ExemptReasonQuestion
    | ReopenDayQuestion
    | ReopenReasonQuestion,
) -> None:
    assert type(question).parse(question.pack()) == question


@given(st.text() | (_buttons | _questions).map(lambda each: each.pack()))
@pytest.mark.parametrize("payload", _CLASSES)
def test_any_other_text_is_refused_by_name(payload: type[HoursPress], data: str) -> None:
    try:
        press = payload.parse(data)
    except InvalidPayloadError:
        return
    assert press.pack() == data


def test_every_prefix_is_another() -> None:
    assert len({each.prefix for each in _CLASSES}) == len(_CLASSES)
