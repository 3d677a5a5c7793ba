"""/nguoidung: people by position, and what an admin changes about their roles."""

from datetime import date

from bot.domain.dates import NotADateError, parse_days
from bot.domain.people import Role
from bot.domain.seats import NotActingError, NotEndableError, Who
from bot.domain.units import Unit
from bot.screens import people as screens
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.screens.people_payloads import (
    ActingDaysQuestion,
    ActingPress,
    ActingStep,
    PeoplePress,
    PersonPress,
    PersonStep,
)
from bot.services import roles, roll
from bot.services.joining import deep_link
from bot.services.roles import HeldAlreadyError, NoSuchChangeError, NotThereError
from bot.services.roll import Roll
from handlers.call import Call, Press


async def everybody(call: Call) -> None:
    await call.reply(_list(call, await _roll(call), PeoplePress()))


async def list_pressed(press: Press, payload: PeoplePress) -> None:
    known = await _roll(press)
    if payload.chooses_unit:
        listed = known.registry.on(press.today)
        await press.show(screens.choose_unit(press.texts, listed, payload.role, payload.page))
        return
    await press.show(_list(press, known, payload))


def _list(call: Call, known: Roll, payload: PeoplePress) -> Message:
    texts = call.texts
    listed = []
    for person_id in known.listed(payload.role, payload.unit_id):
        who, member = known.who(person_id), known.members[person_id]
        held = [
            (s.assignment, known.unit(s.assignment.unit_id)) for s in known.open_seats(person_id)
        ]
        line = texts.person_line(
            who, held, known.joined_at(person_id), member.unreachable_since, call.today
        )
        listed.append((person_id, who, line))
    unit = known.unit(payload.unit_id)
    return screens.everybody(texts, listed, payload.role, unit, payload.page)


async def person_pressed(press: Press, payload: PersonPress) -> None:
    """Show the person, or a card of what is to be changed, or what has come of it."""
    texts, person_id = press.texts, payload.person_id
    known = await _roll(press)
    seat = known.seat(payload.seat_id)
    if person_id not in known.members or (seat and seat.person_id != person_id):
        raise InvalidPayloadError(payload.pack())
    try:
        shown = await _person_screen(press, known, payload)
    except NotEndableError as error:
        shown = screens.told(texts, screens.refusal(texts, error), person_id)
    except HeldAlreadyError:
        shown = screens.told(texts, texts.role_held_already, person_id)
    except (NotThereError, NoSuchChangeError) as error:
        raise InvalidPayloadError(payload.pack()) from error
    await press.show(shown)


async def _person_screen(press: Press, known: Roll, payload: PersonPress) -> Message:
    texts, person_id, seat_id = press.texts, payload.person_id, payload.seat_id
    session, library, now = press.turn.session, press.desk.library, press.turn.received_at
    named = bool(press.desk.settings.admin_ids)
    match payload.step:
        case PersonStep.VIEW:
            return _view(press, known, person_id)
        case PersonStep.END:
            change = roles.check_end(known, seat_id, settings_name_admins=named)
            yes = PersonPress(PersonStep.ENDED, person_id, seat_id)
            text = texts.end_role_card(
                change.who,
                change.seat.assignment,
                change.unit,
                leaves_nobody=known.is_last_of_unit(change.seat),
            )
            return screens.card(texts, text, yes, person_id)
        case PersonStep.ENDED:
            change = await roles.end(
                session, library, known, seat_id, press.person, now, settings_name_admins=named
            )
            text = texts.role_ended(change.who, change.seat.assignment, change.unit)
            return screens.told(texts, text)
        case PersonStep.HAND:
            change = roles.changeable(known, seat_id)
            yes = PersonPress(PersonStep.HANDED, person_id, seat_id)
            text = texts.hand_over_card(change.who, change.seat.assignment, change.unit)
            return screens.card(texts, text, yes, person_id)
        case PersonStep.HANDED:
            change, token, expires_at = await roles.hand_over(
                session, known, seat_id, press.person, now
            )
            link = deep_link(press.desk.bot_username, token)
            role = change.seat.assignment.role
            text = texts.handed_over(change.who, role, change.unit, link, expires_at)
            return screens.told(texts, text, person_id)
        case PersonStep.ROLES:
            change = roles.check_end(known, seat_id, settings_name_admins=named)
            text = texts.choose_new_role(change.who, change.seat.assignment, change.unit)
            return screens.choose_role(texts, text, person_id, change.seat)
        case _:
            return await _change_role(press, known, payload, named=named)


