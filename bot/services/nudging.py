"""Asking a unit for its missing report at a commander's word: one unit by a tap, or all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.forms import ReportType
from bot.domain.measures import UnitDay
from bot.domain.nudging import LastNudge, Missing, Nudged, NudgeOutcome
from bot.domain.people import RIGHTS, Action, Person, Role
from bot.domain.reports import Form
from bot.screens import duty
from bot.screens.duty import Opening
from bot.services import compliance
from bot.services.facts import Asked
from bot.services.posting import post
from bot.texts import Library
from storage import nudges, people, reports
from storage.database import Session
from storage.messages import FormPlace
from storage.nudges import Nudge
from storage.outbox import Destination, FormKey
from storage.people import Member


class UnknownUnitDayError(LookupError):
    """The unit has no part in the day."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """A day as it stands in the database, and who may be asked for its reports."""

    session: Session
    person: Person
    missing: Missing
    asked: Asked
    members: Mapping[str, Member]

    @property
    def now(self) -> datetime:
        return self.missing.summary.as_of


class Nudging:
    def __init__(self, schedule: Schedule, report_type: ReportType, library: Library) -> None:
        self._schedule = schedule
        self._report_type = report_type
        self._library = library

    async def look(self, session: Session, person: Person, day: date, now: datetime) -> Missing:
        """Return who is missing on the day."""
        return (await self._scene(session, person, day, now)).missing

    async def nudge(
        self, session: Session, person: Person, day: date, unit_id: int, now: datetime
    ) -> tuple[Nudged, Missing]:
        """Ask one unit, if that is due; return what it came to and who is missing now.

        Raises UnknownUnitDayError.
        """
        scene = await self._scene(session, person, day, now)
        unit_day = next((d for d in scene.missing.summary.unit_days if d.unit.id == unit_id), None)
        if unit_day is None:
            raise UnknownUnitDayError(unit_id)
        nudged = await self._nudge(scene, unit_day)
        return nudged, _with_nudges(scene.missing, [nudged])

    async def nudge_all(
        self, session: Session, person: Person, day: date, now: datetime
    ) -> tuple[Missing, tuple[Nudged, ...]]:
        """Ask every missing unit that may be asked now; return what it came to for each."""
        scene = await self._scene(session, person, day, now)
        tried = [await self._nudge(scene, d) for d in scene.missing.summary.missing]
        return scene.missing, tuple(tried)

    async def _scene(self, session: Session, person: Person, day: date, now: datetime) -> _Scene:
        summary = await compliance.summary(session, self._schedule, day, day, now)
        members = await people.list_members(session)
        asked = Asked(members, self._schedule.local_day(now))
        by_id: dict[int | None, Person] = {m.person.id: m.person for m in members}
        last = {
            nudge.unit_id: LastNudge(nudge.at, _role(by_id.get(nudge.person_id), day))
            for nudge in await nudges.list_of_day(session, self._report_type.key, day)
        }
        unreachable = frozenset(
            d.unit.id for d in summary.unit_days if not any(asked.for_unit(d.unit.id))
        )
        return _Scene(
            session,
            person,
            Missing(summary, last, unreachable),
            asked,
            {str(member.person.id): member for member in members},
        )

    async def _nudge(self, scene: _Scene, unit_day: UnitDay) -> Nudged:
        outcome = scene.missing.outcome_for(unit_day)
        if outcome is not NudgeOutcome.NUDGED:
            return Nudged(unit_day, outcome, scene.missing.last_nudges.get(unit_day.unit.id))
        session, now, key = scene.session, scene.now, self._report_type.key
        form = Form(self._report_type, unit_day.unit, unit_day.window)
        latest = await reports.get_latest_before(session, key, form.day, form.unit.id)
        nudge_id = await nudges.add(
            session, key, form.day, Nudge(form.unit.id, now, scene.person.id)
        )
        first, deputies = scene.asked.for_unit(form.unit.id)
        for recipient in (*first, *deputies):
            person = scene.members[recipient.key].person
            texts = self._library.in_language(person.language)
            await post(
                session,
                Kind.REMINDER,
                f"nudge:{nudge_id}:{person.id}",
                Destination(person.telegram_id),
                duty.prompt(texts, form, latest, Opening.NUDGED),
                now,
                not_after=form.window.locks,
                about=FormKey(key, form.day, form.unit.id),
                place=FormPlace(key, form.day, form.unit.id, person.id),
            )
        return Nudged(unit_day, outcome, LastNudge(now, _role(scene.person, form.day)))


def _role(person: Person | None, day: date) -> Role | None:
    """The role in which the person nudges."""
    held = person.roles_on(day) if person else frozenset()
    return next((role for role in Role if role in held & RIGHTS[Action.NUDGE]), None)


def _with_nudges(missing: Missing, tried: Iterable[Nudged]) -> Missing:
    last = {n.unit_day.unit.id: n.last for n in tried if n.last}
    return replace(missing, last_nudges={**missing.last_nudges, **last})
