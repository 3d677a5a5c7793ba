"""A form while it is filled in: every field, the options of a choice, a question for words."""

from bot.domain.forms import (
    LONGEST_LATE_REASON,
    LONGEST_TEXT,
    NOT_STATED,
    Answers,
    Breakdown,
    Choice,
    Number,
    Roster,
    Share,
    Text,
    YesNo,
    absent_codes,
)
from bot.domain.reports import Form, Report
from bot.screens.buttons import form_button
from bot.screens.message import Button, Message
from bot.screens.payloads import CODES_A_PAGE, Step
from bot.texts import Texts

Rows = list[tuple[Button, ...]]


def editor(texts: Texts, form: Form, answers: Answers, seen: int, page: int = 0) -> Message:
    rows: Rows = []
    for field in form.kind.fields:
        match field:
            case Breakdown():
                rows += _steppers(texts, form, field, answers, seen)
            case Roster():
                rows += _codes(texts, form, field, answers, seen, page)
            case Number():
                label = f"{texts.field_names[field.key]}: {answers.get(field.key, 0)}"
                rows.append(_stepper(form, label, field.key, seen))
            case YesNo():
                label = texts.flip_label(field.key, is_normal=answers.get(field.key))
                rows.append((form_button(form, label, Step.FLIP, seen, argument=field.key),))
            case Choice():
                label = texts.choice_label(field.key, answers.get(field.key))
                rows.append((form_button(form, label, Step.OPTIONS, seen, argument=field.key),))
            case Text() | Share():
                label = texts.text_label(field.key, is_filled=field.key in answers)
                rows.append((form_button(form, label, Step.TYPE, seen, argument=field.key),))
    counted = [f.key for f in form.kind.fields if isinstance(f, Breakdown | Number)]
    if counted and form.kind.has_subject:  # those of the day may be typed as a line at any time
        label = texts.type_counts
        rows.append((form_button(form, label, Step.TYPE, seen, argument=counted[0]),))
    rows.append(
        (
            form_button(form, texts.done, Step.CARD, seen),
            form_button(form, texts.cancel, Step.CANCEL, seen),
        )
    )
    return Message(texts.editor(form, answers), tuple(rows))


def options(texts: Texts, form: Form, field: Choice, answers: Answers, seen: int) -> Message:
    rows: Rows = [
        (
            form_button(
                form,
                texts.option_names[field.key][option],
                Step.CHOOSE,
                seen,
                argument=f"{field.key}.{number}",
            ),
        )
        for number, option in enumerate(field.options)
    ]
    if field.key in answers:
        rows.append(
            (form_button(form, texts.leave_empty, Step.CHOOSE, seen, argument=f"{field.key}."),)
        )
    rows.append((form_button(form, texts.back, Step.DETAIL, seen),))
    return Message(texts.choose_option(form, field.key), tuple(rows))


def text_question(texts: Texts, form: Form, key: str, answers: Answers, seen: int) -> Message:
    """Ask for the words of a field, or for the counts of all, in place of the form."""
    if isinstance(form.kind.field(key), Share):
        return _share_question(texts, form, key, answers, seen)
    rows: Rows = []
    if key in answers and isinstance(form.kind.field(key), Text):
        rows.append((form_button(form, texts.clear, Step.CLEAR, seen, argument=key),))
    rows.append((form_button(form, texts.back, Step.DETAIL, seen),))
    if not isinstance(form.kind.field(key), Text):
        return Message(texts.counts_question(form, answers), tuple(rows))
    words = texts.text_question(form, key, answers.get(key, ""), LONGEST_TEXT)
    return Message(words, tuple(rows))


def _share_question(texts: Texts, form: Form, key: str, answers: Answers, seen: int) -> Message:
    """Ask for two counts; nothing is to be sent before they are told."""
    way = form_button(form, texts.cancel, Step.CANCEL, seen)
    if key in answers:
        way = form_button(form, texts.back, Step.CARD, seen)
    return Message(texts.share_question(form, key, answers.get(key)), ((way,),))


