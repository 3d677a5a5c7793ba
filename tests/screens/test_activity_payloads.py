"""What the buttons of activities and of forms about a subject carry."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities import ARMS, CATEGORIES, SERVICES
from bot.domain.participation import ActivityKind
from bot.screens.activity_payloads import (
    ActivityPress,
    ActivityStep,
    LiableQuestion,
    NewActivityQuestion,
    RosterPress,
    RosterQuestion,
    RosterStep,
    SessionQuestion,
)
from bot.screens.packing import InvalidPayloadError
from bot.screens.payloads import FormPress, Step

LONGEST = 64
_ids = st.integers(0, 999_999)


@given(
    st.builds(
        FormPress,
        st.sampled_from(("attendance", "course_result")),
        st.dates(date(2020, 1, 1), date(2099, 12, 31)),
        st.integers(1, 999_999),
        st.sampled_from(Step),
        st.integers(0, 999),
        st.just(""),
        st.sampled_from(("absent.short_leave", "completed", "grades.excellent", "codes.999999")),
        st.integers(1, 999_999).map(str),
    )
)
def test_a_form_about_a_subject_comes_back_as_it_was_and_fits_into_a_button(
    press: FormPress,
) -> None:
    assert FormPress.parse(press.pack()) == press
    assert len(press.pack()) <= LONGEST


@pytest.mark.parametrize("data", ["f:a:20260316:1:open:0::", "f:duty.1:20260316:1:open:0::"])
def test_a_form_has_a_subject_where_its_type_asks_for_one_and_nowhere_else(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        FormPress.parse(data)


@given(
    st.builds(
        ActivityPress,
        st.sampled_from(ActivityStep),
        _ids,
        _ids,
        st.just("") | st.sampled_from(ActivityKind).map(str),
        st.just(""),
        st.just(""),
        st.integers(0, 99),
    )
    | st.builds(
        ActivityPress,
        st.sampled_from((ActivityStep.SERVICE, ActivityStep.NEW)),
        kind=st.just("course"),
        category=st.sampled_from((*CATEGORIES, *ARMS)),
        service=st.sampled_from(SERVICES),
    )
)
def test_a_press_on_an_activity_comes_back_as_it_was_and_fits_into_a_button(
    press: ActivityPress,
) -> None:
    assert ActivityPress.parse(press.pack()) == press
    assert len(press.pack()) <= LONGEST


@given(_ids, st.sampled_from(ActivityKind), st.sampled_from(SERVICES))
def test_questions_come_back_as_they_were(number: int, kind: ActivityKind, service: str) -> None:
    for question in (SessionQuestion(number), LiableQuestion(number)):
        assert type(question).parse(question.pack()) == question
    asked = NewActivityQuestion(kind, "on_site", service)
    assert NewActivityQuestion.parse(asked.pack()) == asked


@given(
    st.sampled_from(RosterStep), _ids, st.sampled_from(("", *CATEGORIES, *ARMS)), st.integers(0, 99)
)
def test_a_press_about_a_roster_and_its_question_come_back_as_they_were(
    step: RosterStep, unit_id: int, category: str, page: int
) -> None:
    press, question = (
        RosterPress(step, unit_id, category, page),
        RosterQuestion(unit_id, category),
    )
    assert RosterPress.parse(press.pack()) == press
    assert len(press.pack()) <= LONGEST
    assert RosterQuestion.parse(question.pack()) == question
    for data in ("rm:view:1:sea:0", "rm:fly:1::0"):
        with pytest.raises(InvalidPayloadError):
            RosterPress.parse(data)


@pytest.mark.parametrize("data", ["ac:card:1:0:war:::0", "ac:card:1:0::sea::0", "ac:fly:1:0::::0"])
def test_words_that_no_activity_has_are_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        ActivityPress.parse(data)
