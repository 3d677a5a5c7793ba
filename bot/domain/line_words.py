"""A typed line in pieces: parts, and in them words and figures, found in a vocabulary."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from bot.domain.names import fold

_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_DASHES = "\\-\u2010-\u2015\u2212"
# Also what phones put in front of an item of a list.
_SEPARATORS = r",;.!\u2026()\[\]+*\u2022\n"

_PIECE = re.compile(
    rf"""
    (?P<figure>
        (?: (?<![^\s:=/{_DASHES}{_SEPARATORS}]) [{_DASHES}] )?    # below zero
        [0-9]+
        (?: (?: [.,:hHgG{_DASHES}] | [ ]*/[ ]* ) [0-9]+ )*
        (?: [hHgG] (?![^\W_]) )?                            # 16h, not the first letter of a word
    )
    | (?P<separator> [{_SEPARATORS}] )
    | (?P<dash> [{_DASHES}] )
    | (?P<word> [^\s0-9:={_DASHES}{_SEPARATORS}]+ )
    """,
    re.VERBOSE,
)
_COUNT = r"(?:[0-9]{1,6}|[1-9][0-9]{0,2}\.[0-9]{3})"
_COUNTS = re.compile(rf"({_COUNT})(?: */ *({_COUNT}))?")


@dataclass(frozen=True, slots=True)
class Word:
    """A syllable; `marks` are its diacritics wherever they stand in it, a stroke through d among them."""

    typed: str
    folded: str
    marks: frozenset[str]

    @classmethod
    def of(cls, typed: str) -> Self:
        lower = unicodedata.normalize("NFD", typed.lower())
        marks = (c for c in lower if c == "\u0111" or unicodedata.category(c) == "Mn")
        return cls(typed, fold(typed), frozenset(marks))


@dataclass(frozen=True, slots=True)
class Figure:
    typed: str

    @property
    def counts(self) -> tuple[int, ...]:
        """One number of people, or two with a slash between them; empty for all other figures."""
        found = _COUNTS.fullmatch(self.typed)
        return tuple(int(c.replace(".", "")) for c in found.groups() if c) if found else ()

    @property
    def is_negative(self) -> bool:
        return self.typed[0] not in "0123456789"


Part = tuple[Word | Figure, ...]


def composed(text: str) -> str:
    """Return the text in NFC with plain spaces and line breaks and nothing that cannot be seen."""
    kept = (
        "\n" if c in _LINE_BREAKS else " " if c.isspace() or c == "_" else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in {"Cf", "Cc"}
    )
    lone_surrogates_replaced = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in kept)
    return unicodedata.normalize("NFC", lone_surrogates_replaced)


def parts_of(text: str) -> Iterator[Part]:
    """Yield the parts of a composed text, none of them empty.

    Colons part nothing, nor does a dash between a word and its number or within a word.
    """
    part: list[Word | Figure] = []
    for found in _PIECE.finditer(text):
        match found.lastgroup:
            case "figure":
                part.append(Figure(found.group()))
            case "word":
                part.append(Word.of(found.group()))
            case "dash" if part and isinstance(part[-1], Word) and _dash_joins(text, found):
                pass
            case _ if part:
                yield tuple(part)
                part = []
    if part:
        yield tuple(part)


def _dash_joins(text: str, dash: re.Match[str]) -> bool:
    before, after = text[: dash.start()], text[dash.end() :]
    if re.match(" *[0-9]", after):
        return True
    return before[-1:] != " " and after[:1].isalpha()


def typed(part: Sequence[Word | Figure]) -> str:
    return " ".join(piece.typed for piece in part)


class Term(Enum):
    """What a phrase of the vocabulary stands for, where that is one thing for all forms."""

    STRENGTH = auto()
    PRESENT = auto()
    FULL = auto()
    ESTABLISHMENT = auto()
    ABSENT = auto()
    NOBODY_ABSENT = auto()
    NONE = auto()
    PEOPLE = auto()
    DAY = auto()
    COURTESY = auto()


@dataclass(frozen=True, slots=True)
class Reason:
    key: str


@dataclass(frozen=True, slots=True)
class State:
    """Answers to yes-no fields that one phrase gives; False is a problem."""

    answers: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    meanings: tuple[str, ...]


Meaning = Term | Reason | State | Ambiguous


class Vocabulary:
    """Phrases in their full spelling, and what they mean.

    Diacritics may be left out or stand on the neighbouring vowel; others than the phrase's own
    make another word: in Vietnamese "yes" and "absent", "surplus" and "full" fold alike.
    """

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._entries: dict[tuple[str, ...], tuple[tuple[frozenset[str], ...], Meaning]] = {}
        # A word stands in dozens of the phrases.
        known = {
            word: Word.of(composed(word))
            for word in {word for phrase in meanings for word in phrase.split()}
        }
        for phrase, meaning in meanings.items():
            words = [known[word] for word in phrase.split()]
            key = tuple(word.folded for word in words)
            if key in self._entries and self._entries[key][1] != meaning:
                raise ValueError(f"two meanings of {phrase}")
            self._entries[key] = (tuple(word.marks for word in words), meaning)
        self._longest = max(map(len, self._entries), default=0)

    def longest_at(self, part: Part, at: int) -> tuple[Meaning | None, int]:
        """Return the meaning of the longest phrase that begins there, and its number of words."""
        words: list[Word] = []
        for piece in part[at : at + self._longest]:
            if not isinstance(piece, Word):
                break
            words.append(piece)
        for length in range(len(words), 0, -1):
            entry = self._entries.get(tuple(word.folded for word in words[:length]))
            if entry and all(
                word.marks <= own for word, own in zip(words[:length], entry[0], strict=True)
            ):
                return entry[1], length
        return None, 0
