"""The daily duty report as one typed line; what can be read in two ways is asked, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.domain.forms import Answers, Breakdown, ReportType, YesNo
from bot.domain.line_errors import (
    AboveEstablishmentError,
    AbsencesDoNotAddUpError,
    AbsentContradictsPresentError,
    LineError,
    LineTooLongError,
    ReasonsMissingError,
    SaidTwiceError,
    StrengthMissingError,
    WrongEstablishmentError,
)
from bot.domain.line_grammar import Answer, Count, Day, Fact, facts_of
from bot.domain.line_words import (
    Ambiguous,
    Figure,
    Part,
    Reason,
    Term,
    Vocabulary,
    composed,
    parts_of,
)
from bot.domain.names import fold
from bot.domain.units import Unit

LONGEST_LINE = 500
"""Characters, in NFC."""
# Decomposed letters are up to three characters each; no need to compose a whole book.
_LONGEST_DECOMPOSED = 4 * LONGEST_LINE

_COUNTED = (Term.PRESENT, Term.FULL, Term.ABSENT)
_NAME_ENDS = re.compile(r"(?=[ \n:;,.=\-\u2013\u2014]|\Z)")
# A dash before a digit is a sign: it must not be lost with the name.
_AFTER_NAME = re.compile(r"(?:[ \n:;,.=]|[\-\u2013\u2014](?![0-9]))*")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What a line stated: the day, if it named one, and the answers, without what it left out."""

    day: date | None
    answers: Answers

    def is_complete(self, report_type: ReportType) -> bool:
        """Whether it stated everything but what may be left empty: choices and texts."""
        asked = (f for f in report_type.fields if isinstance(f, Breakdown | YesNo))
        return all(f.key in self.answers for f in asked)


def read_line(
    text: str, establishment: int | None, today: date, vocabulary: Vocabulary
) -> TypedLine:
    """Read a whole line for a unit of that establishment (None: not known); raises LineError."""
    said = _heard(text, today, vocabulary)
    return TypedLine(said.day, {"absent": _absences(said, establishment), **said.answers})


def named_day(text: str, today: date, vocabulary: Vocabulary) -> date | None:
    """Return the day that a line names: it decides which establishment the line is held against.

    Raises LineError where a part of the line cannot be read.
    """
    return _heard(text, today, vocabulary).day


def looks_like_line(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text is an attempt at a line: a word of strength, a counted word, or a part that reads."""
    return any(
        _looks_like_part(part, vocabulary) for part in parts_of(composed(text[:LONGEST_LINE]))
    )


def split_unit(text: str, units: Iterable[Unit]) -> tuple[Unit | None, str]:
    """Take the name, alias or code of a unit off the front; the longest that is exact when folded.

    A name of two units is nobody's; near is not good enough.
    """
    if len(text) > _LONGEST_DECOMPOSED:
        return None, text
    line = _AFTER_NAME.sub("", composed(text), count=1)
    listed = tuple(units)
    longest = max((len(name) for unit in listed for name in unit.names), default=0)
    unit, rest = None, text
    for end in (end.start() for end in _NAME_ENDS.finditer(line)):
        name = fold(line[:end])
        if len(name) > longest:
            break
        bearers = [unit for unit in listed if name in unit.names]
        if bearers:
            unit = bearers[0] if len(bearers) == 1 else None
            rest = _AFTER_NAME.sub("", line[end:], count=1) if unit else text
    return unit, rest


def _heard(text: str, today: date, vocabulary: Vocabulary) -> "_Said":
    said = _Said()
    for part in parts_of(_bounded(text)):
        for fact in facts_of(part, today, vocabulary):
            said.add(fact)
    return said


def _bounded(text: str) -> str:
    if len(text) > _LONGEST_DECOMPOSED or len(line := composed(text)) > LONGEST_LINE:
        raise LineTooLongError(LONGEST_LINE)
    return line


def _looks_like_part(part: Part, vocabulary: Vocabulary) -> bool:
    if len(part) == 1 and isinstance(part[0], Figure) and len(part[0].counts) > 1:
        return True
    for at in range(len(part)):
        meaning, length = vocabulary.longest_at(part, at)
        if meaning in (Term.STRENGTH, Term.ESTABLISHMENT):
            return True
        if meaning in _COUNTED or isinstance(meaning, Reason | Ambiguous):
            around = (*part[max(at - 1, 0) : at], *part[at + length : at + length + 1])
            if any(isinstance(piece, Figure) for piece in around):
                return True
    try:
        return bool(facts_of(part, date.min, vocabulary))
    except LineError:
        return False


@dataclass(slots=True)
class _Said:
    day: date | None = None
    totals: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    answers: dict[str, bool] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        match fact:
            case Day(day):
                if self.day is not None and self.day != day:
                    raise SaidTwiceError("day", self.day, day)
                self.day = day
            case Answer(key, is_normal):
                if self.answers.setdefault(key, is_normal) != is_normal:
                    raise SaidTwiceError(key, self.answers[key], is_normal)
            case Count(reason, people, is_reason=True):
                if reason in self.reasons:
                    raise SaidTwiceError(reason, self.reasons[reason], people)
                self.reasons[reason] = people
            case Count(about, people):
                if self.totals.setdefault(about, people) != people:
                    raise SaidTwiceError(about, self.totals[about], people)


def _absences(said: _Said, establishment: int | None) -> dict[str, int]:
    """Return the absent by reason, after holding all that was said against each other."""
    typed = said.totals.get("establishment")
    if typed is not None and establishment is not None and typed != establishment:
        raise WrongEstablishmentError(typed, establishment)
    whole = typed if establishment is None else establishment
    present, absent = said.totals.get("present"), said.totals.get("absent")
    by_reasons = sum(said.reasons.values())
    if whole is not None:
        for count in (present, absent, by_reasons):
            if count is not None and count > whole:
                raise AboveEstablishmentError(count, whole)
        if present is not None:
            if absent is not None and absent != whole - present:
                raise AbsentContradictsPresentError(present, whole, absent)
            absent = whole - present
    if absent is None and not by_reasons:
        raise StrengthMissingError
    if absent is not None and absent != by_reasons:
        if not said.reasons:
            raise ReasonsMissingError(absent)
        raise AbsencesDoNotAddUpError(absent, by_reasons)
    return {reason: people for reason, people in said.reasons.items() if people}
