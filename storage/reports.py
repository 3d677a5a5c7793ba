import asyncio
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.forms import Answers, total_absent
from bot.domain.people import Role
from bot.domain.reports import Author, Report
from storage.database import Session
from storage.times import from_ms, to_ms

_COLUMNS = "SELECT r.*, v.revision AS of_revision, v.submitted_at, v.person_id, v.role, v.answers"
_NEWEST = f"""
{_COLUMNS}
FROM report AS r JOIN report_revision AS v USING (type, period_start, subject, unit_id)
WHERE r.type = ? AND r.subject = ? AND v.revision = r.revision
"""
# One unit's reports, and then what they say. SQLite is told the way: without statistics, which a file has
# only after a while, it would rather read the reports of all units.
_OF_UNIT = (
    "WITH r AS MATERIALIZED (SELECT * FROM report INDEXED BY report_unit "
    "WHERE unit_id = ? AND type = ? AND subject = '' AND "
)
_THEIR_REVISIONS = f"""
) {_COLUMNS} FROM r CROSS JOIN report_revision AS v USING (type, period_start, subject, unit_id)
"""


@dataclass(frozen=True, slots=True)
class Revised:
    """A report, and how often it was revised; `subject` is empty where a unit has one a day."""

    report_type: str
    subject: str
    unit_id: int
    day: date
    revision: int


async def get(
    session: Session, report_type: str, day: date, unit_id: int, subject: str = ""
) -> Report | None:
    row = await session.one(
        f"{_NEWEST} AND r.period_start = ? AND r.unit_id = ?",
        (report_type, subject, day.isoformat(), unit_id),
    )
    return _report(row) if row else None


async def list_about(
    session: Session, report_type: str, subjects: Sequence[str]
) -> dict[tuple[str, int], Report]:
    """The newest revision of each report about one of these, by subject and unit."""
    rows = await session.all(
        "SELECT r.*, v.revision AS of_revision, v.submitted_at, v.person_id, v.role, v.answers "
        "FROM report AS r JOIN report_revision AS v "
        "USING (type, period_start, subject, unit_id, revision) "
        "WHERE r.type = ? AND r.subject IN (SELECT value FROM json_each(?)) "
        "ORDER BY r.period_start",
        (report_type, json.dumps(list(subjects))),
    )
    return {(row["subject"], row["unit_id"]): _report(row) for row in rows}


async def list_between(session: Session, report_type: str, first: date, last: date) -> list[Report]:
    """The newest revision of each report of these days, both included."""
    rows = await session.all(
        f"{_NEWEST} AND r.period_start BETWEEN ? AND ? ORDER BY r.period_start, r.unit_id",
        (report_type, "", first.isoformat(), last.isoformat()),
    )
    # A month of thousands of units is a hundred thousand rows; others go on meanwhile.
    return await asyncio.to_thread(lambda: [_report(row) for row in rows])


async def list_revised(session: Session, first: date, last: date) -> list[Revised]:
    """Every report of these days, of each type and about each subject, with its newest revision."""
    rows = await session.all(
        "SELECT type, subject, unit_id, period_start, revision FROM report "
        "WHERE period_start BETWEEN ? AND ? ORDER BY type, subject, period_start, unit_id",
        (first.isoformat(), last.isoformat()),
    )
    return [
        Revised(
            row["type"],
            row["subject"],
            row["unit_id"],
            date.fromisoformat(row["period_start"]),
            row["revision"],
        )
        for row in rows
    ]


async def get_latest_before(
    session: Session, report_type: str, day: date, unit_id: int
) -> Report | None:
    row = await session.one(
        f"{_OF_UNIT} period_start < ? ORDER BY period_start DESC LIMIT 1 {_THEIR_REVISIONS} "
        "WHERE v.revision = r.revision",
        (unit_id, report_type, day.isoformat()),
    )
    return _report(row) if row else None


