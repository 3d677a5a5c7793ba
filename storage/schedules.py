"""Hours other than the settings', for all units or one."""

import sqlite3
from datetime import date, time

from bot.domain.calendar import Hours, ScheduleRule
from storage.database import Session


async def list_all(session: Session) -> list[ScheduleRule]:
    """Every rule that ever held, oldest first."""
    return [
        _rule(row)
        for row in await session.kept("schedule_rule", "SELECT * FROM schedule_rule ORDER BY id")
    ]


async def add(
    session: Session,
    unit_id: int | None,
    weekdays: frozenset[str],
    hours: Hours | None,
    valid_from: date,
) -> None:
    times = (hours.opens, hours.due, hours.locks) if hours else (None, None, None)
    await session.run(
        "INSERT INTO schedule_rule (unit_id, weekdays, opens, due, locks, valid_from) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            unit_id,
            ",".join(sorted(weekdays)),
            *(f"{at:%H:%M}" if at else None for at in times),
            valid_from.isoformat(),
        ),
    )


async def end_all(session: Session, unit_id: int | None, day: date) -> int:
    """Let the rules of this scope (None: the command's own) hold no longer from the day on."""
    return await session.run(
        "UPDATE schedule_rule SET valid_to = max(valid_from, ?1) "
        "WHERE unit_id IS ?2 AND (valid_to IS NULL OR valid_to > ?1)",
        (day.isoformat(), unit_id),
    )


def _rule(row: sqlite3.Row) -> ScheduleRule:
    hours = None
    if row["opens"] is not None:
        hours = Hours(*(time.fromisoformat(row[name]) for name in ("opens", "due", "locks")))
    return ScheduleRule(
        id=row["id"],
        unit_id=row["unit_id"],
        weekdays=frozenset(row["weekdays"].split(",")),
        hours=hours,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
