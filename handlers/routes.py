"""Every command and button, with the right that it needs and the place where it may be used, in order."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from typing import Any

import structlog
from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.domain.people import Action, Person
from bot.screens.payloads import FormPress, InvalidPayloadError, InvitePress, LanguagePress
from bot.services.joining import recognise
from bot.services.turn import Toast, Turn
from bot.texts import Texts
from bot.texts.markup import Html
from handlers import general, joining, membership, reporting, strangers, summaries
from handlers.call import Call, Desk, Press
from handlers.names import COMMANDS
from storage import command, people

Nothing = dict[Any, Any]
"""PTB's memory for each user and chat: unused, for what must not be lost is in the database."""

Context = CallbackContext[ExtBot[None], Nothing, Nothing, Desk]
App = Application[ExtBot[None], Context, Nothing, Nothing, Desk, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Place(Enum):
    """Where a command is answered: what the command group may read, no other group may."""

    PRIVATE = "private"
    GROUP = "group"
    COMMAND_GROUP = "private or the command group"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class CommandRoute:
    action: Action
    run: Callable[[Call], Awaitable[None]]
    place: Place = Place.PRIVATE


@dataclass(frozen=True, slots=True)
class PressRoute:
    payload: type[FormPress | InvitePress | LanguagePress]
    action: Action
    run: Callable[[Press, Any], Awaitable[None]]


COMMAND_ROUTES = (
    CommandRoute(Action.REPORT, reporting.report),
    CommandRoute(Action.SUMMARY, summaries.summary, Place.COMMAND_GROUP),
    CommandRoute(Action.MISSING, summaries.missing, Place.COMMAND_GROUP),
    CommandRoute(Action.INVITE, joining.invite),
    CommandRoute(Action.BIND_GROUP, joining.make_group, Place.GROUP),
    CommandRoute(Action.HELP, general.help_, Place.ANYWHERE),
    CommandRoute(Action.LANGUAGE, general.language),
    CommandRoute(Action.CANCEL, general.cancel),
)

PRESS_ROUTES = (
    PressRoute(FormPress, Action.REPORT, reporting.form_pressed),
    PressRoute(InvitePress, Action.INVITE, joining.invite_pressed),
    PressRoute(LanguagePress, Action.LANGUAGE, general.language_pressed),
)

log = structlog.get_logger()

_NEW = filters.UpdateType.MESSAGE


def register(application: App) -> None:
    """Add every handler. All of them block: an update is handled when its transaction commits."""
    handlers: list[BaseHandler[Update, Context, None]] = [
        CommandHandler(COMMANDS[Action.START], _start, filters=_NEW)
    ]
    handlers += [
        CommandHandler(COMMANDS[route.action], _command(route), filters=_NEW)
        for route in COMMAND_ROUTES
    ]
    handlers += [
        CallbackQueryHandler(_press(route), pattern=f"^{route.payload.prefix}:")
        for route in PRESS_ROUTES
    ]
    handlers += [
        CallbackQueryHandler(_unknown_press),
        ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE & _NEW, membership.migrated),
        MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, _anything_else),
    ]
    application.add_handlers(handlers)
    application.add_error_handler(_note_failure)


async def _note_failure(update: object, context: Context) -> None:
    """Keep a handler's exception for the intake, which undoes what the handler wrote."""
    if update is None:  # a job's, and no update is at fault
        log.error("job failed", exc_info=context.error)
    else:
        context.bot_data.failure = context.error


def _turn(context: Context) -> tuple[Desk, Turn]:
    desk = context.bot_data
    if desk.turn is None:
        raise LookupError("no update is being handled")
    return desk, desk.turn


async def _caller(update: Update, desk: Desk, turn: Turn) -> tuple[Person | None, Texts]:
    user = update.effective_user
    if user is None or user.is_bot:
        return None, desk.library.default
    settings, today = desk.settings, desk.schedule.local_day(turn.received_at)
    person = await recognise(
        turn.session, user.id, settings.admin_ids, settings.language, today, turn.received_at
    )
    if person and update.effective_chat and update.effective_chat.id == user.id:
        await people.save_reachable(turn.session, user.id)
    return person, desk.library.in_language(person.language if person else settings.language)


async def _start(update: Update, context: Context) -> None:
    desk, turn = _turn(context)
    if update.effective_chat is None or update.effective_chat.type != "private":
        return
    person, texts = await _caller(update, desk, turn)
    told = None
    if context.args and update.effective_user:
        told = await joining.join(desk, turn, update.effective_user.id, context.args[0], texts)
        person, texts = await _caller(update, desk, turn)
    if person is None:
        await strangers.greet(
            turn, update, told or texts.stranger, about=":joining" if told else ""
        )
        return
    call = Call(desk, turn, person, texts, update)
    if told:
        await call.reply(told)
    if person.roles_on(desk.schedule.local_day(turn.received_at)):
        await joining.start(call)
    else:
        await call.reply(texts.role_over)


def _command(route: CommandRoute) -> Callback:
    async def run(update: Update, context: Context) -> None:
        desk, turn = _turn(context)
        person, texts = await _caller(update, desk, turn)
        if person is None:
            await strangers.greet(turn, update, texts.stranger)
            return
        call = Call(desk, turn, person, texts, update, list(context.args or ()))
        if not person.roles_on(desk.schedule.local_day(turn.received_at)):
            await call.reply(texts.role_over)
        elif not person.may(route.action, desk.schedule.local_day(turn.received_at)):
            await call.reply(texts.not_allowed)
        elif refusal := await _wrong_place(route.place, call):
            await call.reply(refusal)
        else:
            await route.run(call)

    return run


async def _wrong_place(place: Place, call: Call) -> Html | None:
    """Return why the command is not answered here, if it is not."""
    is_group = call.here.chat_id < 0
    match place:
        case Place.GROUP if not is_group:
            return call.texts.only_in_group
        case Place.PRIVATE if is_group:
            return call.texts.only_in_private
        case Place.COMMAND_GROUP if is_group:
            known = await command.get(call.turn.session)
            is_ours = known and known.group and known.group.chat_id == call.here.chat_id
            return None if is_ours else call.texts.only_in_private
        case _:
            return None


def _press(route: PressRoute) -> Callback:
    async def run(update: Update, context: Context) -> None:
        desk, turn = _turn(context)
        query = update.callback_query
        person, texts = await _caller(update, desk, turn)
        if query is None:
            return
        if person is None:
            turn.toasts.append(Toast(query.id, texts.stranger))
            return
        press = Press(desk, turn, person, texts, update)
        if not person.may(route.action, desk.schedule.local_day(turn.received_at)):
            press.toast(texts.not_allowed_toast)
            return
        if query.message is None or query.message.chat.id != person.telegram_id:
            press.toast(texts.stale_button)
            return
        try:
            await route.run(press, route.payload.parse(query.data or ""))
        except InvalidPayloadError:
            press.toast(texts.stale_button)
        if not turn.toasts:
            press.toast("")

    return run


async def _unknown_press(update: Update, context: Context) -> None:
    desk, turn = _turn(context)
    person, texts = await _caller(update, desk, turn)
    if update.callback_query:
        words = texts.stale_button if person else texts.stranger
        turn.toasts.append(Toast(update.callback_query.id, words))


async def _anything_else(update: Update, context: Context) -> None:
    """Answer what is neither a button nor a command of ours: there are no dead ends."""
    desk, turn = _turn(context)
    person, texts = await _caller(update, desk, turn)
    if person is None:
        await strangers.greet(turn, update, texts.stranger)
        return
    await Call(desk, turn, person, texts, update).reply(strangers.answer_to(update, texts))
