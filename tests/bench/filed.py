"""Years of reports in a file, as if the bot had taken them in."""

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.bench import stage

LAST = date(2025, 12, 31)
ASKED = date(2025, 12, 15)
NOW = stage.moment("22:00", LAST)

_REPORTS = """
WITH RECURSIVE day(d) AS (
    SELECT ? UNION ALL SELECT date(d, '+1 day') FROM day WHERE d < ?
)
INSERT INTO report (type, period_start, subject, unit_id, first_submitted_at, due_at, revision,
    establishment, absent)
SELECT 'duty', d, '', u.id,
    -- One in sixteen is late, by up to an hour; the deadline is 16:30 in the command's zone.
    unixepoch(d, '09:30:00') * 1000 + CASE WHEN h % 16 = 0 THEN h % 3600 * 1000 ELSE -(h % 3600) * 1000 END,
    unixepoch(d, '09:30:00') * 1000, 1, 24, h % 3
FROM day CROSS JOIN unit AS u
WHERE (u.id * 2654435761 + CAST(julianday(d) AS INTEGER) * 40503) % 32 > 0
"""
# The hash is written out once: SQLite has no names for columns inside the same SELECT.
_HASH = "((u.id * 2654435761 + CAST(julianday(d) AS INTEGER) * 40503) / 32 % 100003)"

_ANSWERS = """
INSERT INTO report_revision (type, period_start, subject, unit_id, revision, submitted_at, person_id,
    role, answers)
SELECT type, period_start, subject, unit_id, revision, first_submitted_at, NULL, 'leader',
    CASE absent
        WHEN 0 THEN '{"absent":{},"safety":true,"order":true}'
        WHEN 1 THEN '{"absent":{"leave":1},"safety":true,"order":true}'
        ELSE '{"absent":{"leave":1,"sick":1},"safety":true,"order":true}'
    END
FROM report WHERE period_start BETWEEN ? AND ?
"""


async def filed(path: Path, units: int, years: int) -> None:
    """A file of so many units, with reports of the last so many years."""
    first = date(LAST.year - years + 1, 1, 1)
    await stage.fill(
        path, units, datetime.combine(first, NOW.time(), NOW.tzinfo) - timedelta(days=1)
    )
    add_reports(path, first, LAST)


def add_reports(path: Path, first: date, last: date) -> None:
    """Add the reports of these days; nearly all units report, most of them on time."""
    span = (first.isoformat(), last.isoformat())
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("DROP INDEX report_unit")
        connection.execute("BEGIN")
        connection.execute("UPDATE command SET first_day = min(first_day, ?)", (span[0],))
        connection.execute(_REPORTS.replace("h %", f"{_HASH} %"), span)
        connection.execute(_ANSWERS, span)
        connection.execute("COMMIT")
        connection.execute("CREATE INDEX report_unit ON report (unit_id, type, period_start)")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
