"""Ending roles, handing units over, acting leaders and changes of role."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import seats as rules
from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind, Lane
from bot.domain.people import Person, Role
from bot.domain.seats import AlreadyOverError, Seat, Who
from bot.domain.units import Unit
from bot.screens.message import Message
from bot.services.joining import beginning, create_invitation, told_seat
from bot.services.posting import post
from bot.services.roll import Roll
from bot.texts import Library, Texts
from bot.texts.markup import Html
from storage import audit, awaited_texts, drafts, invitations, outbox, people, units
from storage.database import Session
from storage.outbox import Destination


class NotThereError(LookupError):
    """No such person, role or unit."""


class NoSuchChangeError(ValueError):
    """A role cannot become this one."""


class HeldAlreadyError(Exception):
    """The person holds the role for the unit already."""


@dataclass(frozen=True, slots=True)
class Change:
    """A role of somebody that is to be changed, with the unit that it leads."""

    seat: Seat
    who: Who
    unit: Unit | None


def changeable(known: Roll, seat_id: int | None) -> Change:
    """Return the role, if it is still held or will be. Raises NotThereError and AlreadyOverError."""
    seat = known.seat(seat_id)
    if seat is None:
        raise NotThereError(seat_id)
    if not seat.is_open(known.today):
        raise AlreadyOverError
    return Change(seat, known.who(seat.person_id), known.unit(seat.assignment.unit_id))


def check_end(known: Roll, seat_id: int | None, *, settings_name_admins: bool) -> Change:
    """Raises NotThereError and NotEndableError."""
    change = changeable(known, seat_id)
    rules.check_end(
        change.seat, known.seats, known.today, settings_name_admins=settings_name_admins
    )
    return change


async def end(
    session: Session,
    library: Library,
    known: Roll,
    seat_id: int | None,
    by: Person,
    now: datetime,
    *,
    settings_name_admins: bool,
) -> Change:
    """End the role at once. Raises what `check_end` does."""
    change = check_end(known, seat_id, settings_name_admins=settings_name_admins)
    seat = change.seat
    await people.end_seat(session, seat.id, now)
    entry = audit.Entry(
        "role.end", by.id, Role.ADMIN, seat.assignment.unit_id, before=told_seat(seat)
    )
    await audit.add(session, entry, now)
    await take_leave(session, library, seat, now)
    return change


async def hand_over(
    session: Session, known: Roll, seat_id: int | None, by: Person, now: datetime
) -> tuple[Change, str, datetime]:
    """Return the token of the successor's invitation and when it expires.

    The predecessor goes on until it is accepted, so that the unit always has somebody to ask. An
    earlier invitation to the same role is void.
    Raises NotThereError and AlreadyOverError.
    """
    change = changeable(known, seat_id)
    held = change.seat.assignment
    unit = None if held.unit_id is None else known.registry.get(held.unit_id, known.today)
    if unit is None:
        raise NotThereError(seat_id)
    await invitations.expire_replacing(session, change.seat.id, now)
    token, expires_at = await create_invitation(
        session,
        held.role,
        unit,
        now,
        until=held.until,
        created_by=by.id,
        replaces=change.seat,
    )
    return change, token, expires_at


def check_change(
    known: Roll, seat_id: int | None, role: Role, *, settings_name_admins: bool
) -> Change:
    """Raises NotThereError, NotEndableError, NoSuchChangeError and HeldAlreadyError."""
    change = check_end(known, seat_id, settings_name_admins=settings_name_admins)
    held = change.seat.assignment
    if role not in rules.other_roles(held.role):
        raise NoSuchChangeError(role)
    for other in known.open_seats(change.seat.person_id):
        if (other.assignment.role, other.assignment.unit_id) == (role, held.unit_id):
            raise HeldAlreadyError
    return change


async def change_role(
    session: Session,
    library: Library,
    known: Roll,
    seat_id: int | None,
    role: Role,
    by: Person,
    now: datetime,
    *,
    settings_name_admins: bool,
) -> Change:
    """Let the person hold the other role from now on. Raises what `check_change` does."""
    change = check_change(known, seat_id, role, settings_name_admins=settings_name_admins)
    seat = change.seat
    await people.end_seat(session, seat.id, now)
    await people.add_assignment(session, seat.person_id, role, seat.assignment.unit_id, now, None)
    entry = audit.Entry(
        "role.change",
        by.id,
        Role.ADMIN,
        seat.assignment.unit_id,
        before=told_seat(seat),
        after=json.dumps({"who": seat.person_id, "role": role}),
    )
    await audit.add(session, entry, now)
    await _tell(
        session,
        library,
        seat.person_id,
        lambda texts: texts.role_changed(role, change.unit),
        f"role-changed:{seat.id}",
        now,
    )
    return change


def check_acting(
    known: Roll, person_id: int | None, unit_id: int | None, first: date, last: date
) -> Unit:
    """Return the unit. `person_id`: None for who is yet to be invited.

    Raises NotThereError and NotActingError.
    """
    unit = None if unit_id is None else known.registry.get(unit_id, max(first, known.today))
    is_over = person_id is not None and not known.open_seats(person_id)
    if unit is None or is_over:
        raise NotThereError(person_id, unit_id)
    rules.check_acting(known.seats, person_id, unit.id, first, last, known.today)
    return unit


async def let_act(
    session: Session,
    library: Library,
    schedule: Schedule,
    known: Roll,
    person_id: int,
    unit_id: int | None,
    first: date,
    last: date,
    by: Person,
    now: datetime,
) -> tuple[Who, Unit]:
    """Let the person act for the unit's leader on these days. Raises what `check_acting` does."""
    unit, who = check_acting(known, person_id, unit_id, first, last), known.who(person_id)
    begins = beginning(first, schedule, now)
    await people.add_assignment(session, person_id, Role.ACTING, unit.id, begins, last, first=first)
    told = {
        "who": person_id,
        "as_role": who.role,
        "as_unit": who.unit.id if who.unit else None,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    entry = audit.Entry("role.acting", by.id, Role.ADMIN, unit.id, after=json.dumps(told))
    await audit.add(session, entry, now)
    await _tell(
        session,
        library,
        person_id,
        lambda texts: texts.you_act(unit, first, last),
        f"acting:{person_id}:{unit.id}:{first}:{int(now.timestamp())}",
        now,
    )
    return who, unit


async def invite_to_act(
    session: Session,
    known: Roll,
    unit_id: int | None,
    first: date,
    last: date,
    by: Person,
    now: datetime,
) -> tuple[Unit, str, datetime]:
    """Return the unit, the token of the invitation and when that expires. Raises as `check_acting`."""
    unit = check_acting(known, None, unit_id, first, last)
    token, expires_at = await create_invitation(
        session, Role.ACTING, unit, now, first=first, until=last, created_by=by.id
    )
    return unit, token, expires_at


async def take_leave(session: Session, library: Library, seat: Seat, now: datetime) -> None:
    """Drop what the person had begun or was being asked in an ended role, and say so in one line."""
    member = await people.get(session, seat.person_id)
    if member is None:
        return
    unit_id = seat.assignment.unit_id
    await awaited_texts.remove(session, member.id)
    unit = None
    # Another role for the unit may go on.
    if unit_id is not None and not any(a.unit_id == unit_id for a in member.assignments):
        await drafts.remove_of_unit(session, member.id, unit_id)
        await outbox.cancel_for(session, member.telegram_id, unit_id, Lane.LADDER, now)
    if unit_id is not None:
        registry = await units.registry(session)
        unit = registry.ever(unit_id, now.date())
    role = seat.assignment.role
    await _tell(
        session,
        library,
        member.id,
        lambda texts: texts.your_role_ended(role, unit),
        f"role-ended:{seat.id}",
        now,
    )


async def _tell(
    session: Session,
    library: Library,
    person_id: int,
    words: Callable[[Texts], Html],
    key: str,
    now: datetime,
) -> None:
    """Queue one line to the person, once under its key."""
    person = await people.get(session, person_id)
    if person:
        texts = library.in_language(person.language)
        to = Destination(person.telegram_id)
        await post(session, Kind.REPLY, key, to, Message(words(texts)), now)
