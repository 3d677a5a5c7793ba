"""What the buttons of hours, exemptions and reopened days carry, and the questions that wait for text.

Buttons fit into 64 bytes. Questions are kept in the database and may be longer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from bot.domain.calendar import Hours
from bot.domain.exempting import Span
from bot.domain.reopening import HOURS_OFFERED
from bot.screens.packing import (
    DAY,
    DAY_OR_NONE,
    EVERY_DAY,
    MARK,
    PAGE,
    UNIT,
    WEEKDAY_BITS,
    InvalidPayloadError,
    matched,
    pack_day,
    pack_hours,
    pack_id,
    pack_span,
    pack_weekdays,
    parse_day,
    parse_day_or_none,
    parse_hours,
    parse_id,
    parse_span,
    parse_weekdays,
)


class HoursStep(StrEnum):
    LIST = "list"
    WHOM = "whom"  # which unit gets hours of its own
    OWN = "own"  # which unit goes back to the common hours
    DAYS = "days"
    ASK = "ask"
    NOTHING = "none"  # a card: no report on these weekdays
    SAVE = "save"
    COMMON = "common"  # a card: back to the common hours
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class HoursPress:
    """A press while hours are changed; `mark` names the old hours that a card showed."""

    prefix: ClassVar[str] = "hr"
    step: HoursStep
    unit_id: int | None = None
    weekdays: frozenset[str] = EVERY_DAY
    hours: Hours | None = None
    mark: str = ""
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_id(self.unit_id)}:{pack_weekdays(self.weekdays)}"
            f":{pack_hours(self.hours)}:{self.mark}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        pattern = rf"hr:([a-z]+):{UNIT}:{WEEKDAY_BITS}:((?:\d{{12}})?):{MARK}:{PAGE}"
        found = matched(pattern, data)
        try:
            return cls(
                HoursStep(found[1]),
                parse_id(found[2]),
                parse_weekdays(found[3]),
                parse_hours(found[4]),
                found[5],
                int(found[6]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class HoursQuestion:
    """The three times on these weekdays are to be typed."""

    prefix: ClassVar[str] = "qh"
    unit_id: int | None
    weekdays: frozenset[str]

    def pack(self) -> str:
        return f"{self.prefix}:{pack_id(self.unit_id)}:{pack_weekdays(self.weekdays)}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qh:{UNIT}:{WEEKDAY_BITS}", data)
        try:
            return cls(parse_id(found[1]), parse_weekdays(found[2]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


class ExemptStep(StrEnum):
    LIST = "list"
    WHOM = "whom"
    DAYS = "days"
    TYPE = "type"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class ExemptPress:
    """A press while an exemption is declared; with the step ASK the days are known."""

    prefix: ClassVar[str] = "ex"
    step: ExemptStep
    unit_id: int | None = None
    span: Span | None = None
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_id(self.unit_id)}:{pack_span(self.span)}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        pattern = rf"ex:([a-z]+):{UNIT}:{DAY_OR_NONE}:{DAY_OR_NONE}:{WEEKDAY_BITS}:{PAGE}"
        found = matched(pattern, data)
        try:
            press = cls(
                ExemptStep(found[1]),
                parse_id(found[2]),
                parse_span(found[3], found[4], found[5]),
                int(found[6]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        if press.pack() != data or (press.step is ExemptStep.ASK) != (press.span is not None):
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class EndPress:
    """An exemption ends; `declared_minute` (since 1970) where it has just been declared."""

    prefix: ClassVar[str] = "ee"
    exemption_id: int
    declared_minute: int = 0

    def pack(self) -> str:
        return f"{self.prefix}:{self.exemption_id}:{self.declared_minute}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(r"ee:([1-9]\d{0,11}):(0|[1-9]\d{0,8})", data)
        return cls(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class ExemptDaysQuestion:
    """The days on which the unit is exempt are to be typed."""

    prefix: ClassVar[str] = "qd"
    unit_id: int | None

    def pack(self) -> str:
        return f"{self.prefix}:{pack_id(self.unit_id)}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(parse_id(matched(rf"qd:{UNIT}", data)[1]))


@dataclass(frozen=True, slots=True)
class ExemptReasonQuestion:
    """The reason of an exemption is to be typed."""

    prefix: ClassVar[str] = "qr"
    unit_id: int | None
    span: Span

    def pack(self) -> str:
        return f"{self.prefix}:{pack_id(self.unit_id)}:{pack_span(self.span)}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qr:{UNIT}:{DAY}:{DAY_OR_NONE}:{WEEKDAY_BITS}", data)
        try:
            span = parse_span(found[2], found[3], found[4])
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        if span is None:
            raise InvalidPayloadError(data)
        return cls(parse_id(found[1]), span)


class ReopenStep(StrEnum):
    DAYS = "days"
    TYPE = "type"
    WHOM = "whom"
    HOURS = "hours"
    ASK = "ask"
    REOPEN = "open"


@dataclass(frozen=True, slots=True)
class ReopenPress:
    """A press while a day is reopened; `mark` names the reason that a card showed."""

    prefix: ClassVar[str] = "ro"
    step: ReopenStep
    day: date | None = None
    unit_id: int | None = None
    hours: int = HOURS_OFFERED[0]
    mark: str = ""
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_day(self.day)}:{pack_id(self.unit_id)}"
            f":{self.hours}:{self.mark}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        pattern = rf"ro:([a-z]+):{DAY_OR_NONE}:{UNIT}:(\d{{1,2}}):{MARK}:{PAGE}"
        found = matched(pattern, data)
        try:
            press = cls(
                ReopenStep(found[1]),
                parse_day_or_none(found[2]),
                parse_id(found[3]),
                int(found[4]),
                found[5],
                int(found[6]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        needs_day = press.step not in {ReopenStep.DAYS, ReopenStep.TYPE}
        if press.hours not in HOURS_OFFERED or (needs_day and press.day is None):
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class ReopenDayQuestion:
    """The locked day is to be typed."""

    prefix: ClassVar[str] = "qo"

    def pack(self) -> str:
        return f"{self.prefix}:"

    @classmethod
    def parse(cls, data: str) -> Self:
        matched("qo:", data)
        return cls()


@dataclass(frozen=True, slots=True)
class ReopenReasonQuestion:
    """The reason of a reopening is to be typed; it is kept in `reason` until its card is pressed."""

    prefix: ClassVar[str] = "qw"
    day: date
    unit_id: int | None
    hours: int
    reason: str = ""

    def pack(self) -> str:
        return (
            f"{self.prefix}:{pack_day(self.day)}:{pack_id(self.unit_id)}:{self.hours}:{self.reason}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qw:{DAY}:{UNIT}:(\d{{1,2}}):(.*)", data)
        try:
            day = parse_day(found[1])
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        return cls(day, parse_id(found[2]), int(found[3]), found[4])
