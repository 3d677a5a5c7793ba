"""What the command group asks: /tonghop."""

from datetime import date

from bot.domain.dates import NotADateError, parse_day
from bot.domain.names import fold
from bot.domain.periods import Period
from bot.screens.message import Message, Screen
from bot.screens.packing import InvalidPayloadError
from bot.screens.payloads import SummaryPress, View
from bot.services import pictures, summaries
from bot.services.history import NoSuchUnitError
from handlers.call import Call, Press
from handlers.history import page_asked
from storage import units


async def summary(call: Call) -> None:
    """Show a period's summary: by default today's."""
    try:
        name, day = _asked(call)
    except NotADateError as error:
        await call.reply(call.texts.not_a_period(error.typed))
        return
    await call.reply(await _screen(call, SummaryPress(name, day)))
    await pictures.follow_summary(call.turn, call.desk.schedule, (name, day), call.here, call.texts)


async def summary_pressed(press: Press, payload: SummaryPress) -> None:
    if payload.view is View.PAGE:
        if not await units.exists(press.turn.session, payload.unit_id):
            raise InvalidPayloadError(payload.pack())
        await page_asked(press, payload.unit_id, payload.day)
        return
    await press.show(await _screen(press, payload))


def _asked(call: Call) -> tuple[Period, date]:
    """Read `[period] [day]`. Raises NotADateError."""
    today = call.desk.schedule.local_day(call.turn.received_at)
    words = list(call.arguments)
    is_named = bool(words) and fold(words[0]) in set(Period)
    name = Period(fold(words.pop(0))) if is_named else Period.DAY
    return name, parse_day(" ".join(words), today) if words else today


async def _screen(call: Call, at: SummaryPress) -> Message | Screen:
    try:
        return await summaries.asked(
            call.turn.session, call.desk.schedule, call.texts, at, call.turn.received_at
        )
    except NoSuchUnitError as error:
        raise InvalidPayloadError(at.pack()) from error
