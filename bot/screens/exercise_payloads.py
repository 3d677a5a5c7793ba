"""What the buttons of exercises and checklists carry, at most 64 bytes, and the questions that wait for text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from bot.domain.checklists import ItemState
from bot.domain.exercises import Plan
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


@dataclass(frozen=True, slots=True)
class ChecklistPress:
    """What one unit (None: the command) has to do for an exercise; without one, the person's own list."""

    prefix: ClassVar[str] = "cl"
    exercise_id: int | None = None
    unit_id: int | None = None
    page: int = 0

    def pack(self) -> str:
        return f"{self.prefix}:{pack_id(self.exercise_id)}:{pack_id(self.unit_id)}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"cl:{UNIT}:{UNIT}:{PAGE}", data)
        press = cls(parse_id(found[1]), parse_id(found[2]), int(found[3]))
        if press.exercise_id is None and press != cls():
            raise InvalidPayloadError(data)
        return press


@dataclass(frozen=True, slots=True)
class TickPress:
    """An item is in the state from now on, if it still is in the one that was `seen`."""

    prefix: ClassVar[str] = "clt"
    item_id: int
    seen: ItemState
    state: ItemState
    page: int = 0

    def pack(self) -> str:
        return f"{self.prefix}:{self.item_id}:{self.seen}:{self.state}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"clt:{_ID}:([a-z_]+):([a-z_]+):{PAGE}", data)
        try:
            return cls(int(found[1]), ItemState(found[2]), ItemState(found[3]), int(found[4]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


class ItemStep(StrEnum):
    VIEW = "view"
    DUE = "due"
    REMOVE = "remove"  # a card
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ItemPress:
    """A press at one item, by who plans exercises."""

    prefix: ClassVar[str] = "cli"
    step: ItemStep
    item_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.step}:{self.item_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"cli:([a-z]+):{_ID}", data)
        try:
            return cls(ItemStep(found[1]), int(found[2]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


class ExerciseStep(StrEnum):
    LIST = "list"
    UNITS = "units"
    UNIT = "unit"  # what one unit (None: the command) has to do for all exercises
    ADD = "add"
    WHOSE = "whose"
    COMMAND = "command"
    TOGGLE = "toggle"
    CARD = "card"
    SAVE = "save"
    VIEW = "view"
    MOVE = "move"
    MOVED = "moved"
    HOLD = "hold"  # a card
    HELD = "held"
    CANCEL = "cancel"  # a card
    CANCELLED = "cancelled"
    ITEMS = "items"  # choose one to change
    OWNER = "owner"  # choose who does a new item
    NEW = "new"  # ask what the new item is

    @property
    def is_about_one(self) -> bool:
        return self not in _ABOUT_NONE


_ABOUT_NONE = frozenset(
    {
        ExerciseStep.LIST,
        ExerciseStep.UNITS,
        ExerciseStep.UNIT,
        ExerciseStep.ADD,
        ExerciseStep.WHOSE,
        ExerciseStep.COMMAND,
        ExerciseStep.TOGGLE,
        ExerciseStep.CARD,
        ExerciseStep.SAVE,
    }
)


@dataclass(frozen=True, slots=True)
class ExercisePress:
    """A press while exercises are planned.

    `day` is the one to move to, `mark` what the card showed. What is being made waits as a
    PlanQuestion, for a title does not fit into a button.
    """

    prefix: ClassVar[str] = "exc"
    step: ExerciseStep
    exercise_id: int | None = None
    unit_id: int | None = None
    day: date | None = None
    mark: str = ""
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_id(self.exercise_id)}:{pack_id(self.unit_id)}"
            f":{pack_day(self.day)}:{self.mark}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"exc:([a-z]+):{UNIT}:{UNIT}:{DAY_OR_NONE}:{MARK}:{PAGE}", data)
        try:
            press = cls(
                ExerciseStep(found[1]),
                parse_id(found[2]),
                parse_id(found[3]),
                parse_day_or_none(found[4]),
                found[5],
                int(found[6]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        step = press.step
        if step.is_about_one != (press.exercise_id is not None):
            raise InvalidPayloadError(data)
        if (step is ExerciseStep.MOVED) != (press.day is not None):
            raise InvalidPayloadError(data)
        if step is ExerciseStep.TOGGLE and press.unit_id is None:
            raise InvalidPayloadError(data)
        return press


class PlanStage(StrEnum):
    TITLE = "title"
    DAY = "day"
    CARD = "card"  # nothing is typed any more; whose it is, is pressed


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """An exercise that is being made, as far as it is told; its title or day is waited for."""

    prefix: ClassVar[str] = "qexc"
    stage: PlanStage
    plan: Plan

    def pack(self) -> str:
        units = ",".join(map(str, sorted(self.plan.unit_ids)))
        return f"{self.prefix}:{self.stage}:{pack_day(self.plan.day)}:{units}:{self.plan.title}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qexc:([a-z]+):{DAY_OR_NONE}:([\d,]*):(.*)", data)
        try:
            unit_ids = frozenset(int(unit_id) for unit_id in found[3].split(",") if unit_id)
            return cls(PlanStage(found[1]), Plan(found[4], parse_day_or_none(found[2]), unit_ids))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class MoveQuestion:
    """The day to which the exercise is moved is to be typed."""

    prefix: ClassVar[str] = "qexm"
    exercise_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.exercise_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(int(matched(rf"qexm:{_ID}", data)[1]))


@dataclass(frozen=True, slots=True)
class ItemQuestion:
    """What the unit (None: the command) has to do besides is to be typed."""

    prefix: ClassVar[str] = "qexi"
    exercise_id: int
    unit_id: int | None

    def pack(self) -> str:
        return f"{self.prefix}:{self.exercise_id}:{pack_id(self.unit_id)}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qexi:{_ID}:{UNIT}", data)
        return cls(int(found[1]), parse_id(found[2]))


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """Until when the item is to be done is to be typed."""

    prefix: ClassVar[str] = "qexd"
    item_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.item_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(int(matched(rf"qexd:{_ID}", data)[1]))
