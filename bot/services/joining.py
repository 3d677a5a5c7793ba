"""Invitations, joining by them, and the command group."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.people import Person, Role
from bot.domain.units import Unit
from storage import command, invitations, people
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


class UnitRequiredError(ValueError):
    """The role leads a unit, and none was named (or one was named for a role that leads none)."""


@dataclass(frozen=True, slots=True)
class Joined:
    role: Role
    unit_id: int | None
    until: date | None
    was_joined_before: bool = False


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
    until: date | None = None,
    valid_for: timedelta = VALID_FOR,
    created_by: int | None = None,
) -> tuple[str, datetime]:
    """Return the token, which is stored nowhere, and when it expires. Raises UnitRequiredError."""
    check_unit(role, unit)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = now + valid_for
    invitation = Invitation(role, unit.id if unit else None, until, expires_at, used_by=None)
    await invitations.add(session, _hash(token), invitation, created_by, now)
    return token, expires_at


async def accept_invitation(
    session: Session, token: str, telegram_id: int, language: str, now: datetime
) -> Joined:
    """Bind the person to the invitation's role; pressing the same link again changes nothing.

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
    person_id = person.id if person else await people.add(session, telegram_id, language)
    await people.add_assignment(
        session, person_id, invitation.role, invitation.unit_id, now, invitation.until
    )
    await invitations.save_used(session, token_hash, person_id, now)
    return Joined(invitation.role, invitation.unit_id, invitation.until)


async def recognise(
    session: Session,
    telegram_id: int,
    admin_ids: tuple[int, ...],
    language: str,
    today: date,
    now: datetime,
) -> Person | None:
    """Return who writes. Those whom the settings name as admins are admins from their first word on."""
    person = await people.get_by_telegram_id(session, telegram_id)
    is_admin = person is not None and Role.ADMIN in person.roles_on(today)
    if telegram_id in admin_ids and not is_admin:
        person_id = person.id if person else await people.add(session, telegram_id, language)
        await people.add_assignment(
            session, person_id, Role.ADMIN, None, now, None, is_from_settings=True
        )
        person = await people.get(session, person_id)
    return person


async def bind_group(
    session: Session, chat_id: int, thread_id: int | None, now: datetime
) -> Command | None:
    """Make the chat (or its topic) the command group."""
    await command.save_group(session, chat_id, thread_id, now)
    return await command.get(session)


def deep_link(username: str, token: str) -> str:
    return f"https://t.me/{username}?start={token}"
