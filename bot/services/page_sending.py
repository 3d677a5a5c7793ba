"""Sending each unit's page of the month that is over to its leader, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import Calendar, Schedule, days_from
from bot.domain.delivery import Kind
from bot.domain.periods import OutsideCalendarError, Period, previous
from bot.screens.message import Picture, Subject
from bot.services.facts import Asked
from bot.services.posting import post
from bot.services.standings import basis
from bot.texts import Library
from storage import paged_months, people
from storage.database import Session
from storage.outbox import Destination
from storage.units import Life

# After an outage a page still goes out; weeks later nobody waits for it, and /lichsu has it.
SENT_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DuePage:
    """One unit's page for one person; without a unit, the mark that all pages of the month are queued."""

    first: date
    scheduled_at: datetime
    unit_id: int | None = None
    to: Destination | None = None
    language: str = ""
    person: str = ""

    @property
    def key(self) -> str:
        return f"page:{self.unit_id}:{self.first:%Y-%m}:{self.person}"


class PageSending:
    def __init__(
        self, schedule: Schedule, library: Library, told_at: Callable[[datetime], datetime | None]
    ) -> None:
        """`told_at` gives the newest moment by now at which the command group is told of a month."""
        self._schedule = schedule
        self._library = library
        self._told_at = told_at

    async def find_due(self, session: Session, now: datetime) -> list[DuePage]:
        """Every page of the month before that moment, and last its mark; nothing once that is set."""
        at = self._told_at(now)
        if at is None or not at <= now < at + SENT_WITHIN:
            return []
        try:
            first, last = previous(Period.MONTH, self._schedule.local_day(at))
        except OutsideCalendarError:
            return []
        if await paged_months.exists(session, first):
            return []
        known = await basis(session, self._schedule)
        if known.command is None:
            return []
        members = await people.list_members(session)
        by_key = {str(m.person.id): m.person for m in members}
        begin = max(first, known.command.first_day)
        today = self._schedule.local_day(now)
        asked_on: dict[date, Asked] = {}
        due = []
        for life in known.registry.lives:
            end = _last_day_asked(known.calendar, life, begin, last)
            if end is None:
                continue
            # Who led a unit that is no more is known by its last day.
            day = today if life.valid_to is None or today < life.valid_to else end
            if day not in asked_on:
                asked_on[day] = Asked(members, day)
            leaders, _ = asked_on[day].for_unit(life.unit.id)
            due += [
                DuePage(
                    first,
                    at,
                    life.unit.id,
                    Destination(by_key[each.key].telegram_id),
                    by_key[each.key].language,
                    each.key,
                )
                for each in leaders
                if each.since <= at
            ]
        return [*due, DuePage(first, at)]

    async def send(self, session: Session, due: DuePage, now: datetime) -> None:
        """Queue the page; its key is used once, so that a look cut short may begin anew."""
        if due.unit_id is None or due.to is None:
            await paged_months.add(session, due.first, now)
            return
        language = self._library.in_language(due.language).language
        page = Picture(
            Period.MONTH, due.first, language, Subject.UNIT, due.unit_id, is_one_of_many=True
        )
        await post(
            session, Kind.UNIT_PAGE, due.key, due.to, page, now, scheduled_at=due.scheduled_at
        )

    async def still_due(
        self, session: Session, found: Sequence[DuePage], _now: datetime
    ) -> Sequence[DuePage]:
        """Nothing of a month that has been marked since."""
        return [] if await paged_months.exists(session, found[0].first) else found


def _last_day_asked(calendar: Calendar, life: Life, begin: date, last: date) -> date | None:
    """The last of these days on which a report is expected of the unit; None where none is."""
    until = last if life.valid_to is None else min(last, life.valid_to - timedelta(days=1))
    asked = days_from(max(begin, life.valid_from), until)
    return next((d for d in reversed(asked) if calendar.expected_window(life.unit.id, d)), None)