async def _change_role(press: Press, known: Roll, payload: PersonPress, *, named: bool) -> Message:
    texts, role = press.texts, payload.role
    if role is None:
        raise InvalidPayloadError(payload.pack())
    if payload.step is PersonStep.ROLE:
        change = roles.check_change(known, payload.seat_id, role, settings_name_admins=named)
        yes = PersonPress(PersonStep.CHANGED, payload.person_id, payload.seat_id, role)
        text = texts.change_role_card(change.who, change.seat.assignment, change.unit, role)
        return screens.card(texts, text, yes, payload.person_id)
    change = await roles.change_role(
        press.turn.session,
        press.desk.library,
        known,
        payload.seat_id,
        role,
        press.person,
        press.turn.received_at,
        settings_name_admins=named,
    )
    text = texts.role_is_changed(change.who, change.unit, role)
    return screens.told(texts, text, payload.person_id)


def _view(call: Call, known: Roll, person_id: int) -> Message:
    held = [(s, known.unit(s.assignment.unit_id)) for s in known.open_seats(person_id)]
    text = call.texts.person(
        known.who(person_id),
        [(seat.assignment, unit) for seat, unit in held],
        known.joined_at(person_id),
        known.members[person_id].unreachable_since,
        call.today,
    )
    return screens.one(call.texts, text, person_id, held)


async def acting_pressed(press: Press, payload: ActingPress) -> None:
    """Let the person act for a unit's leader: which unit, which days, the card, done.

    Who is yet to be invited (from /thumoi) goes the same way, and gets an invitation in the end.
    """
    known = await _roll(press)
    if payload.person_id is not None and payload.person_id not in known.members:
        raise InvalidPayloadError(payload.pack())
    await press.show(await _acting_screen(press, known, payload))


async def _acting_screen(press: Press, known: Roll, payload: ActingPress) -> Message:
    texts, person_id, unit_id = press.texts, payload.person_id, payload.unit_id
    first, last = payload.first, payload.last
    unit = None if unit_id is None else known.registry.get(unit_id, press.today)
    if unit is None:
        if person_id is None:  # the unit is gone
            raise InvalidPayloadError(payload.pack())
        listed = known.registry.on(press.today)
        return screens.choose_acting_unit(texts, listed, person_id, payload.page)
    if payload.step is ActingStep.DAYS or first is None or last is None:
        who = None if person_id is None else known.who(person_id)
        return await ask_acting_days(press, who, person_id, unit)
    try:
        if payload.step is ActingStep.CARD:
            return _acting_card(press, known, person_id, unit.id, first, last)
        if person_id is None:
            return await _invitation_to_act(press, known, unit.id, first, last)
        who, unit = await roles.let_act(
            press.turn.session,
            press.desk.library,
            press.desk.schedule,
            known,
            person_id,
            unit.id,
            first,
            last,
            press.person,
            press.turn.received_at,
        )
    except NotActingError as error:
        reason = screens.refusal(texts, error)
        if person_id is None:
            return screens.not_invited(texts, reason)
        return screens.told(texts, reason, person_id)
    except NotThereError as error:
        raise InvalidPayloadError(payload.pack()) from error
    return screens.told(texts, texts.acts(who, unit, first, last), person_id)


async def ask_acting_days(
    call: Call, who: Who | None, person_id: int | None, unit: Unit
) -> Message:
    """Ask on which days the person, or who is yet to be invited, acts for the unit's leader."""
    await call.ask(ActingDaysQuestion(person_id, unit.id))
    return screens.choose_acting_days(call.texts, who, unit, person_id, call.today)


async def _invitation_to_act(
    press: Press, known: Roll, unit_id: int, first: date, last: date
) -> Message:
    """Raises NotActingError and NotThereError."""
    unit, token, expires_at = await roles.invite_to_act(
        press.turn.session, known, unit_id, first, last, press.person, press.turn.received_at
    )
    link = deep_link(press.desk.bot_username, token)
    told = press.texts.invitation(Role.ACTING, unit, link, expires_at, (first, last))
    return Message(told)


def _acting_card(
    call: Call, known: Roll, person_id: int | None, unit_id: int, first: date, last: date
) -> Message:
    """Raises NotActingError and NotThereError."""
    unit = roles.check_acting(known, person_id, unit_id, first, last)
    who = None if person_id is None else known.who(person_id)
    yes = ActingPress(ActingStep.SAVE, person_id, unit.id, first, last)
    text = call.texts.acting_card(who, unit, first, last)
    return screens.card(call.texts, text, yes, person_id)


async def typed_days(call: Call, question: ActingDaysQuestion, text: str) -> None:
    """Show the card of the typed days; days that cannot be read or given may be typed again."""
    texts, known = call.texts, await _roll(call)
    try:
        first, last = parse_days(text, call.today)
        card = _acting_card(call, known, question.person_id, question.unit_id, first, last)
        await call.reply(card)
    except NotADateError as error:
        await call.ask(question)
        await call.reply(texts.not_acting_days(error.typed))
    except NotActingError as error:
        await call.ask(question)
        await call.reply(screens.refusal(texts, error))
    except NotThereError:
        await call.reply(screens.told(texts, texts.role_over_already))


async def _roll(call: Call) -> Roll:
    return await roll.load(call.turn.session, call.today)
