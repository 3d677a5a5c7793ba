"""What the buttons of targets carry, and the questions that wait for text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Self

from bot.domain.targets import TargetState
from bot.screens.packing import (
    DAY,
    UNIT,
    InvalidPayloadError,
    matched,
    pack_day,
    pack_id,
    parse_day_or_none,
    parse_id,
)

_KEY = r"([a-z_]{1,24})"
_KEY_OR_NONE = r"([a-z_]{0,24})"


class TargetStep(StrEnum):
    LIST = "list"
    VIEW = "view"
    UNITS = "units"
    PICTURE = "pic"
    REPORT = "report"  # what the unit reports of itself
    ASK = "ask"  # a card: ask the units for their reports now
    ASKED = "asked"


_OF_ONE = frozenset({TargetStep.VIEW, TargetStep.ASK, TargetStep.ASKED})


@dataclass(frozen=True, slots=True)
class TargetPress:
    """A look at all targets or at one, of the whole command or of a unit."""

    prefix: ClassVar[str] = "tg"
    step: TargetStep
    unit_id: int | None = None
    key: str = ""
    page: int = 0

    def pack(self) -> str:
        return f"{self.prefix}:{self.step}:{pack_id(self.unit_id)}:{self.key}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"tg:([a-z]+):{UNIT}:{_KEY_OR_NONE}:(0|[1-9]\d{{0,3}})", data)
        try:
            press = cls(TargetStep(found[1]), parse_id(found[2]), found[3], int(found[4]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        if (press.step in _OF_ONE) != bool(press.key):
            raise InvalidPayloadError(data)
        if press.step is TargetStep.REPORT and press.unit_id is None:
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class StatePress:
    """A state for a target, of the whole command."""

    prefix: ClassVar[str] = "ts"
    key: str
    state: TargetState

    def pack(self) -> str:
        return f"{self.prefix}:{self.key}:{self.state}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"ts:{_KEY}:([a-z_]+)", data)
        try:
            return cls(found[1], TargetState(found[2]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


class EditStep(StrEnum):
    ASK = "ask"
    SAVE = "save"
    END = "end"  # a card
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class EditPress:
    """A change of what is asked; `hundredths` and `day` are set when it is to be saved."""

    prefix: ClassVar[str] = "te"
    step: EditStep
    key: str
    hundredths: int | None = None
    day: date | None = None

    @property
    def value(self) -> Fraction:
        return Fraction(self.hundredths or 0, 100)

    def pack(self) -> str:
        number = "" if self.hundredths is None else self.hundredths
        return f"{self.prefix}:{self.step}:{self.key}:{number}:{pack_day(self.day)}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"te:([a-z]+):{_KEY}:(|0|[1-9]\d{{0,6}}):(?:{DAY}|)", data)
        try:
            press = cls(
                EditStep(found[1]),
                found[2],
                int(found[3]) if found[3] else None,
                parse_day_or_none(found[4] or ""),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        needs = press.step is EditStep.SAVE
        if (press.hundredths is not None, press.day is not None) != (needs, needs):
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class RevisionQuestion:
    """A target's new value and the day from which it holds are to be typed."""

    prefix: ClassVar[str] = "qt"
    key: str

    def pack(self) -> str:
        return f"{self.prefix}:{self.key}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(matched(rf"qt:{_KEY}", data)[1])
