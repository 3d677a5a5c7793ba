"""Who can be told of an incident on each rung, where, and in which language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.incidents import IncidentRung
from bot.domain.people import Role
from bot.texts import Library, Texts
from storage import command, people
from storage.database import Session
from storage.outbox import Destination

Reached = tuple[tuple[Destination, Texts], ...]


@dataclass(frozen=True, slots=True)
class Audience:
    group: Reached
    commanders: Reached
    admins: Reached

    def with_missed(
        self, rung: IncidentRung, missed: Sequence[IncidentRung], heard: Collection[int]
    ) -> Reached:
        """Those of the rung, and of the missed ones those whose chat is not among the `heard`."""
        told = {to.chat_id: (to, texts) for to, texts in self.of(rung)}
        for passed in missed:
            for to, texts in self.of(passed):
                if to.chat_id not in heard:
                    told.setdefault(to.chat_id, (to, texts))
        return tuple(told.values())

    def of(self, rung: IncidentRung) -> Reached:
        """Those of the rung; where there is nobody, those of the next."""
        match rung:
            case IncidentRung.SENT | IncidentRung.AGAIN:
                return self.group or self.commanders or self.admins
            case IncidentRung.COMMANDERS:
                return self.commanders or self.admins
            case IncidentRung.ADMINS:
                return self.admins


async def load(session: Session, library: Library, today: date) -> Audience:
    """Return the command group, the commanders and the admins, as far as they get messages."""
    known = await command.get(session)
    members = [m.person for m in await people.list_members(session) if m.is_reachable]

    def who(role: Role) -> Reached:
        return tuple(
            (Destination(person.telegram_id), library.in_language(person.language))
            for person in members
            if role in person.roles_on(today)
        )

    group = known.group if known else None
    place: Reached = ()
    if group:
        to = Destination(group.chat_id, group.thread_id)
        place = ((to, library.in_language(group.language)),)
    return Audience(place, who(Role.COMMANDER), who(Role.ADMIN))
