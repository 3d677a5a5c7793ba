"""/chitieu: the resolutions' targets against what the units report."""

import re
from datetime import date
from fractions import Fraction

from bot.domain.dates import NotADateError, parse_day
from bot.domain.people import Action, Role
from bot.domain.reports import NoReportDueError
from bot.domain.target_calendar import AskedAlreadyError
from bot.domain.targets import Standing, Status
from bot.screens import targets as screens
from bot.screens.message import Message
from bot.screens.target_payloads import (
    EditPress,
    EditStep,
    RevisionQuestion,
    StatePress,
    TargetPress,
    TargetStep,
)
from bot.services import pictures, target_reports
from bot.services import targets as service
from bot.services.targets import NoSuchTargetError, PastDayError
from handlers.call import Call, Press
from storage import units

_WHOLE_COMMAND = frozenset({Role.COMMANDER, Role.ADMIN})


async def targets(call: Call) -> None:
    """Show the whole to who commands, the own unit to who leads one."""
    led = call.person.units_on(call.today)
    if _commands(call):
        await call.reply(await _screen(call, TargetPress(TargetStep.LIST)))
    elif len(led) == 1:
        await call.reply(await _screen(call, TargetPress(TargetStep.LIST, led[0])))
    else:
        await call.reply(await _screen(call, TargetPress(TargetStep.UNITS)))


async def pressed(press: Press, payload: TargetPress) -> None:
    if not _may_see(press, payload):
        press.toast(press.texts.stale_button)
        return
    if payload.step is TargetStep.PICTURE:
        await pictures.follow_targets(press.turn, press.desk.schedule, press.here, press.texts)
        return
    try:
        await press.show(await _screen(press, payload))
    except NoSuchTargetError:
        await press.show(screens.told(press.texts, press.texts.no_such_target, payload.unit_id))


def _commands(call: Call) -> bool:
    return bool(_WHOLE_COMMAND & call.person.roles_on(call.today))


def _may_see(call: Call, payload: TargetPress) -> bool:
    led = call.person.units_on(call.today)
    if payload.step is TargetStep.REPORT:
        return payload.unit_id in led
    if payload.step in {TargetStep.ASK, TargetStep.ASKED}:
        return _commands(call)
    is_choice = payload.step is TargetStep.UNITS
    return _commands(call) or payload.unit_id in led or (is_choice and bool(led))


async def _screen(call: Call, payload: TargetPress) -> Message:
    """Raises NoSuchTargetError."""
    session, texts, unit_id = call.turn.session, call.texts, payload.unit_id
    schedule, now = call.desk.schedule, call.turn.received_at
    listed = (await units.registry(session)).on(call.today)
    led = call.person.units_on(call.today)
    if payload.step is TargetStep.UNITS:
        shown = listed if _commands(call) else [u for u in listed if u.id in led]
        return screens.choose_unit(texts, shown, payload.page, back=_commands(call))
    unit = next((u for u in listed if u.id == unit_id), None)
    if unit_id is not None and unit is None:
        return screens.told(texts, texts.no_such_unit)
    if payload.step is TargetStep.VIEW:
        return await _one(call, payload.key, unit_id)
    if payload.step is TargetStep.ASK:
        return screens.asking(texts, (await _current(call, payload.key)).target)
    if payload.step is TargetStep.ASKED:
        return await _ask_now(call, payload.key)
    found = await service.current(session, schedule, now)
    collected = await target_reports.collected(session, schedule, now)
    if unit is None:
        return screens.everything(texts, found, call.today, collected)
    if payload.step is TargetStep.REPORT:
        forms = await target_reports.list_forms(session, schedule, now)
        own = [form for form in forms if form.unit.id == unit.id]
        return screens.report(texts, found, unit, collected, own)
    return screens.of_unit(
        texts,
        found,
        unit,
        call.today,
        collected,
        is_own=unit.id in led,
        back=_commands(call) or len(led) > 1,
    )


