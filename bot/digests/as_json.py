"""A summary for other programs."""

from typing import Any

from bot.domain.measures import Counts, Strength
from bot.domain.overviews import Beyond
from bot.domain.periods import Period
from bot.domain.summaries import Summary, UnitTotal
from bot.domain.targets import Figure, Standing, UnitOfMeasure, marks
from bot.texts.vi_words import SMALLEST_GROUP_IN_PERCENT, between_none_and_all


def summary_json(
    summary: Summary, period: str, *, with_strength: bool, beyond: Beyond | None = None
) -> dict[str, Any]:
    """Return the summary as plain values; times carry the offset of the command's zone.

    In percent mode the caller leaves `with_strength` out: nothing tells heads. `beyond` is of more
    than a day, with the targets as of the period's end.
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
    if beyond:
        result["training"] = _training(beyond, with_strength=with_strength)
        result["targets"] = _targets(beyond, with_strength=with_strength)
    result["units"] = [_unit(summary, total, is_day=is_day) for total in summary.by_unit]
    return result


def _training(beyond: Beyond, *, with_strength: bool) -> dict[str, Any] | None:
    told = beyond.training
    if told is None:
        return None
    silent = [unit for unit_id in told.without if (unit := beyond.units.get(unit_id))]
    return {
        "sessions": told.sessions,
        "attendance_expected": told.attendance.whole,
        "attendance_reported": told.attendance.part or 0,
        "without_attendance": [unit.code for unit in silent],
        "coverage": _people(told.coverage, with_strength=with_strength),
    }


def _targets(beyond: Beyond, *, with_strength: bool) -> dict[str, Any]:
    counted = marks(beyond.targets)
    return {
        "day": beyond.until.isoformat(),
        "met": counted.met,
        "not_met": counted.not_met,
        "other": counted.others,
        "listed": [_target(standing, with_strength=with_strength) for standing in beyond.targets],
    }


def _target(standing: Standing, *, with_strength: bool) -> dict[str, Any]:
    target, figure = standing.target, standing.measured.figure
    is_people = target.unit_of_measure is UnitOfMeasure.PERCENT_OF_PEOPLE
    told = (
        _people(figure, with_strength=with_strength)
        if is_people
        else {"part": figure.part, "whole": figure.whole, "percent": _percent_of(figure)}
    )
    return {
        "key": target.key,
        "mark": standing.mark.value,
        "operator": target.operator.value,
        "target": None if target.value is None else float(target.value),
        "unit_of_measure": target.unit_of_measure.value,
        **told,
    }


def _people(figure: Figure, *, with_strength: bool) -> dict[str, Any]:
    """Heads and their share; without strength a whole percentage alone, none of a small group."""
    if with_strength:
        return {"part": figure.part, "whole": figure.whole, "percent": _percent_of(figure)}
    part, whole = figure.part, figure.whole or 0
    is_told = part is not None and whole >= SMALLEST_GROUP_IN_PERCENT
    return {
        "percent": between_none_and_all(part / whole, 100) if is_told and part is not None else None
    }


def _percent_of(figure: Figure) -> float | None:
    return None if figure.share is None else _percent(float(figure.share))


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
