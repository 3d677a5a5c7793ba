from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.measures import Counts
from bot.domain.summaries import summarise
from bot.domain.units import Unit
from tests.builders import MONDAY, SCHEDULE, at, report, summary_of, unit, unit_days_of

TUESDAY = MONDAY + timedelta(days=1)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
A, B, C = unit(0), unit(1), unit(2)


def test_over_several_days_a_day_that_has_not_opened_does_not_count() -> None:
    came = [report(A), report(B), report(C), report(A, "08:00", day=TUESDAY)]
    summary = summary_of([A, B, C], came, at("09:00", TUESDAY), days=WEEK)
    assert summary.counts == Counts(expected=3, actual=3, on_time=3)
    assert summary.has_opened
    assert not summary.is_over


def test_a_single_day_that_has_not_opened_is_expected_but_nobody_misses_it() -> None:
    summary = summary_of([A, B, C], [report(A, "08:00")], at("09:00"))
    assert summary.counts == Counts(expected=3, actual=1, on_time=1)
    assert summary.missing == ()
    assert not summary.has_opened


def test_a_period_is_over_when_its_last_day_has_locked() -> None:
    assert not summary_of([A], [], at("19:59", WEEK[-1]), days=WEEK).is_over
    assert summary_of([A], [], at("20:00", WEEK[-1]), days=WEEK).is_over


def test_a_period_in_which_nothing_is_expected_is_never_over() -> None:
    summary = summary_of([], [], at("20:00"))
    assert (summary.is_over, summary.has_opened, summary.by_unit) == (False, False, ())


def test_units_stand_in_the_configured_order_as_of_their_last_day() -> None:
    grown = unit(0, establishment=99)
    now = at("20:00", TUESDAY)
    unit_days = [
        *unit_days_of([A, C], [], [MONDAY], now),
        *unit_days_of([grown, B, C], [], [TUESDAY], now),
    ]
    order = [A.id, B.id, C.id, 77]
    summary = summarise("", MONDAY, TUESDAY, now, Calendar(SCHEDULE), unit_days, unit_order=order)
    assert [total.unit for total in summary.by_unit] == [grown, B, C]
    assert [total.counts.expected for total in summary.by_unit] == [2, 1, 2]


def test_a_summary_names_problems_with_their_day_and_corrections_after_due() -> None:
    came = [
        report(A, safety=False, order=False),
        report(B, "16:45"),
        report(A, day=TUESDAY, revised="16:31"),
        report(B, day=TUESDAY, revised="16:30"),
    ]
    summary = summary_of([A, B], came, at("20:00", TUESDAY), days=[MONDAY, TUESDAY])
    assert [(day, p.unit, p.field_key) for day, p in summary.problems] == [
        (MONDAY, A, "safety"),
        (MONDAY, A, "order"),
    ]
    assert [d.unit for d in summary.late] == [B]
    assert [(d.day, d.unit) for d in summary.corrected_after_due] == [(TUESDAY, A)]


def test_only_reported_establishments_count_as_samples() -> None:
    units = [
        unit(0, is_sample=True),
        unit(1, is_sample=True),
        unit(2),
        unit(3, establishment=None, is_sample=True),
    ]
    came = [report(units[0]), report(units[2]), report(units[3])]
    assert summary_of(units, came, at("16:00")).sample_units == 1


@given(
    st.sets(st.tuples(st.sampled_from([A, B, C]), st.sampled_from(WEEK), st.booleans())),
    st.integers(0, 8 * 24 * 60),
)
def test_what_counts_for_the_units_is_what_counts_in_all(
    came: set[tuple[Unit, date, bool]], minutes: int
) -> None:
    reports = [
        report(u, "16:45" if is_late else "16:00", day=day)
        for u, day, is_late in sorted(came, key=lambda one: (one[0].id, one[1], one[2]))
    ]
    now = at("00:00") + timedelta(minutes=minutes)
    summary = summary_of([A, B, C], reports, now, days=WEEK)
    totals = [total.counts for total in summary.by_unit]
    assert summary.counts.expected == sum(c.expected for c in totals)
    assert summary.counts.actual == sum(c.actual for c in totals)
    assert summary.counts.on_time == sum(c.on_time for c in totals)
    assert summary.counts.missing == len(summary.missing)


def test_questions_left_open_are_told_by_question_with_who_left_them() -> None:
    came = [report(unit) for unit in (A, B, C)]
    came[0] = replace(came[0], answers={"absent": {}, "safety": None, "order": None})
    came[2] = replace(came[2], answers={"absent": {}, "safety": None, "order": False})
    summary = summary_of([A, B, C], came, at("18:00"))
    assert [(key, [d.unit for d in found]) for key, found in summary.unstated] == [
        ("safety", [A, C]),
        ("order", [A]),
    ]


def test_recommendations_are_told_with_who_makes_them() -> None:
    came = [report(A), report(B)]
    came[1] = replace(came[1], answers={**came[1].answers, "recommendation": "Thêm áo mưa"})
    summary = summary_of([A, B], came, at("18:00"))
    assert [(d.unit, words) for d, words in summary.recommendations] == [(B, "Thêm áo mưa")]
