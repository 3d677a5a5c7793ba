"""The screens of /dientap for who plans exercises."""

from collections.abc import Sequence
from datetime import date

from bot.domain.exercises import (
    LONGEST_ITEM,
    LONGEST_TITLE,
    STANDARD,
    Exercise,
    Part,
    Plan,
    Readiness,
)
from bot.domain.marks import mark_of
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.exercise_payloads import ChecklistPress, ExercisePress, ExerciseStep
from bot.screens.message import Button, Message
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs

# So many exercises, and so many units of one, fit into a message and are read on a phone.
_TOLD_MOST = 12


def everything(
    texts: Texts, found: Sequence[Readiness], today: date, page: int, note: Html | None = None
) -> Message:
    shown = found[:_TOLD_MOST]
    buttons = [
        Button(texts.exercise_button(each), _press(ExerciseStep.VIEW, each.exercise.id))
        for each in found
    ]
    rows = pages.page_of(
        texts, buttons, page, lambda to: ExercisePress(ExerciseStep.LIST, page=to).pack()
    )
    last = [Button(texts.add_exercise, _press(ExerciseStep.ADD))]
    if found:
        last.append(Button(texts.exercises_by_unit, _press(ExerciseStep.UNITS)))
    text = texts.exercises(shown, len(found) - len(shown), today)
    return Message(paragraphs(note or "", text), (*rows, tuple(last)))


def one(texts: Texts, readiness: Readiness, today: date) -> Message:
    exercise = readiness.exercise
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                texts.checklist_button(part.unit), ChecklistPress(exercise.id, part.unit_id).pack()
            ),
        )
        for part in readiness.parts[: pages.BUTTONS_A_PAGE]
    ]
    if exercise.is_open:
        new = ExerciseStep.OWNER if exercise.unit_id is None else ExerciseStep.NEW
        rows += [
            (
                Button(texts.add_item, ExercisePress(new, exercise.id, exercise.unit_id).pack()),
                _button(texts.move_exercise, ExerciseStep.MOVE, exercise),
            ),
            (
                _button(texts.mark_held, ExerciseStep.HOLD, exercise),
                _button(texts.cancel_exercise, ExerciseStep.CANCEL, exercise),
            ),
        ]
    return Message(texts.exercise(readiness, today, _TOLD_MOST), (*rows, (_list(texts),)))


def choose_unit(texts: Texts, parts: Sequence[Part], page: int) -> Message:
    """Whose items are to be shown, of those who have any."""
    units = [part.unit for part in parts if part.unit]
    command = Button(texts.command_items, _press(ExerciseStep.UNIT))
    first = () if len(units) == len(parts) else ((command,),)
    return pages.choose_unit(
        texts,
        texts.choose_exercise_unit,
        units,
        page,
        chosen=lambda unit: ExercisePress(ExerciseStep.UNIT, unit_id=unit.id).pack(),
        turned=lambda to: ExercisePress(ExerciseStep.UNITS, page=to).pack(),
        first=first,
        last=((_list(texts),),),
    )


def ask_title(texts: Texts) -> Message:
    text = paragraphs(texts.ask_exercise_title(LONGEST_TITLE), texts.secrecy_warning)
    return Message(text, (_leave(texts),))


def ask_day(texts: Texts, plan: Plan) -> Message:
    return Message(texts.ask_exercise_day(plan.title), (_leave(texts),))


def choose_whose(texts: Texts, plan: Plan, units: Sequence[Unit], page: int) -> Message:
    buttons = [
        Button(
            texts.toggle(unit.short_name, is_chosen=unit.id in plan.unit_ids),
            ExercisePress(ExerciseStep.TOGGLE, unit_id=unit.id, page=page).pack(),
        )
        for unit in units
    ]
    rows = pages.page_of(
        texts,
        buttons,
        page,
        lambda to: ExercisePress(ExerciseStep.WHOSE, page=to).pack(),
        a_row=pages.UNITS_A_ROW,
    )
    command = Button(texts.for_command, _press(ExerciseStep.COMMAND))
    chosen = Button(texts.units_chosen, _press(ExerciseStep.CARD))
    text = texts.choose_whose(len(plan.unit_ids))
    return Message(text, ((command,), *rows, (chosen, *_leave(texts))))


def plan_card(texts: Texts, plan: Plan, units: Sequence[Unit]) -> Message:
    save = ExercisePress(ExerciseStep.SAVE, mark=plan.mark).pack()
    return Message(
        texts.plan_card(plan, units, len(STANDARD)),
        (
            (Button(texts.save, save),),
            (Button(texts.change_whose, _press(ExerciseStep.WHOSE)), *_leave(texts)),
        ),
    )


def ask_move(texts: Texts, exercise: Exercise) -> Message:
    return Message(texts.ask_move(exercise), ((_keep(texts, exercise),),))


def move_card(texts: Texts, exercise: Exercise, day: date) -> Message:
    save = ExercisePress(
        ExerciseStep.MOVED, exercise.id, day=day, mark=day_mark(exercise.day)
    ).pack()
    return Message(
        texts.move_card(exercise, day), ((Button(texts.save, save), _keep(texts, exercise)),)
    )


def day_mark(day: date) -> str:
    """Names the day that a card showed, so that its button moves from no other."""
    return mark_of(day.isoformat())


def hold_card(texts: Texts, readiness: Readiness) -> Message:
    exercise = readiness.exercise
    yes = _button(texts.mark_held, ExerciseStep.HELD, exercise)
    return Message(texts.hold_card(readiness), ((yes,), (_keep(texts, exercise),)))


def cancel_card(texts: Texts, readiness: Readiness) -> Message:
    exercise = readiness.exercise
    yes = _button(texts.cancel_exercise, ExerciseStep.CANCELLED, exercise)
    return Message(texts.cancel_exercise_card(readiness), ((yes,), (_keep(texts, exercise),)))


def choose_doer(texts: Texts, exercise: Exercise, units: Sequence[Unit], page: int) -> Message:
    """Who is to do a new item of the command's exercise."""
    command = Button(texts.command_items, _press(ExerciseStep.NEW, exercise.id))
    return pages.choose_unit(
        texts,
        texts.choose_doer,
        units,
        page,
        chosen=lambda unit: ExercisePress(ExerciseStep.NEW, exercise.id, unit.id).pack(),
        turned=lambda to: ExercisePress(ExerciseStep.OWNER, exercise.id, page=to).pack(),
        first=((command,),),
        last=((_keep(texts, exercise),),),
    )


def ask_item(texts: Texts, exercise: Exercise, unit: Unit | None) -> Message:
    text = paragraphs(texts.ask_item(unit, LONGEST_ITEM), texts.secrecy_warning)
    return Message(text, ((_keep(texts, exercise),),))


def told(texts: Texts, text: Html) -> Message:
    """What cannot be done, with the way back."""
    return Message(text, ((_list(texts),),))


def _press(step: ExerciseStep, exercise_id: int | None = None) -> str:
    return ExercisePress(step, exercise_id).pack()


def _button(label: str, step: ExerciseStep, exercise: Exercise) -> Button:
    return Button(label, _press(step, exercise.id))


def _list(texts: Texts) -> Button:
    return Button(texts.exercise_list, _press(ExerciseStep.LIST))


def _keep(texts: Texts, exercise: Exercise) -> Button:
    return _button(texts.keep_exercise, ExerciseStep.VIEW, exercise)


def _leave(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.leave, _press(ExerciseStep.LIST)),)
