"""Exercises: what they ask for, until when, and what may be typed about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.dates import parse_day
from bot.domain.forms import checked_text
from bot.domain.marks import mark_of
from bot.domain.people import Action, Person, Role
from bot.domain.units import Unit

LONGEST_TITLE = 100
LONGEST_ITEM = 80
ITEMS_MOST = 50
"""Of one exercise, over all its units."""
DIGEST_WITHIN = timedelta(days=30)
FURTHEST = timedelta(days=3 * 366)
# What is asked for only now cannot have been due before.
SHORTEST_NOTICE = timedelta(days=3)
OWN_LEAD = timedelta(days=7)
_HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Standard:
    """An item of every checklist, due so many days before the exercise."""

    key: str
    lead: timedelta
    part: str = ""


STANDARD = (
    Standard("bodies", timedelta(days=30), "steering"),
    Standard("bodies", timedelta(days=30), "support"),
    Standard("bodies", timedelta(days=30), "frame"),
    Standard("staff_training", timedelta(days=21)),
    Standard("register", timedelta(days=21)),
    Standard("past_findings", timedelta(days=14)),
    Standard("funding", timedelta(days=14)),
    Standard("facilities", timedelta(days=7)),
)


class ExerciseDayError(ValueError):
    """An exercise cannot be on the day: it is over, or years away."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class DueDayError(ValueError):
    """An item cannot be due on the day: it is over, or after the exercise."""

    def __init__(self, day: date, last: date) -> None:
        super().__init__(day)
        self.day = day
        self.last = last


class EmptyTitleError(ValueError):
    """Nothing that anybody could read was typed."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """`unit_id` None: the command's own."""

    id: int
    title: str
    unit_id: int | None
    day: date
    is_held: bool = False
    is_cancelled: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its items may still be changed: nobody has said what became of it."""
        return not (self.is_held or self.is_cancelled)

    def is_ahead(self, today: date) -> bool:
        return self.is_open and self.day >= today


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit (None: the command) has to do for an exercise."""

    unit: Unit | None
    items: tuple[ChecklistItem, ...]

    @property
    def unit_id(self) -> int | None:
        return self.unit.id if self.unit else None

    @property
    def done(self) -> int:
        return sum(item.state is ItemState.DONE for item in self.items)

    def overdue(self, today: date) -> tuple[ChecklistItem, ...]:
        return tuple(item for item in self.items if item.is_overdue(today))


@dataclass(frozen=True, slots=True)
class Readiness:
    """An exercise with its checklists: that of its own unit first, then in the configured order."""

    exercise: Exercise
    unit: Unit | None
    parts: tuple[Part, ...]

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def total(self) -> int:
        return sum(len(part.items) for part in self.parts)

    def part(self, unit_id: int | None) -> Part | None:
        return next((part for part in self.parts if part.unit_id == unit_id), None)

    def overdue(self, today: date) -> int:
        """How many items are overdue; none once the exercise is over."""
        if not self.exercise.is_ahead(today):
            return 0
        return sum(len(part.overdue(today)) for part in self.parts)

    def is_pressing(self, today: date) -> bool:
        """Whether the command is to hear of it each day."""
        if not self.exercise.is_ahead(today):
            return False
        return self.exercise.day - today <= DIGEST_WITHIN or self.overdue(today) > 0


About = tuple[Readiness, int | None, ChecklistItem]
"""An item with its exercise, and whose it is (None: the command)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An exercise that is being made; without units it is the command's, else each unit has its own."""

    title: str = ""
    day: date | None = None
    unit_ids: frozenset[int] = frozenset()

    @property
    def mark(self) -> str:
        return mark_of(repr((self.title, self.day, sorted(self.unit_ids))))


def due_day(exercise_day: date, lead: timedelta, today: date) -> date:
    """Until when an item is to be done that is asked for today."""
    return min(exercise_day, max(exercise_day - lead, today + SHORTEST_NOTICE))


def moved_due(item: ChecklistItem, before: date, after: date, today: date) -> date:
    """When the item is due after the exercise was moved: as long before it as it was.

    What was not overdue does not become so by the move.
    """
    due = item.due_day + (after - before)
    if not item.is_overdue(today) and item.state is not ItemState.DONE:
        due = max(due, today + SHORTEST_NOTICE)
    return min(after, due)


def read_exercise_day(typed: str, today: date) -> date:
    """Read a day of an exercise; without a year the next such day is meant.

    Raises NotADateError and ExerciseDayError.
    """
    day = _next_day(typed, today)
    check_exercise_day(day, today)
    return day


def check_exercise_day(day: date, today: date) -> None:
    """Raises ExerciseDayError."""
    if not today <= day <= today + FURTHEST:
        raise ExerciseDayError(day)


def read_due_day(typed: str, exercise_day: date, today: date) -> date:
    """Read until when an item is to be done. Raises NotADateError and DueDayError."""
    day = _next_day(typed, today)
    if not today <= day <= exercise_day:
        raise DueDayError(day, exercise_day)
    return day


def _next_day(typed: str, today: date) -> date:
    # The day nearest to half a year from now is the first from today on.
    return parse_day(typed, today + _HALF_A_YEAR)


def read_title(typed: str, longest: int) -> str:
    """Return the title on one line. Raises EmptyTitleError and forms.TextTooLongError."""
    title = checked_text(typed, longest)
    if not title:
        raise EmptyTitleError
    return title


def role_on_items_of(person: Person, unit_id: int | None, day: date) -> Role | None:
    """The role in which the person says how far the unit's items are; None for who may not.

    Who leads the unit says so, and who plans exercises may say it for them.
    """
    own = person.role_for(unit_id, day) if unit_id is not None else None
    return own or person.role_to(Action.MANAGE_EXERCISES, day)


def pressing(found: Iterable[Readiness], today: date) -> tuple[Readiness, ...]:
    """Those that the digest tells of, the next one first."""
    return tuple(
        sorted(
            (r for r in found if r.is_pressing(today)),
            key=lambda r: (r.exercise.day, r.exercise.id),
        )
    )
