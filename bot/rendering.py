"""Making a long summary, a picture or a document when its turn comes, so that nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.clock import Clock
from bot.domain.calendar import Schedule
from bot.orders import Made, Wanted
from bot.screens.message import Message, Screen
from bot.screens.payloads import SummaryPress
from bot.services import summaries
from bot.texts import Library
from storage.database import Database

Render = Callable[[Wanted | Screen], Awaitable[Made | Message]]
Make = Callable[[Wanted, datetime], Awaitable[Made]]


class Rendering:
    def __init__(
        self, database: Database, clock: Clock, schedule: Schedule, library: Library, make: Make
    ) -> None:
        self._database = database
        self._clock = clock
        self._schedule = schedule
        self._library = library
        self._make = make
        self._words = asyncio.Lock()

    async def render(self, wanted: Wanted | Screen) -> Made | Message:
        """Make of it what is known now. Raises StorageError, and whatever the making raises."""
        if not isinstance(wanted, Screen):
            return await self._make(wanted, self._clock.now())
        # Words do not wait behind a picture or a file: somebody looks at the message that they are for.
        async with self._words, self._database.snapshot() as session:
            texts = self._library.in_language(wanted.language)
            at = SummaryPress.parse(wanted.data)
            return await summaries.shown(session, self._schedule, texts, at, self._clock.now())
