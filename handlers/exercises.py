"""/dientap: exercises as they are planned; the checklists stand in handlers/checklists.py."""

from dataclasses import replace

from bot.domain.dates import NotADateError
from bot.domain.exercises import (
    LONGEST_TITLE,
    EmptyTitleError,
    ExerciseDayError,
    Part,
    Plan,
    Readiness,
    read_exercise_day,
    read_title,
)
from bot.domain.forms import TextTooLongError
from bot.domain.people import Action
from bot.domain.units import Unit
from bot.screens import checklists as checklist_screens
from bot.screens import exercises as screens
from bot.screens.exercise_payloads import (
    ExercisePress,
    ExerciseStep,
    ItemQuestion,
    MoveQuestion,
    PlanQuestion,
    PlanStage,
)
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.services import exercises as known_exercises
from bot.services.exercise_changes import OverError, TooManyItemsError
from bot.services.exercise_telling import tell_leaders
from bot.services.exercises import UnknownExerciseError
from bot.texts.markup import Html
from handlers import checklists
from handlers.call import Call, Press
from storage import awaited_texts, units

_GOES_ON = frozenset(
    {
        ExerciseStep.WHOSE,
        ExerciseStep.COMMAND,
        ExerciseStep.TOGGLE,
        ExerciseStep.CARD,
        ExerciseStep.SAVE,
    }
)
"""Steps that go on with an exercise that was begun; all others leave it."""


async def exercises(call: Call) -> None:
    """Who plans sees every exercise, who leads a unit what that unit has to do."""
    if call.person.may(Action.MANAGE_EXERCISES, call.today):
        await call.reply(await _list(call))
    else:
        await call.reply(await checklists.own(call))


async def pressed(press: Press, payload: ExercisePress) -> None:
    texts = press.texts
    if payload.step not in _GOES_ON:
        await awaited_texts.remove(press.turn.session, press.person.id)
    try:
        await press.show(await _screen(press, payload))
    except UnknownExerciseError:
        await press.show(screens.told(texts, texts.exercise_gone))
    except OverError as error:
        await press.show(screens.told(texts, texts.exercise_over(error.exercise)))


async def _screen(press: Press, payload: ExercisePress) -> Message:
    """Raises UnknownExerciseError and OverError."""
    match payload.step:
        case ExerciseStep.LIST:
            return await _list(press, payload.page)
        case ExerciseStep.UNITS:
            return screens.choose_unit(press.texts, await _parts(press), payload.page)
        case ExerciseStep.UNIT:
            return await _of_unit(press, payload.unit_id)
        case ExerciseStep.ADD:
            await press.ask(PlanQuestion(PlanStage.TITLE, Plan()))
            return screens.ask_title(press.texts)
        case step if step in _GOES_ON:
            return await _plan_screen(press, payload)
        case _ if payload.exercise_id is not None:
            return await _one_screen(press, payload, payload.exercise_id)
        case _:
            raise InvalidPayloadError(payload.pack())


async def _one_screen(press: Press, payload: ExercisePress, exercise_id: int) -> Message:
    """Raises UnknownExerciseError and OverError."""
    texts, session, now = press.texts, press.turn.session, press.turn.received_at
    if payload.step is ExerciseStep.VIEW:
        found = await known_exercises.one(session, exercise_id, press.today)
        return screens.one(texts, found, press.today)
    found = await press.desk.planning.open_one(session, exercise_id, now)
    match payload.step:
        case ExerciseStep.MOVE:
            await press.ask(MoveQuestion(exercise_id))
            return screens.ask_move(texts, found.exercise)
        case ExerciseStep.MOVED:
            return await _move(press, payload, found)
        case ExerciseStep.HOLD | ExerciseStep.HELD | ExerciseStep.CANCEL | ExerciseStep.CANCELLED:
            return await _end(press, payload.step, found)
        case ExerciseStep.OWNER:
            listed = (await units.registry(session)).on(press.today)
            return screens.choose_doer(texts, found.exercise, listed, payload.page)
        case ExerciseStep.NEW:
            return await _ask_item(press, payload, exercise_id)
        case ExerciseStep.ITEMS if part := found.part(payload.unit_id):
            return checklist_screens.choose_item(texts, found, part)
        case _:
            raise InvalidPayloadError(payload.pack())


