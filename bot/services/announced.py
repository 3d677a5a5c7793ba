"""Announcements on their way: sent at their time, counted, and asked for again."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.digests.announcement import count
from bot.domain.announcements import (
    END_AFTER,
    Announcement,
    AnnouncementRung,
    AnnouncementState,
    Recipient,
    owed,
    recipients_of,
)
from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.people import Person
from bot.screens import announcements as screens
from bot.screens.message import Message
from bot.services.announcing import UnknownAnnouncementError, slots, units_of
from bot.services.posting import post, redraw
from bot.texts import Library, Texts
from bot.texts.markup import Html
from storage import announcements, audit, command, messages, people, units
from storage.database import Session
from storage.outbox import Destination

# An acknowledgement that comes after the end still shows in the count, for so long.
_COUNTED_FOR = END_AFTER + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a recipient sees now; `is_new`: this press has changed it."""

    announcement: Announcement
    recipient: Recipient
    is_new: bool


class Announced:
    def __init__(self, schedule: Schedule, library: Library) -> None:
        self._schedule = schedule
        self._library = library

    async def acknowledge(
        self, session: Session, person: Person, announcement_id: int, now: datetime
    ) -> Acknowledged:
        """Note that the person has received it; every message of it on that phone shows so.

        Raises UnknownAnnouncementError.
        """
        is_new = await announcements.save_acknowledged(session, announcement_id, person.id, now)
        found = await announcements.get(session, announcement_id)
        reached = (r for r in found.recipients if r.person_id == person.id) if found else ()
        recipient = next(iter(reached), None)
        if found is None or recipient is None:
            raise UnknownAnnouncementError(announcement_id)
        if is_new:
            texts = self._library.in_language(person.language)
            shown = screens.received(texts, found, recipient)
            to = Destination(person.telegram_id)
            for place in await messages.list_of(session, slots(announcement_id, person.id)):
                key = f"received:{place.slot}"
                await redraw(session, Kind.ANNOUNCEMENT_STEP, key, place.slot, to, shown, now)
        return Acknowledged(found, recipient, is_new)

    async def find_due(self, session: Session, now: datetime) -> tuple[int, ...]:
        """Ids of those of which something is to be sent, asked for again, or shown."""
        current = await announcements.list_current(session, now - _COUNTED_FOR)
        return tuple([a.id for a in current if await self._is_due(session, a, now)])

    async def carry_out(self, session: Session, announcement_id: int, now: datetime) -> None:
        """Do what is owed of it by now; looking once more does nothing."""
        found = await announcements.get(session, announcement_id)
        if found is None or not await self._is_due(session, found, now):
            return
        if found.state is AnnouncementState.SCHEDULED:
            found = await self._send(session, found, now)
        elif rung := owed(now, found):
            found = await self._climb(session, found, rung, now)
        await self._show_count(session, found, now)

    async def _is_due(self, session: Session, found: Announcement, now: datetime) -> bool:
        match found.state:
            case AnnouncementState.SCHEDULED:
                return found.send_at is None or found.send_at <= now
            case AnnouncementState.SENT:
                is_owed = owed(now, found) is not None
                texts = await self._group_texts(session)
                told = _hash(await self._count(session, texts, found))
                return is_owed or found.content_hash != told
            case _:
                return False

    async def _send(self, session: Session, waiting: Announcement, now: datetime) -> Announcement:
        """Fix the recipients, and queue a message to each and the count to the group."""
        members = [m.person for m in await people.list_members(session)]
        today = self._schedule.local_day(now)
        reached = recipients_of(waiting.audience, members, today, waiting.author.person_id)
        await announcements.add_recipients(session, waiting.id, reached)
        sent = replace(waiting, state=AnnouncementState.SENT, sent_at=now)
        await announcements.save(session, sent)
        known = await announcements.get(session, waiting.id)
        if known is None:
            raise UnknownAnnouncementError(waiting.id)
        await self._tell(session, known, AnnouncementRung.SENT, waiting.send_at or now, now)
        entry = audit.Entry(
            "announcement.send",
            known.author.person_id,
            known.author.role,
            after=json.dumps({"announcement": known.id, "people": len(reached)}),
        )
        await audit.add(session, entry, now)
        group = (here := await command.get(session)) and here.group
        if group:
            texts = self._library.in_language(group.language)
            await post(
                session,
                Kind.ANNOUNCEMENT,
                _count_slot(known.id),
                Destination(group.chat_id, group.thread_id),
                Message(await self._count(session, texts, known)),
                now,
                is_redrawn=True,
            )
        return known

    async def _climb(
        self, session: Session, found: Announcement, rung: AnnouncementRung, now: datetime
    ) -> Announcement:
        """Remind those who have not acknowledged, or tell the final list."""
        climbed = replace(found, rung=rung)
        await announcements.save(session, climbed)
        if rung is AnnouncementRung.ENDED:
            await self._tell_end(session, climbed, now)
        else:
            await self._tell(session, climbed, rung, now, now)
        return climbed

    async def _tell(
        self,
        session: Session,
        found: Announcement,
        rung: AnnouncementRung,
        scheduled_at: datetime,
        now: datetime,
    ) -> None:
        is_reminder = rung is not AnnouncementRung.SENT
        by_id = {m.person.id: m.person for m in await people.list_members(session)}
        for recipient in found.waiting:
            if not recipient.is_reachable:
                continue
            person = by_id[recipient.person_id]
            texts = self._library.in_language(person.language)
            await post(
                session,
                Kind.ANNOUNCEMENT_REMINDER if is_reminder else Kind.ANNOUNCEMENT,
                f"{slots(found.id, person.id)}{rung.name.lower()}",
                Destination(person.telegram_id),
                screens.received(texts, found, recipient, is_reminder=is_reminder),
                now,
                scheduled_at=scheduled_at,
                is_redrawn=True,
            )

    async def _tell_end(self, session: Session, found: Announcement, now: datetime) -> None:
        """Tell the final list, in the group, or where there is none to the author."""
        group = (here := await command.get(session)) and here.group
        author_id = found.author.person_id
        author = await people.get(session, author_id) if author_id else None
        if group:
            to, language = Destination(group.chat_id, group.thread_id), group.language
        elif author:
            to, language = Destination(author.telegram_id), author.language
        else:
            return
        texts = self._library.in_language(language)
        text = await self._count(session, texts, found, is_final=True)
        await post(session, Kind.ANNOUNCEMENT, f"announced-end:{found.id}", to, Message(text), now)

    async def _show_count(self, session: Session, found: Announcement, now: datetime) -> None:
        """Let the group's message and the author's show how many have acknowledged."""
        text = await self._count(session, await self._group_texts(session), found)
        if found.content_hash == _hash(text):
            return
        await announcements.save(session, replace(found, content_hash=_hash(text)))
        key = f"{found.id}:{_hash(text)}:{now.isoformat()}"
        slot = _count_slot(found.id)
        if shown := await messages.get(session, slot):
            to = Destination(shown.chat_id)
            is_first = not found.content_hash
            if not is_first:
                await redraw(
                    session, Kind.ANNOUNCEMENT_COUNT, f"count:{key}", slot, to, Message(text), now
                )
        author_id = found.author.person_id
        author = await people.get(session, author_id) if author_id else None
        if author and found.slot:
            texts = self._library.in_language(author.language)
            text = await self._count(session, texts, found)
            await redraw(
                session,
                Kind.ANNOUNCEMENT_COUNT,
                f"status:{key}",
                found.slot,
                Destination(author.telegram_id),
                screens.status(texts, found, text),
                now,
            )

    async def _group_texts(self, session: Session) -> Texts:
        known = await command.get(session)
        group = known.group if known else None
        return self._library.in_language(group.language if group else None)

    async def _count(
        self, session: Session, texts: Texts, found: Announcement, *, is_final: bool = False
    ) -> Html:
        registry = await units.registry(session)
        return count(
            texts,
            found,
            units_of(registry, found, self._schedule),
            is_final=is_final,
        )


def _count_slot(announcement_id: int) -> str:
    return f"announced:{announcement_id}:count"


def _hash(text: Html) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
