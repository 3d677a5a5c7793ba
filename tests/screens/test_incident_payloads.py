"""What the buttons and questions of incidents carry comes back as it was, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.incidents import LONGEST_INCIDENT, Severity
from bot.screens.incident_payloads import (
    ClosingQuestion,
    HandlingPress,
    HandlingStep,
    IncidentPress,
    IncidentQuestion,
    IncidentStep,
)
from bot.screens.packing import InvalidPayloadError
from tests.screens.test_payloads import LONGEST_DATA

_units = st.integers(1, 999_999_999)
_ids = st.integers(1, 999_999_999_999)
_marks = st.text("0123456789abcdef", max_size=8)
_graded = st.sampled_from([IncidentStep.ASK, IncidentStep.EDIT, IncidentStep.SEND])
_buttons = st.one_of(
    st.builds(IncidentPress, _graded, _units, st.sampled_from(Severity), _marks),
    st.builds(IncidentPress, st.sampled_from([IncidentStep.BEGIN, IncidentStep.SEVERITY]), _units),
    st.builds(IncidentPress, st.just(IncidentStep.WHOM), page=st.integers(0, 9999)),
    st.just(IncidentPress(IncidentStep.CANCEL)),
    st.builds(HandlingPress, st.sampled_from(HandlingStep), _ids),
)
_questions = st.one_of(
    st.builds(
        IncidentQuestion,
        _units,
        st.sampled_from(Severity),
        st.text(st.characters(exclude_characters="\n"), max_size=LONGEST_INCIDENT),
    ),
    st.builds(ClosingQuestion, _ids),
)


@given(_buttons)
def test_a_button_comes_back_as_it_was_and_fits(press: IncidentPress | HandlingPress) -> None:
    assert type(press).parse(press.pack()) == press
    assert len(press.pack().encode()) <= LONGEST_DATA


@given(_questions)
def test_a_question_comes_back_as_it_was(question: IncidentQuestion | ClosingQuestion) -> None:
    assert type(question).parse(question.pack()) == question


@pytest.mark.parametrize(
    "data",
    [
        "inc:",
        "inc:send:1:serious:zz:0",
        "inc:send::serious::0",
        "inc:send:1:::0",
        "inc:severity:1:serious::0",
        "inc:ask:1:grave::0",
        "inc:explode:1:::0",
        "inc:ask:١:serious::0",
    ],
)
def test_what_no_button_of_an_incident_carries_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        IncidentPress.parse(data)


@pytest.mark.parametrize("data", ["inch:ack:0", "inch:ack:", "inch:open:1", "inch:ack:1:2"])
def test_what_no_commanders_button_carries_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        HandlingPress.parse(data)
