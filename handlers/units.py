"""/donvi: units as they stand, and changes of them."""

from dataclasses import replace

from bot.domain.changes_of_units import ChangeKind, NotChangeableError, UnitChange, UnitPlan
from bot.domain.dates import NotADateError, parse_day
from bot.domain.seats import by_unit
from bot.screens import units as screens
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.screens.people_payloads import UnitPress, UnitQuestion, UnitStage, UnitStep
from bot.services import roll, unit_changes, unit_plans
from bot.services.admin_units import GoneUnitError
from bot.services.unit_changes import OvertakenError
from handlers.call import Call, Press
from storage import awaited_texts

_GOES_ON = frozenset({UnitStep.DAY, UnitStep.SAVE})
"""Steps that go on with a change that was begun; all others leave it."""


async def units(call: Call) -> None:
    await call.reply(await _list(call))


async def pressed(press: Press, payload: UnitPress) -> None:
    if payload.step not in _GOES_ON:
        await awaited_texts.remove(press.turn.session, press.person.id)
    try:
        await press.show(await _screen(press, payload))
    except NotChangeableError as error:
        text = screens.refusal(press.texts, error)
        await press.show(screens.told(press.texts, text, payload.unit_id))
    except GoneUnitError:
        await press.show(screens.told(press.texts, press.texts.no_such_unit))


async def _screen(press: Press, payload: UnitPress) -> Message:
    unit_id = payload.unit_id
    match payload.step:
        case UnitStep.LIST:
            return await _list(press, payload.page)
        case UnitStep.ASK if payload.kind:
            return await _ask(press, payload, payload.kind)
        case UnitStep.INTO:
            return await _chosen(press, payload)
        case UnitStep.DAY:
            change = await _begun(press, payload)
            if change is None or payload.day is None:
                return screens.told(press.texts, press.texts.change_left, unit_id)
            return await _card(press, replace(change, day=payload.day))
        case UnitStep.SAVE:
            return await _save(press, payload)
        case UnitStep.UP | UnitStep.DOWN if unit_id is not None:
            return await _move(press, unit_id, -1 if payload.step is UnitStep.UP else 1)
        case UnitStep.VIEW if unit_id is not None:
            return await _view(press, unit_id)
        case _:
            raise InvalidPayloadError(payload.pack())


async def _ask(press: Press, payload: UnitPress, kind: ChangeKind) -> Message:
    """Ask for what the change needs first. Raises GoneUnitError and NotChangeableError."""
    texts = press.texts
    change = UnitChange(kind, payload.unit_id)
    if kind is ChangeKind.ADD:
        await press.ask(UnitQuestion(UnitStage.VALUE, change))
        return screens.ask(texts, texts.ask_new_unit, None)
    known = await roll.load(press.turn.session, press.today)
    unit = known.unit(payload.unit_id)
    if unit is None:
        raise GoneUnitError(payload.unit_id or 0, press.today)
    if kind.is_typed:
        stands = known.registry.get(unit.id, press.today) or unit
        await press.ask(UnitQuestion(UnitStage.VALUE, change))
        return screens.ask(texts, screens.question(texts, change, stands), unit.id)
    if kind is ChangeKind.UNALIAS:
        return screens.choose_alias(texts, unit)
    if kind is ChangeKind.MERGE:
        others = [other for other in known.registry.on(press.today) if other.id != unit.id]
        return screens.choose_into(texts, unit, others, payload.page)
    return await _go_on(press, change)


async def _chosen(press: Press, payload: UnitPress) -> Message:
    """Go on with the unit to merge into, or with the name to remove."""
    if payload.kind is ChangeKind.MERGE:
        return await _go_on(
            press, UnitChange(ChangeKind.MERGE, payload.unit_id, other_id=payload.other_id)
        )
    if payload.kind is not ChangeKind.UNALIAS:
        raise InvalidPayloadError(payload.pack())
    known = await roll.load(press.turn.session, press.today)
    unit = known.unit(payload.unit_id)
    aliases = unit.aliases if unit else ()
    alias = next((a for a in aliases if screens.alias_mark(a) == payload.mark), "")
    return await _go_on(press, UnitChange(ChangeKind.UNALIAS, payload.unit_id, alias))


