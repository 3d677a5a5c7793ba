"""Planning exercises, and saying how far their items are; all of it stands in the audit trail."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.checklists import OWN, ItemState
from bot.domain.exercises import (
    ITEMS_MOST,
    OWN_LEAD,
    STANDARD,
    Exercise,
    Plan,
    Readiness,
    check_exercise_day,
    due_day,
    moved_due,
    role_on_items_of,
)
from bot.domain.people import Action, Person
from bot.services.exercises import UnknownExerciseError, of_item, one
from storage import audit, exercises
from storage.database import Session
from storage.exercises import Placed


class OverError(Exception):
    """The exercise was held or cancelled; nothing about it is changed any more."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(exercise.id)
        self.exercise = exercise


class TooManyItemsError(ValueError):
    """The exercise has as many items as it may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class NotYourItemError(Exception):
    """The item is another unit's."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """The item as it stands; `is_new`: this press has changed it."""

    readiness: Readiness
    placed: Placed
    is_new: bool


async def prepare(
    session: Session, exercise_id: int, unit_id: int | None, day: date, today: date
) -> None:
    """Give the unit its standard checklist."""
    for item in STANDARD:
        due = due_day(day, item.lead, today)
        await exercises.add_item(
            session, exercise_id, unit_id, item.key, due, today, part=item.part
        )


