"""Courses and other activities, their units and sessions, and the days that the law asks."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.activities import Activity, ActivitySession, NewActivity, Slot
from bot.domain.courses import Requirement
from bot.domain.participation import ActivityKind, Mode
from storage.database import Session
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class ActivityUnit:
    """`liable` None: nobody has told it, so the establishment is meant."""

    activity_id: int
    unit_id: int
    liable: int | None


async def add(session: Session, new: NewActivity, now: datetime) -> int:
    """Return the new activity's id; the caller has checked it."""
    activity_id = await session.insert(
        "INSERT INTO activity (kind, title, category, service, mode, trainer_unit_id, first_day, "
        "last_day, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new.kind,
            new.title,
            new.category,
            new.service,
            new.mode,
            new.trainer_unit_id,
            new.first.isoformat(),
            new.last.isoformat(),
            to_ms(now),
        ),
    )
    await session.run_many(
        "INSERT INTO activity_unit (activity_id, unit_id, liable) VALUES (?, ?, ?)",
        [(activity_id, unit_id, liable) for unit_id, liable in new.liable.items()],
    )
    for slot in new.slots:
        await add_session(session, activity_id, slot)
    return activity_id


async def add_session(session: Session, activity_id: int, slot: Slot) -> int:
    return await session.insert(
        "INSERT INTO activity_session (activity_id, day, starts, ends, half_days, is_make_up) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            activity_id,
            slot.day.isoformat(),
            f"{slot.starts:%H:%M}",
            f"{slot.ends:%H:%M}",
            slot.half_days,
            slot.is_make_up,
        ),
    )


async def get(session: Session, activity_id: int) -> Activity | None:
    row = await session.one("SELECT * FROM activity WHERE id = ?", (activity_id,))
    return _activity(row) if row else None


async def list_between(session: Session, first: date, last: date) -> list[Activity]:
    """Activities with a day or a make-up session in these days, both included, the earliest first."""
    rows = await session.all(
        "SELECT * FROM activity AS a WHERE (first_day <= ? AND last_day >= ?) OR EXISTS "
        "(SELECT 1 FROM activity_session AS s WHERE s.activity_id = a.id "
        " AND s.day BETWEEN ? AND ?) ORDER BY first_day, id",
        (last.isoformat(), first.isoformat(), first.isoformat(), last.isoformat()),
    )
    return [_activity(row) for row in rows]


async def list_all(session: Session) -> list[Activity]:
    """Every activity, the latest first."""
    rows = await session.all("SELECT * FROM activity ORDER BY first_day DESC, id DESC")
    return [_activity(row) for row in rows]


async def list_units(session: Session, activity_ids: Sequence[int]) -> list[ActivityUnit]:
    """The units of these activities, in the configured order."""
    rows = await session.all(
        "SELECT a.* FROM activity_unit AS a JOIN unit AS u ON u.id = a.unit_id "
        "WHERE activity_id IN (SELECT value FROM json_each(?)) ORDER BY activity_id, u.position",
        (json.dumps(activity_ids),),
    )
    return [ActivityUnit(row["activity_id"], row["unit_id"], row["liable"]) for row in rows]


async def save_liable(session: Session, activity_id: int, unit_id: int, liable: int | None) -> bool:
    """Return whether the unit takes part."""
    return bool(
        await session.run(
            "UPDATE activity_unit SET liable = ? WHERE activity_id = ? AND unit_id = ?",
            (liable, activity_id, unit_id),
        )
    )


async def list_sessions(session: Session, activity_ids: Sequence[int]) -> list[ActivitySession]:
    """The sessions of these activities, cancelled ones too, the earliest first."""
    rows = await session.all(
        "SELECT * FROM activity_session WHERE activity_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY day, starts, id",
        (json.dumps(activity_ids),),
    )
    return [_session(row) for row in rows]


async def list_sessions_between(
    session: Session, first: date, last: date
) -> list[tuple[Activity, ActivitySession]]:
    """The sessions of these days that were not cancelled, nor their activities; the earliest first."""
    rows = await session.all(
        "SELECT a.*, s.id AS session_id, s.activity_id, s.day, s.starts, s.ends, s.half_days, "
        "s.is_make_up, s.cancelled_at AS session_cancelled_at "
        "FROM activity_session AS s JOIN activity AS a ON a.id = s.activity_id "
        "WHERE s.day BETWEEN ? AND ? AND s.cancelled_at IS NULL AND a.cancelled_at IS NULL "
        "ORDER BY s.day, s.starts, s.id",
        (first.isoformat(), last.isoformat()),
    )
    return [
        (_activity(row), _session(row, row["session_id"], row["session_cancelled_at"]))
        for row in rows
    ]


