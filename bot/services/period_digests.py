"""Digests of a week and a month, sent at settable times: the summary, and its pictures behind it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from bot.domain.calendar import Schedule, days_from
from bot.domain.delivery import Kind
from bot.domain.period_digests import MonthlyTime, Occurrence, PeriodDigest, WeeklyTime, owed
from bot.domain.periods import Period
from bot.screens.message import Screen
from bot.screens.payloads import SummaryPress
from bot.services import calendars, facts, pictures
from bot.services.posting import post
from bot.texts import Library
from storage import command, people, told_periods
from storage.database import Session

# The newest occurrence lies no further back than this, and the period that it tells begins no earlier
# than as long again.
_LOOK_BACK = {Period.WEEK: timedelta(days=8), Period.MONTH: timedelta(days=32)}


class PeriodDigests:
    def __init__(
        self, schedule: Schedule, library: Library, weekly: WeeklyTime, monthly: MonthlyTime
    ) -> None:
        self._schedule = schedule
        self._library = library
        zone = schedule.zone
        self._triggers = {
            Period.WEEK: CronTrigger(
                day_of_week=weekly.weekday,
                hour=weekly.at.hour,
                minute=weekly.at.minute,
                timezone=zone,
            ),
            Period.MONTH: CronTrigger(
                day=monthly.day, hour=monthly.at.hour, minute=monthly.at.minute, timezone=zone
            ),
        }

    def occurrences(self, now: datetime) -> Mapping[Period, Occurrence]:
        """The newest moment of each digest that has come by now."""
        return {
            name: Occurrence(found, self._schedule.local_day(found))
            for name, trigger in self._triggers.items()
            if (found := _newest(trigger, now - _LOOK_BACK[name], now))
        }

    def month_told_at(self, now: datetime) -> datetime | None:
        """The newest moment by now at which the month before is told."""
        occurrence = self.occurrences(now).get(Period.MONTH)
        return occurrence.at if occurrence else None

    async def find_due(self, session: Session, now: datetime) -> tuple[PeriodDigest, ...]:
        """Return the digests that should have gone out by now and have not.

        While a day of it takes reports again after an outage, a digest waits: its figures would be wrong.
        """
        known = await command.get(session)
        if known is None:
            return ()
        today = self._schedule.local_day(now)
        told = await told_periods.list_since(session, today - 2 * _LOOK_BACK[Period.MONTH])
        audience = facts.audience(known, await people.list_members(session), today)
        due = owed(self.occurrences(now), audience, told, known.first_day)
        if not due:
            return ()
        calendar = await calendars.load(session, self._schedule)
        return tuple(
            each
            for each in due
            if not any(
                (window := calendar.window(None, day)) and now < window.locks
                for day in days_from(each.first, each.last)
            )
        )

    async def send(self, session: Session, due: PeriodDigest, now: datetime) -> None:
        """Queue the digest with its pictures, and record that it was told."""
        known = await command.get(session)
        members = await people.list_members(session)
        readers = facts.readers(known, members, self._library) if known else {}
        reader = readers.get(due.recipient)
        if reader is None or not await told_periods.add(session, due, now):
            return
        texts = reader.texts
        screen = Screen(SummaryPress(due.period, due.last).pack(), texts.language)
        await post(
            session, Kind.DIGEST, due.key, reader.to, screen, now, scheduled_at=due.scheduled_at
        )
        await pictures.follow_period_digest(session, due, reader, now)


def _newest(trigger: CronTrigger, since: datetime, now: datetime) -> datetime | None:
    found = None
    following = trigger.get_next_fire_time(None, since)
    while following and following <= now:
        found = following
        following = trigger.get_next_fire_time(found, found + timedelta(minutes=1))
    return found