class Planning:
    """Changes of exercises by who may plan them, which the caller has checked."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    async def add(self, session: Session, plan: Plan, by: Person, now: datetime) -> list[int]:
        """Add the exercise, or one for each unit, and return their ids. Raises ExerciseDayError."""
        today = self._schedule.local_day(now)
        day = plan.day or today
        check_exercise_day(day, today)
        owners: list[int | None] = [*sorted(plan.unit_ids)] or [None]
        added = []
        for unit_id in owners:
            exercise_id = await exercises.add(session, plan.title, unit_id, day, now)
            if exercise_id is None:
                raise UnknownExerciseError(plan.title)
            await prepare(session, exercise_id, unit_id, day, today)
            after = {"exercise": plan.title, "day": day.isoformat()}
            await self._note(session, "exercise.add", by, unit_id, now, after=after)
            added.append(exercise_id)
        return added

    async def move(
        self, session: Session, exercise_id: int, day: date, by: Person, now: datetime
    ) -> Readiness:
        """Move the exercise, and the due days of its items with it.

        Raises UnknownExerciseError, OverError and ExerciseDayError.
        """
        today = self._schedule.local_day(now)
        found = await self.open_one(session, exercise_id, now)
        check_exercise_day(day, today)
        before = found.exercise
        if before.day == day:
            return found
        await exercises.save_day(session, exercise_id, day)
        for item in (item for part in found.parts for item in part.items):
            due = moved_due(item, before.day, day, today)
            if due != item.due_day:
                await exercises.save_due(session, item.id, due, today)
        await self._note(
            session,
            "exercise.move",
            by,
            before.unit_id,
            now,
            before={"day": before.day.isoformat()},
            after={"exercise": before.title, "day": day.isoformat()},
        )
        return await one(session, exercise_id, today)

    async def hold(
        self, session: Session, exercise_id: int, by: Person, now: datetime
    ) -> Readiness:
        """Note that it was held. Raises UnknownExerciseError and OverError."""
        exercise = (await self.open_one(session, exercise_id, now)).exercise
        await exercises.save_held(session, exercise_id, now)
        await self._end(session, "exercise.hold", exercise, by, now)
        return await one(session, exercise_id, self._schedule.local_day(now))

    async def cancel(
        self, session: Session, exercise_id: int, by: Person, now: datetime
    ) -> Readiness:
        """Raises UnknownExerciseError and OverError."""
        exercise = (await self.open_one(session, exercise_id, now)).exercise
        await exercises.save_cancelled(session, exercise_id, now)
        await self._end(session, "exercise.cancel", exercise, by, now)
        return await one(session, exercise_id, self._schedule.local_day(now))

    async def open_one(self, session: Session, exercise_id: int, now: datetime) -> Readiness:
        """Raises UnknownExerciseError and OverError."""
        found = await one(session, exercise_id, self._schedule.local_day(now))
        if not found.exercise.is_open:
            raise OverError(found.exercise)
        return found

    async def room_for_item(self, session: Session, exercise_id: int, now: datetime) -> Readiness:
        """Raises UnknownExerciseError, OverError and TooManyItemsError."""
        found = await self.open_one(session, exercise_id, now)
        if found.total >= ITEMS_MOST:
            raise TooManyItemsError(ITEMS_MOST)
        return found

    async def add_item(
        self,
        session: Session,
        exercise_id: int,
        unit_id: int | None,
        title: str,
        by: Person,
        now: datetime,
    ) -> int:
        """Add an own item of the unit and return its id.

        Raises UnknownExerciseError, OverError and TooManyItemsError.
        """
        today = self._schedule.local_day(now)
        exercise = (await self.room_for_item(session, exercise_id, now)).exercise
        due = due_day(exercise.day, OWN_LEAD, today)
        item_id = await exercises.add_item(
            session, exercise_id, unit_id, OWN, due, today, title=title
        )
        after = {"exercise": exercise.title, "title": title, "due": due.isoformat()}
        await self._note(session, "exercise.item_add", by, unit_id, now, after=after)
        return item_id

    async def open_item(
        self, session: Session, item_id: int, now: datetime
    ) -> tuple[Readiness, Placed]:
        """Raises UnknownItemError and OverError."""
        found, placed = await of_item(session, item_id, self._schedule.local_day(now))
        if not found.exercise.is_open:
            raise OverError(found.exercise)
        return found, placed

    async def save_due(
        self, session: Session, item_id: int, day: date, by: Person, now: datetime
    ) -> None:
        """Raises UnknownItemError and OverError."""
        found, placed = await self.open_item(session, item_id, now)
        if placed.item.due_day == day:
            return
        await exercises.save_due(session, item_id, day, self._schedule.local_day(now))
        await self._note(
            session,
            "exercise.item_due",
            by,
            placed.unit_id,
            now,
            before={"due": placed.item.due_day.isoformat()},
            after=_named(found.exercise, placed) | {"due": day.isoformat()},
        )

    async def remove_item(self, session: Session, item_id: int, by: Person, now: datetime) -> None:
        """Raises UnknownItemError and OverError."""
        found, placed = await self.open_item(session, item_id, now)
        await exercises.remove_item(session, item_id, now)
        before = _named(found.exercise, placed)
        await self._note(session, "exercise.item_remove", by, placed.unit_id, now, before=before)

    async def tick(
        self,
        session: Session,
        item_id: int,
        seen: ItemState,
        state: ItemState,
        by: Person,
        now: datetime,
    ) -> Ticked:
        """Say how far the item is, if it still is as it was seen; else nothing is changed.

        Raises UnknownItemError, OverError and NotYourItemError.
        """
        today = self._schedule.local_day(now)
        found, placed = await self.open_item(session, item_id, now)
        role = role_on_items_of(by, placed.unit_id, today)
        if role is None:
            raise NotYourItemError
        is_new = await exercises.save_state(session, item_id, seen, state, by.id, now)
        if is_new:
            after = _named(found.exercise, placed) | {"state": state}
            entry = audit.Entry(
                "exercise.tick",
                by.id,
                role,
                placed.unit_id,
                before=_json({"state": seen}),
                after=_json(after),
            )
            await audit.add(session, entry, now)
        return Ticked(*await of_item(session, item_id, today), is_new)

    async def _end(
        self, session: Session, action: str, exercise: Exercise, by: Person, now: datetime
    ) -> None:
        after = {"exercise": exercise.title, "day": exercise.day.isoformat()}
        await self._note(session, action, by, exercise.unit_id, now, after=after)

    async def _note(
        self,
        session: Session,
        action: str,
        by: Person,
        unit_id: int | None,
        now: datetime,
        *,
        before: dict[str, str] | None = None,
        after: dict[str, str] | None = None,
    ) -> None:
        entry = audit.Entry(
            action,
            by.id,
            by.role_to(Action.MANAGE_EXERCISES, self._schedule.local_day(now)),
            unit_id,
            before=_json(before) if before else None,
            after=_json(after) if after else None,
        )
        await audit.add(session, entry, now)


def _named(exercise: Exercise, placed: Placed) -> dict[str, str]:
    item = placed.item
    name = {"title": item.title} if item.key == OWN else {"item": item.name}
    return {"exercise": exercise.title} | name


def _json(facts: dict[str, str]) -> str:
    return json.dumps(facts, ensure_ascii=False)
