"""Which report came on which day and in what time, and how many people it told of."""

import asyncio
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.standings import Muster, days_of_each
from bot.domain.tallying import Arrivals
from storage.database import Session
from storage.times import from_ms, to_ms_or_none


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a report first came in, and the deadline that it is judged by."""

    unit_id: int
    day: date
    first_submitted_at: datetime
    due_at: datetime


async def list_between(
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


async def by_unit(
    session: Session, report_type: str, first: date, last: date, by: datetime | None = None
) -> Arrivals:
    """On which of these days (from the first on) each unit has reported, or had by a moment."""
    rows = await session.all(
        "SELECT period_start, json_group_array(unit_id) AS came, "
        "json_group_array(unit_id) FILTER (WHERE first_submitted_at > due_at) AS late "
        "FROM report AS r WHERE type = ?1 AND subject = '' AND period_start BETWEEN ?2 AND ?3 "
        "AND (?4 IS NULL OR EXISTS (SELECT 1 FROM report_revision AS v WHERE v.type = r.type "
        "AND v.period_start = r.period_start AND v.subject = r.subject AND v.unit_id = r.unit_id "
        "AND v.submitted_at <= ?4)) GROUP BY period_start",
        (report_type, first.isoformat(), last.isoformat(), to_ms_or_none(by)),
    )
    # Thousands of units over a year are a million ids; others go on meanwhile.
    return await asyncio.to_thread(
        lambda: Arrivals(_days(rows, "came", first), _days(rows, "late", first))
    )


def _days(rows: Iterable[sqlite3.Row], column: str, first: date) -> dict[int, int]:
    """The set of days of each unit that is in the column, which has the ids of a day."""
    return days_of_each(
        {
            (date.fromisoformat(row["period_start"]) - first).days: json.loads(row[column])
            for row in rows
        }
    )


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
