"""Making pictures and documents of what the database knows: from the facts to bytes and caption.

It runs in the worker: loading, counting, drawing and writing hold up nobody there.
"""

from datetime import datetime

from bot.domain.calls import CallSheet
from bot.domain.charts import HeatMap
from bot.domain.overviews import Account
from bot.domain.periods import period
from bot.domain.target_charts import TargetChart
from bot.domain.trends import Trend
from bot.domain.unit_pages import UnitPage
from bot.orders import Made, Terms, Wanted
from bot.pdf import as_pdf
from bot.screens.message import PDF, Calls, Document, File, Paper, Photo, Picture, Subject
from bot.services import calls, overviews, pictures, unit_pages
from bot.texts import Library, Texts
from storage.database import reading

Chart = HeatMap | Trend | TargetChart | UnitPage


class Making:
    """Reads one committed state for each file. Nothing is written."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._schedule = terms.schedule
        self._library = Library(terms.schedule.zone, terms.language, in_percent=terms.in_percent)
        self._shared: unit_pages.Ground | None = None

    async def make(self, wanted: Wanted, now: datetime) -> Made:
        """Raises StorageError, NoConverterError, NotConvertedError, and whatever a library raises."""
        texts = self._library.in_language(wanted.language)
        if isinstance(wanted, Calls):
            return await self._calls(wanted, texts, now)
        if isinstance(wanted, Document):
            return await self._document(wanted, texts, now)
        if wanted.unit_id is not None:
            page = await self._page(wanted, wanted.unit_id, now)
            return Photo(_painted(page, texts), texts.page_caption(page))
        self._shared = None
        return await self._picture(wanted, texts, now)

    async def _picture(self, picture: Picture, texts: Texts, now: datetime) -> Photo:
        if picture.subject is Subject.TARGETS:
            async with reading(self._terms.database) as session:
                chart = await pictures.targets(session, self._schedule, picture.first, now)
            return Photo(_painted(chart, texts), texts.targets_caption(chart.day, now))
        async with reading(self._terms.database) as session:
            shown = await pictures.chart(session, self._schedule, picture, now)
        if isinstance(shown, Trend):
            return Photo(_painted(shown, texts), texts.trend_caption(shown, now))
        return Photo(_painted(shown, texts), texts.heat_map_caption(shown, now))

    async def _page(self, picture: Picture, unit_id: int, now: datetime) -> UnitPage:
        """One page; what pages sent together share is loaded for the first of them, and now and then."""
        shared = self._shared if picture.is_one_of_many else None
        async with reading(self._terms.database) as session:
            if shared is None or not shared.serves(picture.first, now):
                shared = await unit_pages.ground(session, self._schedule, picture.first, now)
            self._shared = shared if picture.is_one_of_many else self._shared
            return await unit_pages.page(session, self._schedule, shared, unit_id, now)

    async def _calls(self, wanted: Calls, texts: Texts, now: datetime) -> File:
        async with reading(self._terms.database) as session:
            sheet = await calls.call_sheet(session, self._schedule, now)
        name = f"{texts.call_sheet_file}.{wanted.ending}"
        return File(_listed(sheet, wanted.ending, texts), name, texts.calls_caption(now))

    async def _document(self, document: Document, texts: Texts, now: datetime) -> File:
        first, last = period(document.period, document.day)
        async with reading(self._terms.database) as session:
            account = await overviews.account(session, self._schedule, first, last, now)
        name = texts.file_name(document.period, first, document.paper)
        if document.paper is Paper.WORKBOOK:
            return File(_workbook(account, texts), name, texts.workbook_caption(account.summary))
        return File(self._report(account), name, texts.report_caption(account.summary))

    def _report(self, account: Account) -> bytes:
        from bot.digests.official import official_report  # noqa: PLC0415 - see _painted

        return official_report(account, self._terms.head, self._library.official)


def _painted(chart: Chart, texts: Texts) -> bytes:
    # Each library takes time and memory to load: who wants a picture does not wait for those of documents.
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


def _workbook(account: Account, texts: Texts) -> bytes:
    """Return the workbook's bytes; in percent mode none of them tells strength."""
    from bot.digests.workbook import workbook  # noqa: PLC0415 - see _painted

    return workbook(account, texts, with_strength=not texts.in_percent)


def _listed(sheet: CallSheet, ending: str, texts: Texts) -> bytes:
    from bot.digests.call_sheet import call_sheet  # noqa: PLC0415 - see _painted

    content = call_sheet(sheet, texts)
    return as_pdf(content) if ending == PDF else content
