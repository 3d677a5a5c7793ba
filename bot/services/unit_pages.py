"""What a unit's page of a month shows: its own reports, and what all units' pages share."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.activities import Activity
from bot.domain.calendar import Schedule, days_from
from bot.domain.courses import Requirement
from bot.domain.delivery import Kind
from bot.domain.exercises import Readiness
from bot.domain.forms import DUTY
from bot.domain.participation import Participation
from bot.domain.periods import Period, period
from bot.domain.target_measures import standings
from bot.domain.targets import Standing
from bot.domain.unit_pages import (
    OwnTarget,
    UnitPage,
    absences,
    cells_of,
    course_days,
    preparations,
    shares_of,
    training,
)
from bot.screens.message import Picture, Subject
from bot.services import exercises, targets
from bot.services.compliance import Record, newest
from bot.services.history import NoSuchUnitError
from bot.services.overviews import period_before
from bot.services.posting import post
from bot.services.standings import Basis, basis
from bot.services.turn import Turn
from bot.texts import Texts
from storage import activities, reports
from storage import targets as stored_targets
from storage.database import Session
from storage.outbox import Destination

_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the pages of one month share, as known at `now`; with thousands of units it takes seconds."""

    first: date
    now: datetime
    known: Basis
    activities: Mapping[int, Activity]
    half_days: Mapping[int, int]
    taking_part: Mapping[int, Sequence[Participation]]
    requirements: Sequence[Requirement]
    standings: Sequence[Standing]
    exercises: Mapping[int | None, Sequence[Readiness]]

    def serves(self, first: date, now: datetime) -> bool:
        """Whether one of many pages sent together may still be told from it."""
        return self.first == first and self.now <= now <= self.now + _LASTS


async def ground(session: Session, schedule: Schedule, first: date, now: datetime) -> Ground:
    day = _last_day(schedule, first, now)
    facts = await targets.facts(session, schedule, day, now)
    listed = await stored_targets.list_all(session)
    held = {
        a.id: a for a in await activities.list_between(session, day.replace(month=1, day=1), day)
    }
    taking_part: defaultdict[int, list[Participation]] = defaultdict(list)
    for each in facts.participations:
        taking_part[each.unit_id].append(each)
    preparing: defaultdict[int | None, list[Readiness]] = defaultdict(list)
    for readiness in await exercises.open_ones(session, schedule.local_day(now)):
        for part in readiness.parts:
            preparing[part.unit_id].append(readiness)
    return Ground(
        first=first,
        now=now,
        known=await basis(session, schedule),
        activities=held,
        half_days={s.id: s.half_days for s in await activities.list_sessions(session, list(held))},
        taking_part=taking_part,
        requirements=await activities.list_requirements(session),
        standings=await asyncio.to_thread(standings, listed, facts),
        exercises=preparing,
    )


async def page(
    session: Session, schedule: Schedule, shared: Ground, unit_id: int, now: datetime
) -> UnitPage:
    """The unit's page of the month of the ground. Raises NoSuchUnitError."""
    first, last = period(Period.MONTH, shared.first)
    before = period_before(Period.MONTH, first)
    known = shared.known
    revisions = await reports.list_revisions(
        session, DUTY.key, unit_id, before[0] if before else first, last
    )
    record = Record(
        known.command, known.registry, known.calendar, tuple(newest(revisions)), unit_id, now
    )
    day = _last_day(schedule, first, now)
    unit_days = record.unit_days(first, last)
    unit = unit_days[-1].unit if unit_days else known.registry.ever(unit_id, day)
    if unit is None:
        raise NoSuchUnitError(unit_id)
    mine = shared.taking_part.get(unit_id, ())
    earlier = record.unit_days(*before) if before else ()
    return UnitPage(
        command_name=known.command.name if known.command else "",
        unit=unit,
        first=first,
        last=last,
        day=day,
        as_of=now,
        cells=cells_of(days_from(first, last), unit_days, now),
        before=shares_of(cell for _, cell in cells_of(days_from(*before), earlier, now))
        if before
        else shares_of(()),
        absences=absences(first, last, unit_days),
        training=training(mine, shared.activities, first, last),
        course_days=course_days(
            mine, shared.activities, shared.half_days, shared.requirements, day
        ),
        targets=tuple(
            OwnTarget(each, figure)
            for each in shared.standings
            if (figure := each.of_unit(unit_id)) is not None
        ),
        exercises=preparations(shared.exercises.get(unit_id, ()), unit_id, schedule.local_day(now)),
    )


async def send_page(turn: Turn, unit_id: int, first: date, to: Destination, texts: Texts) -> None:
    """Queue the page that a person asked for."""
    asked = Picture(Period.MONTH, first, texts.language, Subject.UNIT, unit_id)
    key = f"picture:{turn.key}"
    await post(turn.session, Kind.PICTURE_REPLY, key, to, asked, turn.received_at)


def _last_day(schedule: Schedule, first: date, now: datetime) -> date:
    return min(period(Period.MONTH, first)[1], schedule.local_day(now))
