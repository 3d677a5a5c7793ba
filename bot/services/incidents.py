"""Incidents: sent to the command at once, told again until somebody acknowledges, then closed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.incidents import (
    Climb,
    Handling,
    Incident,
    IncidentRung,
    Severity,
    owed,
)
from bot.domain.people import Action, Person
from bot.domain.reports import Author
from bot.domain.units import Unit
from bot.screens import incidents as screens
from bot.screens.message import Message
from bot.services import incident_audience, languages
from bot.services.posting import post, redraw
from bot.services.reporting import NotYourUnitError
from bot.texts import Library, Texts
from storage import audit, command, incidents, messages, people, units
from storage.command import Command
from storage.database import Session
from storage.outbox import Destination


class UnknownIncidentError(LookupError):
    """There is no such incident."""


class NotAcknowledgedError(Exception):
    """Only an incident that somebody has taken on can be closed."""


@dataclass(frozen=True, slots=True)
class Told:
    """An incident and its unit as they stand; `is_new`: this press has changed it."""

    unit: Unit
    incident: Incident
    is_new: bool = False


class Incidents:
    def __init__(self, schedule: Schedule, library: Library, ladder: Sequence[timedelta]) -> None:
        """`ladder`: how long after the sending each higher rung is owed."""
        self._schedule = schedule
        self._library = library
        self._ladder = ladder

    async def own_units(self, session: Session, person: Person, now: datetime) -> tuple[Unit, ...]:
        """The units that the person may report an incident of, in the configured order."""
        today = self._schedule.local_day(now)
        led = person.units_on(today)
        return tuple(u for u in (await units.registry(session)).on(today) if u.id in led)

    async def own_unit(
        self, session: Session, person: Person, unit_id: int | None, now: datetime
    ) -> Unit:
        """Raises NotYourUnitError."""
        own = await self.own_units(session, person, now)
        unit = next((unit for unit in own if unit.id == unit_id), None)
        if unit is None:
            raise NotYourUnitError
        return unit

    async def send(
        self,
        session: Session,
        person: Person,
        unit_id: int,
        severity: Severity,
        words: str,
        slot: str,
        now: datetime,
    ) -> Told:
        """Keep the incident and tell the command; `slot` is the reporter's message, sent from once.

        Raises NotYourUnitError.
        """
        unit = await self.own_unit(session, person, unit_id, now)
        role = person.role_for(unit_id, self._schedule.local_day(now))
        if role is None:
            raise NotYourUnitError
        incident_id = await incidents.add(
            session, unit_id, person.id, role, severity, words, slot, now
        )
        told = await self.get(session, incident_id)
        await self._tell(session, told, Climb(incident_id, IncidentRung.SENT, now), now)
        return Told(unit, told.incident, is_new=True)

    async def get(self, session: Session, incident_id: int) -> Told:
        """Raises UnknownIncidentError."""
        incident = await incidents.get(session, incident_id)
        if incident is None:
            raise UnknownIncidentError(incident_id)
        return await self._with_unit(session, incident)

    async def sent_from(self, session: Session, slot: str) -> Told | None:
        """Return the incident that was sent from this message of its reporter."""
        incident = await incidents.get_of_slot(session, slot)
        return await self._with_unit(session, incident) if incident else None

    async def own_view(self, session: Session, texts: Texts, told: Told) -> Message:
        """What the reporter's message shows."""
        is_told = told.incident.acknowledged is not None or bool(
            await messages.list_of(session, _slots(told.incident.id))
        )
        return Message(texts.incident_sent(told.unit, told.incident, reaches_anybody=is_told))

    async def acknowledge(
        self, session: Session, person: Person, incident_id: int, now: datetime
    ) -> Told:
        """Take the incident on, if nobody has; everybody who was told sees it.

        Raises UnknownIncidentError.
        """
        await self.get(session, incident_id)
        handling = self._handling(person, now)
        is_new = await incidents.save_acknowledged(session, incident_id, handling)
        told = await self.get(session, incident_id)
        if is_new:
            await self._note(session, "incident.acknowledge", told, handling)
            await self._show_step(session, told, "acknowledged", now)
            await self._tell_reporter(
                session,
                told,
                "acknowledged",
                lambda texts: Message(
                    texts.incident_acknowledged(told.unit, told.incident, handling)
                ),
                now,
            )
        return Told(told.unit, told.incident, is_new=is_new)

    async def close(
        self, session: Session, person: Person, incident_id: int, note: str, now: datetime
    ) -> Told:
        """Close the incident, if nobody has. Raises UnknownIncidentError and NotAcknowledgedError."""
        if (await self.get(session, incident_id)).incident.acknowledged is None:
            raise NotAcknowledgedError
        handling = self._handling(person, now)
        is_new = await incidents.save_closed(session, incident_id, handling, note)
        told = await self.get(session, incident_id)
        if is_new:
            await self._note(session, "incident.close", told, handling, note)
            await self._show_step(session, told, "closed", now)
            await self._tell_reporter(
                session,
                told,
                "closed",
                lambda texts: Message(texts.incident_closed(told.unit, told.incident, handling)),
                now,
            )
        return Told(told.unit, told.incident, is_new=is_new)

    async def find_due(self, session: Session, now: datetime) -> tuple[Climb, ...]:
        """Return the rungs that are owed now."""
        return owed(now, await incidents.list_open(session), self._ladder)

    async def climb(self, session: Session, climb: Climb, now: datetime) -> None:
        """Tell those of the rung and those who were missed, unless somebody has acknowledged since."""
        if await incidents.save_rung(session, climb.incident_id, climb.rung):
            told = await self.get(session, climb.incident_id)
            await self._tell(session, told, climb, now)

    async def _tell(self, session: Session, told: Told, climb: Climb, now: datetime) -> None:
        today = self._schedule.local_day(now)
        audience = await incident_audience.load(session, self._library, today)
        shown = await messages.list_of(session, _slots(told.incident.id))
        heard = {message.chat_id for message in shown}
        for to, texts in audience.with_missed(climb.rung, climb.passes_by, heard):
            await post(
                session,
                Kind.INCIDENT,
                f"{_slots(told.incident.id)}{climb.rung.name.lower()}:{to.chat_id}",
                to,
                screens.notice(texts, told.unit, told.incident, climb.rung),
                now,
                scheduled_at=climb.scheduled_at,
                is_redrawn=True,
            )

    async def _show_step(self, session: Session, told: Told, step: str, now: datetime) -> None:
        """Let every message that shows the incident show the step.

        A repetition that was not sent yet is not sent any more; the first message is, as it is now.
        """
        known = await command.get(session)
        prefix = _slots(told.incident.id)
        for shown in await messages.list_of(session, prefix):
            texts = await languages.of_chat(session, self._library, shown.chat_id)
            is_first = shown.slot.startswith(f"{prefix}{IncidentRung.SENT.name.lower()}:")
            await redraw(
                session,
                Kind.INCIDENT if is_first else Kind.INCIDENT_STEP,
                f"step:{step}:{shown.slot}",
                shown.slot,
                _place(known, shown.chat_id),
                screens.notice(texts, told.unit, told.incident),
                now,
            )

    async def _tell_reporter(
        self,
        session: Session,
        told: Told,
        step: str,
        words: Callable[[Texts], Message],
        now: datetime,
    ) -> None:
        """Draw the reporter's message anew, and say what has happened in a short new one."""
        person_id = told.incident.author.person_id
        reporter = await people.get(session, person_id) if person_id else None
        slot = await incidents.get_slot(session, told.incident.id)
        if reporter is None or slot is None:
            return
        texts, to = self._library.in_language(reporter.language), Destination(reporter.telegram_id)
        key = f"step:{step}:{slot}"
        view = await self.own_view(session, texts, told)
        await redraw(session, Kind.INCIDENT_STEP, key, slot, to, view, now)
        key = f"incident-{step}:{told.incident.id}"
        await post(session, Kind.INCIDENT, key, to, words(texts), now)

    async def _note(
        self, session: Session, action: str, told: Told, handling: Handling, reason: str = ""
    ) -> None:
        incident = told.incident
        entry = audit.Entry(
            action,
            handling.by.person_id,
            handling.by.role,
            incident.unit_id,
            after=json.dumps({"incident": incident.id, "severity": incident.severity}),
            reason=reason or None,
        )
        await audit.add(session, entry, handling.at)

    async def _with_unit(self, session: Session, incident: Incident) -> Told:
        registry = await units.registry(session)
        day = self._schedule.local_day(incident.sent_at)
        unit = registry.get(incident.unit_id, day) or registry.ever(incident.unit_id, day)
        if unit is None:
            raise LookupError(incident.unit_id)
        return Told(unit, incident)

    def _handling(self, person: Person, now: datetime) -> Handling:
        role = person.role_to(Action.HANDLE_INCIDENT, self._schedule.local_day(now))
        return Handling(now, Author(person.id, role))


def _slots(incident_id: int) -> str:
    """What the slots of all messages that show the incident to the command begin with."""
    return f"incident:{incident_id}:"


def _place(known: Command | None, chat_id: int) -> Destination:
    group = known.group if known else None
    is_group = group is not None and group.chat_id == chat_id
    return Destination(chat_id, group.thread_id if group and is_group else None)
