"""When nothing more is asked of a unit, every message that still asks for its report says so."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.delivery import Kind, Lane
from bot.domain.reports import Form, Report
from bot.screens import duty
from bot.screens.message import Message
from bot.services import languages
from bot.services.posting import redraw
from bot.texts import Library, Texts
from bot.texts.markup import paragraphs
from storage import messages, outbox, reports
from storage.database import Session
from storage.outbox import Destination, FormKey


async def close_others(
    session: Session,
    library: Library,
    form: Form,
    report: Report,
    own_slot: str | None,
    key: str,
    now: datetime,
) -> None:
    """Redraw the form's open messages but the one in which the report was sent."""
    await _redraw_open(
        session,
        library,
        form,
        lambda texts: duty.taken(texts, form, report),
        key,
        now,
        but=own_slot,
    )


async def close_exempt(
    session: Session, library: Library, form: Form, reason: str, key: str, now: datetime
) -> None:
    """Drop what waits to ask the unit, and take the buttons from what stands on phones."""
    about = FormKey(form.report_type, form.day, form.unit.id, form.subject)
    await outbox.cancel_about(session, about, Lane.LADDER, now)
    report = await reports.get(session, form.report_type, form.day, form.unit.id, form.subject)

    def drawn(texts: Texts) -> Message:
        why = texts.exempt_day(form.day, reason)
        if report is None:
            return duty.closed(why)
        return duty.taken(texts, form, report, is_locked=True, note=why)

    await _redraw_open(session, library, form, drawn, key, now)


async def close_not_held(
    session: Session, library: Library, form: Form, key: str, now: datetime
) -> None:
    """What the form is about was cancelled: drop what waits, and say so where it stands."""
    about = FormKey(form.report_type, form.day, form.unit.id, form.subject)
    await outbox.cancel_about(session, about, Lane.LADDER, now)
    await _redraw_open(
        session,
        library,
        form,
        lambda texts: duty.closed(paragraphs(form.topic, texts.not_held(form.day))),
        key,
        now,
    )


async def _redraw_open(
    session: Session,
    library: Library,
    form: Form,
    drawn: Callable[[Texts], Message],
    key: str,
    now: datetime,
    *,
    but: str | None = None,
) -> None:
    """Redraw the form's messages that show buttons, each in its reader's language."""
    for shown in await messages.list_open(
        session, form.report_type, form.day, form.unit.id, form.subject
    ):
        if shown.slot == but:
            continue
        texts = await languages.of_chat(session, library, shown.chat_id)
        await redraw(
            session,
            Kind.CLOSING,
            f"close:{key}:{shown.slot}",
            shown.slot,
            Destination(shown.chat_id),
            drawn(texts),
            now,
        )
