"""Invitations, joining by them, and the command group."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import Schedule
from bot.domain.people import Person, Role
from bot.domain.seats import LeadsAlreadyError, Seat, check_leads_not
from bot.domain.units import Unit
from storage import audit, command, invitations, people
from storage.command import Command
from storage.database import Session
from storage.invitations import Invitation

VALID_FOR = timedelta(hours=48)
# 18 bytes are 24 characters of the deep link's alphabet; no one guesses that in 48 hours.
_TOKEN_BYTES = 18


class InvitationError(Exception):
    """The link does not open the door."""


class UnknownInvitationError(InvitationError):
    pass


class UsedInvitationError(InvitationError):
    pass


class ExpiredInvitationError(InvitationError):
    pass


class NotNeededError(InvitationError):
    """Who accepts leads the unit, or acts for its leader, on some of these days already."""


class UnitRequiredError(ValueError):
    """The role leads a unit, and none was named (or one was named for a role that leads none)."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`replaced` is the predecessor's role, which ended with this; `first` is a dated role's first day."""

    role: Role
    unit_id: int | None
    until: date | None
    was_joined_before: bool = False
    replaced: Seat | None = None
    first: date | None = None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def check_unit(role: Role, unit: Unit | None) -> None:
    """Raise UnitRequiredError unless the role and the unit fit each other."""
    if role.leads_unit != (unit is not None):
        raise UnitRequiredError(role)


async def create_invitation(
    session: Session,
    role: Role,
    unit: Unit | None,
    now: datetime,
    *,
    first: date | None = None,
    until: date | None = None,
    valid_for: timedelta = VALID_FOR,
    created_by: int | None = None,
    replaces: Seat | None = None,
) -> tuple[str, datetime]:
    """Return the token, which is stored nowhere, and when it expires. Raises UnitRequiredError.

    `replaces` is the role that ends when the invitation is accepted.
    """
    check_unit(role, unit)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = now + valid_for
    unit_id = unit.id if unit else None
    invitation = Invitation(
        role,
        unit_id,
        until,
        expires_at,
        used_by=None,
        replaces=replaces.id if replaces else None,
        first=first,
    )
    await invitations.add(session, _hash(token), invitation, created_by, now)
    told = {
        "role": role,
        **_told_days(first, until),
        "expires_at": expires_at.isoformat(),
        "replaces": replaces.person_id if replaces else None,
    }
    entry = audit.Entry(
        "invitation.create",
        created_by,
        None if created_by is None else Role.ADMIN,
        unit_id,
        after=json.dumps(told),
    )
    await audit.add(session, entry, now)
    return token, expires_at


def told_seat(seat: Seat) -> str:
    """Return a role as the audit trail keeps it."""
    held = seat.assignment
    told = {
        "who": seat.person_id,
        "role": held.role,
        "since": held.since.isoformat(),
        "until": held.until.isoformat() if held.until else None,
    }
    return json.dumps(told)


async def accept_invitation(
    session: Session,
    token: str,
    telegram_id: int,
    language: str,
    schedule: Schedule,
    now: datetime,
) -> Joined:
    """Bind the person to the invitation's role; pressing the same link again changes nothing.

    A role for certain days begins with the first of them.

    Raises InvitationError.
    """
    token_hash = _hash(token)
    invitation = await invitations.get(session, token_hash)
    if invitation is None:
        raise UnknownInvitationError
    person = await people.get_by_telegram_id(session, telegram_id)
    if invitation.used_by is not None:
        if person and person.id == invitation.used_by:
            return Joined(
                invitation.role, invitation.unit_id, invitation.until, was_joined_before=True
            )
        raise UsedInvitationError
    if now >= invitation.expires_at:
        raise ExpiredInvitationError
    first = invitation.first
    if person:
        await _check_needed(session, invitation, person, first or schedule.local_day(now))
    person_id = person.id if person else await people.add(session, telegram_id, language)
    await people.add_assignment(
        session,
        person_id,
        invitation.role,
        invitation.unit_id,
        beginning(first, schedule, now) if first else now,
        invitation.until,
        first=first,
    )
    await invitations.save_used(session, token_hash, person_id, now)
    told = {
        "who": person_id,
        "role": invitation.role,
        **_told_days(first, invitation.until),
    }
    replaced = await _replace(session, invitation.replaces, person_id, now)
    entry = audit.Entry(
        "role.hand_over" if replaced else "role.begin",
        person_id,
        invitation.role,
        invitation.unit_id,
        before=told_seat(replaced) if replaced else None,
        after=json.dumps(told),
    )
    await audit.add(session, entry, now)
    return Joined(
        invitation.role, invitation.unit_id, invitation.until, replaced=replaced, first=first
    )


