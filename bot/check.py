"""`trucbao check`: whether this machine, these settings and this database can do the work."""

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.config import Settings
from bot.domain.backups import Made
from bot.domain.calendar import WEEKDAYS
from bot.domain.keeping import is_backup_worrying, is_disk_low
from bot.telegram_identity import Hook, NotReachedError, RejectedError, hook, identify
from bot.texts.vi_console import VietnameseConsole
from storage import backups, command, people, units
from storage.database import Database
from storage.errors import named_of_system

LEAST_DISK_MIB = 200
# Telegram judges nothing by our clock, but a leader's deadline does.
MOST_CLOCK_DRIFT_S = 30
# UPSERT and WITHOUT ROWID are older; STRICT pragmas and RETURNING are not used.
OLDEST_SQLITE = (3, 35, 0)


class Mark(StrEnum):
    OK = "✔"
    WARNING = "!"
    FAILED = "✘"


@dataclass(frozen=True, slots=True)
class Finding:
    mark: Mark
    text: str


async def findings(settings: Settings, texts: VietnameseConsole) -> AsyncIterator[Finding]:
    """Look at one thing after the other. Raises StorageError for a database that cannot serve."""
    s = settings
    days = ",".join(day for day in WEEKDAYS if day in s.duty_days)
    opens, due, locks = (f"{at:%H:%M}" for at in (s.duty_opens, s.duty_due, s.duty_locks))
    yield Finding(Mark.OK, texts.check_settings(opens, due, locks, days))
    is_new_enough = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    yield Finding(_passed(is_new_enough), texts.check_sqlite(sqlite3.sqlite_version))
    try:
        disk = shutil.disk_usage(s.database_path.parent)
    except OSError as error:
        raise named_of_system(error, s.database_path) from error
    free_mib = disk.free >> 20
    mark = Mark.WARNING if is_disk_low(disk.free, disk.total) else Mark.OK
    yield Finding(mark if free_mib >= LEAST_DISK_MIB else Mark.FAILED, texts.check_disk(free_mib))
    async with Database.open(s.database_path) as database:
        await database.prove_writable()
        async with database.snapshot() as session:
            listed = (await units.registry(session)).on(s.schedule.local_day(datetime.now(UTC)))
            members = await people.list_members(session)
            known = await command.get(session)
            last = await backups.last_made(session)
        path = str(s.database_path)
        text = texts.check_database(path, len(listed), len(members))
        yield Finding(Mark.OK if listed else Mark.WARNING, text)
        is_set = bool(known and known.group)
        yield Finding(Mark.OK if is_set else Mark.WARNING, texts.check_group(is_set=is_set))
    for finding in _backups(settings, texts, last):
        yield finding
    async for finding in _telegram(settings, texts):
        yield finding


def _backups(settings: Settings, texts: VietnameseConsole, last: Made | None) -> Iterator[Finding]:
    """When the last good one was made, and whether the next can be."""
    folder = settings.backup_dir
    is_good = last is not None and not is_backup_worrying(last.at, datetime.now(UTC))
    at = f"{last.at.astimezone(settings.timezone):%H:%M %d/%m/%Y}" if last else None
    text = texts.check_backup(at, f"{last.size >> 10} KiB" if last else "", is_nightly=bool(folder))
    yield Finding(Mark.OK if is_good and folder else Mark.WARNING, text)
    if folder:
        is_good = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
        text = texts.check_backup_folder(str(folder), is_good=is_good)
        yield Finding(_passed(is_good), text)


async def _telegram(settings: Settings, texts: VietnameseConsole) -> AsyncIterator[Finding]:
    if not settings.telegram_bot_token.get_secret_value():
        yield Finding(Mark.FAILED, texts.no_token())
        return
    try:
        told = await identify(settings)
        hooked = await hook(settings)
    except NotReachedError as error:
        yield Finding(Mark.FAILED, texts.no_telegram(error.args[0]))
    except RejectedError:
        yield Finding(Mark.FAILED, texts.token_rejected())
    else:
        yield Finding(Mark.OK, texts.check_telegram(told.username))
        for finding in _receiving(settings, texts, hooked):
            yield finding
        if told.clock_drift is not None and not settings.sandbox_clock_url:
            seconds = told.clock_drift.total_seconds()
            yield Finding(_passed(abs(seconds) <= MOST_CLOCK_DRIFT_S), texts.check_clock(seconds))


def _receiving(settings: Settings, texts: VietnameseConsole, hooked: Hook) -> Iterator[Finding]:
    """Whether what Telegram has set fits how the bot is to receive; while polling nothing needs to be set."""
    if settings.webhook_url:
        is_ours = hooked.url == settings.webhook_url
        at = (
            f"{hooked.failed_at.astimezone(settings.timezone):%H:%M %d/%m/%Y}"
            if hooked.failed_at
            else ""
        )
        text = texts.check_webhook(hooked.waiting, hooked.last_error, at, is_ours=is_ours)
        yield Finding(Mark.OK if is_ours and not hooked.last_error else Mark.WARNING, text)
    elif hooked.url:
        yield Finding(Mark.WARNING, texts.check_polling())


def _passed(is_good: bool) -> Mark:  # noqa: FBT001 - a predicate's answer
    return Mark.OK if is_good else Mark.FAILED
