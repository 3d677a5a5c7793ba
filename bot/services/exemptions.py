"""Declaring that units owe no report on some days, and ending that."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import exempting
from bot.domain.calendar import Calendar, Exemption, Schedule
from bot.domain.exempting import Span
from bot.domain.forms import DUTY
from bot.domain.people import Person, Role
from bot.domain.reports import Form
from bot.domain.units import Unit
from bot.services import calendars
from bot.services.admin_units import GoneUnitError, named_unit, units_meant
from bot.services.asking import ask_again
from bot.services.closing import close_exempt
from bot.texts import Library
from storage import audit, exemptions, units
from storage.database import Session


class AlreadyEndedError(Exception):
    """The exemption holds no longer; somebody ended it before."""


class TooLateToEndError(Exception):
    """Only today is left of it, and today's windows have opened."""


class UnknownExemptionError(LookupError):
    pass


@dataclass(frozen=True, slots=True)
class Declared:
    """An exemption with its unit (None: all), and whether it holds today."""

    exemption: Exemption
    unit: Unit | None
    holds_today: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """`was_undone`: it is as if it had never been; else it holds no longer from `ended_on` on."""

    exemption: Exemption
    unit: Unit | None
    ended_on: date
    was_undone: bool


async def list_to_come(
    session: Session, schedule: Schedule, now: datetime
) -> list[tuple[Exemption, Unit | None]]:
    """What holds today or will hold, by first day."""
    today = schedule.local_day(now)
    registry = await units.registry(session)
    found = [
        (held, registry.get(held.unit_id, max(held.first, today)) if held.unit_id else None)
        for held in await exemptions.list_all(session)
        if exempting.is_to_come(held, today)
    ]
    there = [(held, unit) for held, unit in found if held.unit_id is None or unit]
    return sorted(there, key=lambda pair: (pair[0].first, pair[0].id))


async def check(
    session: Session, schedule: Schedule, unit_id: int | None, span: Span, now: datetime
) -> tuple[Unit | None, Span]:
    """Return the unit and the days as they would be exempt.

    Raises GoneUnitError and NotExemptableError.
    """
    calendar = await calendars.load(session, schedule)
    today = schedule.local_day(now)
    registry = await units.registry(session)
    meant = [unit.id for unit in units_meant(registry, unit_id, today)]
    begun = exempting.begun(calendar, meant, span, now)
    exempting.check(calendar, unit_id, meant, begun, now)
    return named_unit(registry, unit_id, today), begun


async def declare(
    session: Session,
    library: Library,
    schedule: Schedule,
    unit_id: int | None,
    span: Span,
    reason: str,
    person: Person,
    now: datetime,
) -> Declared:
    """Save the exemption; where it holds today, forms that are open are closed.

    Raises GoneUnitError and NotExemptableError.
    """
    unit, begun = await check(session, schedule, unit_id, span, now)
    before = await calendars.load(session, schedule)
    exemption_id = await exemptions.add(
        session, unit_id, begun.first, begun.last, begun.weekdays, reason
    )
    exemption = Exemption(exemption_id, unit_id, begun.first, begun.last, begun.weekdays, reason)
    entry = audit.Entry(
        "exemption.add",
        person.id,
        Role.ADMIN,
        unit_id,
        after=_told(exemption),
        reason=reason,
    )
    await audit.add(session, entry, now)
    today = schedule.local_day(now)
    forms = _forms_today(before, await _units_of(session, exemption, today), exemption, today)
    for form in forms:
        await close_exempt(session, library, form, reason, f"exempt:{exemption_id}", now)
    return Declared(exemption, unit, holds_today=bool(forms))


async def end(
    session: Session,
    library: Library,
    schedule: Schedule,
    exemption_id: int,
    declared_at: datetime | None,
    person: Person,
    now: datetime,
) -> Ended:
    """End the exemption; one `declared_at` a few minutes ago is taken back, and units asked again.

    Raises UnknownExemptionError, AlreadyEndedError and TooLateToEndError.
    """
    exemption = await exemptions.get(session, exemption_id)
    if exemption is None:
        raise UnknownExemptionError(exemption_id)
    today = schedule.local_day(now)
    if exemption.ended_on or not exempting.is_to_come(exemption, today):
        raise AlreadyEndedError
    calendar = await calendars.load(session, schedule)
    registry = await units.registry(session)
    meant = await _units_of(session, exemption, today)
    unit_ids = [unit.id for unit in meant]
    was_undone = declared_at is not None and exempting.can_undo(
        calendar, exemption, unit_ids, declared_at, now
    )
    ended_on = (
        exemption.first if was_undone else exempting.ends_from(calendar, exemption, unit_ids, now)
    )
    if exemption.last is not None and ended_on > exemption.last:
        raise TooLateToEndError
    await exemptions.save_end(session, exemption_id, ended_on)
    entry = audit.Entry(
        "exemption.end",
        person.id,
        Role.ADMIN,
        exemption.unit_id,
        before=_told(exemption),
        after=json.dumps({"ended_on": ended_on.isoformat()}),
        reason=exemption.reason,
    )
    await audit.add(session, entry, now)
    if was_undone:
        # Another exemption may hold still.
        after = await calendars.load(session, schedule)
        forms = [
            form
            for form in _forms_today(calendar, meant, exemption, today)
            if form.window.opens <= now and after.exemption_of(form.unit.id, today) is None
        ]
        await ask_again(
            session,
            library,
            forms,
            lambda texts: texts.exemption_taken_back(today),
            f"unexempt:{exemption_id}",
            today,
            now,
        )
    return Ended(
        exemption,
        registry.get(exemption.unit_id, max(exemption.first, today)) if exemption.unit_id else None,
        ended_on,
        was_undone,
    )


async def _units_of(session: Session, exemption: Exemption, today: date) -> tuple[Unit, ...]:
    """The units that it holds for today; none for a unit that is gone."""
    try:
        return units_meant(await units.registry(session), exemption.unit_id, today)
    except GoneUnitError:
        return ()


def _forms_today(
    calendar: Calendar, meant: Iterable[Unit], exemption: Exemption, today: date
) -> list[Form]:
    """Today's forms of the units that the exemption covers."""
    return [
        Form(DUTY, unit, window)
        for unit in meant
        if exemption.covers(unit.id, today) and (window := calendar.window(unit.id, today))
    ]


def _told(exemption: Exemption) -> str:
    return json.dumps(
        {
            "id": exemption.id,
            "first": exemption.first.isoformat(),
            "last": exemption.last.isoformat() if exemption.last else None,
            "weekdays": ",".join(sorted(exemption.weekdays)),
        }
    )
