"""What the rows of one file share while they are taken in."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto

from bot.domain.calendar import Schedule
from bot.domain.names import fold
from bot.domain.people import Role
from bot.domain.table_reading import Row
from bot.domain.tables import Fact, Problem, Reason
from bot.domain.units import Unit, UnknownUnitError, find_unit
from storage import units
from storage.database import Session
from storage.units import Registry


class Done(Enum):
    ADDED = auto()
    CHANGED = auto()
    KEPT = auto()  # it was so already


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that a row asked for; the token is stored nowhere."""

    role: Role
    unit: Unit | None
    until: date | None
    expires_at: datetime
    token: str


class RowRefusedError(Exception):
    """The row cannot be taken in; the others are looked at all the same."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(slots=True)
class Batch:
    """`registry` is that of the moment, loaded again after a row that changed names of units, or was undone."""

    session: Session
    schedule: Schedule
    now: datetime
    registry: Registry
    invited: list[Invited] = field(default_factory=list)
    _seen: dict[Hashable, str] = field(default_factory=dict)
    _found: dict[tuple[date, str], Unit] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.schedule.local_day(self.now)

    async def reload(self) -> None:
        self.registry = await units.registry(self.session)
        self._found.clear()

    def check_once(self, row: Row, key: str, subject: Hashable) -> None:
        """Raise RowRefusedError where an earlier row of the file is about the same."""
        address = self._seen.setdefault(subject, row.places[key])
        if address != row.places[key]:
            raise refused(row, key, Reason.TWICE, address)

    def unit(self, row: Row, key: str, day: date | None = None) -> Unit:
        """The unit that the cell names, of the day (or today) or one that begins later.

        Raises RowRefusedError.
        """
        return self.named(row, key, row.values[key], day or self.today)

    def named(self, row: Row, key: str, typed: str, day: date) -> Unit:
        """The unit of that name, exact after folding. Raises RowRefusedError."""
        asked = day, fold(typed)
        if asked not in self._found:
            try:
                self._found[asked] = find_unit(typed, self._listed(day))
            except UnknownUnitError as error:
                listed = ", ".join(error.known[:60])
                raise refused(row, key, Reason.UNKNOWN_UNIT, typed[:60], listed) from error
        return self._found[asked]

    def _listed(self, day: date) -> tuple[Unit, ...]:
        later = (
            self.registry.get(life.unit.id, life.valid_from)
            for life in self.registry.lives
            if life.valid_from > day
        )
        return (*self.registry.on(day), *filter(None, later))

    def first_day_of(self, unit: Unit) -> date:
        """Today, or the day on which a unit begins that is still to come."""
        life = self.registry.life(unit.id)
        return max(self.today, life.valid_from) if life else self.today


def refused(row: Row, key: str, reason: Reason, *facts: Fact) -> RowRefusedError:
    """What to raise for a cell of the row; of a column that the file has not, for its first cell."""
    address = row.places.get(key) or next(iter(row.places.values()))
    return RowRefusedError(Problem(address, reason, facts))
