"""Rosters of units, reached from /hoatdong: codes typed in, and ended."""

from bot.domain.rosters import InvalidRosterError, read_coming, read_leaving
from bot.screens import rosters as screens
from bot.screens.activity_payloads import RosterPress, RosterQuestion, RosterStep
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.services import rosters
from bot.services.admin_units import GoneUnitError
from bot.texts.markup import Html
from handlers.call import Call, Press
from storage import units


async def pressed(press: Press, payload: RosterPress) -> None:
    try:
        await press.show(await _screen(press, payload))
    except GoneUnitError:
        await press.show(screens.gone(press.texts))


async def typed(call: Call, question: RosterQuestion, text: str) -> None:
    """Take in all the codes or none; what cannot be may be typed anew."""
    session, schedule, now = call.turn.session, call.desk.schedule, call.turn.received_at
    unit_id = question.unit_id
    try:
        if question.category:
            coming = read_coming(text, call.today)
            await rosters.add(
                session, schedule, unit_id, question.category, coming, call.person, now
            )
        else:
            leaving = read_leaving(text, call.today)
            await rosters.end(session, schedule, unit_id, leaving, call.person, now)
        await call.reply(await _roster(call, unit_id, note=call.texts.roster_changed))
    except InvalidRosterError as error:
        await call.ask(question)
        await call.reply(call.texts.invalid_roster(error))
    except GoneUnitError:
        await call.reply(screens.gone(call.texts))


async def _screen(press: Press, payload: RosterPress) -> Message:
    """Raises GoneUnitError."""
    texts, session = press.texts, press.turn.session
    if payload.step is RosterStep.UNITS:
        listed = (await units.registry(session)).on(press.today)
        return screens.choose_unit(texts, listed, payload.page)
    if payload.step is RosterStep.VIEW:
        return await _roster(press, payload.unit_id, payload.page)
    unit, _ = await rosters.view(session, payload.unit_id, press.today)
    match payload.step:
        case RosterStep.CATEGORY:
            return screens.choose_category(texts, unit)
        case RosterStep.ADD if payload.category:
            await press.ask(RosterQuestion(unit.id, payload.category))
            words = texts.ask_codes(unit, payload.category, press.today)
            return screens.asked(texts, words, unit)
        case RosterStep.END:
            await press.ask(RosterQuestion(unit.id))
            return screens.asked(texts, texts.ask_codes_to_end(unit, press.today), unit)
        case _:
            raise InvalidPayloadError(payload.pack())


async def _roster(call: Call, unit_id: int, page: int = 0, note: Html | str = "") -> Message:
    """Raises GoneUnitError."""
    unit, members = await rosters.view(call.turn.session, unit_id, call.today)
    return screens.roster(call.texts, unit, members, call.today, page, note)
