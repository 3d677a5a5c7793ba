"""What a unit's page of a month is counted from."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from bot.domain.activities import Activity
from bot.domain.courses import Requirement
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.domain.unit_pages import (
    absences,
    course_days,
    months_of_page,
    preparations,
    training,
)
from tests.builders import MONDAY, at, report, unit, unit_days_of
from tests.unit_pages import AS_OF, exercise

FIRST, LAST = date(2022, 3, 1), date(2022, 3, 31)
COURSE = Activity(
    1,
    ActivityKind.COURSE,
    "Khóa",
    Mode.HEADCOUNT,
    FIRST,
    LAST,
    "on_site",
    "later",
    None,
    None,
    False,
)


def session(
    number: int, day: date, present: int | None = 20, *, over: bool = True
) -> SessionAttendance:
    return SessionAttendance(number, day, over, False, 24, present)


def taking_part(*sessions: SessionAttendance) -> Participation:
    return Participation(
        1,
        COURSE.kind,
        COURSE.mode,
        COURSE.category,
        None,
        3,
        FIRST,
        LAST,
        False,
        24,
        None,
        sessions,
    )


def test_a_page_is_of_this_month_or_the_last() -> None:
    assert months_of_page(date(2022, 1, 9)) == (date(2022, 1, 1), date(2021, 12, 1))
    assert months_of_page(date(1, 1, 9)) == (date(1, 1, 1),)


def test_only_sessions_of_the_month_are_told_and_unreported_ones_apart() -> None:
    (told,) = training(
        [
            taking_part(
                session(1, date(2022, 2, 28)),
                session(2, date(2022, 3, 2)),
                session(3, date(2022, 3, 3), None),
                session(4, date(2022, 3, 30), None, over=False),
            )
        ],
        {1: COURSE},
        FIRST,
        LAST,
    )
    assert (told.sessions, told.over, told.reported, told.unreported) == (3, 2, 1, 1)
    assert (told.present, told.liable) == (20, 24)


def test_an_activity_without_a_session_in_the_month_is_not_told() -> None:
    assert training([taking_part(session(1, date(2022, 4, 2)))], {1: COURSE}, FIRST, LAST) == ()


def test_days_of_courses_count_half_days_that_somebody_attended_in_the_year() -> None:
    held = taking_part(
        session(1, date(2021, 12, 30)),
        session(2, date(2022, 1, 4)),
        session(3, date(2022, 3, 4)),
        session(4, date(2022, 3, 5), None),
        session(5, date(2022, 3, 6), 0),
    )
    required = [Requirement("on_site", "later", 7, date(2020, 1, 1))]
    (told,) = course_days([held], {1: COURSE}, dict.fromkeys(range(1, 6), 1), required, LAST)
    assert (told.days, told.untold, told.required) == (Fraction(1), 1, 7)
    (told,) = course_days([held], {1: COURSE}, dict.fromkeys(range(1, 6), 1), [], LAST)
    assert told.required is None


def test_absences_leave_out_days_without_a_report() -> None:
    mine = unit(0)
    days = [MONDAY, MONDAY + timedelta(days=1)]
    found = unit_days_of([mine], [report(mine, absent={"sick": 2})], days, at("23:00", days[-1]))
    told = {first: muster for first, _, muster in absences(FIRST, LAST, found)}
    assert told[MONDAY].days == 1
    assert (told[MONDAY].absent, told[MONDAY].establishment) == (2, 24)
    assert told[date(2022, 3, 21)].days == 0


def test_only_exercises_ahead_with_items_of_the_unit_are_told() -> None:
    mine = unit(0)
    ahead = exercise(mine, overdue=2, open_=3, done=1)
    (told,) = preparations([ahead], mine.id, AS_OF.date())
    assert (told.open, told.overdue) == (3, 2)
    assert preparations([ahead], unit(1).id, AS_OF.date()) == ()
    over = datetime.combine(ahead.exercise.day, AS_OF.time()).date() + timedelta(days=1)
    assert preparations([ahead], mine.id, over) == ()
