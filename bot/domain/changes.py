"""What a correction changed: from what to what, between two revisions of one report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.domain.forms import Answers, Breakdown, Field, ReportType
from bot.domain.reports import Report


@dataclass(frozen=True, slots=True)
class Change:
    """One answer before and after, None where it was not stated.

    `reason` is set for a Breakdown alone; its values are heads, and 0 where the reason was left out.
    """

    field_key: str
    reason: str | None
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Correction:
    """The `number`-th correction of a report; `report` is what it made of it."""

    number: int
    report: Report
    changes: tuple[Change, ...]


def corrections(revisions: Sequence[Report], report_type: ReportType) -> tuple[Correction, ...]:
    """Return the corrections in one unit's revisions, which are ordered by day and revision."""
    return tuple(
        Correction(after.revision - 1, after, changes(before.answers, after.answers, report_type))
        for before, after in pairwise(revisions)
        if before.day == after.day
    )


def changes(before: Answers, after: Answers, report_type: ReportType) -> tuple[Change, ...]:
    """Return what differs, in the form's order; answers that the form does not ask are passed over."""
    return tuple(
        change
        for field in report_type.fields
        for change in _compared(field, before.get(field.key), after.get(field.key))
        if change.before != change.after
    )


def _compared(field: Field, before: Any, after: Any) -> Iterator[Change]:
    if not isinstance(field, Breakdown):
        yield Change(field.key, None, before, after)
        return
    for reason in field.reasons:
        yield Change(field.key, reason, (before or {}).get(reason, 0), (after or {}).get(reason, 0))
