"""Many leaders at once, who look at Telegram's ledger together: a look at each chat would cost too much."""

import asyncio
import math
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sandbox.people import Call, Person, Place, Sandbox
from sandbox.records import Button, SeenMessage
from tests.leaders import COPY, DETAIL, NORMAL, Habit, Phase

_LOOKS_EACH_S = 0.05
_REMEMBERED = 4
_SHOWING = frozenset({"sendMessage", "editMessageText"})


def usual_habit(chance: random.Random) -> Habit:
    """Two taps on a normal day; some copy, some are absent in part, late, or correct themselves."""
    return Habit(
        phase=chance.choices(list(Phase), (80, 8, 9, 3))[0],
        choice=chance.choices((NORMAL, COPY, DETAIL), (78, 12, 10))[0],
        taps=chance.choices((1, 2), (97, 3))[0],
        patience=math.inf,
        steps=1,
        asks=chance.random() < 0.03,
        corrects=chance.random() < 0.04,
    )


@dataclass(slots=True)
class Screens:
    """The newest texts with buttons of the bot in each private chat."""

    box: Sandbox
    _after: int = 0
    _shown: defaultdict[int, dict[int, SeenMessage]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_LOOKS_EACH_S)

    async def look(self) -> None:
        for call in await self.box.calls(since=self._after):
            if call.running and not call.applied and call.method != "getUpdates":
                break  # those behind it are shown with it, in the next look
            self._after = call.n
            if call.method in _SHOWING and call.applied:
                self._show(call)

    def of(self, chat_id: int) -> list[SeenMessage]:
        return list(self._shown[chat_id].values())

    def _show(self, call: Call) -> None:
        message = _seen(call.result)
        shown = self._shown[message.chat_id]
        shown[message.id] = message
        for old in list(islice(shown, max(0, len(shown) - _REMEMBERED))):
            del shown[old]


def _seen(body: dict[str, Any]) -> SeenMessage:
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return SeenMessage(
        id=body["message_id"],
        chat_id=body["chat"]["id"],
        from_bot=True,
        sender_id=body["from"]["id"],
        text=body["text"],
        html=body["text"],
        buttons=tuple(
            tuple(Button(b["text"], b.get("callback_data")) for b in row) for row in rows
        ),
        date=datetime.fromtimestamp(body["date"], UTC),
        edit_date=None,
        pinned=False,
        thread=body.get("message_thread_id"),
        reply_to=None,
        media="",
        file_id="",
        service="",
        history=(),
    )


@dataclass(frozen=True)
class Onlooker(Person):
    """Someone who sees their private chat with the bot by way of the ledger."""

    screens: Screens = field(kw_only=True, repr=False, compare=False)

    async def messages(self, chat: Place = None) -> list[SeenMessage]:
        return self.screens.of(self.id) if chat is None else await super().messages(chat)
