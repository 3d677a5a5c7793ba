"""The sheet of whom to ring: how each position stands in the bot today."""

from datetime import datetime

from bot.domain.calendar import Schedule
from bot.domain.calls import CallSheet, Holder, call_rows
from bot.services import roll
from storage import command
from storage.database import Session


async def call_sheet(session: Session, schedule: Schedule, now: datetime) -> CallSheet:
    today = schedule.local_day(now)
    known = await command.get(session)
    listed = await roll.load(session, today)
    holders = [
        Holder(
            seat.assignment.role,
            seat.assignment.unit_id,
            listed.members[seat.person_id].unreachable_since,
        )
        for seat in listed.seats
        if seat.is_held(today)
    ]
    units = listed.registry.on(today)
    name = known.name if known else ""
    return CallSheet(name, now.astimezone(schedule.zone), call_rows(units, holders))
