"""Who has completed a course, and how far it reached."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities import Activity
from bot.domain.courses import (
    Attended,
    Requirement,
    RosterMember,
    coverage,
    half_days_lacking,
    liable_on,
    required_days,
    service_on,
)
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.domain.units import Unit

DAY = date(2026, 3, 16)
LAW = date(2020, 7, 1)
REQUIREMENTS = (
    Requirement("on_site", "first_year", 15, LAW),
    Requirement("on_site", "later", 7, LAW),
    Requirement("arm", "later", 12, LAW),
)


def member(served_since: date = date(2020, 1, 1), category: str = "on_site") -> RosterMember:
    return RosterMember(1, 1, "A01", category, served_since, served_since)


def attended(days: int, *, half_days: int = 2, year: int = 2026) -> list[Attended]:
    first = date(year, 3, 1)
    return [
        Attended(1, n, 1, ActivityKind.COURSE, first + timedelta(days=n), half_days)
        for n in range(days)
    ]


def participation(
    liable: int | None, completed: int | None, *presents: int, unit_id: int = 1
) -> Participation:
    sessions = tuple(
        SessionAttendance(n, DAY, is_over=True, is_make_up=n > 0, liable=liable, present=present)
        for n, present in enumerate(presents)
    )
    return Participation(
        activity_id=1,
        kind=ActivityKind.COURSE,
        mode=Mode.HEADCOUNT,
        category="on_site",
        exercise_id=None,
        unit_id=unit_id,
        first_day=DAY,
        last_day=DAY,
        is_finished=True,
        liable=liable,
        completed=completed,
        sessions=sessions,
    )


def test_sessions_are_not_summed_where_the_same_people_came_twice() -> None:
    told = participation(10, 6, 6, 4)
    naive = Fraction(sum(s.present or 0 for s in told.sessions), 10)
    assert naive == 1
    assert coverage([told]) == Fraction(6, 10)


def test_coverage_is_unknown_where_nobody_liable_is_known() -> None:
    assert coverage([]) is None
    assert coverage([participation(None, None), participation(0, None)]) is None
    assert coverage([participation(10, None)]) == 0


@given(st.lists(st.integers(1, 100).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))))
def test_coverage_lies_between_none_and_all_and_weighs_people(told: list[tuple[int, int]]) -> None:
    share = coverage(participation(liable, completed) for liable, completed in told)
    if not told:
        assert share is None
    else:
        assert share == Fraction(sum(c for _, c in told), sum(n for n, _ in told))
        assert 0 <= share <= 1


def test_the_first_year_ends_on_the_day_a_year_after_service_began() -> None:
    began = date(2025, 3, 16)
    assert service_on(began, date(2026, 3, 15)) == "first_year"
    assert service_on(began, date(2026, 3, 16)) == "later"
    assert service_on(date(2024, 2, 29), date(2025, 2, 28)) == "first_year"
    assert service_on(date(2024, 2, 29), date(2025, 3, 1)) == "later"


def test_requirements_are_those_in_force_on_the_day_and_arms_share_one() -> None:
    changed = (*REQUIREMENTS, Requirement("on_site", "later", 9, date(2026, 7, 1)))
    assert required_days(changed, "on_site", "later", date(2026, 6, 30)) == 7
    assert required_days(changed, "on_site", "later", date(2026, 7, 1)) == 9
    assert required_days(changed, "artillery", "later", DAY) == 12
    assert required_days(changed, "artillery", "first_year", DAY) is None
    assert required_days(changed, "mobile", "later", DAY) is None
    assert required_days(changed, "on_site", "later", date(2019, 1, 1)) is None


def test_days_are_asked_by_the_year_of_service() -> None:
    assert half_days_lacking(attended(7), member(), REQUIREMENTS, DAY) == 0
    assert half_days_lacking(attended(6), member(), REQUIREMENTS, DAY) == 2
    assert half_days_lacking(attended(7), member(date(2026, 1, 1)), REQUIREMENTS, DAY) == 16
    assert half_days_lacking(attended(7), member(category="mobile"), REQUIREMENTS, DAY) is None


def test_last_years_days_and_other_activities_do_not_count() -> None:
    assert half_days_lacking(attended(20, year=2025), member(), REQUIREMENTS, DAY) == 14
    contest = [Attended(1, n, 2, ActivityKind.CONTEST, DAY, 2) for n in range(20)]
    assert half_days_lacking(contest, member(), REQUIREMENTS, DAY) == 14


@given(st.integers(0, 30), st.integers(1, 3))
def test_a_session_counts_once_and_two_half_days_are_a_day(sessions: int, times: int) -> None:
    lacking = half_days_lacking(
        attended(sessions, half_days=1) * times, member(), REQUIREMENTS, DAY
    )
    assert lacking == max(0, 14 - sessions)


_days = st.dates(date(2026, 1, 1), date(2026, 12, 30))


@st.composite
def _lives(draw: st.DrawFn) -> tuple[list[tuple[date, int]], list[RosterMember]]:
    """A unit's establishments from days on, and who was on its roster from when until when."""
    strengths = draw(st.lists(st.tuples(_days, st.integers(1, 99)), unique_by=lambda s: s[0]))
    members = []
    for n in range(draw(st.integers(0, 5))):
        begins = draw(_days)
        ends = draw(st.none() | st.dates(begins, date(2026, 12, 31)))
        served = draw(st.sampled_from([date(2020, 1, 1), date(2025, 6, 1)]))
        category = draw(st.sampled_from(["on_site", "mobile"]))
        members.append(RosterMember(n, 1, f"A{n}", category, served, begins, ends))
    return sorted(strengths), members


@given(
    _lives(),
    st.sampled_from(ActivityKind),
    st.sampled_from(Mode),
    st.none() | st.integers(0, 50),
    _days,
    st.integers(0, 60),
)
def test_who_is_liable_follows_one_day_and_what_changes_later_changes_nothing(
    life: tuple[list[tuple[date, int]], list[RosterMember]],
    kind: ActivityKind,
    mode: Mode,
    told: int | None,
    first: date,
    later: int,
) -> None:
    strengths, roster = life
    is_course = kind is ActivityKind.COURSE
    held = first + timedelta(days=later)
    by = first if is_course else held
    service = "later" if is_course else None
    category = "on_site" if is_course else None
    activity = Activity(
        1, kind, "x", mode, first, held, category, service, None, None, is_cancelled=False
    )

    def unit_on(day: date, known: list[tuple[date, int]] = strengths) -> Unit:
        begun = [people for since, people in known if since <= day]
        return Unit(1, "a", "a", "a", begun[-1] if begun else None)

    found = liable_on(activity, told, unit_on, roster, held)
    there = [m for m in roster if m.valid_from <= by and (m.valid_to is None or by < m.valid_to)]
    if is_course:
        there = [
            m for m in there if (m.category, service_on(m.served_since, by)) == ("on_site", "later")
        ]
    if mode is Mode.ROSTER and there:
        assert (found.count, found.members) == (len(there), tuple(there))
    else:
        assert found.members == ()
        assert found.count == (told if told is not None else unit_on(by).establishment)
    # Strengths and people of other days play no part.
    past = [s for s in strengths if s[0] <= by]
    kept = [m for m in roster if m.is_on(by)]
    assert liable_on(activity, told, lambda d: unit_on(d, past), kept, held) == found
    if is_course:
        assert liable_on(activity, told, unit_on, roster, first) == found
