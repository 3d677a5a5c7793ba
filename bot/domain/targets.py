"""Targets of the resolutions, and how a measured value stands against what is asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from bot.domain.units import Unit, in_force

_WHOLE = 100  # per cent


class Operator(StrEnum):
    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    DONE = "done"


class UnitOfMeasure(StrEnum):
    PERCENT_OF_UNITS = "percent_of_units"
    PERCENT_OF_PEOPLE = "percent_of_people"
    UNITS = "units"
    BODIES = "bodies"
    SESSIONS = "sessions"
    INCIDENTS = "incidents"
    NONE = "none"

    @property
    def is_share(self) -> bool:
        return self in {UnitOfMeasure.PERCENT_OF_UNITS, UnitOfMeasure.PERCENT_OF_PEOPLE}


class Measure(StrEnum):
    """What gives a target its value."""

    BASES_TRAINED = "bases_trained"
    PEOPLE_TRAINED = "people_trained"
    CONTESTS = "contests"
    MEETS = "meets"
    BRIEFINGS = "briefings"
    DUTY_REPORTS = "duty_reports"
    PARTY_COMMITTEE = "party_committee"
    PARTY_MEMBERS = "party_members"
    OFFICE = "office"
    MODEL_UNIT = "model_unit"
    VEHICLES = "vehicles"
    RESERVISTS = "reservists"
    RESERVIST_REGISTER = "reservist_register"
    MOBILISATION_PLAN = "mobilisation_plan"
    CITY_EXERCISE = "city_exercise"
    WARD_EXERCISES = "ward_exercises"
    EXERCISE_BODIES = "exercise_bodies"
    EXERCISE_STAFF_TRAINING = "exercise_staff_training"
    POLITICAL_EDUCATION = "political_education"
    SAFETY = "safety"
    PAST_FINDINGS = "past_findings"
    FUNDING = "funding"

    @property
    def basis(self) -> "Basis":
        if self in _STATUS_ONLY:
            return Basis.STATUS
        if self in _REPORTED:
            return Basis.REPORTED
        return Basis.CHECKLIST if self in _CHECKED else Basis.COMPUTED

    @property
    def is_yes_or_no(self) -> bool:
        """Whether one unit's figure is a single yes or no."""
        return self in _YES_OR_NO


class Basis(StrEnum):
    """Where a value comes from."""

    COMPUTED = "computed"
    REPORTED = "reported"
    CHECKLIST = "checklist"
    STATUS = "status"  # a state alone, no figures


_STATUS_ONLY = frozenset(
    {
        Measure.MODEL_UNIT,
        Measure.VEHICLES,
        Measure.RESERVISTS,
        Measure.MOBILISATION_PLAN,
        Measure.CITY_EXERCISE,
    }
)
_REPORTED = frozenset({Measure.PARTY_COMMITTEE, Measure.PARTY_MEMBERS, Measure.OFFICE})
_CHECKED = frozenset(
    {
        Measure.RESERVIST_REGISTER,
        Measure.WARD_EXERCISES,
        Measure.EXERCISE_BODIES,
        Measure.PAST_FINDINGS,
        Measure.FUNDING,
    }
)

_YES_OR_NO = frozenset(
    {
        Measure.BASES_TRAINED,
        Measure.PARTY_COMMITTEE,
        Measure.OFFICE,
        Measure.RESERVIST_REGISTER,
        Measure.WARD_EXERCISES,
        Measure.EXERCISE_STAFF_TRAINING,
    }
)


