"""The client of the control side, but for people: those are in `people`."""

import asyncio
import base64
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp

from sandbox.records import Call, Json, UpdateRecord

OK = 200
LOOK_EVERY = 0.02


class RefusedError(AssertionError):
    """No person could have done that: the button is not there, the group is not theirs."""


class ControlClient:
    """Telegram itself, seen from the control side: ledgers, faults, limits, time."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url.rstrip("/")
        self.token = token
        self._session: aiohttp.ClientSession | None = None

    @property
    def api_url(self) -> str:
        """What a bot takes for the address of the Bot API: `/bot<token>` is appended to it."""
        return self.url

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def request(self, verb: str, path: str, **kwargs: Any) -> Any:
        """Make a control call and return its JSON answer."""
        if self._session is None:
            raise RuntimeError("it is used in an `async with` block")
        async with self._session.request(verb, f"{self.url}/control/{path}", **kwargs) as answer:
            body = await answer.json()
            if answer.status != OK:
                raise RefusedError(body["error"])
            return body

    async def get(self, path: str, **query: Any) -> Any:
        given = {key: str(value) for key, value in query.items() if value is not None}
        return await self.request("GET", path, params=given)

    async def post(self, path: str, **body: Any) -> Any:
        given = {key: value for key, value in body.items() if value is not None}
        return await self.request("POST", path, json=given)

    async def calls(self, method: str | None = None, since: int = 0) -> list[Call]:
        """Return the calls of the Bot API after the n-th, oldest first."""
        return [Call.read(each) for each in await self.get("calls", method=method, since=since)]

    async def updates(self) -> list[UpdateRecord]:
        return [UpdateRecord.read(each) for each in await self.get("updates")]

    async def inject(self, body: Mapping[str, Any]) -> int:
        """Queue an update as it is, parseable or not, and return its id."""
        return int((await self.post("updates", body=dict(body)))["update_id"])

    async def repeat(self, update_id: int) -> None:
        """Deliver an update once more, under the same id."""
        await self.post("updates/repeat", update_id=update_id)

    async def restart_ids(self, first: int | None = None) -> None:
        await self.post("updates/restart", first=first)

    async def fault(self, method: str, kind: str, *, times: int | None = 1, **details: Any) -> None:
        """Script a failure; details: chat_id, code, description, parameters, seconds.

        `times=None` lasts until the faults are cleared.
        """
        body = {"method": method, "kind": kind, "times": times, **details}
        await self.request("POST", "faults", json=body)

    async def clear_faults(self) -> None:
        await self.request("DELETE", "faults")

    async def set_limits(self, model: Literal["sliding", "bucket", "ban"] | None) -> None:
        await self.post("limits", model=model)

    async def set_bot(self, token: str, username: str = "") -> None:
        """Give the bot another token; those before it still answer until revoked."""
        await self.post("bot", token=token, username=username)

    async def revoke(self, token: str | None = None) -> None:
        await self.post("revoke", token=token)

    async def jump(self, by: float | timedelta | datetime) -> None:
        """Move the time by seconds or to a moment; returns when all who follow it know."""
        if isinstance(by, datetime):
            await self.post("clock", to=by.isoformat())
        else:
            seconds = by.total_seconds() if isinstance(by, timedelta) else by
            await self.post("clock", jump=seconds)

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("clock"))["now"])

    async def file(self, file_id: str) -> bytes:
        return base64.b64decode((await self.get("file", file_id=file_id))["data"])

    async def idle(self, quiet: float = 0.15, timeout: float = 10) -> None:  # noqa: ASYNC109 - reads best at the call
        """Wait until every update is confirmed and the bot has said nothing for a while."""
        end = time.monotonic() + timeout
        state: Json = {}
        while time.monotonic() < end:
            state = await self.get("idle")
            if not state["waiting"] and not state["busy"] and state["quiet_for"] >= quiet:
                return
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"the bot is not idle after {timeout} s: {state}")
