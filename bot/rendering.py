"""Making a picture, a summary or a document when its turn comes, in a thread, so that nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.clock import Clock
from bot.digests.period import overview_message
from bot.domain.calendar import Schedule
from bot.domain.charts import HeatMap
from bot.domain.letterheads import Letterhead
from bot.domain.overviews import Account
from bot.domain.periods import period
from bot.domain.target_charts import TargetChart
from bot.domain.targets import Standing
from bot.screens import summaries as screens
from bot.screens.message import Document, File, Message, Paper, Photo, Picture, Screen, Subject
from bot.screens.payloads import SummaryPress, View
from bot.services import overviews, pictures, targets
from bot.texts import Library, Texts
from storage.database import Database

Render = Callable[[Picture | Screen | Document], Awaitable[Photo | Message | File]]
Chart = HeatMap | TargetChart
Paint = Callable[[Chart, Texts], bytes]


def paint(chart: Chart, texts: Texts) -> bytes:
    # Pillow and its letters take memory: they are loaded with the first picture, not at the start.
    if isinstance(chart, TargetChart):
        from bot.digests.target_picture import targets_picture  # noqa: PLC0415 - see above

        return targets_picture(chart, texts)
    from bot.digests.picture import month_picture  # noqa: PLC0415 - see above

    return month_picture(chart, texts)


def write(
    paper: Paper,
    account: Account,
    standings: Sequence[Standing],
    head: Letterhead,
    texts: Texts,
) -> bytes:
    """Return the document's bytes; in percent mode none of them tells strength."""
    # What writes office files takes memory as well.
    if paper is Paper.WORKBOOK:
        from bot.digests.workbook import workbook  # noqa: PLC0415 - see above

        return workbook(account, texts, with_strength=not texts.in_percent, targets=standings)
    from bot.digests.official import official_report  # noqa: PLC0415 - see above

    return official_report(account, head, texts)


class Rendering:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        schedule: Schedule,
        library: Library,
        brush: Paint,
        head: Letterhead,
    ) -> None:
        self._database = database
        self._clock = clock
        self._schedule = schedule
        self._library = library
        self._brush = brush
        self._head = head
        # Several at once would be done no sooner, and leave presses less of the processor.
        self._one_at_a_time = asyncio.Lock()

    async def render(self, wanted: Picture | Screen | Document) -> Photo | Message | File:
        """Make of it what is known now. Raises StorageError, and whatever the making raises."""
        texts = self._library.in_language(wanted.language)
        async with self._one_at_a_time:
            if isinstance(wanted, Picture):
                return await self._photo(wanted, texts)
            if isinstance(wanted, Screen):
                return await self._screen(SummaryPress.parse(wanted.press), texts)
            return await self._file(wanted, texts)

    async def _photo(self, picture: Picture, texts: Texts) -> Photo:
        now = self._clock.now()
        if picture.subject is Subject.TARGETS:
            async with self._database.snapshot() as session:
                chart = await pictures.targets(session, self._schedule, now)
            png = await asyncio.to_thread(self._brush, chart, texts)
            return Photo(png, texts.targets_caption(chart.day, now))
        async with self._database.snapshot() as session:
            shown = await pictures.month(session, self._schedule, picture.first, now)
        png = await asyncio.to_thread(self._brush, shown, texts)
        return Photo(png, texts.heat_map_caption(shown, now))

    async def _screen(self, at: SummaryPress, texts: Texts) -> Message:
        now = self._clock.now()
        async with self._database.snapshot() as session:
            told = await overviews.overview(session, self._schedule, at.period, at.day, now)
        if at.view is View.UNITS:
            return await asyncio.to_thread(screens.choose_unit, texts, told, at.page)
        words = await asyncio.to_thread(overview_message, texts, told)
        return screens.all_units(texts, told, words)

    async def _file(self, document: Document, texts: Texts) -> File:
        first, last = period(document.period, document.day)
        now = self._clock.now()
        async with self._database.snapshot() as session:
            account = await overviews.account(session, self._schedule, first, last, now)
            standings = await targets.current(session, self._schedule, now)
        within = self._library.official if document.paper is Paper.REPORT else texts
        content = await asyncio.to_thread(
            write, document.paper, account, standings, self._head, within
        )
        word = {Paper.WORKBOOK: texts.workbook_caption, Paper.REPORT: texts.report_caption}
        return File(
            content,
            texts.file_name(document.period, first, document.paper),
            word[document.paper](account.summary),
        )
