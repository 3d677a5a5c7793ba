"""Handle, commit, and only then let Telegram forget.

Whoever takes updates in, by polling or by webhook, acknowledges them only once `Intake.take` returns: by
then the transaction with everything they caused is on the disk. Telegram is the journal.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.backoff import Backoff, TokenRejectedError
from bot.clock import Clock
from bot.pacing import retry_seconds
from bot.services.turn import Toast, Turn
from storage import updates
from storage.database import Database, Session
from storage.errors import StorageError
from storage.updates import Journaled

Raw = dict[str, Any]

NOTE_EACH_S = 10.0
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

log = structlog.get_logger()


class Intake:
    """`handle` does what an update asks, `apologise` tells when that failed.

    `heard` is set while the way from Telegram is open and the database knows of it: not before the first
    good poll or look, and not again until one after a failure.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        *,
        handle: Callable[[Raw, Turn], Awaitable[None]],
        apologise: Callable[[Raw, Turn, str], Awaitable[None]],
        note_good_poll: Callable[[Session, datetime, bool, timedelta | None], Awaitable[None]],
        heard: asyncio.Event,
        committed: Callable[[], None],
        database_trouble: str,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._handle = handle
        self._apologise = apologise
        self._note_good_poll = note_good_poll
        self._heard = heard
        self._committed = committed
        self._database_trouble = database_trouble
        self._answering: set[asyncio.Task[None]] = set()
        self._told_of_trouble: set[str] = set()
        self._noted_at = -NOTE_EACH_S
        self._heard_at: timedelta | None = None

    async def take(self, batch: Sequence[Raw]) -> None:
        """Handle a batch; it is on the disk when this returns, however often the disk refused."""
        backoff = Backoff()
        received_at, running_at = self._clock.now(), self._clock.running()
        toasts: list[Toast] = []
        is_recovering, is_refused = not self._heard.is_set(), False
        while True:
            try:
                async with self._database.transaction() as session:
                    # Before the batch: an outage that ends here moves the deadlines it is judged by.
                    silent_for = self._silent_for(running_at)
                    await self._note_good_poll(session, received_at, is_recovering, silent_for)
                    toasts = await self._take_new(session, batch, received_at)
                    if is_refused:  # what was pressed meanwhile waited at Telegram in vain
                        silent_for = self._clock.running() - running_at
                        await self._note_good_poll(
                            session, self._clock.now(), is_refused, silent_for
                        )
                break
            except StorageError as error:
                log.error(
                    "database unavailable; the batch stays unacknowledged", problem=repr(error)
                )
                self._tell_trouble(batch)
                is_refused = True
                self._heard.clear()
                await asyncio.sleep(backoff.next())
        self._noted()
        self._told_of_trouble.clear()
        self._committed()
        for toast in toasts:
            self._answer(toast)

    def lose(self) -> None:
        """Nothing is heard until it is noted again; the time since the last note may be an outage."""
        self._heard.clear()

    async def survive(self, error: TelegramError, backoff: Backoff) -> None:
        """Wait after a call that failed. Raises TokenRejectedError, which no waiting mends."""
        self.lose()
        cause = error.__cause__ if isinstance(error, EndPointNotFound) else error
        if isinstance(cause, InvalidToken) and cause.message.startswith("Unauthorized"):
            raise TokenRejectedError from error
        wait = backoff.next()
        if isinstance(error, RetryAfter):
            wait = max(wait, retry_seconds(error))
        log.warning("receiving failed", problem=type(error).__name__, retry_in_s=round(wait, 1))
        await asyncio.sleep(wait)

    async def note_jump(self) -> None:
        """Record that the clock was set forward and nobody was away meanwhile."""
        if self._heard.is_set():
            await self._note(is_recovering=False)

    async def drain(self) -> None:
        """Let the answers under way arrive."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=2)

    @property
    def is_heard(self) -> bool:
        return self._heard.is_set()

    async def note_silence(self) -> None:
        """Record that the way is open, though nothing came; not at each of many short polls."""
        is_recovering = not self._heard.is_set()
        if not is_recovering and time.monotonic() - self._noted_at < NOTE_EACH_S:
            return
        if await self._note(is_recovering=is_recovering) and is_recovering:
            self._committed()

    async def _note(self, *, is_recovering: bool) -> bool:
        """Return whether it is on the disk that Telegram answered."""
        try:
            async with self._database.transaction() as session:
                silent_for = self._silent_for(self._clock.running())
                await self._note_good_poll(session, self._clock.now(), is_recovering, silent_for)
        except StorageError as error:
            log.error("database unavailable; the poll is not noted", problem=repr(error))
            return False
        self._noted()
        return True

    def _silent_for(self, running_at: timedelta) -> timedelta | None:
        """How long it is since the last good poll of this process; None before the first."""
        return None if self._heard_at is None else running_at - self._heard_at

    def _noted(self) -> None:
        self._noted_at = time.monotonic()
        self._heard_at = self._clock.running()
        self._heard.set()

    async def _take_new(
        self, session: Session, batch: Sequence[Raw], received_at: datetime
    ) -> list[Toast]:
        """Handle those that were not handled before, one after the other, and journal them."""
        handled = await updates.handled(session, [int(raw["update_id"]) for raw in batch])
        toasts: list[Toast] = []
        journal: list[Journaled] = []
        for raw in batch:
            update = _to_journal(raw)
            if update.key in handled:
                continue
            handled.add(update.key)
            turn, error_id = await self._take_one(session, raw, update, received_at)
            toasts += turn.toasts
            journal.append(replace(update, error_id=error_id))
        await updates.add(session, journal, received_at)
        return toasts

    async def _take_one(
        self, session: Session, raw: Raw, update: Journaled, received_at: datetime
    ) -> tuple[Turn, str | None]:
        turn = Turn(session, received_at, key=f"{update.update_id}:{update.body_hash[:8]}")
        error_id: str | None = None
        try:
            async with session.savepoint():
                await self._handle(raw, turn)
        except StorageError:
            raise
        except Exception as error:  # the outermost place: record, apologise, go on
            error_id = update.body_hash[:8]
            log.error(
                "update not handled",
                error_id=error_id,
                update_id=update.update_id,
                exc_info=error,
            )
            turn = await self._after_failure(raw, Turn(session, received_at, turn.key), error_id)
        return turn, error_id

    async def _after_failure(self, raw: Raw, turn: Turn, error_id: str) -> Turn:
        try:
            async with turn.session.savepoint():
                await self._apologise(raw, turn, error_id)
        except StorageError:
            raise
        except Exception as error:
            # A batch that cannot even be apologised for must not come for ever.
            log.error("no apology", error_id=error_id, exc_info=error)
        return turn

    def _tell_trouble(self, batch: Sequence[Raw]) -> None:
        """Tell who pressed that it is not saved yet; once a press, and past the broken database."""
        for raw in batch:
            query = raw.get("callback_query")
            query_id = query.get("id") if isinstance(query, dict) else None
            if isinstance(query_id, str) and query_id not in self._told_of_trouble:
                self._told_of_trouble.add(query_id)
                self._answer(Toast(query_id, self._database_trouble))

    def _answer(self, toast: Toast) -> None:
        task = asyncio.create_task(self._send_answer(toast))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _send_answer(self, toast: Toast) -> None:
        try:
            await self._bot.answer_callback_query(toast.query_id, toast.text or None)
        except TelegramError as error:
            # Best effort: the message itself is edited through the outbox.
            log.info("press not answered", problem=type(error).__name__)


def _to_journal(raw: Raw) -> Journaled:
    body = json.dumps(raw, sort_keys=True)
    return Journaled(int(raw["update_id"]), hashlib.sha256(body.encode()).hexdigest()[:32], body)
