"""A period as a workbook: a sheet a subject, with real dates, times, numbers and shares.

Only what makes a workbook imports this module: openpyxl costs memory.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.digests.files import FORMULA_STARTS
from bot.digests.package import fixed, legible
from bot.digests.rows import columns, row_of
from bot.domain.charts import Cell as Where
from bot.domain.charts import cell_of
from bot.domain.forms import DUTY, Breakdown, YesNo, problems, total_absent
from bot.domain.measures import UnitDay
from bot.domain.overviews import Account
from bot.domain.summaries import Summary, UnitTotal
from bot.texts import Texts
from bot.texts.markup import plain

# A unit and day is a row: beyond this nobody reads, and making the file would hold up others.
MOST_DAYS = 50_000

_FACE = "Times New Roman"
_DAY, _MOMENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"
_COUNT, _SHARE, _POINTS, _MEAN = "#,##0", "0.0%", "+0.0;-0.0;0.0", "#,##0.0"
_A4 = 9
_NARROWEST, _WIDEST = 9, 44
_LONGEST_CELL = 32_767  # what a cell can hold

_HEADING = PatternFill("solid", fgColor="D9DEE4")
_LATE = PatternFill("solid", bgColor="FCE4C4")
_MISSING = PatternFill("solid", bgColor="E8B4B4")
_THIN = Side(style="thin", color="9AA1A9")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading, and how the values under it are shown; `format` is empty for words."""

    title: str
    format: str = ""


def workbook(account: Account, texts: Texts, *, with_strength: bool) -> bytes:
    """Return every sheet as .xlsx; without strength no sheet tells heads."""
    book = _Book(account.summary, texts)
    days = account.summary.unit_days
    _totals(book, account)
    _units(book, account)
    if len(days) <= MOST_DAYS:
        _days(book, days, with_strength=with_strength)
    if with_strength:
        _absences(book, account.summary)
    _noted(book, account)
    return book.saved()


def days_workbook(summary: Summary, texts: Texts, *, with_strength: bool) -> bytes:
    """Return the rows of the reports alone, a row a unit and day, as .xlsx."""
    book = _Book(summary, texts)
    _days(book, summary.unit_days, with_strength=with_strength)
    return book.saved()


class _Book:
    """A workbook under way, with what is the same on each of its sheets."""

    def __init__(self, summary: Summary, texts: Texts) -> None:
        self.summary = summary
        self.texts = texts
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])

    def sheet(
        self, title: str, listed: Sequence[_Column], rows: Iterable[Sequence[Any]]
    ) -> Worksheet:
        """Add a table: its headings stay in sight, on the screen and on each printed page."""
        sheet: Worksheet = self._book.create_sheet(title)
        sheet.append([_cell(sheet, column.title, heading=True) for column in listed])
        widths = [_heading_width(column.title) for column in listed]
        for row in rows:
            cells = [_cell(sheet, v, c.format) for v, c in zip(row, listed, strict=True)]
            sheet.append(cells)
            widths = [
                max(w, _width(c.value, c.number_format)) for w, c in zip(widths, cells, strict=True)
            ]
        for number, width in enumerate(widths, 1):
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = min(max(width, _NARROWEST), _WIDEST)
        sheet.row_dimensions[1].height = 34
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(listed))}{max(sheet.max_row, 1)}"
        self._to_print(sheet)
        return sheet

    def _to_print(self, sheet: Any) -> None:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.6
        margins.top, margins.bottom = 0.9, 0.7
        name = f"{self.summary.command_name}. {self.texts.workbook_title(self.summary)}"
        sheet.oddHeader.center.text = legible(name).replace("&", "&&")[:200]
        sheet.oddFooter.left.text = self.texts.as_of_line(self.summary)
        sheet.oddFooter.right.text = self.texts.page_of

    def saved(self) -> bytes:
        told = self.summary.as_of.astimezone(UTC)
        self._book.properties.created = told.replace(tzinfo=None)
        self._book.properties.creator = legible(self.summary.command_name)
        self._book.properties.title = self.texts.workbook_title(self.summary)
        file = BytesIO()
        self._book.save(file)
        return fixed(file.getvalue(), told)


