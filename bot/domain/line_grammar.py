"""What one part of a typed line says: facts, or where it stops making sense."""

from dataclasses import dataclass
from datetime import date

from bot.domain.dates import NotADateError, parse_day
from bot.domain.line_errors import (
    AmbiguousFigureError,
    AmbiguousWordError,
    NegativeCountError,
    NotACountError,
    NotADayError,
    UnknownPartError,
)
from bot.domain.line_words import (
    Ambiguous,
    Figure,
    Meaning,
    Part,
    Reason,
    State,
    Term,
    Vocabulary,
    typed,
)


@dataclass(frozen=True, slots=True)
class Count:
    """People, of a reason or of "present", "establishment" or "absent" in all."""

    about: str
    people: int
    is_reason: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    field: str
    is_normal: bool


@dataclass(frozen=True, slots=True)
class Day:
    day: date


Fact = Count | Answer | Day

_STRENGTH_TERMS = (Term.STRENGTH, Term.PRESENT, Term.FULL)


def facts_of(part: Part, today: date, vocabulary: Vocabulary) -> list[Fact]:
    """Return what the part says; raises LineError unless all of it has exactly one meaning.

    Counts stand after their words ("phep 1 om 1") or before them ("1 phep 1 om"), the same way
    throughout the part; both ways are tried.
    """
    readings: list[list[Fact]] = []
    furthest = 0
    for counts_first in (False, True):
        reader = _PartReader(part, today, vocabulary, counts_first=counts_first)
        try:
            reading = reader.read()
        except _StuckError as stuck:
            furthest = max(furthest, stuck.at)
        else:
            if reading not in readings:
                readings.append(reading)
    if len(readings) == 1:
        return readings[0]
    for at in range(furthest, len(part)):
        meaning, length = vocabulary.longest_at(part, at)
        if isinstance(meaning, Ambiguous):
            raise AmbiguousWordError(typed(part[at : at + length]), meaning.meanings)
    stuck_at = part[furthest]
    if isinstance(stuck_at, Figure) and len(stuck_at.counts) > 1:
        raise AmbiguousFigureError(stuck_at.typed)
    raise UnknownPartError(typed(part[furthest:]))


class _StuckError(Exception):
    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class _PartReader:
    def __init__(
        self, part: Part, today: date, vocabulary: Vocabulary, *, counts_first: bool
    ) -> None:
        self._part = part
        self._today = today
        self._vocabulary = vocabulary
        self._counts_first = counts_first
        self._at = 0
        self._facts: list[Fact] = []

    def read(self) -> list[Fact]:
        states: list[State] = []
        while self._at < len(self._part):
            state = self._read_item()
            if state:
                states.append(state)
        # What a denial or a problem extends to, beside another state, nobody can tell for sure.
        if len(states) > 1 and not all(ok for state in states for _, ok in state.answers):
            raise _StuckError(0)
        return self._facts

    def _read_item(self) -> State | None:
        start = self._at
        meaning = self._take()
        match meaning:
            case State():
                self._facts += [Answer(field, ok) for field, ok in meaning.answers]
                return meaning
            case Term.STRENGTH | Term.PRESENT | Term.FULL:
                self._read_strength(start, is_full=meaning is Term.FULL)
            case Term.ESTABLISHMENT:
                self._say("establishment", self._one_count(start))
            case Term.ABSENT:
                self._read_absent(start)
            case Term.NOBODY_ABSENT:
                self._say("absent", 0)
            case Reason() if not self._counts_first:
                self._say(meaning.key, self._count_or_none(start), is_reason=True)
            case Term.DAY:
                self._read_day(start)
            case Term.COURTESY:
                pass
            case None if self._counts_first:
                self._read_counted(start)
            case _:
                raise _StuckError(start)
        return None

    def _read_strength(self, start: int, *, is_full: bool) -> None:
        while self._peek() in _STRENGTH_TERMS:
            is_full = self._take() is Term.FULL or is_full
        if is_full:
            self._say("absent", 0)
        if figure := self._figure():
            counts = self._counts(figure)
            for about, people in zip(("present", "establishment"), counts, strict=False):
                self._say(about, people)
        elif not is_full and self._peek() not in (Term.ABSENT, Term.NOBODY_ABSENT):
            raise _StuckError(start)

    def _read_absent(self, start: int) -> None:
        if isinstance(self._peek(), Reason):
            return  # a heading
        if not self._counts_first:
            self._say("absent", self._count_or_none(start))
            return
        after = self._at
        absent = self._one_count(start)
        if isinstance(self._peek(), Reason):
            self._at = after  # a heading: the count is the reason's
        elif self._figure():
            self._say("absent", absent)
        else:
            raise _StuckError(start)

    def _read_counted(self, start: int) -> None:
        count = self._one_count(start)
        match self._take():
            case Reason(key):
                self._say(key, count, is_reason=True)
            case Term.ABSENT:
                self._say("absent", count)
            case Term.PRESENT:
                self._say("present", count)
            case _:
                raise _StuckError(start)

    def _read_day(self, start: int) -> None:
        figure = self._figure()
        if not figure:
            raise _StuckError(start)
        self._at += 1
        try:
            self._facts.append(Day(parse_day(figure.typed.replace(" ", ""), self._today)))
        except NotADateError as error:
            raise NotADayError(figure.typed) from error

    def _say(self, about: str, people: int, *, is_reason: bool = False) -> None:
        self._facts.append(Count(about, people, is_reason))

    def _count_or_none(self, start: int) -> int:
        """Read a count, or the word for none where it ends the part and can deny nothing else."""
        if self._peek() is Term.NONE:
            self._take()
            if self._at == len(self._part):
                return 0
            raise _StuckError(start)
        return self._one_count(start)

    def _one_count(self, start: int) -> int:
        figure = self._figure()
        if not figure:
            raise _StuckError(start)
        is_first = self._at == start
        counts = self._counts(figure)
        if len(counts) == 1:
            return counts[0]
        if is_first:
            raise _StuckError(start)
        raise NotACountError(figure.typed)

    def _counts(self, figure: Figure) -> tuple[int, ...]:
        """Take the figure, which stands here, and a word for people after it."""
        if figure.is_negative:
            raise NegativeCountError(figure.typed)
        if not figure.counts:
            raise NotACountError(figure.typed)
        self._at += 1
        if self._peek() is Term.PEOPLE:
            self._take()
        return figure.counts

    def _figure(self) -> Figure | None:
        here = self._part[self._at] if self._at < len(self._part) else None
        return here if isinstance(here, Figure) else None

    def _peek(self) -> Meaning | None:
        return self._vocabulary.longest_at(self._part, self._at)[0]

    def _take(self) -> Meaning | None:
        meaning, length = self._vocabulary.longest_at(self._part, self._at)
        self._at += length
        return meaning
