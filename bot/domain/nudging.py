"""When a unit may be asked once more, out of turn, for a report that is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.measures import State, UnitDay
from bot.domain.people import Role
from bot.domain.summaries import Summary

# Whoever was asked just now is not asked again by the next impatient thumb.
NUDGE_AGAIN_AFTER = timedelta(minutes=10)


class NudgeOutcome(StrEnum):
    NUDGED = "nudged"
    REPORTED = "reported"
    EXEMPT = "exempt"
    NOT_OPEN = "not_open"
    LOCKED = "locked"
    RECENT = "recent"  # asked less than ten minutes ago
    UNREACHABLE = "unreachable"  # nobody would get the message


@dataclass(frozen=True, slots=True)
class LastNudge:
    """When a unit was last nudged, and in which role; None for one that no longer holds any."""

    at: datetime
    role: Role | None


@dataclass(frozen=True, slots=True)
class Nudged:
    """What a nudge came to; `last` is the unit's last one, this one included."""

    unit_day: UnitDay
    outcome: NudgeOutcome
    last: LastNudge | None


@dataclass(frozen=True, slots=True)
class Missing:
    """One day's summary, with each unit's last nudge and the units where nobody gets messages."""

    summary: Summary
    last_nudges: Mapping[int, LastNudge] = field(default_factory=dict)
    unreachable: frozenset[int] = frozenset()

    @property
    def open_units(self) -> tuple[UnitDay, ...]:
        """Units that have not reported and still can."""
        as_of = self.summary.as_of
        return tuple(d for d in self.summary.missing if as_of < d.window.locks)

    def outcome_for(self, unit_day: UnitDay) -> NudgeOutcome:
        """Decide whether the unit is nudged now, or why not."""
        now, last = self.summary.as_of, self.last_nudges.get(unit_day.unit.id)
        if unit_day.report:
            return NudgeOutcome.REPORTED
        if unit_day.state is State.EXEMPT:
            return NudgeOutcome.EXEMPT
        if now < unit_day.window.opens:
            return NudgeOutcome.NOT_OPEN
        if now >= unit_day.window.locks:
            return NudgeOutcome.LOCKED
        if last and now < last.at + NUDGE_AGAIN_AFTER:
            return NudgeOutcome.RECENT
        if unit_day.unit.id in self.unreachable:
            return NudgeOutcome.UNREACHABLE
        return NudgeOutcome.NUDGED
