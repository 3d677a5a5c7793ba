import json
import sqlite3
from datetime import date

from bot.domain.forms import Answers, total_absent
from bot.domain.people import Role
from bot.domain.reports import Author, Report
from storage.database import Session
from storage.times import from_ms, to_ms

_NEWEST = """
SELECT r.*, v.submitted_at, v.person_id, v.role, v.answers
FROM report AS r JOIN report_revision AS v USING (type, period_start, subject, unit_id, revision)
WHERE r.type = ? AND r.subject = ''
"""


async def get(session: Session, report_type: str, day: date, unit_id: int) -> Report | None:
    row = await session.one(
        f"{_NEWEST} AND r.period_start = ? AND r.unit_id = ?",
        (report_type, day.isoformat(), unit_id),
    )
    return _report(row) if row else None


async def list_between(session: Session, report_type: str, first: date, last: date) -> list[Report]:
    """The newest revision of each report of these days, both included."""
    rows = await session.all(
        f"{_NEWEST} AND r.period_start BETWEEN ? AND ? ORDER BY r.period_start, r.unit_id",
        (report_type, first.isoformat(), last.isoformat()),
    )
    return [_report(row) for row in rows]


async def get_latest_before(
    session: Session, report_type: str, day: date, unit_id: int
) -> Report | None:
    row = await session.one(
        f"{_NEWEST} AND r.unit_id = ? AND r.period_start < ? ORDER BY r.period_start DESC LIMIT 1",
        (report_type, unit_id, day.isoformat()),
    )
    return _report(row) if row else None


async def save(session: Session, report_type: str, report: Report) -> None:
    """Save the report as its newest revision; the first submission's time is kept."""
    day = report.day.isoformat()
    await session.run(
        "INSERT INTO report (type, period_start, unit_id, first_submitted_at, due_at, revision, "
        "establishment, absent) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET revision = excluded.revision, "
        "establishment = excluded.establishment, absent = excluded.absent",
        (
            report_type,
            day,
            report.unit_id,
            to_ms(report.first_submitted_at),
            to_ms(report.due_at),
            report.revision,
            report.establishment,
            total_absent(report.answers),
        ),
    )
    await session.run(
        "INSERT INTO report_revision (type, period_start, unit_id, revision, submitted_at, person_id, "
        "role, answers) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            report_type,
            day,
            report.unit_id,
            report.revision,
            to_ms(report.revised_at),
            report.author.person_id,
            report.author.role,
            to_json(report.answers),
        ),
    )


def to_json(answers: Answers) -> str:
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))


def _report(row: sqlite3.Row) -> Report:
    return Report(
        unit_id=row["unit_id"],
        day=date.fromisoformat(row["period_start"]),
        first_submitted_at=from_ms(row["first_submitted_at"]),
        due_at=from_ms(row["due_at"]),
        revision=row["revision"],
        revised_at=from_ms(row["submitted_at"]),
        author=Author(row["person_id"], Role(row["role"]) if row["role"] else None),
        establishment=row["establishment"],
        answers=json.loads(row["answers"]),
    )
