"""A period as it is read: its summary, what it is compared with, and what stands out in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.comparison import Comparison
from bot.domain.exercises import Readiness
from bot.domain.insights import Flag
from bot.domain.periods import Period
from bot.domain.reports import Report
from bot.domain.standings import Standing
from bot.domain.summaries import Summary
from bot.domain.targets import Standing as TargetStanding
from bot.domain.training_measures import TrainingRecord
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Overview:
    """A period of all units: a day in every detail, a longer one as it adds up.

    `earlier` and `later` are days of the periods beside it, None where there is nothing to see.
    """

    period: Period
    day: date
    summary: Summary | Standing
    comparison: Comparison | None
    flags: tuple[tuple[Unit, Flag], ...]
    earlier: date | None
    later: date | None
    beyond: "Beyond | None" = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a period longer than a day tells besides reports, up to `until`, its last day or today.

    `units` are by id; `exercises` stand as they are known today, and only where the days reach that far.
    """

    until: date
    training: TrainingRecord | None
    targets: tuple[TargetStanding, ...]
    exercises: tuple[Readiness, ...]
    units: Mapping[int, Unit]


@dataclass(frozen=True, slots=True)
class Account:
    """Some days of all units as they are written into a file; a period has its comparison.

    `beyond` is of a single day as well: its targets are those of the day.
    """

    summary: Summary
    comparison: Comparison | None = None
    flags: tuple[tuple[Unit, Flag], ...] = ()
    beyond: Beyond | None = None


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """A period of one unit; `summary` is of it alone, `unit` as it stood on the last day that counts.

    `streak` counts reporting days on time in a row, up to the period's last day that is known;
    `revisions` are ordered by day and revision.
    """

    unit: Unit
    period: Period
    day: date
    summary: Summary
    comparison: Comparison | None
    streak: int
    flags: tuple[Flag, ...]
    revisions: tuple[Report, ...]
    earlier: date | None
    later: date | None
