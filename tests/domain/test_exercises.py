"""What an exercise asks for, until when, and what moving it does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checklists import Checklist, ChecklistItem, ItemState
from bot.domain.dates import NotADateError
from bot.domain.exercises import (
    DIGEST_WITHIN,
    FURTHEST,
    SHORTEST_NOTICE,
    DueDayError,
    EmptyTitleError,
    Exercise,
    ExerciseDayError,
    Part,
    Readiness,
    due_day,
    moved_due,
    pressing,
    read_due_day,
    read_exercise_day,
    read_title,
)
from bot.domain.forms import TextTooLongError

TODAY = date(2026, 3, 16)
_ahead = st.integers(0, 400).map(lambda n: TODAY + timedelta(days=n))


def item(due: date, state: ItemState = ItemState.OPEN, item_id: int = 1) -> ChecklistItem:
    return ChecklistItem(item_id, "funding", "", due, state)


def readiness(day: date, *items: ChecklistItem, exercise_id: int = 1, **over: bool) -> Readiness:
    exercise = Exercise(exercise_id, "Diễn tập", None, day, **over)
    return Readiness(exercise, None, (Part(None, items),))


@given(_ahead, st.integers(0, 60).map(lambda n: timedelta(days=n)))
def test_what_is_asked_for_now_is_due_before_the_exercise_and_never_at_once(
    day: date, lead: timedelta
) -> None:
    due = due_day(day, lead, TODAY)
    assert min(day, TODAY + SHORTEST_NOTICE) <= due <= day
    assert due == day - lead or due <= TODAY + SHORTEST_NOTICE


@given(_ahead, _ahead, st.integers(-60, 60), st.sampled_from(ItemState))
def test_a_move_takes_the_due_days_along_and_makes_nothing_overdue(
    before: date, after: date, lead: int, state: ItemState
) -> None:
    found = item(before - timedelta(days=abs(lead)), state)
    due = moved_due(found, before, after, TODAY)
    assert due <= after
    if not found.is_overdue(TODAY):
        assert not item(due, state).is_overdue(TODAY)
    if due > TODAY + SHORTEST_NOTICE:
        assert after - due == before - found.due_day


def test_a_day_without_a_year_is_the_next_such_day() -> None:
    assert read_exercise_day("16/3", TODAY) == TODAY
    assert read_exercise_day("10/12", TODAY) == date(2026, 12, 10)
    assert read_exercise_day("15/3", TODAY) == date(2027, 3, 15)
    assert read_exercise_day("ngày 1/7/2026", TODAY) == date(2026, 7, 1)


@pytest.mark.parametrize("typed", ["15/3/2026", "1/1/2022", "1/1/2035"])
def test_no_exercise_is_in_the_past_or_years_away(typed: str) -> None:
    with pytest.raises(ExerciseDayError):
        read_exercise_day(typed, TODAY)


def test_the_last_day_that_may_be_planned_is_the_furthest() -> None:
    assert read_exercise_day((TODAY + FURTHEST).isoformat(), TODAY) == TODAY + FURTHEST


def test_what_is_no_day_is_said_so() -> None:
    with pytest.raises(NotADateError):
        read_exercise_day("mùa thu", TODAY)


def test_an_item_is_due_from_today_until_the_exercise() -> None:
    last = date(2026, 4, 1)
    assert read_due_day("16/3", last, TODAY) == TODAY
    assert read_due_day("1/4", last, TODAY) == last
    for typed in ("15/3/2026", "2/4"):
        with pytest.raises(DueDayError):
            read_due_day(typed, last, TODAY)


def test_a_title_is_one_line_of_bounded_length() -> None:
    assert read_title("  Diễn tập\n KVPT ", 20) == "Diễn tập KVPT"
    with pytest.raises(EmptyTitleError):
        read_title(" \u200b\n", 20)
    with pytest.raises(TextTooLongError):
        read_title("x" * 21, 20)


def test_the_digest_hears_of_what_is_near_or_behind_and_of_nothing_that_is_over() -> None:
    far = TODAY + DIGEST_WITHIN + timedelta(days=1)
    near = readiness(TODAY + DIGEST_WITHIN, exercise_id=2)
    late = readiness(far, item(TODAY - timedelta(days=1)), exercise_id=3)
    others = (
        readiness(far, item(TODAY)),
        readiness(far, item(TODAY - timedelta(days=1), ItemState.DONE)),
        readiness(TODAY - timedelta(days=1), item(TODAY - timedelta(days=9))),
        readiness(TODAY, item(TODAY - timedelta(days=9)), is_held=True),
        readiness(TODAY, item(TODAY - timedelta(days=9)), is_cancelled=True),
    )
    assert pressing([late, *others, near], TODAY) == (near, late)


def test_a_checklist_is_done_when_all_of_it_is_and_an_empty_one_is_not() -> None:
    def checklist(*items: ChecklistItem) -> Checklist:
        return Checklist(1, None, TODAY, is_held=False, unit_id=None, items=items)

    done = item(TODAY, ItemState.DONE)
    assert checklist(done, done).is_done
    assert not checklist(done, item(TODAY, ItemState.UNDER_WAY)).is_done
    assert not checklist().is_done
