"""A period against the one before it, over days that can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.measures import Counts
from bot.domain.periods import Period
from bot.domain.standings import Standing, total


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


def compare(name: Period, told: Standing, before: Standing) -> Comparison | None:
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
    days = told.days(told.first, last)
    now = _counts(told, days)
    then = _counts(before, before.days(before.first, until))
    change = _change(total(now.values()), total(then.values()))
    if change is None:
        return None
    reporting, on_time = change
    is_final = not told.unlocked & days
    changes = {
        unit_id: _change(counts, then.get(unit_id, Counts())) for unit_id, counts in now.items()
    }
    return Comparison(
        period=name,
        days=None if is_whole else length.days + 1,
        reporting_rate=reporting if is_final else None,
        reporting_rate_on_time=on_time,
        by_unit={unit_id: change[1] for unit_id, change in changes.items() if change},
    )


def _last_due_day(told: Standing) -> date:
    """Return the last day before the first that is not due yet."""
    if not told.undue:
        return told.last
    first_undue = (told.undue & -told.undue).bit_length() - 1
    return told.day(first_undue) - timedelta(days=1)


def _counts(told: Standing, days: int) -> dict[int, Counts]:
    return {each.unit.id: each.counts_in(days) for each in told.by_unit}


def _change(now: Counts, then: Counts) -> tuple[float, float] | None:
    """The change of the reporting rate, and of that on time."""
    if not now.expected or not then.expected:
        return None
    return (
        now.actual / now.expected - then.actual / then.expected,
        now.on_time / now.expected - then.on_time / then.expected,
    )
