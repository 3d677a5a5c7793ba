"""What the buttons and questions of exercises carry comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checklists import ItemState
from bot.domain.exercises import LONGEST_TITLE, Plan
from bot.screens.exercise_payloads import (
    ChecklistPress,
    DueQuestion,
    ExercisePress,
    ExerciseStep,
    ItemPress,
    ItemQuestion,
    ItemStep,
    MoveQuestion,
    PlanQuestion,
    PlanStage,
    TickPress,
)
from bot.screens.packing import InvalidPayloadError
from tests.screens.test_payloads import LONGEST_DATA

Pressed = ChecklistPress | TickPress | ItemPress | ExercisePress
Asked = PlanQuestion | MoveQuestion | ItemQuestion | DueQuestion

_ids = st.integers(1, 999_999_999)
_pages = st.integers(0, 9999)
_marks = st.text("0123456789abcdef", max_size=8)
_about_one = [s for s in ExerciseStep if s.is_about_one and s is not ExerciseStep.MOVED]
_about_none = [s for s in ExerciseStep if not s.is_about_one]
_buttons = st.one_of(
    st.just(ChecklistPress()),
    st.builds(ChecklistPress, _ids, st.none() | _ids, _pages),
    st.builds(TickPress, _ids, st.sampled_from(ItemState), st.sampled_from(ItemState), _pages),
    st.builds(ItemPress, st.sampled_from(ItemStep), _ids),
    st.builds(
        ExercisePress,
        st.sampled_from(_about_one),
        _ids,
        st.none() | _ids,
        mark=_marks,
        page=_pages,
    ),
    st.builds(ExercisePress, st.sampled_from(_about_none), unit_id=_ids, mark=_marks, page=_pages),
    st.builds(ExercisePress, st.just(ExerciseStep.MOVED), _ids, day=st.dates(), mark=_marks),
)
_titles = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=LONGEST_TITLE)
_questions = st.one_of(
    st.builds(
        PlanQuestion,
        st.sampled_from(PlanStage),
        st.builds(Plan, _titles, st.none() | st.dates(), st.frozensets(_ids, max_size=13)),
    ),
    st.builds(MoveQuestion, _ids),
    st.builds(ItemQuestion, _ids, st.none() | _ids),
    st.builds(DueQuestion, _ids),
)


@given(_buttons)
def test_a_button_comes_back_as_it_was_and_fits(press: Pressed) -> None:
    assert type(press).parse(press.pack()) == press
    assert len(press.pack().encode()) <= LONGEST_DATA


@given(_questions)
def test_a_question_comes_back_as_it_was(question: Asked) -> None:
    assert type(question).parse(question.pack()) == question


@pytest.mark.parametrize(
    ("press", "data"),
    [
        (ChecklistPress, "cl:::1"),
        (ChecklistPress, "cl::3:0"),
        (TickPress, "clt:1:open:eaten:0"),
        (TickPress, "clt:0:open:done:0"),
        (ItemPress, "cli:eat:1"),
        (ExercisePress, "exc:eat:1::::0"),
        (ExercisePress, "exc:view:::::0"),
        (ExercisePress, "exc:list:1::::0"),
        (ExercisePress, "exc:moved:1::::0"),
        (ExercisePress, "exc:moved:1::20261332::0"),
        (ExercisePress, "exc:toggle:::::0"),
        (PlanQuestion, "qexc:eat::::x"),
        (PlanQuestion, "qexc:card:20261332::x"),
    ],
)
def test_what_is_never_packed_is_refused(press: type[Pressed | Asked], data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        press.parse(data)
