"""Forms that somebody has begun: one a person, report type, day and unit."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.forms import Answers
from storage.database import Session
from storage.reports import to_json
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class Draft:
    """`seen_revision` is the revision that the form was opened on, 0 where there was none."""

    person_id: int
    report_type: str
    day: date
    unit_id: int
    seen_revision: int
    answers: Answers


async def get(
    session: Session, person_id: int, report_type: str, day: date, unit_id: int
) -> Draft | None:
    row = await session.one(
        "SELECT * FROM draft WHERE person_id = ? AND type = ? AND period_start = ? AND unit_id = ?",
        (person_id, report_type, day.isoformat(), unit_id),
    )
    if row is None:
        return None
    return Draft(
        person_id, report_type, day, unit_id, row["seen_revision"], json.loads(row["answers"])
    )


async def save(session: Session, draft: Draft, now: datetime) -> None:
    await session.run(
        "INSERT INTO draft (person_id, type, period_start, unit_id, seen_revision, answers, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen_revision = excluded.seen_revision, "
        "answers = excluded.answers, updated_at = excluded.updated_at",
        (
            draft.person_id,
            draft.report_type,
            draft.day.isoformat(),
            draft.unit_id,
            draft.seen_revision,
            to_json(draft.answers),
            to_ms(now),
        ),
    )


async def remove(
    session: Session, person_id: int, report_type: str, day: date, unit_id: int
) -> bool:
    return bool(
        await session.run(
            "DELETE FROM draft WHERE person_id = ? AND type = ? AND period_start = ? AND unit_id = ?",
            (person_id, report_type, day.isoformat(), unit_id),
        )
    )


async def list_of(session: Session, person_id: int) -> list[Draft]:
    rows = await session.all(
        "SELECT * FROM draft WHERE person_id = ? ORDER BY updated_at", (person_id,)
    )
    return [
        Draft(
            person_id,
            row["type"],
            date.fromisoformat(row["period_start"]),
            row["unit_id"],
            row["seen_revision"],
            json.loads(row["answers"]),
        )
        for row in rows
    ]


async def remove_older(session: Session, before: datetime) -> None:
    await session.run("DELETE FROM draft WHERE updated_at < ?", (to_ms(before),))