async def _end(press: Press, step: ExerciseStep, found: Readiness) -> Message:
    """Show the card, or note that the exercise was held or cancelled; none was before its day."""
    texts, session, now = press.texts, press.turn.session, press.turn.received_at
    planning, exercise = press.desk.planning, found.exercise
    if step is ExerciseStep.CANCEL:
        return screens.cancel_card(texts, found)
    if step is ExerciseStep.CANCELLED:
        found = await planning.cancel(session, exercise.id, press.person, now)
        press.toast(texts.exercise_cancelled)
    elif exercise.day > press.today:
        press.toast(texts.not_yet_held(exercise))
    elif step is ExerciseStep.HOLD:
        return screens.hold_card(texts, found)
    else:
        found = await planning.hold(session, exercise.id, press.person, now)
        press.toast(texts.exercise_held)
    return screens.one(texts, found, press.today)


async def _move(press: Press, payload: ExercisePress, found: Readiness) -> Message:
    """Move it to the day of the card, if it still is where the card showed it.

    Raises UnknownExerciseError and OverError.
    """
    session, now, texts = press.turn.session, press.turn.received_at, press.texts
    if payload.day is None:
        raise InvalidPayloadError(payload.pack())
    if payload.mark != screens.day_mark(found.exercise.day):
        press.toast(texts.moved_meanwhile)
        return screens.one(texts, found, press.today)
    try:
        found = await press.desk.planning.move(
            session, found.exercise.id, payload.day, press.person, now
        )
    except ExerciseDayError as error:
        return screens.told(texts, texts.exercise_day_refused(error.day, press.today))
    press.toast(texts.exercise_moved)
    return screens.one(texts, found, press.today)


async def _ask_item(press: Press, payload: ExercisePress, exercise_id: int) -> Message:
    """Raises UnknownExerciseError and OverError."""
    session, texts = press.turn.session, press.texts
    unit = None
    if payload.unit_id is not None:
        unit = (await units.registry(session)).ever(payload.unit_id, press.today)
    try:
        found = await press.desk.planning.room_for_item(
            session, exercise_id, press.turn.received_at
        )
    except TooManyItemsError as error:
        return screens.told(texts, texts.too_many_items(error.most))
    # A unit has an own exercise; others have nothing to do for it.
    own = found.exercise.unit_id
    if (unit is None) != (payload.unit_id is None) or own not in {None, payload.unit_id}:
        raise InvalidPayloadError(payload.pack())
    await press.ask(ItemQuestion(exercise_id, payload.unit_id))
    return screens.ask_item(texts, found.exercise, unit)


# An exercise that is being made


async def _plan_screen(press: Press, payload: ExercisePress) -> Message:
    texts, session = press.texts, press.turn.session
    plan = await _begun(press)
    if plan is None:
        return screens.told(texts, texts.plan_left)
    listed = (await units.registry(session)).on(press.today)
    match payload.step:
        case ExerciseStep.COMMAND:
            plan = replace(plan, unit_ids=frozenset())
        case ExerciseStep.TOGGLE if payload.unit_id in {unit.id for unit in listed}:
            plan = replace(plan, unit_ids=plan.unit_ids ^ {payload.unit_id})
        case ExerciseStep.TOGGLE:
            raise InvalidPayloadError(payload.pack())
        case ExerciseStep.SAVE if payload.mark == plan.mark:
            return await _save(press, plan)
        case _:
            pass
    await press.ask(PlanQuestion(PlanStage.CARD, plan))
    if payload.step is ExerciseStep.CARD and not plan.unit_ids:
        press.toast(texts.nobody_chosen)
        return screens.choose_whose(texts, plan, listed, payload.page)
    if payload.step in {ExerciseStep.WHOSE, ExerciseStep.TOGGLE}:
        return screens.choose_whose(texts, plan, listed, payload.page)
    return screens.plan_card(texts, plan, [u for u in listed if u.id in plan.unit_ids])


