"""The units that an admin's change is for: one that is named, or all."""

from datetime import date

from bot.domain.units import Unit
from storage.units import Registry


class GoneUnitError(LookupError):
    """The unit is not, or no longer, there on the day."""

    def __init__(self, unit_id: int, day: date) -> None:
        super().__init__(f"{unit_id} {day}")
        self.unit_id = unit_id
        self.day = day


def named_unit(registry: Registry, unit_id: int | None, day: date) -> Unit | None:
    """Return the unit as it stands on the day; None for all units. Raises GoneUnitError."""
    unit = registry.get(unit_id, day) if unit_id is not None else None
    if unit_id is not None and unit is None:
        raise GoneUnitError(unit_id, day)
    return unit


def units_meant(registry: Registry, unit_id: int | None, day: date) -> tuple[Unit, ...]:
    """The named unit alone, or (None) all of the day. Raises GoneUnitError."""
    unit = named_unit(registry, unit_id, day)
    return (unit,) if unit else registry.on(day)
