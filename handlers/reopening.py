"""Letting a locked day take reports once more; begun from /lich."""

from datetime import date, timedelta

from bot.domain.dates import NotADateError, parse_day
from bot.domain.marks import mark_of
from bot.domain.reasons import LONGEST_REASON, BadReasonError, read_reason
from bot.domain.reports import NotAcceptedError
from bot.screens import hours as hours_screens
from bot.screens import reopening as screens
from bot.screens.admin_payloads import (
    ReopenDayQuestion,
    ReopenPress,
    ReopenReasonQuestion,
    ReopenStep,
)
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.services import reopening
from bot.services.admin_units import GoneUnitError
from bot.services.reopening import Proposal
from bot.texts.markup import Html
from handlers.call import Call, Press
from storage import awaited_texts, units


async def pressed(press: Press, payload: ReopenPress) -> None:
    if payload.step is not ReopenStep.REOPEN:
        await awaited_texts.remove(press.turn.session, press.person.id)
    try:
        await press.show(await _screen(press, payload))
    except NotAcceptedError as error:
        await press.show(hours_screens.told(press.texts, screens.refusal(press.texts, error)))
    except GoneUnitError as error:
        words = press.texts.unit_not_there(error.day)
        await press.show(hours_screens.told(press.texts, words))


async def _screen(press: Press, payload: ReopenPress) -> Message:
    texts, day = press.texts, payload.day
    if payload.step is ReopenStep.TYPE:
        await press.ask(ReopenDayQuestion())
        return screens.ask(texts, texts.ask_locked_day)
    if payload.step is ReopenStep.DAYS or day is None:
        days = await reopening.locked_days(
            press.turn.session, press.desk.schedule, press.turn.received_at
        )
        return screens.choose_day(texts, days)
    if payload.step is ReopenStep.WHOM:
        return await _choose_whom(press, day, payload.page)
    proposal = await _propose(press, day, payload.unit_id)
    match payload.step:
        case ReopenStep.HOURS:
            return screens.choose_hours(texts, day, proposal.unit)
        case ReopenStep.ASK:
            await press.ask(ReopenReasonQuestion(day, payload.unit_id, payload.hours))
            question = texts.ask_reopen_reason(day, proposal.unit, payload.hours)
            return screens.ask(texts, question)
        case _:
            return await _reopen(press, payload, day)


async def _choose_whom(call: Call, day: date, page: int) -> Message:
    await _propose(call, day, None)
    registry = await units.registry(call.turn.session)
    return screens.choose_whom(call.texts, day, registry.on(day), page)


async def _propose(call: Call, day: date, unit_id: int | None) -> Proposal:
    return await reopening.propose(
        call.turn.session, call.desk.schedule, day, unit_id, call.turn.received_at
    )


async def typed_day(call: Call, question: ReopenDayQuestion, text: str) -> None:
    """Go on with the typed day; one that cannot be read or reopened may be typed again."""
    try:
        await call.reply(await _choose_whom(call, parse_day(text, call.today), 0))
    except NotADateError as error:
        await call.ask(question)
        await call.reply(call.texts.not_a_locked_day(error.typed))
    except NotAcceptedError as error:
        await call.ask(question)
        await call.reply(screens.refusal(call.texts, error))


async def typed_reason(call: Call, question: ReopenReasonQuestion, text: str) -> None:
    """Show the card; until it is pressed another reason may be typed."""
    texts, day = call.texts, question.day
    try:
        reason = read_reason(text)
        proposal = await _propose(call, day, question.unit_id)
    except BadReasonError:
        await call.ask(question)
        await call.reply(texts.bad_reason(LONGEST_REASON))
        return
    except NotAcceptedError as error:
        await call.reply(hours_screens.told(texts, screens.refusal(texts, error)))
        return
    except GoneUnitError as error:
        await call.reply(hours_screens.told(texts, texts.unit_not_there(error.day)))
        return
    await call.ask(ReopenReasonQuestion(day, question.unit_id, question.hours, reason))
    until = call.turn.received_at + timedelta(hours=question.hours)
    await call.reply(
        screens.card(
            texts, day, proposal.unit, question.hours, reason, mark_of(reason), until, call.today
        )
    )


async def _reopen(press: Press, payload: ReopenPress, day: date) -> Message:
    """Reopen the day with the reason that the card shows, if that is still the one typed last."""
    session, texts = press.turn.session, press.texts
    reason = await _typed_reason(press, payload)
    if reason is None:
        return hours_screens.told(texts, texts.card_left)
    done = await reopening.reopen(
        session,
        press.desk.library,
        press.desk.schedule,
        day,
        payload.unit_id,
        payload.hours,
        reason,
        press.person,
        press.turn.received_at,
    )
    await awaited_texts.remove(session, press.person.id)
    answer: Html = texts.reopened(done.day, done.unit, done.until, done.units)
    return hours_screens.told(texts, answer)


async def _typed_reason(press: Press, payload: ReopenPress) -> str | None:
    packed = await awaited_texts.get(press.turn.session, press.person.id)
    try:
        question = ReopenReasonQuestion.parse(packed or "")
    except InvalidPayloadError:
        return None
    asked = (question.day, question.unit_id, question.hours, mark_of(question.reason))
    shown = (payload.day, payload.unit_id, payload.hours, payload.mark)
    return question.reason if question.reason and asked == shown else None
