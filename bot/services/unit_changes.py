"""Doing what the card of a unit's change showed."""

import json
from datetime import date, datetime, timedelta

from bot.domain.calendar import Schedule
from bot.domain.changes_of_units import ChangeKind, UnitChange, UnitPlan, moved
from bot.domain.people import Person, Role
from bot.services.unit_plans import living, plan
from storage import audit, people, units
from storage.database import Session

_ACTIONS = {
    ChangeKind.RENAME: "unit.rename",
    ChangeKind.ALIAS: "unit.alias",
    ChangeKind.UNALIAS: "unit.alias",
    ChangeKind.STRENGTH: "unit.strength",
    ChangeKind.ADD: "unit.add",
    ChangeKind.CLOSE: "unit.close",
    ChangeKind.MERGE: "unit.merge",
    ChangeKind.KEEP: "unit.keep",
}


class OvertakenError(Exception):
    """The unit is no longer what the card showed."""

    def __init__(self, plan: UnitPlan) -> None:
        super().__init__()
        self.plan = plan


async def save(
    session: Session,
    schedule: Schedule,
    change: UnitChange,
    mark: str,
    by: Person | None,
    now: datetime,
) -> tuple[UnitPlan, int]:
    """Do what the card showed, and return it with the unit's id; `by` None is the command line.

    Raises GoneUnitError, NotChangeableError and OvertakenError.
    """
    planned = await plan(session, schedule, change, now)
    if planned.mark != mark:
        raise OvertakenError(planned)
    unit_id = await _apply(session, planned, now)
    entry = audit.Entry(
        _ACTIONS[change.kind],
        by.id if by else None,
        Role.ADMIN if by else None,
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
        case ChangeKind.KEEP:
            await units.save_end(session, before.id, None)
            last_day = day - timedelta(days=1)
            seats = await people.list_ending_with_unit(session, before.id, last_day)
            await people.remove_ends(session, seats)
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
    living(registry, unit_id, today)
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
        case ChangeKind.KEEP:
            into = planned.into.id if planned.into else None
            return _json(into=into, since=planned.day.isoformat())
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
