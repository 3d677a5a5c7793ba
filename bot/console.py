"""What the commands of the command line share: settings, database and time, and errors as one line."""

import re
import sys
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import click

from bot.clock import ClockNotReachedError, clock_for
from bot.config import Settings, load_settings
from bot.digests.files import UnknownEndingError
from bot.domain.dates import NotADateError, parse_day
from bot.domain.forms import CountOutOfRangeError
from bot.domain.names import fold
from bot.domain.people import Role
from bot.domain.seats import NotActingError, check_acting_days
from bot.domain.table_reading import read_duration
from bot.domain.units import Unit, UnknownUnitError, find_unit
from bot.setting_values import InvalidSettingError
from bot.telegram_identity import NotReachedError, RejectedError, identify
from bot.texts import Library
from bot.usage import say
from storage import command, units
from storage.database import Database, Session
from storage.errors import (
    BackupError,
    InUseError,
    NewerSchemaError,
    StorageError,
    TakenError,
    UnavailableError,
)

WRONG_USE = 2
FAILED = 1
_STEPS = 1000


class WrongUseError(Exception):
    """The command's words are wrong; `args[0]` is the line that says so."""


class FailedError(Exception):
    """The command could not do it; `args[0]` is the line that says so."""


@dataclass(frozen=True, slots=True)
class Here:
    """What a command works with, for as long as it runs."""

    settings: Settings
    database: Database
    now: datetime

    @property
    def library(self) -> Library:
        settings = self.settings
        return Library(settings.timezone, settings.language, in_percent=settings.shows_percent)

    @property
    def today(self) -> date:
        return self.settings.schedule.local_day(self.now)

    async def unit(self, session: Session, typed: str, day: date) -> Unit:
        """Find the unit among those of the day; on a day that had none yet, among today's."""
        registry = await units.registry(session)
        return find_unit(typed, registry.on(day) or registry.on(self.today))

    def day(self, typed: str | None) -> date:
        if typed is None:
            return self.today
        try:
            return parse_day(typed, self.today)
        except NotADateError as error:
            raise WrongUseError(say.not_a_date(error.typed)) from error


def acting_from(place: Here, role: Role, typed: str, last: date | None) -> date:
    """Return the first day of acting up to `last`. Raises WrongUseError."""
    if role is not Role.ACTING:
        raise WrongUseError(say.from_only_for_acting())
    if last is None:
        raise WrongUseError(say.from_needs_until())
    first = place.day(typed)
    try:
        check_acting_days(first, last, place.today)
    except NotActingError as error:
        raise WrongUseError(say.not_acting(error)) from error
    return first


@asynccontextmanager
async def here(*, create: bool = False) -> AsyncIterator[Here]:
    settings = load_settings()
    async with (
        clock_for(settings.sandbox_clock_url) as clock,
        Database.open(settings.database_path, create=create) as database,
    ):
        yield Here(settings, database, clock.now())


async def clock_now(settings: Settings) -> datetime:
    async with clock_for(settings.sandbox_clock_url) as clock:
        return clock.now()


async def bot_username(place: Here) -> str:
    """Return the bot's name, as the last run learned it or as Telegram says now."""
    async with place.database.snapshot() as session:
        known = await command.get(session)
    if known and known.bot_username:
        return known.bot_username
    if not place.settings.telegram_bot_token.get_secret_value():
        raise FailedError(say.no_username())
    try:
        return (await identify(place.settings)).username
    except NotReachedError as error:
        raise FailedError(say.no_telegram(error.args[0])) from error
    except RejectedError as error:
        raise FailedError(say.token_rejected()) from error


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, from 0 to 1, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    with click.progressbar(length=_STEPS, label=label, file=sys.stderr) as bar:

        def step(done: float) -> None:
            bar.update(int(done * _STEPS) - bar.pos)

        yield step


def duration(typed: str) -> timedelta:
    """Read `30m`, `48h` or `7d`, up to 30 days. Raises WrongUseError."""
    try:
        return read_duration(typed)
    except ValueError as error:
        raise WrongUseError(say.not_a_duration(typed)) from error


def one_line(text: str) -> str:
    """Return the text as one line without what cannot be seen: marks of direction, terminal codes."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf"})


def absences(typed: str, reasons: Mapping[str, str]) -> dict[str, int]:
    """Read `phép=1,ốm=1` by the words of each reason. Raises WrongUseError."""
    keys = {fold(word): key for key, word in reasons.items()}
    counts: dict[str, int] = {}
    for part in filter(None, (p.strip() for p in typed.split(","))):
        word, _, number = part.partition("=")
        key = keys.get(fold(word))
        if key is None or key in counts or not re.fullmatch(r"-?\d{1,6}", number.strip(), re.ASCII):
            raise WrongUseError(say.not_absences(part))
        counts[key] = int(number)
    return counts


def line_of(error: Exception) -> tuple[str, int]:
    """Return the line that a person reads of one of EXPECTED, and the exit status."""
    match error:
        case WrongUseError():
            return error.args[0], WRONG_USE
        case InvalidSettingError():
            return say.wrong_setting(error.name, error.reason, error.facts), WRONG_USE
        case UnknownUnitError():
            return say.unknown_unit(error.typed, error.known), WRONG_USE
        case CountOutOfRangeError():
            return say.out_of_range(error.count, error.establishment), WRONG_USE
        case UnknownEndingError():
            return say.unknown_ending(error.path.name), WRONG_USE
        case StorageError():
            return _storage_line(error), FAILED
        case ClockNotReachedError():
            return say.no_clock(error.url), FAILED
        case OSError():
            return say.not_written(error.filename, error.errno, type(error).__name__), FAILED
        case _:
            return error.args[0], FAILED


def _storage_line(error: StorageError) -> str:
    path = str(error.path)
    match error:
        case InUseError():
            return say.in_use(path, error.holder)
        case NewerSchemaError():
            return say.newer_schema(path, error.found, error.known)
        case BackupError():
            return say.backup_trouble(path, error.condition)
        case TakenError():
            return say.not_empty(path)
        case UnavailableError():
            return say.storage(error.condition, path)
        case _:
            return say.not_initialised(path)


EXPECTED = (
    WrongUseError,
    FailedError,
    InvalidSettingError,
    UnknownUnitError,
    CountOutOfRangeError,
    UnknownEndingError,
    StorageError,
    ClockNotReachedError,
    OSError,
)
