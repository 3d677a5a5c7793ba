"""Settings, from the environment and from a file .env in the working directory."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.calendar import WEEKDAYS, Schedule

TELEGRAM = "https://api.telegram.org"


class InvalidSettingError(ValueError):
    """A setting has a value that cannot be used; `name` as it is written in .env."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class Settings(BaseSettings):
    """Every setting; .env.example explains each, and a test keeps the two together."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

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
    language: Literal["vi"] = "vi"
    strength_display: Literal["counts", "percent"] = "counts"
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    retention_days: int = Field(default=7, ge=2, le=3650)
    doubtful_retention_days: int = Field(default=30, ge=2, le=3650)
    sandbox_clock_url: str = ""

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: Any) -> Any:
        if isinstance(value, str):
            try:
                return ZoneInfo(value)
            except (KeyError, ValueError, OSError):
                raise ValueError("not a time zone; for example Asia/Ho_Chi_Minh") from None
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isascii() and part.isdigit() for part in parts):
                raise ValueError("Telegram user ids, comma-separated; for example 111111,222222")
            return tuple(int(part) for part in parts)
        return value

    @field_validator("duty_opens", "duty_due", "duty_locks", mode="before")
    @classmethod
    def _clock_time(cls, value: Any) -> Any:
        if isinstance(value, str):
            hours, colon, minutes = value.strip().partition(":")
            if not (colon and hours.isdigit() and minutes.isdigit() and len(minutes) == len("00")):
                raise ValueError("a time as HH:MM; for example 16:30")
            if int(hours) > time.max.hour or int(minutes) > time.max.minute:
                raise ValueError("a time from 00:00 to 23:59")
            return time(int(hours), int(minutes))
        return value

    @field_validator("duty_days", mode="before")
    @classmethod
    def _weekdays(cls, value: Any) -> Any:
        return parse_weekdays(value) if isinstance(value, str) else value

    @field_validator("telegram_api_url", "sandbox_clock_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("an address that begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("telegram_proxy", mode="before")
    @classmethod
    def _proxy(cls, value: Any) -> Any:
        if isinstance(value, str):
            if value and not value.startswith(("http://", "https://", "socks5://", "socks5h://")):
                raise ValueError("an address that begins with http:// or socks5://")
            return value or None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _window(self) -> Self:
        if not self.duty_opens < self.duty_due < self.duty_locks:
            raise InvalidSettingError(
                "DUTY_DUE",
                f"DUTY_OPENS ({self.duty_opens:%H:%M}), DUTY_DUE ({self.duty_due:%H:%M}) and DUTY_LOCKS "
                f"({self.duty_locks:%H:%M}) must follow one another within a day",
            )
        return self

    @property
    def shows_percent(self) -> bool:
        return self.strength_display == "percent"

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            self.duty_opens, self.duty_due, self.duty_locks, self.duty_days, self.timezone
        )


def parse_weekdays(text: str) -> frozenset[str]:
    """Read weekdays by name: `mon-fri`, `mon,wed,fri`, `sat-mon`. Raises ValueError."""
    days: set[str] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
            raise ValueError("weekdays by their names; for example mon-sun or mon,wed,fri")
        begin = WEEKDAYS.index(first)
        length = (WEEKDAYS.index(last) - begin) % len(WEEKDAYS) if dash else 0
        days.update(WEEKDAYS[(begin + n) % len(WEEKDAYS)] for n in range(length + 1))
    return frozenset(days)


def load_settings() -> Settings:
    """Return the settings, or raise InvalidSettingError that names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        # Only the name and the reason: the value may be a secret.
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        raise InvalidSettingError(name, first["msg"].removeprefix("Value error, ")) from None
