"""A bot that Telegram calls, for tests."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.webhook import Webhook
from tests.house import House, house


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def hooked(port: int) -> dict[str, str]:
    return {
        "webhook_url": f"http://127.0.0.1:{port}/trucbao",
        "webhook_listen": f"127.0.0.1:{port}",
    }


def upper(settings: dict[str, str]) -> dict[str, str]:
    return {name.upper(): value for name, value in settings.items()}


@contextlib.asynccontextmanager
async def called(folder: Path, **settings: Any) -> AsyncIterator[House]:
    async with house(folder, **(hooked(free_port()) | settings)) as home:
        yield home


def webhook_of(home: House) -> Webhook:
    assert isinstance(home.parts.receiver, Webhook)
    return home.parts.receiver


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    """Wait for what only shows from outside."""
    async with asyncio.timeout(10):
        while not await holds():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.02)
