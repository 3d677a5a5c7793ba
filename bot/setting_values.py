"""How the value of a setting is written, and why one cannot be used."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.domain.calendar import WEEKDAYS
from bot.domain.forms import DUTY
from bot.domain.incidents import RUNGS_AFTER
from bot.domain.period_digests import LAST_DAY_OF_ANY_MONTH, MonthlyTime, WeeklyTime

# A line of an official report: more would not stand beside the nation's name.
LONGEST_LINE = 100
MOST_LINES = 20
# Telegram calls no other.
WEBHOOK_PORTS = (443, 80, 88, 8443)


class Reason(StrEnum):
    """Why a value cannot be used; bot.texts.vi_console has the words of each."""

    TOKEN = "token"  # noqa: S105 - a reason's name
    ADDRESS = "address"
    PROXY = "proxy"
    WEBHOOK = "webhook"
    LISTEN = "listen"
    FILE = "file"
    ZONE = "zone"
    IDS = "ids"
    CLOCK_TIME = "clock_time"
    ORDER = "order"
    BEFORE = "before"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    CHOICE = "choice"
    CHOICES = "choices"
    RANGE = "range"
    ZERO_OR_RANGE = "zero_or_range"
    PASSPHRASE = "passphrase"  # noqa: S105 - a reason's name
    FOLDER = "folder"
    LADDER = "ladder"
    LINE = "line"
    LINES = "lines"
    UNREADABLE = "unreadable"
    OTHER = "other"


class InvalidSettingError(ValueError):
    """A setting has a value that cannot be used; `name` as it is written in .env.

    `facts` go with the reason: the choices, the range. The value is never one: it may be a secret.
    """

    def __init__(self, name: str, reason: Reason, facts: Iterable[object] = ()) -> None:
        self.facts = tuple(str(fact) for fact in facts)
        super().__init__(f"{name}: {reason} {self.facts}")
        self.name = name
        self.reason = reason


class NotListeningError(Exception):
    """The address of WEBHOOK_LISTEN cannot be listened on; `problem` is the system's name for why."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(address, problem)
        self.address = address
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Door:
    """Where Telegram calls, what it proves itself by, and where those calls are listened for."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int

    @property
    def path(self) -> str:
        return urlsplit(self.url).path or "/"


def read_token(text: str, name: str) -> str:
    token = text.strip()
    if not re.fullmatch(r"[\w:.-]*", token, re.ASCII):
        raise InvalidSettingError(name, Reason.TOKEN)
    return token


def read_zone(text: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise InvalidSettingError(name, Reason.ZONE) from None


def read_ids(text: str, name: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(re.fullmatch(r"[1-9]\d{0,15}", part, re.ASCII) for part in parts):
        raise InvalidSettingError(name, Reason.IDS)
    return tuple(int(part) for part in parts)


def read_clock_time(text: str, name: str) -> time:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip(), re.ASCII)
    if not found:
        raise InvalidSettingError(name, Reason.CLOCK_TIME)
    return time(int(found[1]), int(found[2]))


def read_weekdays(text: str, name: str) -> frozenset[str]:
    days = parse_weekdays(text)
    if not days:
        raise InvalidSettingError(name, Reason.WEEKDAYS)
    return days


def read_weekly(text: str, name: str) -> WeeklyTime:
    """A weekday by name and a time: `mon 07:00`. A number would mean another day in each cron."""
    weekday, _, at = text.strip().lower().partition(" ")
    try:
        clock_time = read_clock_time(at, name)
    except InvalidSettingError:
        raise InvalidSettingError(name, Reason.WEEKLY) from None
    if weekday not in WEEKDAYS:
        raise InvalidSettingError(name, Reason.WEEKLY)
    return WeeklyTime(weekday, clock_time)


def read_monthly(text: str, name: str) -> MonthlyTime:
    """A day of the month that every month has, and a time: `1 07:00`."""
    day, _, at = text.strip().partition(" ")
    try:
        clock_time = read_clock_time(at, name)
    except InvalidSettingError:
        raise InvalidSettingError(name, Reason.MONTHLY, [LAST_DAY_OF_ANY_MONTH]) from None
    if not re.fullmatch(r"[1-9]\d?", day, re.ASCII) or int(day) > LAST_DAY_OF_ANY_MONTH:
        raise InvalidSettingError(name, Reason.MONTHLY, [LAST_DAY_OF_ANY_MONTH])
    return MonthlyTime(int(day), clock_time)


def read_fields(text: str, name: str) -> frozenset[str]:
    """Keys of the duty report's fields, with commas."""
    keys = frozenset(part.strip() for part in text.lower().split(",") if part.strip())
    known = [field.key for field in DUTY.fields]
    if not keys or not keys <= frozenset(known):
        raise InvalidSettingError(name, Reason.CHOICES, known)
    return keys


