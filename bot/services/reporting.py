"""A report from the first press to the receipt: each press loads the facts, decides, and saves."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import forms
from bot.domain.calendar import Schedule, Window
from bot.domain.delivery import Lane
from bot.domain.forms import REPORT_TYPES, Answers, InvalidAnswersError
from bot.domain.people import Person
from bot.domain.reports import Author, NoReportDueError, Outcome, Report, open_window, outcome_of
from bot.domain.units import Unit
from bot.screens.duty import mark
from bot.screens.payloads import FormPress, InvalidPayloadError, Step
from storage import command, drafts, outbox, reports, units
from storage.database import Session
from storage.drafts import Draft
from storage.outbox import FormKey


class NotYourUnitError(Exception):
    """The person does not speak for the unit on that day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing is chosen yet; `latest` is the report that may be copied."""

    unit: Unit
    window: Window
    latest: Report | None
    was_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A card to look through and send, or the same answers in the editor.

    `problem` is why the last press changed nothing; `is_other_draft`: the card that was pressed
    showed something else.
    """

    unit: Unit
    window: Window
    answers: Answers
    seen: int
    in_editor: bool = False
    problem: InvalidAnswersError | None = None
    is_other_draft: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """The report is in: `outcome` tells whether by this press, an earlier one, or somebody else's."""

    unit: Unit
    window: Window
    report: Report
    outcome: Outcome


View = Asked | Drafted | Received


