"""How a value stands against a target."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.targets import (
    NOT_KNOWN,
    Figure,
    Mark,
    Measure,
    Measured,
    Operator,
    Scope,
    Standing,
    Target,
    UnitOfMeasure,
    is_met,
    lacking,
    mark_of,
    scope_of,
)
from tests import builders

SHARE = Target(
    key="x",
    valid_from=date(2022, 1, 1),
    valid_to=None,
    position=0,
    phrases={"vi": "x", "en": "x"},
    shorts={"vi": "x", "en": "x"},
    measure=Measure.PEOPLE_TRAINED,
    operator=Operator.AT_LEAST,
    value=Fraction(95),
    unit_of_measure=UnitOfMeasure.PERCENT_OF_PEOPLE,
    scope="all",
    source="",
)
_wholes = st.integers(1, 10_000)
_targets = st.builds(
    lambda value, operator: replace(SHARE, value=value, operator=operator),
    st.integers(0, 10_000).map(lambda n: Fraction(n, 100)),
    st.sampled_from([Operator.AT_LEAST, Operator.EQUAL]),
)


@given(_targets)
def test_what_nobody_told_is_neither_met_nor_missed(target: Target) -> None:
    assert is_met(target, NOT_KNOWN) is None
    assert mark_of(NOT_KNOWN, None) is Mark.UNKNOWN


@given(_targets)
def test_a_share_of_nothing_is_neither_0_nor_100_percent(target: Target) -> None:
    nothing = Standing(target, Scope(()), Measured(Figure(0, 0)))
    assert (nothing.value, nothing.is_met, nothing.gap, nothing.lacking) == (None, None, None, None)
    assert nothing.mark is Mark.NOTHING


@given(_wholes, st.integers(0, 10_000), st.integers(1, 10_000))
def test_no_answer_that_later_reports_could_turn_is_given(
    whole: int, part: int, unknown: int
) -> None:
    part = min(part, whole)
    unknown = min(unknown, whole - part)
    now = is_met(SHARE, Figure(part, whole, unknown))
    for later in (part, part + unknown):
        assert now is None or is_met(SHARE, Figure(later, whole)) is now


@given(_wholes, st.integers(0, 10_000), st.integers(0, 10_000).map(lambda n: Fraction(n, 100)))
def test_what_is_lacking_closes_the_gap_and_one_less_does_not(
    whole: int, part: int, asked: Fraction
) -> None:
    target, part = replace(SHARE, value=asked), min(part, whole)
    more = lacking(target, Figure(part, whole))
    assert more is not None
    assert is_met(target, Figure(part + more, whole)) is True
    if more:
        assert is_met(target, Figure(part + more - 1, whole)) is False


def test_27_of_99_is_less_than_27_point_32_percent() -> None:
    target = replace(SHARE, value=Fraction("27.32"))
    assert is_met(target, Figure(27, 99)) is False
    assert is_met(target, Figure(28, 99)) is True


def test_missing_reports_leave_absolute_safety_open_until_a_problem_is_told() -> None:
    safety = replace(
        SHARE,
        operator=Operator.EQUAL,
        value=Fraction(0),
        unit_of_measure=UnitOfMeasure.INCIDENTS,
        measure=Measure.SAFETY,
    )
    assert is_met(safety, Figure(0)) is True
    assert is_met(safety, Figure(0, None, 3)) is None
    assert is_met(safety, Figure(1, None, 3)) is False


def test_a_scope_tells_the_codes_that_no_unit_has() -> None:
    units = [builders.unit(n) for n in range(3)]
    found = scope_of("unit-2,unit-9", units)
    assert ([u.code for u in found.units], found.gone) == (["unit-2"], ("unit-9",))
