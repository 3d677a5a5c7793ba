"""What training gives to the targets."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import training_measures as training
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.domain.targets import Figure

DAY = date(2026, 3, 2)
UNITS = (1, 2, 3)


def taking(
    unit_id: int,
    *present: int | None,
    kind: ActivityKind = ActivityKind.COURSE,
    activity_id: int = 1,
    liable: int | None = 20,
    completed: int | None = None,
    is_finished: bool = True,
    exercise_id: int | None = None,
) -> Participation:
    sessions = tuple(
        SessionAttendance(activity_id * 100 + n, DAY, True, False, liable, heads)
        for n, heads in enumerate(present)
    )
    return Participation(
        activity_id,
        kind,
        Mode.HEADCOUNT,
        "mobile",
        exercise_id,
        unit_id,
        DAY,
        DAY + timedelta(days=5),
        is_finished,
        liable,
        completed,
        sessions,
    )


_heads = st.none() | st.integers(0, 20)
_kinds = st.sampled_from(ActivityKind)
_taking = st.builds(
    lambda unit_id, present, kind, activity_id, completed: taking(
        unit_id, *present, kind=kind, activity_id=activity_id, completed=completed
    ),
    st.sampled_from(UNITS),
    st.lists(_heads, max_size=4),
    _kinds,
    st.integers(1, 3),
    _heads,
)
_several = st.lists(_taking, max_size=12).map(
    lambda listed: list({(p.unit_id, p.activity_id, p.kind): p for p in listed}.values())
)


@given(_several)
def test_no_part_is_greater_than_its_whole_and_units_add_up(several: list[Participation]) -> None:
    for found in (
        training.bases_trained(several, UNITS),
        training.people_trained(several, UNITS),
        training.took_part(several, UNITS, kind=ActivityKind.MEET),
        training.briefings(several, UNITS),
        training.staff_training(several, UNITS),
    ):
        figure = found.figure
        assert set(found.by_unit or {}) == set(UNITS)
        if figure.part is not None and figure.whole is not None:
            assert 0 <= figure.part <= figure.whole
        for own in (found.by_unit or {}).values():
            assert own.part is None or own.whole is None or own.part <= own.whole


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.integers(0, 20))
def test_more_sessions_never_train_more_people(present: list[int], completed: int) -> None:
    few = training.people_trained([taking(1, present[0], completed=completed)], UNITS)
    many = training.people_trained([taking(1, *present, completed=completed)], UNITS)
    assert few.figure == many.figure == Figure(completed, 20)


def test_two_courses_of_one_category_count_nobody_twice() -> None:
    several = [taking(1, completed=12), taking(1, activity_id=2, completed=18)]
    assert training.people_trained(several, UNITS).figure == Figure(18, 20)


def test_attendance_that_nobody_reported_is_not_absence() -> None:
    several = [
        taking(unit_id, heads, kind=ActivityKind.BRIEFING)
        for unit_id, heads in ((1, 2), (2, None), (3, 0))
    ]
    found = training.briefings(several, UNITS)
    assert found.figure == Figure(1, 3, 1)
    assert found.second == Figure(1, 3, 1)


def test_briefings_tell_who_attended_all_and_how_many_attended() -> None:
    several = [
        taking(1, 2, 2, 2, kind=ActivityKind.BRIEFING),
        taking(2, 2, 0, 2, kind=ActivityKind.BRIEFING),
    ]
    found = training.briefings(several, UNITS)
    assert (found.figure, found.second) == (Figure(1, 2), Figure(5, 6))


def test_without_any_course_nothing_is_known() -> None:
    assert training.bases_trained([], UNITS).figure == Figure(None)
    assert training.people_trained([], UNITS).figure == Figure(None)


def test_a_base_is_trained_when_a_finished_course_was_attended() -> None:
    several = [taking(1, 5), taking(2, 0), taking(3, 5, is_finished=False)]
    assert training.bases_trained(several, UNITS).figure == Figure(1, 3)


def test_a_contest_that_is_not_over_is_not_expected() -> None:
    found = training.took_part(
        [taking(1, kind=ActivityKind.CONTEST)], UNITS, kind=ActivityKind.CONTEST
    )
    assert found.figure == Figure(0, 0)


def test_a_session_of_many_units_is_held_once() -> None:
    several = [taking(u, 3, 4, kind=ActivityKind.POLITICAL_EDUCATION) for u in UNITS]
    assert training.sessions_held(several, UNITS).figure == Figure(2)


@given(_several, st.integers(1, 3))
def test_a_merger_loses_nobody_who_was_trained_and_counts_nobody_twice(
    several: list[Participation], into: int
) -> None:
    apart = training.people_trained(several, UNITS)
    kept = tuple(unit_id for unit_id in UNITS if unit_id == into)
    merged = [replace(p, went_into=into) if p.unit_id != into else p for p in several]
    together = training.people_trained(merged, kept)
    assert together.figure == apart.figure
    assert (together.by_unit or {})[into] == together.figure


def test_a_unit_that_has_not_told_its_results_keeps_the_target_open() -> None:
    several = [taking(1, completed=20), taking(2)]
    assert training.people_trained(several, UNITS).figure == Figure(20, 40, 20)


def test_what_a_closed_unit_did_stays_in_the_whole_and_has_no_row_of_its_own() -> None:
    several = [
        taking(1, 18, completed=18),
        taking(9, 20, completed=15),
        taking(9, 20, kind=ActivityKind.MEET, activity_id=2),
        taking(9, 0, kind=ActivityKind.BRIEFING, activity_id=3),
        taking(9, 20, kind=ActivityKind.POLITICAL_EDUCATION, activity_id=4),
        taking(9, 20, kind=ActivityKind.STAFF_TRAINING, activity_id=5, exercise_id=1),
    ]
    bases = training.bases_trained(several, (1,), (9,))
    people = training.people_trained(several, (1,), (9,))
    assert (bases.figure, people.figure) == (Figure(2, 2), Figure(33, 40))
    assert training.took_part(several, (1,), (9,), kind=ActivityKind.MEET).figure == Figure(1, 1)
    assert training.briefings(several, (1,), (9,)).figure == Figure(0, 1)
    assert training.sessions_held(several, (1,), (9,)).figure == Figure(1)
    assert training.staff_training(several, (1,), (9,)).figure == Figure(1, 2)
    for found in (bases, people, training.briefings(several, (1,), (9,))):
        assert set(found.by_unit or {}) == {1}
    # One that closed before it was asked is no base that was not trained.
    assert training.bases_trained(several[:1], (1,), (9,)).figure == Figure(1, 1)


def test_the_gap_in_sessions_is_that_of_the_people_who_lack_least() -> None:
    one = replace(taking(1, 10, completed=10), lacking=(6, 2, 4))
    gone = replace(taking(9, 10, completed=10), lacking=(1,))
    found = training.people_trained([one, gone], (1,), (9,))
    assert found.half_days_lacking == (2, 4, 6)


def test_a_periods_training_counts_its_own_sessions_and_people_once() -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 31)

    def attended(number: int, day: date, present: int | None) -> SessionAttendance:
        return SessionAttendance(number, day, True, False, 20, present)

    def taking(unit_id: int, completed: int | None, *sessions: SessionAttendance) -> Participation:
        return Participation(
            activity_id=1,
            kind=ActivityKind.COURSE,
            mode=Mode.HEADCOUNT,
            category="on_site",
            exercise_id=None,
            unit_id=unit_id,
            first_day=date(2026, 2, 27),
            last_day=date(2026, 3, 3),
            is_finished=True,
            liable=20,
            completed=completed,
            sessions=sessions,
        )

    told = training.training_record(
        [
            taking(1, 18, attended(1, date(2026, 2, 27), 20), attended(2, date(2026, 3, 3), 19)),
            taking(2, 20, attended(1, date(2026, 2, 27), 20), attended(2, date(2026, 3, 3), None)),
        ],
        first,
        last,
    )
    assert told
    assert told.sessions == 1
    assert told.attendance == Figure(1, 2)
    assert told.coverage == Figure(38, 40)
    assert told.without == (2,)
    assert training.training_record([], first, last) is None
