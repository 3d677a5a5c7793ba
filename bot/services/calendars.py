"""The calendar as the database knows it: rules, exemptions, outages, reopened days."""

from bot.domain.calendar import Calendar, Schedule
from bot.domain.forms import DUTY
from storage import exemptions, outages, reopenings, schedules
from storage.database import Session


async def load(session: Session, schedule: Schedule) -> Calendar:
    return Calendar(
        schedule,
        rules=await schedules.list_all(session),
        exemptions=await exemptions.list_all(session),
        outages=await outages.list_all(session),
        reopenings=await reopenings.list_all(session, DUTY.key),
    )
