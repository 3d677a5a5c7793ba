"""What the buttons and questions of announcements carry comes back as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcements import LONGEST_ANNOUNCEMENT
from bot.screens.announcement_payloads import (
    AnnouncePress,
    AnnounceStep,
    ReceivedPress,
    TimeQuestion,
    WordsQuestion,
)
from bot.screens.packing import InvalidPayloadError
from tests.screens.test_payloads import LONGEST_DATA

_ids = st.integers(1, 999_999_999_999)
_buttons = st.one_of(
    st.builds(
        AnnouncePress,
        st.sampled_from(AnnounceStep),
        _ids,
        st.integers(0, 999_999_999),
        st.text("0123456789abcdef", max_size=8),
        st.integers(0, 9999),
    ),
    st.just(AnnouncePress(AnnounceStep.CANCEL)),
    st.builds(ReceivedPress, _ids),
)
_questions = st.one_of(
    st.builds(WordsQuestion, st.none() | _ids, st.text(max_size=LONGEST_ANNOUNCEMENT)),
    st.builds(TimeQuestion, _ids, st.dates(date(1, 1, 1))),
)


@given(_buttons)
def test_a_button_comes_back_as_it_was_and_fits(press: AnnouncePress | ReceivedPress) -> None:
    assert type(press).parse(press.pack()) == press
    assert len(press.pack().encode()) <= LONGEST_DATA


@given(_questions)
def test_a_question_comes_back_as_it_was(question: WordsQuestion | TimeQuestion) -> None:
    assert type(question).parse(question.pack()) == question


@pytest.mark.parametrize(
    "data", ["ann:", "ann:send::0::0", "ann:eat:1:0::0", "ann:send:1:0:zz:0", "ann:unit:1:-1::0"]
)
def test_what_no_button_carries_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        AnnouncePress.parse(data)


@pytest.mark.parametrize("data", ["qtime:1:20261332", "qtime:1:00000000", "qtime::20260316"])
def test_what_no_question_is_packed_as_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        TimeQuestion.parse(data)
