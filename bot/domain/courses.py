"""Who has completed a course: days by the law's data, and people, never a sum of headcounts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.domain.activities import ARMS, Activity
from bot.domain.participation import ActivityKind, Mode, Participation
from bot.domain.units import Unit, in_force

_HALF_DAYS = 2


@dataclass(frozen=True, slots=True)
class Requirement:
    """Days of training that a year asks, by category and year of service, from a day on."""

    category: str
    service: str
    days: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class RosterMember:
    """One person of a unit, by a code; `valid_to` is the first day on which it no longer is."""

    id: int
    unit_id: int
    code: str
    category: str
    served_since: date
    valid_from: date
    valid_to: date | None = None

    def is_on(self, day: date) -> bool:
        return in_force(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Attended:
    """One person present at one session."""

    member_id: int
    session_id: int
    activity_id: int
    kind: ActivityKind
    day: date
    half_days: int


def service_on(served_since: date, day: date) -> str:
    """`first_year` until the day a year after service began; one that began on 29 February, 1 March."""
    try:
        anniversary = served_since.replace(year=served_since.year + 1)
    except ValueError:
        anniversary = date(served_since.year + 1, 3, 1)
    return "first_year" if day < anniversary else "later"


def required_days(
    requirements: Iterable[Requirement], category: str, service: str, day: date
) -> int | None:
    """The newest figure in force on the day; an arm without one follows that of all arms."""
    known = [r for r in requirements if r.service == service and r.valid_from <= day]
    for wanted in (category, "arm") if category in ARMS else (category,):
        own = [r for r in known if r.category == wanted]
        if own:
            return max(own, key=lambda r: r.valid_from).days
    return None


def half_days_lacking(
    attended: Iterable[Attended],
    member: RosterMember,
    requirements: Iterable[Requirement],
    day: date,
) -> int | None:
    """How many half-days the person still lacks of the days that the day's year asks of them.

    A session counts once, a make-up session as any other. None where no requirement is known.
    """
    days = required_days(requirements, member.category, service_on(member.served_since, day), day)
    if days is None:
        return None
    sessions = {
        a.session_id: a.half_days
        for a in attended
        if a.member_id == member.id and a.kind is ActivityKind.COURSE and a.day.year == day.year
    }
    return max(0, days * _HALF_DAYS - sum(sessions.values()))


@dataclass(frozen=True, slots=True)
class Liable:
    """Who of a unit is to take part: how many (None: nobody told it), and whom where a roster says it.

    `is_sample`: the number is an establishment that a preset made up.
    """

    count: int | None
    members: tuple[RosterMember, ...] = ()
    is_sample: bool = False


def liable_on(
    activity: Activity,
    told: int | None,
    unit_on: Callable[[date], Unit | None],
    roster: Iterable[RosterMember],
    day: date,
) -> Liable:
    """Who of a unit is to take part in what is held on the day.

    By a roster its people, where it has any; else the number that was `told`; else the establishment.
    A course is about the same people from its first session to its results, so for it the strengths
    and rosters of its first day count; for all else those of the day itself.
    """
    by = activity.first if activity.kind is ActivityKind.COURSE else day
    if activity.mode is Mode.ROSTER and (members := _on_roster(roster, activity, by)):
        return Liable(len(members), members)
    if told is not None:
        return Liable(told)
    unit = unit_on(by)
    return Liable(unit.establishment, is_sample=unit.is_sample) if unit else Liable(None)


def _on_roster(
    roster: Iterable[RosterMember], activity: Activity, day: date
) -> tuple[RosterMember, ...]:
    """Who is on the roster that day; a course is for one category and year of service."""
    there = (member for member in roster if member.is_on(day))
    if activity.kind is not ActivityKind.COURSE:
        return tuple(there)
    return tuple(
        member
        for member in there
        if member.category == activity.category
        and service_on(member.served_since, day) == activity.service
    )


def coverage(participations: Iterable[Participation]) -> Fraction | None:
    """People who completed ÷ people liable; None where nobody liable is known.

    A unit that has not told who completed counts with its liable people: nobody is known to have.
    """
    known = [p for p in participations if p.liable]
    liable = sum(p.liable or 0 for p in known)
    return Fraction(sum(p.completed or 0 for p in known), liable) if liable else None