class TargetState(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Status:
    """A state that somebody gave, for a unit or (None) the whole command."""

    key: str
    unit_id: int | None
    state: TargetState
    at: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked from a day until before another; `value` None: done or not, or no number was set."""

    key: str
    valid_from: date
    valid_to: date | None
    position: int
    phrases: Mapping[str, str]
    shorts: Mapping[str, str]
    measure: Measure
    operator: Operator
    value: Fraction | None
    unit_of_measure: UnitOfMeasure
    scope: str
    source: str

    def holds_on(self, day: date) -> bool:
        return in_force(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Scope:
    """The units a target is about, and the codes it names that no unit has on the day."""

    units: tuple[Unit, ...]
    gone: tuple[str, ...] = ()


_ALL, _WARDS = "all", "wards"
_WARD_NAMES = ("phường ", "xã ", "thị trấn ", "đặc khu ")


def scope_of(scope: str, units: Sequence[Unit]) -> Scope:
    """Resolve `all`, `wards` or codes among the day's units."""
    if scope == _ALL:
        return Scope(tuple(units))
    if scope == _WARDS:
        return Scope(tuple(u for u in units if u.name.lower().startswith(_WARD_NAMES)))
    codes = tuple(code.strip() for code in scope.split(","))
    by_code = {unit.code: unit for unit in units}
    return Scope(
        tuple(by_code[code] for code in codes if code in by_code),
        tuple(code for code in codes if code not in by_code),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, or a part of a whole. `part` None: nothing is known.

    `unknown` is how many more might still be in `part`, for they have not been told.
    """

    part: int | None
    whole: int | None = None
    unknown: int = 0

    @property
    def is_known(self) -> bool:
        return self.part is not None

    @property
    def is_expected(self) -> bool:
        """Whether anything was expected: a share of nothing has no value."""
        return self.whole != 0

    @property
    def share(self) -> Fraction | None:
        """Part ÷ whole; None where it is not known or nothing was expected."""
        return Fraction(self.part, self.whole) if self.part is not None and self.whole else None


NOT_KNOWN = Figure(None)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the facts tell of a measure: the figure that is judged, a second one, and each unit's own.

    `by_unit` has every unit that the target is about where the measure knows units. `state` is set
    for what has no figures; `since` tells since when. `half_days_lacking` are, least first, those that
    each person of a roster who has not completed still lacks. `told_at`: when each
    unit told what is reported.
    """

    figure: Figure = NOT_KNOWN
    second: Figure | None = None
    by_unit: Mapping[int, Figure] | None = None
    by_event: tuple[tuple[date, Figure], ...] = ()
    state: TargetState | None = None
    since: datetime | None = None
    half_days_lacking: tuple[int, ...] = ()
    told_at: Mapping[int, datetime] = field(default_factory=dict)


class Mark(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNDER_WAY = "under_way"
    UNKNOWN = "unknown"
    NOTHING = "nothing"  # nothing was expected


@dataclass(frozen=True, slots=True)
class Standing:
    """A target with its present value."""

    target: Target
    scope: Scope
    measured: Measured

    @property
    def value(self) -> Fraction | None:
        """The value in the target's unit of measure: per cent, or a count."""
        return value_of(self.target, self.measured.figure)

    @property
    def is_met(self) -> bool | None:
        if self.target.measure.basis is Basis.STATUS:
            state = self.measured.state
            return None if state is None else state is TargetState.DONE
        return is_met(self.target, self.measured.figure)

    @property
    def mark(self) -> Mark:
        if self.measured.state is TargetState.UNDER_WAY:
            return Mark.UNDER_WAY
        return mark_of(self.measured.figure, self.is_met)

    @property
    def gap(self) -> Fraction | None:
        """How far the value is from the target, 0 where it is met; None where either is not known."""
        value, asked = self.value, self.target.value
        if value is None or asked is None:
            return None
        off = value - asked if self.target.operator is Operator.AT_MOST else asked - value
        if self.target.operator is Operator.EQUAL:
            return abs(off)
        return max(off, Fraction(0))

    @property
    def lacking(self) -> int | None:
        """How many more units, people or sessions would close the gap; None where that is not known."""
        return lacking(self.target, self.measured.figure)

    @property
    def sessions_lacking(self) -> int | None:
        """In how many half-days so many people could complete that the gap is closed; None if not known."""
        people, known = self.lacking, self.measured.half_days_lacking
        return known[people - 1] if people and people <= len(known) else None

    def of_unit(self, unit_id: int) -> Figure | None:
        return (self.measured.by_unit or {}).get(unit_id)


@dataclass(frozen=True, slots=True)
class Marks:
    """How many of all targets are met and not met; `others` are under way or not known."""

    met: int
    not_met: int
    others: int
    all: int


def marks(standings: Sequence[Standing]) -> Marks:
    found = Counter(standing.mark for standing in standings)
    met, not_met, every = found[Mark.MET], found[Mark.NOT_MET], len(standings)
    return Marks(met, not_met, every - met - not_met, every)


def lagging(standings: Sequence[Standing]) -> list[Standing]:
    """The targets that are not met, those furthest from what is asked first; without a gap last."""

    def share(standing: Standing) -> Fraction:
        gap, asked = standing.gap, standing.target.value
        return (
            gap / max(abs(asked), Fraction(1)) if gap is not None and asked is not None else -_ONE
        )

    return sorted((s for s in standings if s.mark is Mark.NOT_MET), key=share, reverse=True)


_ONE = Fraction(1)


def value_of(target: Target, figure: Figure) -> Fraction | None:
    if target.unit_of_measure.is_share:
        return None if figure.share is None else figure.share * _WHOLE
    return None if figure.part is None or not figure.is_expected else Fraction(figure.part)


def is_met(target: Target, figure: Figure) -> bool | None:
    """Whether the target is met; None where what is not told yet could change the answer."""
    if figure.part is None or not figure.is_expected:
        return None
    least = _holds(target, figure.part, figure.whole)
    most = _holds(target, figure.part + figure.unknown, figure.whole)
    return least if least == most else None


def _holds(target: Target, part: int, whole: int | None) -> bool:
    if target.value is None:
        return part >= whole if whole is not None else part > 0
    value = (
        Fraction(part * _WHOLE, whole)
        if target.unit_of_measure.is_share and whole
        else Fraction(part)
    )
    match target.operator:
        case Operator.AT_LEAST:
            return value >= target.value
        case Operator.AT_MOST:
            return value <= target.value
        case _:
            return value == target.value


def lacking(target: Target, figure: Figure) -> int | None:
    if figure.part is None or not figure.is_expected or target.operator is Operator.AT_MOST:
        return None
    if target.unit_of_measure is UnitOfMeasure.INCIDENTS:
        return None
    if target.value is None:
        asked = Fraction(1 if figure.whole is None else figure.whole)
    elif target.unit_of_measure.is_share and figure.whole:
        asked = target.value * figure.whole / _WHOLE
    else:
        asked = target.value
    return max(0, -(-asked.numerator // asked.denominator) - figure.part)


def mark_of(figure: Figure, met: bool | None) -> Mark:  # noqa: FBT001 - three answers, no switch
    if met is not None:
        return Mark.MET if met else Mark.NOT_MET
    return Mark.NOTHING if figure.is_known and not figure.is_expected else Mark.UNKNOWN


def is_met_by_unit(target: Target, figure: Figure) -> bool | None:
    """Whether one unit did its part; None where that is not known or nothing was expected."""
    if target.unit_of_measure.is_share or target.unit_of_measure is UnitOfMeasure.INCIDENTS:
        return is_met(target, figure)
    if figure.part is None or not figure.is_expected:
        return None
    return figure.part >= figure.whole if figure.whole is not None else figure.part > 0
