"""Whom to ring when Telegram is down: positions alone, for names and numbers are written in by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Role
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a position today; `unit_id` None for the command's own."""

    role: Role
    unit_id: int | None
    unreachable_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallRow:
    """A position to ring; `unit` None for the command's own."""

    unit: Unit | None
    role: Role
    has_joined: bool
    unreachable_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallSheet:
    command_name: str
    as_of: datetime
    rows: tuple[CallRow, ...]


# Each unit is rung by these, joined or not; the others only where somebody holds them.
_ALWAYS = (Role.LEADER, Role.DEPUTY)
_OF_UNIT = (Role.LEADER, Role.ACTING, Role.DEPUTY)
_OF_COMMAND = (Role.COMMANDER, Role.ADMIN)


def call_rows(units: Sequence[Unit], holders: Iterable[Holder]) -> tuple[CallRow, ...]:
    """Return a row for each position: the command's own first, then by unit in the order given."""
    held: dict[tuple[int | None, Role], list[Holder]] = {}
    for holder in holders:
        held.setdefault((holder.unit_id, holder.role), []).append(holder)
    places: list[tuple[Unit | None, Role]] = [(None, role) for role in _OF_COMMAND]
    places += [(unit, role) for unit in units for role in _OF_UNIT]
    rows: list[CallRow] = []
    for unit, role in places:
        found = held.get((unit.id if unit else None, role), [])
        rows += [
            CallRow(unit, role, has_joined=True, unreachable_since=holder.unreachable_since)
            for holder in found
        ]
        if not found and (unit is None or role in _ALWAYS):
            rows.append(CallRow(unit, role, has_joined=False))
    return tuple(rows)
