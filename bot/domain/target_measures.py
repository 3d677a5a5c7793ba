"""The value of each target, from the facts of a day as they were known at a moment."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from bot.domain import training_measures as training
from bot.domain.checklists import Checklist, ItemState
from bot.domain.participation import ActivityKind, Participation
from bot.domain.targets import (
    NOT_KNOWN,
    Basis,
    Figure,
    Measure,
    Measured,
    Scope,
    Standing,
    Status,
    Target,
    TargetState,
    scope_of,
)
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Count:
    """Two counts that a unit reported for a target."""

    key: str
    unit_id: int
    part: int
    whole: int
    at: datetime


# The field of the duty report that tells whether all was safe.
SAFETY_QUESTION = "safety"


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """One unit's daily reports, over the days of which it is sure whether they came in time.

    `unsafe` reports tell of a problem of safety, `untold` ones leave it open.
    """

    expected: int = 0
    actual: int = 0
    on_time: int = 0
    unsafe: int = 0
    untold: int = 0

    def __add__(self, other: "DutyRecord") -> "DutyRecord":
        return DutyRecord(
            self.expected + other.expected,
            self.actual + other.actual,
            self.on_time + other.on_time,
            self.unsafe + other.unsafe,
            self.untold + other.untold,
        )


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What the targets are measured from; `duty` is by a unit's id, `statuses` and `counts` are oldest first.

    `former` are the units that were there earlier in the year and are no more: what they owed the
    command then stays in its figure.
    """

    day: date
    now: datetime
    units: tuple[Unit, ...]
    former: tuple[Unit, ...] = ()
    duty: Mapping[int, DutyRecord] = field(default_factory=dict)
    participations: tuple[Participation, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    statuses: tuple[Status, ...] = ()
    counts: tuple[Count, ...] = ()


def standings(targets: Sequence[Target], facts: TargetFacts) -> tuple[Standing, ...]:
    """Every target of the day with its value, in their order."""
    found = [target for target in targets if target.holds_on(facts.day)]
    return tuple(standing(t, facts) for t in sorted(found, key=lambda t: t.position))


def standing(target: Target, facts: TargetFacts) -> Standing:
    scope = scope_of(target.scope, facts.units)
    return Standing(target, scope, _measured(target, scope, facts))


def _measured(target: Target, scope: Scope, facts: TargetFacts) -> Measured:
    unit_ids = tuple(unit.id for unit in scope.units)
    if target.measure in _TRAINING:
        return _TRAINING[target.measure](facts.participations, unit_ids, _former(target, facts))
    if target.measure in _CHECKLISTS:
        return _CHECKLISTS[target.measure](facts.checklists, unit_ids)
    match target.measure:
        case Measure.DUTY_REPORTS:
            return duty_reports(facts.duty, unit_ids, _former(target, facts))
        case Measure.SAFETY:
            return safety(facts.duty, unit_ids, _former(target, facts))
        case Measure.PARTY_MEMBERS:
            return party_members(target.key, facts.counts, unit_ids)
        case _ if target.measure.basis is Basis.REPORTED:
            return yes_by_unit(target.key, facts.statuses, unit_ids)
        case _:
            return state_of(target.key, facts.statuses)


def _former(target: Target, facts: TargetFacts) -> tuple[int, ...]:
    return tuple(unit.id for unit in scope_of(target.scope, facts.former).units)


def duty_reports(
    duty: Mapping[int, DutyRecord], unit_ids: Sequence[int], former: Sequence[int] = ()
) -> Measured:
    """Reports on time ÷ expected; and, as the second figure, reports ÷ expected.

    A report that may still come in time is not counted.
    """
    of_unit = {unit_id: duty.get(unit_id, DutyRecord()) for unit_id in unit_ids}
    whole = _together(duty, (*unit_ids, *former))
    return Measured(
        Figure(whole.on_time, whole.expected),
        second=Figure(whole.actual, whole.expected),
        by_unit={unit_id: Figure(r.on_time, r.expected) for unit_id, r in of_unit.items()},
    )


def safety(
    duty: Mapping[int, DutyRecord], unit_ids: Sequence[int], former: Sequence[int] = ()
) -> Measured:
    """Reports that tell of a problem of safety; those that are missing might tell of one."""
    of_unit = {unit_id: duty.get(unit_id, DutyRecord()) for unit_id in unit_ids}
    return Measured(
        _problems(_together(duty, (*unit_ids, *former))),
        by_unit={unit_id: _problems(record) for unit_id, record in of_unit.items()},
    )


def _together(duty: Mapping[int, DutyRecord], unit_ids: Sequence[int]) -> DutyRecord:
    return sum((duty.get(unit_id, DutyRecord()) for unit_id in unit_ids), DutyRecord())


def _problems(record: DutyRecord) -> Figure:
    told = record.actual - record.untold
    return Figure(record.unsafe, None, record.expected - told) if told else NOT_KNOWN


def party_members(key: str, reported: Sequence[Count], unit_ids: Sequence[int]) -> Measured:
    """Party members ÷ people, by the newest counts of each unit."""
    by_unit = dict.fromkeys(unit_ids, NOT_KNOWN)
    told_at: dict[int, datetime] = {}
    for count in reported:
        if count.key == key and count.unit_id in by_unit:
            by_unit[count.unit_id] = Figure(count.part, count.whole)
            told_at[count.unit_id] = count.at
    known = [figure for figure in by_unit.values() if figure.is_known]
    if not known:
        return Measured(by_unit=by_unit)
    return Measured(
        Figure(sum(f.part or 0 for f in known), sum(f.whole or 0 for f in known)),
        by_unit=by_unit,
        told_at=told_at,
    )


def yes_by_unit(key: str, statuses: Sequence[Status], unit_ids: Sequence[int]) -> Measured:
    """Units that said yes ÷ units, by the newest answer of each."""
    told = {s.unit_id: s for s in statuses if s.key == key and s.unit_id in unit_ids}
    measured = _of_units(
        {
            unit_id: told[unit_id].state is TargetState.DONE if unit_id in told else None
            for unit_id in unit_ids
        }
    )
    told_at = {unit_id: s.at for unit_id, s in told.items() if unit_id is not None}
    return replace(measured, told_at=told_at)


def state_of(key: str, statuses: Sequence[Status]) -> Measured:
    """The newest state of the whole command, with since when."""
    given = [s for s in statuses if s.key == key and s.unit_id is None]
    if not given:
        return Measured()
    state, since = given[-1].state, given[-1].at
    for earlier in reversed(given[:-1]):
        if earlier.state is not state:
            break
        since = earlier.at
    return Measured(state=state, since=since)


def exercises_held(checklists: Sequence[Checklist], unit_ids: Sequence[int]) -> Measured:
    """Units of the target that have held their exercise ÷ those units; without any plan unknown."""
    own = [c for c in checklists if c.exercise_unit_id is not None]
    if not own:
        return _of_units(dict.fromkeys(unit_ids))
    held = {c.exercise_unit_id for c in own if c.is_held}
    return _of_units({unit_id: unit_id in held for unit_id in unit_ids})


def exercise_bodies(checklists: Sequence[Checklist], _unit_ids: Sequence[int]) -> Measured:
    """Bodies that are set up wherever an exercise asks for them."""
    states: defaultdict[str, list[ItemState]] = defaultdict(list)
    for checklist in checklists:
        for item in checklist.items:
            if item.key == "bodies":
                states[item.part].append(item.state)
    if not states:
        return Measured()
    done = [all(s is ItemState.DONE for s in found) for found in states.values()]
    return Measured(Figure(sum(done)))


def items_done(
    keys: frozenset[str], checklists: Sequence[Checklist], _unit_ids: Sequence[int]
) -> Measured:
    """Items of these keys that are done ÷ all of them."""
    items = [item for c in checklists for item in c.items if item.key in keys]
    done = sum(item.state is ItemState.DONE for item in items)
    return Measured(Figure(done, len(items)) if items else NOT_KNOWN)


def items_by_unit(
    keys: frozenset[str], checklists: Sequence[Checklist], unit_ids: Sequence[int]
) -> Measured:
    """Units that have done every item of these keys ÷ units; who has no such item is unknown."""
    of_unit: dict[int, list[bool]] = {unit_id: [] for unit_id in unit_ids}
    for checklist in checklists:
        if checklist.unit_id in of_unit:
            of_unit[checklist.unit_id] += [
                item.state is ItemState.DONE for item in checklist.items if item.key in keys
            ]
    return _of_units({unit_id: all(done) if done else None for unit_id, done in of_unit.items()})


def _of_units(answers: Mapping[int, bool | None]) -> Measured:
    """Units that did it ÷ units; nothing is known while no unit is."""
    by_unit = {
        unit_id: Figure(None, 1, 1) if answer is None else Figure(int(answer), 1)
        for unit_id, answer in answers.items()
    }
    told = [answer for answer in answers.values() if answer is not None]
    untold = len(answers) - len(told)
    figure = Figure(sum(told), len(answers), untold) if told or not answers else NOT_KNOWN
    return Measured(figure, by_unit=by_unit)


_TRAINING: Mapping[
    Measure, Callable[[Sequence[Participation], Sequence[int], Sequence[int]], Measured]
] = {
    Measure.BASES_TRAINED: training.bases_trained,
    Measure.PEOPLE_TRAINED: training.people_trained,
    Measure.CONTESTS: partial(training.took_part, kind=ActivityKind.CONTEST),
    Measure.MEETS: partial(training.took_part, kind=ActivityKind.MEET),
    Measure.BRIEFINGS: training.briefings,
    Measure.EXERCISE_STAFF_TRAINING: training.staff_training,
    Measure.POLITICAL_EDUCATION: training.sessions_held,
}
_CHECKLISTS: Mapping[Measure, Callable[[Sequence[Checklist], Sequence[int]], Measured]] = {
    Measure.WARD_EXERCISES: exercises_held,
    Measure.EXERCISE_BODIES: exercise_bodies,
    Measure.RESERVIST_REGISTER: partial(items_by_unit, frozenset({"register"})),
    Measure.PAST_FINDINGS: partial(items_done, frozenset({"past_findings"})),
    Measure.FUNDING: partial(items_done, frozenset({"funding", "facilities"})),
}
