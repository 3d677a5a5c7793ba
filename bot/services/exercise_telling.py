"""Telling who leads a unit that a new exercise asks something of it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.delivery import Kind
from bot.domain.people import Person
from bot.screens import checklists as screens
from bot.services.exercises import one
from bot.services.facts import Asked
from bot.services.posting import post
from bot.texts import Library
from storage import people
from storage.database import Session
from storage.outbox import Destination


async def tell_leaders(
    session: Session,
    library: Library,
    exercise_ids: Sequence[int],
    by: Person,
    today: date,
    now: datetime,
) -> None:
    """Queue one message an exercise to each who is asked first for a unit with items in it.

    Who planned it knows already.
    """
    members = await people.list_members(session)
    asked = Asked(members, today)
    persons = {member.person.id: member.person for member in members}
    for exercise_id in exercise_ids:
        readiness = await one(session, exercise_id, today)
        for part in readiness.parts:
            if part.unit_id is None or not part.items:
                continue
            first, _ = asked.for_unit(part.unit_id)
            for person in (persons[int(recipient.key)] for recipient in first):
                if person.id == by.id:
                    continue
                texts = library.in_language(person.language)
                await post(
                    session,
                    Kind.EXERCISE,
                    f"exercise-new:{exercise_id}:{part.unit_id}:{person.id}",
                    Destination(person.telegram_id),
                    screens.new_exercise(texts, readiness, part, today),
                    now,
                )
