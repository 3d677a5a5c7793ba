"""Reports as rows for a file: one a unit and day, the missing ones as well."""

from datetime import date, datetime
from typing import Any

from bot.digests.rows import columns, row_of
from bot.domain.calendar import Schedule
from bot.services.compliance import unit_days
from bot.texts import Texts
from storage.database import Session


async def report_rows(
    session: Session,
    schedule: Schedule,
    first: date,
    last: date,
    now: datetime,
    texts: Texts,
    *,
    with_strength: bool,
) -> list[dict[str, Any]]:
    """Return the rows up to today as plain values: days and times are ISO."""
    until = min(last, schedule.local_day(now))
    kept = columns(with_strength=with_strength)
    listed = await unit_days(session, schedule, first, until, now)
    rows = [row_of(unit_day, schedule.zone, texts) for unit_day in listed]
    return [{column: _plain(row[column]) for column in kept} for row in rows]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case str():
            return str(value)
    return value
