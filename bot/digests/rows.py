"""A unit's reporting day as a row of values: what a file has of it, in any format."""

from datetime import tzinfo
from typing import Any

from bot.domain.forms import DUTY, problems, total_absent
from bot.domain.measures import UnitDay
from bot.texts import Texts

_COLUMNS = ("day", "unit", "state", "first_submitted_at", "submitted_by", "revision")
_STRENGTH_COLUMNS = ("establishment", "present", "absences")
_LAST_COLUMNS = ("problems", "late_reason")


def columns(*, with_strength: bool) -> tuple[str, ...]:
    """Return the keys of each row, in order."""
    return _COLUMNS + (_STRENGTH_COLUMNS if with_strength else ()) + _LAST_COLUMNS


def row_of(unit_day: UnitDay, zone: tzinfo, texts: Texts) -> dict[str, Any]:
    """Return every column with a date, a time of the zone, a number or words.

    What is not known is None, and revision 0 is no report.
    """
    report = unit_day.report
    row: dict[str, Any] = {
        "day": unit_day.day,
        "unit": unit_day.unit.name,
        "state": unit_day.state,
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
        establishment = report.establishment
        absent = total_absent(report.answers)
        row |= {
            "first_submitted_at": report.first_submitted_at.astimezone(zone),
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
