"""A leader's own reports and standing: /lichsu."""

from datetime import date

from bot.digests.unit import unit_message
from bot.domain.periods import Period
from bot.domain.unit_pages import months_of_page
from bot.screens import history as screens
from bot.screens.message import Message
from bot.screens.payloads import HistoryPress
from bot.services.history import unit_history, units_ever
from bot.services.unit_pages import send_page
from handlers.call import Call, Press


async def history(call: Call) -> None:
    """Show this month of the own unit; who leads several chooses first."""
    units = call.person.units_on(_today(call))
    await call.reply(await _screen(call, units[0] if len(units) == 1 else None, _today(call)))


async def history_pressed(press: Press, payload: HistoryPress) -> None:
    if payload.unit_id is not None and payload.unit_id not in press.person.units_on(_today(press)):
        press.toast(press.texts.not_allowed_toast)
        return
    if payload.is_page and payload.unit_id is not None:
        await page_asked(press, payload.unit_id, payload.day)
        return
    await press.show(await _screen(press, payload.unit_id, payload.day))


async def page_asked(press: Press, unit_id: int, first: date) -> None:
    """Send the unit's page of the month that begins on the day, beside the message."""
    if first not in months_of_page(_today(press)):
        press.toast(press.texts.page_gone_toast)
        return
    press.toast(press.texts.page_coming_toast)
    await send_page(press.turn, unit_id, first, press.here, press.texts)


def _today(call: Call) -> date:
    return call.desk.schedule.local_day(call.turn.received_at)


async def _screen(call: Call, unit_id: int | None, day: date) -> Message:
    session, schedule, texts = call.turn.session, call.desk.schedule, call.texts
    led = call.person.units_on(_today(call))
    if unit_id is None:
        return screens.choose_unit(texts, await units_ever(session, led, day), day)
    told = await unit_history(session, schedule, unit_id, Period.MONTH, day, call.turn.received_at)
    return screens.month(
        texts, told, unit_message(texts, told), _today(call), has_others=len(led) > 1
    )
