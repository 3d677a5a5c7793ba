"""Incidents: /vuviec and its form, then what commanders press under the message."""

from bot.domain.delivery import Kind
from bot.domain.forms import TextTooLongError, checked_text
from bot.domain.incidents import LONGEST_INCIDENT
from bot.domain.marks import mark_of
from bot.domain.units import Unit
from bot.screens import incidents as screens
from bot.screens.incident_payloads import (
    ClosingQuestion,
    HandlingPress,
    HandlingStep,
    IncidentPress,
    IncidentQuestion,
    IncidentStep,
)
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.services.incidents import NotAcknowledgedError, Told, UnknownIncidentError
from bot.services.posting import post
from bot.services.reporting import NotYourUnitError
from handlers.call import Call, Press, Question
from storage import awaited_texts, people
from storage.outbox import Destination


async def incident(call: Call) -> None:
    """Ask how grave it is; who leads several units says first which."""
    own = await call.desk.incidents.own_units(call.turn.session, call.person, call.turn.received_at)
    if not own:
        await call.reply(call.texts.not_your_unit)
    elif len(own) == 1:
        await call.reply(screens.choose_severity(call.texts, own[0]))
    else:
        await call.reply(screens.choose_whom(call.texts, own, 0))


async def pressed(press: Press, payload: IncidentPress) -> None:
    try:
        if payload.step is IncidentStep.BEGIN:
            unit = await _own_unit(press, payload.unit_id)
            await _leave(press)
            await press.reply(screens.choose_severity(press.texts, unit))
            return
        slot = await press.slot()
        sent = await press.desk.incidents.sent_from(press.turn.session, slot)
        if sent:
            await _show_own(press, sent)
        elif payload.step is IncidentStep.SEND:
            await _send(press, payload, slot)
        else:
            await press.show(await _screen(press, payload))
    except NotYourUnitError:
        await _leave(press)
        await press.show(Message(press.texts.not_your_unit))


async def _screen(press: Press, payload: IncidentPress) -> Message:
    texts = press.texts
    if payload.step is IncidentStep.CANCEL:
        await _leave(press)
        return Message(texts.incident_cancelled)
    if payload.step is IncidentStep.WHOM:
        own = await press.desk.incidents.own_units(
            press.turn.session, press.person, press.turn.received_at
        )
        return screens.choose_whom(texts, own, payload.page)
    unit = await _own_unit(press, payload.unit_id)
    kept = await _kept(press, unit)
    if payload.severity is None:
        return screens.choose_severity(texts, unit)
    await press.ask(IncidentQuestion(unit.id, payload.severity, kept))
    if kept and payload.step is IncidentStep.ASK:
        return screens.card(texts, unit, payload.severity, kept)
    return screens.ask(texts, unit, payload.severity, kept)


async def typed(call: Call, question: IncidentQuestion, text: str) -> None:
    """Show the card; until it is pressed other words may be typed."""
    try:
        unit = await _own_unit(call, question.unit_id)
    except NotYourUnitError:
        await call.reply(call.texts.not_your_unit)
        return
    words = await _words(call, question, text)
    if words:
        await call.ask(IncidentQuestion(unit.id, question.severity, words))
        await call.reply(screens.card(call.texts, unit, question.severity, words))


async def _send(press: Press, payload: IncidentPress, slot: str) -> None:
    """Send what the card shows, if that is still what was typed last."""
    unit = await _own_unit(press, payload.unit_id)
    question = await _question(press)
    shown = (unit.id, payload.severity, payload.mark)
    if question is None or (question.unit_id, question.severity, mark_of(question.words)) != shown:
        await press.show(Message(press.texts.incident_card_left))
        return
    sent = await press.desk.incidents.send(
        press.turn.session,
        press.person,
        unit.id,
        question.severity,
        question.words,
        slot,
        press.turn.received_at,
    )
    await _leave(press)
    await _show_own(press, sent)


