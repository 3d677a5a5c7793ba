"""The audit trail as values for a page or a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.calendar import Schedule
from bot.domain.seats import numbers
from bot.domain.trail import ACTIONS, Told, Topic
from bot.services import roll
from bot.services.roll import Roll
from bot.texts import Texts
from bot.texts.markup import plain
from storage import audit
from storage.audit import Entry, Kept
from storage.database import Session

ENTRIES_A_PAGE = 5
COLUMNS = ("at", "who", "action", "unit", "before", "after", "reason")


async def page(
    session: Session, today: date, topic: Topic | None, unit_id: int | None, number: int
) -> tuple[tuple[Told, ...], bool]:
    """Return the entries of a page, newest first, and whether there are older ones."""
    actions: Sequence[str] = ACTIONS[topic] if topic else ()
    found = await audit.list_newest(
        session, actions, unit_id, ENTRIES_A_PAGE + 1, number * ENTRIES_A_PAGE
    )
    known = await roll.load(session, today)
    return tuple(_told(known, found[:ENTRIES_A_PAGE])), len(found) > ENTRIES_A_PAGE


async def rows(
    session: Session,
    schedule: Schedule,
    first: date,
    last: date,
    now: datetime,
    texts: Texts,
    *,
    with_strength: bool,
) -> list[dict[str, Any]]:
    """Return the entries of these days, oldest first, in words."""
    begin, end = (
        datetime.combine(day, time.min, schedule.zone)
        for day in (first, min(last, date.max - timedelta(days=1)) + timedelta(days=1))
    )
    known = await roll.load(session, schedule.local_day(now))
    return [
        _row(told, schedule, texts, with_strength=with_strength)
        for told in _told(known, await audit.list_between(session, begin, end))
    ]


def _told(known: Roll, found: Sequence[Kept]) -> list[Told]:
    people = {person_id: known.who(person_id) for person_id in known.members}
    units = {unit_id: unit for unit_id in known.registry.order if (unit := known.unit(unit_id))}
    counted = numbers(known.seats)
    told = [
        Told(
            at=kept.at,
            who=None,
            action=kept.entry.action,
            unit=units.get(kept.entry.unit_id) if kept.entry.unit_id is not None else None,
            before=kept.entry.before,
            after=kept.entry.after,
            reason=kept.entry.reason,
            people=people,
            numbers=counted,
            units=units,
        )
        for kept in found
    ]
    return [_by(each, kept.entry) for each, kept in zip(told, found, strict=True)]


def _by(told: Told, entry: Entry) -> Told:
    """The entry with who did it, in the role in which it was done."""
    if entry.person_id is None:
        return told
    return replace(told, who=told.named(entry.person_id, entry.role, entry.unit_id))


def _row(told: Told, schedule: Schedule, texts: Texts, *, with_strength: bool) -> dict[str, Any]:
    before, after = (
        plain(texts.audit_facts(told, facts, with_strength=with_strength))
        for facts in (told.before, told.after)
    )
    return {
        "at": told.at.astimezone(schedule.zone).isoformat(timespec="seconds"),
        "who": texts.actor(told.who),
        "action": texts.audit_action(told.action),
        "unit": told.unit.name if told.unit else "",
        "before": before,
        "after": after,
        "reason": told.reason or "",
    }
