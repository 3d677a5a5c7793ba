import asyncio
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.forms import Answers, total_absent
from bot.domain.people import Role
from bot.domain.reports import Author, Report
from bot.domain.standings import Muster
from bot.domain.tallying import Arrivals
from storage.database import Session
from storage.times import from_ms, to_ms, to_ms_or_none

_REVISIONS = """
SELECT r.*, v.revision AS of_revision, v.submitted_at, v.person_id, v.role, v.answers
FROM report AS r JOIN report_revision AS v USING (type, period_start, subject, unit_id)
WHERE r.type = ? AND r.subject = ?
"""
_NEWEST = f"{_REVISIONS} AND v.revision = r.revision"


@dataclass(frozen=True, slots=True)
class Answered:
    """What one report says by now."""

    unit_id: int
    day: date
    answers: Answers


@dataclass(frozen=True, slots=True)
class Told:
    """What one revision of a report says."""

    unit_id: int
    at: datetime
    answers: Answers


@dataclass(frozen=True, slots=True)
class Affirmation:
    """A report that does not answer a question with yes: with no (`is_denied`), or not at all."""

    unit_id: int
    day: date
    is_denied: bool


@dataclass(frozen=True, slots=True)
class Revised:
    """A report, and how often it was revised; `subject` is empty where a unit has one a day."""

    report_type: str
    subject: str
    unit_id: int
    day: date
    revision: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a report first came in, and the deadline that it is judged by."""

    unit_id: int
    day: date
    first_submitted_at: datetime
    due_at: datetime


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


async def list_arrivals(
    session: Session, report_type: str, first: date, last: date
) -> list[Arrival]:
    """The arrival of each report of these days, both included."""
    rows = await session.all(
        "SELECT unit_id, period_start, first_submitted_at, due_at FROM report "
        "WHERE type = ? AND subject = '' AND period_start BETWEEN ? AND ?",
        (report_type, first.isoformat(), last.isoformat()),
    )
    return [
        Arrival(
            row["unit_id"],
            date.fromisoformat(row["period_start"]),
            from_ms(row["first_submitted_at"]),
            from_ms(row["due_at"]),
        )
        for row in rows
    ]


async def arrivals_by_day(
    session: Session, report_type: str, first: date, last: date, by: datetime | None = None
) -> dict[date, Arrivals]:
    """Who has reported on each of these days (or had by a moment), for thousands of units and a year."""
    rows = await session.all(
        "SELECT period_start, group_concat(unit_id) AS came, "
        "group_concat(CASE WHEN first_submitted_at <= due_at THEN unit_id END) AS on_time "
        "FROM report AS r WHERE type = ?1 AND subject = '' AND period_start BETWEEN ?2 AND ?3 "
        "AND (?4 IS NULL OR EXISTS (SELECT 1 FROM report_revision AS v WHERE v.type = r.type "
        "AND v.period_start = r.period_start AND v.subject = r.subject AND v.unit_id = r.unit_id "
        "AND v.submitted_at <= ?4)) GROUP BY period_start",
        (report_type, first.isoformat(), last.isoformat(), to_ms_or_none(by)),
    )
    return {
        date.fromisoformat(row["period_start"]): Arrivals(_ids(row["came"]), _ids(row["on_time"]))
        for row in rows
    }


async def musters_by_day(
    session: Session, report_type: str, first: date, last: date
) -> dict[date, Muster]:
    """The people of each day's reports that have an establishment."""
    rows = await session.all(
        "SELECT period_start, sum(establishment) AS establishment, sum(absent) AS absent FROM report "
        "WHERE type = ? AND subject = '' AND establishment IS NOT NULL "
        "AND period_start BETWEEN ? AND ? GROUP BY period_start",
        (report_type, first.isoformat(), last.isoformat()),
    )
    return {
        date.fromisoformat(row["period_start"]): Muster(row["establishment"], row["absent"], days=1)
        for row in rows
    }


