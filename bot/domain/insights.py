"""What stands out in a row of reports: a streak, answers that never change, unusual absences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import median

from bot.domain.forms import DUTY, Answers, problems, total_absent
from bot.domain.measures import Counts
from bot.domain.reports import Report

_EQUAL_DAYS = 5
_EQUAL_NORMAL_DAYS = 14  # full strength and no problem is what most days really are

_LOOK_BACK = timedelta(days=90)
_LEAST_PAST_VALUES = 14
# Iglewicz and Hoaglin, How to Detect and Handle Outliers (ASQC, 1993): the modified z-score is
# 0.6745 × (value - median) ÷ MAD, and a value is an outlier where it is beyond 3.5 either way.
_Z_FACTOR = 0.6745
_Z_LIMIT = 3.5
# In heads. Where most days are alike the MAD is 0 and anything would stand out; with 1, nothing does
# that is less than 6 people away from the median (3.5 ÷ 0.6745 = 5.19).
_LEAST_MAD = 1


@dataclass(frozen=True, slots=True)
class Unusual:
    """A number of absent people and the median of the unit's own past, in heads."""

    value: int
    median: float


@dataclass(frozen=True, slots=True)
class EqualDays:
    """So many reports in a row with equal answers, the first of them for the day `since`."""

    count: int
    since: date


@dataclass(frozen=True, slots=True)
class UnusualAbsence:
    """Absent people on a day that are far more or far fewer than usual, in heads."""

    day: date
    absent: int
    usual: float


Flag = EqualDays | UnusualAbsence


def on_time_streak(days: Sequence[Counts]) -> int:
    """Count back from the last of the days (oldest first) those on which everything came on time.

    Days on which nothing was expected are passed over. A day that is not yet due belongs to `days`
    only once everything has come: its silence would end the streak.
    """
    streak = 0
    for day in reversed(days):
        if day.on_time < day.expected:
            break
        streak += day.expected > 0
    return streak


def equal_days(reports: Sequence[Report]) -> int:
    """Count the newest reports (oldest first) in a row whose counts and yes-no answers are equal.

    Words do not count, nor do days without a report.
    """
    runs = _runs(reports)
    return len(runs[-1]) if runs else 0


def worth_a_look(equal: int, answers: Answers) -> bool:
    """Whether so many equal reports in a row are: 5, or 14 of full strength and no problem."""
    is_normal = not total_absent(answers) and not problems(DUTY, answers)
    return equal >= (_EQUAL_NORMAL_DAYS if is_normal else _EQUAL_DAYS)


def unusual(value: int, past: Sequence[int]) -> Unusual | None:
    """Return the value beside its past's median if its modified z-score is beyond 3.5, else None.

    With fewer than 14 past values nothing is unusual.
    """
    if len(past) < _LEAST_PAST_VALUES:
        return None
    usual = median(past)
    mad = max(median(abs(other - usual) for other in past), _LEAST_MAD)
    is_outlier = _Z_FACTOR * abs(value - usual) > _Z_LIMIT * mad
    return Unusual(value, usual) if is_outlier else None


def looks_back_to(day: date) -> date:
    """Return the first day of the past that a day's absences are compared with: 90 days before."""
    return date.fromordinal(max(day.toordinal() - _LOOK_BACK.days, date.min.toordinal()))


def flags_of(reports: Sequence[Report], first: date, last: date) -> tuple[Flag, ...]:
    """Return what stands out in one unit's reports for the days from `first` to `last`.

    `reports` are oldest first and begin at `looks_back_to(first)`. Runs of equal reports come before
    absences; a run is counted from the first report given to the last one in the period.
    """
    known = [report for report in reports if report.day <= last]
    return (
        *(
            EqualDays(len(run), run[0].day)
            for run in _runs(known)
            if run[-1].day >= first and worth_a_look(len(run), run[-1].answers)
        ),
        *(flag for r in known if r.day >= first and (flag := _unusual_absence(r, known))),
    )


def _unusual_absence(report: Report, reports: Sequence[Report]) -> UnusualAbsence | None:
    start = looks_back_to(report.day)
    past = [total_absent(other.answers) for other in reports if start <= other.day < report.day]
    found = unusual(total_absent(report.answers), past)
    return UnusualAbsence(report.day, found.value, found.median) if found else None


def _runs(reports: Sequence[Report]) -> list[list[Report]]:
    """Return the reports by runs of equal figures, oldest first."""
    return [list(run) for _, run in groupby(reports, lambda report: _figures(report.answers))]


def _figures(answers: Answers) -> Mapping[tuple[str, str | None], int]:
    """Return the counts and yes-no answers by field and reason, without what says nothing."""
    figures: dict[tuple[str, str | None], int] = {}
    for key, answer in answers.items():
        if isinstance(answer, Mapping):
            figures.update({(key, reason): count for reason, count in answer.items() if count})
        elif isinstance(answer, int):
            figures[key, None] = answer
    return figures
