"""/lich: hours as they stand, and changes of them."""

from bot.domain.calendar import Hours, HoursOutOfOrderError
from bot.domain.changes_of_hours import ChangeOfHours, CommonHours, NewHours, Overview, Plan
from bot.domain.typed_hours import (
    NotHoursError,
    NotWeekdaysError,
    parse_hours,
    parse_weekdays,
    split_hours,
)
from bot.domain.units import UnknownUnitError, find_unit
from bot.screens import hours as screens
from bot.screens.admin_payloads import HoursPress, HoursQuestion, HoursStep
from bot.screens.message import Message
from bot.screens.packing import EVERY_DAY
from bot.services import hours
from bot.services.admin_units import GoneUnitError, named_unit
from bot.texts import Texts
from bot.texts.markup import Html
from handlers.call import Call, Press
from storage import units
from storage.units import Registry


async def schedule(call: Call) -> None:
    """Show the hours, or the card of the change that was typed behind the command."""
    typed = " ".join(call.arguments)
    if not typed:
        await call.reply(await _overview(call))
        return
    registry = await units.registry(call.turn.session)
    try:
        change = _typed_change(typed, registry, call)
    except NotHoursError as error:
        await call.reply(call.texts.not_hours_command(error.typed))
    except NotWeekdaysError as error:
        await call.reply(call.texts.not_weekdays(error.typed))
    except HoursOutOfOrderError as error:
        await call.reply(_out_of_order(call.texts, error))
    except UnknownUnitError as error:
        await call.reply(call.texts.unknown_unit(error.typed))
    else:
        await call.reply(await _card(call, change))


def _typed_change(typed: str, registry: Registry, call: Call) -> NewHours:
    """Read `An Sơn 15:00 16:00 19:30 t2-t6`; without a unit all are meant, without weekdays all."""
    name, new_hours, weekdays = split_hours(typed)
    unit = find_unit(name, registry.on(call.today)) if name else None
    days = parse_weekdays(weekdays) if weekdays else EVERY_DAY
    return NewHours(unit.id if unit else None, days, new_hours)


async def pressed(press: Press, payload: HoursPress) -> None:
    try:
        await press.show(await _screen(press, payload))
    except GoneUnitError:
        await press.show(screens.told(press.texts, press.texts.unit_gone))


async def _screen(press: Press, payload: HoursPress) -> Message:
    unit_id, weekdays = payload.unit_id, payload.weekdays
    registry = await units.registry(press.turn.session)
    unit = named_unit(registry, unit_id, press.today)
    match payload.step:
        case HoursStep.LIST:
            return await _overview(press)
        case HoursStep.WHOM:
            listed = registry.on(press.today)
            return screens.choose_unit_for_hours(press.texts, listed, payload.page)
        case HoursStep.OWN:
            known = await _known(press)
            listed = tuple(each.unit for each in known.own)
            return screens.choose_own_unit(press.texts, listed, payload.page)
        case HoursStep.DAYS:
            return screens.choose_weekdays(press.texts, unit)
        case HoursStep.ASK:
            await press.ask(HoursQuestion(unit_id, weekdays))
            return screens.ask_hours(press.texts, unit, weekdays)
        case HoursStep.NOTHING:
            return await _card(press, NewHours(unit_id, weekdays, None))
        case HoursStep.COMMON:
            return await _card(press, CommonHours(unit_id))
        case HoursStep.SAVE:
            return await _save(press, NewHours(unit_id, weekdays, payload.hours), payload.mark)
        case HoursStep.RETURN:
            return await _save(press, CommonHours(unit_id), payload.mark)


async def typed_hours(call: Call, question: HoursQuestion, text: str) -> None:
    """Show the card of the typed hours; what cannot be read may be typed again."""
    read = _read_hours(call.texts, text)
    if isinstance(read, Hours):
        try:
            await call.reply(await _card(call, NewHours(question.unit_id, question.weekdays, read)))
        except GoneUnitError:
            await call.reply(screens.told(call.texts, call.texts.unit_gone))
        return
    await call.ask(question)
    await call.reply(read)


def _read_hours(texts: Texts, text: str) -> Hours | Html:
    try:
        return parse_hours(text)
    except NotHoursError as error:
        return texts.not_hours(error.typed)
    except HoursOutOfOrderError as error:
        return _out_of_order(texts, error)


def _out_of_order(texts: Texts, error: HoursOutOfOrderError) -> Html:
    return texts.hours_out_of_order(
        f"{error.opens:%H:%M}", f"{error.due:%H:%M}", f"{error.locks:%H:%M}"
    )


async def _known(call: Call) -> Overview:
    return await hours.overview(call.turn.session, call.desk.schedule, call.turn.received_at)


async def _overview(call: Call) -> Message:
    return screens.overview(call.texts, await _known(call))


async def _card(call: Call, change: ChangeOfHours) -> Message:
    session, now = call.turn.session, call.turn.received_at
    return _drawn(call.texts, await hours.plan(session, call.desk.schedule, change, now))


def _drawn(texts: Texts, plan: Plan) -> Message:
    if plan.changes_nothing:
        return screens.told(texts, texts.hours_stand(plan))
    return screens.card(texts, plan)


async def _save(press: Press, change: ChangeOfHours, mark: str) -> Message:
    session, now = press.turn.session, press.turn.received_at
    try:
        saved = await hours.save(session, press.desk.schedule, change, mark, press.person, now)
    except hours.OvertakenError as error:
        press.toast(press.texts.hours_overtaken)
        return _drawn(press.texts, error.plan)
    if saved.changes_nothing:
        return _drawn(press.texts, saved)
    return screens.told(press.texts, press.texts.hours_saved(saved))
