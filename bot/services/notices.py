"""The ladder carried out: facts from the database, the rule from the domain, messages to the outbox."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.digests import text as digest_text
from bot.domain.calendar import Schedule, days_from
from bot.domain.delivery import Kind
from bot.domain.forms import DUTY
from bot.domain.ladder import DayFacts, Expectation, Notice, Owed, Recipient, Rung, owed
from bot.domain.people import Role
from bot.domain.reports import Form
from bot.screens import duty
from bot.screens.duty import Opening
from bot.screens.message import Message
from bot.services import compliance
from bot.services.alerts import alert_admins
from bot.services.posting import pass_by, post
from bot.texts import Library, Texts
from storage import closed_days, command, outbox, people, reports, units
from storage.command import Command
from storage.database import Session
from storage.messages import FormPlace
from storage.outbox import Destination, FormKey
from storage.people import Member
from storage.units import Registry

# Days further back than this are told of by /tonghop, not by a digest that nobody waits for.
CATCH_UP_DAYS = 31

_KINDS = {
    Rung.PROMPT: Kind.PROMPT,
    Rung.REMINDER: Kind.REMINDER,
    Rung.DIGEST: Kind.DIGEST,
    Rung.FINAL: Kind.DIGEST,
    Rung.LATE_DIGEST: Kind.DIGEST,
}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where a recipient's messages go, and in which language."""

    to: Destination
    texts: Texts
    person_id: int | None


