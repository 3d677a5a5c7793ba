"""Who has not reported: /conthieu with a button a unit, /nhacnho for all at once."""

from bot.digests import missing as missing_text
from bot.domain.delivery import Kind
from bot.domain.nudging import Missing
from bot.screens.message import Message
from bot.screens.missing import missing_list
from bot.screens.packing import InvalidPayloadError
from bot.screens.payloads import NudgePress
from bot.services.nudging import UnknownUnitDayError
from handlers.call import Call, Press


async def missing(call: Call) -> None:
    """Show who has not reported today."""
    now = call.turn.received_at
    today = call.desk.schedule.local_day(now)
    found = await call.desk.nudging.look(call.turn.session, call.person, today, now)
    await call.reply(_list(call, found))


async def nudge_pressed(press: Press, payload: NudgePress) -> None:
    """Nudge the unit, and show in the list that it was."""
    try:
        nudged, found = await press.desk.nudging.nudge(
            press.turn.session, press.person, payload.day, payload.unit_id, press.turn.received_at
        )
    except UnknownUnitDayError as error:
        raise InvalidPayloadError(payload.pack()) from error
    press.toast(press.texts.nudge_toast(nudged))
    await press.show(_list(press, found), kind=Kind.REPLY)


async def nudge_all(call: Call) -> None:
    """Nudge every unit that is missing today."""
    now = call.turn.received_at
    today = call.desk.schedule.local_day(now)
    found, tried = await call.desk.nudging.nudge_all(call.turn.session, call.person, today, now)
    await call.reply(missing_text.nudged_all(call.texts, found.summary, tried))


def _list(call: Call, found: Missing) -> Message:
    return missing_list(call.texts, missing_text.missing(call.texts, found), found)
