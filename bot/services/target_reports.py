"""What units report for a target: when it is asked, who has reported, and asking for it by the event."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from bot.domain.calendar import Schedule, Window
from bot.domain.forms import REPORT_TYPES, TARGET_REPORTS, ReportType
from bot.domain.people import Action, Person
from bot.domain.reports import Form, NoReportDueError
from bot.domain.target_calendar import TargetCalendar
from bot.domain.target_collection import Collected
from bot.domain.targets import Target, scope_of
from bot.domain.units import Unit
from storage import audit, command, outages, reports, target_askings, targets, units
from storage.audit import Entry
from storage.database import Session
from storage.target_askings import Asking

# A window asked longer ago than this has locked: no calendar can keep one open for a year.
_A_YEAR = timedelta(days=366)


@cache
def calendars() -> Mapping[str, TargetCalendar]:
    """The calendar of each target's report, by its type. Raises UnusableCalendarError."""
    data = tomllib.loads(files("bot.presets").joinpath("targets.toml").read_text("utf-8"))
    return {
        row["key"]: TargetCalendar(
            tuple((int(asked[:2]), int(asked[3:])) for asked in row["asked"]),
            row["due_days"],
            row["lock_days"],
        )
        for row in data["targets"]
        if "asked" in row
    }


async def form(
    session: Session, schedule: Schedule, kind: ReportType, day: date, unit_id: int
) -> Form:
    """The unit's form of the period that the day names, open or not. Raises NoReportDueError."""
    # A period is asked within a year of its first day.
    windows = await _windows(session, schedule, kind, day, day + _A_YEAR)
    window = next((w for w in windows if w.day == day), None)
    if window is None:
        raise NoReportDueError(day)
    asked_units = await _units(session, schedule, kind.key, window)
    unit = next((u for u in asked_units if u.id == unit_id), None)
    if unit is None:
        raise NoReportDueError(day)
    return Form(kind, unit, window)


async def list_forms(session: Session, schedule: Schedule, now: datetime) -> list[Form]:
    """Every such form that is open now, reported or not."""
    found = []
    for kind in TARGET_REPORTS:
        for window in await _asked_by(session, schedule, kind, now):
            if window.opens <= now < window.locks:
                asked_units = await _units(session, schedule, kind.key, window)
                found += [Form(kind, unit, window) for unit in asked_units]
    return found


async def collected(session: Session, schedule: Schedule, now: datetime) -> dict[str, Collected]:
    """The newest asking of each, by report type."""
    today = schedule.local_day(now)
    found = {}
    for kind in TARGET_REPORTS:
        asked = await _asked_by(session, schedule, kind, now)
        window = asked[-1] if asked else None
        known = (
            await reports.list_between(session, kind.key, window.day, window.day) if window else []
        )
        found[kind.key] = Collected(
            kind.key,
            window,
            await _units(session, schedule, kind.key, window) if window else (),
            {report.unit_id: report for report in known},
            is_open=window is not None and now < window.locks,
            is_overdue=window is not None and now >= window.due,
            next_asked=calendars()[kind.key].next_asked(today),
        )
    return found


async def ask_now(
    session: Session, schedule: Schedule, report_type: str, person: Person, now: datetime
) -> Window:
    """Ask for the report besides its calendar; the next look sends the prompts.

    Raises NoReportDueError where it is no report of a target in force, and AskedAlreadyError.
    """
    today = schedule.local_day(now)
    calendar = calendars().get(report_type)
    target = await _target(session, report_type, today)
    if calendar is None or target is None:
        raise NoReportDueError(today)
    asked = await _asked_by(session, schedule, REPORT_TYPES[report_type], now)
    calendar.check_event(asked, now, schedule)
    await target_askings.add(session, Asking(report_type, today, now), person.id)
    entry = Entry(
        "target.ask",
        person.id,
        person.role_to(Action.TARGETS, today),
        after=json.dumps({"name": target.shorts["vi"], "target": report_type}, ensure_ascii=False),
    )
    await audit.add(session, entry, now)
    return calendar.by_event(now, schedule)


async def _asked_by(
    session: Session, schedule: Schedule, kind: ReportType, now: datetime
) -> list[Window]:
    """The windows of a year that have opened, oldest first."""
    today = schedule.local_day(now)
    windows = await _windows(session, schedule, kind, today - _A_YEAR, today)
    return [window for window in windows if window.opens <= now]


async def _windows(
    session: Session, schedule: Schedule, kind: ReportType, first: date, last: date
) -> Sequence[Window]:
    """What is asked on these days, since the bot has been asking at all."""
    known = await command.get(session)
    if known is None:
        return ()
    events = [a.at for a in await target_askings.list_all(session) if a.report_type == kind.key]
    return calendars()[kind.key].windows(
        schedule, events, await outages.list_all(session), max(first, known.first_day), last
    )


async def _units(
    session: Session, schedule: Schedule, report_type: str, window: Window
) -> tuple[Unit, ...]:
    """The units that are asked: those that the target was about on the day of asking."""
    day = schedule.local_day(window.opens)
    target = await _target(session, report_type, day)
    if target is None:
        return ()
    return scope_of(target.scope, (await units.registry(session)).on(day)).units


async def _target(session: Session, report_type: str, day: date) -> Target | None:
    listed = await targets.list_all(session)
    return next((t for t in listed if t.measure == report_type and t.holds_on(day)), None)
