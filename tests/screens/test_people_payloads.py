"""What buttons and questions of people, units and the trail carry comes back as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.changes_of_units import ChangeKind, UnitChange
from bot.domain.people import Role
from bot.domain.trail import Topic
from bot.screens.packing import InvalidPayloadError
from bot.screens.people_payloads import (
    ActingDaysQuestion,
    ActingPress,
    ActingStep,
    AuditPress,
    PeoplePress,
    PersonPress,
    PersonStep,
    UnitPress,
    UnitQuestion,
    UnitStage,
    UnitStep,
)
from tests.screens.test_payloads import LONGEST_DATA

_ids = st.integers(1, 999_999_999)
_days = st.dates(date(1, 1, 1), date(9999, 12, 31))
_pages = st.integers(0, 9999)
_marks = st.text("0123456789abcdef", max_size=8)
_needs_role = (PersonStep.ROLE, PersonStep.CHANGED)
_needs_kind = (UnitStep.ASK, UnitStep.INTO, UnitStep.DAY, UnitStep.SAVE)
_buttons = st.one_of(
    st.builds(
        PeoplePress, st.booleans(), st.none() | st.sampled_from(Role), st.none() | _ids, _pages
    ),
    st.builds(PersonPress, st.just(PersonStep.VIEW), _ids),
    st.builds(
        PersonPress,
        st.sampled_from([s for s in PersonStep if s not in {PersonStep.VIEW, *_needs_role}]),
        _ids,
        _ids,
    ),
    st.builds(PersonPress, st.sampled_from(_needs_role), _ids, _ids, st.sampled_from(Role)),
    st.builds(ActingPress, st.just(ActingStep.UNIT), _ids, page=_pages),
    st.builds(ActingPress, st.just(ActingStep.DAYS), st.none() | _ids, _ids),
    st.builds(
        ActingPress,
        st.sampled_from([ActingStep.CARD, ActingStep.SAVE]),
        st.none() | _ids,
        _ids,
        _days,
        _days,
        _pages,
    ),
    st.builds(UnitPress, st.just(UnitStep.LIST), page=_pages),
    st.builds(UnitPress, st.sampled_from([UnitStep.VIEW, UnitStep.UP, UnitStep.DOWN]), _ids),
    st.builds(
        UnitPress,
        st.sampled_from(_needs_kind),
        _ids,
        st.sampled_from([k for k in ChangeKind if k is not ChangeKind.ADD]),
        st.none() | _ids,
        st.none() | _days,
        _marks,
        _pages,
    ),
    st.builds(
        UnitPress,
        st.sampled_from(_needs_kind),
        kind=st.just(ChangeKind.ADD),
        day=st.none() | _days,
        mark=_marks,
    ),
    st.builds(
        AuditPress, st.booleans(), st.none() | st.sampled_from(Topic), st.none() | _ids, _pages
    ),
)
_values = st.text(max_size=60).map(lambda text: " ".join(text.split()))
_questions = st.one_of(
    st.builds(ActingDaysQuestion, st.none() | _ids, _ids),
    st.builds(
        UnitQuestion,
        st.sampled_from(UnitStage),
        st.builds(
            UnitChange,
            st.sampled_from(ChangeKind),
            st.none() | _ids,
            _values,
            st.none() | _ids,
            st.none() | _days,
        ),
    ),
)


@given(_buttons)
def test_a_button_comes_back_and_fits(
    button: PeoplePress | PersonPress | ActingPress | UnitPress | AuditPress,
) -> None:
    packed = button.pack()
    assert len(packed.encode()) <= LONGEST_DATA
    assert type(button).parse(packed) == button


@given(_questions)
def test_a_question_comes_back(question: ActingDaysQuestion | UnitQuestion) -> None:
    assert type(question).parse(question.pack()) == question


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (PeoplePress, "pl:list:::-1"),
        (PeoplePress, "pl:list:::0\n"),
        (PersonPress, "pv:view:0::"),
        (PersonPress, "pv:changed:1:1:"),
        (PersonPress, "pv:end:1::"),
        (ActingPress, "pa:save:1:1:20260316::0"),
        (ActingPress, "pa:unit:1:1:::0"),
        (UnitPress, "uv:view::::::0"),
        (UnitPress, "uv:list:1:::::0"),
        (UnitPress, "uv:save:1::::12345678:0"),
        (UnitPress, "uv:ask:1:weapons::::0"),
        (AuditPress, "au:list:nothing::0"),
        (UnitQuestion, "qu:card:name:1::20261399:x"),
    ],
)
def test_what_no_button_of_ours_carries_is_refused(
    kind: type[PeoplePress | PersonPress | ActingPress | UnitPress | AuditPress | UnitQuestion],
    data: str,
) -> None:
    with pytest.raises(InvalidPayloadError):
        kind.parse(data)
