"""`trucbao backup` and `restore`: passphrases, progress, and what was done in words."""

import asyncio
import contextlib
import sys
from datetime import datetime
from pathlib import Path

import click

from bot.config import SHORTEST_PASSPHRASE, Settings, load_settings
from bot.console import WrongUseError, clock_now, progress
from bot.domain.backups import Backup
from bot.services.backups import record
from bot.usage import say
from storage.backup_files import is_encrypted, restore, write_backup
from storage.backups import Reason
from storage.database import Database
from storage.errors import StorageError
from storage.instance import only_instance
from storage.migrations import numbered


def back_up(out: Path, *, is_plain: bool) -> str:
    """Write a backup of the database as it is, whatever its schema, and return what to say of it."""
    settings = load_settings()
    passphrase = None if is_plain else _new_passphrase(settings)
    now = asyncio.run(clock_now(settings))
    with progress(say.backing_up()) as step:
        made = write_backup(settings.database_path, out, passphrase, now, step)
    asyncio.run(_record(settings, made, now))
    counts = made.contents.days, made.contents.reports, made.contents.people
    return say.backed_up(str(made.path), counts, is_encrypted=made.is_encrypted)


def put_back(source: Path) -> str:
    """Put a backup where no database is and no bot runs, and return what to say of it."""
    settings = load_settings()
    passphrase = _passphrase(settings) if is_encrypted(source) else None
    # A bot whose files were moved away while it runs still writes to them, and would go on doing so.
    with only_instance(settings.database_path), progress(say.restoring()) as step:
        restored = restore(source, settings.database_path, passphrase, step)
    found = restored.contents
    made_at = restored.made_at.astimezone(settings.timezone)
    return say.restored(
        str(settings.database_path),
        f"{made_at:%H:%M %d/%m/%Y}",
        (found.days, found.reports, found.people),
        is_current=found.schema == numbered()[-1][0],
    )


async def _record(settings: Settings, made: Backup, now: datetime) -> None:
    """Let the bot know of the backup, where its database is of this version and can be written."""
    if made.contents.schema != numbered()[-1][0]:
        return  # opening it would bring its schema up to date, and nobody has asked for that
    # The backup is good: of a disk that is full or read-only by now it is all the more welcome.
    with contextlib.suppress(StorageError):
        async with (
            Database.open(settings.database_path) as database,
            database.transaction() as session,
        ):
            await record(session, Reason.CONSOLE, made, now)


def _new_passphrase(settings: Settings) -> str:
    """The setting's, or one typed twice on a terminal. Raises WrongUseError."""
    if settings.backup_passphrase:
        return settings.backup_passphrase.get_secret_value()
    if not sys.stdin.isatty():
        raise WrongUseError(say.no_new_passphrase())
    typed = _ask(say.ask_passphrase())
    if len(typed) < SHORTEST_PASSPHRASE:
        raise WrongUseError(say.short_passphrase(SHORTEST_PASSPHRASE))
    if _ask(say.ask_passphrase_again()) != typed:
        raise WrongUseError(say.passphrases_differ())
    return typed


def _passphrase(settings: Settings) -> str:
    """The setting's, or one typed on a terminal. Raises WrongUseError."""
    if settings.backup_passphrase:
        return settings.backup_passphrase.get_secret_value()
    if not sys.stdin.isatty():
        raise WrongUseError(say.no_passphrase())
    return _ask(say.ask_passphrase())


def _ask(prompt: str) -> str:
    return str(click.prompt(prompt, hide_input=True, err=True))
