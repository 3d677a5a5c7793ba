"""Checklists of exercises: looked at and ticked by who has to do them, and the reminders of them."""

from collections.abc import Sequence
from datetime import date

from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.exercises import About, Part, Readiness
from bot.domain.units import Unit
from bot.screens.exercise_payloads import (
    ChecklistPress,
    ExercisePress,
    ExerciseStep,
    ItemPress,
    ItemStep,
    TickPress,
)
from bot.screens.message import Button, Message
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs

ITEMS_A_PAGE = 20
# So many rows and buttons are read on a phone.
_REMINDED_MOST = 12
_EXERCISES_MOST = 10

_NEXT = {
    ItemState.OPEN: (ItemState.UNDER_WAY, ItemState.DONE),
    ItemState.UNDER_WAY: (ItemState.OPEN, ItemState.DONE),
    ItemState.DONE: (ItemState.UNDER_WAY,),
}
"""What an item in a state may become by one press."""

Numbered = Sequence[tuple[int, ChecklistItem]]


def numbered(items: Sequence[ChecklistItem], page: int) -> tuple[Numbered, int]:
    """The items of the page with their numbers, and the page: one past the end is the last."""
    page = min(page, max(0, (len(items) - 1) // ITEMS_A_PAGE))
    begin = page * ITEMS_A_PAGE
    return list(enumerate(items, 1))[begin : begin + ITEMS_A_PAGE], page


def checklist(
    texts: Texts, readiness: Readiness, part: Part, today: date, page: int, *, may_plan: bool
) -> Message:
    """One unit's items, each with what it may become; `may_plan` adds what planners may change."""
    exercise = readiness.exercise
    shown, page = numbered(part.items, page)
    rows: list[tuple[Button, ...]] = []
    if exercise.is_open:
        rows += [
            tuple(
                Button(
                    texts.tick_label(number, item, state),
                    TickPress(item.id, item.state, state, page).pack(),
                )
                for state in _NEXT[item.state]
            )
            for number, item in shown
        ]

    def turned(to: int) -> str:
        return ChecklistPress(exercise.id, part.unit_id, to).pack()

    turns = []
    if page:
        turns.append(Button(texts.previous_page, turned(page - 1)))
    if (page + 1) * ITEMS_A_PAGE < len(part.items):
        turns.append(Button(texts.next_page, turned(page + 1)))
    if turns:
        rows.append(tuple(turns))
    if may_plan:
        rows += _planning(texts, readiness, part)
    else:
        rows.append((Button(texts.own_checklists, ChecklistPress().pack()),))
    text = texts.checklist(readiness, part, shown, today, may_tick=exercise.is_open)
    return Message(text, tuple(rows))


def _planning(texts: Texts, readiness: Readiness, part: Part) -> list[tuple[Button, ...]]:
    exercise = readiness.exercise

    def button(label: str, step: ExerciseStep) -> Button:
        return Button(label, ExercisePress(step, exercise.id, part.unit_id).pack())

    rows: list[tuple[Button, ...]] = []
    if exercise.is_open:
        add = button(texts.add_item, ExerciseStep.NEW)
        change = button(texts.change_items, ExerciseStep.ITEMS)
        rows.append((change, add) if part.items else (add,))
    view = ExercisePress(ExerciseStep.VIEW, exercise.id)
    return [*rows, (Button(texts.back_to_exercise, view.pack()),)]


def of_units(
    texts: Texts, listed: Sequence[tuple[Unit, Sequence[Readiness]]], today: date
) -> Message:
    """What the units have to do that the person speaks for."""
    told: list[Html] = []
    buttons: list[tuple[Button, ...]] = []
    for unit, found in listed:
        shown = found[: max(0, _EXERCISES_MOST - len(buttons))]
        if shown:
            told.append(texts.checklists_of(unit, shown, len(found) - len(shown), today))
            buttons += [(_open(texts, readiness, unit),) for readiness in shown]
    return Message(paragraphs(*told) if told else texts.nothing_to_prepare, tuple(buttons))


def of_unit(texts: Texts, unit: Unit | None, found: Sequence[Readiness], today: date) -> Message:
    """What one unit (None: the command) has to do, for who plans exercises."""
    shown = found[:_EXERCISES_MOST]
    text = texts.checklists_of(unit, shown, len(found) - len(shown), today)
    back = Button(texts.exercises_by_unit, ExercisePress(ExerciseStep.UNITS).pack())
    everything = Button(texts.exercise_list, ExercisePress(ExerciseStep.LIST).pack())
    return Message(text, (*((_open(texts, r, unit),) for r in shown), (back, everything)))


def _open(texts: Texts, readiness: Readiness, unit: Unit | None) -> Button:
    press = ChecklistPress(readiness.exercise.id, unit.id if unit else None)
    return Button(texts.exercise_button(readiness), press.pack())


def reminder(texts: Texts, about: Sequence[About], today: date) -> Message:
    shown = about[:_REMINDED_MOST]
    buttons: dict[str, Button] = {}
    for readiness, unit_id, _ in shown:
        press = ChecklistPress(readiness.exercise.id, unit_id).pack()
        buttons[press] = Button(texts.exercise_button(readiness), press)
    text = texts.exercise_reminder(shown, len(about) - len(shown), today)
    return Message(text, tuple((button,) for button in list(buttons.values())[:_EXERCISES_MOST]))


def new_exercise(texts: Texts, readiness: Readiness, part: Part, today: date) -> Message:
    """What a new exercise asks of a unit, with the way to its checklist."""
    press = ChecklistPress(readiness.exercise.id, part.unit_id).pack()
    text = texts.new_exercise(readiness, part, today)
    return Message(text, ((Button(texts.back_to_checklist, press),),))


def choose_item(texts: Texts, readiness: Readiness, part: Part) -> Message:
    rows = tuple(
        (Button(texts.item_label(number, item), ItemPress(ItemStep.VIEW, item.id).pack()),)
        for number, item in enumerate(part.items, 1)
    )
    back = back_to_checklist(texts, readiness, part.unit_id)
    return Message(texts.choose_item(readiness, part), (*rows, (back,)))


def item(
    texts: Texts, readiness: Readiness, unit: Unit | None, found: ChecklistItem, today: date
) -> Message:
    """One item with what planners may change of it."""
    change = (
        Button(texts.change_due, ItemPress(ItemStep.DUE, found.id).pack()),
        Button(texts.remove_item, ItemPress(ItemStep.REMOVE, found.id).pack()),
    )
    back = back_to_checklist(texts, readiness, unit.id if unit else None)
    rows = (change, (back,)) if readiness.exercise.is_open else ((back,),)
    return Message(texts.item(readiness, unit, found, today), rows)


def ask_due(texts: Texts, readiness: Readiness, found: ChecklistItem) -> Message:
    text = texts.ask_due(found, readiness.exercise)
    return Message(text, ((_to_item(texts.leave, found),),))


def remove_card(texts: Texts, readiness: Readiness, found: ChecklistItem) -> Message:
    remove = Button(texts.remove_item, ItemPress(ItemStep.REMOVED, found.id).pack())
    text = texts.remove_item_card(found, readiness)
    return Message(text, ((remove, _to_item(texts.leave, found)),))


def back_to_checklist(texts: Texts, readiness: Readiness, unit_id: int | None) -> Button:
    return Button(texts.back_to_checklist, ChecklistPress(readiness.exercise.id, unit_id).pack())


def _to_item(label: str, found: ChecklistItem) -> Button:
    return Button(label, ItemPress(ItemStep.VIEW, found.id).pack())
