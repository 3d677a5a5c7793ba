"""One unit's month on one page, as a value: what was expected of it and what became of that.

What nobody has told is None or counted by itself, never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from bot.domain.activities import Activity
from bot.domain.charts import Cell, cell_of
from bot.domain.courses import Requirement, required_days
from bot.domain.exercises import Part, Readiness
from bot.domain.forms import total_absent
from bot.domain.measures import UnitDay
from bot.domain.participation import ActivityKind, Participation, SessionAttendance
from bot.domain.periods import OutsideCalendarError, Period, period, previous
from bot.domain.standings import Muster
from bot.domain.targets import Figure, Mark, Standing, is_met_by_unit, mark_of
from bot.domain.trends import Shares, spans_of
from bot.domain.units import Unit

_HALF_DAYS = 2


@dataclass(frozen=True, slots=True)
class Attendance:
    """A unit in one activity: its sessions of the month that are over, and who came to them.

    `present` and `liable` add up over the `reported` sessions, for a share of them; they count people
    again and again.
    """

    title: str
    kind: ActivityKind
    sessions: int
    over: int
    reported: int
    present: int
    liable: int

    @property
    def unreported(self) -> int:
        return self.over - self.reported


@dataclass(frozen=True, slots=True)
class CourseDays:
    """Days of the year's courses of one category and service that somebody of the unit attended.

    `required` a year asks, None where no figure is known; `untold` sessions are over, and nobody has
    reported who was there.
    """

    category: str
    service: str
    days: Fraction
    untold: int
    required: int | None


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A target as the unit stands in it."""

    standing: Standing
    figure: Figure

    @property
    def mark(self) -> Mark:
        return mark_of(self.figure, is_met_by_unit(self.standing.target, self.figure))


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the unit has to do for an exercise that is ahead, as it stands on the page's day."""

    readiness: Readiness
    part: Part
    overdue: int

    @property
    def open(self) -> int:
        return len(self.part.items) - self.part.done


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The month from `first` to `last` of one unit, as known at `as_of`; `day` is its last so far.

    `unit` is named as on its last day of the month. `cells` has one a day, None where nothing is asked
    of the unit. `before` is the whole month before. `absences` has the people a week, or None where
    people are not counted.
    """

    command_name: str
    unit: Unit
    first: date
    last: date
    day: date
    as_of: datetime
    cells: tuple[tuple[date, Cell | None], ...]
    before: Shares
    absences: tuple[tuple[date, date, Muster], ...]
    training: tuple[Attendance, ...]
    course_days: tuple[CourseDays, ...]
    targets: tuple[OwnTarget, ...]
    exercises: tuple[Preparation, ...]

    @property
    def is_over(self) -> bool:
        """Whether no day of the month is still awaited."""
        return not {Cell.PENDING, Cell.NOT_DUE} & self.counts.keys()

    @property
    def shares(self) -> Shares:
        return shares_of(cell for _, cell in self.cells)

    @property
    def counts(self) -> Mapping[Cell, int]:
        """How often each cell occurs, in the order of Cell; those that do not occur are absent."""
        found = [cell for _, cell in self.cells]
        return {cell: found.count(cell) for cell in Cell if cell in found}

    @property
    def overdue(self) -> int:
        """How many items of its exercises are overdue."""
        return sum(each.overdue for each in self.exercises)


def months_of_page(today: date) -> tuple[date, ...]:
    """The first days of the months that a page can be asked of: this one, and the last."""
    first, _ = period(Period.MONTH, today)
    try:
        return first, previous(Period.MONTH, today)[0]
    except OutsideCalendarError:
        return (first,)


def cells_of(
    days: Iterable[date], unit_days: Iterable[UnitDay], now: datetime
) -> tuple[tuple[date, Cell | None], ...]:
    found = {each.day: cell_of(each, now) for each in unit_days}
    return tuple((day, found.get(day)) for day in days)


def shares_of(cells: Iterable[Cell | None]) -> Shares:
    listed = list(cells)
    return Shares(listed.count(Cell.ON_TIME), listed.count(Cell.LATE), listed.count(Cell.MISSING))


def absences(
    first: date, last: date, unit_days: Sequence[UnitDay]
) -> tuple[tuple[date, date, Muster], ...]:
    """The people a week of the month, from owed reports of a known establishment."""
    return tuple(
        (begin, end, sum((_muster(d) for d in unit_days if begin <= d.day <= end), Muster()))
        for begin, end in spans_of(first, last, Period.WEEK)
    )


def _muster(unit_day: UnitDay) -> Muster:
    report = unit_day.report
    if not unit_day.is_expected or report is None or report.establishment is None:
        return Muster()
    return Muster(report.establishment, total_absent(report.answers), 1)


def training(
    taking_part: Iterable[Participation],
    activities: Mapping[int, Activity],
    first: date,
    last: date,
) -> tuple[Attendance, ...]:
    """What the unit had in these days, the earliest first; an activity without a session in them is none."""
    found = []
    for each in taking_part:
        held = [s for s in each.sessions if first <= s.day <= last]
        if held:
            activity = activities[each.activity_id]
            found.append((held[0].day, each.activity_id, _attendance(activity, held)))
    return tuple(attendance for *_, attendance in sorted(found, key=lambda each: each[:2]))


def _attendance(activity: Activity, held: Sequence[SessionAttendance]) -> Attendance:
    over = [s for s in held if s.is_over]
    told = [s for s in over if s.present is not None and s.liable is not None]
    return Attendance(
        title=activity.title,
        kind=activity.kind,
        sessions=len(held),
        over=len(over),
        reported=len(told),
        present=sum(s.present or 0 for s in told),
        liable=sum(s.liable or 0 for s in told),
    )


def course_days(
    taking_part: Iterable[Participation],
    activities: Mapping[int, Activity],
    half_days: Mapping[int, int],
    requirements: Sequence[Requirement],
    day: date,
) -> tuple[CourseDays, ...]:
    """Days of courses in the day's year up to the day; `half_days` by a session's id."""
    held: dict[tuple[str, str], int] = {}
    untold: dict[tuple[str, str], int] = {}
    for each in taking_part:
        activity = activities[each.activity_id]
        if (
            activity.kind is not ActivityKind.COURSE
            or not activity.category
            or not activity.service
        ):
            continue
        about = activity.category, activity.service
        over = [s for s in each.sessions if s.is_over and s.day.year == day.year and s.day <= day]
        held[about] = held.get(about, 0) + sum(half_days[s.session_id] for s in over if s.present)
        untold[about] = untold.get(about, 0) + sum(s.present is None for s in over)
    return tuple(
        CourseDays(
            *about,
            Fraction(halves, _HALF_DAYS),
            untold[about],
            required_days(requirements, *about, day),
        )
        for about, halves in held.items()
    )


def preparations(
    readiness: Iterable[Readiness], unit_id: int, today: date
) -> tuple[Preparation, ...]:
    """What the unit has to do for exercises that are ahead, the next one first."""
    return tuple(
        Preparation(each, part, len(part.overdue(today)))
        for each in sorted(readiness, key=lambda each: (each.exercise.day, each.exercise.id))
        if each.exercise.is_ahead(today) and (part := each.part(unit_id)) and part.items
    )
