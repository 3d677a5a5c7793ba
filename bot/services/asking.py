"""Asking everybody who speaks for a unit once more, because something has changed for its report."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from bot.domain.delivery import Kind
from bot.domain.notices import Rung
from bot.domain.people import Person
from bot.domain.reports import Form
from bot.screens import duty
from bot.services.posting import post
from bot.texts import Library, Texts
from bot.texts.markup import Html
from storage import people, reports
from storage.database import Session
from storage.messages import FormPlace
from storage.outbox import Destination, FormKey


async def ask_again(
    session: Session,
    library: Library,
    forms: Iterable[Form],
    words: Callable[[Texts], Html],
    key: str,
    today: date,
    now: datetime,
) -> None:
    """Send what has happened with the form under it; or with the report, where one stands.

    It is sent once under its key, and no longer once the form is locked.
    """
    led: defaultdict[int, list[Person]] = defaultdict(list)
    for member in await people.list_members(session):
        if member.is_reachable:
            for unit_id in member.person.units_on(today):
                led[unit_id].append(member.person)
    for form in forms:
        if form.unit.id not in led:
            continue
        report = await reports.get(session, form.report_type, form.day, form.unit.id)
        latest = await reports.get_latest_before(session, form.report_type, form.day, form.unit.id)
        opening = duty.opening_of(Rung.PROMPT, form, now)
        for person in led[form.unit.id]:
            texts = library.in_language(person.language)
            note = words(texts)
            await post(
                session,
                Kind.PROMPT,
                f"{key}:{form.unit.id}:{person.id}",
                Destination(person.telegram_id),
                duty.taken(texts, form, report, note=note)
                if report
                else duty.prompt(texts, form, latest, opening, note),
                now,
                not_after=form.window.locks,
                # A notice about a form goes no more once there is a report.
                about=None if report else FormKey(form.report_type, form.day, form.unit.id),
                place=FormPlace(form.report_type, form.day, form.unit.id, person.id),
            )
