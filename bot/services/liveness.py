"""Knowing how long the bot could not be reached, and giving that time back to who owes a report."""

from datetime import datetime, timedelta

from bot.domain.calendar import Outage, Schedule
from bot.domain.forms import DUTY
from bot.domain.ladder import CATCH_UP_DAYS
from bot.domain.liveness import ended_outage
from bot.services import calendars
from bot.services.alerts import alert_admins
from bot.texts import Library
from storage import arrivals, outages, reports
from storage.database import Session


async def note_good_poll(
    schedule: Schedule,
    session: Session,
    now: datetime,
    is_recovery: bool,  # noqa: FBT001 - the intake passes its facts in one order
    silent_for: timedelta | None,
) -> None:
    """Record that Telegram answered; `is_recovery` after a failed poll or a start.

    Only then may the time since the last good poll be an outage; see `ended_outage`.
    """
    good_at = await outages.get_good_at(session)
    if is_recovery and (outage := ended_outage(now, good_at, silent_for)):
        await outages.add(session, outage.began, outage.ended)
        await _give_back(session, schedule, outage)
    await outages.save_good_at(session, now)


async def warn_of_webhook(
    schedule: Schedule, library: Library, session: Session, problem: str, now: datetime
) -> None:
    """Tell the admins, once a day, that Telegram does not get through; `problem` in its words, or empty."""
    key = f"webhook-unreached:{schedule.local_day(now)}"
    await alert_admins(session, library, key, lambda texts: texts.webhook_unreached(problem), now)


async def _give_back(session: Session, schedule: Schedule, outage: Outage) -> None:
    """Judge anew what came in by another way meanwhile: its deadline has moved as well."""
    calendar = await calendars.load(session, schedule)
    first = schedule.local_day(outage.began) - timedelta(days=CATCH_UP_DAYS)
    last = schedule.local_day(outage.ended)
    for came in await arrivals.list_between(session, DUTY.key, first, last):
        window = calendar.window(came.unit_id, came.day)
        if window and outage.within(window.opens, came.due_at) and window.due > came.due_at:
            await reports.save_due(session, DUTY.key, came.day, came.unit_id, window.due)
