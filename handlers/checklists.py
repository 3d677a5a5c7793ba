"""Checklists of exercises: shown and ticked, and their items changed by who plans exercises."""

from collections.abc import Awaitable, Callable

from bot.domain.dates import NotADateError
from bot.domain.exercises import (
    LONGEST_ITEM,
    DueDayError,
    EmptyTitleError,
    read_due_day,
    read_title,
    role_on_items_of,
)
from bot.domain.forms import TextTooLongError
from bot.domain.people import Action
from bot.screens import checklists as screens
from bot.screens import exercises as planning_screens
from bot.screens.exercise_payloads import (
    ChecklistPress,
    DueQuestion,
    ItemPress,
    ItemQuestion,
    ItemStep,
    TickPress,
)
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.services import exercises as known_exercises
from bot.services.exercise_changes import NotYourItemError, OverError, TooManyItemsError
from bot.services.exercises import UnknownExerciseError, UnknownItemError
from bot.texts import Texts
from bot.texts.markup import Html
from handlers.call import Call, Press
from storage import units


async def own(call: Call) -> Message:
    """What the units have to do that the person speaks for; if it is one checklist, that."""
    session, today = call.turn.session, call.today
    led = call.person.units_on(today)
    found = await known_exercises.open_ones(session, today)
    listed = [
        (unit, [each for each in found if (part := each.part(unit.id)) and part.items])
        for unit in (await units.registry(session)).on(today)
        if unit.id in led
    ]
    all_of_them = [(unit, each) for unit, those in listed for each in those]
    if len(all_of_them) == 1:
        ((unit, each),) = all_of_them
        return await _checklist(call, each.exercise.id, unit.id)
    return screens.of_units(call.texts, listed, today)


async def pressed(press: Press, payload: ChecklistPress) -> None:
    if payload.exercise_id is None:
        await press.show(await own(press))
        return
    if role_on_items_of(press.person, payload.unit_id, press.today) is None:
        press.toast(press.texts.not_your_item)
        return
    try:
        shown = await _checklist(press, payload.exercise_id, payload.unit_id, payload.page)
    except UnknownExerciseError:
        shown = planning_screens.told(press.texts, press.texts.exercise_gone)
    await press.show(shown)


async def ticked(press: Press, payload: TickPress) -> None:
    """Change the item if it still is as the button showed it, and show how it stands."""
    texts, session, now = press.texts, press.turn.session, press.turn.received_at
    try:
        found = await press.desk.planning.tick(
            session, payload.item_id, payload.seen, payload.state, press.person, now
        )
    except NotYourItemError:
        press.toast(texts.not_your_item)
        return
    except UnknownItemError:
        await press.show(Message(texts.item_gone))
        return
    except OverError as error:
        await press.show(Message(texts.exercise_over(error.exercise)))
        return
    item, exercise = found.placed.item, found.readiness.exercise
    press.toast(texts.ticked(item) if found.is_new else texts.tick_overtaken(item))
    shown = await _checklist(press, exercise.id, found.placed.unit_id, payload.page)
    await press.show(shown)


async def _checklist(call: Call, exercise_id: int, unit_id: int | None, page: int = 0) -> Message:
    """Raises UnknownExerciseError, also where the unit has nothing to do for it."""
    found = await known_exercises.one(call.turn.session, exercise_id, call.today)
    part = found.part(unit_id)
    if part is None:
        raise UnknownExerciseError(exercise_id)
    may_plan = call.person.may(Action.MANAGE_EXERCISES, call.today)
    return screens.checklist(call.texts, found, part, call.today, page, may_plan=may_plan)


# Items, changed by who plans exercises


async def item_pressed(press: Press, payload: ItemPress) -> None:
    texts = press.texts
    try:
        await press.show(await _item_screen(press, payload))
    except UnknownItemError:
        await press.show(planning_screens.told(texts, texts.item_gone))
    except OverError as error:
        await press.show(planning_screens.told(texts, texts.exercise_over(error.exercise)))


async def _item_screen(press: Press, payload: ItemPress) -> Message:
    """Raises UnknownItemError and OverError."""
    texts, session, now = press.texts, press.turn.session, press.turn.received_at
    if payload.step is ItemStep.VIEW:
        return await _item(press, payload.item_id)
    found, placed = await press.desk.planning.open_item(session, payload.item_id, now)
    match payload.step:
        case ItemStep.DUE:
            await press.ask(DueQuestion(payload.item_id))
            return screens.ask_due(texts, found, placed.item)
        case ItemStep.REMOVE:
            return screens.remove_card(texts, found, placed.item)
        case ItemStep.REMOVED:
            await press.desk.planning.remove_item(session, payload.item_id, press.person, now)
            press.toast(texts.item_removed)
            try:
                return await _checklist(press, placed.exercise_id, placed.unit_id)
            except (
                UnknownExerciseError
            ):  # it was the last of a unit that has no exercise of its own
                left = await known_exercises.one(session, placed.exercise_id, press.today)
                return planning_screens.one(texts, left, press.today)
        case _:
            raise InvalidPayloadError(payload.pack())


async def item_typed(call: Call, question: ItemQuestion, text: str) -> None:
    """Add the item, and show it with what may be changed of it."""

    async def add() -> Message:
        item_id = await call.desk.planning.add_item(
            call.turn.session,
            question.exercise_id,
            question.unit_id,
            read_title(text, LONGEST_ITEM),
            call.person,
            call.turn.received_at,
        )
        return await _item(call, item_id)

    await _answer(call, question, add)


async def due_typed(call: Call, question: DueQuestion, text: str) -> None:
    async def save() -> Message:
        session, now = call.turn.session, call.turn.received_at
        planning = call.desk.planning
        found, _ = await planning.open_item(session, question.item_id, now)
        day = read_due_day(text, found.exercise.day, call.today)
        await planning.save_due(session, question.item_id, day, call.person, now)
        return await _item(call, question.item_id)

    await _answer(call, question, save)


async def _answer(
    call: Call, question: ItemQuestion | DueQuestion, do: Callable[[], Awaitable[Message]]
) -> None:
    """Do what was typed; what cannot be read may be typed again, what is over is told."""
    try:
        await call.reply(await do())
    except (EmptyTitleError, TextTooLongError, NotADateError, DueDayError) as error:
        await call.ask(question)
        await call.reply(_refusal(call.texts, error))
    except (UnknownExerciseError, UnknownItemError, OverError, TooManyItemsError) as error:
        await call.reply(planning_screens.told(call.texts, _ended(call.texts, error)))


def _refusal(
    texts: Texts, error: EmptyTitleError | TextTooLongError | NotADateError | DueDayError
) -> Html:
    match error:
        case EmptyTitleError():
            return texts.title_empty
        case TextTooLongError():
            return texts.title_too_long(error.length, error.longest)
        case NotADateError():
            return texts.not_an_exercise_day(error.typed)
        case DueDayError():
            return texts.due_refused(error.day, error.last)


def _ended(
    texts: Texts, error: UnknownExerciseError | UnknownItemError | OverError | TooManyItemsError
) -> Html:
    match error:
        case UnknownExerciseError():
            return texts.exercise_gone
        case UnknownItemError():
            return texts.item_gone
        case OverError():
            return texts.exercise_over(error.exercise)
        case TooManyItemsError():
            return texts.too_many_items(error.most)


async def _item(call: Call, item_id: int) -> Message:
    """Raises UnknownItemError."""
    found, placed = await known_exercises.of_item(call.turn.session, item_id, call.today)
    part = found.part(placed.unit_id)
    return screens.item(call.texts, found, part.unit if part else None, placed.item, call.today)
