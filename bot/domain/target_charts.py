"""Targets as values for a picture: bars of value against target, and how each unit stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.domain.targets import Basis, Mark, Standing, is_met_by_unit
from bot.domain.units import Unit

_ROOM = Fraction(5, 4)  # a bar may pass its target by so much


@dataclass(frozen=True, slots=True)
class Bar:
    """`filled` and `tick` are shares of the bar's room, None where no number is known or asked."""

    standing: Standing
    filled: Fraction | None
    tick: Fraction | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a unit's targets are met, of those of which something is known."""

    name: str
    met: int
    known: int
    untold: int


@dataclass(frozen=True, slots=True)
class TargetChart:
    day: date
    bars: tuple[Bar, ...]
    coverage: tuple[Coverage, ...]

    @property
    def met(self) -> int:
        return sum(bar.standing.is_met is True for bar in self.bars)

    @property
    def known(self) -> int:
        return sum(bar.standing.mark in {Mark.MET, Mark.NOT_MET} for bar in self.bars)


def target_chart(standings: Sequence[Standing], units: Iterable[Unit], day: date) -> TargetChart:
    """The measurable targets, and every unit; what is only a state has no bar."""
    measurable = [s for s in standings if s.target.measure.basis is not Basis.STATUS]
    return TargetChart(
        day,
        tuple(_bar(s) for s in measurable),
        tuple(_coverage(unit, measurable) for unit in units),
    )


def _bar(standing: Standing) -> Bar:
    value, asked = standing.value, standing.target.value
    figure = standing.measured.figure
    if asked is None:
        asked = Fraction(figure.whole or 1)
    room = max(asked, Fraction(1)) * _ROOM if not standing.target.unit_of_measure.is_share else None
    if room is None:
        room = Fraction(100)
    filled = None if value is None else min(value / room, Fraction(1))
    return Bar(standing, filled, asked / room)


def _coverage(unit: Unit, standings: Iterable[Standing]) -> Coverage:
    answers = [
        is_met_by_unit(s.target, figure) for s in standings if (figure := s.of_unit(unit.id))
    ]
    known = [answer for answer in answers if answer is not None]
    return Coverage(unit.short_name, sum(known), len(known), len(answers) - len(known))
