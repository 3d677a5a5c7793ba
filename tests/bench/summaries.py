"""Summaries over few and many units and years, against SQL written for the one question."""

import asyncio
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from bot.config import Settings
from bot.domain.measures import Counts
from bot.domain.periods import Period, period, previous
from bot.services.overviews import overview
from storage.database import Database
from tests.bench.filed import ASKED, LAST, NOW, add_reports, filed
from tests.bench.making import longest_stall
from tests.bench.profiles import profiled, top_lines
from tests.bench.results import Measured, ratio

PERIODS = (Period.DAY, Period.MONTH, Period.YEAR)
COMPARED_FROM = 500
STALL_MS = 100
SHORT, LONG = 2, 10  # years; a year is compared with the one before


@dataclass(frozen=True, slots=True)
class Size:
    units: tuple[int, ...] = (13, 500, 3321)
    rounds: int = 5
    years: tuple[int, int] = (SHORT, LONG)


TINY = Size(units=(13,), rounds=1, years=(2, 3))

_DAYS = """
WITH RECURSIVE day(d) AS (
    SELECT ? UNION ALL SELECT date(d, '+1 day') FROM day WHERE d < ?
)
"""
_EXPECTED = """
count(*) AS expected, count(r.unit_id) AS actual, total(r.first_submitted_at <= r.due_at) AS on_time
FROM unit AS u CROSS JOIN day
LEFT JOIN report AS r ON r.type = 'duty' AND r.period_start = day.d AND r.subject = ''
    AND r.unit_id = u.id
WHERE u.valid_from <= day.d AND (u.valid_to IS NULL OR u.valid_to > day.d)
    AND NOT EXISTS (SELECT 1 FROM exemption AS e WHERE (e.unit_id IS NULL OR e.unit_id = u.id)
        AND day.d BETWEEN e.first_day AND coalesce(e.last_day, '9999-12-31'))
"""
_BY_UNIT = f"{_DAYS} SELECT u.id, u.name, {_EXPECTED} GROUP BY u.id ORDER BY u.position"
_TOTAL = f"{_DAYS} SELECT {_EXPECTED}"
_BY_DAY = """
SELECT period_start, sum(establishment), sum(absent) FROM report
WHERE type = 'duty' AND subject = '' AND period_start BETWEEN ? AND ? GROUP BY period_start
"""
_PROBLEMS = """
SELECT r.period_start, r.unit_id, v.answers FROM report AS r
JOIN report_revision AS v USING (type, period_start, subject, unit_id, revision)
WHERE r.type = 'duty' AND r.subject = '' AND r.period_start BETWEEN ? AND ?
    AND (json_extract(v.answers, '$.safety') = 0 OR json_extract(v.answers, '$.order') = 0)
"""
_UNSAFE = """
SELECT count(*) FROM report AS r
JOIN report_revision AS v USING (type, period_start, subject, unit_id, revision)
WHERE r.type = 'duty' AND r.subject = '' AND r.period_start BETWEEN ? AND ?
    AND json_extract(v.answers, '$.safety') = 0
"""
_REASONS = """
SELECT reason.key, sum(reason.value) FROM report AS r
JOIN report_revision AS v USING (type, period_start, subject, unit_id, revision),
    json_each(v.answers, '$.absent') AS reason
WHERE r.type = 'duty' AND r.subject = '' AND r.period_start BETWEEN ? AND ? GROUP BY reason.key
"""


def by_hand(connection: sqlite3.Connection, name: Period) -> Counts:
    """What a message of the period shows, by SQL alone: each unit, each day's people, problems."""
    first, last = period(name, ASKED)
    span = (first.isoformat(), last.isoformat())
    units = connection.execute(_BY_UNIT, span).fetchall()
    connection.execute(_BY_DAY, span).fetchall()
    connection.execute(_PROBLEMS, span).fetchall()
    if name is Period.DAY:
        connection.execute(_REASONS, span).fetchall()
    else:
        before = tuple(day.isoformat() for day in previous(name, first))
        connection.execute(_BY_UNIT, before).fetchall()
    return Counts(*(int(sum(row[column] for row in units)) for column in (2, 3, 4)))


def targets_by_hand(connection: sqlite3.Connection, name: Period) -> None:
    """What a message of a month tells besides: reports in time and problems of safety, of the year so far."""
    if name is Period.MONTH:
        _, last = period(name, ASKED)
        span = (last.replace(month=1, day=1).isoformat(), last.isoformat())
        connection.execute(_TOTAL, span).fetchall()
        connection.execute(_UNSAFE, span).fetchall()


