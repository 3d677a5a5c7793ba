"""What has to be done before an exercise, by unit, as the facts from which readiness is measured."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OWN = "own"
"""The key of an item that somebody added; all others are standard."""


class ItemState(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """`title` is set for own items only; the others are named by their key and `part`.

    The three bodies have one key, and each its part: steering, support, frame.
    """

    id: int
    key: str
    title: str
    due_day: date
    state: ItemState
    part: str = ""

    @property
    def name(self) -> str:
        """The key and the part of a standard item, by which texts name it."""
        return f"{self.key}.{self.part}" if self.part else self.key

    def is_overdue(self, today: date) -> bool:
        return self.state is not ItemState.DONE and self.due_day < today


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one unit (None: the command) has to do for one exercise."""

    exercise_id: int
    exercise_unit_id: int | None
    exercise_day: date
    is_held: bool
    unit_id: int | None
    items: tuple[ChecklistItem, ...]

    @property
    def is_done(self) -> bool:
        return bool(self.items) and all(item.state is ItemState.DONE for item in self.items)
