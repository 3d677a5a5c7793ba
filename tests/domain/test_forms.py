import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.forms import (
    ABSENT,
    CODES,
    COURSE_RESULT,
    DUTY,
    LONGEST_TEXT,
    NOT_STATED,
    REPORT_TYPES,
    Answers,
    Breakdown,
    CountOutOfRangeError,
    InvalidAnswersError,
    ReportType,
    TextTooLongError,
    UnknownReasonError,
    YesNo,
    absent_by_reason,
    by_roster,
    checked,
    explained,
    problems,
    stepped,
    toggled,
    total_absent,
    turned,
    unstated,
)
from tests.domain.examples import NORMAL, absences, unhurried

_REASONS = ("leave", "short_leave", "sick", "on_mission", "studying", "other")
_COUNTS = st.dictionaries(st.sampled_from(_REASONS), st.integers(0, 9))
_GIVEN = st.fixed_dictionaries(
    {}, optional={"absent": _COUNTS, "safety": st.booleans(), "order": st.booleans()}
)
_SILENT: Answers = {"absent": {}, "safety": None, "order": None}
_STEPS = st.tuples(st.sampled_from(_REASONS), st.sampled_from([-5, -1, 1, 5]))


def test_a_normal_day_is_full_strength_safe_and_stable() -> None:
    assert DUTY.normal_answers() == NORMAL
    assert total_absent(DUTY.normal_answers()) == 0
    assert problems(DUTY, DUTY.normal_answers()) == ()
    assert checked(DUTY, DUTY.normal_answers(), 0) == NORMAL


def test_two_forms_never_share_their_normal_answers() -> None:
    one, other = DUTY.normal_answers(), DUTY.normal_answers()
    one["absent"]["sick"] = 1
    assert other == NORMAL


def test_a_report_type_is_found_by_its_key() -> None:
    assert REPORT_TYPES["duty"] is DUTY
    assert all(key == report_type.key for key, report_type in REPORT_TYPES.items())


@pytest.mark.parametrize(
    ("given_answers", "canonical"),
    [
        ({}, _SILENT),
        ({"absent": None, "safety": None}, _SILENT),
        ({"absent": {"sick": 0}, "safety": True, "order": True}, NORMAL),
        ({"safety": False}, {**_SILENT, "safety": False}),
        ({"absent": {"sick": 1, "leave": 2}}, {**_SILENT, "absent": {"leave": 2, "sick": 1}}),
        ({"weather": "rain"}, _SILENT),
        ({"duty_commander": None, "work": " \n "}, _SILENT),
    ],
)
def test_answers_take_one_shape_however_they_were_given(
    given_answers: Answers, canonical: Answers
) -> None:
    shaped = checked(DUTY, given_answers, 27)
    assert shaped == canonical
    assert list(shaped) == ["absent", "safety", "order"]


def test_a_choice_and_words_stand_in_the_order_of_the_form() -> None:
    words = {"tomorrow": "trực", "work": "  kiểm tra\n kho ", "duty_commander": "deputy"}
    shaped = checked(DUTY, {**NORMAL, **words}, 27)
    assert shaped == {
        **NORMAL,
        "duty_commander": "deputy",
        "work": "kiểm tra kho",
        "tomorrow": "trực",
    }
    assert list(shaped) == ["duty_commander", "absent", "safety", "order", "work", "tomorrow"]


def test_an_option_that_the_form_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownReasonError) as refused:
        checked(DUTY, {**NORMAL, "duty_commander": "cook"}, 27)
    assert refused.value.reason == "cook"


