"""What the buttons and questions of /hoatdong and of rosters carry."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from bot.domain.activities import ARMS, CATEGORIES, SERVICES
from bot.domain.participation import ActivityKind
from bot.screens.packing import PAGE, InvalidPayloadError, matched

_ID = r"(0|[1-9]\d{0,8})"
_WORD = r"([a-z_]*)"


class ActivityStep(StrEnum):
    LIST = "list"
    CARD = "card"
    KIND = "kind"
    CATEGORY = "category"
    SERVICE = "service"
    NEW = "new"  # all is chosen that is chosen by buttons
    SESSIONS = "sessions"
    ADD = "add"  # a session
    LIABLE = "liable"
    MODE = "mode"  # the other way of counting
    CANCEL = "cancel"  # asks once more
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ActivityPress:
    """A press in the list, on a card, or while an activity is added; `session_id` 0 is none."""

    prefix: ClassVar[str] = "ac"
    step: ActivityStep
    activity_id: int = 0
    session_id: int = 0
    kind: str = ""
    category: str = ""
    service: str = ""
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{self.activity_id}:{self.session_id}:{self.kind}"
            f":{self.category}:{self.service}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"ac:([a-z]+):{_ID}:{_ID}:{_WORD}:{_WORD}:{_WORD}:{PAGE}", data)
        _check_words(data, found[4], found[5], found[6])
        try:
            return cls(
                ActivityStep(found[1]),
                int(found[2]),
                int(found[3]),
                found[4],
                found[5],
                found[6],
                int(found[7]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class NewActivityQuestion:
    """Title, units and sessions of a new activity are to be typed."""

    prefix: ClassVar[str] = "qac"
    kind: ActivityKind
    category: str = ""
    service: str = ""

    def pack(self) -> str:
        return f"{self.prefix}:{self.kind}:{self.category}:{self.service}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qac:([a-z_]+):{_WORD}:{_WORD}", data)
        _check_words(data, found[1], found[2], found[3])
        return cls(ActivityKind(found[1]), found[2], found[3])


@dataclass(frozen=True, slots=True)
class SessionQuestion:
    """Days and hours of more sessions are to be typed."""

    prefix: ClassVar[str] = "qas"
    activity_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.activity_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(int(matched(rf"qas:{_ID}", data)[1]))


@dataclass(frozen=True, slots=True)
class LiableQuestion:
    """How many of a unit are to take part is to be typed."""

    prefix: ClassVar[str] = "qal"
    activity_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.activity_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(int(matched(rf"qal:{_ID}", data)[1]))


class RosterStep(StrEnum):
    UNITS = "units"
    VIEW = "view"
    CATEGORY = "category"
    ADD = "add"
    END = "end"


@dataclass(frozen=True, slots=True)
class RosterPress:
    """A press about the codes of a unit; `unit_id` 0 is none yet."""

    prefix: ClassVar[str] = "rm"
    step: RosterStep
    unit_id: int = 0
    category: str = ""
    page: int = 0

    def pack(self) -> str:
        return f"{self.prefix}:{self.step}:{self.unit_id}:{self.category}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"rm:([a-z]+):{_ID}:{_WORD}:{PAGE}", data)
        _check_words(data, category=found[3])
        try:
            return cls(RosterStep(found[1]), int(found[2]), found[3], int(found[4]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class RosterQuestion:
    """Codes are to be typed: of people of this category who come, or, without one, of who leaves."""

    prefix: ClassVar[str] = "qrm"
    unit_id: int
    category: str = ""

    def pack(self) -> str:
        return f"{self.prefix}:{self.unit_id}:{self.category}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qrm:{_ID}:{_WORD}", data)
        _check_words(data, category=found[2])
        return cls(int(found[1]), found[2])


def _check_words(data: str, kind: str = "", category: str = "", service: str = "") -> None:
    if (
        kind not in ("", *ActivityKind)
        or category not in ("", *CATEGORIES, *ARMS)
        or service not in ("", *SERVICES)
    ):
        raise InvalidPayloadError(data)