async def _begun(press: Press) -> Plan | None:
    """The exercise that the person began last, as far as its title and day are told."""
    packed = await awaited_texts.get(press.turn.session, press.person.id)
    try:
        question = PlanQuestion.parse(packed or "")
    except InvalidPayloadError:
        return None
    return question.plan if question.stage is PlanStage.CARD else None


async def _save(press: Press, plan: Plan) -> Message:
    session, texts = press.turn.session, press.texts
    try:
        added = await press.desk.planning.add(session, plan, press.person, press.turn.received_at)
    except ExerciseDayError as error:
        return screens.told(texts, texts.exercise_day_refused(error.day, press.today))
    await tell_leaders(
        session, press.desk.library, added, press.person, press.today, press.turn.received_at
    )
    await awaited_texts.remove(session, press.person.id)
    return await _list(press, note=texts.plan_saved(plan, len(added)))


async def plan_typed(call: Call, question: PlanQuestion, text: str) -> None:
    """Read the title or the day; what cannot be read may be typed again."""
    texts, plan = call.texts, question.plan
    try:
        match question.stage:
            case PlanStage.TITLE:
                plan = replace(plan, title=read_title(text, LONGEST_TITLE))
                await call.ask(PlanQuestion(PlanStage.DAY, plan))
                await call.reply(screens.ask_day(texts, plan))
            case _:
                plan = replace(plan, day=read_exercise_day(text, call.today))
                listed = (await units.registry(call.turn.session)).on(call.today)
                await call.ask(PlanQuestion(PlanStage.CARD, plan))
                await call.reply(screens.choose_whose(texts, plan, listed, 0))
    except (EmptyTitleError, TextTooLongError, NotADateError, ExerciseDayError) as error:
        await call.ask(question)
        await call.reply(refusal(call, error))


async def move_typed(call: Call, question: MoveQuestion, text: str) -> None:
    texts, session, now = call.texts, call.turn.session, call.turn.received_at
    try:
        found = await call.desk.planning.open_one(session, question.exercise_id, now)
        day = read_exercise_day(text, call.today)
    except UnknownExerciseError:
        await call.reply(screens.told(texts, texts.exercise_gone))
    except OverError as error:
        await call.reply(screens.told(texts, texts.exercise_over(error.exercise)))
    except (NotADateError, ExerciseDayError) as error:
        await call.ask(question)
        await call.reply(refusal(call, error))
    else:
        await call.ask(question)
        await call.reply(screens.move_card(texts, found.exercise, day))


def refusal(
    call: Call, error: EmptyTitleError | TextTooLongError | NotADateError | ExerciseDayError
) -> Html:
    match error:
        case EmptyTitleError():
            return call.texts.title_empty
        case TextTooLongError():
            return call.texts.title_too_long(error.length, error.longest)
        case NotADateError():
            return call.texts.not_an_exercise_day(error.typed)
        case ExerciseDayError():
            return call.texts.exercise_day_refused(error.day, call.today)


async def _list(call: Call, page: int = 0, note: Html | None = None) -> Message:
    found = await known_exercises.open_ones(call.turn.session, call.today)
    return screens.everything(call.texts, found, call.today, page, note)


async def _parts(press: Press) -> list[Part]:
    """Each unit that has anything to do for an open exercise, once, in the configured order."""
    found = await known_exercises.open_ones(press.turn.session, press.today)
    by_unit = {part.unit_id: part for each in found for part in each.parts}
    order = [None, *(await units.registry(press.turn.session)).order]
    return [by_unit[unit_id] for unit_id in order if unit_id in by_unit]


async def _of_unit(press: Press, unit_id: int | None) -> Message:
    session = press.turn.session
    found = await known_exercises.open_ones(session, press.today)
    unit: Unit | None = None
    if unit_id is not None:
        unit = (await units.registry(session)).ever(unit_id, press.today)
        if unit is None:
            raise UnknownExerciseError(unit_id)
    return checklist_screens.of_unit(
        press.texts, unit, [each for each in found if each.part(unit_id)], press.today
    )