class Reporting:
    """The use cases of report forms, for one schedule."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

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

        Raises NotYourUnitError and NotAcceptedError, as all of these do.
        """
        unit, window = await self._admit(session, person, day, unit_id, now)
        report = await reports.get(session, report_type, day, unit_id)
        if report:
            return Received(unit, window, report, Outcome.OVERTAKEN)
        draft = await drafts.get(session, person.id, report_type, day, unit_id)
        if draft:
            return Drafted(unit, window, draft.answers, draft.seen_revision)
        latest = await reports.get_latest_before(session, report_type, day, unit_id)
        return Asked(unit, window, latest)

    async def press(
        self, session: Session, person: Person, press: FormPress, now: datetime
    ) -> View:
        """Do what the button says, if it is still true what the button saw."""
        if press.step is Step.OPEN:
            return await self.open(
                session, person, press.report_type, press.day, press.unit_id, now
            )
        unit, window = await self._admit(session, person, press.day, press.unit_id, now)
        report = await reports.get(session, press.report_type, press.day, press.unit_id)
        draft = await drafts.get(session, person.id, press.report_type, press.day, press.unit_id)
        if press.step is Step.SEND:
            return await self._send(session, person, press, unit, window, report, draft, now)
        if report and press.seen != report.revision:
            return Received(unit, window, report, Outcome.OVERTAKEN)
        if press.step is Step.CANCEL:
            await drafts.remove(session, person.id, press.report_type, press.day, press.unit_id)
            if report:
                return Received(unit, window, report, Outcome.REPEATED)
            latest = await reports.get_latest_before(
                session, press.report_type, press.day, press.unit_id
            )
            return Asked(unit, window, latest, was_cancelled=True)
        answers = draft.answers if draft and draft.seen_revision == press.seen else None
        return await self._change(session, person, press, unit, window, report, answers, now)

    async def submit(
        self,
        session: Session,
        report_type: str,
        unit: Unit,
        window: Window,
        answers: Answers,
        author: Author,
        existing: Report | None,
        now: datetime,
    ) -> Report:
        """Save the report, or the correction of the existing one, and silence what asks for it.

        Raises InvalidAnswersError.
        """
        report = Report(
            unit_id=unit.id,
            day=window.day,
            first_submitted_at=existing.first_submitted_at if existing else now,
            due_at=existing.due_at if existing else window.due,
            revision=existing.revision + 1 if existing else 1,
            revised_at=now,
            author=author,
            establishment=unit.establishment,
            answers=forms.checked(REPORT_TYPES[report_type], answers, unit.establishment),
        )
        await reports.save(session, report_type, report)
        about = FormKey(report_type, window.day, unit.id)
        await outbox.cancel_about(session, about, Lane.LADDER, now)
        return report

    async def admit_unit(
        self, session: Session, day: date, unit_id: int, now: datetime
    ) -> tuple[Unit, Window]:
        """Return the unit and the window, if a report of it may be handed in now."""
        window = open_window(self._schedule, day, now)
        known = await command.get(session)
        unit = (await units.registry(session)).get(unit_id, day)
        if unit is None or known is None or day < known.first_day:
            raise NoReportDueError(day)
        return unit, window

    async def _admit(
        self, session: Session, person: Person, day: date, unit_id: int, now: datetime
    ) -> tuple[Unit, Window]:
        if unit_id not in person.units_on(self._schedule.local_day(now)):
            raise NotYourUnitError
        return await self.admit_unit(session, day, unit_id, now)

    async def _send(
        self,
        session: Session,
        person: Person,
        press: FormPress,
        unit: Unit,
        window: Window,
        report: Report | None,
        draft: Draft | None,
        now: datetime,
    ) -> View:
        author = Author(person.id, person.role_for(unit.id, self._schedule.local_day(now)))
        if draft is None:
            if report is None:
                latest = await reports.get_latest_before(
                    session, press.report_type, press.day, unit.id
                )
                return Asked(unit, window, latest, was_cancelled=True)
            # The draft went with its submission: the mark tells whether this card showed the same.
            shown = report.answers if mark(report.answers) == press.mark else {}
            return Received(unit, window, report, outcome_of(report, press.seen, shown, author))
        if mark(draft.answers) != press.mark or draft.seen_revision != press.seen:
            return Drafted(unit, window, draft.answers, draft.seen_revision, is_other_draft=True)
        outcome = outcome_of(report, press.seen, draft.answers, author)
        if report is None or outcome is Outcome.ACCEPTED:
            try:
                report = await self.submit(
                    session, press.report_type, unit, window, draft.answers, author, report, now
                )
            except InvalidAnswersError as error:
                # The establishment changed since the card was drawn.
                return Drafted(
                    unit, window, draft.answers, draft.seen_revision, in_editor=True, problem=error
                )
        await drafts.remove(session, person.id, press.report_type, press.day, unit.id)
        return Received(unit, window, report, outcome)

    async def _change(
        self,
        session: Session,
        person: Person,
        press: FormPress,
        unit: Unit,
        window: Window,
        report: Report | None,
        drafted: Answers | None,
        now: datetime,
    ) -> View:
        report_type = REPORT_TYPES[press.report_type]
        begun = drafted or (report.answers if report else report_type.normal_answers())
        problem: InvalidAnswersError | None = None
        answers = begun
        try:
            match press.step:
                case Step.NORMAL:
                    answers = report_type.normal_answers()
                case Step.COPY:
                    latest = await reports.get_latest_before(
                        session, report_type.key, press.day, unit.id
                    )
                    answers = (
                        forms.checked(report_type, latest.answers, unit.establishment)
                        if latest
                        else begun
                    )
                case Step.MORE | Step.LESS:
                    field, _, reason = press.argument.partition(".")
                    step = 1 if press.step is Step.MORE else -1
                    answers = forms.stepped(
                        report_type, begun, field, reason, step, unit.establishment
                    )
                case Step.FLIP:
                    answers = forms.toggled(report_type, begun, press.argument)
                case _:
                    pass
        except forms.UnknownReasonError as error:
            raise InvalidPayloadError(press.argument) from error
        except InvalidAnswersError as error:
            problem = error
        draft = Draft(person.id, press.report_type, press.day, unit.id, press.seen, answers)
        await drafts.save(session, draft, now)
        in_editor = press.step not in {Step.NORMAL, Step.COPY, Step.CARD} or problem is not None
        return Drafted(unit, window, answers, press.seen, in_editor=in_editor, problem=problem)