@pytest.mark.parametrize("typed", ["e\u0302" * LONGEST_TEXT, "  a" * (LONGEST_TEXT // 2)])
def test_words_are_measured_as_they_will_be_shown(typed: str) -> None:
    assert len(typed) > LONGEST_TEXT
    assert len(checked(DUTY, {**NORMAL, "work": typed}, 27)["work"]) <= LONGEST_TEXT


def test_words_without_end_are_refused() -> None:
    with pytest.raises(TextTooLongError) as refused:
        checked(DUTY, {**NORMAL, "work": "x" * (LONGEST_TEXT + 1)}, 27)
    assert refused.value.length == LONGEST_TEXT + 1


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (NORMAL, ()),
        (_SILENT, ("safety", "order")),
        ({**NORMAL, "order": None}, ("order",)),
        ({**NORMAL, "safety": False}, ()),
        ({"absent": {}}, ()),
    ],
)
def test_what_nobody_stated_is_neither_well_nor_a_problem(
    answers: Answers, expected: tuple[str, ...]
) -> None:
    assert unstated(DUTY, answers) == expected
    assert set(unstated(DUTY, answers)).isdisjoint(problems(DUTY, answers))


@unhurried
@given(_GIVEN)
def test_checking_what_was_checked_changes_nothing(given_answers: Answers) -> None:
    before = deepcopy(given_answers)
    once = checked(DUTY, given_answers, None)
    assert checked(DUTY, once, None) == once
    assert checked(DUTY, once, total_absent(once)) == once
    assert 0 not in once["absent"].values()
    assert list(once["absent"]) == [r for r in _REASONS if r in once["absent"]]
    assert total_absent(once) == sum(given_answers.get("absent", {}).values())
    assert given_answers == before


@pytest.mark.parametrize(
    ("counts", "establishment", "count"),
    [
        ({"sick": -1}, 27, -1),
        ({"sick": -1, "leave": 5}, None, -1),
        ({"sick": 28}, 27, 28),
        ({"sick": 20, "leave": 8}, 27, 28),
        ({"sick": 1}, 0, 1),
    ],
)
def test_fewer_than_nobody_or_more_than_everybody_cannot_be_absent(
    counts: dict[str, int], establishment: int | None, count: int
) -> None:
    with pytest.raises(CountOutOfRangeError) as refused:
        checked(DUTY, absences(counts), establishment)
    assert (refused.value.count, refused.value.establishment) == (count, establishment)


def test_everybody_may_be_absent() -> None:
    answers = absences({"leave": 20, "sick": 7})
    assert checked(DUTY, answers, 27) == answers


def test_where_nobody_told_the_establishment_there_is_no_upper_bound() -> None:
    assert checked(DUTY, absences({"sick": 900}), None) == absences({"sick": 900})


def test_a_reason_that_the_form_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownReasonError) as refused:
        checked(DUTY, absences({"holiday": 1}), 27)
    assert refused.value.reason == "holiday"
    assert isinstance(refused.value, InvalidAnswersError)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (NORMAL, ()),
        (absences({"sick": 9}), ()),
        (absences({}, safety=False), ("safety",)),
        (absences({}, order=False), ("order",)),
        ({"order": False, "safety": False}, ("safety", "order")),
        ({}, ()),
    ],
)
def test_problems_come_in_the_order_of_the_form(
    answers: Answers, expected: tuple[str, ...]
) -> None:
    assert problems(DUTY, answers) == expected


def test_a_press_of_plus_counts_one_more() -> None:
    assert stepped(DUTY, NORMAL, "absent", "sick", 1, 27) == absences({"sick": 1})
    assert stepped(DUTY, absences({"sick": 1}), "absent", "sick", 1, 27) == absences({"sick": 2})


def test_a_press_of_minus_counts_one_less_and_zero_leaves_no_trace() -> None:
    assert stepped(DUTY, absences({"sick": 1}), "absent", "sick", -1, 27) == NORMAL


@pytest.mark.parametrize(
    ("counts", "step", "establishment"),
    [
        ({}, -1, 27),
        ({}, -1, None),
        ({"leave": 3}, -1, 27),
        ({"sick": 2}, -5, 27),
        ({"sick": 27}, 1, 27),
        ({"leave": 26, "other": 1}, 1, 27),
        ({}, 5, 4),
        ({}, 1, 0),
    ],
)
def test_stepping_out_of_range_is_refused_and_leaves_the_answers_as_they_were(
    counts: dict[str, int], step: int, establishment: int | None
) -> None:
    answers = absences(counts)
    with pytest.raises(CountOutOfRangeError):
        stepped(DUTY, answers, "absent", "sick", step, establishment)
    assert answers == absences(counts)


def test_after_the_establishment_was_lowered_one_can_still_step_down_to_it() -> None:
    answers = absences({"leave": 5})
    for left in (4, 3):
        answers = stepped(DUTY, answers, "absent", "leave", -1, 3)
        assert total_absent(answers) == left
    assert checked(DUTY, answers, 3) == answers
    with pytest.raises(CountOutOfRangeError):
        stepped(DUTY, answers, "absent", "sick", 1, 3)


def test_after_the_people_liable_were_fewer_results_can_still_come_down_to_them() -> None:
    answers: Answers = {"completed": 5, "grades": {"good": 5}}
    for _ in range(2):
        answers = stepped(COURSE_RESULT, answers, "grades", "good", -1, 3)
        answers = stepped(COURSE_RESULT, answers, "completed", "", -1, 3)
    assert checked(COURSE_RESULT, answers, 3) == {"completed": 3, "grades": {"good": 3}}
    for field, detail in (("completed", ""), ("grades", "good")):
        with pytest.raises(CountOutOfRangeError) as refused:
            stepped(COURSE_RESULT, answers, field, detail, 1, 3)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("field", "reason"),
    [("absent", "holiday"), ("absent", "safety"), ("safety", "sick"), ("weather", "sick")],
)
def test_a_button_of_another_form_steps_nothing(field: str, reason: str) -> None:
    with pytest.raises(UnknownReasonError):
        stepped(DUTY, NORMAL, field, reason, 1, 27)


