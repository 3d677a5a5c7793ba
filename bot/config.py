"""Settings, from the environment and from a file .env in the working directory."""

import hmac
import re
from collections.abc import Mapping
from datetime import time, timedelta
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
from bot.domain.keeping import Retention
from bot.domain.ladder import MORNING_UNTIL
from bot.domain.letterheads import Letterhead
from bot.domain.period_digests import MonthlyTime, WeeklyTime
from bot.setting_values import (
    LONGEST_LINE,
    READERS,
    Door,
    InvalidSettingError,
    Reason,
    is_address,
    is_line,
    is_public_webhook,
)

TELEGRAM = "https://api.telegram.org"
ENV_FILE = ".env"
LEAST_RETENTION = 2
MOST_RETENTION = 3650
# A month is always compared with the one before it.
LEAST_REPORT_RETENTION = 62
MOST_REPORT_RETENTION = 36500
SHORTEST_PASSPHRASE = 12


class Language(BaseSettings):
    """What the command line needs to know before the rest is read, or when the rest is wrong."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        # Notepad begins a file with a mark that would else become part of the first name.
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
    )

    language: Literal["vi", "en"] = "vi"

    @field_validator("language", mode="before")
    @classmethod
    def _language(cls, value: Any) -> Any:
        """Many systems set LANGUAGE for themselves, as a list of locales: `en_US:en` asks for nothing."""
        if isinstance(value, str) and re.search("[_:]", value):
            return cls.model_fields["language"].default
        return value


class Settings(Language):
    """Every setting; .env.example explains each, and a test keeps the two together."""

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = TELEGRAM
    telegram_proxy: SecretStr | None = None  # may carry a password
    webhook_url: str = ""  # empty: polling
    webhook_listen: str = "127.0.0.1:8443"
    database_path: Path = Path("trucbao.db")
    timezone: Annotated[ZoneInfo, NoDecode] = ZoneInfo("Asia/Ho_Chi_Minh")
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    duty_opens: time = time(15, 30)
    duty_due: time = time(16, 30)
    duty_locks: time = time(20, 0)
    duty_days: Annotated[frozenset[str], NoDecode] = frozenset(WEEKDAYS)
    duty_fields: Annotated[frozenset[str], NoDecode] = frozenset(f.key for f in DUTY.fields)
    morning_at: time = time(7, 0)
    weekly_digest: Annotated[WeeklyTime, NoDecode] = WeeklyTime("mon", time(7, 0))
    monthly_digest: Annotated[MonthlyTime, NoDecode] = MonthlyTime(1, time(7, 0))
    incident_ladder: Annotated[tuple[int, ...], NoDecode] = (5, 10, 20)  # minutes
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

    @field_validator(*READERS, mode="before")
    @classmethod
    def _written(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            return READERS[str(info.field_name)](value, str(info.field_name).upper())
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

    @field_validator("morning_at")
    @classmethod
    def _morning(cls, value: time) -> time:
        if value >= MORNING_UNTIL:
            raise InvalidSettingError("MORNING_AT", Reason.BEFORE, (f"{MORNING_UNTIL:%H:%M}",))
        return value

    @field_validator("report_superior", "report_body", "report_symbol", "report_place")
    @classmethod
    def _line(cls, value: str, info: ValidationInfo) -> str:
        if not is_line(value):
            raise InvalidSettingError(str(info.field_name).upper(), Reason.LINE, (LONGEST_LINE,))
        return value.strip()

    @field_validator("telegram_api_url", "sandbox_clock_url")
    @classmethod
    def _url(cls, value: str, info: ValidationInfo) -> str:
        if value and not is_address(value, ("http", "https")):
            raise _invalid(info, Reason.ADDRESS)
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str, info: ValidationInfo) -> str:
        if value and not is_address(value, ("http", "https")):
            raise _invalid(info, Reason.WEBHOOK)
        # A Bot API server of one's own calls any address, without encryption as well.
        if value and info.data.get("telegram_api_url") == TELEGRAM and not is_public_webhook(value):
            raise _invalid(info, Reason.WEBHOOK)
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
        written = tuple(secret.get_secret_value() for secret in given if secret)
        return (*written, self.door.secret) if self.door else written

    @property
    def door(self) -> Door | None:
        """None: nobody calls, the bot polls.

        The secret follows from the token, so that nobody has to keep it, and does not tell the token.
        """
        if not self.webhook_url:
            return None
        token = self.telegram_bot_token.get_secret_value()
        secret = hmac.digest(token.encode(), b"trucbao webhook", "sha256").hex()
        listen = urlsplit(f"http://{self.webhook_listen}")
        return Door(self.webhook_url, secret, str(listen.hostname), listen.port or 0)

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


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment as a process may have it that needs no secret."""
    secret = {
        name
        for name, field in Settings.model_fields.items()
        if "SecretStr" in str(field.annotation)
    }
    return {name: value for name, value in environment.items() if name.lower() not in secret}


def console_language() -> str:
    """Return the language of the command line; of the settings' default where it cannot be read."""
    try:
        return Language().language
    except (ValidationError, OSError, UnicodeDecodeError):
        return Language.model_construct().language


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
