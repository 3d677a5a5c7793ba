"""Asking Telegram who the bot is, without starting it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

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


async def identify(settings: Settings) -> Identity:
    """Call getMe. Raises NotReachedError and RejectedError."""
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    token = settings.telegram_bot_token.get_secret_value()
    try:
        async with httpx.AsyncClient(proxy=proxy, timeout=TIMEOUT_S) as client:
            answer = await client.get(f"{settings.telegram_api_url}/bot{token}/getMe")
            username = _username(answer)
            drift = _drift(answer.headers.get("date"))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotReachedError(type(error).__name__) from None
    if username is None:
        raise NotReachedError(str(answer.status_code))
    return Identity(username, drift)


def _username(answer: httpx.Response) -> str | None:
    """Return the bot's name, None where it was not Telegram that answered. Raises RejectedError."""
    match answer.json():
        case {"ok": True, "result": {"username": str(username)}}:
            return username
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
