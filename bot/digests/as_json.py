"""A summary for other programs."""

from typing import Any

from bot.domain.measures import Counts, Strength
from bot.domain.periods import Period
from bot.domain.summaries import Summary, UnitTotal


def summary_json(summary: Summary, period: str, *, with_strength: bool) -> dict[str, Any]:
    """Return the summary as plain values; times carry the offset of the command's zone.

    `with_strength` is for a single day; in percent mode the caller leaves it out.
    """
    counts = summary.counts
    result: dict[str, Any] = {
        "period": period,
        "first": summary.first.isoformat(),
        "last": summary.last.isoformat(),
        "as_of": summary.as_of.isoformat(timespec="seconds"),
        "expected": counts.expected,
        "actual": counts.actual,
        "on_time": counts.on_time,
        "late": counts.late,
        "missing": len(summary.missing),
        "not_due": counts.missing - len(summary.missing),
        "exempt": len(summary.exempt),
        "rates": _rates(counts),
    }
    is_day = period == Period.DAY
    if is_day:
        result["day"] = summary.first.isoformat()
    if is_day and with_strength:
        result["strength"] = _strength(summary.strength)
    result["units"] = [_unit(summary, total, is_day=is_day) for total in summary.by_unit]
    return result


def _rates(counts: Counts) -> dict[str, float | None]:
    return {
        "reporting_rate": _percent(counts.reporting_rate),
        "reporting_rate_on_time": _percent(counts.reporting_rate_on_time),
    }


def _percent(rate: float | None) -> float | None:
    return None if rate is None else round(rate * 100, 1)


def _strength(strength: Strength) -> dict[str, Any]:
    return {
        "establishment": strength.establishment,
        "present": strength.present,
        "absent": strength.absent,
        "absent_by_reason": dict(strength.absent_by_reason),
        "silent_units": strength.silent_units,
        "unknown_units": strength.unknown_units,
    }


def _unit(summary: Summary, total: UnitTotal, *, is_day: bool) -> dict[str, Any]:
    counts = total.counts
    unit: dict[str, Any] = {"code": total.unit.code, "unit": total.unit.name}
    if is_day:
        (unit_day,) = total.days
        report = unit_day.report
        unit["state"] = unit_day.state.value
        unit["first_submitted_at"] = (
            report.first_submitted_at.astimezone(summary.as_of.tzinfo).isoformat(timespec="seconds")
            if report
            else None
        )
        unit["revision"] = report.revision if report else 0
        unit["late_reason"] = report.late_reason if report else ""
        unit["exempt_reason"] = unit_day.exempt_reason
    return unit | {
        "expected": counts.expected,
        "actual": counts.actual,
        "on_time": counts.on_time,
    }
