"""What a handler is given: who calls, from where, and the transaction of the update."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from telegram import CallbackQuery, Update

from bot.config import Settings
from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.people import Person
from bot.screens.message import CommandMenu, Message, Screen
from bot.services.announced import Announced
from bot.services.announcing import Announcing
from bot.services.exercise_changes import Planning
from bot.services.incidents import Incidents
from bot.services.menus import Menus
from bot.services.nudging import Nudging
from bot.services.posting import post, redraw
from bot.services.reporting import Reporting
from bot.services.turn import Toast, Turn
from bot.texts import Library, Texts
from bot.texts.markup import Html
from storage import awaited_texts, messages
from storage.messages import FormPlace
from storage.outbox import Destination


@dataclass(slots=True)
class Desk:
    """The parts that handlers use; `turn` is the update of the moment, for handling is serial."""

    settings: Settings
    schedule: Schedule
    library: Library
    reporting: Reporting
    nudging: Nudging
    incidents: Incidents
    announcing: Announcing
    announced: Announced
    planning: Planning
    menus: Menus
    bot_username: str = ""
    turn: Turn | None = None
    failure: Exception | None = None


class Question(Protocol):
    """What is asked, as it waits in the database for its answer."""

    def pack(self) -> str: ...


@dataclass(slots=True)
class Call:
    """One command, message or press of a person whom the bot knows."""

    desk: Desk
    turn: Turn
    person: Person
    texts: Texts
    update: Update
    arguments: list[str] = field(default_factory=list)
    replies: int = 0
    has_left_question: bool = False

    @property
    def today(self) -> date:
        return self.desk.schedule.local_day(self.turn.received_at)

    @property
    def own_texts(self) -> Texts:
        """The person's own language, for what is sent in private though `texts` may be the group's."""
        return self.desk.library.in_language(self.person.language)

    @property
    def here(self) -> Destination:
        return destination(self.update)

    async def reply(
        self,
        content: Message | Screen | Html,
        *,
        place: FormPlace | None = None,
        once: str | None = None,
    ) -> None:
        """Queue an answer in the chat that the call came from.

        `once`: names what several updates of the chat tell of together, and gets one answer.
        """
        message = Message(content) if isinstance(content, Html) else content
        self.replies += 1
        about = f"{self.here.chat_id}:{once}" if once else f"{self.turn.key}:{self.replies}"
        key = f"reply:{about}"
        session, now = self.turn.session, self.turn.received_at
        await post(session, Kind.REPLY, key, self.here, message, now, place=place)

    async def ask(self, question: Question) -> None:
        """Let the next text that the person types be the answer to the question."""
        await awaited_texts.save(
            self.turn.session, self.person.id, question.pack(), self.turn.received_at
        )

    async def redraw(self, message: Message, slot: str) -> None:
        """Queue what a message of this chat that stands there already is to show."""
        session, now = self.turn.session, self.turn.received_at
        await redraw(
            session, Kind.FORM, f"show:{self.turn.key}:{slot}", slot, self.here, message, now
        )

    async def show_at(self, slot: str, message: Message, place: FormPlace) -> None:
        """Queue the message; if the slot is on the phone already, it is drawn anew there."""
        session, now = self.turn.session, self.turn.received_at
        if not await post(session, Kind.FORM, slot, self.here, message, now, place=place):
            await self.redraw(message, slot)

    async def list_commands(self, menu: CommandMenu) -> None:
        """Queue what this group lists; a person's own menu follows by itself, see `Menus`."""
        key = f"menu:{self.turn.key}"
        await post(self.turn.session, Kind.MENU, key, self.here, menu, self.turn.received_at)


@dataclass(slots=True)
class Press(Call):
    """A press of a button; it is always answered, with or without words."""

    @property
    def query(self) -> CallbackQuery:
        if self.update.callback_query is None:
            raise LookupError("not a press")
        return self.update.callback_query

    def toast(self, text: str) -> None:
        self.turn.toasts.append(Toast(self.query.id, text))

    async def slot(self, place: FormPlace | None = None) -> str:
        """Return the slot of the pressed message."""
        pressed = self.query.message
        if pressed is None:
            raise LookupError("the pressed message is not in a chat of ours")
        session, now = self.turn.session, self.turn.received_at
        return await messages.adopt(session, pressed.chat.id, pressed.message_id, place, now)

    async def show(
        self, message: Message | Screen, *, kind: Kind = Kind.FORM, place: FormPlace | None = None
    ) -> str:
        """Queue what the pressed message is to show, and return its slot."""
        session, now = self.turn.session, self.turn.received_at
        slot = await self.slot(place)
        key = f"show:{self.turn.key}:{slot}"
        await redraw(session, kind, key, slot, self.here, message, now)
        return slot


def destination(update: Update) -> Destination:
    """The chat, and the topic in it, that an update came from."""
    if update.effective_chat is None:
        raise LookupError("no chat")
    message = update.effective_message
    thread_id = message.message_thread_id if message and message.is_topic_message else None
    return Destination(update.effective_chat.id, thread_id)
