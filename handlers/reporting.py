"""The daily duty report: /baocao and the buttons of its form."""

from datetime import date

from bot.domain.dates import NotADateError, parse_day
from bot.domain.delivery import Kind
from bot.domain.forms import DUTY, CountOutOfRangeError, InvalidAnswersError, MissingAnswerError
from bot.domain.reports import NotAcceptedError
from bot.screens import duty, editor
from bot.screens.duty import Opening
from bot.screens.message import Message
from bot.screens.payloads import FormPress
from bot.screens.questions import FieldQuestion, FormQuestion, LateQuestion
from bot.services import own_units
from bot.services.closing import close_others
from bot.services.reporting import NotYourUnitError
from bot.services.views import (
    Asked,
    Choosing,
    Drafted,
    ReasonAsked,
    Received,
    Standing,
    TextAsked,
    View,
)
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs, plain
from handlers.call import Call, Press
from storage import units
from storage.messages import FormPlace


async def report(call: Call) -> None:
    """Open today's form, or that of the day named in the argument."""
    today = call.desk.schedule.local_day(call.turn.received_at)
    typed = " ".join(call.arguments)
    try:
        day = parse_day(typed, today) if typed else today
    except NotADateError as error:
        await call.reply(call.texts.not_a_date(error.typed))
        return
    led = call.person.units_on(today)
    note = await _yesterday(call, led) if day == today else Html("")
    if len(led) == 1:
        await _open(call, day, led[0], note)
        return
    session = call.turn.session
    registry = await units.registry(session)
    listed = tuple(unit for unit in registry.on(day) if unit.id in led)
    if not listed:
        await call.reply(call.texts.nothing_due(day))
        return
    states = await own_units.states(session, call.desk.schedule, DUTY.key, day, listed)
    why = paragraphs(call.texts.choose_unit(DUTY.key, day), note)
    await call.reply(duty.choose_unit(call.texts, DUTY.key, day, states, why))


async def _yesterday(call: Call, unit_ids: tuple[int, ...]) -> Html:
    """A line for who comes for today's form and still owes yesterday's."""
    day, owing = await own_units.still_owed_yesterday(
        call.turn.session, call.desk.schedule, DUTY.key, unit_ids, call.turn.received_at
    )
    return call.texts.earlier_day_open(day, owing) if owing else Html("")


async def _open(call: Call, day: date, unit_id: int, note: Html) -> None:
    place = FormPlace(DUTY.key, day, unit_id, call.person.id)
    try:
        view = await call.desk.reporting.open(
            call.turn.session, call.person, DUTY.key, day, unit_id, call.turn.received_at
        )
    except NotAcceptedError as error:
        await call.reply(paragraphs(duty.refusal(call.texts, DUTY.key, error), note))
        return
    shown = screen(call.texts, view)
    await call.reply(Message(paragraphs(shown.text, note), shown.buttons), place=place)


async def form_pressed(press: Press, payload: FormPress) -> None:
    """Do what the button says and draw the form anew, in the message that was pressed."""
    place = FormPlace(
        payload.report_type, payload.day, payload.unit_id, press.person.id, payload.subject
    )
    session, now = press.turn.session, press.turn.received_at
    try:
        view = await press.desk.reporting.press(session, press.person, payload, now)
    except NotAcceptedError as error:
        await _refuse(press, payload, place, duty.refusal(press.texts, payload.report_type, error))
        return
    except NotYourUnitError:
        await _refuse(press, payload, place, press.texts.not_your_unit)
        return
    kind = Kind.RECEIPT if isinstance(view, Received) else Kind.FORM
    slot = await press.show(screen(press.texts, view), kind=kind, place=place)
    press.toast(_remark(press.texts, view))
    if question := _question(view, slot):
        await press.ask(question)
    if isinstance(view, Received) and view.is_new:
        await close_others(
            session, press.desk.library, view.form, view.report, slot, press.turn.key, now
        )


async def _refuse(press: Press, payload: FormPress, place: FormPlace, why: Html) -> None:
    """Take the buttons away; a receipt that stands there stays, and the reason is a toast."""
    standing = await press.desk.reporting.find_standing(press.turn.session, press.person, payload)
    if standing is None:
        await press.show(duty.closed(why), place=place)
        return
    await press.show(screen(press.texts, standing, is_locked=True), place=place)
    press.toast(plain(why))


def screen(texts: Texts, view: View, *, is_locked: bool = False) -> Message:
    form = view.form
    match view:
        case Asked():
            opening = Opening.OVERDUE if view.is_overdue else Opening.ASKED
            note = texts.cancelled if view.was_cancelled else ""
            return duty.prompt(texts, form, view.latest, opening, note)
        case Drafted():
            if view.reason:
                return editor.reasons(texts, form, view.answers, view.seen, view.reason, view.page)
            if view.in_editor:
                return editor.editor(texts, form, view.answers, view.seen, view.page)
            return duty.card(texts, form, view.answers, view.seen)
        case Choosing():
            return editor.options(texts, form, view.field, view.answers, view.seen)
        case TextAsked():
            return editor.text_question(texts, form, view.key, view.answers, view.seen)
        case ReasonAsked():
            return editor.late_question(texts, form, view.report)
        case Received():
            return duty.receipt(texts, form, view.report)
        case Standing():
            stands = duty.receipt if view.is_own else duty.taken
            return stands(texts, form, view.report, is_locked=is_locked)


def _question(view: View, slot: str) -> FormQuestion | None:
    """What is asked of the person now, to be answered by typing; the answer is drawn in the slot."""
    key = view.form.report_type, view.form.day, view.form.unit.id
    match view:
        case TextAsked():
            return FieldQuestion(*key, view.seen, view.key, slot, view.form.subject)
        case ReasonAsked():
            return LateQuestion(*key, view.report.revision, "", slot, view.form.subject)
        case _:
            return None


def _remark(texts: Texts, view: View) -> str:
    """What the press came to, where the screen alone does not tell; else nothing."""
    match view:
        case Received():
            return texts.received_toasts[view.form.report_type]
        case Standing(was_cancelled=True):
            return texts.correction_cancelled
        case Drafted(problem=error) if error:
            return problem(texts, view.form.report_type, error)
        case Drafted(is_other_draft=True):
            return texts.draft_changed
        case _:
            return ""


def problem(texts: Texts, report_type: str, error: InvalidAnswersError) -> str:
    if isinstance(error, MissingAnswerError):
        return texts.counts_missing
    if (
        isinstance(error, CountOutOfRangeError)
        and error.count >= 0
        and error.establishment is not None
    ):
        return texts.above(report_type, error.field, error.establishment)
    return texts.below_zero
