"""Reporting measures by their DHIS2 names: expected, actual, on time, and the rates of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import Exemption, Window
from bot.domain.forms import Breakdown, ReportType, problems, total_absent
from bot.domain.reports import Report
from bot.domain.units import Unit


class State(StrEnum):
    """Where one unit stands for one reporting day."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"  # not yet reported; neither absent nor nothing to report
    NOT_DUE = "not_due"  # the window has not opened
    EXEMPT = "exempt"  # owes nothing that day; a report that came all the same does not count


@dataclass(frozen=True, slots=True)
class UnitDay:
    """`exempt_reason` says why a report is not owed; `window` is that of a day like others."""

    unit: Unit
    window: Window
    state: State
    report: Report | None = None
    exempt_reason: str = ""

    @property
    def day(self) -> date:
        return self.window.day

    @property
    def is_expected(self) -> bool:
        return self.state is not State.EXEMPT

    def is_overdue(self, now: datetime) -> bool:
        return self.state is State.MISSING and now >= self.window.due


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports over some days and units; rates are None where nothing was expected."""

    expected: int = 0
    actual: int = 0
    on_time: int = 0

    @property
    def late(self) -> int:
        return self.actual - self.on_time

    @property
    def missing(self) -> int:
        return self.expected - self.actual

    @property
    def reporting_rate(self) -> float | None:
        """Actual ÷ expected."""
        return self.actual / self.expected if self.expected else None

    @property
    def reporting_rate_on_time(self) -> float | None:
        """On time ÷ expected."""
        return self.on_time / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Strength:
    """People of the units that reported, in heads.

    `establishment` and `present` leave out units without a known establishment, `absent` does not;
    `silent_units` have not reported, `unknown_units` reported but have no establishment.
    """

    establishment: int
    present: int
    absent: int
    absent_by_reason: Mapping[str, int]
    silent_units: int
    unknown_units: int


@dataclass(frozen=True, slots=True)
class Problem:
    unit: Unit
    field_key: str


def unit_day(
    unit: Unit,
    window: Window,
    report: Report | None,
    now: datetime,
    exemption: Exemption | None = None,
) -> UnitDay:
    if exemption:
        return UnitDay(unit, window, State.EXEMPT, report, exemption.reason)
    if report is not None:
        state = State.ON_TIME if report.is_on_time else State.LATE
        return UnitDay(unit, window, state, report)
    return UnitDay(unit, window, State.MISSING if now >= window.opens else State.NOT_DUE)


def counts(unit_days: Iterable[UnitDay]) -> Counts:
    """Count expected reports and those that came; a day that has not opened is expected as well."""
    listed = [d for d in unit_days if d.is_expected]
    return Counts(
        expected=len(listed),
        actual=sum(d.report is not None for d in listed),
        on_time=sum(d.state is State.ON_TIME for d in listed),
    )


def strength(report_type: ReportType, unit_days: Sequence[UnitDay]) -> Strength:
    expected = [d for d in unit_days if d.is_expected]
    reports = [d.report for d in expected if d.report]
    known = [
        (r.establishment, total_absent(r.answers)) for r in reports if r.establishment is not None
    ]
    by_reason: Counter[str] = Counter()
    for report in reports:
        by_reason.update(report.answers.get("absent", {}))
    reasons = [r for f in report_type.fields if isinstance(f, Breakdown) for r in f.reasons]
    establishment = sum(total for total, _ in known)
    return Strength(
        establishment=establishment,
        present=establishment - sum(absent for _, absent in known),
        absent=by_reason.total(),
        absent_by_reason={reason: by_reason[reason] for reason in reasons if by_reason[reason]},
        silent_units=len(expected) - len(reports),
        unknown_units=len(reports) - len(known),
    )


def reported_problems(report_type: ReportType, unit_days: Iterable[UnitDay]) -> tuple[Problem, ...]:
    return tuple(
        Problem(d.unit, key)
        for d in unit_days
        if d.report
        for key in problems(report_type, d.report.answers)
    )
