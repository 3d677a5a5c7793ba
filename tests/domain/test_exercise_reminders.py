"""Who is reminded of what an exercise asks for, and when: each rung once, one message a person a day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.exercise_reminders import (
    Duty,
    Owner,
    Reminded,
    Reminder,
    ReminderRung,
    owed,
    rung_on,
)

FIRST = date(2026, 3, 1)
LONG_AGO = date(2026, 1, 1)
LEADER, DEPUTY = Owner(1, LONG_AGO), Owner(2, LONG_AGO)
DUE = FIRST + timedelta(days=10)


def days(n: int) -> timedelta:
    return timedelta(days=n)


def duty(item_id: int = 1, due: date = DUE, *, set_on: date = LONG_AGO) -> Duty:
    return Duty(item_id, due, set_on, (LEADER,), (DEPUTY,))


def lived(
    duties_of: dict[int, Sequence[Duty]], *, up: Sequence[bool] = (), until: int = 40
) -> list[tuple[int, Reminder]]:
    """Live through the days and return what was sent on each; `up` says when the bot ran."""
    sent: list[tuple[int, Reminder]] = []
    reminded: list[Reminded] = []
    duties: Sequence[Duty] = ()
    for n in range(until):
        duties = duties_of.get(n, duties)
        if n < len(up) and not up[n]:
            continue
        told: set[int] = set()
        for _ in range(3):  # looking again does nothing
            for reminder in owed(FIRST + days(n), duties, reminded, told):
                sent.append((n, reminder))
                reminded += reminder.about
                told.add(reminder.person_id)
    return sent


def rungs(sent: list[tuple[int, Reminder]], person_id: int) -> list[tuple[int, ReminderRung]]:
    return [(n, each.rung) for n, r in sent if r.person_id == person_id for each in r.about]


def test_the_owner_is_reminded_a_week_and_a_day_before_and_on_the_day_after_due() -> None:
    assert rungs(lived({0: [duty()]}), LEADER.person_id) == [
        (3, ReminderRung.WEEK_BEFORE),
        (9, ReminderRung.DAY_BEFORE),
        (11, ReminderRung.OVERDUE),
    ]


def test_the_deputies_hear_of_it_only_when_it_is_overdue() -> None:
    assert rungs(lived({0: [duty()]}), DEPUTY.person_id) == [(11, ReminderRung.OVERDUE)]


def test_what_is_done_is_reminded_of_no_more() -> None:
    assert [n for n, _ in lived({0: [duty()], 5: []})] == [3]


def test_after_an_outage_only_the_highest_rung_that_has_come_is_sent() -> None:
    sent = lived({0: [duty()]}, up=[False] * 20)
    assert rungs(sent, LEADER.person_id) == [(20, ReminderRung.OVERDUE)]
    sent = lived({0: [duty()]}, up=[n < 2 or n > 9 for n in range(12)])
    assert rungs(sent, LEADER.person_id) == [
        (10, ReminderRung.DAY_BEFORE),
        (11, ReminderRung.OVERDUE),
    ]


def test_everything_that_a_person_is_reminded_of_on_a_day_is_one_message() -> None:
    sent = lived({0: [duty(1), duty(2), duty(3, DUE + days(6))]})
    assert [[each.item_id for each in r.about] for n, r in sent if n == 9] == [[1, 2, 3]]


def test_an_item_that_is_due_on_another_day_is_reminded_of_anew_but_not_on_the_day_of_the_change() -> (
    None
):
    moved = duty(due=DUE + days(10), set_on=FIRST + days(13))
    assert rungs(lived({0: [duty()], 13: [moved]}), LEADER.person_id)[3:] == [
        (14, ReminderRung.WEEK_BEFORE),
        (19, ReminderRung.DAY_BEFORE),
        (21, ReminderRung.OVERDUE),
    ]


def test_who_has_only_come_is_reminded_from_the_next_day_on() -> None:
    new = Owner(3, FIRST + days(10))
    item = Duty(1, DUE, LONG_AGO, (new,))
    assert owed(FIRST + days(10), [item], [], []) == ()
    (reminder,) = owed(FIRST + days(11), [item], [], [])
    assert (reminder.person_id, reminder.about[0].rung) == (3, ReminderRung.OVERDUE)


_duties = st.lists(
    st.builds(
        lambda item_id, due, owners, deputies: Duty(
            item_id,
            FIRST + days(due),
            LONG_AGO,
            tuple(Owner(n, LONG_AGO) for n in owners),
            tuple(Owner(n, LONG_AGO) for n in deputies),
        ),
        st.integers(1, 5),
        st.integers(0, 30),
        st.lists(st.integers(1, 3), max_size=3),
        st.lists(st.integers(1, 5), max_size=2),
    ),
    max_size=5,
    unique_by=lambda duty: duty.item_id,
)


@given(_duties, st.lists(st.booleans(), max_size=35))
def test_however_the_bot_was_away_each_rung_comes_once_and_one_message_a_person_a_day(
    duties: list[Duty], up: list[bool]
) -> None:
    sent = lived({0: duties}, up=up)
    assert max(Counter((n, r.person_id) for n, r in sent).values(), default=1) == 1
    every = [each for _, r in sent for each in r.about]
    assert len(every) == len(set(every))
    for n, reminder in sent:
        for each in reminder.about:
            assert each.rung is rung_on(FIRST + days(n), each.due_day)


@given(_duties, st.lists(st.booleans(), max_size=35))
def test_however_the_bot_was_away_everybody_who_answers_for_it_hears_that_it_is_overdue(
    duties: list[Duty], up: list[bool]
) -> None:
    heard = {
        (each.item_id, r.person_id)
        for _, r in lived({0: duties}, up=up)
        for each in r.about
        if each.rung is ReminderRung.OVERDUE
    }
    assert heard == {
        (item.item_id, who.person_id) for item in duties for who in (*item.owners, *item.deputies)
    }