async def get_session(session: Session, session_id: int) -> tuple[Activity, ActivitySession] | None:
    row = await session.one("SELECT * FROM activity_session WHERE id = ?", (session_id,))
    activity = await get(session, row["activity_id"]) if row else None
    return (activity, _session(row)) if row and activity else None


async def get_unit(session: Session, activity_id: int, unit_id: int) -> ActivityUnit | None:
    row = await session.one(
        "SELECT * FROM activity_unit WHERE activity_id = ? AND unit_id = ?", (activity_id, unit_id)
    )
    return ActivityUnit(activity_id, unit_id, row["liable"]) if row else None


async def save_mode(session: Session, activity_id: int, mode: Mode) -> None:
    await session.run("UPDATE activity SET mode = ? WHERE id = ?", (mode, activity_id))


async def cancel(session: Session, activity_id: int, now: datetime) -> bool:
    """Return whether it was not cancelled before."""
    return bool(
        await session.run(
            "UPDATE activity SET cancelled_at = ? WHERE id = ? AND cancelled_at IS NULL",
            (to_ms(now), activity_id),
        )
    )


async def cancel_session(session: Session, session_id: int, now: datetime) -> bool:
    """Return whether it was not cancelled before."""
    return bool(
        await session.run(
            "UPDATE activity_session SET cancelled_at = ? WHERE id = ? AND cancelled_at IS NULL",
            (to_ms(now), session_id),
        )
    )


async def remove(session: Session, activity_ids: Sequence[int]) -> None:
    """Erase the activities with their sessions and who attended; what was reported of them goes before."""
    these = (json.dumps(activity_ids),)
    await session.run(
        "DELETE FROM attendance WHERE session_id IN (SELECT id FROM activity_session "
        "WHERE activity_id IN (SELECT value FROM json_each(?)))",
        these,
    )
    await session.run(
        "DELETE FROM activity_session WHERE activity_id IN (SELECT value FROM json_each(?))", these
    )
    await session.run(
        "DELETE FROM activity_unit WHERE activity_id IN (SELECT value FROM json_each(?))", these
    )
    await session.run("DELETE FROM activity WHERE id IN (SELECT value FROM json_each(?))", these)


async def list_requirements(session: Session) -> list[Requirement]:
    rows = await session.all("SELECT * FROM training_requirement")
    return [
        Requirement(
            row["category"], row["service"], row["days"], date.fromisoformat(row["valid_from"])
        )
        for row in rows
    ]


async def headcounts(
    session: Session, report_type: str, first: date, last: date
) -> Mapping[tuple[int, int], tuple[int | None, int]]:
    """Liable and absent, as reported of sessions of these days, by session and unit."""
    rows = await session.all(
        "SELECT subject, unit_id, establishment, absent FROM report "
        "WHERE type = ? AND period_start BETWEEN ? AND ?",
        (report_type, first.isoformat(), last.isoformat()),
    )
    return {
        (int(row["subject"]), row["unit_id"]): (row["establishment"], row["absent"]) for row in rows
    }


async def completed(
    session: Session, report_type: str, first: date, last: date
) -> Mapping[tuple[int, int], int]:
    """People who completed, as reported of activities that ended in these days, by activity and unit."""
    rows = await session.all(
        "SELECT r.subject, r.unit_id, json_extract(v.answers, '$.completed') AS completed "
        "FROM report AS r JOIN report_revision AS v USING (type, period_start, subject, unit_id, revision) "
        "WHERE r.type = ? AND r.period_start BETWEEN ? AND ? ORDER BY r.period_start",
        (report_type, first.isoformat(), last.isoformat()),
    )
    return {(int(row["subject"]), row["unit_id"]): row["completed"] or 0 for row in rows}


def _activity(row: sqlite3.Row) -> Activity:
    return Activity(
        id=row["id"],
        kind=ActivityKind(row["kind"]),
        title=row["title"],
        mode=Mode(row["mode"]),
        first=date.fromisoformat(row["first_day"]),
        last=date.fromisoformat(row["last_day"]),
        category=row["category"],
        service=row["service"],
        trainer_unit_id=row["trainer_unit_id"],
        exercise_id=row["exercise_id"],
        is_cancelled=row["cancelled_at"] is not None,
    )


def _session(
    row: sqlite3.Row, session_id: int | None = None, cancelled_at: int | None = None
) -> ActivitySession:
    return ActivitySession(
        id=session_id or row["id"],
        activity_id=row["activity_id"],
        slot=Slot(
            date.fromisoformat(row["day"]),
            time.fromisoformat(row["starts"]),
            time.fromisoformat(row["ends"]),
            bool(row["is_make_up"]),
        ),
        half_days=row["half_days"],
        is_cancelled=(cancelled_at if session_id else row["cancelled_at"]) is not None,
    )
