"""What the buttons of people, units and the audit trail carry, and the questions that wait for text.

Buttons fit into 64 bytes. Questions are kept in the database and may be longer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from bot.domain.changes_of_units import ChangeKind, UnitChange
from bot.domain.people import Role
from bot.domain.trail import Topic
from bot.screens.packing import (
    DAY_OR_NONE,
    MARK,
    PAGE,
    UNIT,
    InvalidPayloadError,
    matched,
    pack_day,
    pack_id,
    parse_day_or_none,
    parse_id,
)

_ID = r"([1-9]\d{0,8})"
_WORD = r"([a-z]*)"


@dataclass(frozen=True, slots=True)
class PeoplePress:
    """The list of people, of one role and one unit or of all; or the units to choose one from."""

    prefix: ClassVar[str] = "pl"
    chooses_unit: bool = False
    role: Role | None = None
    unit_id: int | None = None
    page: int = 0

    def pack(self) -> str:
        what = "units" if self.chooses_unit else "list"
        return f"{self.prefix}:{what}:{self.role or ''}:{pack_id(self.unit_id)}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"pl:(units|list):{_WORD}:{UNIT}:{PAGE}", data)
        try:
            role = Role(found[2]) if found[2] else None
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        return cls(found[1] == "units", role, parse_id(found[3]), int(found[4]))


class PersonStep(StrEnum):
    VIEW = "view"
    END = "end"  # a card
    ENDED = "ended"
    HAND = "hand"  # a card
    HANDED = "handed"
    ROLES = "roles"
    ROLE = "role"  # a card
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PersonPress:
    """One person, or a change of one of the person's roles; `seat_id` is the assignment's."""

    prefix: ClassVar[str] = "pv"
    step: PersonStep
    person_id: int
    seat_id: int | None = None
    role: Role | None = None

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{self.person_id}:{pack_id(self.seat_id)}:{self.role or ''}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"pv:([a-z]+):{_ID}:{UNIT}:{_WORD}", data)
        try:
            role = Role(found[4]) if found[4] else None
            press = cls(PersonStep(found[1]), int(found[2]), parse_id(found[3]), role)
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        needs_role = press.step in {PersonStep.ROLE, PersonStep.CHANGED}
        if (press.step is PersonStep.VIEW) != (press.seat_id is None):
            raise InvalidPayloadError(data)
        if needs_role != (press.role is not None):
            raise InvalidPayloadError(data)
        return press


class ActingStep(StrEnum):
    UNIT = "unit"
    DAYS = "days"
    CARD = "card"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class ActingPress:
    """A press while a person, or who is yet to be invited (None), is to act for a unit's leader."""

    prefix: ClassVar[str] = "pa"
    step: ActingStep
    person_id: int | None
    unit_id: int | None = None
    first: date | None = None
    last: date | None = None
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_id(self.person_id)}:{pack_id(self.unit_id)}"
            f":{pack_day(self.first)}:{pack_day(self.last)}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        pattern = rf"pa:([a-z]+):{UNIT}:{UNIT}:{DAY_OR_NONE}:{DAY_OR_NONE}:{PAGE}"
        found = matched(pattern, data)
        try:
            press = cls(
                ActingStep(found[1]),
                parse_id(found[2]),
                parse_id(found[3]),
                parse_day_or_none(found[4]),
                parse_day_or_none(found[5]),
                int(found[6]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        needs_days = press.step in {ActingStep.CARD, ActingStep.SAVE}
        if (press.first is not None, press.last is not None) != (needs_days, needs_days):
            raise InvalidPayloadError(data)
        # For an invitation the unit is chosen before, as for every other role.
        if (press.step is ActingStep.UNIT) != (press.unit_id is None) or (
            press.person_id is None and press.step is ActingStep.UNIT
        ):
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class ActingDaysQuestion:
    """The days on which the person, or who is yet to be invited, acts for the unit's leader."""

    prefix: ClassVar[str] = "qa"
    person_id: int | None
    unit_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{pack_id(self.person_id)}:{self.unit_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qa:{UNIT}:{_ID}", data)
        return cls(parse_id(found[1]), int(found[2]))


class UnitStep(StrEnum):
    LIST = "list"
    VIEW = "view"
    ASK = "ask"  # the value, the unit to merge into, or the name to remove
    INTO = "into"
    DAY = "day"
    SAVE = "save"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class UnitPress:
    """A press at the list of units or at one of them.

    `mark` names what a card showed, or another name of the unit. What is to be changed waits as a
    UnitQuestion, for a typed name does not fit into a button.
    """

    prefix: ClassVar[str] = "uv"
    step: UnitStep
    unit_id: int | None = None
    kind: ChangeKind | None = None
    other_id: int | None = None
    day: date | None = None
    mark: str = ""
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_id(self.unit_id)}:{self.kind or ''}"
            f":{pack_id(self.other_id)}:{pack_day(self.day)}:{self.mark}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        pattern = rf"uv:([a-z]+):{UNIT}:{_WORD}:{UNIT}:{DAY_OR_NONE}:{MARK}:{PAGE}"
        found = matched(pattern, data)
        try:
            press = cls(
                UnitStep(found[1]),
                parse_id(found[2]),
                ChangeKind(found[3]) if found[3] else None,
                parse_id(found[4]),
                parse_day_or_none(found[5]),
                found[6],
                int(found[7]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        needs_kind = press.step in {UnitStep.ASK, UnitStep.INTO, UnitStep.DAY, UnitStep.SAVE}
        needs_unit = press.step is not UnitStep.LIST and press.kind is not ChangeKind.ADD
        if needs_kind != (press.kind is not None) or needs_unit != (press.unit_id is not None):
            raise InvalidPayloadError(data)
        return press


class UnitStage(StrEnum):
    VALUE = "value"
    DAY = "day"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """A change of a unit as far as it is told; its value, its day or its card is waited for."""

    prefix: ClassVar[str] = "qu"
    stage: UnitStage
    change: UnitChange

    def pack(self) -> str:
        change = self.change
        return (
            f"{self.prefix}:{self.stage}:{change.kind}:{pack_id(change.unit_id)}"
            f":{pack_id(change.other_id)}:{pack_day(change.day)}:{change.value}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qu:([a-z]+):([a-z]+):{UNIT}:{UNIT}:{DAY_OR_NONE}:(.*)", data)
        try:
            change = UnitChange(
                ChangeKind(found[2]),
                parse_id(found[3]),
                found[6],
                parse_id(found[4]),
                parse_day_or_none(found[5]),
            )
            return cls(UnitStage(found[1]), change)
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class AuditPress:
    """A page of the audit trail, about one topic and one unit or about all; or the units to choose from."""

    prefix: ClassVar[str] = "au"
    chooses_unit: bool = False
    topic: Topic | None = None
    unit_id: int | None = None
    page: int = 0

    def pack(self) -> str:
        what = "units" if self.chooses_unit else "list"
        return f"{self.prefix}:{what}:{self.topic or ''}:{pack_id(self.unit_id)}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"au:(units|list):{_WORD}:{UNIT}:{PAGE}", data)
        try:
            topic = Topic(found[2]) if found[2] else None
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        return cls(found[1] == "units", topic, parse_id(found[3]), int(found[4]))
