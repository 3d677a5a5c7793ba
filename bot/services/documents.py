"""Documents that a person asks for: when there are any, and what each is to tell."""

from datetime import date

from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.periods import Period, period
from bot.screens.message import PDF, WORD, Calls, Document, Paper
from bot.services.posting import post
from bot.services.turn import Turn
from bot.texts import Texts
from storage import command
from storage.outbox import Destination


async def has_begun(turn: Turn, schedule: Schedule, name: Period, day: date) -> bool:
    """Whether the period has days of which reports could be told."""
    first, last = period(name, day)
    known = await command.get(turn.session)
    today = schedule.local_day(turn.received_at)
    return known is not None and first <= today and known.first_day <= last


async def follow(turn: Turn, name: Period, day: date, to: Destination, texts: Texts) -> None:
    """Queue the workbook and the report behind the answer that is queued already."""
    for paper in Paper:
        wanted = Document(paper, name, day, texts.language)
        key = f"document:{turn.key}:{paper}"
        await post(turn.session, Kind.DOCUMENT, key, to, wanted, turn.received_at)


async def follow_calls(turn: Turn, to: Destination, texts: Texts, *, with_pdf: bool) -> None:
    """Queue the sheet of whom to ring behind the answer that is queued already."""
    for ending in (WORD, PDF) if with_pdf else (WORD,):
        key = f"calls:{turn.key}:{ending}"
        wanted = Calls(ending, texts.language)
        await post(turn.session, Kind.DOCUMENT, key, to, wanted, turn.received_at)
