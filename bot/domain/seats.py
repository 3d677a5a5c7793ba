"""Roles as they were given and ended, and how people are told apart without their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Assignment, Role
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Seat:
    """A role that a person was given; `ended_at` is when somebody ended it."""

    id: int
    person_id: int
    assignment: Assignment
    ended_at: datetime | None = None
    is_from_settings: bool = False

    def is_held(self, day: date) -> bool:
        return self.ended_at is None and self.assignment.holds_on(day)

    def is_open(self, today: date) -> bool:
        """Whether it is held today or will be."""
        return self.ended_at is None and not self.assignment.is_over_on(today)


@dataclass(frozen=True, slots=True)
class Label:
    """A position in place of a name; `number` is how many people held it until and with this one."""

    role: Role
    unit_id: int | None
    number: int


@dataclass(frozen=True, slots=True)
class Who:
    """A person by position; without a role (None) the person never had one."""

    role: Role | None
    unit: Unit | None = None
    number: int = 1


Place = tuple[Role, int | None]
"""A role, and the unit that it leads."""


def numbers(seats: Iterable[Seat]) -> dict[Place, dict[int, int]]:
    """For each role and unit the people who ever held it, counted in the order of joining.

    Those who have left count, so that nobody's number ever changes.
    """
    order: dict[Place, dict[int, int]] = {}
    for seat in sorted(seats, key=lambda seat: seat.id):
        held = order.setdefault((seat.assignment.role, seat.assignment.unit_id), {})
        held.setdefault(seat.person_id, len(held) + 1)
    return order


def labels(seats: Iterable[Seat], today: date) -> dict[int, Label]:
    """Every person by the position held today, or else by the next or the last one."""
    listed = sorted(seats, key=lambda seat: seat.id)
    order = numbers(listed)
    main: dict[int, Seat] = {}
    for seat in listed:
        known = main.get(seat.person_id)
        if known is None or _weight(seat, today) > _weight(known, today):
            main[seat.person_id] = seat
    return {
        person_id: Label(
            seat.assignment.role,
            seat.assignment.unit_id,
            order[seat.assignment.role, seat.assignment.unit_id][person_id],
        )
        for person_id, seat in main.items()
    }


def _weight(seat: Seat, today: date) -> int:
    """Held today counts most, to come more than over."""
    return 2 * seat.is_held(today) + seat.is_open(today)


class NotEndableError(Exception):
    """The role cannot be ended."""


class AlreadyOverError(NotEndableError):
    """Nobody holds it any more."""


class FromSettingsError(NotEndableError):
    """The settings name this admin; it ends there."""


class LastAdminError(NotEndableError):
    """Without this one nobody could let anybody in."""


def check_end(
    seat: Seat, seats: Iterable[Seat], today: date, *, settings_name_admins: bool
) -> None:
    """Raise NotEndableError unless the role may be ended."""
    if not seat.is_open(today):
        raise AlreadyOverError
    if seat.is_from_settings:
        raise FromSettingsError
    others = (
        other
        for other in seats
        if other.id != seat.id
        and other.assignment.role is Role.ADMIN
        and other.assignment.until is None
        and other.is_held(today)
    )
    if seat.assignment.role is Role.ADMIN and not settings_name_admins and not any(others):
        raise LastAdminError


class NotActingError(Exception):
    """The person cannot act for the unit on these days."""


class ActingInPastError(NotActingError):
    pass


class ActingOutOfOrderError(NotActingError):
    """The first day is after the last."""


class ActingTooLongError(NotActingError):
    """It lasts longer than acting leaders do."""


class LeadsAlreadyError(NotActingError):
    """The person leads the unit, or acts for it, on one of these days."""


LONGEST_ACTING_DAYS = 366


def check_acting(
    seats: Iterable[Seat], person_id: int | None, unit_id: int, first: date, last: date, today: date
) -> None:
    """Raise NotActingError unless the person may act for the unit from the first day to the last.

    Who is yet to be invited (None) leads nothing.
    """
    check_acting_days(first, last, today)
    if person_id is not None:
        check_leads_not(seats, person_id, unit_id, first, last)


def check_acting_days(first: date, last: date, today: date) -> None:
    """Raise NotActingError where nobody could act from the first day to the last."""
    if last < first:
        raise ActingOutOfOrderError
    if first < today:
        raise ActingInPastError
    if (last - first).days >= LONGEST_ACTING_DAYS:
        raise ActingTooLongError


def check_leads_not(
    seats: Iterable[Seat], person_id: int, unit_id: int, first: date, last: date
) -> None:
    """Raise LeadsAlreadyError if the person leads the unit or acts for it on one of these days."""
    for seat in seats:
        held = seat.assignment
        if seat.person_id != person_id or held.unit_id != unit_id or seat.ended_at is not None:
            continue
        begins, ends = held.first or date.min, held.until or date.max
        if held.role in {Role.LEADER, Role.ACTING} and begins <= last and first <= ends:
            raise LeadsAlreadyError


def other_roles(role: Role) -> tuple[Role, ...]:
    """The roles that this one may be changed into; one that is given for days just ends."""
    if role is Role.ACTING:
        return ()
    if role.leads_unit:
        return tuple(r for r in (Role.LEADER, Role.DEPUTY) if r is not role)
    return tuple(r for r in (Role.COMMANDER, Role.ADMIN) if r is not role)


def by_unit(seats: Iterable[Seat], today: date) -> Mapping[int, list[Seat]]:
    """The roles that are held today or will be, by unit."""
    found: dict[int, list[Seat]] = {}
    for seat in seats:
        if seat.assignment.unit_id is not None and seat.is_open(today):
            found.setdefault(seat.assignment.unit_id, []).append(seat)
    return found
