"""Changing units: what a change would do, and doing it."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import Schedule
from bot.domain.changes_of_units import (
    AwaitedError,
    ChangeKind,
    IntoItselfError,
    NameTakenError,
    NothingChangesError,
    NotInForceError,
    TooEarlyError,
    UnitChange,
    UnitPlan,
    code_of,
    first_day,
    moved,
    read_name,
    read_new_unit,
    read_strength,
    short_name_of,
)
from bot.domain.names import fold
from bot.domain.people import Person, Role
from bot.domain.units import Unit
from bot.services import calendars
from bot.services.admin_units import GoneUnitError
from storage import audit, people, units
from storage.database import Session
from storage.units import Life, Registry

_ACTIONS = {
    ChangeKind.RENAME: "unit.rename",
    ChangeKind.ALIAS: "unit.alias",
    ChangeKind.UNALIAS: "unit.alias",
    ChangeKind.STRENGTH: "unit.strength",
    ChangeKind.ADD: "unit.add",
    ChangeKind.CLOSE: "unit.close",
    ChangeKind.MERGE: "unit.merge",
}


class OvertakenError(Exception):
    """The unit is no longer what the card showed."""

    def __init__(self, plan: UnitPlan) -> None:
        super().__init__()
        self.plan = plan


async def plan(session: Session, schedule: Schedule, change: UnitChange, now: datetime) -> UnitPlan:
    """Without a day, the first on which the change may hold.

    Raises GoneUnitError and NotChangeableError.
    """
    registry = await units.registry(session)
    calendar = await calendars.load(session, schedule)
    touched = (change.unit_id, change.other_id) if change.other_id else (change.unit_id,)
    first = first_day(calendar, touched, now)
    today = schedule.local_day(now)
    life = None
    if change.unit_id is not None:
        life = _life(registry, change.unit_id, today)
        first = max(first, life.valid_from) if change.kind.is_dated else today
    day = change.day or first
    if day < first:
        raise TooEarlyError(day, first)
    dated = replace(change, day=day)
    if life is None:
        return _added(registry, dated, day)
    if change.kind.is_dated and life.valid_to is not None:
        raise NotInForceError(life.unit, life.valid_to)
    found = registry.get(life.unit.id, max(day, life.valid_from))
    if found is None:
        raise GoneUnitError(life.unit.id, day)
    planned = _changed(registry, dated, day, found)
    if change.kind in {ChangeKind.CLOSE, ChangeKind.MERGE}:
        if day <= life.valid_from:
            raise NotInForceError(found, day)
        _check_not_awaited(registry, found.id, day)
        return replace(planned, people=await _roles_left(session, found.id, day))
    return planned


def _life(registry: Registry, unit_id: int, today: date) -> Life:
    """Raises GoneUnitError for a unit that is no more, or never was."""
    life = registry.life(unit_id)
    if life is None or (life.valid_to is not None and life.valid_to <= today):
        raise GoneUnitError(unit_id, today)
    return life


def _added(registry: Registry, change: UnitChange, day: date) -> UnitPlan:
    name, establishment = read_new_unit(change.value)
    short_name = short_name_of(name)
    _check_free(registry, day, None, name, short_name)
    codes = {life.unit.code for life in registry.lives}
    return UnitPlan(
        change,
        day,
        None,
        name=name,
        short_name=short_name,
        code=code_of(short_name, codes),
        establishment=establishment,
    )


def _changed(registry: Registry, change: UnitChange, day: date, unit: Unit) -> UnitPlan:
    planned = UnitPlan(change, day, unit)
    match change.kind:
        case ChangeKind.RENAME:
            name = read_name(change.value)
            short_name = short_name_of(name)
            if (name, short_name) == (unit.name, unit.short_name):
                raise NothingChangesError
            _check_free(registry, day, unit.id, name, short_name)
            return replace(planned, name=name, short_name=short_name)
        case ChangeKind.ALIAS:
            name = read_name(change.value)
            if fold(name) in unit.names:
                raise NothingChangesError
            _check_free(registry, day, unit.id, name)
            return replace(planned, name=name)
        case ChangeKind.UNALIAS:
            if change.value not in unit.aliases:
                raise NothingChangesError
            return replace(planned, name=change.value)
        case ChangeKind.STRENGTH:
            establishment = read_strength(change.value)
            if unit.establishment == establishment and not unit.is_sample:
                raise NothingChangesError
            return replace(planned, establishment=establishment)
        case ChangeKind.MERGE:
            return replace(planned, into=_into(registry, change, day, unit))
        case _:
            return planned


def _into(registry: Registry, change: UnitChange, day: date, unit: Unit) -> Unit:
    if change.other_id is None:
        raise GoneUnitError(0, day)
    if change.other_id == unit.id:
        raise IntoItselfError
    known = registry.ever(change.other_id, day)
    if known is None:
        raise GoneUnitError(change.other_id, day)
    life = registry.life(change.other_id)
    into = registry.get(change.other_id, day)
    if into is None or life is None or life.valid_to is not None:
        raise NotInForceError(known, day)
    return into


def _check_not_awaited(registry: Registry, unit_id: int, day: date) -> None:
    """Raise AwaitedError where another unit is to be merged into this one by then or later."""
    for life in registry.lives:
        if life.merged_into == unit_id and life.valid_to is not None and life.valid_to >= day:
            raise AwaitedError(life.unit, life.valid_to)


def _check_free(registry: Registry, day: date, unit_id: int | None, *names: str) -> None:
    taken = registry.names_from(day, but=unit_id)
    for name in names:
        if other := taken.get(fold(name)):
            raise NameTakenError(other)


async def _roles_left(session: Session, unit_id: int, day: date) -> int:
    """How many roles would still be held on the day, or begin later."""
    return sum(
        seat.assignment.unit_id == unit_id and seat.is_open(day)
        for seat in await people.list_seats(session)
    )


async def save(
    session: Session,
    schedule: Schedule,
    change: UnitChange,
    mark: str,
    by: Person,
    now: datetime,
) -> tuple[UnitPlan, int]:
    """Do what the card showed, and return it with the unit's id.

    Raises GoneUnitError, NotChangeableError and OvertakenError.
    """
    planned = await plan(session, schedule, change, now)
    if planned.mark != mark:
        raise OvertakenError(planned)
    unit_id = await _apply(session, planned, now)
    entry = audit.Entry(
        _ACTIONS[change.kind],
        by.id,
        Role.ADMIN,
        unit_id,
        before=_told_before(planned),
        after=_told_after(planned),
    )
    await audit.add(session, entry, now)
    return planned, unit_id


async def _apply(session: Session, planned: UnitPlan, now: datetime) -> int:
    day, before, change = planned.day, planned.before, planned.change
    if before is None:
        return await _add(session, planned)
    match change.kind:
        case ChangeKind.RENAME:
            await units.save_name(session, before.id, day, planned.name, planned.short_name)
        case ChangeKind.ALIAS:
            await units.add_alias(session, before.id, planned.name)
        case ChangeKind.UNALIAS:
            await units.remove_alias(session, before.id, planned.name)
        case ChangeKind.STRENGTH if planned.establishment is not None:
            await units.save_strength(
                session, before.id, day, planned.establishment, is_sample=False
            )
        case ChangeKind.CLOSE | ChangeKind.MERGE:
            into_id = planned.into.id if planned.into else None
            await units.save_end(session, before.id, day, into_id)
            # Nobody speaks for a unit that they were not appointed to: roles end, they do not move.
            last_day = day - timedelta(days=1)
            await people.end_roles_of_unit(session, before.id, last_day, now)
        case _:
            raise LookupError(change.kind)
    return before.id


async def _add(session: Session, planned: UnitPlan) -> int:
    order = (await units.registry(session)).order
    unit_id = await units.add(
        session,
        code=planned.code,
        name=planned.name,
        short_name=planned.short_name,
        position=len(order),
        valid_from=planned.day,
    )
    if unit_id is None:
        raise LookupError(planned.code)
    await units.save_order(session, [*order, unit_id])
    if planned.establishment is not None:
        await units.save_strength(
            session, unit_id, planned.day, planned.establishment, is_sample=False
        )
    return unit_id


async def move(
    session: Session, unit_id: int, step: int, by: Person, today: date, now: datetime
) -> bool:
    """Move the unit one place up (-1) or down (1); return whether it was not at that end already.

    Raises GoneUnitError.
    """
    registry = await units.registry(session)
    _life(registry, unit_id, today)
    shown = {
        life.unit.id for life in registry.lives if life.valid_to is None or life.valid_to > today
    }
    order = moved(registry.order, unit_id, shown, step)
    if order == registry.order:
        return False
    await units.save_order(session, order)
    places = [
        [each for each in listed if each in shown].index(unit_id) + 1
        for listed in (registry.order, order)
    ]
    entry = audit.Entry(
        "unit.order",
        by.id,
        Role.ADMIN,
        unit_id,
        before=json.dumps({"place": places[0]}),
        after=json.dumps({"place": places[1]}),
    )
    await audit.add(session, entry, now)
    return True


def _told_before(planned: UnitPlan) -> str | None:
    before = planned.before
    if before is None:
        return None
    match planned.change.kind:
        case ChangeKind.RENAME:
            return _json(name=before.name)
        case ChangeKind.UNALIAS:
            return _json(alias=planned.name)
        case ChangeKind.STRENGTH:
            return _json(establishment=before.establishment, is_sample=before.is_sample)
        case _:
            return None


def _told_after(planned: UnitPlan) -> str | None:
    since = planned.day.isoformat()
    match planned.change.kind:
        case ChangeKind.RENAME:
            return _json(name=planned.name, since=since)
        case ChangeKind.ALIAS:
            return _json(alias=planned.name)
        case ChangeKind.STRENGTH:
            return _json(establishment=planned.establishment, since=since)
        case ChangeKind.ADD:
            return _json(
                name=planned.name,
                code=planned.code,
                establishment=planned.establishment,
                since=since,
            )
        case ChangeKind.CLOSE:
            return _json(since=since, roles=planned.people)
        case ChangeKind.MERGE:
            into = planned.into.id if planned.into else None
            return _json(into=into, since=since, roles=planned.people)
        case _:
            return None


def _json(**facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False)