def _totals(book: _Book, account: Account) -> None:
    told, texts = account.summary, book.texts
    counts = told.counts
    rows: list[tuple[str, Any, str]] = [
        (texts.expected_reports, counts.expected, _COUNT),
        (texts.reports_came, counts.actual, _COUNT),
        (texts.reports_on_time, counts.on_time, _COUNT),
        (texts.reports_late, counts.late, _COUNT),
        (texts.reports_missing, counts.missing, _COUNT),
        (texts.units_exempt, len(told.exempt), _COUNT),
        (texts.rate_of_reports, _rate(counts.reporting_rate, texts), _SHARE),
        (texts.rate_on_time, _rate(counts.reporting_rate_on_time, texts), _SHARE),
    ]
    if against := account.comparison:
        changes = (
            (texts.rate_of_reports, against.reporting_rate),
            (texts.rate_on_time, against.reporting_rate_on_time),
        )
        rows += [
            (texts.change_of(what, against.period, against.days), change * 100, _POINTS)
            for what, change in changes
            if change is not None
        ]
    for field in DUTY.fields:
        if isinstance(field, YesNo):
            number = sum(problem.field_key == field.key for _, problem in told.problems)
            rows.append((texts.problem_count(field.key), number, _COUNT))
    rows.append((texts.corrected, len(told.corrected_after_due), _COUNT))
    title, value = texts.total_columns
    listed = (_Column(title), _Column(value))
    sheet = book.sheet(texts.sheet_totals, listed, ())
    for what, number, form in rows:
        sheet.append([_cell(sheet, what), _cell(sheet, number, form)])
    sheet.auto_filter.ref = None
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 58, 18
    # Above the table stands what it is about; its headings move down with it.
    head = (told.command_name, texts.workbook_title(told), texts.as_of_line(told), "")
    sheet.insert_rows(1, len(head))
    for number, words in enumerate(head[:-1], 1):
        cell = _written(sheet.cell(number, 1), words)
        cell.font = Font(name=_FACE, size=13, bold=number < len(head) - 1)
    sheet.row_dimensions[1].height = None
    sheet.freeze_panes = f"A{len(head) + 2}"
    sheet.print_title_rows = f"{len(head) + 1}:{len(head) + 1}"
    if len(told.unit_days) > MOST_DAYS:
        note = sheet.cell(sheet.max_row + 2, 1)
        _written(note, texts.days_left_out(len(told.unit_days), MOST_DAYS)).font = Font(name=_FACE)


def _units(book: _Book, account: Account) -> None:
    told, texts = account.summary, book.texts
    formats = ("", *(_COUNT,) * 6, _SHARE, _SHARE, _POINTS, _COUNT, _COUNT)
    changes = account.comparison.by_unit if account.comparison else {}
    sheet = book.sheet(
        texts.sheet_units,
        [_Column(*pair) for pair in zip(texts.unit_columns, formats, strict=True)],
        (_unit_row(total, texts, changes.get(total.unit.id)) for total in told.by_unit),
    )
    last = max(sheet.max_row, 2)
    _colour(sheet, f"E2:E{last}", "AND(ISNUMBER($E2),$E2>0)", _LATE)
    _colour(sheet, f"F2:F{last}", "AND(ISNUMBER($F2),$F2>0)", _MISSING, bold=True)


def _unit_row(total: UnitTotal, texts: Texts, change: float | None) -> tuple[Any, ...]:
    counts = total.counts
    came = [d.report for d in total.days if d.report]
    return (
        total.unit.name,
        counts.expected,
        counts.actual,
        counts.on_time,
        counts.late,
        counts.missing,
        len(total.days) - counts.expected,
        _rate(counts.reporting_rate, texts),
        _rate(counts.reporting_rate_on_time, texts),
        None if change is None else change * 100,
        sum(len(problems(DUTY, report.answers)) for report in came),
        sum(report.is_corrected_after_due for report in came),
    )


_DAY_FORMATS = {
    "day": _DAY,
    "first_submitted_at": _MOMENT,
    "revision": _COUNT,
    "establishment": _COUNT,
    "present": _COUNT,
}


def _days(book: _Book, unit_days: Sequence[UnitDay], *, with_strength: bool) -> None:
    texts, as_of = book.texts, book.summary.as_of
    kept = columns(with_strength=with_strength)

    def row(unit_day: UnitDay) -> list[Any]:
        values = row_of(unit_day, as_of.tzinfo or UTC, texts)
        where = texts.heat_map_cells[cell_of(unit_day, as_of)]
        excuse = f" ({unit_day.exempt_reason})" if unit_day.exempt_reason else ""
        values["state"] = where + excuse
        values["revision"] = values["revision"] or None
        return [values[column] for column in kept]

    listed = [_Column(texts.day_columns[c], _DAY_FORMATS.get(c, "")) for c in kept]
    sheet = book.sheet(texts.sheet_days, listed, (row(d) for d in unit_days))
    sheet.freeze_panes = "C2"
    state = get_column_letter(kept.index("state") + 1)
    reach = f"A2:{get_column_letter(len(kept))}{max(sheet.max_row, 2)}"
    for where, fill in ((Where.LATE, _LATE), (Where.MISSING, _MISSING)):
        told = texts.heat_map_cells[where]
        _colour(sheet, reach, f'${state}2="{told}"', fill, bold=where is Where.MISSING)


