"""Settings, from the environment and from a file .env in the working directory."""

import re
from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.calendar import WEEKDAYS, Schedule
from bot.domain.forms import DUTY, REPORT_TYPES, ReportType
from bot.domain.incidents import RUNGS_AFTER
from bot.domain.keeping import Retention
from bot.domain.ladder import MORNING_UNTIL
from bot.domain.letterheads import Letterhead

TELEGRAM = "https://api.telegram.org"
ENV_FILE = ".env"
LEAST_RETENTION = 2
MOST_RETENTION = 3650
# A month is always compared with the one before it.
LEAST_REPORT_RETENTION = 62
MOST_REPORT_RETENTION = 36500
SHORTEST_PASSPHRASE = 12
# A line of an official report: more would not stand beside the nation's name.
LONGEST_LINE = 100
MOST_LINES = 20


class Reason(StrEnum):
    """Why a value cannot be used; bot.texts.vi_console has the words of each."""

    TOKEN = "token"  # noqa: S105 - a reason's name
    ADDRESS = "address"
    PROXY = "proxy"
    FILE = "file"
    ZONE = "zone"
    IDS = "ids"
    CLOCK_TIME = "clock_time"
    ORDER = "order"
    BEFORE = "before"
    WEEKDAYS = "weekdays"
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


class Settings(BaseSettings):
    """Every setting; .env.example explains each, and a test keeps the two together."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        # Notepad begins a file with a mark that would else become part of the first name.
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
    )

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = TELEGRAM
    telegram_proxy: SecretStr | None = None  # may carry a password
    database_path: Path = Path("trucbao.db")
    timezone: Annotated[ZoneInfo, NoDecode] = ZoneInfo("Asia/Ho_Chi_Minh")
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    duty_opens: time = time(15, 30)
    duty_due: time = time(16, 30)
    duty_locks: time = time(20, 0)
    duty_days: Annotated[frozenset[str], NoDecode] = frozenset(WEEKDAYS)
    duty_fields: Annotated[frozenset[str], NoDecode] = frozenset(f.key for f in DUTY.fields)
    morning_at: time = time(7, 0)
    incident_ladder: Annotated[tuple[int, ...], NoDecode] = (5, 10, 20)  # minutes
    language: Literal["vi"] = "vi"
    strength_display: Literal["counts", "percent"] = "counts"
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    retention_days: int = Field(default=7, ge=LEAST_RETENTION, le=MOST_RETENTION)
    doubtful_retention_days: int = Field(default=30, ge=LEAST_RETENTION, le=MOST_RETENTION)
    report_retention_days: int = Field(default=0, ge=0, le=MOST_REPORT_RETENTION)  # 0: for ever
    backup_dir: Path | None = None
    backup_passphrase: SecretStr | None = None
    backup_keep: int = Field(default=14, ge=1, le=MOST_RETENTION)
    backup_at: time = time(2, 0)
    report_superior: str = ""
    report_body: str = ""
    report_symbol: str = "BC-BCH"
    report_place: str = ""
    report_signer: Annotated[tuple[str, ...], NoDecode] = ("CHỈ HUY TRƯỞNG",)
    report_recipients: Annotated[tuple[str, ...], NoDecode] = ()
    sandbox_clock_url: str = ""

    @field_validator("telegram_bot_token", mode="before")
    @classmethod
    def _token(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            value = value.strip()
            if not re.fullmatch(r"[\w:.-]*", value, re.ASCII):
                raise _invalid(info, Reason.TOKEN)
        return value

    @field_validator("database_path")
    @classmethod
    def _file(cls, value: Path, info: ValidationInfo) -> Path:
        if not value.name:
            raise _invalid(info, Reason.FILE)
        return value

    @field_validator("backup_dir")
    @classmethod
    def _folder(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        # Whether it is there is looked at each night: a disk that is not mounted must not stop the bot.
        if value and value.parts[0].startswith("~"):
            raise _invalid(info, Reason.FOLDER)
        return value

    @field_validator("backup_passphrase")
    @classmethod
    def _passphrase(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < SHORTEST_PASSPHRASE:
            raise InvalidSettingError("BACKUP_PASSPHRASE", Reason.PASSPHRASE, [SHORTEST_PASSPHRASE])
        return value

    @field_validator("report_retention_days")
    @classmethod
    def _report_retention(cls, value: int) -> int:
        if 0 < value < LEAST_REPORT_RETENTION:
            raise _report_retention_error()
        return value

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            try:
                return ZoneInfo(value)
            except (KeyError, ValueError, OSError):
                raise _invalid(info, Reason.ZONE) from None
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(re.fullmatch(r"[1-9]\d{0,15}", part, re.ASCII) for part in parts):
                raise _invalid(info, Reason.IDS)
            return tuple(int(part) for part in parts)
        return value

    @field_validator(
        "duty_opens", "duty_due", "duty_locks", "morning_at", "backup_at", mode="before"
    )
    @classmethod
    def _clock_time(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value.strip(), re.ASCII)
            if not found:
                raise _invalid(info, Reason.CLOCK_TIME)
            return time(int(found[1]), int(found[2]))
        return value

    @field_validator("morning_at")
    @classmethod
    def _morning(cls, value: time) -> time:
        if value >= MORNING_UNTIL:
            raise InvalidSettingError("MORNING_AT", Reason.BEFORE, (f"{MORNING_UNTIL:%H:%M}",))
        return value

    @field_validator("duty_days", mode="before")
    @classmethod
    def _weekdays(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            days = parse_weekdays(value)
            if not days:
                raise _invalid(info, Reason.WEEKDAYS)
            return days
        return value

    @field_validator("duty_fields", mode="before")
    @classmethod
    def _fields(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            keys = frozenset(part.strip() for part in value.lower().split(",") if part.strip())
            known = [field.key for field in DUTY.fields]
            if not keys or not keys <= frozenset(known):
                raise InvalidSettingError(str(info.field_name).upper(), Reason.CHOICES, known)
            return keys
        return value

    @field_validator("incident_ladder", mode="before")
    @classmethod
    def _ladder(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",")]
            if not all(re.fullmatch(r"[1-9]\d{0,3}", part, re.ASCII) for part in parts):
                raise _invalid(info, Reason.LADDER)
            minutes = tuple(int(part) for part in parts)
            if len(minutes) != len(RUNGS_AFTER) or list(minutes) != sorted(set(minutes)):
                raise _invalid(info, Reason.LADDER)
            return minutes
        return value

    @field_validator("report_superior", "report_body", "report_symbol", "report_place")
    @classmethod
    def _line(cls, value: str, info: ValidationInfo) -> str:
        if not _is_line(value):
            raise InvalidSettingError(str(info.field_name).upper(), Reason.LINE, (LONGEST_LINE,))
        return value.strip()

    @field_validator("report_signer", "report_recipients", mode="before")
    @classmethod
    def _lines(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            listed = tuple(part.strip() for part in value.split(";") if part.strip())
            if not listed or len(listed) > MOST_LINES or not all(map(_is_line, listed)):
                facts = (MOST_LINES, LONGEST_LINE)
                raise InvalidSettingError(str(info.field_name).upper(), Reason.LINES, facts)
            return listed
        return value

    @field_validator("telegram_api_url", "sandbox_clock_url")
    @classmethod
    def _url(cls, value: str, info: ValidationInfo) -> str:
        if value and not _is_address(value, ("http", "https")):
            raise _invalid(info, Reason.ADDRESS)
        return value.rstrip("/")

    @field_validator("telegram_proxy", mode="before")
    @classmethod
    def _proxy(cls, value: Any, info: ValidationInfo) -> Any:
        schemes = ("http", "https", "socks5", "socks5h")
        if isinstance(value, str) and value and not _is_address(value, schemes):
            raise _invalid(info, Reason.PROXY)
        return value

    @field_validator("language", mode="before")
    @classmethod
    def _language(cls, value: Any) -> Any:
        """Many systems set LANGUAGE for themselves, as a list of locales: `en_US:en`."""
        if isinstance(value, str) and re.search("[_:]", value):
            wanted = (re.split("[_.@]", locale)[0] for locale in value.split(":"))
            known = get_args(cls.model_fields["language"].annotation)
            return next((name for name in wanted if name in known), known[0])
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _window(self) -> Self:
        times = self.duty_opens, self.duty_due, self.duty_locks
        if not self.duty_opens < self.duty_due < self.duty_locks:
            raise InvalidSettingError("DUTY_DUE", Reason.ORDER, (f"{at:%H:%M}" for at in times))
        return self

    @property
    def shows_percent(self) -> bool:
        return self.strength_display == "percent"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in a log."""
        given = self.telegram_bot_token, self.telegram_proxy, self.backup_passphrase
        return tuple(secret.get_secret_value() for secret in given if secret)

    @property
    def retention(self) -> Retention:
        return Retention(
            timedelta(days=self.retention_days),
            timedelta(days=self.doubtful_retention_days),
            self.report_retention_days,
        )

    @property
    def report_types(self) -> Mapping[str, ReportType]:
        """Every report type by its key, with the fields that are switched on."""
        return {**REPORT_TYPES, DUTY.key: DUTY.only(self.duty_fields)}

    @property
    def letterhead(self) -> Letterhead:
        return Letterhead(
            self.report_superior,
            self.report_body,
            self.report_symbol,
            self.report_place,
            self.report_signer,
            self.report_recipients,
        )

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            self.duty_opens, self.duty_due, self.duty_locks, self.duty_days, self.timezone
        )


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


