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
            told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotReachedError(type(error).__name__) from None
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND}:
        raise RejectedError
    if not told.get("ok"):
        raise NotReachedError(str(answer.status_code))
    told_at = answer.headers.get("date")
    drift = datetime.now(UTC) - parsedate_to_datetime(told_at) if told_at else None
    return Identity(told["result"]["username"], drift)
