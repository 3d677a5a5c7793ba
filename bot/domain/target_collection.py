"""What has come in of a target's reports since they were asked for last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import Window
from bot.domain.reports import Report
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Collected:
    """One asking of a target's reports: who owes one and what came, by unit; and the next day of asking.

    `window` None: it was never asked yet. `is_open`: reports are taken now.
    """

    report_type: str
    window: Window | None
    units: tuple[Unit, ...]
    reports: Mapping[int, Report]
    is_open: bool
    is_overdue: bool
    next_asked: date

    @property
    def missing(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.id not in self.reports)

    def owes(self, unit_id: int) -> bool:
        return any(unit.id == unit_id for unit in self.missing)

    @property
    def late(self) -> tuple[Unit, ...]:
        return tuple(
            u for u in self.units if u.id in self.reports and not self.reports[u.id].is_on_time
        )
