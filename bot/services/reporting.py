"""A report from the first press to the receipt: each press loads the facts, decides, and saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import forms
from bot.domain.calendar import Schedule
from bot.domain.delivery import Lane
from bot.domain.forms import Answers, InvalidAnswersError, ReportType
from bot.domain.people import Person
from bot.domain.reports import (
    Author,
    Form,
    NoReportDueError,
    Outcome,
    Report,
    mark,
    open_window,
    outcome_of,
)
from bot.screens.payloads import FormPress, InvalidPayloadError, Step
from bot.services import calendars
from bot.services.views import Asked, Drafted, Received, Standing, View
from storage import command, drafts, outbox, reports, units
from storage.database import Session
from storage.drafts import Draft
from storage.outbox import FormKey

_GOES_ON = frozenset({Step.MORE, Step.LESS, Step.FLIP, Step.CARD})
"""Steps of a form that was begun before."""


class NotYourUnitError(Exception):
    """The person does not speak for the unit on that day."""


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A person at a form: what stands in the database of both, at one moment."""

    session: Session
    person: Person
    form: Form
    report: Report | None
    draft: Draft | None
    now: datetime

    @property
    def key(self) -> tuple[str, date, int]:
        return self.form.report_type, self.form.day, self.form.unit.id

    async def latest(self) -> Report | None:
        """The report before this day's, which may be copied."""
        return await reports.get_latest_before(self.session, *self.key)

    async def asked(self, *, was_cancelled: bool = False) -> Asked:
        return Asked(
            self.form,
            await self.latest(),
            is_overdue=self.now >= self.form.window.due,
            was_cancelled=was_cancelled,
        )

    async def left(self) -> Standing | Asked:
        """What is to be seen when nothing of the form is kept."""
        if self.report:
            return self.standing(self.report, was_cancelled=True)
        return await self.asked(was_cancelled=True)

    def standing(self, report: Report, *, was_cancelled: bool = False) -> Standing:
        is_own = report.author.person_id == self.person.id
        return Standing(self.form, report, is_own, was_cancelled)

    async def save(self, answers: Answers, seen: int) -> None:
        await drafts.save(self.session, Draft(self.person.id, *self.key, seen, answers), self.now)

    async def discard(self) -> None:
        await drafts.remove(self.session, self.person.id, *self.key)