async def _check_needed(
    session: Session, invitation: Invitation, person: Person, first: date
) -> None:
    """Raise NotNeededError where the person may not act on these days, by the rule of /nguoidung."""
    if invitation.role is not Role.ACTING or invitation.unit_id is None:
        return
    seats, last = await people.list_seats(session), invitation.until or date.max
    try:
        check_leads_not(seats, person.id, invitation.unit_id, first, last)
    except LeadsAlreadyError as error:
        raise NotNeededError from error


def beginning(first: date, schedule: Schedule, now: datetime) -> datetime:
    """When a role begins whose first day is this one: at midnight, or now if that is past."""
    return max(now, datetime.combine(first, time.min, schedule.zone))


def _told_days(first: date | None, until: date | None) -> dict[str, str | None]:
    """A role's days as the audit trail keeps them."""
    last = until.isoformat() if until else None
    return {"first": first.isoformat(), "last": last} if first else {"until": last}


async def _replace(
    session: Session, seat_id: int | None, successor_id: int, now: datetime
) -> Seat | None:
    """End the predecessor's role, and return it; one's own stays, and one that is over is over."""
    seat = await people.get_seat(session, seat_id) if seat_id is not None else None
    if seat is None or seat.person_id == successor_id:
        return None
    return seat if await people.end_seat(session, seat.id, now) else None


async def recognise(
    session: Session,
    telegram_id: int,
    admin_ids: tuple[int, ...],
    language: str,
    today: date,
    now: datetime,
    *,
    in_private: bool,
) -> Person | None:
    """Return who writes. Those whom the settings name as admins are admins from their first word on.

    Whoever writes `in_private` can be written to again.
    """
    member = await people.get_member_by_telegram_id(session, telegram_id)
    person = member.person if member else None
    if in_private and member and not member.is_reachable:
        await people.save_reachable(session, telegram_id)
    is_admin = person is not None and Role.ADMIN in person.roles_on(today)
    if telegram_id in admin_ids and not is_admin:
        person_id = person.id if person else await people.add(session, telegram_id, language)
        await people.add_assignment(
            session, person_id, Role.ADMIN, None, now, None, is_from_settings=True
        )
        person = await people.get(session, person_id)
    return person


async def bind_group(
    session: Session, chat_id: int, thread_id: int | None, by: Person, now: datetime
) -> Command | None:
    """Make the chat (or its topic) the command group; None before there is a command."""
    before = await command.get(session)
    if before is None:
        return None
    await command.save_group(session, chat_id, thread_id, now)
    entry = audit.Entry(
        "group.bind",
        by.id,
        Role.ADMIN,
        before=_told_group(before.group.chat_id, before.group.thread_id) if before.group else None,
        after=_told_group(chat_id, thread_id),
    )
    await audit.add(session, entry, now)
    return await command.get(session)


async def choose_group_language(session: Session, language: str, by: Person, now: datetime) -> None:
    """Let the command group read in the language from now on."""
    before = await command.get(session)
    if before is None or before.group is None or before.group.language == language:
        return
    await command.save_group_language(session, language)
    kept = before.group.language
    entry = audit.Entry(
        "group.language",
        by.id,
        Role.ADMIN,
        before=json.dumps({"language": kept}) if kept else None,
        after=json.dumps({"language": language}),
    )
    await audit.add(session, entry, now)


def _told_group(chat_id: int, thread_id: int | None) -> str:
    return json.dumps({"chat": chat_id, "topic": thread_id})


def deep_link(username: str, token: str) -> str:
    return f"https://t.me/{username}?start={token}"