def _absences(book: _Book, told: Summary) -> None:
    texts = book.texts
    reasons = [r for f in DUTY.fields if isinstance(f, Breakdown) for r in f.reasons]
    names = [texts.reasons[reason][0].upper() + texts.reasons[reason][1:] for reason in reasons]
    unit, establishment, came, absent, mean = texts.absence_columns
    listed = [
        _Column(unit),
        _Column(establishment, _COUNT),
        _Column(came, _COUNT),
        *(_Column(name, _COUNT) for name in names),
        _Column(absent, _COUNT),
        _Column(mean, _MEAN),
    ]
    days = [total.days for total in told.by_unit]
    rows = [_absence_row(t.unit.name, t.unit.establishment, t.days, reasons) for t in told.by_unit]
    sheet = book.sheet(texts.sheet_absences, listed, rows)
    everyone = _absence_row(texts.all_units, None, [d for found in days for d in found], reasons)
    sheet.append(
        [_cell(sheet, v, c.format, bold=True) for v, c in zip(everyone, listed, strict=True)]
    )
    note = sheet.cell(sheet.max_row + 1, 1)
    _written(note, texts.absences_explained).font = Font(name=_FACE, italic=True)


def _absence_row(
    name: str, establishment: int | None, days: Sequence[UnitDay], reasons: Sequence[str]
) -> tuple[Any, ...]:
    came = [d.report.answers for d in days if d.report and d.is_expected]
    absent = sum(total_absent(answers) for answers in came)
    by_reason = [sum(a.get("absent", {}).get(reason, 0) for a in came) for reason in reasons]
    mean = absent / len(came) if came else None
    return (name, establishment, len(came), *by_reason, absent, mean)


def _noted(book: _Book, account: Account) -> None:
    texts = book.texts
    rows = [(unit.name, plain(texts.flag(flag)).removeprefix("• ")) for unit, flag in account.flags]
    listed = [_Column(title) for title in texts.noted_columns]
    sheet = book.sheet(texts.sheet_noted, listed, rows or [("", texts.nothing_noted)])
    sheet.column_dimensions["B"].width = 80


def _rate(rate: float | None, texts: Texts) -> float | str:
    """A dash where nothing was expected; only all is 100 %, as in the digests."""
    return texts.no_dash if rate is None else rate


def _colour(
    sheet: Worksheet, reach: str, formula: str, fill: PatternFill, *, bold: bool = False
) -> None:
    """Colour what the formula finds; the words or figures there say it as well."""
    look = DifferentialStyle(fill=fill, font=Font(bold=True) if bold else None)
    sheet.conditional_formatting.add(reach, Rule(type="expression", dxf=look, formula=[formula]))


def _cell(
    sheet: Worksheet, value: Any, form: str = "", *, heading: bool = False, bold: bool = False
) -> Cell:
    cell = _written(WriteOnlyCell(sheet), value)
    cell.font = Font(name=_FACE, size=12, bold=heading or bold)
    cell.border = _FRAME
    if heading:
        cell.fill = _HEADING
    is_text = isinstance(value, str) and not form
    is_centred = heading or isinstance(value, date)
    cell.alignment = Alignment(
        horizontal="center" if is_centred else "left" if is_text else "right",
        vertical="center",
        wrap_text=heading or is_text,
        indent=0 if is_centred else 1,
    )
    if form and not heading:
        cell.number_format = form
    return cell


def _written(cell: Any, value: Any) -> Cell:
    """Put in a value; words are words, whatever they begin with."""
    if isinstance(value, str):
        cell.value = words = legible(value, lines=True)[:_LONGEST_CELL]
        if words:
            cell.data_type = "s"
        cell.quotePrefix = words.startswith(FORMULA_STARTS)
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None, microsecond=0)
    else:
        cell.value = value
    result: Cell = cell
    return result


_SHOWN: dict[type, Callable[[Any], int]] = {
    datetime: lambda _: len("00:00 00/00/0000"),
    date: lambda _: len("00/00/0000"),
    float: lambda _: len("100,0%"),
}


def _width(value: Any, _form: str) -> float:
    """Return how wide the value is, in characters of the sheet."""
    shown = _SHOWN.get(type(value))
    return (shown(value) if shown else len(str(value or ""))) * 1.12 + 2


def _heading_width(title: str) -> float:
    """A heading stands on two lines, with room for the filter's button."""
    longest = max(len(word) for word in title.split())
    return max(longest, len(title) / 2) * 1.2 + 4
