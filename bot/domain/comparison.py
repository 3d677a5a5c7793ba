"""A period against the one before it, over days that can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.measures import Counts, UnitDay, counts
from bot.domain.periods import Period
from bot.domain.summaries import Summary


@dataclass(frozen=True, slots=True)
class Comparison:
    """How rates changed since the period before, as shares: 0.021 is 2.1 percentage points.

    `days` is how many first days of both are compared, None for both as a whole. `reporting_rate` is
    None while late reports may still come; `by_unit` is the change of the reporting rate on time of
    each unit of which something was expected in both.
    """

    period: Period
    days: int | None
    reporting_rate: float | None
    reporting_rate_on_time: float
    by_unit: Mapping[int, float]


def compare(name: Period, told: Summary, before: Summary) -> Comparison | None:
    """Compare with the period before, or return None where one of them expected nothing.

    A period under way is compared up to its last day that is due for everyone, with as many first
    days of the period before: a day on which reports still may be on time would lower the rate, and
    a week's first days are not like its whole. Once all days are due, both are compared as a whole,
    for months differ in length.
    """
    last = _last_due_day(told)
    is_whole = last == told.last
    length = last - told.first
    until = before.last if is_whole else min(before.last, before.first + length)
    now = [d for d in told.unit_days if d.day <= last]
    then = [d for d in before.unit_days if d.day <= until]
    change = _change(counts(now), counts(then))
    if change is None:
        return None
    reporting, on_time = change
    is_final = all(told.as_of >= d.window.locks for d in now)
    return Comparison(
        period=name,
        days=None if is_whole else length.days + 1,
        reporting_rate=reporting if is_final else None,
        reporting_rate_on_time=on_time,
        by_unit=_by_unit(now, then),
    )


def _last_due_day(told: Summary) -> date:
    """Return the last day before the first that is not due yet."""
    open_days = [
        window.day
        for window in (*told.windows, *(d.window for d in told.unit_days if d.is_expected))
        if told.as_of < window.due
    ]
    return min(open_days) - timedelta(days=1) if open_days else told.last


def _by_unit(now: Sequence[UnitDay], then: Sequence[UnitDay]) -> dict[int, float]:
    here, before = _units(now), _units(then)
    changes = {
        unit_id: _change(counts(days), counts(before.get(unit_id, ())))
        for unit_id, days in here.items()
    }
    return {unit_id: change[1] for unit_id, change in changes.items() if change}


def _units(unit_days: Sequence[UnitDay]) -> dict[int, list[UnitDay]]:
    found: dict[int, list[UnitDay]] = {}
    for unit_day in unit_days:
        found.setdefault(unit_day.unit.id, []).append(unit_day)
    return found


def _change(now: Counts, then: Counts) -> tuple[float, float] | None:
    """The change of the reporting rate, and of that on time."""
    if not now.expected or not then.expected:
        return None
    return (
        now.actual / now.expected - then.actual / then.expected,
        now.on_time / now.expected - then.on_time / then.expected,
    )