async def by_bot(database: Database, name: Period) -> Counts:
    schedule = Settings(_env_file=None).schedule
    async with database.snapshot() as session:
        told = (await overview(session, schedule, name, ASKED, NOW)).summary
    return told.counts


async def measure(folder: Path, size: Size) -> Measured:
    measured = Measured(
        "summaries",
        "Summaries",
        "The summary of a day, a month and a year, with all that its message shows, against SQL written by "
        "hand for the same figures on the same file: each unit's expected, actual and on time reports, the "
        "same of the period before, each day's people, problems, and with a month the targets of the year so far "
        "(a year has them in its own figures). The bot's has the streaks and gaps of each unit, its targets by "
        "unit, training and exercises as well. A stall is how long the event loop lets its next task wait. "
        f"Files of {size.years[0]} and {size.years[1]} years: a year is compared with the one before, so two are "
        "the least.",
    )
    for units in size.units:
        short, long = folder / f"{units}-short.db", folder / f"{units}-long.db"
        await filed(short, units, size.years[0])
        await asyncio.to_thread(_lengthen, short, long, size.years)
        measured.told(
            f"{units} units, {size.years[1]} years: the file", f"{long.stat().st_size / 1e6:.0f} MB"
        )
        for name in PERIODS:
            await _compare(measured, units, name, short, long, size)
        if units == size.units[-1]:
            measured.at_most(
                f"{units} units, `{Period.MONTH}`: longest stall of the loop",
                1000 * median([await _stall(short) for _ in range(size.rounds)]),
                STALL_MS,
                " ms",
            )
            measured.at_most(
                "`report`: a row on disk with its index", _bytes_a_row(short), 80, " bytes"
            )
            if measured.is_missed:
                measured.profile = await _profile(folder / "profile", short)
        short.unlink()
        long.unlink()
    return measured


async def _stall(path: Path) -> float:
    """Seconds that others wait at most while a month is told."""
    async with Database.open(path) as database:
        stop = asyncio.Event()
        watching = asyncio.create_task(longest_stall(stop))
        await asyncio.sleep(0)
        await by_bot(database, Period.MONTH)
        stop.set()
        return await watching


async def _profile(kept: Path, path: Path) -> list[str]:
    async with Database.open(path) as database:
        with profiled(kept):
            for name in PERIODS:
                await by_bot(database, name)
    return top_lines(kept)


def _lengthen(short: Path, long: Path, years: tuple[int, int]) -> None:
    shutil.copy(short, long)
    first = date(LAST.year - years[1] + 1, 1, 1)
    add_reports(long, first, date(LAST.year - years[0], 12, 31))


async def _compare(
    measured: Measured, units: int, name: Period, short: Path, long: Path, size: Size
) -> None:
    ours: list[float] = []
    ours_long: list[float] = []
    theirs: list[float] = []
    theirs_of_days: list[float] = []
    async with Database.open(short) as database, Database.open(long) as database_long:
        with closing(sqlite3.connect(short)) as connection:
            for number in range(size.rounds + 1):
                took, told = await _timed_bot(database, name)
                took_long, _ = await _timed_bot(database_long, name)
                began = time.perf_counter()
                by_sql = by_hand(connection, name)
                took_of_days = time.perf_counter() - began
                targets_by_hand(connection, name)
                took_by_hand = time.perf_counter() - began
                if told != by_sql:
                    raise AssertionError(f"{units} units, {name}: {told}, by SQL {by_sql}")
                if number:  # the first only warms the memory of the files
                    ours.append(took)
                    ours_long.append(took_long)
                    theirs.append(took_by_hand)
                    theirs_of_days.append(took_of_days)
    what = f"{units} units, `{name}`"
    against = ratio(ours, theirs)
    if units >= COMPARED_FROM:
        measured.at_most(f"{what}: against SQL by hand", against, 1.2)
    else:
        measured.told(f"{what}: against SQL by hand", f"{against:.2f} ×")
    if name is Period.MONTH:
        measured.told(
            f"{what}: against SQL that leaves the targets out",
            f"{ratio(ours, theirs_of_days):.2f} ×",
        )
    longer = ratio(ours_long, ours)
    measured.at_most(f"{what}: {size.years[1]} years against {size.years[0]}", longer, 1.2)


async def _timed_bot(database: Database, name: Period) -> tuple[float, Counts]:
    began = time.perf_counter()
    told = await by_bot(database, name)
    return time.perf_counter() - began, told


def _bytes_a_row(path: Path) -> float:
    with closing(sqlite3.connect(path)) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM report").fetchone()
        (size,) = connection.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name IN ('report', 'report_unit')"
        ).fetchone()
    return int(size) / int(rows)
