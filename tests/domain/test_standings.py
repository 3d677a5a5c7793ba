from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.measures import Counts
from bot.domain.periods import Period
from bot.domain.standings import (
    Gap,
    Muster,
    UnitStanding,
    between,
    days_of_each,
    full_days_in_a_row,
    longest_gap,
    numbers,
    standing_of,
)
from bot.domain.trends import Shares, by_month, spans_of, trend
from tests.builders import MONDAY, at, exemption, report, summary_of, unit

DAYS = [MONDAY + timedelta(days=n) for n in range(10)]
A, B = unit(0), unit(1)
EMPTY = standing_of(summary_of([], [], at("20:00", DAYS[-1]), days=DAYS))


def days(marks: str) -> UnitStanding:
    """One day a letter: on time, late, missing, pending, exempt, or nothing asked."""
    sets = {
        kind: sum(1 << n for n, m in enumerate(marks) if m in kind)
        for kind in ("olmpe", "olmp", "ol", "o", "p")
    }
    return UnitStanding(A, *sets.values())


@given(st.dictionaries(st.integers(0, 400), st.lists(st.sampled_from("abcd")), max_size=9))
def test_the_days_of_each_are_those_that_list_it(listed: dict[int, list[str]]) -> None:
    assert days_of_each(listed) == {
        each: sum(1 << number for number, day in listed.items() if each in day)
        for each in set[str]().union(*listed.values())
    }


def told_of(*units: str) -> tuple[int, Gap | None]:
    listed = tuple(days(marks) for marks in units)
    told = replace(EMPTY, by_unit=listed)
    return full_days_in_a_row(told), longest_gap(told, listed[0])


@given(st.integers(-5, 15), st.integers(-5, 15))
def test_days_between_are_those_of_both_ends_and_all_in_the_middle(first: int, last: int) -> None:
    found = between(MONDAY, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
    assert list(numbers(found)) == list(range(max(first, 0), last + 1))


def test_days_in_a_row_are_counted_back_from_the_last_that_is_known() -> None:
    assert told_of("oooo")[0] == 4
    assert told_of("oloo")[0] == 2
    assert told_of("omoo")[0] == 2
    assert told_of("oool")[0] == 0
    assert told_of("o.eoo")[0] == 3
    assert told_of("ooop")[0] == 3
    assert told_of("ooo", "oop")[0] == 2
    assert told_of("oop", "oom")[0] == 0


def test_a_gap_goes_on_over_days_on_which_nothing_is_owed() -> None:
    assert told_of("omm.emoo")[1] == Gap(3, DAYS[1], DAYS[5])
    assert told_of("mmom")[1] == Gap(2, DAYS[0], DAYS[1])
    assert told_of("mm.olmm")[1] == Gap(2, DAYS[5], DAYS[6])
    assert told_of("olop")[1] is None


def test_a_quarter_is_cut_at_mondays_and_a_year_at_its_months() -> None:
    first, last = DAYS[0] - timedelta(days=2), DAYS[-1]
    assert spans_of(first, last, Period.WEEK) == (
        (first, DAYS[0] - timedelta(days=1)),
        (DAYS[0], DAYS[6]),
        (DAYS[7], last),
    )
    months = spans_of(
        MONDAY.replace(month=1, day=1), MONDAY.replace(month=12, day=31), Period.MONTH
    )
    assert [span[0].month for span in months] == list(range(1, 13))


@given(st.lists(st.text("olmpe.", min_size=10, max_size=10), max_size=4))
def test_the_parts_of_a_trend_add_up_to_the_whole(marks: list[str]) -> None:
    told = replace(EMPTY, by_unit=tuple(days(each) for each in marks))
    shown = trend(told, Period.QUARTER)
    joined = "".join(marks)
    assert shown.whole == Shares(joined.count("o"), joined.count("l"), joined.count("m"))
    assert shown.whole == sum((row.whole for row in shown.rows), Shares())
    assert sum((part.shares for part in by_month(told)), Shares()) == shown.whole


def test_the_people_of_a_part_are_those_of_its_days() -> None:
    musters = {day: Muster(10, n, 1) for n, day in enumerate(DAYS)}
    shown = trend(replace(EMPTY, musters=musters), Period.QUARTER)
    assert [part.muster for part in shown.parts] == [Muster(70, 21, 7), Muster(30, 24, 3)]


def test_a_report_of_an_exempt_day_counts_for_nothing() -> None:
    exempt = [exemption(B.id)]
    came = [report(A), report(B)]
    told = standing_of(summary_of([A, B], came, at("20:00"), days=DAYS[:1], exemptions=exempt))
    assert told.counts == Counts(1, 1, 1)
    assert [each.listed for each in told.by_unit] == [1, 1]
