"""Files for the command group to keep and to sign: /xuat."""

from datetime import date

from bot import pdf
from bot.domain.dates import NotADateError, parse_day
from bot.domain.names import fold
from bot.domain.periods import Period, period
from bot.screens.documents import with_calls
from bot.screens.payloads import CallsPress
from bot.services import documents
from handlers.call import Call, Press

_LENGTHS = frozenset({Period.MONTH, Period.QUARTER, Period.YEAR})


async def export(call: Call) -> None:
    """Send the workbook and the draft report of a period: by default of this month."""
    if call.here.chat_id < 0:
        await call.reply(call.texts.files_only_in_private)
        return
    try:
        name, day = _asked(call)
    except NotADateError as error:
        await call.reply(call.texts.not_exportable(error.typed))
        return
    days = period(name, day)
    if not await documents.has_begun(call.turn, call.desk.schedule, name, day):
        await call.reply(with_calls(call.texts, call.texts.nothing_to_export(*days)))
        return
    await call.reply(with_calls(call.texts, call.texts.making_files(*days)))
    await documents.follow(call.turn, name, day, call.here, call.texts)


async def calls_pressed(press: Press, _payload: CallsPress) -> None:
    """Send the sheet of whom to ring."""
    await press.reply(press.texts.making_calls)
    await documents.follow_calls(press.turn, press.here, press.texts, with_pdf=pdf.can_convert())


def _asked(call: Call) -> tuple[Period, date]:
    """Read `[thang | quy | nam] [day]`. Raises NotADateError."""
    words = list(call.arguments)
    is_named = bool(words) and fold(words[0]) in _LENGTHS
    name = Period(fold(words.pop(0))) if is_named else Period.MONTH
    return name, parse_day(" ".join(words), call.today) if words else call.today
