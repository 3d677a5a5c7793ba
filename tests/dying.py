"""The bot as it really runs, but mortal: `python -m tests.dying run` is `python -m bot run` that kills itself.

The environment names the moment, and at which passage of it the process gets SIGKILL; or a file, and
while that is there the disk is full, or one while which the database is read-only. Everything is wrapped from outside; the product knows nothing of
it. Two more things are different from real life: messages go out faster, unless the environment asks for
the true pace, and each call names the outbox row that it sends, for Telegram's ledger.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from telegram import Bot

import bot.app
import bot.cli
import bot.outbox
from bot.intake import Intake, Raw
from bot.pacing import Limits
from bot.polling import Polling
from bot.reconcile import Reconcile
from bot.screens.message import Ready
from bot.services.notices import Due
from bot.transport import AiohttpRequest
from storage.database import Session
from storage.outbox import Row

FAST = Limits(overall=0.002, person=0.02, group=0.05)
ROW_PARAMETER = "outbox_key"
TRUE_PACE = "DYING_TRUE_PACE"
DISK_FULL = "DYING_DISK_FULL"
READ_ONLY = "DYING_READ_ONLY"
LOOKED = "DYING_LOOKED"
_ANY_SIZE = 2**31


class Moment(StrEnum):
    FETCHED = "after fetch"
    IN_HANDLER = "in handler"  # when it has written all that it writes
    BEFORE_COMMIT = "before commit"
    AFTER_COMMIT = "after commit"  # and before the acknowledgement
    BEFORE_SEND = "before send"
    AFTER_SEND = "after send"  # and before anything of it is recorded
    BEFORE_RECORD = "before record"
    AFTER_RECORD = "after record"
    BEFORE_NOTICES = "before notices"
    AFTER_NOTICES = "after notices"
    RANDOM = "random time"


# Whose transaction it is tells the moments around its COMMIT.
_AROUND_COMMIT = {
    "intake": (Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT),
    "outbox": (Moment.BEFORE_RECORD, Moment.AFTER_RECORD),
    "reconcile": (Moment.BEFORE_NOTICES, Moment.AFTER_NOTICES),
}


@dataclass(slots=True)
class Fate:
    """The death that is planned: at the n-th passage, counting only messages of `kind` if one is named.

    At a random time: `delay` seconds after the first updates came.
    """

    moment: Moment
    kind: str = ""
    passage: int = 1
    delay: float = 0.0
    timer: threading.Timer | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self | None:
        if "DYING_MOMENT" not in environment:
            return None
        return cls(
            Moment(environment["DYING_MOMENT"]),
            environment["DYING_KIND"],
            int(environment["DYING_PASSAGE"]),
            float(environment["DYING_DELAY"]),
        )

    def written(self) -> dict[str, str]:
        return {
            "DYING_MOMENT": self.moment,
            "DYING_KIND": self.kind,
            "DYING_PASSAGE": str(self.passage),
            "DYING_DELAY": str(self.delay),
        }

    def pass_by(self, moment: Moment, kind: str = "") -> None:
        if moment is not self.moment or self.kind not in {"", kind}:
            return
        self.passage -= 1
        if self.passage == 0:
            _die()

    def begin(self) -> None:
        """Let the time run, if that is what decides, from the first updates on."""
        if self.moment is Moment.RANDOM and self.timer is None:
            self.timer = threading.Timer(self.delay, _die)
            self.timer.start()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


_sending: ContextVar[str] = ContextVar("_sending", default="")


def wrap(owner: Any, name: str, around: Callable[[Any], Any]) -> None:
    setattr(owner, name, around(getattr(owner, name)))


def name_rows() -> None:
    """Let every call that sends a row carry the row's key, as a parameter that Telegram ignores."""

    def around_deliver(deliver: Any) -> Any:
        async def run(bot: Bot, row: Row, content: Ready) -> Any:
            _sending.set(row.key)
            return await deliver(bot, row, content)

        return run

    def around_request(do_request: Any) -> Any:
        async def run(request: AiohttpRequest, url: str, *args: Any, **kwargs: Any) -> Any:
            key = _sending.get()
            named = f"{url}?{ROW_PARAMETER}={quote(key)}" if key else url
            return await do_request(request, named, *args, **kwargs)

        return run

    wrap(bot.outbox, "deliver", around_deliver)
    wrap(AiohttpRequest, "do_request", around_request)


def name_takings() -> None:
    """A webhook takes in the task of its request: let that be known by the name of the poller's."""

    def around_take(take: Any) -> Any:
        async def run(intake: Intake, batch: Sequence[Raw]) -> None:
            if task := asyncio.current_task():
                task.set_name("intake")
            await take(intake, batch)

        return run

    wrap(Intake, "take", around_take)


