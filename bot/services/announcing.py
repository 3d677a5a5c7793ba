"""Making an announcement: its draft, whom it would reach, when it goes out, and correcting it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.digests.announcement import count
from bot.domain.announcements import (
    Announcement,
    AnnouncementState,
    Audience,
    Recipient,
    announcing_role,
    recipients_of,
)
from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.people import Person, Role
from bot.domain.units import Unit
from bot.screens import announcements as screens
from bot.screens.message import Message
from bot.services.posting import post, redraw
from bot.texts import Library, Texts
from bot.texts.markup import Html
from storage import announcements, audit, messages, people, units
from storage.database import Session
from storage.outbox import Destination
from storage.units import Registry


class UnknownAnnouncementError(LookupError):
    """There is none of this id, or it is somebody else's."""


class TimeOverError(ValueError):
    """The moment is not ahead."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class Announcing:
    def __init__(self, schedule: Schedule, library: Library) -> None:
        self._schedule = schedule
        self._library = library

    async def begin(
        self, session: Session, person: Person, words: str, now: datetime
    ) -> Announcement:
        """Keep the words as a draft; an earlier draft of the person is dropped."""
        role = announcing_role(person, self._schedule.local_day(now)) or Role.COMMANDER
        announcement_id = await announcements.add(session, person.id, role, words)
        return await self.own(session, person, announcement_id)

    async def own(
        self, session: Session, person: Person, announcement_id: int | None
    ) -> Announcement:
        """Return the person's own announcement. Raises UnknownAnnouncementError."""
        found = await announcements.get(session, announcement_id) if announcement_id else None
        if found is None or found.author.person_id != person.id:
            raise UnknownAnnouncementError(announcement_id)
        return found

    async def save(self, session: Session, changed: Announcement) -> Announcement:
        await announcements.save(session, changed)
        return changed

    async def units(self, session: Session, now: datetime) -> tuple[Unit, ...]:
        """Every unit of today, in the configured order."""
        return (await units.registry(session)).on(self._schedule.local_day(now))

    async def send_at(
        self, session: Session, announcement: Announcement, day: date, at: time, now: datetime
    ) -> Announcement:
        """Let it go out at that time. Raises TimeOverError."""
        moment = datetime.combine(day, at, self._schedule.zone)
        if moment <= now:
            raise TimeOverError(moment)
        return await self.save(session, replace(announcement, send_at=moment))

    async def reach(
        self, session: Session, announcement: Announcement, now: datetime
    ) -> tuple[Recipient, ...]:
        """Whom it would reach, with those who get no messages at the moment."""
        members = await people.list_members(session)
        lost = {m.person.id for m in members if not m.is_reachable}
        found = recipients_of(
            announcement.audience,
            [m.person for m in members],
            self._schedule.local_day(now),
            announcement.author.person_id,
        )
        return tuple(replace(r, is_reachable=r.person_id not in lost) for r in found)

    async def card(
        self, session: Session, texts: Texts, announcement: Announcement, now: datetime
    ) -> Message:
        """What would be sent, to how many people, and who would not get it."""
        today, audience = self._schedule.local_day(now), announcement.audience
        found = await self.reach(session, announcement, now)
        registry = await units.registry(session)
        lost = [r for r in found if not r.is_reachable]
        covered = {r.unit_id for r in found}
        meant = [
            u for u in registry.on(today) if audience.is_everybody or u.id in audience.unit_ids
        ]
        return screens.card(
            texts,
            announcement,
            len(found),
            _names(
                texts,
                [texts.recipient_position(r, _unit(registry, r.unit_id, today)) for r in lost],
                texts.recipients_counted,
            ),
            _names(
                texts,
                [texts.unit_name(u) for u in meant if u.id not in covered],
                texts.units_counted,
            ),
        )

    async def confirm(
        self, session: Session, announcement: Announcement, slot: str
    ) -> Announcement:
        """Let it go out at its time; without one the next look sends it."""
        state = AnnouncementState.SCHEDULED
        return await self.save(session, replace(announcement, state=state, slot=slot))

    async def status(self, session: Session, texts: Texts, announcement: Announcement) -> Message:
        """What the author's message shows once it is confirmed."""
        registry = await units.registry(session)
        told = count(texts, announcement, units_of(registry, announcement, self._schedule))
        return screens.status(texts, announcement, told)

    async def correct(
        self, session: Session, announcement: Announcement, words: str, now: datetime
    ) -> Announcement:
        """Put the words in the place of those that were sent, and tell each recipient of it."""
        changed = await self.save(session, replace(announcement, words=words, edited_at=now))
        entry = audit.Entry(
            "announcement.correct",
            changed.author.person_id,
            changed.author.role,
            before=announcement.words,
            after=words,
        )
        await audit.add(session, entry, now)
        by_id = {m.person.id: m.person for m in await people.list_members(session)}
        mark = int(now.timestamp())
        for recipient in changed.recipients:
            if not recipient.is_reachable:
                continue
            person = by_id[recipient.person_id]
            texts, to = self._library.in_language(person.language), Destination(person.telegram_id)
            shown = screens.received(texts, changed, recipient)
            for place in await messages.list_of(session, slots(changed.id, person.id)):
                key = f"corrected:{mark}:{place.slot}"
                await redraw(session, Kind.ANNOUNCEMENT, key, place.slot, to, shown, now)
            await post(
                session,
                Kind.ANNOUNCEMENT,
                f"announced-edit:{changed.id}:{mark}:{person.id}",
                to,
                Message(texts.announcement_edited(changed, now)),
                now,
            )
        return changed


@dataclass(frozen=True, slots=True)
class Choice:
    """What a press in the lists of recipients changes."""

    unit_id: int | None = None
    role: Role | None = None


def chosen(audience: Audience, choice: Choice | None) -> Audience:
    """Take the choice in or out; None is everybody. Units and roles exclude each other."""
    match choice:
        case Choice(unit_id=int() as unit_id):
            return Audience(unit_ids=audience.unit_ids ^ {unit_id})
        case Choice(role=Role() as role):
            return Audience(roles=audience.roles ^ {role})
        case _:
            return Audience(is_everybody=True)


def slots(announcement_id: int, person_id: int) -> str:
    """What the slots of a recipient's messages begin with."""
    return f"announced:{announcement_id}:{person_id}:"


def units_of(
    registry: Registry, announcement: Announcement, schedule: Schedule
) -> Mapping[int, Unit]:
    """The units of its recipients by their ids, as they were called when it went out."""
    if announcement.sent_at is None:
        return {}
    day = schedule.local_day(announcement.sent_at)
    ids = {r.unit_id for r in announcement.recipients if r.unit_id is not None}
    return {unit_id: unit for unit_id in ids if (unit := registry.ever(unit_id, day))}


def _unit(registry: Registry, unit_id: int | None, day: date) -> Unit | None:
    return registry.ever(unit_id, day) if unit_id is not None else None


# So many names stand on a card, beside a text of a thousand characters.
_NAMES_MOST = 12


def _names(texts: Texts, names: list[Html], of: str) -> Html:
    return texts.names(names[:_NAMES_MOST], max(0, len(names) - _NAMES_MOST), of=of)
