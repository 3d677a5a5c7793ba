"""/miengiam: who owes no report on which days."""

from datetime import UTC, datetime

from bot.domain.dates import NotADateError, parse_days, split_days
from bot.domain.exempting import NotExemptableError, Span
from bot.domain.reasons import LONGEST_REASON, BadReasonError, read_reason
from bot.domain.units import UnknownUnitError, find_unit
from bot.screens import exemptions as screens
from bot.screens.admin_payloads import (
    EndPress,
    ExemptDaysQuestion,
    ExemptPress,
    ExemptReasonQuestion,
    ExemptStep,
)
from bot.screens.message import Message
from bot.services import exemptions
from bot.services.admin_units import GoneUnitError, named_unit
from bot.texts import Texts
from bot.texts.markup import Html
from handlers.call import Call, Press
from storage import units


async def exempt(call: Call) -> None:
    """Show what holds, or declare what was typed behind the command."""
    typed = " ".join(call.arguments)
    if not typed:
        await call.reply(await _list(call))
        return
    head, _, told = typed.partition(":")
    try:
        first, last, name = split_days(head, call.today)
        registry = await units.registry(call.turn.session)
        unit = find_unit(name, registry.on(call.today)) if name else None
        reason = read_reason(told)
    except NotADateError:
        await call.reply(call.texts.not_exempt_command(typed))
    except UnknownUnitError as error:
        await call.reply(call.texts.unknown_unit(error.typed))
    except BadReasonError:
        await call.reply(call.texts.exempt_without_reason(LONGEST_REASON))
    else:
        await call.reply(await _declare(call, unit.id if unit else None, Span(first, last), reason))


async def pressed(press: Press, payload: ExemptPress) -> None:
    try:
        await press.show(await _screen(press, payload))
    except NotExemptableError as error:
        await press.show(screens.told(press.texts, screens.refusal(press.texts, error)))
    except GoneUnitError:
        await press.show(screens.told(press.texts, press.texts.unit_gone))


async def _screen(press: Press, payload: ExemptPress) -> Message:
    session, unit_id = press.turn.session, payload.unit_id
    registry = await units.registry(session)
    unit = named_unit(registry, unit_id, press.today)
    match payload.step:
        case ExemptStep.LIST:
            return await _list(press, payload.page)
        case ExemptStep.WHOM:
            return screens.choose_whom(press.texts, registry.on(press.today), payload.page)
        case ExemptStep.DAYS:
            return screens.choose_days(press.texts, unit, press.today)
        case ExemptStep.TYPE:
            await press.ask(ExemptDaysQuestion(unit_id))
            return screens.ask(press.texts, press.texts.ask_exempt_days(unit))
        case ExemptStep.ASK if payload.span:
            return await _ask_reason(press, unit_id, payload.span)
        case _:
            return await _list(press)


async def _ask_reason(call: Call, unit_id: int | None, span: Span) -> Message:
    """Ask for the reason of what may be exempted. Raises NotExemptableError and GoneUnitError."""
    unit, begun = await exemptions.check(
        call.turn.session, call.desk.schedule, unit_id, span, call.turn.received_at
    )
    await call.ask(ExemptReasonQuestion(unit_id, begun))
    return screens.ask(call.texts, call.texts.ask_exempt_reason(unit, begun))


async def typed_days(call: Call, question: ExemptDaysQuestion, text: str) -> None:
    """Ask for the reason next; days that cannot be read or exempted may be typed again."""
    try:
        first, last = parse_days(text, call.today)
        await call.reply(await _ask_reason(call, question.unit_id, Span(first, last)))
    except NotADateError as error:
        await _ask_once_more(call, question, call.texts.not_exempt_days(error.typed))
    except NotExemptableError as error:
        await _ask_once_more(call, question, screens.refusal(call.texts, error))
    except GoneUnitError:
        await call.reply(screens.told(call.texts, call.texts.unit_gone))


async def typed_reason(call: Call, question: ExemptReasonQuestion, text: str) -> None:
    try:
        reason = read_reason(text)
    except BadReasonError:
        await _ask_once_more(call, question, call.texts.bad_reason(LONGEST_REASON))
        return
    await call.reply(await _declare(call, question.unit_id, question.span, reason))


async def _ask_once_more(
    call: Call, question: ExemptDaysQuestion | ExemptReasonQuestion, why: Html
) -> None:
    await call.ask(question)
    await call.reply(why)


async def _declare(call: Call, unit_id: int | None, span: Span, reason: str) -> Message:
    session, now, texts = call.turn.session, call.turn.received_at, call.texts
    try:
        made = await exemptions.declare(
            session, call.desk.library, call.desk.schedule, unit_id, span, reason, call.person, now
        )
    except NotExemptableError as error:
        return screens.told(texts, screens.refusal(texts, error))
    except GoneUnitError:
        return screens.told(texts, texts.unit_gone)
    return screens.declared(texts, made.exemption, made.unit, now, holds_today=made.holds_today)


async def end_pressed(press: Press, payload: EndPress) -> None:
    """End the exemption, or take it back if it was declared just now."""
    declared_at = None
    if payload.declared_minute:
        declared_at = datetime.fromtimestamp(payload.declared_minute * 60, UTC)
    try:
        ended = await exemptions.end(
            press.turn.session,
            press.desk.library,
            press.desk.schedule,
            payload.exemption_id,
            declared_at,
            press.person,
            press.turn.received_at,
        )
    except exemptions.UnknownExemptionError:
        press.toast(press.texts.stale_button)
        return
    except exemptions.AlreadyEndedError:
        press.toast(press.texts.exemption_over)
        await press.show(await _list(press))
        return
    except exemptions.TooLateToEndError:
        await press.show(screens.told(press.texts, press.texts.too_late_to_end))
        return
    await press.show(screens.told(press.texts, _ended(press, ended)))


def _ended(press: Press, ended: exemptions.Ended) -> Html:
    texts: Texts = press.texts
    if ended.ended_on <= ended.exemption.first:
        return texts.exemption_undone(ended.exemption, ended.unit)
    return texts.exemption_ended(ended.exemption, ended.unit, ended.ended_on, press.today)


async def _list(call: Call, page: int = 0) -> Message:
    listed = await exemptions.list_to_come(
        call.turn.session, call.desk.schedule, call.turn.received_at
    )
    return screens.exemptions(call.texts, listed, page)
