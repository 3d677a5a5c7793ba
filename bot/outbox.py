"""The one sender: every message is a row before it is sent, and sent by its kind's written rule."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.backoff import Backoff, Delay, TokenRejectedError
from bot.clock import Clock
from bot.domain.delivery import RULES, Kind, Lane
from bot.orders import Wanted
from bot.outcomes import Result, record
from bot.pacing import Pacing
from bot.rendering import Render
from bot.screens.message import Message, Ready, Screen, from_json
from bot.services import languages
from bot.telegram_calls import Refusal, deliver, is_surely_not_sent, refusal_of
from bot.texts import Library
from bot.texts.markup import paragraphs
from bot.transport import is_without_network
from storage import outbox
from storage.database import Database, Session
from storage.errors import StorageError
from storage.outbox import Head, Row, SendState

# A message that goes out this long after its time says so.
DELAY_TOLD = timedelta(minutes=2)
IN_FLIGHT = 128
# Pages wait for each other to be drawn: were all that is in flight pages, a receipt would wait with them.
PAGES_IN_FLIGHT = 3
HEADS = 200
LOOK_AGAIN_S = 5.0
STOP_WITHIN_S = 3.0

log = structlog.get_logger()


@dataclass(slots=True)
class _Traffic:
    """What is on the wire or about to leave (`waiting`), and what came back but is not yet on the disk."""

    chats: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    results: list[Result] = field(default_factory=list)


class Outbox:
    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        library: Library,
        pacing: Pacing,
        render: Render,
        placed: Callable[[], None],
    ) -> None:
        """`placed` is called when the message of a board is there: now it can be pinned."""
        self._bot = bot
        self._database = database
        self._clock = clock
        self._library = library
        self._pacing = pacing
        self._render = render
        self._placed = placed
        self._traffic = _Traffic()
        self._network = Backoff()
        self._troubled: defaultdict[int, Delay] = defaultdict(Delay)
        self._work = asyncio.Event()
        self._fatal: TokenRejectedError | None = None
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._work.set()

    def stop(self) -> None:
        """Take no more rows. Not by cancelling: a row that is taken must also be sent."""
        self._stopping.set()
        self._pacing.close()
        self._work.set()

    async def run(self) -> None:
        """Send until stopped. Raises TokenRejectedError."""
        backoff = Backoff()
        is_recovered = False
        while not self._stopping.is_set():
            self._work.clear()
            try:
                if not is_recovered:
                    await self._recover()
                    is_recovered = True
                async with self._database.transaction() as session:
                    recorded = list(self._traffic.results)
                    for result in recorded:
                        await record(session, result, self._library, self._clock.now())
                    rows = await self._claim(session)
            except StorageError as error:
                log.error("database unavailable; sending waits", problem=repr(error))
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(backoff.next()):
                        await self._stopping.wait()
                continue
            backoff.reset()
            self._settle(recorded)
            if self._fatal:
                raise self._fatal
            for row in rows:
                self._start(row)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pacing.next_slot_in(LOOK_AGAIN_S)):
                    await self._work.wait()

    async def drain(self) -> None:
        """Let what is on the wire arrive, and record it. What does not arrive in time stays in doubt."""
        if self._traffic.tasks:
            _, late = await asyncio.wait(self._traffic.tasks, timeout=STOP_WITHIN_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            async with self._database.transaction() as session:
                for result in self._traffic.results:
                    await record(session, result, self._library, self._clock.now())
        except StorageError as error:
            log.error("results of sending not recorded", problem=repr(error))
        self._traffic.results.clear()

    async def _recover(self) -> None:
        """Rows that were on the wire when the process died: only kinds that are not repeated."""
        async with self._database.transaction() as session:
            for row_id in await outbox.list_interrupted(session):
                await outbox.save_state(
                    session, row_id, SendState.DOUBTFUL, self._clock.now(), "interrupted"
                )

    async def _claim(self, session: Session) -> list[Row]:
        """Take the rows whose turn it is, as many as the limits let go out in a moment."""
        now = self._clock.now()
        claimed: list[Row] = []
        busy = set(self._traffic.chats)
        pages = len(self._traffic.pages)
        self._pacing.look()
        room = min(
            IN_FLIGHT - len(self._traffic.tasks),
            self._pacing.width - len(self._traffic.tasks),
            self._pacing.room() - len(self._traffic.waiting),
        )
        if room <= 0:
            return []
        for head in await outbox.list_heads(session, HEADS):
            if len(claimed) >= room:
                break
            if head.chat_id in busy or not self._may_go(head):
                continue
            if head.kind == Kind.UNIT_PAGE and pages >= PAGES_IN_FLIGHT:
                continue
            row = await outbox.take_newest(session, head, now)
            if not await self._still_matters(session, row, now):
                self._work.set()  # the next in this chat may go
                continue
            if not _is_repeatable(row):
                await outbox.save_state(session, row.id, SendState.SENDING, now)
            claimed.append(row)
            busy.add(row.to.chat_id)
            pages += row.kind == Kind.UNIT_PAGE
        return claimed

    def _may_go(self, head: Head) -> bool:
        trouble = self._troubled.get(head.id)
        if trouble and not self._pacing.passed(trouble.until):
            return False
        return self._pacing.is_free(head.chat_id)

    async def _still_matters(self, session: Session, row: Row, now: datetime) -> bool:
        if row.not_after and now >= row.not_after:
            await outbox.drop(session, row.id, SendState.EXPIRED, now)
            return False
        if RULES[Kind(row.kind)].only_edits and row.message_id is None:
            await outbox.save_state(session, row.id, SendState.SUPERSEDED, now)
            return False
        if row.lane == Lane.LADDER:
            if await outbox.still_matters(session, row.id, now):
                return True
            await outbox.drop(session, row.id, SendState.SUPERSEDED, now)
            return False
        return True

    def _start(self, row: Row) -> None:
        self._traffic.chats.add(row.to.chat_id)
        self._traffic.waiting.add(row.id)
        if row.kind == Kind.UNIT_PAGE:
            self._traffic.pages.add(row.id)
        task = asyncio.create_task(self._send(row))
        self._traffic.tasks.add(task)
        task.add_done_callback(self._traffic.tasks.discard)

    async def _send(self, row: Row) -> None:
        try:
            result = await self._attempt(row)
        except TokenRejectedError as error:
            self._fatal = error
            result = Result(row, SendState.PENDING, error="token rejected")
        except Exception as error:  # the outermost place: set the row aside, go on
            log.error("message not sent", row=row.id, kind=row.kind, exc_info=error)
            result = Result(row, SendState.REFUSED, is_ours=True, error=type(error).__name__)
        self._traffic.waiting.discard(row.id)
        self._traffic.results.append(result)
        self._work.set()

    async def _attempt(self, row: Row) -> Result:
        try:
            content = await self._content(row)
        except asyncio.CancelledError:
            # The bot stops, and nothing of it has left: it is made at the next start.
            return Result(row, SendState.PENDING, error="stopped")
        except StorageError as error:
            return self._retry(row, error)
        return await self._deliver(row, content)

    async def _deliver(self, row: Row, content: Ready) -> Result:
        try:
            return await self._go(row, content)
        except RetryAfter as error:
            self._pacing.halt(row.to.chat_id, error)
            return Result(row, SendState.PENDING, error="retry after")
        except ChatMigrated as error:
            return Result(row, SendState.PENDING, moved_to=error.new_chat_id)
        except (Forbidden, BadRequest) as error:
            return self._refused(row, error)
        except InvalidToken as error:
            if error.message.startswith("Unauthorized"):
                raise TokenRejectedError from error
            if "method not found" in error.message.lower():
                return self._refused(row, error)
            return self._retry(row, error)
        except NetworkError as error:
            if _is_repeatable(row) or is_surely_not_sent(error):
                return self._retry(row, error)
            return Result(row, SendState.DOUBTFUL, error=type(error).__name__)
        except TelegramError as error:
            return self._retry(row, error)

    async def _go(self, row: Row, content: Ready) -> Result:
        async with self._pacing.turn(row.to.chat_id, is_message=row.kind != Kind.PIN) as may_go:
            self._traffic.waiting.discard(row.id)
            if not may_go:  # it is taken anew when it may, if it still matters then
                return Result(row, SendState.PENDING, error="turn given back")
            if not self._traffic.waiting:
                self._work.set()
            message_id = await deliver(self._bot, row, content)
        self._network.reset()
        self._pacing.succeeded()
        return Result(row, SendState.SENT, message_id)

    async def _content(self, row: Row) -> Ready:
        """The stored message, with a line that says so when it goes out late; what is to be made is made now."""
        stored = from_json(row.payload)
        content: Ready
        if isinstance(stored, Wanted | Screen):
            self._traffic.waiting.discard(row.id)  # making it may take long: others are not to wait
            content = await self._render(stored)
        else:
            content = stored
        is_delayed = self._clock.now() - row.scheduled_at > DELAY_TOLD
        if is_delayed and RULES[Kind(row.kind)].tells_delay and isinstance(content, Message):
            async with self._database.snapshot() as session:
                texts = await languages.of_chat(session, self._library, row.to.chat_id)
            text = paragraphs(content.text, texts.delayed(row.scheduled_at))
            return Message(text, content.buttons)
        return content

    def _retry(self, row: Row, error: TelegramError | StorageError) -> Result:
        """Try again later: without a network nothing goes out, else only this row waits."""
        if is_without_network(error):
            if not self._pacing.is_paused:  # those in flight fail together: one failure, not many
                self._pacing.pause(self._network.next())
        else:
            self._troubled[row.id].prolong()
        log.warning(
            "sending failed; will retry", row=row.id, kind=row.kind, problem=type(error).__name__
        )
        return Result(row, SendState.PENDING, error=type(error).__name__)

    def _refused(self, row: Row, error: TelegramError) -> Result:
        refusal = refusal_of(error)
        if refusal is Refusal.UNCHANGED:
            return Result(row, SendState.SENT, row.message_id)
        if refusal is Refusal.MESSAGE_GONE and row.message_id is not None:
            return Result(row, SendState.PENDING, forget_message=True)
        log.error("message refused", row=row.id, kind=row.kind, refusal=refusal.value)
        return Result(row, SendState.REFUSED, refusal=refusal, error=refusal.value)

    def _settle(self, recorded: list[Result]) -> None:
        """Forget what is on the disk now, and free its chats."""
        for result in recorded:
            self._traffic.results.remove(result)
            self._traffic.chats.discard(result.row.to.chat_id)
            self._traffic.pages.discard(result.row.id)
            if result.state is not SendState.PENDING:
                self._troubled.pop(result.row.id, None)
        if recorded:
            self._work.set()
        if any(result.places_board for result in recorded):
            self._placed()


def _is_repeatable(row: Row) -> bool:
    """Whether the row may go out twice: an edit of a known message cannot double."""
    return RULES[Kind(row.kind)].repeats_when_doubtful or row.message_id is not None
