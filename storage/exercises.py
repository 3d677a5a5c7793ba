"""Exercises, the items of their checklists, and who was reminded of them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.exercise_reminders import Reminded, ReminderRung
from bot.domain.exercises import Exercise
from storage.database import Session
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class Placed:
    """An item, of which exercise and whose it is, and on which day it was last said until when."""

    item: ChecklistItem
    exercise_id: int
    unit_id: int | None
    due_set_day: date


async def add(
    session: Session,
    title: str,
    unit_id: int | None,
    day: date,
    now: datetime,
    *,
    code: str | None = None,
) -> int | None:
    """Return the new exercise's id, or None where the code is taken."""
    if code and await session.one("SELECT 1 FROM exercise WHERE code = ?", (code,)):
        return None
    return await session.insert(
        "INSERT INTO exercise (code, title, unit_id, day, created_at) VALUES (?, ?, ?, ?, ?)",
        (code, title, unit_id, day.isoformat(), to_ms(now)),
    )


async def get(session: Session, exercise_id: int) -> Exercise | None:
    row = await session.one("SELECT * FROM exercise WHERE id = ?", (exercise_id,))
    return _exercise(row) if row else None


async def list_open(session: Session) -> list[Exercise]:
    """Return those of which nobody has said what became of them, the earliest first."""
    rows = await session.all(
        "SELECT * FROM exercise WHERE held_at IS NULL AND cancelled_at IS NULL ORDER BY day, id"
    )
    return [_exercise(row) for row in rows]


async def list_of_year(session: Session, year: int) -> list[Exercise]:
    """Return those of the year that were not cancelled, the earliest first."""
    rows = await session.all(
        "SELECT * FROM exercise WHERE cancelled_at IS NULL AND day BETWEEN ? AND ? ORDER BY day, id",
        (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()),
    )
    return [_exercise(row) for row in rows]


async def save_day(session: Session, exercise_id: int, day: date) -> None:
    await session.run("UPDATE exercise SET day = ? WHERE id = ?", (day.isoformat(), exercise_id))


async def save_held(session: Session, exercise_id: int, now: datetime) -> None:
    await session.run("UPDATE exercise SET held_at = ? WHERE id = ?", (to_ms(now), exercise_id))


async def save_cancelled(session: Session, exercise_id: int, now: datetime) -> None:
    await session.run(
        "UPDATE exercise SET cancelled_at = ? WHERE id = ?", (to_ms(now), exercise_id)
    )


async def add_item(
    session: Session,
    exercise_id: int,
    unit_id: int | None,
    key: str,
    due_day: date,
    today: date,
    *,
    part: str = "",
    title: str = "",
) -> int:
    """Add an item behind the unit's others, and return its id."""
    return await session.insert(
        "INSERT INTO checklist_item "
        "(exercise_id, unit_id, key, part, title, position, due_day, due_set_day) "
        "VALUES (?1, ?2, ?3, ?4, ?5, (SELECT count(*) FROM checklist_item WHERE exercise_id = ?1), "
        "?6, ?7)",
        (exercise_id, unit_id, key, part, title, due_day.isoformat(), today.isoformat()),
    )


async def get_item(session: Session, item_id: int) -> Placed | None:
    """Return the item, unless it was removed."""
    row = await session.one(
        "SELECT * FROM checklist_item WHERE id = ? AND removed_at IS NULL", (item_id,)
    )
    return _placed(row) if row else None


async def list_items(
    session: Session, exercise_ids: Sequence[int], by: datetime | None = None
) -> list[Placed]:
    """Return the items of these exercises, each exercise's in their order.

    What came to its state after the moment `by` counts as open.
    """
    rows = await session.all(
        "SELECT id, exercise_id, unit_id, key, part, title, due_day, due_set_day, "
        "CASE WHEN state_at > ?2 THEN 'open' ELSE state END AS state "
        "FROM checklist_item WHERE exercise_id IN (SELECT value FROM json_each(?1)) "
        "AND removed_at IS NULL ORDER BY exercise_id, position, id",
        (json.dumps(exercise_ids), to_ms(by) if by else None),
    )
    return [_placed(row) for row in rows]


async def list_unfinished(session: Session, today: date, due_until: date) -> list[Placed]:
    """Return what is not done and due by the day, of exercises that are still ahead."""
    rows = await session.all(
        "SELECT i.* FROM checklist_item AS i JOIN exercise AS e ON e.id = i.exercise_id "
        "WHERE i.removed_at IS NULL AND i.state <> 'done' AND i.due_day <= ? "
        "AND e.held_at IS NULL AND e.cancelled_at IS NULL AND e.day >= ? "
        "ORDER BY i.due_day, i.exercise_id, i.position, i.id",
        (due_until.isoformat(), today.isoformat()),
    )
    return [_placed(row) for row in rows]


async def save_state(
    session: Session, item_id: int, seen: ItemState, state: ItemState, by: int, now: datetime
) -> bool:
    """Return whether the item was still in the state that was seen."""
    return bool(
        await session.run(
            "UPDATE checklist_item SET state = ?, state_at = ?, state_by = ? "
            "WHERE id = ? AND state = ? AND removed_at IS NULL",
            (state, to_ms(now), by, item_id, seen),
        )
    )


async def save_due(session: Session, item_id: int, due_day: date, today: date) -> None:
    await session.run(
        "UPDATE checklist_item SET due_day = ?, due_set_day = ? WHERE id = ?",
        (due_day.isoformat(), today.isoformat(), item_id),
    )


async def remove_item(session: Session, item_id: int, now: datetime) -> bool:
    """Return whether it was there."""
    return bool(
        await session.run(
            "UPDATE checklist_item SET removed_at = ? WHERE id = ? AND removed_at IS NULL",
            (to_ms(now), item_id),
        )
    )


async def list_reminded(session: Session, item_ids: Iterable[int]) -> list[Reminded]:
    """Return every reminder of these items."""
    rows = await session.all(
        "SELECT * FROM checklist_reminder WHERE item_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(item_ids)),),
    )
    return [
        Reminded(
            row["item_id"],
            row["person_id"],
            date.fromisoformat(row["due_day"]),
            ReminderRung(row["rung"]),
        )
        for row in rows
    ]


async def list_people_reminded_on(session: Session, day: date) -> frozenset[int]:
    rows = await session.all(
        "SELECT DISTINCT person_id FROM checklist_reminder WHERE day = ?", (day.isoformat(),)
    )
    return frozenset(row["person_id"] for row in rows)


async def add_reminded(session: Session, reminded: Iterable[Reminded], day: date) -> None:
    await session.run_many(
        "INSERT INTO checklist_reminder (item_id, person_id, due_day, rung, day) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (r.item_id, r.person_id, r.due_day.isoformat(), r.rung, day.isoformat())
            for r in reminded
        ],
    )


def _exercise(row: sqlite3.Row) -> Exercise:
    return Exercise(
        id=row["id"],
        title=row["title"],
        unit_id=row["unit_id"],
        day=date.fromisoformat(row["day"]),
        is_held=row["held_at"] is not None,
        is_cancelled=row["cancelled_at"] is not None,
    )


def _placed(row: sqlite3.Row) -> Placed:
    item = ChecklistItem(
        id=row["id"],
        key=row["key"],
        title=row["title"],
        due_day=date.fromisoformat(row["due_day"]),
        state=ItemState(row["state"]),
        part=row["part"],
    )
    return Placed(item, row["exercise_id"], row["unit_id"], date.fromisoformat(row["due_set_day"]))
