"""Everybody whom the bot knows, with every role that was ever given, as they stand on one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Role
from bot.domain.seats import Label, Seat, Who, labels
from bot.domain.units import Unit
from storage import people, units
from storage.database import Session
from storage.people import Member
from storage.units import Registry

_ROLE_ORDER = tuple(Role)


@dataclass(frozen=True, slots=True)
class Roll:
    members: Mapping[int, Member]
    seats: Sequence[Seat]
    labels: Mapping[int, Label]
    registry: Registry
    today: date

    def who(self, person_id: int) -> Who:
        label = self.labels.get(person_id)
        if label is None:
            return Who(None)
        return Who(label.role, self.unit(label.unit_id), label.number)

    def unit(self, unit_id: int | None) -> Unit | None:
        """The unit under today's name, in force or not."""
        return None if unit_id is None else self.registry.ever(unit_id, self.today)

    def seat(self, seat_id: int | None) -> Seat | None:
        return next((seat for seat in self.seats if seat.id == seat_id), None)

    def open_seats(self, person_id: int) -> tuple[Seat, ...]:
        """The roles that the person holds today or will hold."""
        return tuple(s for s in self.seats if s.person_id == person_id and s.is_open(self.today))

    def is_last_of_unit(self, seat: Seat) -> bool:
        """Whether nobody else speaks for the unit of this role today."""
        unit_id = seat.assignment.unit_id
        return unit_id is not None and not any(
            other.id != seat.id
            and other.assignment.unit_id == unit_id
            and other.is_held(self.today)
            for other in self.seats
        )

    def joined_at(self, person_id: int) -> datetime | None:
        """When the person was let in: the beginning of the first role."""
        return next((s.assignment.since for s in self.seats if s.person_id == person_id), None)

    def listed(self, role: Role | None, unit_id: int | None) -> list[int]:
        """Ids of those who have or will have the role (or any), for the unit (or any).

        By unit in the configured order, those without a unit first, then by role and number.
        """
        places = {known: n for n, known in enumerate(self.registry.order)}
        found = {
            seat.person_id
            for seat in self.seats
            if seat.is_open(self.today)
            and role in {None, seat.assignment.role}
            and unit_id in {None, seat.assignment.unit_id}
        }

        def place(person_id: int) -> tuple[int, int, int]:
            label = self.labels[person_id]
            unit_place = -1 if label.unit_id is None else places.get(label.unit_id, len(places))
            return unit_place, _ROLE_ORDER.index(label.role), label.number

        return sorted(found, key=place)


async def load(session: Session, today: date) -> Roll:
    members = {m.person.id: m for m in await people.list_members(session)}
    seats = await people.list_seats(session)
    registry = await units.registry(session)
    return Roll(members, seats, labels(seats, today), registry, today)
