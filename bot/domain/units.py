from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.names import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands on one day.

    `establishment` is that day's number of people, None where nobody has told it;
    `is_sample` marks an establishment that a preset made up.
    """

    id: int
    code: str
    name: str
    short_name: str
    establishment: int | None = None
    is_sample: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(fold(n) for n in (self.code, self.name, self.short_name, *self.aliases))


class UnknownUnitError(LookupError):
    """No unit, or more than one, has the typed name; `known` are the names that would do."""

    def __init__(self, typed: str, known: tuple[str, ...]) -> None:
        super().__init__(typed)
        self.typed = typed
        self.known = known


def find_unit(typed: str, units: Iterable[Unit]) -> Unit:
    """Return the unit whose name, alias or code equals what was typed, after folding.

    Tân Thạnh, Tam Thanh and Tam Thăng are two letters apart: near is not good enough.
    """
    listed = tuple(units)
    wanted = fold(typed)
    found = [unit for unit in listed if wanted in unit.names]
    if len(found) != 1:
        raise UnknownUnitError(typed, tuple(unit.short_name for unit in listed))
    return found[0]


def in_force(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether a period that begins on `valid_from` and ends before `valid_to` holds the day."""
    return valid_from <= day and (valid_to is None or day < valid_to)