async def _one(call: Call, key: str, unit_id: int | None) -> Message:
    session, texts = call.turn.session, call.texts
    known = await service.overview(session, call.desk.schedule, call.turn.received_at)
    standing = known.find(key)
    unit = next((u for u in standing.scope.units if u.id == unit_id), None)
    if unit_id is not None and unit is None:
        raise NoSuchTargetError(key)
    then = service.month_before(known.day)
    collected = await target_reports.collected(session, call.desk.schedule, call.turn.received_at)
    text = texts.target(
        standing,
        known.before.get(key),
        then,
        unit=unit,
        collected=collected.get(standing.target.measure),
    )
    beside = known.standings
    if unit:
        beside = tuple(s for _, s in screens.rows_of_unit(known.standings, unit.id))
    may_edit = call.person.may(Action.EDIT_TARGETS, call.today)
    return screens.one(texts, text, beside, standing, unit_id, may_edit=may_edit)


async def state_pressed(press: Press, payload: StatePress) -> None:
    """Keep the state that a commander gives for the command."""
    if not _commands(press):
        press.toast(press.texts.stale_button)
        return
    status = Status(payload.key, None, payload.state, press.turn.received_at)
    try:
        await service.set_status(press.turn.session, press.desk.schedule, press.person, status)
        await press.show(await _screen(press, TargetPress(TargetStep.VIEW, None, payload.key)))
        press.toast(press.texts.target_saved_toast)
    except NoSuchTargetError:
        await press.show(screens.told(press.texts, press.texts.no_such_target))


async def _ask_now(call: Call, key: str) -> Message:
    """Ask the units for their reports on the target. Raises NoSuchTargetError."""
    session, texts = call.turn.session, call.texts
    target = (await _current(call, key)).target
    try:
        window = await target_reports.ask_now(
            session, call.desk.schedule, target.measure, call.person, call.turn.received_at
        )
    except AskedAlreadyError as error:
        return screens.told(texts, texts.asked_already(target, error.day))
    except NoReportDueError as error:
        raise NoSuchTargetError(key) from error
    return screens.told(texts, texts.reports_asked(target, window))


async def edit_pressed(press: Press, payload: EditPress) -> None:
    texts, session, schedule = press.texts, press.turn.session, press.desk.schedule
    now = press.turn.received_at
    try:
        target = (await _current(press, payload.key)).target
        match payload.step:
            case EditStep.ASK:
                await press.ask(RevisionQuestion(payload.key))
                await press.show(screens.told(texts, texts.ask_revision(target)))
            case EditStep.SAVE if payload.day:
                change = (payload.key, payload.value, payload.day)
                await service.revise(session, schedule, press.person, change, now)
                await press.show(screens.told(texts, texts.target_revised(target, payload.day)))
            case EditStep.END:
                await press.show(screens.ending(texts, target))
            case _:
                await service.end(session, schedule, press.person, payload.key, now)
                await press.show(screens.told(texts, texts.target_ended(target)))
    except NoSuchTargetError:
        await press.show(screens.told(texts, texts.no_such_target))
    except PastDayError:
        await press.show(screens.told(texts, texts.not_a_revision))


async def revision_typed(call: Call, question: RevisionQuestion, text: str) -> None:
    """Read the new value and its first day; what cannot be read may be typed again."""
    try:
        target = (await _current(call, question.key)).target
        value, day = _read_revision(text, call.today)
        await call.reply(screens.revision(call.texts, target, value, day))
    except (NotADateError, PastDayError):
        await call.ask(question)
        await call.reply(call.texts.not_a_revision)
    except NoSuchTargetError:
        await call.reply(call.texts.no_such_target)


def _read_revision(text: str, today: date) -> tuple[Fraction, date]:
    """Read `96 1/1/2027`. Raises NotADateError and PastDayError."""
    found = re.fullmatch(r"(\d{1,5})(?:[.,](\d{1,2}))?\s*%?\s+(.*)", text.strip(), re.ASCII)
    if not found:
        raise NotADateError(text)
    day = parse_day(found[3], today)
    if day < today:
        raise PastDayError(day)
    return Fraction(f"{found[1]}.{found[2] or 0}"), day


async def _current(call: Call, key: str) -> Standing:
    """Raises NoSuchTargetError."""
    found = await service.current(call.turn.session, call.desk.schedule, call.turn.received_at)
    for each in found:
        if each.target.key == key:
            return each
    raise NoSuchTargetError(key)
