"""The command menu of each person: what their chat lists against what it should list.

A menu follows the person's roles and language however they change, by a press, a date or a start.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.people import Role
from bot.screens.commands import personal_menu
from bot.screens.message import CommandMenu
from bot.services.posting import post
from bot.texts import Library, Texts
from storage import people
from storage.database import Session
from storage.outbox import Destination
from storage.people import Member


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody with these roles is to be offered; the hash tells whether it has been told."""

    menu: CommandMenu
    menu_hash: str

    @classmethod
    def of(cls, texts: Texts, roles: frozenset[Role]) -> Self:
        menu = personal_menu(texts, roles)
        return cls(menu, hashlib.sha256(menu.to_json().encode()).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Change:
    """A menu that a person's chat is to be told."""

    person_id: int
    to: Destination
    wanted: _Wanted


class Menus:
    def __init__(self, schedule: Schedule, library: Library) -> None:
        self._schedule = schedule
        self._library = library

    async def find_due(self, session: Session, now: datetime) -> tuple[Change, ...]:
        """Return the menus that are not right; who cannot be reached waits until they can."""
        return self._differing(await people.list_members(session), now)

    async def still_due(
        self, session: Session, found: Sequence[Change], now: datetime
    ) -> tuple[Change, ...]:
        members = [await people.get_member(session, change.person_id) for change in found]
        return self._differing([member for member in members if member], now)

    async def carry_out(self, session: Session, change: Change, now: datetime) -> None:
        """Queue the menu and record it. What Telegram refuses is not tried again until it differs."""
        wanted = change.wanted
        key = f"menu:{change.person_id}:{int(now.timestamp() * 1000)}:{wanted.menu_hash}"
        await post(session, Kind.MENU, key, change.to, wanted.menu, now)
        await people.save_menu(session, change.person_id, wanted.menu_hash)

    async def tell_anew(self, session: Session, person_id: int, now: datetime) -> None:
        """Queue the person's menu whatever was told before: it may be wrong there."""
        await people.forget_menu(session, person_id)
        member = await people.get_member(session, person_id)
        for change in self._differing([member] if member else [], now):
            await self.carry_out(session, change, now)

    def _differing(self, members: Sequence[Member], now: datetime) -> tuple[Change, ...]:
        today = self._schedule.local_day(now)
        known: dict[tuple[str, frozenset[Role]], _Wanted] = {}
        changes = []
        for member in members:
            if not member.is_reachable:
                continue
            person, roles = member.person, member.person.roles_on(today)
            wanted = known.get((person.language, roles))
            if wanted is None:
                wanted = _Wanted.of(self._library.in_language(person.language), roles)
                known[person.language, roles] = wanted
            if member.menu_hash != wanted.menu_hash:
                changes.append(Change(person.id, Destination(person.telegram_id), wanted))
        return tuple(changes)
