"""When a unit has reported, every other message that still asks for the report says so."""

from datetime import datetime

from bot.domain.delivery import Kind
from bot.domain.reports import Form, Report
from bot.screens import duty
from bot.services.posting import redraw
from bot.texts import Library
from storage import messages, people
from storage.database import Session
from storage.outbox import Destination


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
    for shown in await messages.list_open(session, form.report_type, form.day, form.unit.id):
        if shown.slot == own_slot:
            continue
        reader = await people.get(session, shown.person_id) if shown.person_id else None
        texts = library.in_language(reader.language) if reader else library.default
        await redraw(
            session,
            Kind.FORM,
            f"close:{key}:{shown.slot}",
            shown.slot,
            Destination(shown.chat_id),
            duty.taken(texts, form, report),
            now,
        )