async def muster_of(
    session: Session, report_type: str, day: date, unit_ids: Iterable[int]
) -> Muster:
    """The people of these units' reports of the day."""
    row = await session.one(
        "SELECT sum(establishment) AS establishment, sum(absent) AS absent FROM report "
        "WHERE type = ? AND subject = '' AND period_start = ? AND establishment IS NOT NULL "
        "AND unit_id IN (SELECT value FROM json_each(?))",
        (report_type, day.isoformat(), json.dumps(list(unit_ids))),
    )
    return Muster(row["establishment"] or 0, row["absent"] or 0) if row else Muster()


async def list_not_affirmed(
    session: Session, report_type: str, first: date, last: date, question: str, by: datetime
) -> list[Affirmation]:
    """The reports of these days that, as they stood at a moment, do not answer the question with yes."""
    path = f"$.{question}"
    rows = await session.all(
        "SELECT r.unit_id, r.period_start, json_type(v.answers, ?) AS answer "
        "FROM report AS r JOIN report_revision AS v USING (type, period_start, subject, unit_id) "
        "WHERE r.type = ? AND r.subject = '' AND r.period_start BETWEEN ? AND ? "
        "AND v.revision = (SELECT max(n.revision) FROM report_revision AS n WHERE n.type = r.type "
        "AND n.period_start = r.period_start AND n.subject = r.subject AND n.unit_id = r.unit_id "
        "AND n.submitted_at <= ?) AND json_type(v.answers, ?) IS NOT 'true'",
        (path, report_type, first.isoformat(), last.isoformat(), to_ms(by), path),
    )
    return [
        Affirmation(
            row["unit_id"],
            date.fromisoformat(row["period_start"]),
            is_denied=row["answer"] == "false",
        )
        for row in rows
    ]


async def list_answered(
    session: Session,
    report_type: str,
    first: date,
    last: date,
    questions: Iterable[str],
) -> list[Answered]:
    """The reports of these days that answer one of the yes-no questions with no, or leave it open."""
    paths = [f"$.{key}" for key in questions]
    wanted = " OR ".join("json_type(v.answers, ?) IN ('false', 'null')" for _ in paths)
    rows = await session.all(
        f"{_NEWEST} AND r.period_start BETWEEN ? AND ? AND ({wanted}) "
        "ORDER BY r.period_start, r.unit_id",
        (report_type, "", first.isoformat(), last.isoformat(), *paths),
    )
    return [
        Answered(
            row["unit_id"], date.fromisoformat(row["period_start"]), json.loads(row["answers"])
        )
        for row in rows
    ]


def _ids(joined: str | None) -> tuple[int, ...]:
    return tuple(map(int, joined.split(","))) if joined else ()


async def get_latest_before(
    session: Session, report_type: str, day: date, unit_id: int
) -> Report | None:
    row = await session.one(
        f"{_NEWEST} AND r.unit_id = ? AND r.period_start < ? ORDER BY r.period_start DESC LIMIT 1",
        (report_type, "", unit_id, day.isoformat()),
    )
    return _report(row) if row else None


async def get_newest_but(
    session: Session, report_type: str, day: date, unit_id: int
) -> Report | None:
    """The report that came in last, but that of this day; reports asked in between are in their order."""
    row = await session.one(
        f"{_NEWEST} AND r.unit_id = ? AND r.period_start <> ? "
        "ORDER BY r.first_submitted_at DESC LIMIT 1",
        (report_type, "", unit_id, day.isoformat()),
    )
    return _report(row) if row else None


async def list_told(
    session: Session, report_types: Iterable[str], until: datetime
) -> list[tuple[str, Told]]:
    """Every revision of these reports up to the moment, with its report type, oldest first."""
    rows = await session.all(
        "SELECT type, unit_id, submitted_at, answers FROM report_revision "
        "WHERE type IN (SELECT value FROM json_each(?)) AND submitted_at <= ? "
        "ORDER BY submitted_at, period_start, revision",
        (json.dumps(list(report_types)), to_ms(until)),
    )
    return [
        (r["type"], Told(r["unit_id"], from_ms(r["submitted_at"]), json.loads(r["answers"])))
        for r in rows
    ]


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
        f"{_REVISIONS} AND r.unit_id = ? AND r.period_start BETWEEN ? AND ? "
        "ORDER BY r.period_start, v.revision",
        (report_type, "", unit_id, first.isoformat(), last.isoformat()),
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
