"""What people type into forms: a whole report as one line, the words of one field, why it was late."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import forms
from bot.domain.forms import LONGEST_LATE_REASON, Answers, Breakdown, Share, Text, YesNo
from bot.domain.line_errors import LineError
from bot.domain.line_words import Vocabulary
from bot.domain.people import Person
from bot.domain.reports import Form
from bot.domain.typed_counts import read_counts
from bot.domain.typed_line import named_day, read_line
from bot.screens.questions import FieldQuestion, LateQuestion
from bot.services.reporting import Reporting
from bot.services.sitting import Sitting
from bot.services.views import Drafted, View
from storage import audit, reports
from storage.audit import Entry
from storage.database import Session


class EmptyTextError(ValueError):
    """A text without anything that can be seen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line without its unit: on which day it was first written, and when as it is now."""

    text: str
    day: date
    typed_at: datetime


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that was not taken, and the form that it was for; nothing of it is kept."""

    form: Form
    seen: int
    error: LineError


async def take_line(
    reporting: Reporting,
    session: Session,
    person: Person,
    report_type: str,
    unit_id: int,
    line: Line,
    vocabulary: Vocabulary,
    now: datetime,
) -> Drafted | Unread:
    """Let the line be the draft of the day that it names, or else of the day it was written on.

    Raises NotYourUnitError and NotAcceptedError.
    """
    day, problem = line.day, None
    try:
        day = named_day(line.text, line.day, vocabulary) or line.day
    except LineError as error:
        problem = error
    sitting = await reporting.sit_down(session, person, report_type, day, unit_id, now)
    form, seen = sitting.form, sitting.revision
    if problem:
        return Unread(form, seen, problem)
    try:
        read = read_line(line.text, form.unit.establishment, line.day, vocabulary)
    except LineError as error:
        return Unread(form, seen, error)
    answers = forms.checked(form.kind, {**_kept(sitting), **read.answers}, form.unit.establishment)
    is_the_line = answers == forms.checked(form.kind, read.answers, None)
    typed_at = line.typed_at if is_the_line and read.is_complete(form.kind) else None
    await sitting.save(answers, seen, typed_at)
    return Drafted(form, answers, seen)


def _kept(sitting: Sitting) -> Answers:
    """What stays where a line says nothing of it.

    A line cannot say who commands or what was done, so that stays as it was. What it could have
    said and did not is not stated, unless it corrects a report: there the report's answer stands.
    """
    draft = sitting.draft_on(sitting.revision)
    reported: Answers = sitting.report.answers if sitting.report else {}
    begun = draft.answers if draft else reported
    kept = {}
    for field in sitting.form.kind.fields:
        source = reported if isinstance(field, Breakdown | YesNo) else begun
        if field.key in source:
            kept[field.key] = source[field.key]
    return kept


async def take_text(
    reporting: Reporting,
    session: Session,
    person: Person,
    question: FieldQuestion,
    text: str,
    count_words: Mapping[str, str],
    now: datetime,
) -> View:
    """Let the words be the answer of the field that was asked for, if the form is still there.

    Where counts were asked for, `count_words` are those that name them.
    Raises EmptyTextError, TextTooLongError, PartOfWholeError, NotCountsError, CountOutOfRangeError,
    NotYourUnitError and NotAcceptedError.
    """
    sitting = await _sit_down(reporting, session, person, question, now)
    if sitting.report and sitting.revision != question.seen:
        return sitting.standing(sitting.report)
    draft = sitting.draft_on(question.seen)
    if draft is None:
        return await sitting.left()
    kind = sitting.form.kind
    field = kind.field(question.field)
    is_share = isinstance(field, Share)
    if isinstance(field, Text | Share):
        told = forms.read_share(text) if is_share else _words(text, forms.LONGEST_TEXT)
        answers = forms.checked(kind, {**draft.answers, question.field: told}, None)
    else:
        counts = read_counts(_words(text, forms.LONGEST_TEXT), count_words)
        answers = forms.counted(kind, draft.answers, counts, sitting.form.unit.establishment)
    await sitting.save(answers, question.seen)
    return Drafted(sitting.form, answers, question.seen, in_editor=not is_share)


async def take_late_reason(
    reporting: Reporting,
    session: Session,
    person: Person,
    question: LateQuestion,
    text: str,
    now: datetime,
) -> View:
    """Keep why the report was late; a later reason takes the place of an earlier one.

    Raises EmptyTextError, TextTooLongError, NotYourUnitError and NotAcceptedError.
    """
    sitting = await _sit_down(reporting, session, person, question, now)
    if sitting.report is None:
        return await sitting.asked()
    if sitting.report.is_on_time:
        return sitting.standing(sitting.report)
    reason = _words(text, LONGEST_LATE_REASON)
    await reports.save_late_reason(
        session, question.report_type, sitting.report, reason, question.subject
    )
    author = reporting.author(person, question.unit_id, now)
    changed = Entry(
        "report.late_reason",
        author.person_id,
        author.role,
        question.unit_id,
        before=sitting.report.late_reason or None,
        after=reason,
    )
    await audit.add(session, changed, now)
    return sitting.standing(replace(sitting.report, late_reason=reason))


async def _sit_down(
    reporting: Reporting,
    session: Session,
    person: Person,
    question: FieldQuestion | LateQuestion,
    now: datetime,
) -> Sitting:
    return await reporting.sit_down(
        session,
        person,
        question.report_type,
        question.day,
        question.unit_id,
        now,
        question.subject,
    )


def _words(text: str, longest: int) -> str:
    words = forms.checked_text(text, longest)
    if not words:
        raise EmptyTextError
    return words
