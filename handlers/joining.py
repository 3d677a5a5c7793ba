"""Coming in: /start, /thumoi, /nhom."""

from bot.domain.people import Role
from bot.screens.commands import group_menu
from bot.screens.joining import choose_role, choose_unit
from bot.screens.message import Message
from bot.screens.payloads import InvitePress
from bot.services import languages
from bot.services.joining import (
    ExpiredInvitationError,
    NotNeededError,
    UnitRequiredError,
    UnknownInvitationError,
    UsedInvitationError,
    accept_invitation,
    bind_group,
    create_invitation,
    deep_link,
)
from bot.services.roles import take_leave
from bot.services.turn import Turn
from bot.texts import Texts
from bot.texts.markup import Html
from handlers.call import Call, Desk, Press
from handlers.general import help_text
from handlers.people import ask_acting_days
from storage import command, units


async def start(call: Call) -> None:
    """Greet who is known already; joining itself is `join`."""
    await call.reply(await help_text(call))
    await call.desk.menus.tell_anew(call.turn.session, call.person.id, call.turn.received_at)


async def join(desk: Desk, turn: Turn, telegram_id: int, token: str, texts: Texts) -> Html | None:
    """Accept the invitation and return the line that says so; None for a link that never was one."""
    session = turn.session
    try:
        joined = await accept_invitation(
            session, token, telegram_id, texts.language, desk.schedule, turn.received_at
        )
    except UnknownInvitationError:
        return None
    except UsedInvitationError:
        return texts.invitation_used
    except ExpiredInvitationError:
        return texts.invitation_expired
    except NotNeededError:
        return texts.invitation_not_needed
    if joined.was_joined_before:
        return texts.already_joined
    if joined.replaced:
        await take_leave(session, desk.library, joined.replaced, turn.received_at)
    known = await command.get(session)
    registry = await units.registry(session)
    today = desk.schedule.local_day(turn.received_at)
    unit = registry.get(joined.unit_id, today) if joined.unit_id is not None else None
    return texts.welcome(joined.role, unit, known.name if known else "", joined.until, joined.first)


async def invite(call: Call) -> None:
    await call.reply(choose_role(call.texts))


async def invite_pressed(press: Press, payload: InvitePress) -> None:
    session, now = press.turn.session, press.turn.received_at
    registry = await units.registry(session)
    today = press.desk.schedule.local_day(now)
    if payload.role.leads_unit and payload.unit_id is None:
        listed = registry.on(today)
        await press.show(
            choose_unit(press.texts, payload.role, listed, payload.page)
            if listed
            else Message(press.texts.no_units)
        )
        return
    unit = registry.get(payload.unit_id, today) if payload.unit_id is not None else None
    if payload.role is Role.ACTING and unit:
        await press.show(await ask_acting_days(press, None, None, unit))
        return
    try:
        token, expires_at = await create_invitation(
            session, payload.role, unit, now, created_by=press.person.id
        )
    except UnitRequiredError:
        press.toast(press.texts.stale_button)
        return
    link = deep_link(press.desk.bot_username, token)
    await press.show(Message(press.texts.invitation(payload.role, unit, link, expires_at)))


async def make_group(call: Call) -> None:
    known = await bind_group(
        call.turn.session,
        call.here.chat_id,
        call.here.thread_id,
        call.person,
        call.turn.received_at,
    )
    if known is None:
        await call.reply(call.texts.no_units)
        return
    texts = await languages.of_chat(call.turn.session, call.desk.library, call.here.chat_id)
    await call.reply(texts.group_bound(known.name))
    await call.list_commands(group_menu(texts))
