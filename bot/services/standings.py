"""The standing of all units over some days, from facts that the database has counted already."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import Calendar, Schedule
from bot.domain.forms import DUTY, YesNo, problems, unstated
from bot.domain.incidents import Incident
from bot.domain.measures import Problem
from bot.domain.standings import Muster, Standing
from bot.domain.tallying import Arrivals, Membership, Tally, Tallying
from bot.domain.target_measures import SAFETY_QUESTION, DutyRecord
from bot.services import calendars
from storage import answers, arrivals, command, incidents, units
from storage.answers import Answered
from storage.command import Command
from storage.database import Session
from storage.units import Registry

_QUESTIONS = tuple(f.key for f in DUTY.fields if isinstance(f, YesNo))


@dataclass(frozen=True, slots=True)
class Basis:
    """What any period's standing rests on."""

    command: Command | None
    registry: Registry
    calendar: Calendar


async def basis(session: Session, schedule: Schedule) -> Basis:
    return Basis(
        await command.get(session),
        await units.registry(session),
        await calendars.load(session, schedule),
    )


async def standing(
    session: Session, known: Basis, first: date, last: date, now: datetime
) -> Standing:
    """Return the standing; counting is done in a thread, for thousands of units take seconds."""
    told, uncounted = await _counted(session, known, first, last, now)
    begin = _begin(known, first)
    answered = await answers.list_answered(session, DUTY.key, begin, last, _QUESTIONS)
    listed = _listed(known, told, answered)
    return replace(
        told,
        problems=tuple(
            (each.day, Problem(unit, key))
            for each in listed
            for key in problems(DUTY, each.answers)
            if (unit := known.registry.get(each.unit_id, each.day))
        ),
        has_unstated=any(unstated(DUTY, each.answers) for each in listed),
        musters=await _musters(session, begin, last, uncounted),
        incidents=await _incidents(session, known.calendar.schedule, first, last),
    )


async def counted(
    session: Session, known: Basis, first: date, last: date, now: datetime
) -> Standing:
    """Return the standing without problems, people and incidents: what it takes to compare with it."""
    told, _ = await _counted(session, known, first, last, now)
    return told


async def _counted(
    session: Session, known: Basis, first: date, last: date, now: datetime
) -> tuple[Standing, Sequence[tuple[date, int]]]:
    """The days, and the reports (day, unit's id) that do not count."""
    begin = _begin(known, first)
    came = await arrivals.by_unit(session, DUTY.key, begin, last)
    tally = await asyncio.to_thread(_tally, known, begin, last, now, came)
    shift = (begin - first).days
    told = Standing(
        command_name=known.command.name if known.command else "",
        first=first,
        last=last,
        as_of=now.astimezone(known.calendar.schedule.zone),
        windows=tally.windows,
        by_unit=tuple(each.moved(shift) for each in tally.by_unit),
        undue=tally.undue << shift,
        unlocked=tally.unlocked << shift,
    )
    return told, tally.uncounted


async def kept(
    session: Session,
    known: Basis,
    first: date,
    last: date,
    now: datetime,
    *,
    by: datetime | None = None,
    told: Standing | None = None,
) -> dict[int, DutyRecord]:
    """How each unit kept to the days whose outcome was known by then, by the unit's id.

    `by` leaves out what had not come by that moment; `told` is the standing of these days as known
    now, where there is one: thousands of units over a year are not counted twice.
    """
    begin = _begin(known, first)
    if told is None:
        came = await arrivals.by_unit(session, DUTY.key, begin, last, by=by)
        by_unit = (await asyncio.to_thread(_tally, known, begin, last, now, came)).by_unit
    else:
        begin, by_unit = told.first, told.by_unit
    denied, untold = defaultdict[int, int](int), defaultdict[int, int](int)
    for each in await answers.list_not_affirmed(
        session, DUTY.key, begin, last, SAFETY_QUESTION, by or now
    ):
        (denied if each.is_denied else untold)[each.unit_id] |= 1 << (each.day - begin).days
    return {
        each.unit.id: DutyRecord(
            expected=each.known.bit_count(),
            actual=each.came.bit_count(),
            on_time=each.on_time.bit_count(),
            unsafe=(each.came & denied[each.unit.id]).bit_count(),
            untold=(each.came & untold[each.unit.id]).bit_count(),
        )
        for each in by_unit
    }


def _begin(known: Basis, first: date) -> date:
    """The day with which the tally's sets begin."""
    return max(first, known.command.first_day) if known.command else first


def _tally(known: Basis, begin: date, last: date, now: datetime, came: Arrivals) -> Tally:
    if known.command is None or begin > last:
        return Tally((), (), 0, 0, ())
    members = [
        Membership(life.unit.id, life.valid_from, life.valid_to) for life in known.registry.lives
    ]
    return Tallying(known.calendar, begin, last, now).tally(members, came, known.registry.get)


def _listed(known: Basis, told: Standing, answered: Sequence[Answered]) -> list[Answered]:
    """Return those whose day is listed, by day, then in the configured order."""
    listed = {each.unit.id: each.listed for each in told.by_unit}
    place = {unit_id: n for n, unit_id in enumerate(known.registry.order)}
    found = [
        each for each in answered if listed.get(each.unit_id, 0) >> (each.day - told.first).days & 1
    ]
    return sorted(found, key=lambda each: (each.day, place[each.unit_id]))


async def _musters(
    session: Session, first: date, last: date, uncounted: Iterable[tuple[date, int]]
) -> dict[date, Muster]:
    """The people of the reports that count."""
    musters = await arrivals.musters_by_day(session, DUTY.key, first, last)
    left_out = defaultdict[date, list[int]](list)
    for day, unit_id in uncounted:
        left_out[day].append(unit_id)
    for day, unit_ids in left_out.items():
        if day in musters:
            others = await arrivals.muster_of(session, DUTY.key, day, unit_ids)
            musters[day] = musters[day].without(others)
    return {day: muster for day, muster in musters.items() if muster.establishment}


async def _incidents(
    session: Session, schedule: Schedule, first: date, last: date
) -> tuple[Incident, ...]:
    begin = datetime.combine(max(first, _EARLIEST), time(), schedule.zone).astimezone(UTC)
    end = datetime.combine(min(last, _LATEST), time(), schedule.zone).astimezone(UTC)
    return tuple(await incidents.list_between(session, begin, end + timedelta(days=1)))


# A moment has a day on either side of it in any zone.
_EARLIEST, _LATEST = date.min + timedelta(days=2), date.max - timedelta(days=2)
