"""Who was expected, who reported, and how that adds up: loaded once, shown in many ways."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import insights
from bot.domain.activities import session_records
from bot.domain.calendar import Calendar, Schedule, days_from
from bot.domain.exercises import Readiness
from bot.domain.forms import DUTY
from bot.domain.incidents import OpenIncident
from bot.domain.measures import UnitDay, counts, unit_day
from bot.domain.reports import Report
from bot.domain.summaries import Summary, summarise
from bot.domain.units import Unit
from bot.services import calendars
from bot.services import exercises as known_exercises
from bot.services.participation import participations
from storage import activities, command, incidents, reports, units
from storage.command import Command
from storage.database import Session
from storage.units import Registry


@dataclass(frozen=True, slots=True)
class Record:
    """What stands in the database of some days, of all units or of one, as known at `now`.

    `reports` are oldest first; any part of the days is told from it without loading again.
    """

    command: Command | None
    registry: Registry
    calendar: Calendar
    reports: tuple[Report, ...]
    unit_id: int | None
    now: datetime
    open_incidents: tuple[OpenIncident, ...] = ()
    exercises: tuple[Readiness, ...] = ()

    def unit_days(self, first: date, last: date) -> tuple[UnitDay, ...]:
        """Every unit on each reporting day: by day, then in the configured order."""
        if self.command is None:
            return ()
        came = {(report.day, report.unit_id): report for report in self.reports}
        return tuple(
            unit_day(
                unit,
                window,
                came.get((day, unit.id)),
                self.now,
                self.calendar.exemption_of(unit.id, day),
            )
            for day in days_from(max(first, self.command.first_day), last)
            for unit in self._units_on(day)
            if (window := self.calendar.window(unit.id, day))
        )

    def summary(self, first: date, last: date) -> Summary:
        return summarise(
            self.command.name if self.command else "",
            first,
            last,
            self.now,
            self.calendar,
            self.unit_days(first, last),
            unit_order=self.registry.order,
            open_incidents=self.open_incidents,
            exercises=self.exercises,
        )

    def _units_on(self, day: date) -> Sequence[Unit]:
        if self.unit_id is None:
            return self.registry.on(day)
        unit = self.registry.get(self.unit_id, day)
        return (unit,) if unit else ()


async def load(
    session: Session,
    schedule: Schedule,
    first: date,
    last: date,
    now: datetime,
    unit_id: int | None = None,
) -> Record:
    """Load what tells the days; of one unit alone where one is named."""
    if unit_id is None:
        came = await reports.list_between(session, DUTY.key, first, last)
    else:
        revisions = await reports.list_revisions(session, DUTY.key, unit_id, first, last)
        came = newest(revisions)
    return await record(session, schedule, came, now, unit_id=unit_id)


async def record(
    session: Session,
    schedule: Schedule,
    came: Sequence[Report],
    now: datetime,
    *,
    unit_id: int | None = None,
) -> Record:
    """Put what is expected beside reports that are loaded already."""
    registry = await units.registry(session)
    return Record(
        command=await command.get(session),
        registry=registry,
        calendar=await calendars.load(session, schedule),
        reports=tuple(came),
        unit_id=unit_id,
        now=now,
        open_incidents=tuple(
            OpenIncident(unit, incident)
            for incident in await incidents.list_open(session)
            if unit_id in {None, incident.unit_id}
            and (unit := registry.ever(incident.unit_id, schedule.local_day(now)))
        ),
        exercises=await known_exercises.open_ones(session, schedule.local_day(now))
        if unit_id is None
        else (),
    )


def newest(revisions: Iterable[Report]) -> list[Report]:
    """Return one unit's reports as they stand, of all their revisions."""
    return list({report.day: report for report in revisions}.values())


async def unit_days(
    session: Session, schedule: Schedule, first: date, last: date, now: datetime
) -> tuple[UnitDay, ...]:
    """Every unit on each reporting day of the period: by day, then in the configured order."""
    return (await load(session, schedule, first, last, now)).unit_days(first, last)


async def summary(
    session: Session,
    schedule: Schedule,
    first: date,
    last: date,
    now: datetime,
    unit_id: int | None = None,
) -> Summary:
    known = await load(session, schedule, first, last, now, unit_id)
    told = await asyncio.to_thread(known.summary, first, last)
    if first != last or unit_id is not None:
        return told
    held = await activities.list_sessions_between(session, first, last)
    taking_part = await participations(session, schedule, first, last, now) if held else ()
    return replace(told, activities=session_records(held, taking_part))


# Looked at together; a streak of a year is twelve looks.
_STREAK_STEP = timedelta(days=31)


async def on_time_streak(
    session: Session,
    schedule: Schedule,
    last: date,
    now: datetime,
    unit_id: int | None = None,
) -> int:
    """Return for how many reporting days up to this one everything expected has come on time."""
    known = await command.get(session)
    streak = 0
    while known and last >= known.first_day:
        first = max(known.first_day, last - _STREAK_STEP)
        told = await summary(session, schedule, first, last, now, unit_id)
        of_day = {window.day: list[UnitDay]() for window in told.windows}
        for found in told.unit_days:
            if found.is_expected:
                of_day[found.day].append(found)
        by_day = [counts(found) for _, found in sorted(of_day.items())]
        here = insights.on_time_streak(by_day)
        streak += here
        if here < len(by_day):
            break
        last = first - timedelta(days=1)
    return streak
