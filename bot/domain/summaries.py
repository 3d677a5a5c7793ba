"""A summary as a value: who was expected over some days, who reported, and how that adds up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.activities import SessionRecord
from bot.domain.calendar import Calendar, Window, day_window
from bot.domain.exercises import Readiness, pressing
from bot.domain.forms import DUTY, unstated
from bot.domain.incidents import OpenIncident
from bot.domain.measures import (
    Counts,
    Problem,
    State,
    Strength,
    UnitDay,
    counts,
    reported_problems,
    strength,
)
from bot.domain.units import Unit


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """One unit over the summary's days; `unit` as it stood on the last of them."""

    unit: Unit
    days: tuple[UnitDay, ...]

    @property
    def counts(self) -> Counts:
        return counts(self.days)


@dataclass(frozen=True, slots=True)
class Summary:
    """Reports of the days from `first` to `last`, as known at `as_of` (in the command's zone).

    `unit_days` are what counts, by day, then in the configured order; `windows` those of the
    reporting days in the period, opened or not, as who reads of all units sees them; `by_unit` is in
    the configured order; `open_incidents` were reported by the last day and are not closed; `exercises` are near or
    have overdue items, where the days reach up to today; `activities` are the sessions of a single day.
    """

    command_name: str
    first: date
    last: date
    as_of: datetime
    windows: tuple[Window, ...]
    unit_days: tuple[UnitDay, ...]
    by_unit: tuple[UnitTotal, ...]
    open_incidents: tuple[OpenIncident, ...] = ()
    exercises: tuple[Readiness, ...] = ()
    activities: tuple[SessionRecord, ...] = ()

    @property
    def has_opened(self) -> bool:
        """Whether at least one of the days has asked for its reports."""
        return any(self.as_of >= window.opens for window in self.windows)

    @property
    def is_over(self) -> bool:
        """Whether every window has locked, so that no figure will change by itself."""
        return bool(self.windows) and all(self.as_of >= window.locks for window in self.windows)

    @property
    def counts(self) -> Counts:
        return counts(self.unit_days)

    @property
    def strength(self) -> Strength:
        """Strength of a single day; over several days the same people would count again."""
        return strength(DUTY, self.unit_days)

    @property
    def problems(self) -> tuple[tuple[date, Problem], ...]:
        return tuple(
            (unit_day.day, problem)
            for unit_day in self.unit_days
            for problem in reported_problems(DUTY, [unit_day])
        )

    @property
    def unstated(self) -> tuple[tuple[str, tuple[UnitDay, ...]], ...]:
        """The questions that reports left open, in the form's order, each with who left it."""
        of_question: dict[str, list[UnitDay]] = {f.key: [] for f in DUTY.fields}
        for unit_day in self.unit_days:
            for key in unstated(DUTY, unit_day.report.answers) if unit_day.report else ():
                of_question[key].append(unit_day)
        return tuple((key, tuple(found)) for key, found in of_question.items() if found)

    @property
    def recommendations(self) -> tuple[tuple[UnitDay, str], ...]:
        return tuple(
            (d, words)
            for d in self.unit_days
            if d.report and (words := d.report.answers.get("recommendation"))
        )

    @property
    def missing(self) -> tuple[UnitDay, ...]:
        return self._in_state(State.MISSING)

    @property
    def still_in_time(self) -> tuple[UnitDay, ...]:
        """Units whose own hours leave them time, though the command's deadline has passed."""
        due_of = {window.day: window.due for window in self.windows}
        return tuple(
            d
            for d in self.unit_days
            if d.is_expected and not d.report and due_of[d.day] <= self.as_of < d.window.due
        )

    @property
    def exempt(self) -> tuple[UnitDay, ...]:
        return self._in_state(State.EXEMPT)

    @property
    def late(self) -> tuple[UnitDay, ...]:
        return self._in_state(State.LATE)

    @property
    def corrected_after_due(self) -> tuple[UnitDay, ...]:
        return tuple(d for d in self.unit_days if d.report and d.report.is_corrected_after_due)

    @property
    def sample_units(self) -> int:
        """How many of the reported establishments are samples that a preset made up."""
        return sum(
            d.unit.is_sample
            for d in self.unit_days
            if d.is_expected and d.report and d.report.establishment is not None
        )

    def _in_state(self, state: State) -> tuple[UnitDay, ...]:
        return tuple(d for d in self.unit_days if d.state is state)


def summarise(
    command_name: str,
    first: date,
    last: date,
    as_of: datetime,
    calendar: Calendar,
    unit_days: Sequence[UnitDay],
    unit_order: Iterable[int] = (),
    open_incidents: Iterable[OpenIncident] = (),
    exercises: Iterable[Readiness] = (),
) -> Summary:
    """Build the summary of the unit days; `unit_order` are ids of units in the configured order.

    Over several days, a day that has not opened yet is left out: nobody could have reported it, and
    its silence would lower every rate. A single day is shown as it is.
    """
    is_one_day = first == last
    today = calendar.schedule.local_day(as_of)
    counted = tuple(d for d in unit_days if is_one_day or as_of >= d.window.opens)
    days_of: dict[int, list[UnitDay]] = {unit_id: [] for unit_id in unit_order}
    for unit_day in counted:
        days_of.setdefault(unit_day.unit.id, []).append(unit_day)
    return Summary(
        command_name=command_name,
        first=first,
        last=last,
        as_of=as_of.astimezone(calendar.schedule.zone),
        windows=_windows(calendar, unit_days),
        unit_days=counted,
        by_unit=_totals(days_of),
        open_incidents=tuple(
            found
            for found in open_incidents
            if calendar.schedule.local_day(found.incident.sent_at) <= last
        ),
        exercises=pressing(exercises, today) if last >= today else (),
    )


def _windows(calendar: Calendar, unit_days: Sequence[UnitDay]) -> tuple[Window, ...]:
    of_day: dict[date, list[Window]] = {}
    for unit_day in unit_days:
        if unit_day.is_expected:
            of_day.setdefault(unit_day.day, []).append(unit_day.window)
    windows = (day_window(day, calendar.window(None, day), of_day[day]) for day in sorted(of_day))
    return tuple(window for window in windows if window)


def _totals(days_of: Mapping[int, Sequence[UnitDay]]) -> tuple[UnitTotal, ...]:
    return tuple(UnitTotal(days[-1].unit, tuple(days)) for days in days_of.values() if days)
