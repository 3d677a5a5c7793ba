"""Changing who is on a unit's roster by typed codes."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.courses import RosterMember
from bot.domain.people import Action, Person
from bot.domain.rosters import CodeTwiceError, Coming, additions, departures
from bot.domain.units import Unit
from bot.services.admin_units import GoneUnitError
from storage import audit, rosters, units
from storage.audit import Entry
from storage.database import Session


async def view(session: Session, unit_id: int, today: date) -> tuple[Unit, list[RosterMember]]:
    """The unit, and who is on its roster today or will be. Raises GoneUnitError."""
    unit = (await units.registry(session)).get(unit_id, today)
    if unit is None:
        raise GoneUnitError(unit_id, today)
    listed = await rosters.list_of(session, unit_id)
    return unit, [m for m in listed if m.valid_to is None or m.valid_to > today]


async def add(
    session: Session,
    schedule: Schedule,
    unit_id: int,
    category: str,
    coming: tuple[date, Sequence[Coming]],
    person: Person,
    now: datetime,
) -> None:
    """Let all of them be on the roster from the day on, or nobody.

    Raises GoneUnitError and CodeTwiceError.
    """
    today = schedule.local_day(now)
    await view(session, unit_id, today)
    day, listed = coming
    found = additions(await rosters.list_of(session, unit_id), listed, category, day)
    for member in found.staying:
        await rosters.save_end(session, member.id, None)
    for each in found.new:
        if not await rosters.add(session, unit_id, each.code, category, each.served_since, day):
            raise CodeTwiceError(each.code)
    await _record(session, unit_id, {"people_added": len(listed)}, day, person, today, now)


async def end(
    session: Session,
    schedule: Schedule,
    unit_id: int,
    leaving: tuple[date, Sequence[str]],
    person: Person,
    now: datetime,
) -> None:
    """Let all of them be on the roster until the day, which is the first without them, or nobody.

    Raises GoneUnitError, CodeTwiceError and NotOnRosterError.
    """
    today = schedule.local_day(now)
    await view(session, unit_id, today)
    day, codes = leaving
    gone = departures(await rosters.list_of(session, unit_id), codes, day)
    for member in gone:
        await rosters.save_end(session, member.id, day)
    await _record(session, unit_id, {"people_left": len(gone)}, day, person, today, now)


async def _record(
    session: Session,
    unit_id: int,
    counts: dict[str, int],
    day: date,
    person: Person,
    today: date,
    now: datetime,
) -> None:
    """The entry has how many, and no codes, for the trail is kept for ever."""
    after = json.dumps({**counts, "from": day.isoformat()})
    role = person.role_to(Action.ACTIVITY, today)
    await audit.add(session, Entry("roster.change", person.id, role, unit_id, after=after), now)