def make_mortal(fate: Fate) -> None:
    def around_run(run_sql: Any) -> Any:
        async def run(session: Session, sql: str, parameters: Sequence[Any] = ()) -> Any:
            task = asyncio.current_task()
            moments = _AROUND_COMMIT.get(task.get_name()) if task and sql == "COMMIT" else None
            if moments is None:
                return await run_sql(session, sql, parameters)
            fate.pass_by(moments[0])
            changed = await run_sql(session, sql, parameters)
            fate.pass_by(moments[1])
            return changed

        return run

    def around_deliver(deliver: Any) -> Any:
        async def run(bot: Bot, row: Row, content: Ready) -> Any:
            fate.pass_by(Moment.BEFORE_SEND, row.kind)
            message_id = await deliver(bot, row, content)
            fate.pass_by(Moment.AFTER_SEND, row.kind)
            return message_id

        return run

    def around_fetch(fetch: Any) -> Any:
        async def run(polling: Polling, offset: int | None) -> list[Raw]:
            batch: list[Raw] = await fetch(polling, offset)
            if batch:
                fate.begin()
                fate.pass_by(Moment.FETCHED)
            return batch

        return run

    wrap(Session, "run", around_run)
    wrap(bot.outbox, "deliver", around_deliver)
    wrap(Polling, "_fetch", around_fetch)
    name_takings()
    _die_in_handler(fate)


def _die_in_handler(fate: Fate) -> None:
    def around_handle(handle: Any) -> Any:
        async def run(*args: Any) -> None:
            await handle(*args)
            fate.pass_by(Moment.IN_HANDLER)

        return run

    wrap(bot.app, "_handle", around_handle)


def make_fillable(full: Path) -> None:
    """Let the database take no page more in transactions that begin while the file `full` is there."""

    def around_run(run_sql: Any) -> Any:
        async def run(session: Session, sql: str, parameters: Sequence[Any] = ()) -> Any:
            if sql == "BEGIN IMMEDIATE":
                # SQLite takes a limit below the present size for that size.
                pages = 1 if full.exists() else _ANY_SIZE
                await run_sql(session, f"PRAGMA max_page_count = {pages}")
            return await run_sql(session, sql, parameters)

        return run

    wrap(Session, "run", around_run)


def make_sealable(sealed: Path) -> None:
    """Let the database take nothing in transactions that begin while the file `sealed` is there."""

    def around_run(run_sql: Any) -> Any:
        async def run(session: Session, sql: str, parameters: Sequence[Any] = ()) -> Any:
            if sql == "BEGIN IMMEDIATE":
                await run_sql(session, f"PRAGMA query_only = {sealed.exists():d}")
            return await run_sql(session, sql, parameters)

        return run

    wrap(Session, "run", around_run)


def tell_looks(told: Path) -> None:
    """Write down which look at what is owed has come to its end: of which process, at which jump of the clock.

    Nothing stands there while one is under way, after one that failed, and while nobody is heard.
    """

    jumps: ContextVar[int] = ContextVar("jumps")

    def around_look(look: Any) -> Any:
        async def run(reconcile: Reconcile) -> None:
            told.unlink(missing_ok=True)
            jumps.set(reconcile._clock._version)  # type: ignore[attr-defined]
            await look(reconcile)

        return run

    def around_show_boards(show_boards: Any) -> Any:  # the last step of a look
        async def run(reconcile: Reconcile, due: Due) -> None:
            await show_boards(reconcile, due)
            told.write_text(f"{os.getpid()} {jumps.get()}", "ascii")

        return run

    wrap(Reconcile, "look", around_look)
    wrap(Reconcile, "_show_boards", around_show_boards)


def has_looked(told: Path, pid: int, jumps: int) -> bool:
    """Whether the bot of this process has looked at what is owed since the newest jump of the clock."""
    try:
        return told.read_text("ascii") == f"{pid} {jumps}"
    except FileNotFoundError:
        return False


def main() -> None:
    if TRUE_PACE not in os.environ:
        wrap(bot.app, "Limits", lambda _: lambda: FAST)
    name_rows()
    if DISK_FULL in os.environ:
        make_fillable(Path(os.environ[DISK_FULL]))
    if READ_ONLY in os.environ:
        make_sealable(Path(os.environ[READ_ONLY]))
    if LOOKED in os.environ:
        tell_looks(Path(os.environ[LOOKED]))
    fate = Fate.read(os.environ)
    if fate:
        make_mortal(fate)
    bot.cli.main()


if __name__ == "__main__":
    main()
