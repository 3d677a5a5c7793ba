"""A report from the first press to the receipt: each press loads the facts, decides, and saves."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.domain import forms
from bot.domain.calendar import Schedule
from bot.domain.delivery import Lane
from bot.domain.forms import Answers, Choice, InvalidAnswersError, ReportType, Roster, Share
from bot.domain.people import Person
from bot.domain.reports import (
    Author,
    Form,
    NoReportDueError,
    NotAcceptedError,
    Outcome,
    Report,
    mark,
    open_window,
    outcome_of,
    submitted_at,
)
from bot.screens.payloads import CODES_A_PAGE, FormPress, Step
from bot.services import asked_forms, calendars, subjects
from bot.services.filling import pressed_answers, reason_of
from bot.services.sitting import Sitting, load_sitting
from bot.services.views import (
    Choosing,
    Drafted,
    ReasonAsked,
    Received,
    Standing,
    TextAsked,
    View,
)
from storage import command, outbox, reports, rosters, units
from storage.database import Session
from storage.outbox import FormKey

_BEGINS = frozenset({Step.NORMAL, Step.COPY, Step.DETAIL})
"""Steps that may begin a form; all others go on with one that was begun before."""
_EXPLAINS = frozenset({Step.WHY, Step.GIVE})
_LEADS_TO_CARD = frozenset({Step.NORMAL, Step.COPY, Step.CARD, Step.ANSWER})


class NotYourUnitError(Exception):
    """The person does not speak for the unit on that day."""


class Reporting:
    """The use cases of report forms; `report_types` by key, with the fields that are switched on."""

    def __init__(self, schedule: Schedule, report_types: Mapping[str, ReportType]) -> None:
        self._schedule = schedule
        self._report_types = report_types

    def author(self, person: Person, unit_id: int, now: datetime) -> Author:
        """In which role the person speaks for the unit now."""
        return Author(person.id, person.role_for(unit_id, self._schedule.local_day(now)))

    async def open(
        self,
        session: Session,
        person: Person,
        report_type: str,
        day: date,
        unit_id: int,
        now: datetime,
        subject: str = "",
    ) -> View:
        """Show where the form stands: reported, begun, or not yet begun.

        Raises NotYourUnitError and NotAcceptedError, as `press` does.
        """
        sitting = await self.sit_down(session, person, report_type, day, unit_id, now, subject)
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
                session, person, press.report_type, press.day, press.unit_id, now, press.subject
            )
        sitting = await self.sit_down(
            session, person, press.report_type, press.day, press.unit_id, now, press.subject
        )
        if press.step is Step.SEND:
            return await self._send(sitting, press)
        report = sitting.report
        if report and press.seen != report.revision:
            return sitting.standing(report)
        match press.step:
            case Step.CANCEL:
                await sitting.discard()
                return await sitting.left()
            case Step.BACK:
                return sitting.standing(report) if report else await sitting.asked()
            case Step.LATE if report and not report.is_on_time:
                return ReasonAsked(sitting.form, report)
            case Step.LATE:
                return sitting.standing(report) if report else await sitting.asked()
            case _:
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

        `now` is the time of submission. Raises InvalidAnswersError.
        """
        forms.check_complete(form.kind, answers)
        establishment = form.unit.establishment
        report = Report(
            unit_id=form.unit.id,
            day=form.day,
            first_submitted_at=existing.first_submitted_at if existing else now,
            due_at=existing.due_at if existing else form.window.due,
            revision=existing.revision + 1 if existing else 1,
            revised_at=max(existing.revised_at, now) if existing else now,
            author=author,
            establishment=establishment,
            answers=forms.checked(form.kind, answers, establishment),
            late_reason=existing.late_reason if existing else "",
        )
        await reports.save(session, form.report_type, report, form.subject)
        about = FormKey(form.report_type, form.day, form.unit.id, form.subject)
        await outbox.cancel_about(session, about, Lane.LADDER, now)
        roster = form.kind.field(forms.CODES)
        if isinstance(roster, Roster):
            absent = forms.absent_codes(report.answers)
            reasons = {id_: absent.get(id_) for id_ in roster.codes}
            await rosters.save_attendance(session, int(form.subject), form.unit.id, reasons)
        return report

    async def admit(
        self,
        session: Session,
        report_type: str,
        day: date,
        unit_id: int,
        now: datetime,
        subject: str = "",
    ) -> Form:
        """Return the form, if it may be handed in now. Raises NotAcceptedError."""
        kind = self._report_types[report_type]
        if kind.has_subject or kind.periods_a_year:
            form = await asked_forms.form(session, self._schedule, kind, day, unit_id, subject)
            return subjects.admitted(form, now)
        calendar = await calendars.load(session, self._schedule)
        window = open_window(calendar, unit_id, day, now)
        known = await command.get(session)
        unit = await units.get(session, unit_id, day)
        if unit is None or known is None or day < known.first_day:
            raise NoReportDueError(day)
        return Form(kind, unit, window)

    async def find_standing(
        self, session: Session, person: Person, press: FormPress
    ) -> Standing | None:
        """Return the report that a form led to, if the person could see it; whether or not it is open."""
        report = await reports.get(
            session, press.report_type, press.day, press.unit_id, press.subject
        )
        unit = await units.get(session, press.unit_id, press.day)
        if report is None or unit is None or press.unit_id not in person.units_on(press.day):
            return None
        kind = self._report_types[press.report_type]
        is_own = report.author.person_id == person.id
        if kind.has_subject or kind.periods_a_year:
            try:
                form = await asked_forms.form(
                    session, self._schedule, kind, press.day, press.unit_id, press.subject
                )
            except NotAcceptedError:  # cancelled since, or not asked any more
                return None
            return Standing(form, report, is_own=is_own)
        calendar = await calendars.load(session, self._schedule)
        window = calendar.window(press.unit_id, press.day) or self._schedule.window(press.day)
        return Standing(Form(kind, unit, window), report, is_own=is_own)

    async def sit_down(
        self,
        session: Session,
        person: Person,
        report_type: str,
        day: date,
        unit_id: int,
        now: datetime,
        subject: str = "",
    ) -> Sitting:
        """Return the person at the form. Raises NotYourUnitError and NotAcceptedError."""
        if unit_id not in person.units_on(self._schedule.local_day(now)):
            raise NotYourUnitError
        form = await self.admit(session, report_type, day, unit_id, now, subject)
        return await load_sitting(session, person, form, now)

    async def _send(self, sitting: Sitting, press: FormPress) -> View:
        form, report, draft = sitting.form, sitting.report, sitting.draft
        author = self.author(sitting.person, form.unit.id, sitting.now)
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
            submitted = submitted_at(sitting.now, draft.typed_at)
            accepted = await self.submit(
                sitting.session, form, draft.answers, author, report, submitted
            )
        except InvalidAnswersError as error:
            # The establishment changed since the card was drawn.
            return Drafted(form, draft.answers, draft.seen_revision, in_editor=True, problem=error)
        await sitting.discard()
        return Received(form, accepted, is_new=True)

    async def _change(self, sitting: Sitting, press: FormPress) -> View:
        form, draft = sitting.form, sitting.draft_on(press.seen)
        begun = form.kind.normal_answers(form.unit.establishment)
        if draft:
            begun = draft.answers
        elif sitting.report:
            begun = forms.checked(form.kind, sitting.report.answers, None)
        problem: InvalidAnswersError | None = None
        to_copy = await sitting.latest() if press.step is Step.COPY else None
        try:
            answers = pressed_answers(form, press, begun, to_copy)
        except InvalidAnswersError as error:
            answers, problem = begun, error
        if not draft and press.step not in _BEGINS:
            # The form was left meanwhile: going on would show as chosen what nobody chose.
            return await sitting.left()
        typed_at = draft.typed_at if draft and answers == draft.answers else None
        await sitting.save(answers, press.seen, typed_at)
        field = form.kind.field(press.argument)
        alone = form.kind.fields[0] if len(form.kind.fields) == 1 else None
        match press.step:
            case Step.DETAIL if isinstance(alone, Share):
                return TextAsked(form, answers, press.seen, alone.key)
            case Step.OPTIONS if isinstance(field, Choice):
                return Choosing(form, answers, press.seen, field)
            case Step.TYPE:
                return TextAsked(form, answers, press.seen, press.argument)
            case _:
                in_editor = press.step not in _LEADS_TO_CARD or problem is not None
                gives = press.step in _EXPLAINS and forms.absent_codes(answers)
                return Drafted(
                    form,
                    answers,
                    press.seen,
                    in_editor=in_editor,
                    problem=problem,
                    page=_page(form, press, answers),
                    reason=reason_of(form, press) if gives else "",
                )


def _page(form: Form, press: FormPress, answers: Answers) -> int:
    """The page of the roster, or of those absent, that was pressed, so that it stays."""
    key, _, detail = press.argument.partition(".")
    roster = form.kind.field(key)
    member, _, page = detail.partition(".")
    if not isinstance(roster, Roster) or not member.isdecimal():
        return 0
    if press.step in {Step.PAGE, Step.WHY}:
        return int(page or member)
    listed = list(forms.absent_codes(answers) if press.step is Step.GIVE else roster.codes)
    return listed.index(int(member)) // CODES_A_PAGE if int(member) in listed else 0
