"""What the buttons of announcements carry, at most 64 bytes, and the questions that wait for text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from bot.screens.packing import DAY, MARK, PAGE, InvalidPayloadError, matched, pack_day, parse_day

_ID = r"([1-9]\d{0,11})"
_ID_OR_NONE = r"((?:[1-9]\d{0,11})?)"
_VALUE = r"(0|[1-9]\d{0,8})"


class AnnounceStep(StrEnum):
    WHOM = "whom"
    ALL = "all"
    UNITS = "units"
    UNIT = "unit"  # in or out; `value` is its id
    ROLES = "roles"
    ROLE = "role"  # in or out; `value` is its place among the roles
    CARD = "card"
    EDIT = "edit"
    LATER = "later"
    DAY = "day"  # `value`: 0 today, 1 tomorrow
    NOW = "now"
    SEND = "send"
    CORRECT = "fix"  # what was sent; `mark` names the words that the card showed
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class AnnouncePress:
    """A press while an announcement is made or corrected; without an id none was begun."""

    prefix: ClassVar[str] = "ann"
    step: AnnounceStep
    announcement_id: int | None = None
    value: int = 0
    mark: str = ""
    page: int = 0

    def pack(self) -> str:
        id_ = self.announcement_id or ""
        return f"{self.prefix}:{self.step}:{id_}:{self.value}:{self.mark}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"ann:([a-z]+):{_ID_OR_NONE}:{_VALUE}:{MARK}:{PAGE}", data)
        try:
            press = cls(
                AnnounceStep(found[1]),
                int(found[2]) if found[2] else None,
                int(found[3]),
                found[4],
                int(found[5]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        if press.announcement_id is None and press.step is not AnnounceStep.CANCEL:
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class ReceivedPress:
    """A recipient has received the announcement."""

    prefix: ClassVar[str] = "annr"
    announcement_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.announcement_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(int(matched(rf"annr:{_ID}", data)[1]))


@dataclass(frozen=True, slots=True)
class WordsQuestion:
    """The announcement is to be typed; corrected `words` are kept until their card is pressed."""

    prefix: ClassVar[str] = "qann"
    announcement_id: int | None = None
    words: str = ""

    def pack(self) -> str:
        return f"{self.prefix}:{self.announcement_id or ''}:{self.words}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qann:{_ID_OR_NONE}:((?s:.*))", data)
        return cls(int(found[1]) if found[1] else None, found[2])


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """At what time of the day it goes out is to be typed."""

    prefix: ClassVar[str] = "qtime"
    announcement_id: int
    day: date

    def pack(self) -> str:
        return f"{self.prefix}:{self.announcement_id}:{pack_day(self.day)}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qtime:{_ID}:{DAY}", data)
        try:
            day = parse_day(found[2])
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        return cls(int(found[1]), day)
