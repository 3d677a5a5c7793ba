"""What reports say, and said by a moment."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.forms import Answers
from storage.database import Session
from storage.times import from_ms, to_ms


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


async def list_not_affirmed(
    session: Session, report_type: str, first: date, last: date, question: str, by: datetime
) -> list[Affirmation]:
    """The reports of these days that, as they stood at a moment, do not answer the question with yes."""
    path = f"$.{question}"
    rows = await session.all(
        "SELECT unit_id, period_start, json_type(answers, ?) AS answer FROM report_revision AS v "
        "WHERE type = ? AND period_start BETWEEN ? AND ? "
        "AND json_type(answers, ?) IS NOT 'true' AND subject = '' "
        "AND revision = (SELECT max(n.revision) FROM report_revision AS n WHERE n.type = v.type "
        "AND n.period_start = v.period_start AND n.subject = v.subject AND n.unit_id = v.unit_id "
        "AND n.submitted_at <= ?)",
        (path, report_type, first.isoformat(), last.isoformat(), path, to_ms(by)),
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
    paths = json.dumps([f"$.{key}" for key in questions])
    # Nearly all say yes. Who does is passed over by the letters alone and without a look at its report,
    # which would take five times as long; CROSS JOIN keeps SQLite to this order.
    rows = await session.all(
        "SELECT v.unit_id, v.period_start, v.answers FROM report_revision AS v "
        "CROSS JOIN report AS r USING (type, period_start, subject, unit_id, revision) "
        "WHERE v.type = ? AND v.period_start BETWEEN ? AND ? "
        "AND (instr(v.answers, 'false') OR instr(v.answers, 'null')) AND v.subject = '' "
        "AND EXISTS (SELECT 1 FROM json_each(?) AS path "
        "WHERE json_type(v.answers, path.value) IN ('false', 'null')) "
        "ORDER BY v.period_start, v.unit_id",
        (report_type, first.isoformat(), last.isoformat(), paths),
    )
    return [
        Answered(
            row["unit_id"], date.fromisoformat(row["period_start"]), json.loads(row["answers"])
        )
        for row in rows
    ]


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
