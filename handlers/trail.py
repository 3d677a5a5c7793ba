"""/nhatky: who changed what."""

from bot.screens import trail as screens
from bot.screens.message import Message
from bot.screens.people_payloads import AuditPress
from bot.services import audit_trail
from handlers.call import Call, Press
from storage import units


async def trail(call: Call) -> None:
    await call.reply(await _page(call, AuditPress()))


async def pressed(press: Press, payload: AuditPress) -> None:
    if payload.chooses_unit:
        registry = await units.registry(press.turn.session)
        listed = [u for i in registry.order if (u := registry.ever(i, press.today))]
        await press.show(screens.choose_unit(press.texts, listed, payload.topic, payload.page))
        return
    await press.show(await _page(press, payload))


async def _page(call: Call, payload: AuditPress) -> Message:
    session, topic, unit_id = call.turn.session, payload.topic, payload.unit_id
    entries, has_older = await audit_trail.page(session, call.today, topic, unit_id, payload.page)
    registry = await units.registry(session)
    unit = None if unit_id is None else registry.ever(unit_id, call.today)
    return screens.page(call.texts, entries, topic, unit, payload.page, has_older=has_older)