@unhurried
@given(st.lists(_STEPS, max_size=40), st.none() | st.integers(0, 12))
def test_no_row_of_presses_leaves_the_range(
    steps: list[tuple[str, int]], establishment: int | None
) -> None:
    answers = DUTY.normal_answers()
    for reason, step in steps:
        before = deepcopy(answers)
        try:
            after = stepped(DUTY, answers, "absent", reason, step, establishment)
        except CountOutOfRangeError:
            assert answers == before
            continue
        assert answers == before
        assert total_absent(after) == total_absent(before) + step
        assert checked(DUTY, after, establishment) == after
        assert stepped(DUTY, after, "absent", reason, -step, establishment) == before
        answers = after


@unhurried
@given(_GIVEN, st.sampled_from(["safety", "order"]))
def test_toggling_twice_returns_to_what_was_stated(given_answers: Answers, field: str) -> None:
    answers = checked(DUTY, given_answers, None)
    before = deepcopy(answers)
    once = toggled(DUTY, answers, field)
    assert once[field] is not answers[field]
    assert {k: v for k, v in once.items() if k != field} == {
        k: v for k, v in answers.items() if k != field
    }
    again = toggled(DUTY, once, field)
    assert again[field] is not once[field]
    assert answers == before
    if answers[field] is not None:
        assert again == answers


@pytest.mark.parametrize("field", ["absent", "weather", ""])
def test_only_a_question_can_be_toggled(field: str) -> None:
    with pytest.raises(UnknownReasonError):
        toggled(DUTY, NORMAL, field)


def test_the_first_press_on_an_unstated_question_tells_that_all_is_well() -> None:
    once = toggled(DUTY, _SILENT, "safety")
    assert once == {**_SILENT, "safety": True}
    assert toggled(DUTY, once, "safety") == {**_SILENT, "safety": False}


@unhurried
@given(
    st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=6, unique=True),
    st.data(),
)
def test_a_new_report_type_is_one_declaration(keys: list[str], data: st.DataObject) -> None:
    fields = tuple(
        Breakdown(key, ("a", "b")) if data.draw(st.booleans()) else YesNo(key) for key in keys
    )
    report_type = ReportType("drill", fields)
    normal: dict[str, Any] = dict(report_type.normal_answers())
    assert list(normal) == keys
    assert checked(report_type, normal, 0) == normal
    questions = [f.key for f in fields if isinstance(f, YesNo)]
    assert unstated(report_type, checked(report_type, {}, 0)) == tuple(questions)
    assume(questions)
    answers = toggled(report_type, normal, questions[-1])
    assert problems(report_type, answers) == (questions[-1],)


ROSTER = by_roster({5: "A05", 7: "A07", 9: "A09"})


def test_who_is_absent_has_no_reason_until_one_is_given_and_loses_it_when_present() -> None:
    absent = turned(ROSTER, turned(ROSTER, ROSTER.normal_answers(), CODES, "7"), CODES, "5")
    assert absent == {CODES: {"5": NOT_STATED, "7": NOT_STATED}}
    told = explained(ROSTER, absent, CODES, "7", "sick")
    assert told == {CODES: {"5": NOT_STATED, "7": "sick"}}
    assert absent_by_reason(told) == {"sick": 1, NOT_STATED: 1}
    assert total_absent(told) == 2
    assert explained(ROSTER, told, CODES, "7", "sick") == absent
    assert explained(ROSTER, told, CODES, "9", "sick") == told, "who is present stays present"
    assert turned(ROSTER, turned(ROSTER, told, CODES, "7"), CODES, "7") == absent


def test_reports_of_before_reasons_were_asked_for_are_read_as_without() -> None:
    assert checked(ROSTER, {CODES: [7, 8]}, 3) == {CODES: {"7": NOT_STATED}}
    assert absent_by_reason({CODES: [5, 7]}) == {NOT_STATED: 2}


@given(st.dictionaries(st.sampled_from("579"), st.sampled_from([*ABSENT.reasons, NOT_STATED])))
def test_those_absent_are_counted_once_whatever_their_reason(absent: dict[str, str]) -> None:
    told = checked(ROSTER, {CODES: absent}, 3)
    assert json.loads(json.dumps(told)) == told
    assert sum(absent_by_reason(told).values()) == total_absent(told) == len(absent)


@pytest.mark.parametrize("reason", ["", "holiday"])
def test_a_reason_that_there_is_not_is_refused(reason: str) -> None:
    with pytest.raises(UnknownReasonError):
        checked(ROSTER, {CODES: {"5": reason}}, 3)
