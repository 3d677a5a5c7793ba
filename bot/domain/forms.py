"""Report types as data: fields, the normal answer, and the rules that answers must keep."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Answers = Mapping[str, Any]
"""Field key → answer: counts by reason for a Breakdown (zeros left out), True, False or None (not
stated) for a YesNo, the chosen option for a Choice, words for a Text, [part, whole] for a Share, and for
a Roster the reason by the id (in digits) of each member who is absent. A field that is switched off, a
choice not made, an empty text and counts not told have no key."""

LONGEST_TEXT = 200
LONGEST_LATE_REASON = 100
LARGEST_WHOLE = 99_999


@dataclass(frozen=True, slots=True)
class Breakdown:
    """People counted by reason; together no more than the establishment, and than another number."""

    key: str
    reasons: tuple[str, ...]
    at_most: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A count of people, normally all of the establishment, which it cannot exceed."""

    key: str


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question whose normal answer is True.

    False is a problem that the digest shows first; where it `is_alarm`, an incident may be behind it.
    """

    key: str
    is_alarm: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some options, or none."""

    key: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A few words, or none; at most LONGEST_TEXT characters."""

    key: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who of a roster is absent and why: `codes` by the members' ids, in the order in which they are shown."""

    key: str
    codes: Mapping[int, str]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Two counts that are typed as one text, a part of a whole: it has no normal answer."""

    key: str


Field = Breakdown | Number | Roster | YesNo | Choice | Text | Share


@dataclass(frozen=True, slots=True)
class ReportType:
    """`has_subject`: a unit has one for each of several things, such as sessions, and not one a day.

    `periods_a_year`: it is about a target, and asked so many times a year and by the event, not daily.
    """

    key: str
    fields: tuple[Field, ...]
    has_subject: bool = False
    periods_a_year: int = 0

    @property
    def has_normal_answers(self) -> bool:
        return not any(isinstance(field, Share) for field in self.fields)

    def normal_answers(self, establishment: int | None = None) -> Answers:
        answers: dict[str, Any] = {}
        for field in self.fields:
            match field:
                case Number():
                    answers[field.key] = establishment or 0
                case Breakdown():
                    answers[field.key] = {}
                case Roster():
                    answers[field.key] = {}
                case YesNo():
                    answers[field.key] = True
        return answers

    def only(self, keys: Collection[str]) -> "ReportType":
        """The same report type without the fields that are switched off."""
        return replace(self, fields=tuple(f for f in self.fields if f.key in keys))

    def field(self, key: str) -> Field | None:
        return next((f for f in self.fields if f.key == key), None)


ABSENT = Breakdown("absent", ("leave", "short_leave", "sick", "on_mission", "studying", "other"))

DUTY = ReportType(
    key="duty",
    fields=(
        Choice("duty_commander", ("commander", "political_officer", "deputy", "political_deputy")),
        ABSENT,
        YesNo("safety"),
        YesNo("order"),
        Text("work"),
        Text("tomorrow"),
        Text("recommendation"),
    ),
)

ATTENDANCE = ReportType(key="attendance", fields=(ABSENT,), has_subject=True)
"""Who of those liable came to one session, which is the form's subject."""

CODES = "codes"
NOT_STATED = "not_stated"
"""The reason of somebody on a roster who is absent and of whom nobody said why."""


def by_roster(codes: Mapping[int, str]) -> ReportType:
    """Attendance as a list of who is absent."""
    return replace(ATTENDANCE, fields=(Roster(CODES, codes, ABSENT.reasons),))


GRADES = ("excellent", "good", "pass", "fail")
COURSE_RESULT = ReportType(
    key="course_result",
    fields=(Number("completed"), Breakdown("grades", GRADES, at_most="completed")),
    has_subject=True,
)
"""How many completed a course, which is the form's subject, and with what results."""

PARTY_COMMITTEE = ReportType(
    "party_committee", (YesNo("has_committee", is_alarm=False),), periods_a_year=2
)
PARTY_MEMBERS = ReportType("party_members", (Share("members"),), periods_a_year=2)
OFFICE = ReportType("office", (YesNo("has_office", is_alarm=False),), periods_a_year=1)

TARGET_REPORTS = (PARTY_COMMITTEE, PARTY_MEMBERS, OFFICE)
"""What units report for a target, by the key of its measure."""

REPORT_TYPES: Mapping[str, ReportType] = {
    t.key: t for t in (DUTY, ATTENDANCE, COURSE_RESULT, *TARGET_REPORTS)
}


class InvalidAnswersError(ValueError):
    """Answers that break a rule of their form; nothing is saved."""


