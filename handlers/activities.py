"""/hoatdong: courses and other activities, listed, added, changed and cancelled."""

import re

from bot.domain.activities import InvalidActivityError, NewActivity
from bot.domain.names import fold
from bot.domain.participation import ActivityKind, Mode
from bot.domain.reasons import BadReasonError, read_reason
from bot.domain.typed_sessions import NotSessionsError, parse_sessions
from bot.domain.units import Unit, UnknownUnitError, find_unit
from bot.screens import activities as screens
from bot.screens.activity_payloads import (
    ActivityPress,
    ActivityStep,
    LiableQuestion,
    NewActivityQuestion,
    SessionQuestion,
)
from bot.screens.message import Message
from bot.services import activities
from bot.services.activities import UnknownActivityError
from bot.texts.markup import Html
from handlers.call import Call, Press, Question
from storage import activities as stored
from storage import units

_LINES = 3
_ALL = frozenset({"tat ca", "all"})
_TRAINED_BY = re.compile(r"\bdo\s+", re.IGNORECASE)


async def listed(call: Call) -> None:
    await call.reply(await _list(call))


async def pressed(press: Press, payload: ActivityPress) -> None:
    try:
        await press.show(await _screen(press, payload))
    except UnknownActivityError:
        await press.show(screens.gone(press.texts))


async def typed_activity(call: Call, question: NewActivityQuestion, text: str) -> None:
    """Add what was typed on three lines; what cannot be read or be saves nothing and may be typed anew."""
    told = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if len(told) != _LINES:
        await _again(call, question, call.texts.not_three_lines)
        return
    try:
        title = read_reason(told[0])
        taking_part, trainer = await _units(call, told[1])
        slots = parse_sessions(told[2], call.today)
        new = NewActivity(
            kind=question.kind,
            title=title,
            mode=Mode.HEADCOUNT,
            first=slots[0].day,
            last=slots[-1].day,
            liable={unit.id: None for unit in taking_part},
            slots=slots,
            category=question.category or None,
            service=question.service or None,
            trainer_unit_id=trainer.id if trainer else None,
        )
        activity_id = await activities.add(
            call.turn.session, new, call.person, call.today, call.turn.received_at
        )
    except BadReasonError:
        await _again(call, question, call.texts.not_three_lines)
    except UnknownUnitError as error:
        await _again(call, question, call.texts.unknown_unit(error.typed))
    except NotSessionsError as error:
        await _again(call, question, call.texts.not_sessions(error.typed))
    except InvalidActivityError as error:
        await _again(call, question, call.texts.invalid_activity(error))
    else:
        await call.reply(await _card(call, activity_id, call.texts.activity_changed))


async def typed_sessions(call: Call, question: SessionQuestion, text: str) -> None:
    try:
        slots = parse_sessions(text, call.today)
        await activities.add_sessions(
            call.turn.session,
            question.activity_id,
            slots,
            call.person,
            call.today,
            call.turn.received_at,
        )
    except UnknownActivityError:
        await call.reply(screens.gone(call.texts))
    except NotSessionsError as error:
        await _again(call, question, call.texts.not_sessions(error.typed))
    except InvalidActivityError as error:
        await _again(call, question, call.texts.invalid_activity(error))
    else:
        await call.reply(await _card(call, question.activity_id, call.texts.activity_changed))


async def typed_liable(call: Call, question: LiableQuestion, text: str) -> None:
    found = re.fullmatch(r"(.+?)\s*[:=]?\s*(\d{1,5})", text.strip())
    if not found:
        await _again(call, question, call.texts.bad_liable)
        return
    try:
        registry = await units.registry(call.turn.session)
        unit = find_unit(found[1], registry.on(call.today))
        await activities.save_liable(
            call.turn.session,
            question.activity_id,
            unit.id,
            int(found[2]),
            call.person,
            call.today,
            call.turn.received_at,
        )
    except UnknownUnitError as error:
        await _again(call, question, call.texts.unknown_unit(error.typed))
    except UnknownActivityError:
        await call.reply(screens.gone(call.texts))
    except InvalidActivityError as error:
        await _again(call, question, call.texts.invalid_activity(error))
    else:
        await call.reply(await _card(call, question.activity_id, call.texts.activity_changed))


