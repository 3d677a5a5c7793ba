"""The ladder carried out: facts from the database, the rule from the domain, messages to the outbox."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.digests import text as digest_text
from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.exercises import pressing
from bot.domain.forms import DUTY, ReportType
from bot.domain.ladder import MORNING_UNTIL, morning, owed, with_lines
from bot.domain.notices import Notice, Owed, Rung
from bot.domain.reports import Form
from bot.screens import duty
from bot.screens.message import Message
from bot.services import calendars, compliance, pictures
from bot.services import facts as known_facts
from bot.services.alerts import alert_admins
from bot.services.exercises import open_ones
from bot.services.facts import Facts
from bot.services.posting import pass_by, post
from bot.texts import Library, Texts
from bot.texts.markup import paragraphs
from storage import closed_days, outbox, reports
from storage.database import Session
from storage.messages import FormPlace
from storage.outbox import FormKey

KINDS = {
    Rung.PROMPT: Kind.PROMPT,
    Rung.OUTAGE: Kind.OUTAGE,
    Rung.REMINDER: Kind.REMINDER,
    Rung.OVERDUE: Kind.REMINDER,
    Rung.DEPUTIES: Kind.REMINDER,
    Rung.DIGEST: Kind.DIGEST,
    Rung.ESCALATION: Kind.DIGEST,
    Rung.FINAL: Kind.DIGEST,
    Rung.LATE_DIGEST: Kind.DIGEST,
    Rung.MORNING: Kind.DIGEST,
}


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed now, with the facts that it follows from."""

    facts: Facts
    owed: Owed
    now: datetime


