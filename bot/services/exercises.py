"""Exercises and their checklists as they stand."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.checklists import Checklist
from bot.domain.exercises import Exercise, Part, Readiness
from storage import exercises, units
from storage.database import Session
from storage.exercises import Placed
from storage.units import Registry


class UnknownExerciseError(LookupError):
    """There is no such exercise."""


class UnknownItemError(LookupError):
    """There is no such item, or it was removed."""


async def checklists(session: Session, day: date, by: datetime) -> tuple[Checklist, ...]:
    """Return the checklists of the exercises of the day's year, but of those that were cancelled.

    Of what they ask for today, that is done which was done by the moment `by`.

    Each exercise has at least that of its own unit, if only an empty one.
    """
    found = await _with_items(session, await exercises.list_of_year(session, day.year), day, by)
    return tuple(
        Checklist(
            exercise_id=each.exercise.id,
            exercise_unit_id=each.exercise.unit_id,
            exercise_day=each.exercise.day,
            is_held=each.exercise.is_held and each.exercise.day <= day,
            unit_id=part.unit_id,
            items=part.items,
        )
        for each in found
        for part in each.parts
    )


async def open_ones(session: Session, today: date) -> tuple[Readiness, ...]:
    """Return the exercises of which nobody has said what became of them, the earliest first."""
    return await _with_items(session, await exercises.list_open(session), today)


async def one(session: Session, exercise_id: int, today: date) -> Readiness:
    """Raises UnknownExerciseError."""
    exercise = await exercises.get(session, exercise_id)
    if exercise is None:
        raise UnknownExerciseError(exercise_id)
    (found,) = await _with_items(session, [exercise], today)
    return found


async def of_item(session: Session, item_id: int, today: date) -> tuple[Readiness, Placed]:
    """Return the item with its exercise. Raises UnknownItemError."""
    placed = await exercises.get_item(session, item_id)
    if placed is None:
        raise UnknownItemError(item_id)
    return await one(session, placed.exercise_id, today), placed


async def _with_items(
    session: Session,
    listed: Sequence[Exercise],
    today: date,
    by: datetime | None = None,
) -> tuple[Readiness, ...]:
    if not listed:
        return ()
    registry = await units.registry(session)
    items: defaultdict[int, list[Placed]] = defaultdict(list)
    for placed in await exercises.list_items(session, [e.id for e in listed], by):
        items[placed.exercise_id].append(placed)
    return tuple(_readiness(exercise, items[exercise.id], registry, today) for exercise in listed)


def _readiness(
    exercise: Exercise, items: Sequence[Placed], registry: Registry, today: date
) -> Readiness:
    order: list[int | None] = [None, *registry.order]
    owners = {exercise.unit_id} | {placed.unit_id for placed in items}
    own_first = sorted(owners, key=lambda u: (u != exercise.unit_id, order.index(u)))

    def part(unit_id: int | None) -> Part:
        unit = registry.ever(unit_id, today) if unit_id is not None else None
        return Part(unit, tuple(p.item for p in items if p.unit_id == unit_id))

    unit = registry.ever(exercise.unit_id, today) if exercise.unit_id is not None else None
    return Readiness(exercise, unit, tuple(part(owner) for owner in own_first))