class UnknownReasonError(InvalidAnswersError):
    """No field, reason or option has this key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MissingAnswerError(InvalidAnswersError):
    """A field without which the form cannot be sent."""


class PartOfWholeError(InvalidAnswersError):
    """No part of a whole: the whole is 0, or smaller than the part, or they are too large."""


class TextTooLongError(InvalidAnswersError):
    def __init__(self, length: int, longest: int) -> None:
        super().__init__(f"{length} of {longest}")
        self.length = length
        self.longest = longest


class CountOutOfRangeError(InvalidAnswersError):
    """A count below 0, or above what the field may have: mostly the establishment.

    None is an establishment that is not known, so there is no upper bound.
    """

    def __init__(self, count: int, establishment: int | None, field: str = "absent") -> None:
        super().__init__(f"{field}: {count} of {establishment}")
        self.field = field
        self.count = count
        self.establishment = establishment


def total_absent(answers: Answers) -> int:
    """People absent, counted by reason or listed by a roster."""
    absent: Mapping[str, int] = answers.get("absent", {})
    return sum(absent.values()) + len(answers.get(CODES, ()))


def absent_codes(answers: Answers) -> dict[int, str]:
    """Who of a roster is absent and why, by id; reports of earlier versions list ids alone."""
    given = answers.get(CODES) or {}
    if isinstance(given, list):
        return dict.fromkeys(given, NOT_STATED)
    return {int(id_): reason for id_, reason in given.items()}


def absent_by_reason(answers: Answers) -> Mapping[str, int]:
    """People absent by reason, counted by heads or by codes; those without a stated reason last."""
    counts = {**answers.get(ABSENT.key, {})} or Counter(absent_codes(answers).values())
    return {r: counts[r] for r in (*ABSENT.reasons, NOT_STATED) if counts.get(r)}


def problems(report_type: ReportType, answers: Answers) -> tuple[str, ...]:
    """Keys of the questions that were answered with a problem, in the form's order."""
    return tuple(
        f.key for f in report_type.fields if isinstance(f, YesNo) and answers.get(f.key) is False
    )


def unstated(report_type: ReportType, answers: Answers) -> tuple[str, ...]:
    """Keys of the questions that were asked and not answered, in the form's order."""
    return tuple(
        f.key
        for f in report_type.fields
        if isinstance(f, YesNo) and f.key in answers and answers[f.key] is None
    )


def checked(report_type: ReportType, answers: Answers, establishment: int | None) -> Answers:
    """Return the answers in canonical shape, or raise InvalidAnswersError.

    A question without an answer is kept as not stated: nobody said that all is well.
    """
    result: dict[str, Any] = {}
    for field in report_type.fields:
        given = answers.get(field.key)
        match field:
            case YesNo():
                result[field.key] = given
            case Number():
                result[field.key] = _checked_number(field, given or 0, establishment)
            case Roster():
                result[field.key] = _checked_roster(field, absent_codes(answers))
            case Breakdown():
                bound = result[field.at_most] if field.at_most else establishment
                result[field.key] = _checked_breakdown(field, given or {}, bound)
            case Choice():
                if given is not None and given not in field.options:
                    raise UnknownReasonError(given)
                result |= {field.key: given} if given else {}
            case Text():
                words = checked_text(given or "")
                result |= {field.key: words} if words else {}
            case Share():
                result |= {field.key: _checked_share(given)} if given else {}
    return result


def has_problem(report_type: ReportType, answers: Answers) -> bool:
    """Whether a question was answered with a problem that may be an incident."""
    return any(
        answers.get(f.key) is False
        for f in report_type.fields
        if isinstance(f, YesNo) and f.is_alarm
    )


def check_complete(report_type: ReportType, answers: Answers) -> None:
    """Raise MissingAnswerError where counts have not been told that the form is about."""
    for field in report_type.fields:
        if isinstance(field, Share) and field.key not in answers:
            raise MissingAnswerError(field.key)


def checked_text(typed: str, longest: int = LONGEST_TEXT) -> str:
    """Return the words on one line, composed as NFC, without what nobody sees. Raises TextTooLongError."""
    composed = unicodedata.normalize("NFC", typed)
    seen = (c for c in composed if c.isspace() or not unicodedata.category(c).startswith("C"))
    words = " ".join("".join(seen).split())
    if len(words) > longest:
        raise TextTooLongError(len(words), longest)
    return words


def copied(report_type: ReportType, answers: Answers) -> Answers:
    """Return another day's answers as a beginning: its texts told of that day, so they stay there."""
    texts = {f.key for f in report_type.fields if isinstance(f, Text)}
    return {key: answer for key, answer in answers.items() if key not in texts}