async def _go_on(call: Call, change: UnitChange) -> Message:
    """Ask from which day on, or show the card where no day matters.

    Raises GoneUnitError and NotChangeableError.
    """
    planned = await _plan(call, change)
    if not change.kind.is_dated:
        return await _card(call, change)
    await call.ask(UnitQuestion(UnitStage.DAY, change))
    return screens.choose_day(call.texts, planned, planned.day, call.today)


async def _card(call: Call, change: UnitChange) -> Message:
    """Raises GoneUnitError and NotChangeableError."""
    planned = await _plan(call, change)
    await call.ask(UnitQuestion(UnitStage.CARD, planned.change))
    return screens.card(call.texts, planned, call.today)


async def _plan(call: Call, change: UnitChange) -> UnitPlan:
    return await unit_plans.plan(
        call.turn.session, call.desk.schedule, change, call.turn.received_at
    )


async def typed(call: Call, question: UnitQuestion, text: str) -> None:
    """Read the value or the day; what cannot be read or done may be typed again."""
    texts, change = call.texts, question.change
    is_value = question.stage is UnitStage.VALUE or not change.kind.is_dated
    try:
        if is_value:
            shown = await _go_on(call, replace(change, value=" ".join(text.split()), day=None))
        else:
            shown = await _card(call, replace(change, day=parse_day(text, call.today)))
        await call.reply(shown)
    except NotADateError as error:
        await call.ask(question)
        await call.reply(texts.not_a_change_day(error.typed))
    except NotChangeableError as error:
        await call.ask(question)
        await call.reply(screens.refusal(texts, error))
    except GoneUnitError:
        await call.reply(screens.told(texts, texts.no_such_unit))


async def _begun(press: Press, payload: UnitPress) -> UnitChange | None:
    """The change that the person began last, if the button is about it."""
    packed = await awaited_texts.get(press.turn.session, press.person.id)
    try:
        change = UnitQuestion.parse(packed or "").change
    except InvalidPayloadError:
        return None
    return change if (change.unit_id, change.kind) == (payload.unit_id, payload.kind) else None


async def _save(press: Press, payload: UnitPress) -> Message:
    session, texts, unit_id = press.turn.session, press.texts, payload.unit_id
    change = await _begun(press, payload)
    if change is None:
        return screens.told(texts, texts.change_left, unit_id)
    try:
        planned, unit_id = await unit_changes.save(
            session,
            press.desk.schedule,
            change,
            payload.mark,
            press.person,
            press.turn.received_at,
        )
    except OvertakenError as error:
        press.toast(texts.unit_overtaken)
        return screens.card(texts, error.plan, press.today)
    await awaited_texts.remove(session, press.person.id)
    return screens.told(texts, texts.unit_saved(planned, press.today), unit_id)


async def _move(press: Press, unit_id: int, step: int) -> Message:
    session, now = press.turn.session, press.turn.received_at
    if not await unit_changes.move(session, unit_id, step, press.person, press.today, now):
        press.toast(press.texts.at_the_end)
    return await _view(press, unit_id)


async def _list(call: Call, page: int = 0) -> Message:
    known = await roll.load(call.turn.session, call.today)
    listed = [
        (unit, life.valid_to is not None and life.valid_to <= call.today)
        for life in known.registry.lives
        if (unit := known.unit(life.unit.id))
    ]
    listed.sort(key=lambda each: each[1])
    return screens.everything(call.texts, listed, page)


async def _view(call: Call, unit_id: int) -> Message:
    known = await roll.load(call.turn.session, call.today)
    life, unit = known.registry.life(unit_id), known.unit(unit_id)
    if life is None or unit is None:
        raise GoneUnitError(unit_id, call.today)
    day = max(call.today, life.valid_from)
    seats = by_unit(known.seats, call.today).get(unit_id, ())
    text = call.texts.unit(
        known.registry.get(unit_id, day) or unit,
        code=unit.code,
        valid_from=life.valid_from,
        valid_to=life.valid_to,
        into=known.unit(life.merged_into),
        namings=[(n.valid_from, n.name) for n in life.namings],
        strengths=[(s.valid_from, s.establishment, s.is_sample) for s in life.strengths],
        people=[known.who(person_id) for person_id in dict.fromkeys(s.person_id for s in seats)],
        today=call.today,
    )
    is_over = life.valid_to is not None and life.valid_to <= call.today
    return screens.one(
        call.texts, text, unit, is_changeable=not is_over, ends=life.valid_to is not None
    )
