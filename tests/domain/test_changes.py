from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.changes import Change, changes, corrections
from bot.domain.forms import DUTY, Answers, ReportType, YesNo, checked
from tests.builders import MONDAY, report, unit
from tests.domain.examples import NORMAL, absences

_REASONS = ("leave", "short_leave", "sick", "on_mission", "studying", "other")
# The generic rule knows Breakdowns and compares every other answer by its key, words included.
_FORM = ReportType("any", (*DUTY.fields, YesNo("remark")))
_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "absent": st.none() | st.dictionaries(st.sampled_from(_REASONS), st.integers(1, 3)),
        "safety": st.none() | st.booleans(),
        "order": st.none() | st.booleans(),
        "remark": st.none() | st.sampled_from(["mưa", "nắng"]),
    },
)


def _stated(answers: Answers) -> Answers:
    return {key: answer for key, answer in answers.items() if answer not in (None, {})}


def _applied(answers: Answers, told: Iterable[Change]) -> Answers:
    result: dict[str, Any] = dict(answers)
    for change in told:
        if change.reason is None:
            result[change.field_key] = change.after
            continue
        counts = {**(result.get(change.field_key) or {}), change.reason: change.after}
        result[change.field_key] = {reason: count for reason, count in counts.items() if count}
    return _stated(result)


def test_a_correction_is_told_by_reason_and_question_in_the_order_of_the_form() -> None:
    before = absences({"sick": 2, "leave": 1})
    after = absences({"other": 1, "leave": 1, "sick": 1}, order=False)
    assert changes(before, after, DUTY) == (
        Change("absent", "sick", 2, 1),
        Change("absent", "other", 0, 1),
        Change("order", None, before=True, after=False),
    )


def test_a_reason_that_is_gone_fell_to_nobody() -> None:
    assert changes(absences({"sick": 2}), NORMAL, DUTY) == (Change("absent", "sick", 2, 0),)


@pytest.mark.parametrize("unstated", [{"absent": {}, "order": True}, {**NORMAL, "safety": None}])
def test_an_answer_that_was_not_stated_is_none_whether_missing_or_empty(unstated: Answers) -> None:
    assert changes(unstated, NORMAL, DUTY) == (Change("safety", None, before=None, after=True),)
    assert changes(NORMAL, unstated, DUTY) == (Change("safety", None, before=True, after=None),)


def test_words_are_told_as_they_were_and_are() -> None:
    before, after = {**NORMAL, "remark": "mưa"}, {**NORMAL, "remark": "mưa to"}
    assert changes(before, after, _FORM) == (Change("remark", None, "mưa", "mưa to"),)


def test_what_the_form_does_not_ask_is_passed_over() -> None:
    assert changes(NORMAL, {**NORMAL, "weather": "rain"}, DUTY) == ()


@given(_ANSWERS, _ANSWERS)
def test_nothing_changed_if_and_only_if_the_answers_are_equal(
    before: Answers, after: Answers
) -> None:
    assert (not changes(before, after, _FORM)) == (_stated(before) == _stated(after))


@given(_ANSWERS, _ANSWERS)
def test_the_changes_lead_from_the_one_to_the_other_and_back(
    before: Answers, after: Answers
) -> None:
    there, back = changes(before, after, _FORM), changes(after, before, _FORM)
    assert _applied(before, there) == _stated(after)
    assert back == tuple(Change(c.field_key, c.reason, c.after, c.before) for c in there)


@given(_ANSWERS, _ANSWERS)
def test_each_place_is_told_at_most_once_and_in_order(before: Answers, after: Answers) -> None:
    asked = [("absent", reason) for reason in _REASONS]
    places = [*asked, ("safety", None), ("order", None), ("remark", None)]
    told = [places.index((c.field_key, c.reason)) for c in changes(before, after, _FORM)]
    assert told == sorted(set(told))


@given(st.dictionaries(st.sampled_from(_REASONS), st.integers(0, 3)))
def test_a_zero_says_the_same_as_a_reason_left_out(counts: dict[str, int]) -> None:
    answers = absences(counts)
    assert changes(answers, checked(DUTY, answers, None), DUTY) == ()


def test_each_revision_after_the_first_of_a_day_is_a_correction_of_the_one_before() -> None:
    first = report(unit(0))
    second = replace(first, revision=2, answers={**first.answers, "absent": {"sick": 1}})
    third = replace(second, revision=3, answers={**second.answers, "safety": False})
    other_day = report(unit(0), day=MONDAY + timedelta(days=1), absent={"leave": 5})
    told = corrections([first, second, third, other_day], DUTY)
    assert [(c.number, c.report, c.changes) for c in told] == [
        (1, second, (Change("absent", "sick", 0, 1),)),
        (2, third, (Change("safety", None, True, False),)),
    ]
