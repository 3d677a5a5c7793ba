"""Targets as rows for a file: each of the whole command, then of each unit that has a part in it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.domain.targets import (
    Basis,
    Figure,
    Standing,
    UnitOfMeasure,
    is_met_by_unit,
    mark_of,
    value_of,
)
from bot.texts import Texts

COLUMNS = (
    "as_of",
    "key",
    "phrase",
    "unit",
    "operator",
    "target",
    "unit_of_measure",
    "value",
    "part",
    "whole",
    "unknown",
    "state",
    "gap",
    "basis",
    "source",
)


def target_rows(
    standings: Iterable[Standing], day: date, texts: Texts, *, with_strength: bool
) -> list[dict[str, Any]]:
    """`day`: that on which the targets stand so, told in each row.

    Without strength no row tells heads of people; what is not known is empty, never 0.
    """
    return [
        {"as_of": day} | row
        for s in standings
        for row in _rows(s, texts, with_strength=with_strength)
    ]


def _rows(standing: Standing, texts: Texts, *, with_strength: bool) -> list[dict[str, Any]]:
    whole = _row(standing, texts, standing.measured.figure, with_strength=with_strength)
    is_people = standing.target.unit_of_measure is UnitOfMeasure.PERCENT_OF_PEOPLE
    if is_people and not with_strength:
        whole["gap"] = texts.whole_points(standing)
    else:
        whole["gap"] = None if standing.gap is None else round(float(standing.gap), 2)
    whole["state"] = texts.target_mark_names[standing.mark]
    if standing.target.measure.basis is Basis.STATUS:
        whole["state"] = texts.standing_value(standing)
    rows = [whole]
    for unit in standing.scope.units:
        figure = standing.of_unit(unit.id)
        if figure is not None:
            row = _row(standing, texts, figure, with_strength=with_strength)
            mark = mark_of(figure, is_met_by_unit(standing.target, figure))
            rows.append(row | {"unit": unit.name, "state": texts.target_mark_names[mark]})
    return rows


def _row(
    standing: Standing, texts: Texts, figure: Figure, *, with_strength: bool
) -> dict[str, Any]:
    target = standing.target
    is_people = target.unit_of_measure is UnitOfMeasure.PERCENT_OF_PEOPLE
    value = value_of(target, figure)
    told: float | str | None = None if value is None else round(float(value), 2)
    hides = is_people and not with_strength
    if hides and value is not None:
        told = texts.share(figure.part or 0, figure.whole or 0)
    return {
        "key": target.key,
        "phrase": texts.target_phrase(target),
        "unit": "",
        "operator": target.operator.value,
        "target": None if target.value is None else round(float(target.value), 2),
        "unit_of_measure": texts.target_units[target.unit_of_measure],
        "value": told,
        "part": None if hides else figure.part,
        "whole": None if hides else figure.whole,
        "unknown": figure.unknown if figure.is_known else None,
        "state": "",
        "gap": None,
        "basis": texts.target_bases[target.measure.basis],
        "source": target.source,
    }
