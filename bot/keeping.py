"""Keeping the data: backups at night and when asked for, old rows erased, the disk watched.

A backup is made in a thread: nobody who reports waits for it.
"""

import asyncio
import contextlib
import itertools
import shutil
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.config import Settings
from bot.domain.backups import Backup, Made
from bot.domain.keeping import is_backup_due, is_disk_low
from bot.services import backups
from bot.services.retention import erase_old
from bot.texts import Library
from storage.backup_files import copy_prefix, write_backup
from storage.backups import Asked
from storage.database import Database
from storage.errors import BackupError, StorageError, UnavailableError
from storage.placing import remove_leftovers

EACH_S = 60.0
_BEGINNING = "trucbao-"

log = structlog.get_logger()


class _StoppedError(Exception):
    """The bot is told to stop while a backup is being made."""


class Keeping:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        library: Library,
        queued: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._library = library
        self._queued = queued
        self._work = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._stopping = threading.Event()

    def wake(self) -> None:
        """Say that a backup may have been asked for."""
        self._work.set()

    async def run(self) -> None:
        """Catch up with what a machine that is off at night has missed; then make what is asked for."""
        try:
            await self._safely(self._catch_up)
            await self._safely(self.purge)
            while True:
                self._work.clear()
                await self._safely(self._make_asked)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(EACH_S):
                        await self._work.wait()
        finally:
            self._stopping.set()  # the thread that makes a backup looks at it at each step

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; whatever goes wrong must not end the bot, which takes in reports meanwhile."""
        try:
            await work()
        except StorageError as error:
            log.error("database unavailable; backups wait", problem=repr(error))
        except Exception as error:  # the outermost place: the next time may find it mended
            log.error("data not looked after", exc_info=error)

    async def back_up(self) -> None:
        """Make the nightly backup, where there is a folder for it, and remove what is one too many."""
        if self._settings.backup_dir is None:
            return
        try:
            await self._make(self._settings.backup_dir, None)
        except StorageError as error:
            log.error("database unavailable; backup not recorded", problem=repr(error))

    async def purge(self) -> None:
        """Erase what has served its time, and look at the disk and the age of the last backup."""
        now = self._clock.now()
        today = self._settings.schedule.local_day(now)
        try:
            async with self._database.transaction() as session:
                erased = await erase_old(session, self._settings.retention, today, now)
            await self._watch(now)
        except StorageError as error:
            log.error("database unavailable; old rows stay", problem=repr(error))
            return
        log.info(
            "old rows erased",
            updates=erased.updates,
            messages=erased.messages,
            reports=erased.reports,
        )

    async def _catch_up(self) -> None:
        async with self._database.snapshot() as session:
            kept = await backups.load(session, self._settings.backup_dir, self._clock.now())
        if is_backup_due(kept.last.at if kept.last else None, self._clock.now()):
            await self.back_up()

    async def _make_asked(self) -> None:
        folder = self._settings.backup_dir
        if folder is None:
            return
        async with self._database.snapshot() as session:
            waiting = await backups.list_asked(session, self._clock.now())
        for asked in waiting:
            await self._make(folder, asked)

    async def _make(self, folder: Path, asked: Asked | None) -> None:
        """Make a backup and tell who is to know; what was asked for and cut short is made at the next start."""
        async with self._one_at_a_time:
            now = self._clock.now()
            try:
                made = await asyncio.to_thread(self._write, folder, now)
            except _StoppedError:
                log.info("backup cut short")
                return
            except (BackupError, UnavailableError, MemoryError) as error:
                log.error("no backup made", problem=repr(error))
                problem = "no_memory" if isinstance(error, MemoryError) else error.condition
                async with self._database.transaction() as session:
                    await backups.fail(session, self._library, asked, problem, now)
            else:
                log.info("backup made", path=str(made.path), size=made.size)
                async with self._database.transaction() as session:
                    await backups.finish(session, self._library, asked, made, self._clock.now())
                await self._rotate(folder)
        self._queued()

    def _write(self, folder: Path, now: datetime) -> Backup:
        """Runs in a thread."""
        secret = self._settings.backup_passphrase
        passphrase = secret.get_secret_value() if secret else None
        path = self._database.path
        remove_leftovers(path.parent, copy_prefix(path))
        remove_leftovers(folder, f".{_BEGINNING}")
        new = _free_name(folder, now.astimezone(self._settings.timezone), passphrase)
        return write_backup(path, new, passphrase, now, self._go_on)

    def _go_on(self, _done: float) -> None:
        if self._stopping.is_set():
            raise _StoppedError

    async def _rotate(self, folder: Path) -> None:
        async with self._database.snapshot() as session:
            surplus = await backups.list_surplus(session, folder, self._settings.backup_keep)
        removed = await asyncio.to_thread(_removed, surplus)
        async with self._database.transaction() as session:
            await backups.forget(session, removed)

    async def _watch(self, now: datetime) -> None:
        try:
            disk = await asyncio.to_thread(shutil.disk_usage, self._database.path.parent)
        except OSError as error:
            log.error("disk not looked at", problem=repr(error))
            return
        async with self._database.transaction() as session:
            if is_disk_low(disk.free, disk.total):
                today = self._settings.schedule.local_day(now)
                await backups.warn_of_disk(session, self._library, disk.free, today, now)
            if self._settings.backup_dir:
                await backups.warn_of_old(session, self._library, now)
        self._queued()


def _free_name(folder: Path, local: datetime, passphrase: str | None) -> Path:
    """A name with the date; a clock that was set back may have used it already."""
    ending = "backup" if passphrase else "db"
    names = (f"{_BEGINNING}{local:%Y-%m-%d-%H%M%S}{more}.{ending}" for more in _again())
    return next(folder / name for name in names if not (folder / name).exists())


def _again() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in itertools.count(2))


def _removed(surplus: list[Made]) -> list[Made]:
    """Remove the files; one that cannot be removed is tried again after the next backup."""
    removed = []
    for made in surplus:
        try:
            made.path.unlink(missing_ok=True)
        except OSError as error:
            log.error("old backup stays", path=str(made.path), problem=type(error).__name__)
        else:
            removed.append(made)
    return removed
