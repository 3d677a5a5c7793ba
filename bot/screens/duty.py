"""The screens of a report form. A form is one message; each screen is drawn anew from facts."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from bot.domain.forms import REPORT_TYPES, Answers, has_problem, unstated
from bot.domain.line_errors import LineError
from bot.domain.notices import Rung
from bot.domain.reports import (
    ExemptError,
    Form,
    FutureDayError,
    LockedError,
    NotAcceptedError,
    NotHeldError,
    Report,
    UnitState,
    mark,
    receipt_code,
)
from bot.screens.buttons import form_button
from bot.screens.incidents import report_button
from bot.screens.message import Button, Message
from bot.screens.payloads import FormPress, Step
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs


class Opening(StrEnum):
    """Why a form stands there with nothing chosen yet."""

    ASKED = "asked"
    REMINDED = "reminded"
    OVERDUE = "overdue"
    OVERDUE_REMINDED = "overdue_reminded"
    DEPUTY_ASKED = "deputy_asked"
    NUDGED = "nudged"  # by a commander


_OPENINGS = {
    Rung.PROMPT: Opening.ASKED,
    Rung.REMINDER: Opening.REMINDED,
    Rung.OVERDUE: Opening.OVERDUE_REMINDED,
    Rung.DEPUTIES: Opening.DEPUTY_ASKED,
}


def opening_of(rung: Rung, form: Form, now: datetime) -> Opening:
    """How the form is asked for on this rung; after its deadline a first prompt says so."""
    opening = _OPENINGS[rung]
    return Opening.OVERDUE if opening is Opening.ASKED and now >= form.window.due else opening


def prompt(
    texts: Texts, form: Form, latest: Report | None, opening: Opening, note: Html | str = ""
) -> Message:
    """The choices to begin with; `note` is what the last press led to, or what has happened."""
    text = {
        Opening.ASKED: texts.prompt,
        Opening.REMINDED: texts.reminder,
        Opening.OVERDUE: texts.prompt_after_due,
        Opening.OVERDUE_REMINDED: texts.overdue_reminder,
        Opening.DEPUTY_ASKED: texts.deputy_reminder,
        Opening.NUDGED: texts.nudge,
    }[opening](form.report_type, form.unit, form.window)
    rows = []
    if form.kind.has_normal_answers:
        rows.append((form_button(form, texts.normal_labels[form.report_type], Step.NORMAL, 0),))
    if latest:
        is_yesterday = (form.day - latest.day).days == 1
        label = texts.copy_yesterday if is_yesterday else texts.copy_latest(latest.day)
        if form.kind.periods_a_year:
            label = texts.copy_last
        rows.append((form_button(form, label, Step.COPY, 0),))
    rows.append((form_button(form, texts.detail, Step.DETAIL, 0),))
    return Message(paragraphs(text, form.topic, note), tuple(rows))


def card(texts: Texts, form: Form, answers: Answers, seen: int) -> Message:
    """What would be sent; what nobody has said yet is asked here, and may stay unsaid."""
    rows: list[tuple[Button, ...]] = []
    for key in unstated(form.kind, answers):
        normal, problem = texts.answer_labels[key]
        rows.append(
            (
                form_button(form, normal, Step.ANSWER, seen, argument=f"{key}.yes"),
                form_button(form, problem, Step.ANSWER, seen, argument=f"{key}.no"),
            )
        )
    rows += [
        (
            form_button(
                form, texts.send_labels[form.report_type], Step.SEND, seen, mark=mark(answers)
            ),
        ),
        (
            form_button(form, texts.edit, Step.DETAIL, seen),
            form_button(form, texts.cancel, Step.CANCEL, seen),
        ),
    ]
    return Message(texts.card(form, answers, seen), tuple(rows))


def receipt(texts: Texts, form: Form, report: Report, *, is_locked: bool = False) -> Message:
    code = receipt_code(form.report_type, report, form.subject)
    text = texts.receipt(form, report, code)
    rows = () if is_locked else _correction(texts, form, report)
    if has_problem(form.kind, report.answers):
        rows = (*rows, (report_button(texts, form.unit),))
    return Message(text, rows)


def taken(
    texts: Texts, form: Form, report: Report, *, is_locked: bool = False, note: Html | str = ""
) -> Message:
    """Somebody has reported: what stands there, and the way to correct it."""
    code = receipt_code(form.report_type, report, form.subject)
    text = texts.taken(form, report, code)
    return Message(paragraphs(text, note), () if is_locked else _correction(texts, form, report))


def choose_unit(
    texts: Texts, report_type: str, day: date, units: Sequence[UnitState], why: Html
) -> Message:
    """One's units, a button each, with what each has reported of the day; `why` asks for one."""
    rows = tuple(
        (
            Button(
                texts.unit_state(state.unit, state.report, is_expected=state.is_expected),
                FormPress(report_type, day, state.unit.id, Step.OPEN).pack(),
            ),
        )
        for state in units
    )
    return Message(why, rows)


def line_problem(texts: Texts, form: Form, seen: int, error: LineError) -> Message:
    """Why a typed line was not taken, and the form to fill in instead."""
    detail = form_button(form, texts.detail, Step.DETAIL, seen)
    return Message(texts.line_problem(error), ((detail,),))


def choose_day(texts: Texts, forms: Sequence[Form], note: Html) -> Message:
    """Several open days of one unit, a button each."""
    rows = tuple((form_button(form, texts.open_day(form.window), Step.OPEN, 0),) for form in forms)
    title = texts.choose_day(forms[0].report_type, forms[0].unit)
    return Message(paragraphs(title, note), rows)


def closed(text: Html) -> Message:
    """A form that leads no further: it says why, and its buttons go."""
    return Message(text)


def refusal(texts: Texts, report_type: str, error: NotAcceptedError) -> Html:
    """Why no report can be taken, and what to do."""
    if REPORT_TYPES[report_type].periods_a_year:
        return _refusal_of_period(texts, report_type, error)
    match error:
        case FutureDayError():
            return texts.future_day(error.day)
        case LockedError():
            return texts.locked(error.day, error.locked_at)
        case ExemptError():
            return texts.exempt_day(error.day, error.reason)
        case NotHeldError():
            return texts.not_held(error.day)
        case _:
            return texts.nothing_due(error.day)


def _refusal_of_period(texts: Texts, report_type: str, error: NotAcceptedError) -> Html:
    match error:
        case FutureDayError():
            return texts.period_not_asked_yet(report_type, error.day)
        case LockedError():
            return texts.period_locked(report_type, error.day, error.locked_at)
        case _:
            return texts.period_not_asked(report_type, error.day)


def _correction(texts: Texts, form: Form, report: Report) -> tuple[tuple[Button, ...], ...]:
    edit = form_button(form, texts.edit, Step.DETAIL, report.revision)
    if report.is_on_time:
        return ((edit,),)
    return ((edit, form_button(form, texts.late_reason, Step.LATE, report.revision)),)
