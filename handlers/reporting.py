"""The daily duty report: /baocao and the buttons of its form."""

from datetime import date

from bot.domain.dates import NotADateError, parse_day
from bot.domain.delivery import Kind
from bot.domain.forms import DUTY, CountOutOfRangeError, InvalidAnswersError
from bot.domain.reports import NotAcceptedError
from bot.screens import duty
from bot.screens.duty import Opening
from bot.screens.message import Message
from bot.screens.payloads import FormPress
from bot.services.closing import close_others
from bot.services.reporting import NotYourUnitError
from bot.services.views import Asked, Drafted, Received, Standing, View
from bot.texts import Texts
from bot.texts.markup import Html, plain
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
    if len(led) == 1:
        await _open(call, day, led[0])
        return
    registry = await units.registry(call.turn.session)
    listed = tuple(unit for unit in registry.on(day) if unit.id in led)
    if not listed:
        await call.reply(call.texts.nothing_due(day))
        return
    await call.reply(duty.choose_unit(call.texts, DUTY.key, day, listed))


async def _open(call: Call, day: date, unit_id: int) -> None:
    place = FormPlace(DUTY.key, day, unit_id, call.person.id)
    try:
        view = await call.desk.reporting.open(
            call.turn.session, call.person, DUTY.key, day, unit_id, call.turn.received_at
        )
    except NotAcceptedError as error:
        await call.reply(duty.refusal(call.texts, error))
        return
    await call.reply(screen(call.texts, view), place=place)


async def form_pressed(press: Press, payload: FormPress) -> None:
    """Do what the button says and draw the form anew, in the message that was pressed."""
    place = FormPlace(payload.report_type, payload.day, payload.unit_id, press.person.id)
    session, now = press.turn.session, press.turn.received_at
    try:
        view = await press.desk.reporting.press(session, press.person, payload, now)
    except NotAcceptedError as error:
        await _refuse(press, payload, place, duty.refusal(press.texts, error))
        return
    except NotYourUnitError:
        await _refuse(press, payload, place, press.texts.not_your_unit)
        return
    kind = Kind.RECEIPT if isinstance(view, Received) else Kind.FORM
    slot = await press.show(screen(press.texts, view), kind=kind, place=place)
    press.toast(_remark(press.texts, view))
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
            draw = duty.editor if view.in_editor else duty.card
            return draw(texts, form, view.answers, view.seen)
        case Received():
            return duty.receipt(texts, form, view.report)
        case Standing():
            stands = duty.receipt if view.is_own else duty.taken
            return stands(texts, form, view.report, is_locked=is_locked)


def _remark(texts: Texts, view: View) -> str:
    """What the press came to, where the screen alone does not tell; else nothing."""
    match view:
        case Received():
            return texts.received_toast
        case Standing(was_cancelled=True):
            return texts.correction_cancelled
        case Drafted(problem=error) if error:
            return _problem(texts, error)
        case Drafted(is_other_draft=True):
            return texts.draft_changed
        case _:
            return ""


def _problem(texts: Texts, error: InvalidAnswersError) -> str:
    if (
        isinstance(error, CountOutOfRangeError)
        and error.count >= 0
        and error.establishment is not None
    ):
        return texts.above_establishment(error.establishment)
    return texts.below_zero