def late_question(texts: Texts, form: Form, report: Report) -> Message:
    """Ask why the report was late, in place of its receipt."""
    back = form_button(form, texts.back, Step.BACK, report.revision)
    words = texts.text_question(form, "late_reason", report.late_reason, LONGEST_LATE_REASON)
    return Message(words, ((back,),))


def _steppers(texts: Texts, form: Form, field: Breakdown, answers: Answers, seen: int) -> Rows:
    counts = answers.get(field.key, {})
    rows: Rows = []
    for reason in field.reasons:
        argument = f"{field.key}.{reason}"
        label = f"{texts.reasons[reason]}: {counts.get(reason, 0)}"
        rows.append(_stepper(form, label, argument, seen))
    return rows


def _codes(texts: Texts, form: Form, field: Roster, answers: Answers, seen: int, page: int) -> Rows:
    """One page of the roster, a button each: a press turns present into absent and back."""
    members = list(field.codes)
    absent = absent_codes(answers)
    page = _last_page(len(members), page)
    buttons = [
        form_button(
            form,
            f"{'❌' if id_ in absent else '✅'} {field.codes[id_]}",
            Step.TURN,
            seen,
            argument=f"{field.key}.{id_}",
        )
        for id_ in members[page * CODES_A_PAGE : (page + 1) * CODES_A_PAGE]
    ]
    rows = [tuple(buttons[n : n + 4]) for n in range(0, len(buttons), 4)]
    rows += _turns(form, Step.PAGE, f"{field.key}.", len(members), seen, page)
    if absent:
        unstated = sum(reason == NOT_STATED for reason in absent.values())
        label = texts.reasons_label(unstated)
        rows.append((form_button(form, label, Step.WHY, seen, argument=f"{field.key}.0.0"),))
    return rows


def reasons(
    texts: Texts, form: Form, answers: Answers, seen: int, reason: str, page: int
) -> Message:
    """Those of a roster who are absent: a press gives the chosen reason, or takes it back."""
    (field,) = (f for f in form.kind.fields if isinstance(f, Roster))
    absent, chosen = absent_codes(answers), field.reasons.index(reason)
    listed = list(absent)
    page = _last_page(len(listed), page)
    options = [
        form_button(
            form,
            f"{'🔘 ' if number == chosen else ''}{texts.reasons[each]}",
            Step.WHY,
            seen,
            argument=f"{field.key}.{number}.{page}",
        )
        for number, each in enumerate(field.reasons)
    ]
    codes = [
        form_button(
            form,
            f"{field.codes[id_]}: {texts.absence_reason(absent[id_])}",
            Step.GIVE,
            seen,
            argument=f"{field.key}.{id_}.{chosen}",
        )
        for id_ in listed[page * CODES_A_PAGE : (page + 1) * CODES_A_PAGE]
    ]
    rows: Rows = [tuple(options[n : n + 3]) for n in range(0, len(options), 3)]
    rows += [tuple(codes[n : n + 2]) for n in range(0, len(codes), 2)]
    rows += _turns(form, Step.WHY, f"{field.key}.{chosen}.", len(listed), seen, page)
    rows.append(
        (
            form_button(form, texts.back, Step.DETAIL, seen),
            form_button(form, texts.done, Step.CARD, seen),
        )
    )
    return Message(texts.give_reasons(form, answers, reason), tuple(rows))


def _last_page(members: int, page: int) -> int:
    """The page that is asked for, or the last one there is."""
    return min(page, max(0, (members - 1) // CODES_A_PAGE))


def _turns(form: Form, step: Step, argument: str, members: int, seen: int, page: int) -> Rows:
    turns = [
        form_button(form, label, step, seen, argument=f"{argument}{to}")
        for label, to in (("◀️", page - 1), ("▶️", page + 1))
        if 0 <= to * CODES_A_PAGE < members
    ]
    return [tuple(turns)] if turns else []


def _stepper(form: Form, label: str, argument: str, seen: int) -> tuple[Button, ...]:
    return (
        form_button(form, "➖", Step.LESS, seen, argument=argument),
        form_button(form, label, Step.MORE, seen, argument=argument),
        form_button(form, "➕", Step.MORE, seen, argument=argument),
    )
