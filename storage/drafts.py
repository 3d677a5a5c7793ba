"""Forms that somebody has begun: one a person, report type, day and unit."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.forms import Answers
from storage.database import Session
from storage.reports import to_json
from storage.times import from_ms_or_none, to_ms, to_ms_or_none


@dataclass(frozen=True, slots=True)
class Draft:
    """`seen_revision` is the revision that the form was opened on, 0 where there was none.

    `typed_at`: when the answers were typed as one complete line, if they are still just that.
    """

    person_id: int
    report_type: str
    day: date
    unit_id: int
    seen_revision: int
    answers: Answers
    typed_at: datetime | None = None
    subject: str = ""


async def get(
    session: Session,
    person_id: int,
    report_type: str,
    day: date,
    unit_id: int,
    subject: str = "",
) -> Draft | None:
    row = await session.one(
        "SELECT * FROM draft WHERE person_id = ? AND type = ? AND period_start = ? AND unit_id = ? "
        "AND subject = ?",
        (person_id, report_type, day.isoformat(), unit_id, subject),
    )
    return _draft(row) if row else None


async def save(session: Session, draft: Draft, now: datetime) -> None:
    await session.run(
        "INSERT INTO draft (person_id, type, period_start, unit_id, seen_revision, answers, typed_at, "
        "updated_at, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "seen_revision = excluded.seen_revision, answers = excluded.answers, "
        "typed_at = excluded.typed_at, updated_at = excluded.updated_at",
        (
            draft.person_id,
            draft.report_type,
            draft.day.isoformat(),
            draft.unit_id,
            draft.seen_revision,
            to_json(draft.answers),
            to_ms_or_none(draft.typed_at),
            to_ms(now),
            draft.subject,
        ),
    )


async def remove(
    session: Session,
    person_id: int,
    report_type: str,
    day: date,
    unit_id: int,
    subject: str = "",
) -> bool:
    return bool(
        await session.run(
            "DELETE FROM draft WHERE person_id = ? AND type = ? AND period_start = ? AND unit_id = ? "
            "AND subject = ?",
            (person_id, report_type, day.isoformat(), unit_id, subject),
        )
    )


async def remove_of_unit(session: Session, person_id: int, unit_id: int) -> None:
    """Drop what the person has begun for the unit."""
    await session.run("DELETE FROM draft WHERE person_id = ? AND unit_id = ?", (person_id, unit_id))


async def list_of(session: Session, person_id: int) -> list[Draft]:
    rows = await session.all(
        "SELECT * FROM draft WHERE person_id = ? ORDER BY updated_at", (person_id,)
    )
    return [_draft(row) for row in rows]


async def remove_older(session: Session, before: datetime) -> None:
    await session.run("DELETE FROM draft WHERE updated_at < ?", (to_ms(before),))


def _draft(row: sqlite3.Row) -> Draft:
    return Draft(
        person_id=row["person_id"],
        report_type=row["type"],
        day=date.fromisoformat(row["period_start"]),
        unit_id=row["unit_id"],
        seen_revision=row["seen_revision"],
        answers=json.loads(row["answers"]),
        typed_at=from_ms_or_none(row["typed_at"]),
        subject=row["subject"],
    )