class Reporting:
    """The use cases of report forms; `report_types` by key, with the fields that are switched on."""

    def __init__(self, schedule: Schedule, report_types: Mapping[str, ReportType]) -> None:
        self._schedule = schedule
        self._report_types = report_types

    async def open(
        self,
        session: Session,
        person: Person,
        report_type: str,
        day: date,
        unit_id: int,
        now: datetime,
    ) -> View:
        """Show where the form stands: reported, begun, or not yet begun.

        Raises NotYourUnitError and NotAcceptedError, as `press` does.
        """
        sitting = await self._sit_down(session, person, report_type, day, unit_id, now)
        if sitting.report:
            return Standing(sitting.form, sitting.report, is_own=False)
        if sitting.draft:
            return Drafted(sitting.form, sitting.draft.answers, sitting.draft.seen_revision)
        return await sitting.asked()

    async def press(
        self, session: Session, person: Person, press: FormPress, now: datetime
    ) -> View:
        """Do what the button says, if what the button saw is still true."""
        if press.step is Step.OPEN:
            return await self.open(
                session, person, press.report_type, press.day, press.unit_id, now
            )
        sitting = await self._sit_down(
            session, person, press.report_type, press.day, press.unit_id, now
        )
        if press.step is Step.SEND:
            return await self._send(sitting, press)
        if sitting.report and press.seen != sitting.report.revision:
            return sitting.standing(sitting.report)
        if press.step is Step.CANCEL:
            await sitting.discard()
            return await sitting.left()
        return await self._change(sitting, press)

    async def submit(
        self,
        session: Session,
        form: Form,
        answers: Answers,
        author: Author,
        existing: Report | None,
        now: datetime,
    ) -> Report:
        """Save the report, or the correction of the existing one, and silence what asks for it.

        Raises InvalidAnswersError.
        """
        establishment = form.unit.establishment
        report = Report(
            unit_id=form.unit.id,
            day=form.day,
            first_submitted_at=existing.first_submitted_at if existing else now,
            due_at=existing.due_at if existing else form.window.due,
            revision=existing.revision + 1 if existing else 1,
            revised_at=now,
            author=author,
            establishment=establishment,
            answers=forms.checked(form.kind, answers, establishment),
            late_reason=existing.late_reason if existing else "",
        )
        await reports.save(session, form.report_type, report)
        about = FormKey(form.report_type, form.day, form.unit.id)
        await outbox.cancel_about(session, about, Lane.LADDER, now)
        return report

    async def admit(
        self, session: Session, report_type: str, day: date, unit_id: int, now: datetime
    ) -> Form:
        """Return the form, if it may be handed in now. Raises NotAcceptedError."""
        calendar = await calendars.load(session, self._schedule)
        window = open_window(calendar, unit_id, day, now)
        known = await command.get(session)
        unit = await units.get(session, unit_id, day)
        if unit is None or known is None or day < known.first_day:
            raise NoReportDueError(day)
        return Form(self._report_types[report_type], unit, window)

    async def find_standing(
        self, session: Session, person: Person, press: FormPress
    ) -> Standing | None:
        """Return the report that a form led to, if the person could see it; whether or not it is open."""
        report = await reports.get(session, press.report_type, press.day, press.unit_id)
        unit = await units.get(session, press.unit_id, press.day)
        if report is None or unit is None or press.unit_id not in person.units_on(press.day):
            return None
        calendar = await calendars.load(session, self._schedule)
        window = calendar.window(press.unit_id, press.day) or self._schedule.window(press.day)
        form = Form(self._report_types[press.report_type], unit, window)
        return Standing(form, report, is_own=report.author.person_id == person.id)

    async def _sit_down(
        self,
        session: Session,
        person: Person,
        report_type: str,
        day: date,
        unit_id: int,
        now: datetime,
    ) -> _Sitting:
        if unit_id not in person.units_on(self._schedule.local_day(now)):
            raise NotYourUnitError
        form = await self.admit(session, report_type, day, unit_id, now)
        report = await reports.get(session, report_type, day, unit_id)
        draft = await drafts.get(session, person.id, report_type, day, unit_id)
        return _Sitting(session, person, form, report, draft, now)

    async def _send(self, sitting: _Sitting, press: FormPress) -> View:
        form, report, draft = sitting.form, sitting.report, sitting.draft
        role = sitting.person.role_for(form.unit.id, self._schedule.local_day(sitting.now))
        author = Author(sitting.person.id, role)
        if draft is None:
            if report is None:
                return await sitting.asked(was_cancelled=True)
            # The draft went with its submission, or was left. The mark tells whether this card
            # showed what was submitted: only then is it the same press again.
            if mark(report.answers) == press.mark:
                outcome = outcome_of(report, press.seen, report.answers, author)
                if outcome is Outcome.REPEATED:
                    return Received(form, report, is_new=False)
            return sitting.standing(report, was_cancelled=press.seen == report.revision)
        if mark(draft.answers) != press.mark or draft.seen_revision != press.seen:
            return Drafted(form, draft.answers, draft.seen_revision, is_other_draft=True)
        outcome = outcome_of(report, press.seen, draft.answers, author)
        if report and outcome is not Outcome.ACCEPTED:
            await sitting.discard()
            if outcome is Outcome.REPEATED:
                return Received(form, report, is_new=False)
            return sitting.standing(report)
        if report and report.answers == draft.answers:
            await sitting.discard()  # nothing was changed, so there is nothing to correct
            return Received(form, report, is_new=False)
        try:
            accepted = await self.submit(
                sitting.session, form, draft.answers, author, report, sitting.now
            )
        except InvalidAnswersError as error:
            # The establishment changed since the card was drawn.
            return Drafted(form, draft.answers, draft.seen_revision, in_editor=True, problem=error)
        await sitting.discard()
        return Received(form, accepted, is_new=True)

    async def _change(self, sitting: _Sitting, press: FormPress) -> View:
        begun = sitting.form.kind.normal_answers()
        is_begun = sitting.draft is not None and sitting.draft.seen_revision == press.seen
        if sitting.draft and is_begun:
            begun = sitting.draft.answers
        elif sitting.report:
            begun = sitting.report.answers
        problem: InvalidAnswersError | None = None
        try:
            answers = await self._changed(sitting, press, begun)
        except forms.UnknownReasonError as error:
            raise InvalidPayloadError(press.argument) from error
        except InvalidAnswersError as error:
            answers, problem = begun, error
        if not is_begun and press.step in _GOES_ON:
            # The form was left meanwhile: going on would show as chosen what nobody chose.
            return await sitting.left()
        await sitting.save(answers, press.seen)
        in_editor = press.step not in {Step.NORMAL, Step.COPY, Step.CARD} or problem is not None
        return Drafted(sitting.form, answers, press.seen, in_editor=in_editor, problem=problem)

    async def _changed(self, sitting: _Sitting, press: FormPress, begun: Answers) -> Answers:
        report_type = sitting.form.kind
        establishment = sitting.form.unit.establishment
        match press.step:
            case Step.NORMAL:
                return report_type.normal_answers()
            case Step.COPY:
                latest = await sitting.latest()
                return (
                    forms.checked(report_type, latest.answers, establishment) if latest else begun
                )
            case Step.MORE | Step.LESS:
                field, _, reason = press.argument.partition(".")
                step = 1 if press.step is Step.MORE else -1
                return forms.stepped(report_type, begun, field, reason, step, establishment)
            case Step.FLIP:
                return forms.toggled(report_type, begun, press.argument)
            case _:
                return begun
