"""Reports as rows for a file: one a unit and day, the missing ones as well."""

from datetime import date, datetime
from typing import Any

from bot.domain.calendar import Schedule
from bot.domain.forms import DUTY, problems, total_absent
from bot.domain.measures import UnitDay
from bot.services.compliance import unit_days
from bot.texts import Texts
from storage.database import Session

_COLUMNS = ("day", "unit", "state", "first_submitted_at", "submitted_by", "revision")
_STRENGTH_COLUMNS = ("establishment", "present", "absences")
_LAST_COLUMNS = ("problems", "late_reason")


def columns(*, with_strength: bool) -> tuple[str, ...]:
    """Return the keys of each row, in order."""
    return _COLUMNS + (_STRENGTH_COLUMNS if with_strength else ()) + _LAST_COLUMNS


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
    """Return the rows up to today; what is not known is None, and revision 0 is no report."""
    until = min(last, schedule.local_day(now))
    kept = columns(with_strength=with_strength)
    listed = await unit_days(session, schedule, first, until, now)
    rows = [_row(unit_day, schedule, texts) for unit_day in listed]
    return [{column: row[column] for column in kept} for row in rows]


def _row(unit_day: UnitDay, schedule: Schedule, texts: Texts) -> dict[str, Any]:
    report = unit_day.report
    row: dict[str, Any] = {
        "day": unit_day.day.isoformat(),
        "unit": unit_day.unit.name,
        "state": unit_day.state.value,
        "first_submitted_at": None,
        "submitted_by": "",
        "revision": 0,
        "establishment": None,
        "present": None,
        "absences": "",
        "problems": "",
        "late_reason": "",
    }
    if report:
        submitted_at = report.first_submitted_at.astimezone(schedule.zone)
        establishment = report.establishment
        absent = total_absent(report.answers)
        row |= {
            "first_submitted_at": submitted_at.isoformat(timespec="seconds"),
            "submitted_by": texts.position(report.author),
            "revision": report.revision,
            "establishment": establishment,
            "present": None if establishment is None else establishment - absent,
            "absences": texts.absences(report.answers.get("absent", {})),
            "problems": "; ".join(
                texts.reported_problems[key] for key in problems(DUTY, report.answers)
            ),
            "late_reason": report.late_reason,
        }
    return row
