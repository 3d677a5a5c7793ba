"""What buttons and questions of targets carry comes back as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.targets import Measure, TargetState
from bot.screens.packing import InvalidPayloadError
from bot.screens.target_payloads import (
    EditPress,
    EditStep,
    RevisionQuestion,
    StatePress,
    TargetPress,
    TargetStep,
)
from tests.screens.test_payloads import LONGEST_DATA

_ids = st.integers(1, 999_999_999)
_keys = st.sampled_from(Measure).map(str)
_days = st.dates(date(2022, 1, 1), date(9999, 12, 31))
_buttons = st.one_of(
    st.builds(TargetPress, st.just(TargetStep.VIEW), st.none() | _ids, _keys),
    st.builds(TargetPress, st.sampled_from([TargetStep.ASK, TargetStep.ASKED]), st.none(), _keys),
    st.builds(TargetPress, st.just(TargetStep.UNITS), page=st.integers(0, 9999)),
    st.builds(TargetPress, st.just(TargetStep.LIST), st.none() | _ids),
    st.builds(StatePress, _keys, st.sampled_from(TargetState)),
    st.builds(EditPress, st.sampled_from([EditStep.ASK, EditStep.END, EditStep.ENDED]), _keys),
    st.builds(EditPress, st.just(EditStep.SAVE), _keys, st.integers(0, 9_999_999), _days),
)


@given(_buttons)
def test_a_button_comes_back_as_it_was(button: TargetPress | StatePress | EditPress) -> None:
    packed = button.pack()
    assert len(packed.encode()) <= LONGEST_DATA
    assert type(button).parse(packed) == button


@given(_keys)
def test_a_question_comes_back_as_it_was(key: str) -> None:
    assert RevisionQuestion.parse(RevisionQuestion(key).pack()) == RevisionQuestion(key)


@pytest.mark.parametrize("data", ["tg:view:1::0", "tg:report:::0", "tg:nothing:::0", "tg:"])
def test_what_no_button_carries_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        TargetPress.parse(data)


@pytest.mark.parametrize("data", ["te:save:office::", "te:ask:office:1:20260101", "te:ask::"])
def test_a_change_without_what_it_needs_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        EditPress.parse(data)
