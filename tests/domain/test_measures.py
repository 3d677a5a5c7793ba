from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WEEKDAYS, Exemption
from bot.domain.forms import DUTY
from bot.domain.measures import (
    Counts,
    Problem,
    State,
    UnitDay,
    counts,
    reported_problems,
    strength,
    unit_day,
)
from tests.domain.examples import (
    HOA_HUONG,
    MONDAY,
    SCHEDULE,
    TAM_THANG,
    TAM_THANH,
    TAN_THANH,
    UNITS,
    absences,
    at,
    report,
    unhurried,
)

_HOLIDAY = Exemption(1, None, MONDAY, MONDAY, frozenset(WEEKDAYS), "nghỉ lễ")
_REASONS = ("leave", "sick", "other")
_REPORTS = st.one_of(
    st.none(),
    st.builds(
        lambda submitted, absent: (submitted, absent),
        st.sampled_from(["15:40", "16:30", "16:31", "19:00"]),
        st.dictionaries(st.sampled_from(_REASONS), st.integers(1, 3)),
    ),
)


@st.composite
def _unit_days(draw: st.DrawFn) -> list[UnitDay]:
    rows: list[UnitDay] = []
    now = at(draw(st.sampled_from(["09:00", "15:30", "20:00"])))
    for unit in draw(st.lists(st.sampled_from(UNITS), max_size=8)):
        drawn = draw(_REPORTS)
        came = drawn and report(unit, drawn[0], answers=absences(drawn[1]))
        exemption = draw(st.sampled_from([None, None, _HOLIDAY]))
        rows.append(unit_day(unit, SCHEDULE.window(MONDAY), came, now, exemption))
    return rows


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("00:00", State.NOT_DUE),
        ("15:29:59", State.NOT_DUE),
        ("15:30", State.MISSING),
        ("16:30", State.MISSING),
        ("23:00", State.MISSING),
    ],
)
def test_a_silent_unit_is_missing_once_the_window_has_opened(now: str, state: State) -> None:
    assert unit_day(TAN_THANH, SCHEDULE.window(MONDAY), None, at(now)) == UnitDay(
        TAN_THANH, SCHEDULE.window(MONDAY), state
    )


def test_a_day_to_come_is_not_due() -> None:
    later = MONDAY + timedelta(days=30)
    assert unit_day(TAN_THANH, SCHEDULE.window(later), None, at("17:00")).state is State.NOT_DUE


@pytest.mark.parametrize(
    ("submitted", "state"),
    [("15:30", State.ON_TIME), ("16:30", State.ON_TIME), ("16:30:01", State.LATE)],
)
def test_a_unit_that_reported_is_on_time_or_late(submitted: str, state: State) -> None:
    came = report(submitted=submitted)
    row = unit_day(TAN_THANH, SCHEDULE.window(MONDAY), came, at("19:00"))
    assert row == UnitDay(TAN_THANH, SCHEDULE.window(MONDAY), state, came)


def test_a_correction_after_due_leaves_the_unit_on_time() -> None:
    came = report(revision=3, revised="19:00")
    assert unit_day(TAN_THANH, SCHEDULE.window(MONDAY), came, at("19:30")).state is State.ON_TIME


def test_where_nothing_is_expected_there_is_no_rate() -> None:
    nothing = counts([])
    assert nothing == Counts(0, 0, 0)
    assert nothing.reporting_rate is None
    assert nothing.reporting_rate_on_time is None


def test_where_nobody_reported_the_rate_is_zero() -> None:
    silent = counts([unit_day(TAN_THANH, SCHEDULE.window(MONDAY), None, at("17:00"))])
    assert silent.reporting_rate == 0.0
    assert silent.reporting_rate_on_time == 0.0


def test_a_day_is_counted_by_what_was_expected_came_and_came_on_time() -> None:
    now = at("18:00")
    day = counts(
        [
            unit_day(TAN_THANH, SCHEDULE.window(MONDAY), report(TAN_THANH, "16:00"), now),
            unit_day(TAM_THANH, SCHEDULE.window(MONDAY), report(TAM_THANH, "16:30"), now),
            unit_day(TAM_THANG, SCHEDULE.window(MONDAY), report(TAM_THANG, "17:00"), now),
            unit_day(HOA_HUONG, SCHEDULE.window(MONDAY), None, now),
        ]
    )
    assert day == Counts(expected=4, actual=3, on_time=2)
    assert (day.late, day.missing) == (1, 1)
    assert (day.reporting_rate, day.reporting_rate_on_time) == (0.75, 0.5)


@pytest.mark.parametrize("now", ["09:00", "16:00", "17:00", "21:00"])
def test_an_exempt_unit_is_never_missing(now: str) -> None:
    row = unit_day(TAN_THANH, SCHEDULE.window(MONDAY), None, at(now), _HOLIDAY)
    assert (row.state, row.exempt_reason) == (State.EXEMPT, "nghỉ lễ")
    assert not row.is_expected
    assert not row.is_overdue(at(now))


