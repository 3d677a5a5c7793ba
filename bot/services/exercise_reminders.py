"""Reminders of what exercises ask for: one message a person a day, sent in the morning."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.exercise_reminders import (
    REMINDED_UNTIL,
    WEEK,
    Duty,
    Owner,
    Reminder,
    owed,
)
from bot.domain.notices import Recipient
from bot.screens import checklists as screens
from bot.services.exercises import of_item
from bot.services.facts import Asked, commanders
from bot.services.posting import post
from bot.texts import Library
from storage import exercises, people
from storage.database import Session
from storage.outbox import Destination


class ExerciseReminders:
    def __init__(self, schedule: Schedule, library: Library, morning_at: time) -> None:
        self._schedule = schedule
        self._library = library
        self._morning_at = morning_at

    async def find_due(self, session: Session, now: datetime) -> tuple[Reminder, ...]:
        """Return what is owed now; nothing at night."""
        today = self._schedule.local_day(now)
        if not self._at(self._morning_at, now) <= now < self._at(REMINDED_UNTIL, now):
            return ()
        waiting = await exercises.list_unfinished(session, today, today + WEEK)
        if not waiting:
            return ()
        members = await people.list_members(session)
        asked, planners = Asked(members, today), self._owners(commanders(members, today))
        duties = []
        for placed in waiting:
            item, owners, deputies = placed.item, planners, tuple[Owner, ...]()
            if placed.unit_id is not None:
                first, second = asked.for_unit(placed.unit_id)
                owners, deputies = self._owners(first), self._owners(second)
            duties.append(Duty(item.id, item.due_day, placed.due_set_day, owners, deputies))
        return owed(
            today,
            duties,
            await exercises.list_reminded(session, [placed.item.id for placed in waiting]),
            await exercises.list_people_reminded_on(session, today),
        )

    async def still_due(
        self, session: Session, found: Sequence[Reminder], now: datetime
    ) -> tuple[Reminder, ...]:
        """Return the reminders of these people as they stand by now."""
        reminded = {reminder.person_id for reminder in found}
        return tuple(r for r in await self.find_due(session, now) if r.person_id in reminded)

    async def send(self, session: Session, reminder: Reminder, now: datetime) -> None:
        """Queue the reminder, and record it."""
        person = await people.get(session, reminder.person_id)
        if person is None:
            return
        today = self._schedule.local_day(now)
        await exercises.add_reminded(session, reminder.about, today)
        about = [await of_item(session, each.item_id, today) for each in reminder.about]
        await post(
            session,
            Kind.REMINDER,
            f"exercise:{today.isoformat()}:{person.id}",
            Destination(person.telegram_id),
            screens.reminder(
                self._library.in_language(person.language),
                [(readiness, placed.unit_id, placed.item) for readiness, placed in about],
                today,
            ),
            now,
            scheduled_at=self._at(self._morning_at, now),
            not_after=self._at(REMINDED_UNTIL, now),
        )

    def _owners(self, recipients: Iterable[Recipient]) -> tuple[Owner, ...]:
        return tuple(Owner(int(r.key), self._schedule.local_day(r.since)) for r in recipients)

    def _at(self, clock_time: time, now: datetime) -> datetime:
        return datetime.combine(self._schedule.local_day(now), clock_time, self._schedule.zone)
