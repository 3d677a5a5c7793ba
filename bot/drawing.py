"""Making a picture when its turn comes, in a thread, so that nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.domain.calendar import Schedule
from bot.domain.charts import HeatMap
from bot.screens.message import Photo, Picture
from bot.services import pictures
from bot.texts import Library, Texts
from storage.database import Database

Draw = Callable[[Picture], Awaitable[Photo]]
Paint = Callable[[HeatMap, Texts], bytes]


def paint(heat_map: HeatMap, texts: Texts) -> bytes:
    # Pillow and its letters take memory: they are loaded with the first picture, not at the start.
    from bot.digests.picture import month_picture  # noqa: PLC0415 - see above

    return month_picture(heat_map, texts)


class Drawing:
    def __init__(
        self, database: Database, clock: Clock, schedule: Schedule, library: Library, brush: Paint
    ) -> None:
        self._database = database
        self._clock = clock
        self._schedule = schedule
        self._library = library
        self._brush = brush
        # Several at once would be done no sooner, and leave presses less of the processor.
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, picture: Picture) -> Photo:
        """Draw what is known now. Raises StorageError, and whatever the drawing raises."""
        texts = self._library.in_language(picture.language)
        async with self._one_at_a_time:
            now = self._clock.now()
            async with self._database.snapshot() as session:
                shown = await pictures.month(session, self._schedule, picture.first, now)
            png = await asyncio.to_thread(self._brush, shown, texts)
        return Photo(png, texts.heat_map_caption(shown, now))
