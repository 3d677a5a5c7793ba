"""What is owed by now and not yet sent goes to the outbox.

Called on the minute by cron, each half minute by a loop of its own, and after every report: it does
not matter how often, for it only ever adds what is missing.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.domain.notices import Notice
from bot.services.announced import Announced
from bot.services.boards import Boards
from bot.services.exercise_reminders import ExerciseReminders
from bot.services.form_notices import FormNotices
from bot.services.incidents import Incidents
from bot.services.menus import Menus
from bot.services.notices import Due, Notices
from bot.services.page_sending import PageSending
from bot.services.period_digests import PeriodDigests
from storage.database import Database, Session
from storage.errors import StorageError

EACH_S = 30.0
# After a wake-up the look waits a moment, so that a crowd of reports causes one look and not one each; where there are
# thousands of units it takes long, and rests the longer, so that presses and messages have the processor.
GATHER_S = 0.3
RESTS_AT_MOST_S = 2.0
RESTS_TIMES = 5
AT_ONCE = 100

log = structlog.get_logger()

T = TypeVar("T")


class Reconcile:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        notices: Notices,
        boards: Boards,
        incidents: Incidents,
        announced: Announced,
        forms: FormNotices,
        exercise_reminders: ExerciseReminders,
        period_digests: PeriodDigests,
        pages: PageSending,
        menus: Menus,
        heard: asyncio.Event,
        queued: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
        self._boards = boards
        self._incidents = incidents
        self._announced = announced
        self._forms = forms
        self._exercise_reminders = exercise_reminders
        self._period_digests = period_digests
        self._pages = pages
        self._menus = menus
        self._heard = heard
        self._queued = queued
        self._work = asyncio.Event()

    def wake(self) -> None:
        """Say that facts have changed, or time has."""
        self._work.set()

    async def run(self) -> None:
        """Look again and again until cancelled, by the monotonic clock: the wall clock may jump."""
        while True:
            self._work.clear()
            began = time.monotonic()
            try:
                await self.look()
            except Exception as error:  # the outermost place: the next look may find it mended
                log.error("nothing looked at", exc_info=error)
            rest = RESTS_TIMES * (time.monotonic() - began)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EACH_S):
                    await self._work.wait()
                await asyncio.sleep(max(GATHER_S, min(rest, RESTS_AT_MOST_S)))

    async def look(self) -> None:
        """Queue what is owed now. A notice that cannot be made holds up neither the others nor the bot.

        A crowd of notices is queued in several transactions, so that a press waits for none of them long.
        While nobody can be heard nothing is owed: the end of the outage will move the deadlines.
        """
        if not self._heard.is_set():
            return
        try:
            await self._carry_out(  # before all else
                "incident",
                self._incidents.find_due,
                self._incidents.climb,
                lambda climb: climb.incident_id,
            )
            await self._carry_out(
                "announcement", self._announced.find_due, self._announced.carry_out, int
            )
            await self._carry_out(
                "form",
                self._forms.find_due,
                self._forms.queue,
                lambda due: due.notice.key,
            )
            await self._carry_out(
                "exercise",
                self._exercise_reminders.find_due,
                self._exercise_reminders.send,
                lambda reminder: reminder.person_id,
                self._exercise_reminders.still_due,
            )
            await self._carry_out(
                "period digest",
                self._period_digests.find_due,
                self._period_digests.send,
                lambda due: due.key,
            )
            await self._carry_out(
                "unit page",
                self._pages.find_due,
                self._pages.send,
                lambda due: due.key,
                self._pages.still_due,
            )
            await self._carry_out(
                "menu",
                self._menus.find_due,
                self._menus.carry_out,
                lambda change: change.person_id,
                self._menus.still_due,
            )
            async with self._database.snapshot() as session:
                if not self._heard.is_set():  # an outage may have begun since the look did
                    return
                due = await self._notices.find_due(session, self._clock.now())
            if due is None:
                return
            queued = 0
            notices = due.owed.notices
            for begin in range(0, len(notices), AT_ONCE):
                async with self._database.transaction() as session:
                    gathered = notices[begin : begin + AT_ONCE]
                    some = await self._notices.still_owed(session, gathered)
                    queued += sum([await self._queue(session, due, n) for n in some])
                self._queued()
            if due.owed.closed and queued == len(notices):
                async with self._database.transaction() as session:
                    await self._notices.close(session, due)
            await self._show_boards(due)
        except StorageError as error:
            log.error("database unavailable; notices wait", problem=repr(error))
            return
        if notices:
            log.info("notices queued", count=queued)

    async def _carry_out(
        self,
        what: str,
        find_due: Callable[[Session, datetime], Awaitable[Sequence[T]]],
        carry_out: Callable[[Session, T, datetime], Awaitable[object]],
        name: Callable[[T], object],
        still_due: Callable[[Session, Sequence[T], datetime], Awaitable[Sequence[T]]] | None = None,
    ) -> None:
        """Carry out what is due; what fails holds up nothing else.

        Each is looked at again in the transaction that carries it out: by itself, or where `still_due`
        can tell of many at once, in a crowd.
        """
        now = self._clock.now()
        async with self._database.snapshot() as session:
            due = await find_due(session, now)
        at_once = AT_ONCE if still_due else 1
        for begin in range(0, len(due), at_once):
            gathered = due[begin : begin + at_once]
            async with self._database.transaction() as session:
                if still_due:
                    gathered = await still_due(session, gathered, now)
                for each in gathered:
                    try:
                        async with session.savepoint():
                            await carry_out(session, each, now)
                    except StorageError:
                        raise
                    except Exception as error:  # the outermost place: all else goes on
                        log.error("not carried out", what=what, name=name(each), exc_info=error)
            self._queued()

    async def _show_boards(self, due: Due) -> None:
        """Let the group's boards show what is true now. Nothing is written where they do already."""
        async with self._database.snapshot() as session:
            changes = await self._boards.find_changes(session, due.facts, due.now)
        for change in changes:
            async with self._database.transaction() as session:
                await self._boards.carry_out(session, change, due.now)
            self._queued()

    async def _queue(self, session: Session, due: Due, notice: Notice) -> bool:
        """Return whether the notice could be made; if not, the admins are told."""
        try:
            async with session.savepoint():
                await self._notices.queue(session, due, notice)
        except StorageError:
            raise
        except Exception as error:  # the outermost place: tell the admins, go on
            log.error("notice not made", key=notice.key, exc_info=error)
            await self._notices.tell_failure(session, notice, due.now)
            return False
        return True
