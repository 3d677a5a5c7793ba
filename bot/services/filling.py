"""What a press in a form changes in its answers."""

from bot.domain import forms
from bot.domain.forms import (
    Answers,
    Breakdown,
    Choice,
    Number,
    ReportType,
    Roster,
    Share,
    Text,
    YesNo,
)
from bot.domain.reports import Form, Report
from bot.screens.packing import InvalidPayloadError
from bot.screens.payloads import FormPress, Step

_YES_NO = {"yes": True, "no": False}


def pressed_answers(form: Form, press: FormPress, begun: Answers, latest: Report | None) -> Answers:
    """Return the answers after the press; `latest` is the report that may be copied.

    Raises InvalidPayloadError for what no button of this form carries, and InvalidAnswersError.
    """
    try:
        return _pressed(form, press, begun, latest)
    except forms.UnknownReasonError as error:
        raise InvalidPayloadError(press.argument) from error


def _pressed(form: Form, press: FormPress, begun: Answers, latest: Report | None) -> Answers:
    kind, establishment = form.kind, form.unit.establishment
    key, _, detail = press.argument.partition(".")
    match press.step:
        case Step.NORMAL:
            return kind.normal_answers(establishment)
        case Step.COPY if latest:
            return forms.checked(kind, forms.copied(kind, latest.answers), establishment)
        case Step.DETAIL | Step.CARD | Step.COPY:
            return begun
        case Step.MORE | Step.LESS:
            step = 1 if press.step is Step.MORE else -1
            return forms.stepped(kind, begun, key, detail, step, establishment)
        case Step.TURN:
            return forms.turned(kind, begun, key, detail)
        case Step.PAGE:
            return begun
        case Step.WHY:
            reason_of(form, press)
            return begun
        case Step.GIVE:
            member, _, _ = detail.partition(".")
            return forms.explained(kind, begun, key, member, reason_of(form, press))
        case Step.FLIP:
            return forms.toggled(kind, begun, press.argument)
        case _:
            return _of_field(kind, press, begun)


def reason_of(form: Form, press: FormPress) -> str:
    """The reason for being absent that the button gives, or lets be given. Raises UnknownReasonError."""
    key, _, detail = press.argument.partition(".")
    field, (first, _, second) = form.kind.field(key), detail.partition(".")
    number = first if press.step is Step.WHY else second
    if not isinstance(field, Roster) or not (first.isdecimal() and second.isdecimal()):
        raise forms.UnknownReasonError(detail)
    if int(number) >= len(field.reasons):
        raise forms.UnknownReasonError(detail)
    return field.reasons[int(number)]


def _of_field(kind: ReportType, press: FormPress, begun: Answers) -> Answers:
    key, _, detail = press.argument.partition(".")
    field = kind.field(key)
    match field, press.step:
        case YesNo(), Step.ANSWER if detail in _YES_NO:
            return {**begun, field.key: _YES_NO[detail]}
        case Choice(), Step.CHOOSE:
            return _chosen(field, detail, begun)
        case Text(), Step.CLEAR:
            return _without(field, begun)
        case (Choice(), Step.OPTIONS) | (Text() | Share(), Step.TYPE):
            return begun
        case (Breakdown() | Number(), Step.TYPE) if kind.has_subject:
            return begun
        case _:
            raise InvalidPayloadError(press.argument)


def _chosen(field: Choice, detail: str, begun: Answers) -> Answers:
    if not detail:
        return _without(field, begun)
    if not detail.isdecimal() or int(detail) >= len(field.options):
        raise InvalidPayloadError(detail)
    return {**begun, field.key: field.options[int(detail)]}


def _without(field: Choice | Text, begun: Answers) -> Answers:
    return {key: answer for key, answer in begun.items() if key != field.key}
