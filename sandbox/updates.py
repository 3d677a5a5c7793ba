"""The queue of updates: offsets, lifetimes, and what became of each update."""

import asyncio
import contextlib
import copy
import random
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import RefusalError, conflict

LIFETIME = 24 * 3600.0
PRESS_LIFETIME = 150.0
FUTURE_TOLERANCE = 10
"""An offset this far above the newest id is taken for one of another numbering."""

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
)
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True, eq=False)
class Update:
    id: int
    kind: str
    body: dict[str, Any]
    made_at: float
    expires_at: float
    delivered_at: list[float] = field(default_factory=list)
    confirmed_at: float | None = None
    expired_at: float | None = None
    repeated: bool = False

    def before(self, offset: int) -> bool:
        """Tell whether an offset confirms this one; a repeated one must be seen once first."""
        return self.id < offset and (not self.repeated or bool(self.delivered_at))


@dataclass(slots=True, eq=False)
class _Poll:
    ended_by: RefusalError | None = None


class UpdateQueue:
    def __init__(self, clock: Clock, seed: int | None = None) -> None:
        self._clock = clock
        self._random = random.Random(seed)  # noqa: S311 - numbering, not a secret
        self._next_id = self._some_id()
        self._restart: int | None = None
        self.waiting: list[Update] = []
        self.all: list[Update] = []
        self.allowed = frozenset(KINDS) - NOT_BY_DEFAULT
        self._grown = asyncio.Event()
        self._poll: _Poll | None = None
        self.closed = False

    def _some_id(self) -> int:
        return self._random.randrange(1, 1 << 29)

    def allow(self, kinds: list[str]) -> None:
        """Choose what updates are made from now on; nothing chosen means the default."""
        known = frozenset(kinds) & frozenset(KINDS)
        self.allowed = known or frozenset(KINDS) - NOT_BY_DEFAULT

    def restart_ids(self, first: int | None = None) -> None:
        """Let the ids begin anew, at random unless told, as soon as nothing waits."""
        self._restart = self._some_id() if first is None else first

    def add(self, kind: str, payload: dict[str, Any]) -> Update | None:
        """Queue an update, unless the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        return self.add_raw({kind: payload})

    def add_raw(self, body: dict[str, Any]) -> Update:
        """Queue a body as it is, under the next id."""
        self.sweep()
        if self._restart is not None and not self.waiting:
            self._next_id = self._restart
            self._restart = None
        kind = next((key for key in body if key != "update_id"), "")
        now = self._clock.unix()
        life = PRESS_LIFETIME if kind == "callback_query" else LIFETIME
        # A deep copy: what was queued shows the message as it was, whatever is edited later.
        whole = {"update_id": self._next_id, **copy.deepcopy(body)}
        update = Update(self._next_id, kind, whole, now, now + life)
        self._next_id += 1
        self._queue(update)
        return update

    def repeat(self, update_id: int) -> Update | None:
        """Queue an update once more with the same id and body, as after a lost confirmation."""
        found = next((each for each in reversed(self.all) if each.id == update_id), None)
        if found is None:
            return None
        now = self._clock.unix()
        again = Update(found.id, found.kind, found.body, now, now + LIFETIME, repeated=True)
        self._queue(again)
        return again

    def _queue(self, update: Update) -> None:
        self.waiting.append(update)
        self.all.append(update)
        self._grown.set()

    def sweep(self) -> None:
        """Drop what has outlived its time."""
        now = self._clock.unix()
        for each in self.waiting:
            if each.expires_at <= now:
                each.expired_at = now
        self.waiting = [each for each in self.waiting if each.expired_at is None]

    def forget_all(self) -> None:
        self.confirm(self.waiting)

    def confirm(self, updates: list[Update]) -> None:
        """Delete these for ever."""
        now = self._clock.unix()
        for each in list(updates):
            each.confirmed_at = now
        self.waiting = [each for each in self.waiting if each.confirmed_at is None]

    def confirm_by(self, offset: int) -> None:
        """Delete for ever what the offset says the bot has had."""
        self.sweep()
        if offset < 0:
            self.confirm(self.waiting[:offset])
        elif 0 < offset <= self._next_id + FUTURE_TOLERANCE:
            self.confirm([each for each in self.waiting if each.before(offset)])

    async def poll(self, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - Telegram's word for it
        """Wait for updates; whoever polls next ends this poll with a conflict."""
        self.end_polls(
            conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        )
        mine = self._poll = _Poll()
        deadline = self._clock.elapsed() + timeout
        while True:
            self.sweep()
            left = deadline - self._clock.elapsed()
            if self.waiting or left <= 0 or self.closed:
                return self.waiting[:limit]
            self._grown.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._grown.wait()
            if mine.ended_by is not None:
                raise mine.ended_by

    def end_polls(self, by: RefusalError) -> None:
        """Answer the poll that waits, if one does, with this refusal."""
        if self._poll is not None:
            self._poll.ended_by = by
            self._poll = None
        self._grown.set()

    def close(self) -> None:
        self.closed = True
        self._grown.set()

    def delivered(self, updates: list[Update]) -> None:
        now = self._clock.unix()
        for each in updates:
            each.delivered_at.append(now)
