"""The screens of summaries: at once where that is quick, else made when their turn comes."""

import asyncio
from datetime import datetime

from bot.digests.period import overview_message
from bot.digests.unit import unit_message
from bot.domain.calendar import Schedule
from bot.domain.periods import Period
from bot.screens import summaries as screens
from bot.screens.message import Message, Screen
from bot.screens.payloads import SummaryPress, View
from bot.services.history import NoSuchUnitError, unit_history
from bot.services.overviews import overview
from bot.texts import Texts
from storage import units
from storage.database import Session


async def asked(
    session: Session, schedule: Schedule, texts: Texts, at: SummaryPress, now: datetime
) -> Message | Screen:
    """Return a day as it is, and what is longer as a screen to be made outside of the transaction.

    Thousands of units over a year take seconds, and no receipt goes out meanwhile. Raises
    NoSuchUnitError.
    """
    if at.period is Period.DAY:
        return await shown(session, schedule, texts, at, now)
    if at.view is View.UNIT and not await units.exists(session, at.unit_id):
        raise NoSuchUnitError(at.unit_id)
    return Screen(at.pack(), texts.language)


async def shown(
    session: Session, schedule: Schedule, texts: Texts, at: SummaryPress, now: datetime
) -> Message:
    """Make the screen of what is known now. Raises NoSuchUnitError."""
    if at.view is View.UNIT:
        history = await unit_history(session, schedule, at.unit_id, at.period, at.day, now)
        return screens.one_unit(texts, history, at.page, unit_message(texts, history))
    told = await overview(session, schedule, at.period, at.day, now)
    if at.view is View.UNITS:
        return screens.choose_unit(texts, told, at.page)
    text = await asyncio.to_thread(overview_message, texts, told)
    return screens.all_units(texts, told, text)
