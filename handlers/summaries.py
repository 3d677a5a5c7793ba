"""What the command group asks: /tonghop."""

from bot.digests import text as digest_text
from bot.domain.dates import NotADateError, parse_day
from bot.domain.names import fold
from bot.domain.periods import Period, period
from bot.services import compliance
from handlers.call import Call


async def summary(call: Call) -> None:
    """Show a period's summary: by default today's."""
    now = call.turn.received_at
    today = call.desk.schedule.local_day(now)
    words = list(call.arguments)
    is_named = bool(words) and fold(words[0]) in set(Period)
    name = Period(fold(words.pop(0))) if is_named else Period.DAY
    try:
        day = parse_day(" ".join(words), today) if words else today
    except NotADateError as error:
        await call.reply(call.texts.not_a_period(error.typed))
        return
    first, last = period(name, day)
    told = await compliance.summary(call.turn.session, call.desk.schedule, first, last, now)
    if name is Period.DAY:
        await call.reply(digest_text.day_digest(call.texts, told, final=told.is_over))
    else:
        await call.reply(digest_text.period_summary(call.texts, told))
