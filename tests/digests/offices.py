"""What a workbook or a report says, read back from its bytes."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.domain.comparison import compare
from bot.domain.insights import EqualDays
from bot.domain.overviews import Account
from bot.domain.periods import Period
from bot.domain.reports import Report
from bot.domain.standings import standing_of
from bot.domain.units import Unit
from tests.builders import at, report, summary_of, unit

MARCH = [date(2022, 3, 1) + timedelta(days=n) for n in range(31)]
FEBRUARY = [date(2022, 2, 1) + timedelta(days=n) for n in range(28)]
UNITS = [unit(n) for n in range(3)]


def account_of(units: list[Unit] | None = None, came: list[Report] | None = None) -> Account:
    """A March of three units: the first always on time, the second late for ten days, the third
    silent from the 20th on; a problem on the 2nd."""
    units = UNITS if units is None else units
    if came is None:
        came = [report(units[0], day=d, absent={"leave": 2}, safety=d.day != 2) for d in MARCH]
        came += [report(units[1], "16:31" if d.day > 21 else "16:00", day=d) for d in MARCH]
        came += [report(units[2], day=d, absent={"sick": 1}) for d in MARCH[:19]]
    now = at("20:30", MARCH[-1])
    told = summary_of(units, came, now, days=MARCH)
    before = summary_of(units, [report(units[0], day=d) for d in FEBRUARY], now, days=FEBRUARY)
    flags = ((units[0], EqualDays(9, MARCH[4])),)
    return Account(told, compare(Period.MONTH, standing_of(told), standing_of(before)), flags)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def read(content: bytes) -> Any:
    return Document(BytesIO(content))


def words(content: bytes) -> str:
    """Everything that stands in a report, tables and all, a paragraph a line."""
    document = read(content)
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)
