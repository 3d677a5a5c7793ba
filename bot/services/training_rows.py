"""Attendance as rows for a file: one a unit, activity and session."""

from datetime import date, datetime
from typing import Any

from bot.domain.calendar import Schedule
from bot.domain.forms import ATTENDANCE, absent_by_reason
from bot.services.participation import participations
from bot.texts import Texts
from storage import activities, reports, units
from storage.database import Session

_COLUMNS = ("day", "activity", "kind", "mode", "unit", "session", "is_make_up", "is_reported")
_STRENGTH_COLUMNS = ("liable", "present", "absences", "completed")


def columns(*, with_strength: bool) -> tuple[str, ...]:
    """Return the keys of each row, in order."""
    return _COLUMNS + (_STRENGTH_COLUMNS if with_strength else ())


async def rows(
    session: Session,
    schedule: Schedule,
    first: date,
    last: date,
    now: datetime,
    texts: Texts,
    *,
    with_strength: bool,
) -> list[dict[str, Any]]:
    """Return the sessions of these days as plain values; those of units and days to come as well."""
    kept = columns(with_strength=with_strength)
    registry = await units.registry(session)
    held = await activities.list_sessions_between(session, first, last)
    by_id = {one.id: (activity, one) for activity, one in held}
    subjects = [str(one.id) for _, one in held]
    reported = await reports.list_about(session, ATTENDANCE.key, subjects)
    told = []
    for each in await participations(session, schedule, first, last, now):
        unit = registry.ever(each.unit_id, each.first_day)
        for attended in each.sessions:
            if attended.session_id not in by_id or unit is None:
                continue
            activity, one = by_id[attended.session_id]
            row = {
                "day": one.slot.day.isoformat(),
                "activity": activity.title,
                "kind": texts.activity_kinds[activity.kind],
                "mode": texts.modes[activity.mode],
                "unit": unit.name,
                "session": f"{one.slot.starts:%H:%M}-{one.slot.ends:%H:%M}",
                "is_make_up": one.slot.is_make_up,
                "is_reported": attended.present is not None,
                "liable": attended.liable,
                "present": attended.present,
                "absences": texts.absences(
                    absent_by_reason(report.answers)
                    if (report := reported.get((str(one.id), unit.id)))
                    else {}
                ),
                "completed": each.completed,
            }
            told.append((one.slot.day, one.slot.starts, {key: row[key] for key in kept}))
    return [row for _, _, row in sorted(told, key=lambda each: each[:2])]
