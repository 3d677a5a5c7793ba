"""Report types as data: fields, the normal answer, and the rules that answers must keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]
"""Field key → answer: counts by reason for a Breakdown (zeros left out), a bool for a YesNo."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """People counted by reason; together they cannot be more than the establishment."""

    key: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question whose normal answer is True; False is a problem that the digest shows first."""

    key: str


Field = Breakdown | YesNo


@dataclass(frozen=True, slots=True)
class ReportType:
    key: str
    fields: tuple[Field, ...]

    def normal_answers(self) -> Answers:
        return {f.key: {} if isinstance(f, Breakdown) else True for f in self.fields}


DUTY = ReportType(
    key="duty",
    fields=(
        Breakdown("absent", ("leave", "short_leave", "sick", "on_mission", "studying", "other")),
        YesNo("safety"),
        YesNo("order"),
    ),
)

REPORT_TYPES: Mapping[str, ReportType] = {DUTY.key: DUTY}


class InvalidAnswersError(ValueError):
    """Answers that break a rule of their form; nothing is saved."""


class UnknownReasonError(InvalidAnswersError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CountOutOfRangeError(InvalidAnswersError):
    """A count below 0, or absences above the establishment (None: not known, so no upper bound)."""

    def __init__(self, count: int, establishment: int | None) -> None:
        super().__init__(f"{count} of {establishment}")
        self.count = count
        self.establishment = establishment


def total_absent(answers: Answers) -> int:
    absent: Mapping[str, int] = answers.get("absent", {})
    return sum(absent.values())


def problems(report_type: ReportType, answers: Answers) -> tuple[str, ...]:
    """Keys of the questions that were answered with a problem, in the form's order."""
    return tuple(
        f.key for f in report_type.fields if isinstance(f, YesNo) and answers.get(f.key) is False
    )


def checked(report_type: ReportType, answers: Answers, establishment: int | None) -> Answers:
    """Return the answers in canonical shape, or raise InvalidAnswersError."""
    result: dict[str, Any] = {}
    for field in report_type.fields:
        given = answers.get(field.key)
        if isinstance(field, YesNo):
            result[field.key] = given is not False
        else:
            result[field.key] = _checked_breakdown(field, given or {}, establishment)
    return result


def _checked_breakdown(
    field: Breakdown, counts: Mapping[str, int], establishment: int | None
) -> dict[str, int]:
    for reason, count in counts.items():
        if reason not in field.reasons:
            raise UnknownReasonError(reason)
        if count < 0:
            raise CountOutOfRangeError(count, establishment)
    total = sum(counts.values())
    if establishment is not None and total > establishment:
        raise CountOutOfRangeError(total, establishment)
    return {reason: counts[reason] for reason in field.reasons if counts.get(reason)}


def stepped(
    report_type: ReportType,
    answers: Answers,
    field_key: str,
    reason: str,
    step: int,
    establishment: int | None,
) -> Answers:
    """Return the answers with one count moved by `step`, or raise InvalidAnswersError.

    The way down is never barred by the establishment: it may have been lowered since the answers
    were given, and they must be able to come down to it.
    """
    if not any(isinstance(f, Breakdown) and f.key == field_key for f in report_type.fields):
        raise UnknownReasonError(field_key)
    counts = dict(answers.get(field_key, {}))
    if establishment is not None and step < 0:
        establishment = max(establishment, sum(counts.values()))
    counts[reason] = counts.get(reason, 0) + step
    return checked(report_type, {**answers, field_key: counts}, establishment)


def toggled(report_type: ReportType, answers: Answers, field_key: str) -> Answers:
    if not any(isinstance(f, YesNo) and f.key == field_key for f in report_type.fields):
        raise UnknownReasonError(field_key)
    return {**answers, field_key: not answers.get(field_key, True)}
