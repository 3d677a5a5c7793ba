"""The screens of a report form. A form is one message; each screen is drawn anew from facts."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.domain.forms import Answers, Breakdown, YesNo
from bot.domain.reports import (
    ExemptError,
    Form,
    FutureDayError,
    LockedError,
    NotAcceptedError,
    Report,
    mark,
    receipt_code,
)
from bot.domain.units import Unit
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
    rows = [(_button(form, texts.normal, Step.NORMAL, 0),)]
    if latest:
        is_yesterday = (form.day - latest.day).days == 1
        label = texts.copy_yesterday if is_yesterday else texts.copy_latest(latest.day)
        rows.append((_button(form, label, Step.COPY, 0),))
    rows.append((_button(form, texts.detail, Step.DETAIL, 0),))
    return Message(paragraphs(text, note), tuple(rows))


def card(texts: Texts, form: Form, answers: Answers, seen: int) -> Message:
    text = texts.card(form.report_type, form.unit, form.window, answers, seen)
    return Message(
        text,
        (
            (_button(form, texts.send, Step.SEND, seen, mark=mark(answers)),),
            (
                _button(form, texts.edit, Step.DETAIL, seen),
                _button(form, texts.cancel, Step.CANCEL, seen),
            ),
        ),
    )


def editor(texts: Texts, form: Form, answers: Answers, seen: int) -> Message:
    rows: list[tuple[Button, ...]] = []
    for field in form.kind.fields:
        match field:
            case Breakdown():
                counts = answers.get(field.key, {})
                for reason in field.reasons:
                    more = {"argument": f"{field.key}.{reason}"}
                    rows.append(
                        (
                            _button(form, "➖", Step.LESS, seen, **more),
                            _button(
                                form,
                                f"{texts.reasons[reason]}: {counts.get(reason, 0)}",
                                Step.MORE,
                                seen,
                                **more,
                            ),
                            _button(form, "➕", Step.MORE, seen, **more),
                        )
                    )
            case YesNo():
                label = texts.flip_label(field.key, is_normal=answers.get(field.key) is not False)
                rows.append((_button(form, label, Step.FLIP, seen, argument=field.key),))
    rows.append(
        (_button(form, texts.done, Step.CARD, seen), _button(form, texts.cancel, Step.CANCEL, seen))
    )
    return Message(texts.editor(form.report_type, form.unit, form.window, answers), tuple(rows))


def receipt(texts: Texts, form: Form, report: Report, *, is_locked: bool = False) -> Message:
    code = receipt_code(form.report_type, report)
    text = texts.receipt(form.report_type, form.unit, report, code)
    return Message(text, () if is_locked else _correction(texts, form, report))


def taken(
    texts: Texts, form: Form, report: Report, *, is_locked: bool = False, note: Html | str = ""
) -> Message:
    """Somebody has reported: what stands there, and the way to correct it."""
    code = receipt_code(form.report_type, report)
    text = texts.taken(form.report_type, form.unit, report, code)
    return Message(paragraphs(text, note), () if is_locked else _correction(texts, form, report))


def choose_unit(texts: Texts, report_type: str, day: date, units: tuple[Unit, ...]) -> Message:
    rows = tuple(
        (Button(unit.name, FormPress(report_type, day, unit.id, Step.OPEN).pack()),)
        for unit in units
    )
    return Message(texts.choose_unit(report_type), rows)


def choose_day(texts: Texts, forms: Sequence[Form], note: Html) -> Message:
    """Several open days of one unit, a button each."""
    rows = tuple((_button(form, texts.open_day(form.window), Step.OPEN, 0),) for form in forms)
    title = texts.choose_day(forms[0].report_type, forms[0].unit)
    return Message(paragraphs(title, note), rows)


def closed(text: Html) -> Message:
    """A form that leads no further: it says why, and its buttons go."""
    return Message(text)


def refusal(texts: Texts, error: NotAcceptedError) -> Html:
    """Why no report can be taken, and what to do."""
    match error:
        case FutureDayError():
            return texts.future_day(error.day)
        case LockedError():
            return texts.locked(error.day, error.locked_at)
        case ExemptError():
            return texts.exempt_day(error.day, error.reason)
        case _:
            return texts.nothing_due(error.day)


def _button(form: Form, label: str, step: Step, seen: int, **details: str) -> Button:
    press = FormPress(form.report_type, form.day, form.unit.id, step, seen, **details)
    return Button(label, press.pack())


def _correction(texts: Texts, form: Form, report: Report) -> tuple[tuple[Button, ...], ...]:
    return ((_button(form, texts.edit, Step.DETAIL, report.revision),),)
