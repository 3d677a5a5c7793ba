"""The ladder of forms that are not asked for daily: the same rule as for the daily report."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.calendar import Outage, Schedule
from bot.domain.delivery import Kind
from bot.domain.ladder import owed
from bot.domain.notices import DayFacts, Expectation, Notice, Rung
from bot.domain.reports import Form, NotAcceptedError, Report
from bot.screens import duty
from bot.screens.message import Message
from bot.services import asked_forms, subjects
from bot.services.facts import Asked
from bot.services.posting import pass_by, post
from bot.services.sitting import latest_to_copy
from bot.texts import Library, Texts
from storage import outages, outbox, people
from storage.database import Session
from storage.messages import FormPlace
from storage.outbox import Destination, FormKey
from storage.people import Member

_KINDS = {Rung.PROMPT: Kind.PROMPT, Rung.OUTAGE: Kind.OUTAGE}


@dataclass(frozen=True, slots=True)
class DueForm:
    """One person who is to be asked for one form."""

    notice: Notice
    form: Form
    reader: Member
    outages: tuple[Outage, ...]


class FormNotices:
    def __init__(self, schedule: Schedule, library: Library) -> None:
        self._schedule = schedule
        self._library = library

    async def find_due(self, session: Session, now: datetime) -> list[DueForm]:
        """What is owed now and not yet queued."""
        listed = _together(await asked_forms.list_forms(session, self._schedule, now))
        if not listed:
            return []
        members = await people.list_members(session)
        known = await outages.list_all(session)
        asked = Asked(members, self._schedule.local_day(now))
        by_key = {str(m.person.id): m for m in members}
        due: list[DueForm] = []
        for (report_type, subject, day), forms in listed.items():
            facts = _facts(forms, asked, await asked_forms.arrived_at(session, forms[0]))
            sent = await outbox.keys_about(session, report_type, day, day)
            # What moved no deadline is no news about a form that is open for days.
            window = facts.window
            took = tuple(o for o in known if o.within(window.felt_from, window.due))
            about = f"{report_type}.{subject}" if subject else report_type
            climbed = owed(now, about, (facts,), (), sent, took)
            by_unit = {form.unit.id: form for form in forms}
            due += [
                DueForm(notice, by_unit[notice.unit_id], by_key[notice.recipient], took)
                for notice in climbed.notices
                if notice.unit_id is not None
            ]
        return due

    async def queue(self, session: Session, due: DueForm, now: datetime) -> None:
        """Put one notice into the outbox, if the form can still be handed in."""
        form, notice, reader = due.form, due.notice, due.reader
        key = FormKey(form.report_type, form.day, form.unit.id, form.subject)
        try:
            still = await asked_forms.form(
                session, self._schedule, form.kind, form.day, form.unit.id, form.subject
            )
            subjects.admitted(still, now)
        except NotAcceptedError:
            return
        latest = await latest_to_copy(session, form)
        texts = self._library.in_language(reader.person.language)
        to = Destination(reader.person.telegram_id)
        await post(
            session,
            _KINDS.get(notice.rung, Kind.REMINDER),
            notice.key,
            to,
            _message(texts, due, latest, now),
            now,
            scheduled_at=notice.scheduled_at,
            not_after=notice.not_after,
            about=key,
            place=FormPlace(
                form.report_type, form.day, form.unit.id, reader.person.id, form.subject
            ),
        )
        for lower in notice.passes_by:
            kind = _KINDS.get(lower.rung, Kind.REMINDER)
            await pass_by(session, kind, lower.key, to, key, now)


def _message(texts: Texts, due: DueForm, latest: Report | None, now: datetime) -> Message:
    """The form, asked for as on its rung; after an outage with what happened."""
    rung, words = due.notice.rung, ""
    if rung is Rung.OUTAGE:
        outage = next(o for o in due.outages if due.notice.key.endswith(f":{o.id}"))
        rung, words = Rung.PROMPT, texts.outage(outage)
    return duty.prompt(texts, due.form, latest, duty.opening_of(rung, due.form, now), words)


def _together(forms: Iterable[Form]) -> dict[tuple[str, str, date], list[Form]]:
    """The forms of all units about the same thing."""
    found: defaultdict[tuple[str, str, date], list[Form]] = defaultdict(list)
    for each in forms:
        found[each.report_type, each.subject, each.day].append(each)
    return found


def _facts(forms: Sequence[Form], asked: Asked, reported: Mapping[int, datetime]) -> DayFacts:
    expected = tuple(
        Expectation(form.unit.id, form.window, *asked.for_unit(form.unit.id)) for form in forms
    )
    return DayFacts(forms[0].window, expected, reported)
