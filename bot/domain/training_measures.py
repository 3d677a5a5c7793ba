"""What training gives to the targets: each measure is a function of what units took part in.

Attendance that nobody has reported is unknown, never absence; heads of sessions are never added up.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.participation import ActivityKind, Participation
from bot.domain.targets import Figure, Measured

UnitIds = Sequence[int]


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """The training of some days: sessions that are over, and the attendance that units owe of them.

    `attendance` is in units and sessions, `coverage` in people: those who completed a course that ended
    in these days ÷ those liable. `without` are units that have not told all their attendance.
    """

    sessions: int
    attendance: Figure
    coverage: Figure
    without: tuple[int, ...]


def training_record(
    participations: Iterable[Participation], first: date, last: date
) -> TrainingRecord | None:
    """Return what was held from `first` to `last`; None where nothing was."""
    listed = list(participations)
    held = [
        (p.unit_id, s) for p in listed for s in p.sessions if s.is_over and first <= s.day <= last
    ]
    if not held:
        return None
    ended = [p for p in listed if p.is_finished and first <= p.last_day <= last]
    reported = sum(s.present is not None for _, s in held)
    silent = {unit_id for unit_id, s in held if s.present is None}
    unit_ids = tuple(dict.fromkeys(p.unit_id for p in listed))
    counted = tuple(dict.fromkeys(p.counts_for for p in listed))
    return TrainingRecord(
        sessions=len({s.session_id for _, s in held}),
        attendance=Figure(reported, len(held)),
        coverage=people_trained(ended, counted).figure,
        without=tuple(unit_id for unit_id in unit_ids if unit_id in silent),
    )


def bases_trained(
    participations: Iterable[Participation], unit_ids: UnitIds, former: UnitIds = ()
) -> Measured:
    """Units with a finished course that somebody attended ÷ units; of former ones, those that had a course."""
    courses = _of(participations, (*unit_ids, *former), ActivityKind.COURSE)
    if not courses:
        return _nothing_known(unit_ids)
    finished = [p for p in courses if p.is_finished]
    of_unit = _by_unit(finished)
    by_unit = {
        unit_id: _yes_or_no([_was_there(p) for p in of_unit[unit_id]]) for unit_id in unit_ids
    }
    return Measured(_units_that_did(by_unit, finished, former), by_unit=by_unit)


def people_trained(
    participations: Iterable[Participation], unit_ids: UnitIds, former: UnitIds = ()
) -> Measured:
    """People who completed ÷ people liable; a unit's courses of one category are about the same people.

    Those of a unit that was merged are other people than those of the unit it went into.
    """
    groups: defaultdict[tuple[int, int, str | None], list[Participation]] = defaultdict(list)
    for each in _of(participations, (*unit_ids, *former), ActivityKind.COURSE):
        groups[each.counts_for, each.unit_id, each.category].append(each)
    of_unit: defaultdict[int, list[Figure]] = defaultdict(list)
    for (unit_id, _, _), courses in groups.items():
        of_unit[unit_id].append(_people(courses))
    today = frozenset(unit_ids)
    half_days = (_nearest(courses).lacking for (of, _, _), courses in groups.items() if of in today)
    return Measured(
        _sum([figure for found in of_unit.values() for figure in found]),
        by_unit={unit_id: _sum(of_unit[unit_id]) for unit_id in unit_ids},
        half_days_lacking=tuple(sorted(itertools.chain.from_iterable(half_days))),
    )


def _nearest(courses: Sequence[Participation]) -> Participation:
    """The course that most people have completed."""
    return max(courses, key=lambda each: each.completed or 0)


def _people(courses: Sequence[Participation]) -> Figure:
    liable = [p.liable for p in courses if p.liable is not None]
    if not liable:
        return Figure(None)
    most = max(liable)
    completed = [p.completed for p in courses if p.completed is not None]
    best = min(max(completed, default=0), most)
    return Figure(best if completed else None, most)


def _sum(figures: Sequence[Figure]) -> Figure:
    """All together; of who has not told, all who are liable might have completed."""
    if not any(figure.is_known for figure in figures):
        return Figure(None)
    return Figure(
        sum(f.part or 0 for f in figures),
        sum(f.whole or 0 for f in figures),
        sum(f.unknown if f.is_known else f.whole or 1 for f in figures),
    )


def took_part(
    participations: Iterable[Participation],
    unit_ids: UnitIds,
    former: UnitIds = (),
    *,
    kind: ActivityKind,
) -> Measured:
    """Units that took part ÷ units required, by event; an event counts when a session of it is over."""
    asked = _of(participations, (*unit_ids, *former), kind)
    events = [p for p in asked if any(s.is_over for s in p.sessions)]
    of_unit = _by_unit(events)
    by_unit = {unit_id: _count([_was_there(p) for p in of_unit[unit_id]]) for unit_id in unit_ids}
    days: defaultdict[int, list[Participation]] = defaultdict(list)
    for event in events:
        days[event.activity_id].append(event)
    by_event = sorted(
        ((found[0].first_day, _count([_was_there(p) for p in found])) for found in days.values()),
        key=lambda event: event[0],
    )
    return Measured(
        _count([_was_there(p) for p in events]), by_unit=by_unit, by_event=tuple(by_event)
    )


def briefings(
    participations: Iterable[Participation], unit_ids: UnitIds, former: UnitIds = ()
) -> Measured:
    """Units that attended all ÷ units; and, as the second figure, attendances ÷ expected."""
    asked_of = (*unit_ids, *former)
    attended: dict[int, list[bool | None]] = {unit_id: [] for unit_id in asked_of}
    for each in _of(participations, asked_of, ActivityKind.BRIEFING):
        attended[each.counts_for] += [
            None if s.present is None else s.present > 0
            for s in each.sessions
            if s.is_over and not s.is_make_up
        ]
    asked = {unit_id: answers for unit_id, answers in attended.items() if answers}
    by_unit = {unit_id: _count(attended[unit_id]) for unit_id in unit_ids}
    return Measured(
        _count([_all_of(answers) for answers in asked.values()]),
        second=_count([answer for answers in asked.values() for answer in answers]),
        by_unit=by_unit,
    )


def staff_training(
    participations: Iterable[Participation], unit_ids: UnitIds, former: UnitIds = ()
) -> Measured:
    """Units that attended staff training of an exercise ÷ units that the target is about.

    Of former units, those that were asked to.
    """
    found = [
        p
        for p in _of(participations, (*unit_ids, *former), ActivityKind.STAFF_TRAINING)
        if p.exercise_id is not None and any(s.is_over for s in p.sessions)
    ]
    if not found:
        return _nothing_known(unit_ids)
    of_unit = _by_unit(found)
    by_unit = {
        unit_id: _yes_or_no([_was_there(p) for p in of_unit[unit_id]]) for unit_id in unit_ids
    }
    return Measured(_units_that_did(by_unit, found, former), by_unit=by_unit)


def sessions_held(
    participations: Iterable[Participation], unit_ids: UnitIds, former: UnitIds = ()
) -> Measured:
    """Sessions of political education that are over and that somebody attended, each once."""
    held: defaultdict[int, list[bool | None]] = defaultdict(list)
    of_unit: defaultdict[int, list[bool | None]] = defaultdict(list)
    lessons = _of(participations, (*unit_ids, *former), ActivityKind.POLITICAL_EDUCATION)
    for each in lessons:
        for session in each.sessions:
            if session.is_over:
                was_there = None if session.present is None else session.present > 0
                held[session.session_id].append(was_there)
                of_unit[each.counts_for].append(was_there)
    by_unit = {
        unit_id: _without_whole(_count(of_unit[unit_id])) if of_unit[unit_id] else Figure(None)
        for unit_id in unit_ids
    }
    if not lessons:
        return Measured(by_unit=by_unit)
    return Measured(
        _without_whole(_count([_any_of(found) for found in held.values()])), by_unit=by_unit
    )


def _of(
    participations: Iterable[Participation], unit_ids: UnitIds, kind: ActivityKind
) -> list[Participation]:
    wanted = frozenset(unit_ids)
    return [p for p in participations if p.kind is kind and p.counts_for in wanted]


def _by_unit(participations: Iterable[Participation]) -> defaultdict[int, list[Participation]]:
    # Thousands of units over a year: to look through all of them for each would take minutes.
    of_unit: defaultdict[int, list[Participation]] = defaultdict(list)
    for each in participations:
        of_unit[each.counts_for].append(each)
    return of_unit


def _was_there(participation: Participation) -> bool | None:
    """Whether the unit came to any session; None where that is not told."""
    if participation.completed:
        return True
    return _any_of(
        [None if s.present is None else s.present > 0 for s in participation.sessions if s.is_over]
        or [None]
    )


def _any_of(answers: Sequence[bool | None]) -> bool | None:
    if any(answers):
        return True
    return None if None in answers else False


def _all_of(answers: Sequence[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _count(answers: Sequence[bool | None]) -> Figure:
    """How many said yes of all; where nothing at all is told, nothing is known."""
    if answers and all(answer is None for answer in answers):
        return Figure(None, len(answers), len(answers))
    return Figure(answers.count(True), len(answers), answers.count(None))


def _yes_or_no(answers: Sequence[bool | None]) -> Figure:
    """One unit's answer as a part of one; without any answers it is no."""
    answer = _any_of(answers)
    return Figure(None, 1, 1) if answer is None else Figure(int(answer), 1)


def _units_that_did(
    by_unit: dict[int, Figure], asked: Iterable[Participation], former: UnitIds
) -> Figure:
    """The units of the day, and of the former ones those that were asked, for there is no more to come."""
    answers: defaultdict[int, list[bool | None]] = defaultdict(list)
    for each in asked:
        if each.counts_for in former:
            answers[each.counts_for].append(_was_there(each))
    return _count(
        [
            *(None if f.part is None else bool(f.part) for f in by_unit.values()),
            *(_any_of(told) for told in answers.values()),
        ]
    )


def _without_whole(figure: Figure) -> Figure:
    return Figure(figure.part, None, figure.unknown)


def _nothing_known(unit_ids: UnitIds) -> Measured:
    return Measured(by_unit={unit_id: Figure(None, 1, 1) for unit_id in unit_ids})
