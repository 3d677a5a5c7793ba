"""What the resolutions ask, and the states and counts that people gave for it."""

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from bot.domain.target_measures import Count
from bot.domain.targets import (
    Measure,
    Operator,
    Status,
    Target,
    TargetState,
    UnitOfMeasure,
)
from storage.database import Session
from storage.times import from_ms, to_ms


async def list_all(session: Session) -> list[Target]:
    """Every target with its past and coming rows, in their order, then by day."""
    rows = await session.all("SELECT * FROM target ORDER BY position, key, valid_from")
    return [_target(row) for row in rows]


async def add_new(session: Session, targets: Iterable[Target]) -> int:
    """Add the targets whose keys are not there yet; return how many."""
    known = {row["key"] for row in await session.all("SELECT DISTINCT key FROM target")}
    new = [target for target in targets if target.key not in known]
    for target in new:
        await save(session, target)
    return len(new)


async def save(session: Session, target: Target) -> None:
    """Save the row of that key and first day; it takes the place of one that is there."""
    await session.run(
        "INSERT OR REPLACE INTO target (key, valid_from, valid_to, position, phrase_vi, phrase_en, "
        "short_vi, short_en, measure, operator, value, unit_of_measure, scope, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            target.key,
            target.valid_from.isoformat(),
            target.valid_to.isoformat() if target.valid_to else None,
            target.position,
            target.phrases["vi"],
            target.phrases["en"],
            target.shorts["vi"],
            target.shorts["en"],
            target.measure,
            target.operator,
            None if target.value is None else decimal(target.value),
            target.unit_of_measure,
            target.scope,
            target.source,
        ),
    )


async def end(session: Session, key: str, day: date) -> None:
    """Let the target hold no longer from the day on; rows that would only begin then are removed."""
    await session.run(
        "DELETE FROM target WHERE key = ? AND valid_from >= ?", (key, day.isoformat())
    )
    await session.run(
        "UPDATE target SET valid_to = ?1 WHERE key = ?2 AND (valid_to IS NULL OR valid_to > ?1)",
        (day.isoformat(), key),
    )


def decimal(value: Fraction) -> str:
    """A number with at most two decimals, as it is kept."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


async def list_statuses(session: Session, until: datetime) -> list[Status]:
    """Every state given up to the moment, oldest first."""
    rows = await session.all(
        "SELECT * FROM target_status WHERE at <= ? ORDER BY at, id", (to_ms(until),)
    )
    return [Status(r["key"], r["unit_id"], TargetState(r["state"]), from_ms(r["at"])) for r in rows]


async def add_status(session: Session, status: Status, person_id: int) -> None:
    await session.run(
        "INSERT INTO target_status (key, unit_id, state, at, person_id) VALUES (?, ?, ?, ?, ?)",
        (status.key, status.unit_id, status.state, to_ms(status.at), person_id),
    )


async def list_counts(session: Session, until: datetime) -> list[Count]:
    """Every pair of counts that units gave, before they reported them, up to the moment, oldest first."""
    rows = await session.all(
        "SELECT * FROM target_count WHERE at <= ? ORDER BY at, id", (to_ms(until),)
    )
    return [Count(r["key"], r["unit_id"], r["part"], r["whole"], from_ms(r["at"])) for r in rows]


def _target(row: sqlite3.Row) -> Target:
    return Target(
        key=row["key"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        position=row["position"],
        phrases={"vi": row["phrase_vi"], "en": row["phrase_en"]},
        shorts={"vi": row["short_vi"], "en": row["short_en"]},
        measure=Measure(row["measure"]),
        operator=Operator(row["operator"]),
        value=None if row["value"] is None else Fraction(row["value"]),
        unit_of_measure=UnitOfMeasure(row["unit_of_measure"]),
        scope=row["scope"],
        source=row["source"],
    )
