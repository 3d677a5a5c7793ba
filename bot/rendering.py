"""Making a long summary, a picture or a document when its turn comes, so that nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.clock import Clock
from bot.domain.calendar import Schedule
from bot.domain.calls import CallSheet
from bot.domain.charts import HeatMap
from bot.domain.letterheads import Letterhead
from bot.domain.overviews import Account
from bot.domain.periods import period
from bot.domain.target_charts import TargetChart
from bot.domain.trends import Trend
from bot.domain.unit_pages import UnitPage
from bot.pdf import as_pdf
from bot.screens.message import (
    PDF,
    Calls,
    Document,
    File,
    Message,
    Paper,
    Photo,
    Picture,
    Screen,
    Subject,
)
from bot.screens.payloads import SummaryPress
from bot.services import calls, overviews, pictures, summaries, unit_pages
from bot.texts import Library, Texts
from storage.database import Database

Render = Callable[[Picture | Document | Calls | Screen], Awaitable[Photo | File | Message]]
Chart = HeatMap | Trend | TargetChart | UnitPage
Paint = Callable[[Chart, Texts], bytes]


def paint(chart: Chart, texts: Texts) -> bytes:
    # Pillow and its letters take memory: they are loaded with the first picture, not at the start.
    if isinstance(chart, TargetChart):
        from bot.digests.target_picture import targets_picture  # noqa: PLC0415 - see above

        return targets_picture(chart, texts)
    if isinstance(chart, UnitPage):
        from bot.digests.unit_picture import unit_picture  # noqa: PLC0415 - see above

        return unit_picture(chart, texts)
    if isinstance(chart, Trend):
        from bot.digests.trend_picture import trend_picture  # noqa: PLC0415 - see above

        return trend_picture(chart, texts)
    from bot.digests.picture import month_picture  # noqa: PLC0415 - see above

    return month_picture(chart, texts)


def write(
    paper: Paper,
    account: Account,
    head: Letterhead,
    texts: Texts,
) -> bytes:
    """Return the document's bytes; in percent mode none of them tells strength."""
    # What writes office files takes memory as well.
    if paper is Paper.WORKBOOK:
        from bot.digests.workbook import workbook  # noqa: PLC0415 - see above

        return workbook(account, texts, with_strength=not texts.in_percent)
    from bot.digests.official import official_report  # noqa: PLC0415 - see above

    return official_report(account, head, texts)


def write_calls(sheet: CallSheet, ending: str, texts: Texts) -> bytes:
    """Return the sheet's bytes. Raises NotConvertedError where it cannot be made a PDF."""
    from bot.digests.call_sheet import call_sheet  # noqa: PLC0415 - see above

    content = call_sheet(sheet, texts)
    return as_pdf(content) if ending == PDF else content


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
        # Several at once would be done no sooner, and leave presses less of the processor. Words do not
        # wait behind a picture or a file: somebody looks at the message that they are for.
        self._one_at_a_time = asyncio.Lock()
        self._words = asyncio.Lock()
        self._shared: unit_pages.Ground | None = None

    async def render(self, wanted: Picture | Document | Calls | Screen) -> Photo | File | Message:
        """Make of it what is known now. Raises StorageError, and whatever the making raises."""
        texts = self._library.in_language(wanted.language)
        if isinstance(wanted, Screen):
            async with self._words:
                return await self._screen(wanted, texts)
        async with self._one_at_a_time:
            if isinstance(wanted, Picture):
                return await self._photo(wanted, texts)
            if isinstance(wanted, Calls):
                return await self._calls(wanted, texts)
            return await self._file(wanted, texts)

    async def _screen(self, screen: Screen, texts: Texts) -> Message:
        at = SummaryPress.parse(screen.data)
        async with self._database.snapshot() as session:
            return await summaries.shown(session, self._schedule, texts, at, self._clock.now())

    async def _photo(self, picture: Picture, texts: Texts) -> Photo:
        now = self._clock.now()
        if picture.unit_id is not None:
            page = await self._page(picture, picture.unit_id, now)
            png = await asyncio.to_thread(self._brush, page, texts)
            return Photo(png, texts.page_caption(page))
        self._shared = None
        if picture.subject is Subject.TARGETS:
            async with self._database.snapshot() as session:
                chart = await pictures.targets(session, self._schedule, picture.first, now)
            png = await asyncio.to_thread(self._brush, chart, texts)
            return Photo(png, texts.targets_caption(chart.day, now))
        async with self._database.snapshot() as session:
            shown = await pictures.chart(session, self._schedule, picture, now)
        png = await asyncio.to_thread(self._brush, shown, texts)
        if isinstance(shown, Trend):
            return Photo(png, texts.trend_caption(shown, now))
        return Photo(png, texts.heat_map_caption(shown, now))

    async def _page(self, picture: Picture, unit_id: int, now: datetime) -> UnitPage:
        """One page; what pages sent together share is loaded for the first of them, and now and then."""
        shared = self._shared if picture.is_one_of_many else None
        async with self._database.snapshot() as session:
            if shared is None or not shared.serves(picture.first, now):
                shared = await unit_pages.ground(session, self._schedule, picture.first, now)
            self._shared = shared if picture.is_one_of_many else self._shared
            return await unit_pages.page(session, self._schedule, shared, unit_id, now)

    async def _calls(self, wanted: Calls, texts: Texts) -> File:
        now = self._clock.now()
        async with self._database.snapshot() as session:
            sheet = await calls.call_sheet(session, self._schedule, now)
        content = await asyncio.to_thread(write_calls, sheet, wanted.ending, texts)
        name = f"{texts.call_sheet_file}.{wanted.ending}"
        return File(content, name, texts.calls_caption(now))

    async def _file(self, document: Document, texts: Texts) -> File:
        first, last = period(document.period, document.day)
        now = self._clock.now()
        async with self._database.snapshot() as session:
            account = await overviews.account(session, self._schedule, first, last, now)
        within = self._library.official if document.paper is Paper.REPORT else texts
        content = await asyncio.to_thread(write, document.paper, account, self._head, within)
        word = {Paper.WORKBOOK: texts.workbook_caption, Paper.REPORT: texts.report_caption}
        return File(
            content,
            texts.file_name(document.period, first, document.paper),
            word[document.paper](account.summary),
        )