def test_a_report_of_an_exempt_unit_counts_neither_as_actual_nor_in_the_strength() -> None:
    now, plain = at("18:00"), SCHEDULE.window(MONDAY)
    rows = [
        unit_day(TAN_THANH, plain, report(TAN_THANH, "16:00"), now, _HOLIDAY),
        unit_day(TAM_THANH, plain, report(TAM_THANH, "16:00"), now),
    ]
    assert counts(rows) == Counts(expected=1, actual=1, on_time=1)
    assert strength(DUTY, rows).establishment == TAM_THANH.establishment
    assert counts(rows[:1]) == Counts(0, 0, 0)
    assert counts(rows[:1]).reporting_rate is None


def test_a_problem_that_an_exempt_unit_reports_is_told_all_the_same() -> None:
    bad = report(TAN_THANH, answers=absences({}, safety=False))
    row = unit_day(TAN_THANH, SCHEDULE.window(MONDAY), bad, at("18:00"), _HOLIDAY)
    assert reported_problems(DUTY, [row]) == (Problem(TAN_THANH, "safety"),)


@unhurried
@given(_unit_days())
def test_on_time_is_never_more_than_actual_nor_actual_more_than_expected(
    rows: list[UnitDay],
) -> None:
    total = counts(iter(rows))
    assert 0 <= total.on_time <= total.actual <= total.expected
    assert total.expected == sum(row.state is not State.EXEMPT for row in rows)
    assert total.on_time + total.late + total.missing == total.expected
    assert total.late == sum(row.state is State.LATE for row in rows)
    if total.expected:
        assert total.reporting_rate is not None
        assert total.reporting_rate_on_time is not None
        assert 0 <= total.reporting_rate_on_time <= total.reporting_rate <= 1


def _row(unit_index: int, absent: dict[str, int] | None) -> UnitDay:
    unit = UNITS[unit_index]
    came = None if absent is None else report(unit, answers=absences(absent))
    return unit_day(unit, SCHEDULE.window(MONDAY), came, at("17:00"))


def test_present_is_establishment_less_absent_of_those_that_reported() -> None:
    total = strength(DUTY, [_row(0, {"leave": 2, "sick": 1}), _row(1, None)])
    assert (total.establishment, total.present, total.absent) == (27, 24, 3)
    assert (total.silent_units, total.unknown_units) == (1, 0)


def test_a_silent_unit_is_neither_present_nor_absent() -> None:
    total = strength(DUTY, [_row(0, None), _row(2, None)])
    assert (total.establishment, total.present, total.absent) == (0, 0, 0)
    assert total.absent_by_reason == {}
    assert (total.silent_units, total.unknown_units) == (2, 0)


def test_a_unit_of_unknown_establishment_counts_its_absences_but_not_its_present() -> None:
    total = strength(DUTY, [_row(0, {"sick": 1}), _row(2, {"sick": 2, "leave": 1})])
    assert (total.establishment, total.present) == (27, 26)
    assert total.absent == 4
    assert total.absent_by_reason == {"leave": 1, "sick": 3}
    assert (total.silent_units, total.unknown_units) == (0, 1)


def test_absences_come_by_reason_in_the_order_of_the_form_and_without_zeros() -> None:
    total = strength(DUTY, [_row(0, {"other": 1}), _row(1, {"sick": 1}), _row(0, {"leave": 1})])
    assert list(total.absent_by_reason) == ["leave", "sick", "other"]


@unhurried
@given(_unit_days())
def test_every_head_and_every_unit_is_counted_once(rows: list[UnitDay]) -> None:
    total = strength(DUTY, rows)
    counted = [row for row in rows if row.is_expected]
    reports = [row.report for row in counted if row.report]
    known = [r for r in reports if r.establishment is not None]
    assert total.silent_units + len(reports) == len(counted)
    assert total.unknown_units + len(known) == len(reports)
    assert total.absent == sum(total.absent_by_reason.values())
    assert total.establishment == sum(r.establishment or 0 for r in known)
    of_known = sum(sum(r.answers["absent"].values()) for r in known)
    assert total.present + of_known == total.establishment
    assert 0 <= of_known <= total.absent


def test_problems_are_told_by_unit_and_question() -> None:
    now = at("17:00")
    bad = report(TAN_THANH, answers=absences({}, safety=False, order=False))
    uneasy = report(TAM_THANG, answers=absences({"sick": 2}, order=False))
    rows = [
        unit_day(TAN_THANH, SCHEDULE.window(MONDAY), bad, now),
        unit_day(TAM_THANH, SCHEDULE.window(MONDAY), report(TAM_THANH), now),
        unit_day(HOA_HUONG, SCHEDULE.window(MONDAY), None, now),
        unit_day(TAM_THANG, SCHEDULE.window(MONDAY), uneasy, now),
    ]
    assert reported_problems(DUTY, iter(rows)) == (
        Problem(TAN_THANH, "safety"),
        Problem(TAN_THANH, "order"),
        Problem(TAM_THANG, "order"),
    )