def load_settings() -> Settings:
    """Return the settings, or raise InvalidSettingError that names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        raise _named(error) from None
    except (OSError, UnicodeDecodeError):
        raise InvalidSettingError(ENV_FILE, Reason.UNREADABLE) from None


def _invalid(info: ValidationInfo, reason: Reason) -> InvalidSettingError:
    return InvalidSettingError(str(info.field_name).upper(), reason)


def _report_retention_error() -> InvalidSettingError:
    limits = LEAST_REPORT_RETENTION, MOST_REPORT_RETENTION
    return InvalidSettingError("REPORT_RETENTION_DAYS", Reason.ZERO_OR_RANGE, limits)


def _limits(field: str) -> tuple[int, int]:
    """The least and the most that a whole number may be, as it was declared."""
    metadata = Settings.model_fields[field].metadata
    least = next(int(limit.ge) for limit in metadata if hasattr(limit, "ge"))
    most = next(int(limit.le) for limit in metadata if hasattr(limit, "le"))
    return least, most


def _is_line(value: str) -> bool:
    return value.isprintable() and len(value) <= LONGEST_LINE


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    is_whole = bool(parts.hostname) and not (parts.query or parts.fragment or port == 0)
    return is_whole and parts.scheme in schemes and not re.search(r"\s", value)


def _named(error: ValidationError) -> InvalidSettingError:
    # Never the input: it may be a secret.
    first = error.errors(include_input=False, include_url=False)[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InvalidSettingError):
        return cause
    field = str(first["loc"][0])
    name = field.upper()
    if first["type"] == "literal_error":
        choices = get_args(Settings.model_fields[field].annotation)
        return InvalidSettingError(name, Reason.CHOICE, choices)
    if field == "report_retention_days":
        return _report_retention_error()
    if Settings.model_fields[field].annotation is int:
        return InvalidSettingError(name, Reason.RANGE, _limits(field))
    return InvalidSettingError(name, Reason.OTHER)
