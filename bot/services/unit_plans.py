"""What a change of a unit would do, or why it cannot be done."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import Schedule
from bot.domain.changes_of_units import (
    AwaitedError,
    ChangeKind,
    CodeTakenError,
    IntoItselfError,
    NameTakenError,
    NothingChangesError,
    NotInForceError,
    TooEarlyError,
    UnitChange,
    UnitPlan,
    code_of,
    first_day,
    read_name,
    read_new_unit,
    read_strength,
    short_name_of,
)
from bot.domain.names import fold
from bot.domain.units import Unit
from bot.services import calendars
from bot.services.admin_units import GoneUnitError
from storage import people, units
from storage.database import Session
from storage.units import Life, Registry


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
        life = living(registry, change.unit_id, today)
        first = max(first, life.valid_from) if change.kind.is_dated else today
        if change.kind is ChangeKind.KEEP:
            return await _kept(session, registry, change, life, today)
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


async def _kept(
    session: Session, registry: Registry, change: UnitChange, life: Life, today: date
) -> UnitPlan:
    """Raises NothingChangesError where no end is planned, and NameTakenError."""
    end = life.valid_to
    if end is None:
        raise NothingChangesError
    before = registry.ever(life.unit.id, end)
    if before is None:
        raise GoneUnitError(life.unit.id, today)
    _check_free(registry, end, before.id, *before.names)
    into = registry.ever(life.merged_into, end) if life.merged_into is not None else None
    seats = await people.list_ending_with_unit(session, before.id, end - timedelta(days=1))
    return UnitPlan(replace(change, day=end), end, before, into=into, people=len(seats))


def living(registry: Registry, unit_id: int, today: date) -> Life:
    """Raises GoneUnitError for a unit that is no more, or never was."""
    life = registry.life(unit_id)
    if life is None or (life.valid_to is not None and life.valid_to <= today):
        raise GoneUnitError(unit_id, today)
    return life


def _added(registry: Registry, change: UnitChange, day: date) -> UnitPlan:
    name, establishment = read_new_unit(change.value)
    short_name = short_name_of(name)
    _check_free(registry, day, None, name, short_name, *filter(None, (change.code,)))
    codes = {life.unit.code for life in registry.lives}
    if change.code in codes:
        raise CodeTakenError(change.code)
    return UnitPlan(
        change,
        day,
        None,
        name=name,
        short_name=short_name,
        code=change.code or code_of(short_name, codes),
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
