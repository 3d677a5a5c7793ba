"""What waits for a typed text comes back as it was, and nothing else is taken for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.packing import InvalidPayloadError
from bot.screens.questions import FieldQuestion, FormQuestion, LateQuestion

KINDS = st.sampled_from([FieldQuestion, LateQuestion])


@given(
    KINDS,
    st.dates(),
    st.integers(0, 10**9),
    st.integers(0, 10**6),
    st.sampled_from(["", "work"]),
    st.text(min_size=1),
)
def test_a_question_comes_back_as_it_was(
    kind: type[FormQuestion], day: date, unit_id: int, seen: int, field: str, slot: str
) -> None:
    question = kind("duty", day, unit_id, seen, field, slot)
    packed = question.pack()
    assert packed.startswith(f"{kind.prefix}:")
    assert kind.parse(packed) == question


@given(st.text())
@pytest.mark.parametrize("kind", [FieldQuestion, LateQuestion])
def test_any_other_text_is_refused_by_name(kind: type[FormQuestion], data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        kind.parse(data)


@pytest.mark.parametrize(
    "data", ["field:duty:20260230:1:0:work:slot", "late:duty:20260316:1:0::slot"]
)
def test_another_kind_or_a_day_that_is_none_is_refused(data: str) -> None:
    with pytest.raises(InvalidPayloadError):
        FieldQuestion.parse(data)
