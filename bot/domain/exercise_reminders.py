"""Who is reminded today of what an exercise asks for: each rung once, one message a person a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# What could not be sent in the morning may still be sent until then.
REMINDED_UNTIL = time(20)


class ReminderRung(IntEnum):
    WEEK_BEFORE = 1
    DAY_BEFORE = 2
    OVERDUE = 3  # from the day after due; the deputies hear of it as well, and the digests tell it


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an item, and since which day."""

    person_id: int
    since: date


@dataclass(frozen=True, slots=True)
class Duty:
    """An item that is not done: when it is due, on which day that was said, and who answers for it."""

    item_id: int
    due_day: date
    due_set_day: date
    owners: tuple[Owner, ...]
    deputies: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder of one item to one person, for the day on which it was due then."""

    item_id: int
    person_id: int
    due_day: date
    rung: ReminderRung


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message: everything that the person is reminded of today."""

    person_id: int
    about: tuple[Reminded, ...]


def rung_on(today: date, due_day: date) -> ReminderRung | None:
    """The highest rung that has come by the day."""
    if today > due_day:
        return ReminderRung.OVERDUE
    if today >= due_day - DAY:
        return ReminderRung.DAY_BEFORE
    if today >= due_day - WEEK:
        return ReminderRung.WEEK_BEFORE
    return None


def owed(
    today: date,
    duties: Iterable[Duty],
    reminded: Collection[Reminded],
    reminded_today: Collection[int],
) -> tuple[Reminder, ...]:
    """What is to be sent today, in the order of the duties; `reminded_today` are people.

    Of several rungs only the highest that has come is sent, so an outage makes no crowd of messages.
    What was set today, and who came today, is reminded from the next day on.
    """
    highest: dict[tuple[int, int, date], ReminderRung] = {}
    for past in reminded:
        key = past.item_id, past.person_id, past.due_day
        highest[key] = max(past.rung, highest.get(key, past.rung))
    found: defaultdict[int, list[Reminded]] = defaultdict(list)
    for duty in duties:
        rung = rung_on(today, duty.due_day)
        if rung is None or duty.due_set_day >= today:
            continue
        asked = duty.owners
        if rung is ReminderRung.OVERDUE:
            asked += duty.deputies
        for person_id in dict.fromkeys(o.person_id for o in asked if o.since < today):
            before = highest.get((duty.item_id, person_id, duty.due_day))
            if before is None or before < rung:
                found[person_id].append(Reminded(duty.item_id, person_id, duty.due_day, rung))
    return tuple(
        Reminder(person_id, tuple(about))
        for person_id, about in found.items()
        if person_id not in reminded_today
    )