def read_ladder(text: str, name: str) -> tuple[int, ...]:
    """Minutes that grow, one for each rung of an incident."""
    parts = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch(r"[1-9]\d{0,3}", part, re.ASCII) for part in parts):
        raise InvalidSettingError(name, Reason.LADDER)
    minutes = tuple(int(part) for part in parts)
    if len(minutes) != len(RUNGS_AFTER) or list(minutes) != sorted(set(minutes)):
        raise InvalidSettingError(name, Reason.LADDER)
    return minutes


def read_lines(text: str, name: str) -> tuple[str, ...]:
    """Lines with semicolons between them."""
    listed = tuple(part.strip() for part in text.split(";") if part.strip())
    if not listed or len(listed) > MOST_LINES or not all(map(is_line, listed)):
        raise InvalidSettingError(name, Reason.LINES, (MOST_LINES, LONGEST_LINE))
    return listed


def read_proxy(text: str, name: str) -> str:
    if text and not is_address(text, ("http", "https", "socks5", "socks5h")):
        raise InvalidSettingError(name, Reason.PROXY)
    return text


def read_listen(text: str, name: str) -> str:
    """A host and a port: `127.0.0.1:8443`, `[::1]:8443`."""
    address = text.strip()
    parts = urlsplit(f"http://{address}")
    is_alone = not (parts.path or "@" in address)
    if not (is_address(f"http://{address}", ("http",)) and is_alone and parts.port):
        raise InvalidSettingError(name, Reason.LISTEN)
    return address


READERS: Mapping[str, Callable[[str, str], Any]] = {
    "telegram_bot_token": read_token,
    "telegram_proxy": read_proxy,
    "webhook_listen": read_listen,
    "timezone": read_zone,
    "admin_ids": read_ids,
    "duty_opens": read_clock_time,
    "duty_due": read_clock_time,
    "duty_locks": read_clock_time,
    "morning_at": read_clock_time,
    "weekly_digest": read_weekly,
    "monthly_digest": read_monthly,
    "backup_at": read_clock_time,
    "duty_days": read_weekdays,
    "duty_fields": read_fields,
    "incident_ladder": read_ladder,
    "report_signer": read_lines,
    "report_recipients": read_lines,
}
"""By the setting's field: reads its text, is told its name, and raises InvalidSettingError."""


def parse_weekdays(text: str) -> frozenset[str]:
    """Read weekdays by name: `mon-fri`, `mon,wed,fri`, `sat-mon`; none where one is not a name."""
    days: set[str] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
            return frozenset()
        begin = WEEKDAYS.index(first)
        length = (WEEKDAYS.index(last) - begin) % len(WEEKDAYS) if dash else 0
        days.update(WEEKDAYS[(begin + n) % len(WEEKDAYS)] for n in range(length + 1))
    return frozenset(days)


def is_line(value: str) -> bool:
    return value.isprintable() and len(value) <= LONGEST_LINE


def is_public_webhook(url: str) -> bool:
    """Whether Telegram's own servers would call it."""
    parts = urlsplit(url)
    return parts.scheme == "https" and (parts.port or WEBHOOK_PORTS[0]) in WEBHOOK_PORTS


def is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    is_whole = bool(parts.hostname) and not (parts.query or parts.fragment or port == 0)
    return is_whole and parts.scheme in schemes and not re.search(r"\s", value)