@dataclass(frozen=True, slots=True)
class _Facts:
    registry: Registry
    days: tuple[DayFacts, ...]
    audience: tuple[Recipient, ...]
    readers: dict[str, _Reader]


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed now, with the facts that it follows from."""

    facts: _Facts
    owed: Owed
    now: datetime


class Notices:
    def __init__(self, schedule: Schedule, library: Library) -> None:
        self._schedule = schedule
        self._library = library

    async def find_due(self, session: Session, now: datetime) -> Due | None:
        """Return what is owed now; None where no day is open."""
        known = await command.get(session)
        if known is None:
            return None
        facts = await self._load(session, known, now)
        if not facts.days:
            return None
        first, last = facts.days[0].window.day, facts.days[-1].window.day
        sent = await outbox.keys_about(session, DUTY.key, first, last)
        return Due(facts, owed(now, DUTY.key, facts.days, facts.audience, sent), now)

    async def close(self, session: Session, due: Due) -> None:
        """Record the days that are over and told of."""
        await closed_days.add(session, DUTY.key, due.owed.closed)

    async def tell_failure(self, session: Session, notice: Notice, now: datetime) -> None:
        """Tell the admins, once, of a notice that could not be made; its key finds it in the log."""
        words = self._library.default.admin_failure(notice.key)
        await alert_admins(session, f"not-made:{notice.key}", words, now)

    async def _load(self, session: Session, known: Command, now: datetime) -> _Facts:
        today = self._schedule.local_day(now)
        members = await people.list_members(session)
        last_closed = await closed_days.last(session, DUTY.key)
        begin = max(known.first_day, today - timedelta(days=CATCH_UP_DAYS))
        if last_closed:
            begin = max(begin, last_closed + timedelta(days=1))
        registry = await units.registry(session)
        leaders = _leaders(members, today)
        handed_in = await reports.list_between(session, DUTY.key, begin, today)
        came_in: defaultdict[date, dict[int, datetime]] = defaultdict(dict)
        for report in handed_in:
            came_in[report.day][report.unit_id] = report.first_submitted_at
        days = tuple(
            DayFacts(
                window=self._schedule.window(day),
                expected=tuple(
                    Expectation(unit.id, tuple(leaders[unit.id])) for unit in registry.on(day)
                ),
                reported=came_in[day],
            )
            for day in days_from(begin, today)
            if self._schedule.is_reporting_day(day)
        )
        audience, readers = self._audience(known, members, today)
        return _Facts(registry, days, audience, readers)

    def _audience(
        self, known: Command, members: Sequence[Member], today: date
    ) -> tuple[tuple[Recipient, ...], dict[str, _Reader]]:
        """Who reads digests: the command group, or without one each commander."""
        readers = {
            str(m.person.id): _Reader(
                Destination(m.person.telegram_id),
                self._library.in_language(m.person.language),
                m.person.id,
            )
            for m in members
        }
        if known.group:
            # Named by when it was bound: a group that moves is the same, one bound anew is another.
            key = f"group{int(known.group.since.timestamp())}"
            to = Destination(known.group.chat_id, known.group.thread_id)
            readers[key] = _Reader(to, self._library.default, None)
            return (Recipient(key, known.group.since),), readers
        commanders = tuple(
            Recipient(
                str(m.person.id),
                next(a.since for a in m.person.assignments if a.role is Role.COMMANDER),
            )
            for m in members
            if m.is_reachable and Role.COMMANDER in m.person.roles_on(today)
        )
        return commanders, readers

    async def queue(self, session: Session, due: Due, notice: Notice) -> None:
        """Put one notice into the outbox, and record the rungs that it passes by."""
        facts, now = due.facts, due.now
        reader = facts.readers[notice.recipient]
        day = notice.days[-1]
        place = None
        if notice.unit_id is not None and reader.person_id is not None:
            place = FormPlace(DUTY.key, day, notice.unit_id, reader.person_id)
        await post(
            session,
            _KINDS[notice.rung],
            notice.key,
            reader.to,
            await self._message(session, facts, notice, reader.texts, now),
            now,
            scheduled_at=notice.scheduled_at,
            not_after=notice.not_after,
            about=FormKey(DUTY.key, day, notice.unit_id),
            place=place,
        )
        for lower in notice.passes_by:
            about = FormKey(DUTY.key, lower.days[-1], lower.unit_id)
            await pass_by(session, _KINDS[lower.rung], lower.key, reader.to, about, now)

    async def _message(
        self, session: Session, facts: _Facts, notice: Notice, texts: Texts, now: datetime
    ) -> Message:
        day = notice.days[-1]
        match notice.rung:
            case Rung.PROMPT | Rung.REMINDER:
                return await self._prompt(session, facts, notice, texts, now)
            case Rung.LATE_DIGEST:
                told = [
                    await compliance.summary(session, self._schedule, d, d, now)
                    for d in notice.days
                ]
                return Message(digest_text.late_digest(texts, told))
            case Rung.DIGEST | Rung.FINAL:
                summary = await compliance.summary(session, self._schedule, day, day, now)
                return Message(
                    digest_text.day_digest(texts, summary, final=notice.rung is Rung.FINAL)
                )

    async def _prompt(
        self, session: Session, facts: _Facts, notice: Notice, texts: Texts, now: datetime
    ) -> Message:
        day, unit_id = notice.days[-1], notice.unit_id
        unit = facts.registry.get(unit_id, day) if unit_id is not None else None
        if unit is None:
            raise LookupError(notice.key)
        form = Form(DUTY.key, unit, self._schedule.window(day))
        opening = Opening.REMINDED if notice.rung is Rung.REMINDER else Opening.ASKED
        if now >= form.window.due:
            opening = Opening.OVERDUE
        latest = await reports.get_latest_before(session, DUTY.key, day, unit.id)
        return duty.prompt(texts, form, latest, opening)


def _leaders(members: Sequence[Member], today: date) -> defaultdict[int, list[Recipient]]:
    """Who is asked for each unit's report, each since the day of joining."""
    asked: defaultdict[int, list[Recipient]] = defaultdict(list)
    for member in members:
        if member.is_reachable:
            person = member.person
            for unit_id in person.units_on(today):
                since = min(a.since for a in person.assignments if a.unit_id == unit_id)
                asked[unit_id].append(Recipient(str(person.id), since))
    return asked