async def _screen(press: Press, payload: ActivityPress) -> Message:
    texts, session = press.texts, press.turn.session
    match payload.step:
        case ActivityStep.LIST:
            return await _list(press, payload.page)
        case ActivityStep.KIND:
            return screens.choose_kind(texts)
        case ActivityStep.CATEGORY:
            return screens.choose_category(texts)
        case ActivityStep.SERVICE:
            return screens.choose_service(texts, payload.category)
        case ActivityStep.NEW if payload.kind:
            kind = ActivityKind(payload.kind)
            await press.ask(NewActivityQuestion(kind, payload.category, payload.service))
            words = texts.ask_activity(kind, payload.category, payload.service, press.today)
            return screens.asked(texts, words)
        case ActivityStep.CANCELLED:
            await activities.cancel(
                session,
                press.desk.library,
                press.desk.schedule,
                payload.activity_id,
                payload.session_id,
                press.person,
                press.turn.received_at,
            )
            return await _card(press, payload.activity_id)
        case ActivityStep.MODE:
            await activities.change_mode(
                session,
                press.desk.schedule,
                payload.activity_id,
                press.person,
                press.turn.received_at,
            )
            return await _card(press, payload.activity_id)
        case ActivityStep.CARD:
            return await _card(press, payload.activity_id)
        case _:
            return await _of_activity(press, payload)


async def _of_activity(press: Press, payload: ActivityPress) -> Message:
    """What is asked about an activity that still is. Raises UnknownActivityError."""
    texts, session = press.texts, press.turn.session
    activity = await stored.get(session, payload.activity_id)
    if activity is None or activity.is_cancelled:
        raise UnknownActivityError
    sessions = await stored.list_sessions(session, [activity.id])
    match payload.step:
        case ActivityStep.SESSIONS:
            return screens.choose_session(texts, activity, sessions, payload.page)
        case ActivityStep.ADD:
            await press.ask(SessionQuestion(activity.id))
            return screens.asked(texts, texts.ask_sessions(activity), activity.id)
        case ActivityStep.LIABLE:
            await press.ask(LiableQuestion(activity.id))
            return screens.asked(texts, texts.ask_liable(activity), activity.id)
        case _:
            chosen = next((s for s in sessions if s.id == payload.session_id), None)
            return screens.ask_cancel(texts, activity, chosen)


async def _list(call: Call, page: int = 0) -> Message:
    found = await stored.list_all(call.turn.session)
    return screens.activities(call.texts, found, call.today, page)


async def _card(call: Call, activity_id: int, note: Html | str = "") -> Message:
    shown = await activities.card(
        call.turn.session, call.desk.schedule, activity_id, call.turn.received_at
    )
    return screens.card(call.texts, shown, note)


async def _units(call: Call, typed: str) -> tuple[list[Unit], Unit | None]:
    """Who takes part and who trains (None: the command). Raises UnknownUnitError."""
    registry = (await units.registry(call.turn.session)).on(call.today)
    names, *trained_by = _TRAINED_BY.split(typed, maxsplit=1)
    trainer = find_unit(trained_by[0], registry) if trained_by else None
    named = names.strip(" ,;")
    if fold(named) in _ALL:
        return list(registry), trainer
    wanted = [part.strip() for part in re.split(r"[,;]", named) if part.strip()]
    found = {unit.id: unit for unit in (find_unit(each, registry) for each in wanted)}
    return list(found.values()), trainer


async def _again(call: Call, question: Question, why: Html) -> None:
    await call.ask(question)
    await call.reply(why)
