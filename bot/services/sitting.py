"""A person at a form, as the database knows both at one moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import forms
from bot.domain.forms import Answers
from bot.domain.people import Person
from bot.domain.reports import Form, Report
from bot.services.views import Asked, Standing
from storage import drafts, reports
from storage.database import Session
from storage.drafts import Draft


@dataclass(frozen=True, slots=True)
class Sitting:
    session: Session
    person: Person
    form: Form
    report: Report | None
    draft: Draft | None
    now: datetime

    @property
    def key(self) -> tuple[str, date, int]:
        return self.form.report_type, self.form.day, self.form.unit.id

    @property
    def revision(self) -> int:
        """The newest revision of the report, 0 where there is none."""
        return self.report.revision if self.report else 0

    def draft_on(self, seen: int) -> Draft | None:
        """The draft, if it was begun on that revision."""
        return self.draft if self.draft and self.draft.seen_revision == seen else None

    async def latest(self) -> Report | None:
        return await latest_to_copy(self.session, self.form)

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

    async def save(self, answers: Answers, seen: int, typed_at: datetime | None = None) -> None:
        draft = Draft(self.person.id, *self.key, seen, answers, typed_at, self.form.subject)
        await drafts.save(self.session, draft, self.now)

    async def discard(self) -> None:
        await drafts.remove(self.session, self.person.id, *self.key, self.form.subject)


async def latest_to_copy(session: Session, form: Form) -> Report | None:
    """The report before this one, which may be copied; of one thing nothing is true of another."""
    if form.subject:
        return None
    key = form.report_type, form.day, form.unit.id
    if form.kind.periods_a_year:
        return await reports.get_newest_but(session, *key)
    return await reports.get_latest_before(session, *key)


async def load_sitting(session: Session, person: Person, form: Form, now: datetime) -> Sitting:
    """Load what stands; of a draft, only fields that are still switched on."""
    key = form.report_type, form.day, form.unit.id
    report = await reports.get(session, *key, form.subject)
    draft = await drafts.get(session, person.id, *key, form.subject)
    if draft:
        draft = replace(draft, answers=forms.checked(form.kind, draft.answers, None))
    return Sitting(session, person, form, report, draft, now)