def read_share(typed: str) -> list[int]:
    """Read `8/27`. Raises PartOfWholeError."""
    found = re.fullmatch(r"\s*(\d{1,5})\s*/\s*(\d{1,5})\s*", typed, re.ASCII)
    if not found:
        raise PartOfWholeError(typed)
    return _checked_share([int(found[1]), int(found[2])])


def _checked_share(given: Sequence[int]) -> list[int]:
    part, whole = given
    if not 0 <= part <= whole or not 0 < whole <= LARGEST_WHOLE:
        raise PartOfWholeError(f"{part}/{whole}")
    return [part, whole]


def _checked_number(field: Number, count: int, establishment: int | None) -> int:
    if count < 0 or (establishment is not None and count > establishment):
        raise CountOutOfRangeError(count, establishment, field.key)
    return count


def _checked_roster(field: Roster, absent: Mapping[int, str]) -> dict[str, str]:
    """Who has left the roster since is absent no more."""
    for reason in absent.values():
        if reason not in field.reasons and reason != NOT_STATED:
            raise UnknownReasonError(reason)
    return {str(id_): absent[id_] for id_ in field.codes if id_ in absent}


def _checked_breakdown(
    field: Breakdown, counts: Mapping[str, int], establishment: int | None
) -> dict[str, int]:
    for reason, count in counts.items():
        if reason not in field.reasons:
            raise UnknownReasonError(reason)
        if count < 0:
            raise CountOutOfRangeError(count, establishment, field.key)
    total = sum(counts.values())
    if establishment is not None and total > establishment:
        raise CountOutOfRangeError(total, establishment, field.key)
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
    field = report_type.field(field_key)
    if establishment is not None and step < 0:
        establishment = max((establishment, *_counted(report_type, answers)))
    if isinstance(field, Number):
        moved = answers.get(field_key, 0) + step
        return checked(report_type, {**answers, field_key: moved}, establishment)
    if not isinstance(field, Breakdown):
        raise UnknownReasonError(field_key)
    counts = dict(answers.get(field_key, {}))
    counts[reason] = counts.get(reason, 0) + step
    return checked(report_type, {**answers, field_key: counts}, establishment)


def counted(
    report_type: ReportType,
    answers: Answers,
    counts: Mapping[str, int],
    establishment: int | None,
) -> Answers:
    """Return the answers with these counts, by reason or by the key of a Number; others stay.

    Raises InvalidAnswersError.
    """
    changed = dict(answers)
    for field in report_type.fields:
        match field:
            case Number() if field.key in counts:
                changed[field.key] = counts[field.key]
            case Breakdown():
                named = {reason: counts[reason] for reason in field.reasons if reason in counts}
                changed[field.key] = {**answers.get(field.key, {}), **named}
    return checked(report_type, changed, establishment)


def _counted(report_type: ReportType, answers: Answers) -> list[int]:
    """What each field that counts people has."""
    numbers = [answers.get(f.key, 0) for f in report_type.fields if isinstance(f, Number)]
    breakdowns = [answers.get(f.key, {}) for f in report_type.fields if isinstance(f, Breakdown)]
    return numbers + [sum(counts.values()) for counts in breakdowns]


def turned(report_type: ReportType, answers: Answers, field_key: str, member: str) -> Answers:
    """Return the answers with one of the roster absent who was present, or the other way round."""
    field = report_type.field(field_key)
    if not isinstance(field, Roster) or not member.isdecimal() or int(member) not in field.codes:
        raise UnknownReasonError(member)
    absent = absent_codes(answers)
    if absent.pop(int(member), None) is None:
        absent[int(member)] = NOT_STATED
    return {**answers, field_key: _checked_roster(field, absent)}


def explained(
    report_type: ReportType, answers: Answers, field_key: str, member: str, reason: str
) -> Answers:
    """Return the answers with the reason of one who is absent; the same again takes it back.

    Who is present by now stays present.
    """
    field = report_type.field(field_key)
    if not isinstance(field, Roster) or not member.isdecimal():
        raise UnknownReasonError(member)
    absent, id_ = absent_codes(answers), int(member)
    if id_ in absent:
        absent[id_] = NOT_STATED if absent[id_] == reason else reason
    return {**answers, field_key: _checked_roster(field, absent)}


def toggled(report_type: ReportType, answers: Answers, field_key: str) -> Answers:
    """Return the answers with the question turned: what was not stated becomes normal."""
    if not isinstance(report_type.field(field_key), YesNo):
        raise UnknownReasonError(field_key)
    return {**answers, field_key: answers.get(field_key) is not True}