async def get_newest_but(
    session: Session, report_type: str, day: date, unit_id: int
) -> Report | None:
    """The report that came in last, but that of this day; reports asked in between are in their order."""
    row = await session.one(
        f"{_OF_UNIT} period_start <> ? ORDER BY first_submitted_at DESC LIMIT 1 {_THEIR_REVISIONS} "
        "WHERE v.revision = r.revision",
        (unit_id, report_type, day.isoformat()),
    )
    return _report(row) if row else None


async def save(session: Session, report_type: str, report: Report, subject: str = "") -> None:
    """Save the report as its newest revision; the first submission's time is kept."""
    day = report.day.isoformat()
    await session.run(
        "INSERT INTO report (type, period_start, unit_id, first_submitted_at, due_at, revision, "
        "establishment, absent, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
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
            subject,
        ),
    )
    await session.run(
        "INSERT INTO report_revision (type, period_start, unit_id, revision, submitted_at, person_id, "
        "role, answers, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            report_type,
            day,
            report.unit_id,
            report.revision,
            to_ms(report.revised_at),
            report.author.person_id,
            report.author.role,
            to_json(report.answers),
            subject,
        ),
    )


async def save_due(
    session: Session, report_type: str, day: date, unit_id: int, due: datetime
) -> None:
    """Move the deadline that the report is judged by."""
    await session.run(
        "UPDATE report SET due_at = ? WHERE type = ? AND period_start = ? AND subject = '' "
        "AND unit_id = ?",
        (to_ms(due), report_type, day.isoformat(), unit_id),
    )


async def save_late_reason(
    session: Session, report_type: str, report: Report, reason: str, subject: str = ""
) -> None:
    await session.run(
        "UPDATE report SET late_reason = ? WHERE type = ? AND period_start = ? AND subject = ? "
        "AND unit_id = ?",
        (reason, report_type, report.day.isoformat(), subject, report.unit_id),
    )


async def list_revisions(
    session: Session, report_type: str, unit_id: int, first: date, last: date
) -> list[Report]:
    """Every revision of the unit's reports of these days, oldest first."""
    rows = await session.all(
        f"{_OF_UNIT} period_start BETWEEN ? AND ? {_THEIR_REVISIONS} "
        "ORDER BY r.period_start, v.revision",
        (unit_id, report_type, first.isoformat(), last.isoformat()),
    )
    return [_report(row) for row in rows]


async def remove_before(session: Session, report_type: str, day: date) -> tuple[int, int]:
    """Erase what was reported of days before this one; return how many reports and how many revisions."""
    erased = (report_type, day.isoformat())
    revisions = await session.run(
        "DELETE FROM report_revision WHERE type = ? AND period_start < ?", erased
    )
    reported = await session.run("DELETE FROM report WHERE type = ? AND period_start < ?", erased)
    return reported, revisions


async def remove_about(session: Session, report_type: str, subjects: Sequence[str]) -> int:
    """Erase what was reported about these; return how many reports."""
    erased = (report_type, json.dumps(list(subjects)))
    await session.run(
        "DELETE FROM report_revision "
        "WHERE type = ? AND subject IN (SELECT value FROM json_each(?))",
        erased,
    )
    return await session.run(
        "DELETE FROM report WHERE type = ? AND subject IN (SELECT value FROM json_each(?))", erased
    )


def to_json(answers: Answers) -> str:
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))


def _report(row: sqlite3.Row) -> Report:
    return Report(
        unit_id=row["unit_id"],
        day=date.fromisoformat(row["period_start"]),
        first_submitted_at=from_ms(row["first_submitted_at"]),
        due_at=from_ms(row["due_at"]),
        revision=row["of_revision"],
        revised_at=from_ms(row["submitted_at"]),
        author=Author(row["person_id"], Role(row["role"]) if row["role"] else None),
        establishment=row["establishment"],
        answers=json.loads(row["answers"]),
        late_reason=row["late_reason"] or "",
    )