async def handling_pressed(press: Press, payload: HandlingPress) -> None:
    """Acknowledge or close, whoever of the commanders is first; show what stands."""
    session, now = press.turn.session, press.turn.received_at
    texts, id_ = press.texts, payload.incident_id
    try:
        match payload.step:
            case HandlingStep.ACKNOWLEDGE:
                told = await press.desk.incidents.acknowledge(session, press.person, id_, now)
                press.toast(texts.acknowledged_toast if told.is_new else _state(press, told))
                await _show_notice(press, told)
            case HandlingStep.CLOSE:
                await _ask_note(press, await press.desk.incidents.get(session, id_))
            case HandlingStep.LEAVE:
                await _leave(press)
                await press.show(Message(texts.closing_left))
    except UnknownIncidentError as error:
        raise InvalidPayloadError(payload.pack()) from error


async def _show_notice(press: Press, told: Told) -> None:
    await press.show(screens.notice(press.texts, told.unit, told.incident))


async def _ask_note(press: Press, told: Told) -> None:
    """Ask in the commander's private chat how it ended, wherever the button was pressed."""
    if told.incident.closed or told.incident.acknowledged is None:
        press.toast(_state(press, told))
        await _show_notice(press, told)
        return
    session, person = press.turn.session, press.person
    if not await people.is_reachable(session, person.id):
        press.toast(press.texts.write_to_me_first)
        return
    await press.ask(ClosingQuestion(told.incident.id))
    key = f"ask-note:{press.turn.key}"
    message = screens.ask_note(press.own_texts, told.unit, told.incident)
    to = Destination(person.telegram_id)
    await post(session, Kind.REPLY, key, to, message, press.turn.received_at)
    if press.here.chat_id < 0:
        press.toast(press.texts.asked_in_private)


async def note_typed(call: Call, question: ClosingQuestion, text: str) -> None:
    note = await _words(call, question, text)
    if not note:
        return
    try:
        told = await call.desk.incidents.close(
            call.turn.session, call.person, question.incident_id, note, call.turn.received_at
        )
    except (UnknownIncidentError, NotAcknowledgedError):
        await call.reply(call.texts.closing_left)
        return
    if told.incident.closed:
        await call.reply(call.texts.incident_closed(told.unit, told.incident, told.incident.closed))


def _state(press: Press, told: Told) -> str:
    """Where the incident stands, for a toast."""
    incident = told.incident
    if incident.closed:
        return press.texts.closed_at(incident, incident.closed)
    if incident.acknowledged:
        return press.texts.acknowledged_at(incident, incident.acknowledged)
    return press.texts.not_acknowledged_yet


async def _words(call: Call, question: Question, text: str) -> str:
    """Return the words on one line; those that will not do leave the question open."""
    try:
        words = checked_text(text, LONGEST_INCIDENT)
    except TextTooLongError as error:
        await call.ask(question)
        await call.reply(call.texts.text_longer(error.length, error.longest))
        return ""
    if not words:
        await call.ask(question)
        await call.reply(call.texts.text_empty)
    return words


async def _show_own(press: Press, told: Told) -> None:
    view = await press.desk.incidents.own_view(press.turn.session, press.texts, told)
    await press.show(view)


async def _own_unit(call: Call, unit_id: int | None) -> Unit:
    return await call.desk.incidents.own_unit(
        call.turn.session, call.person, unit_id, call.turn.received_at
    )


async def _question(call: Call) -> IncidentQuestion | None:
    packed = await awaited_texts.get(call.turn.session, call.person.id)
    try:
        return IncidentQuestion.parse(packed or "")
    except InvalidPayloadError:
        return None


async def _kept(call: Call, unit: Unit) -> str:
    """The words that were typed for the unit; another question is left."""
    question = await _question(call)
    if question and question.unit_id == unit.id:
        return question.words
    await _leave(call)
    return ""


async def _leave(call: Call) -> None:
    await awaited_texts.remove(call.turn.session, call.person.id)
