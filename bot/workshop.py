"""The bot's side of its worker: files are made in a process of their own, so that nobody waits for them."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Self

import structlog

from bot import orders
from bot.config import Settings, without_secrets
from bot.orders import Failure, Made, Order, Terms, Wanted
from storage.errors import UnavailableError

# Longer than LibreOffice may take, see bot/pdf.py.
TAKES_AT_MOST_S = 180.0
# It holds some ten times the memory of a file; the files of one hour come within minutes.
IDLE_S = 300.0
ENDS_WITHIN_S = 3.0
PROGRAM = (sys.executable, "-m", "bot.worker")

log = structlog.get_logger()


class NotMadeError(Exception):
    """The worker could not make it; `problem` is the name of the error there."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class WorkerLostError(Exception):
    """The worker died over it."""


class TooSlowError(Exception):
    """The worker did not make it in time."""


def terms_of(settings: Settings) -> Terms:
    return Terms(
        settings.database_path,
        settings.schedule,
        settings.language,
        settings.shows_percent,
        settings.letterhead,
    )


class Workshop:
    """Has one worker, from the first order until there was none for a while.

    Several files at once would be done no sooner, and leave presses less of the processor.
    """

    def __init__(self, terms: Terms, program: Sequence[str]) -> None:
        self._terms = terms
        self._program = program
        self._busy = asyncio.Lock()
        self._worker: Process | None = None
        self._idle: asyncio.Task[None] | None = None

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, terms: Terms, program: Sequence[str] = PROGRAM) -> AsyncIterator[Self]:
        """Let the worker go at the end."""
        workshop = cls(terms, program)
        try:
            yield workshop
        finally:
            async with workshop._hands():
                await workshop._let_go()

    async def make(self, wanted: Wanted, now: datetime) -> Made:
        """Have it made of what is known at `now`; if the worker dies, once more by another.

        Raises UnavailableError, NotMadeError, WorkerLostError, TooSlowError, and OSError if the system
        starts no process.
        """
        async with self._hands():
            try:
                answer = await self._ask(Order(wanted, now))
            except WorkerLostError:
                log.warning("worker lost; its file is made anew")
                answer = await self._ask(Order(wanted, now))
            self._idle = asyncio.create_task(self._leave_when_idle())
        if isinstance(answer, Failure):
            if answer.unavailable:
                raise UnavailableError(self._terms.database, answer.unavailable)
            log.error("file not made", error=answer.problem, at=answer.at)
            raise NotMadeError(answer.problem)
        return answer

    @contextlib.asynccontextmanager
    async def _hands(self) -> AsyncIterator[None]:
        async with self._busy:
            if self._idle:
                self._idle.cancel()
                self._idle = None
            yield

    async def _ask(self, order: Order) -> Made | Failure:
        is_answered = False
        try:
            async with asyncio.timeout(TAKES_AT_MOST_S):
                answer: Made | Failure = await self._exchange(order)
            is_answered = True
        except TimeoutError as error:
            raise TooSlowError from error
        except (EOFError, ConnectionError) as error:
            raise WorkerLostError from error
        finally:
            if not is_answered:  # what comes later would be taken for the next one's answer
                await self._kill()
        return answer

    async def _exchange(self, order: Order) -> Any:
        if self._worker is None:
            self._worker = await self._started()
        questions, answers = self._worker.stdin, self._worker.stdout
        if questions is None or answers is None:
            raise LookupError("the worker was started without pipes")
        questions.write(orders.packed(order))
        await questions.drain()
        head = await answers.readexactly(orders.LENGTH.size)
        (length,) = orders.LENGTH.unpack(head)
        return orders.unpacked(await answers.readexactly(length))

    async def _started(self) -> Process:
        # In a session of its own, Ctrl-C does not reach it, and what it starts can be ended with it.
        worker = await asyncio.create_subprocess_exec(
            *self._program,
            stdin=PIPE,
            stdout=PIPE,
            env=without_secrets(os.environ),
            start_new_session=True,
        )
        if worker.stdin:
            worker.stdin.write(orders.packed(self._terms))
        return worker

    async def _leave_when_idle(self) -> None:
        await asyncio.sleep(IDLE_S)
        async with self._busy:
            self._idle = None
            await self._let_go()

    async def _let_go(self) -> None:
        """Let it end by itself; it has nothing to do."""
        if self._worker and self._worker.stdin:
            self._worker.stdin.close()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ENDS_WITHIN_S):
                    await self._worker.wait()
        await self._kill()

    async def _kill(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            await worker.wait()
