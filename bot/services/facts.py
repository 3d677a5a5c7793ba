"""What the ladder looks at, as plain facts: days, units, who is asked, who reads."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import Calendar, Schedule, day_window, days_from
from bot.domain.forms import DUTY
from bot.domain.ladder import CATCH_UP_DAYS
from bot.domain.notices import DayFacts, Expectation, Recipient
from bot.domain.people import Role
from bot.services import calendars
from bot.texts import Library, Texts
from storage import arrivals, closed_days, command, people, units
from storage.command import Command
from storage.database import Session
from storage.outbox import Destination
from storage.people import Member
from storage.units import Registry


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a recipient's messages go, and in which language."""

    to: Destination
    texts: Texts
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """`days` are those that are not yet over and told of, oldest first; `yesterday` is by itself."""

    calendar: Calendar
    registry: Registry
    days: tuple[DayFacts, ...]
    yesterday: DayFacts | None
    audience: tuple[Recipient, ...]
    readers: Mapping[str, Reader]
    group: Recipient | None


async def load(
    session: Session, schedule: Schedule, library: Library, now: datetime
) -> Facts | None:
    """Return the facts as of now; None before there is a command."""
    known = await command.get(session)
    if known is None:
        return None
    today = schedule.local_day(now)
    yesterday = today - timedelta(days=1)
    last_closed = await closed_days.last(session, DUTY.key)
    begin = max(known.first_day, today - timedelta(days=CATCH_UP_DAYS))
    if last_closed:
        begin = max(begin, last_closed + timedelta(days=1))
    looked_at = days_from(max(known.first_day, min(begin, yesterday)), today)
    calendar = await calendars.load(session, schedule)
    registry = await units.registry(session)
    members = await people.list_members(session)
    came_in = await _came_in(session, looked_at)

    def days_asked() -> dict[date, DayFacts | None]:
        asked = Asked(members, today)
        return {day: _day_facts(calendar, registry, asked, day, came_in[day]) for day in looked_at}

    found = await asyncio.to_thread(days_asked)  # of thousands of units; others go on meanwhile
    group = _group(known)
    return Facts(
        calendar=calendar,
        registry=registry,
        days=tuple(facts for day, facts in found.items() if facts and day >= begin),
        yesterday=found.get(yesterday),
        audience=audience(known, members, today),
        readers=readers(known, members, library),
        group=group,
    )


async def _came_in(session: Session, days: Sequence[date]) -> Mapping[date, dict[int, datetime]]:
    came_in: defaultdict[date, dict[int, datetime]] = defaultdict(dict)
    if days:
        for came in await arrivals.list_between(session, DUTY.key, days[0], days[-1]):
            came_in[came.day][came.unit_id] = came.first_submitted_at
    return came_in


def _day_facts(
    calendar: Calendar,
    registry: Registry,
    asked: "Asked",
    day: date,
    reported: Mapping[int, datetime],
) -> DayFacts | None:
    """The day's facts, or None where it asks nothing of anybody."""
    windows = {unit.id: calendar.expected_window(unit.id, day) for unit in registry.on(day)}
    expected = tuple(
        Expectation(unit_id, window, *asked.for_unit(unit_id))
        for unit_id, window in windows.items()
        if window
    )
    whole = day_window(day, calendar.window(None, day), (e.window for e in expected))
    return DayFacts(whole, expected, reported) if whole else None


class Asked:
    """Who is asked for each unit's report, each since the day of joining."""

    def __init__(self, members: Sequence[Member], today: date) -> None:
        self._first: defaultdict[int, list[Recipient]] = defaultdict(list)
        self._deputies: defaultdict[int, list[Recipient]] = defaultdict(list)
        for member in members:
            if member.is_reachable:
                person = member.person
                for unit_id in person.units_on(today):
                    held = [
                        a for a in person.assignments if a.unit_id == unit_id and a.holds_on(today)
                    ]
                    is_deputy = person.role_for(unit_id, today) is Role.DEPUTY
                    recipient = Recipient(str(person.id), min(a.since for a in held))
                    (self._deputies if is_deputy else self._first)[unit_id].append(recipient)

    def for_unit(self, unit_id: int) -> tuple[tuple[Recipient, ...], tuple[Recipient, ...]]:
        """Those who are asked first and those who stand behind them; deputies alone are the first."""
        first, deputies = tuple(self._first[unit_id]), tuple(self._deputies[unit_id])
        return (first, deputies) if first else (deputies, ())


def _group(known: Command) -> Recipient | None:
    if known.group is None:
        return None
    # Named by when it was bound: a group that moves is the same, one bound anew is another.
    return Recipient(f"group{int(known.group.since.timestamp())}", known.group.since)


def audience(known: Command, members: Sequence[Member], today: date) -> tuple[Recipient, ...]:
    """Who reads the digests: the command group, or each commander."""
    group = _group(known)
    return (group,) if group else commanders(members, today)


def commanders(members: Sequence[Member], today: date) -> tuple[Recipient, ...]:
    """Without a command group each commander reads the digests."""
    return tuple(
        Recipient(
            str(m.person.id),
            next(
                a.since
                for a in m.person.assignments
                if a.role is Role.COMMANDER and a.holds_on(today)
            ),
        )
        for m in members
        if m.is_reachable and Role.COMMANDER in m.person.roles_on(today)
    )


def readers(known: Command, members: Sequence[Member], library: Library) -> dict[str, Reader]:
    """Everybody who can be told something, by the recipient's key."""
    group = _group(known)
    found = {
        str(m.person.id): Reader(
            Destination(m.person.telegram_id),
            library.in_language(m.person.language),
            m.person.id,
        )
        for m in members
    }
    if known.group and group:
        to = Destination(known.group.chat_id, known.group.thread_id)
        found[group.key] = Reader(to, library.in_language(known.group.language), None)
    return found
