"""What has to be done before an exercise, by unit, as the facts from which readiness is measured."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ItemState(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """`title` is set for a unit's own items only; the others are named by their key."""

    id: int
    key: str
    title: str
    due_day: date
    state: ItemState


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
