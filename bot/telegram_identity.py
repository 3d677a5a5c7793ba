"""Asking Telegram who the bot is, without starting it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.config import Settings

TIMEOUT_S = 10.0


class NotReachedError(Exception):
    """No answer came; `args[0]` names the problem, without the address: the token stands in it."""


class RejectedError(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`clock_drift`: how far this machine's clock is before Telegram's; None where it did not say."""

    username: str
    clock_drift: timedelta | None


@dataclass(frozen=True, slots=True)
class Hook:
    """What getWebhookInfo tells; the address is empty while none is set."""

    url: str
    waiting: int
    last_error: str
    failed_at: datetime | None


async def identify(settings: Settings) -> Identity:
    """Call getMe. Raises NotReachedError and RejectedError."""
    answer = await _ask(settings, "getMe")
    match _result(answer):
        case {"username": str(username)}:
            return Identity(username, _drift(answer.headers.get("date")))
        case _:
            raise NotReachedError(str(answer.status_code))


async def hook(settings: Settings) -> Hook:
    """Call getWebhookInfo. Raises NotReachedError and RejectedError."""
    answer = await _ask(settings, "getWebhookInfo")
    match _result(answer):
        case {"url": str(url), "pending_update_count": int(waiting), **more}:
            at = more.get("last_error_date")
            failed_at = datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None
            return Hook(url, waiting, str(more.get("last_error_message", "")), failed_at)
        case _:
            raise NotReachedError(str(answer.status_code))


async def _ask(settings: Settings, method: str) -> httpx.Response:
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    token = settings.telegram_bot_token.get_secret_value()
    try:
        async with httpx.AsyncClient(proxy=proxy, timeout=TIMEOUT_S) as client:
            return await client.get(f"{settings.telegram_api_url}/bot{token}/{method}")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotReachedError(type(error).__name__) from None


def _result(answer: httpx.Response) -> Any:
    """Return what was asked for, None where it was not Telegram that answered. Raises RejectedError."""
    try:
        body = answer.json()
    except ValueError as error:
        raise NotReachedError(type(error).__name__) from None
    match body:
        case {"ok": True, "result": result}:
            return result
        case {"ok": False, "error_code": httpx.codes.UNAUTHORIZED | httpx.codes.NOT_FOUND}:
            raise RejectedError
        case _:
            return None


def _drift(told_at: str | None) -> timedelta | None:
    if told_at is None:
        return None
    try:
        return datetime.now(UTC) - parsedate_to_datetime(told_at)
    except (TypeError, ValueError):
        return None  # not a date, or one without its zone
