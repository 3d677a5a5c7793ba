"""Before a handler runs: who calls, with which right, from which place. After it: an answer is there."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any, ClassVar, Protocol, Self

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.domain.people import Action, Person
from bot.screens.packing import InvalidPayloadError
from bot.services import languages
from bot.services.joining import recognise
from bot.services.turn import Toast, Turn
from bot.texts import Texts
from bot.texts.markup import Html
from handlers import joining, strangers
from handlers.call import Call, Desk, Press
from storage import awaited_texts, command

Nothing = dict[Any, Any]
"""PTB's memory for each user and chat: unused, for what must not be lost is in the database."""

Context = CallbackContext[ExtBot[None], Nothing, Nothing, Desk]
App = Application[ExtBot[None], Context, Nothing, Nothing, Desk, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


# Nobody remembers yesterday's question: what they type then is about something else.
WAITS_FOR = timedelta(hours=12)


class Payload(Protocol):
    """What a button or a question carries; see bot/screens/payloads.py."""

    prefix: ClassVar[str]

    @classmethod
    def parse(cls, data: str) -> Self: ...


class Place(Enum):
    """Where a command or press is answered: what the command group may read, no other group may."""

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
    """`keeps_question`: the handler itself decides whether what was asked is left by the press."""

    payload: type[Payload]
    action: Action
    run: Callable[[Press, Any], Awaitable[None]]
    place: Place = Place.PRIVATE
    keeps_question: bool = False


@dataclass(frozen=True, slots=True)
class TextRoute:
    """What is done with the text that answers a question of this kind.

    A text above `longest` characters is no answer; the question stays open.
    """

    question: type[Payload]
    action: Action
    run: Callable[[Call, Any, str], Awaitable[None]]
    longest: int = strangers.LONGEST_TEXT


def _turn(context: Context) -> tuple[Desk, Turn]:
    desk = context.bot_data
    if desk.turn is None:
        raise LookupError("no update is being handled")
    return desk, desk.turn


async def _caller(update: Update, desk: Desk, turn: Turn) -> tuple[Person | None, Texts]:
    """Who calls, and in which language the answer is: in a group all read it, in the group's."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or user.is_bot:
        return None, desk.library.default
    settings, today = desk.settings, desk.schedule.local_day(turn.received_at)
    person = await recognise(
        turn.session,
        user.id,
        settings.admin_ids,
        settings.language,
        today,
        turn.received_at,
        in_private=chat is not None and chat.id == user.id,
    )
    if chat and chat.id < 0:
        return person, await languages.of_chat(turn.session, desk.library, chat.id)
    return person, desk.library.in_language(person.language if person else None)


async def start(update: Update, context: Context) -> None:
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
        await call.reply(_without_role(call))


def _without_role(call: Call) -> Html:
    """What who has no role today is told."""
    first = call.person.begins_on(call.today)
    return call.texts.role_begins(first) if first else call.texts.role_over


def command_callback(route: CommandRoute) -> Callback:
    async def run(update: Update, context: Context) -> None:
        desk, turn = _turn(context)
        person, texts = await _caller(update, desk, turn)
        if person is None:
            await strangers.greet(turn, update, texts.stranger)
            return
        call = Call(desk, turn, person, texts, update, list(context.args or ()))
        if not person.roles_on(desk.schedule.local_day(turn.received_at)):
            await call.reply(_without_role(call))
        elif not person.may(route.action, desk.schedule.local_day(turn.received_at)):
            await call.reply(texts.not_allowed)
        elif refusal := await _wrong_place(route.place, call):
            await call.reply(refusal)
        else:
            await _leave_question(call)
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


def press_callback(route: PressRoute) -> Callback:
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
        if query.message is None or await _wrong_place(route.place, press):
            press.toast(texts.stale_button)
            return
        if not route.keeps_question:
            await _leave_question(press)
        try:
            await route.run(press, route.payload.parse(query.data or ""))
        except InvalidPayloadError:
            press.toast(texts.stale_button)
        if not turn.toasts:
            press.toast("")

    return run


async def unknown_press(update: Update, context: Context) -> None:
    desk, turn = _turn(context)
    person, texts = await _caller(update, desk, turn)
    if update.callback_query:
        words = texts.stale_button if person else texts.stranger
        turn.toasts.append(Toast(update.callback_query.id, words))


def text_callback(
    routes: Sequence[TextRoute], line_typed: Callable[[Call], Awaitable[bool]]
) -> Callback:
    """Who is asked something answers it; else the text may be a line; else it is not understood.

    An edited message answers no question.
    """

    async def run(update: Update, context: Context) -> None:
        """Answer what is neither a button nor a command of ours: there are no dead ends."""
        desk, turn = _turn(context)
        person, texts = await _caller(update, desk, turn)
        if person is None:
            await strangers.greet(turn, update, texts.stranger)
            return
        call = Call(desk, turn, person, texts, update)
        if not await _answer_question(call, routes) and not await line_typed(call):
            leads = bool(person.units_on(desk.schedule.local_day(turn.received_at)))
            words = strangers.answer_to(update, texts, leads=leads)
            await call.reply(words, once=strangers.album_of(update))

    return run


async def _answer_question(call: Call, routes: Sequence[TextRoute]) -> bool:
    """Give a typed text to whom it is the answer for; return whether somebody waited for it."""
    message = call.update.message
    text = message.text if message else None
    if not text or text.startswith("/"):
        return False
    session = call.turn.session
    await awaited_texts.remove_older(session, call.turn.received_at - WAITS_FOR)
    question = await awaited_texts.get(session, call.person.id)
    route = next((r for r in routes if (question or "").startswith(f"{r.question.prefix}:")), None)
    if question is None or route is None or len(text) > route.longest:
        return False
    await _leave_question(call)
    if not call.person.may(route.action, call.desk.schedule.local_day(call.turn.received_at)):
        return False
    try:
        asked = route.question.parse(question)
    except InvalidPayloadError:  # asked by another version
        return False
    await route.run(call, asked, text)
    return True


async def _leave_question(call: Call) -> None:
    """Whoever turns to something else no longer answers what was asked before."""
    call.has_left_question = await awaited_texts.remove(call.turn.session, call.person.id)
