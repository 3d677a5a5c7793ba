"""Updates by webhook: Telegram calls, and is answered 200 only once its update was taken.

Any other answer, and none, makes Telegram call again later.
"""

import asyncio
import errno
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.backoff import Backoff
from bot.clock import Clock
from bot.intake import ALLOWED_UPDATES, Intake, Raw
from bot.setting_values import Door, NotListeningError
from storage.database import Database, Session
from storage.errors import StorageError

LOOK_EACH_S = 30.0
# More at once could let a press overtake the text typed before it: Telegram keeps them in two queues.
CONNECTIONS = 1
# Many times the largest update: a text of 4096 characters with its entities, answering another one.
LARGEST_BODY = 1 << 20
STOPS_WITHIN_S = 5.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

log = structlog.get_logger()


class Webhook:
    """The server that Telegram calls, and the look whether it gets through.

    `warn` queues a line to the admins: it is told what Telegram says of what it cannot deliver.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        door: Door,
        database: Database,
        clock: Clock,
        *,
        warn: Callable[[Session, str, datetime], Awaitable[None]],
        queued: Callable[[], None],
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._door = door
        self._database = database
        self._clock = clock
        self._warn = warn
        self._queued = queued
        self._is_set = False
        self._is_taking = False
        self._was_called = False
        self._waited_for = 0

    async def run(self) -> None:
        """Listen and look until cancelled. Raises TokenRejectedError and NotListeningError.

        What is being committed then is finished and answered, unless the database keeps refusing.
        """
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_post(self._door.path, self._receive)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=STOPS_WITHIN_S)
        await runner.setup()
        try:
            await self._listen(runner)
            await self._watch()
        finally:
            await runner.cleanup()

    async def look(self) -> None:
        """See to it that Telegram calls here and gets through; else nothing is heard. Raises TelegramError.

        An update that waits while none comes has not got through, unless it was made just now: the first
        time that is not noted as contact, from the second on it counts as silence.
        """
        if not self._is_set:
            await self._set()
        told = await self._bot.get_webhook_info()
        if told.url != self._door.url:
            # Another copy of the bot that polls, or somebody by hand.
            log.warning("the webhook was changed; it is set again")
            self._is_set = False
            await self._set()
        was_called, self._was_called = self._was_called or self._is_taking, False
        if was_called or not told.pending_update_count:
            self._waited_for = 0
            await self._intake.note_silence()
            return
        self._waited_for += 1
        if self._waited_for > 1:
            self._intake.lose()
            await self._tell(told.pending_update_count, told.last_error_message or "")

    async def _listen(self, runner: web.AppRunner) -> None:
        host, port = self._door.host, self._door.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            problem = errno.errorcode.get(error.errno or 0, type(error).__name__)
            raise NotListeningError(f"{host}:{port}", problem) from error

    async def _watch(self) -> None:
        backoff = Backoff()
        while True:
            try:
                await self.look()
            except TelegramError as error:
                await self._intake.survive(error, backoff)
                continue
            backoff.reset()
            await asyncio.sleep(LOOK_EACH_S)

    async def _set(self) -> None:
        """Let Telegram call here, with all that waits."""
        try:
            await self._bot.set_webhook(
                self._door.url,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=CONNECTIONS,
                secret_token=self._door.secret,
            )
        except BadRequest as error:
            log.error("the webhook is refused; see WEBHOOK_URL", told=error.message)
            raise
        self._is_set = True
        log.info("webhook set")

    async def _tell(self, waiting: int, problem: str) -> None:
        log.warning("the webhook is not reached", told=problem, waiting=waiting)
        try:
            async with self._database.transaction() as session:
                await self._warn(session, problem, self._clock.now())
        except StorageError as error:
            log.error("database unavailable; the admins are not told", problem=repr(error))
        else:
            self._queued()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._door.secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        raw = _update(await request.read())
        if raw is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        self._was_called = True
        if self._is_taking:
            # Telegram has given up waiting for that answer. Turned away, its calls do not pile up here.
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "1"})
        self._is_taking = True
        try:
            await self._intake.take([raw])
        finally:
            self._is_taking = False
        return web.Response()


def _update(body: bytes) -> Raw | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    is_update = isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
    return raw if is_update else None