class Notices:
    def __init__(
        self, schedule: Schedule, report_type: ReportType, library: Library, morning_at: time
    ) -> None:
        self._schedule = schedule
        self._report_type = report_type
        self._library = library
        self._morning_at = morning_at

    async def find_due(self, session: Session, now: datetime) -> Due | None:
        """Return what is owed now; None before there is a command."""
        facts = await known_facts.load(session, self._schedule, self._library, now)
        if facts is None:
            return None
        days = [f.window.day for f in (facts.yesterday, *facts.days) if f]
        if not days:
            return Due(facts, Owed((), ()), now)
        today = self._schedule.local_day(now)
        sent = await outbox.keys_about(session, DUTY.key, min(days), today)
        # Of thousands of units it takes a tenth of a second; others go on meanwhile.
        climbed = await asyncio.to_thread(
            owed, now, DUTY.key, facts.days, facts.audience, sent, facts.calendar.outages
        )
        lines = morning(
            datetime.combine(today, self._morning_at, self._schedule.zone),
            datetime.combine(today, MORNING_UNTIL, self._schedule.zone),
            now,
            DUTY.key,
            facts.yesterday,
            facts.audience,
            sent,
        )
        return Due(facts, with_lines(climbed, lines), now)

    async def still_owed(self, session: Session, notices: Sequence[Notice]) -> list[Notice]:
        """Leave out units that were exempted after the facts were loaded; the next look has the rest."""
        calendar = await calendars.load(session, self._schedule)
        return [
            notice
            for notice in notices
            if notice.unit_id is None
            or all(calendar.expected_window(notice.unit_id, day) for day in notice.days)
        ]

    async def close(self, session: Session, due: Due) -> None:
        """Record the days that are over and told of."""
        await closed_days.add(session, DUTY.key, due.owed.closed)

    async def tell_failure(self, session: Session, notice: Notice, now: datetime) -> None:
        """Tell the admins, once, of a notice that could not be made; its key finds it in the log."""
        await alert_admins(
            session,
            self._library,
            f"not-made:{notice.key}",
            lambda texts: texts.admin_failure(notice.key),
            now,
        )

    async def queue(self, session: Session, due: Due, notice: Notice) -> None:
        """Put one notice into the outbox, and record the rungs that it passes by."""
        facts, now = due.facts, due.now
        reader = facts.readers[notice.recipient]
        day = notice.days[-1]
        place = None
        if notice.unit_id is not None and reader.person_id is not None and len(notice.days) == 1:
            place = FormPlace(DUTY.key, day, notice.unit_id, reader.person_id)
        await post(
            session,
            KINDS[notice.rung],
            notice.key,
            reader.to,
            await self._message(session, facts, notice, reader.texts, now),
            now,
            scheduled_at=notice.scheduled_at,
            not_after=notice.not_after,
            about=self._about(notice, now),
            place=place,
        )
        await pictures.follow_digest(session, notice, reader, now)
        for lower in notice.passes_by:
            about = self._about(lower, now)
            await pass_by(session, KINDS[lower.rung], lower.key, reader.to, about, now)

    def _about(self, notice: Notice, now: datetime) -> FormKey:
        """What the notice is about; the line about yesterday is today's, and overtakes no digest."""
        is_line = notice.rung is Rung.MORNING
        day = self._schedule.local_day(now) if is_line else notice.days[-1]
        return FormKey(DUTY.key, day, notice.unit_id)

    async def _message(
        self, session: Session, facts: Facts, notice: Notice, texts: Texts, now: datetime
    ) -> Message:
        day = notice.days[-1]
        match notice.rung:
            case Rung.OUTAGE:
                return await self._outage(session, facts, notice, texts, now)
            case Rung.LATE_DIGEST:
                told = [
                    await compliance.summary(session, self._schedule, d, d, now)
                    for d in notice.days
                ]
                today = self._schedule.local_day(now)
                exercises = pressing(await open_ones(session, today), today)
                return Message(digest_text.late_digest(texts, told, exercises))
            case Rung.MORNING:
                summary = await compliance.summary(session, self._schedule, day, day, now)
                streak = await compliance.on_time_streak(session, self._schedule, day, now)
                return Message(texts.morning(summary.counts, streak))
            case Rung.DIGEST | Rung.ESCALATION | Rung.FINAL:
                summary = await compliance.summary(session, self._schedule, day, day, now)
                told_day = digest_text.day_digest(
                    texts,
                    summary,
                    final=notice.rung is Rung.FINAL,
                    escalated=notice.rung is Rung.ESCALATION,
                )
                return Message(told_day)
            case _:
                return await self._prompt(session, facts, notice, texts, now)

    async def _prompt(
        self, session: Session, facts: Facts, notice: Notice, texts: Texts, now: datetime
    ) -> Message:
        forms = [self._form(facts, notice, n) for n in range(len(notice.days))]
        if len(forms) > 1:
            return duty.choose_day(texts, forms, texts.several_days)
        (form,) = forms
        opening = duty.opening_of(notice.rung, form, now)
        latest = await reports.get_latest_before(session, DUTY.key, form.day, form.unit.id)
        return duty.prompt(texts, form, latest, opening)

    async def _outage(
        self, session: Session, facts: Facts, notice: Notice, texts: Texts, now: datetime
    ) -> Message:
        """What happened and what the deadline is now; with one day open, its form at once."""
        outage = next(o for o in facts.calendar.outages if notice.key.endswith(f":{o.id}"))
        words = texts.outage(outage)
        forms = [self._form(facts, notice, n) for n in range(len(notice.days))]
        if len(forms) > 1:
            return duty.choose_day(texts, forms, paragraphs(words, texts.several_days))
        (form,) = forms
        opening = duty.opening_of(Rung.PROMPT, form, now)
        latest = await reports.get_latest_before(session, DUTY.key, form.day, form.unit.id)
        return duty.prompt(texts, form, latest, opening, words)

    def _form(self, facts: Facts, notice: Notice, number: int) -> Form:
        day, unit_id = notice.days[number], notice.unit_id
        unit = facts.registry.get(unit_id, day) if unit_id is not None else None
        window = facts.calendar.window(unit_id, day)
        if unit is None or window is None:
            raise LookupError(notice.key)
        return Form(self._report_type, unit, window)
