"""A period as a workbook: a sheet a subject, with real dates, times, numbers and shares.

Only what makes a workbook imports this module: openpyxl costs memory.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.digests.rows import columns, row_of
from bot.digests.spreadsheet import (
    COUNT,
    DAY,
    FACE,
    LATE,
    MEAN,
    MISSING,
    MOMENT,
    POINTS,
    SHARE,
    Book,
    Column,
    colour,
    written,
)
from bot.digests.target_rows import COLUMNS, target_rows
from bot.domain.charts import Cell as Where
from bot.domain.charts import cell_of
from bot.domain.forms import DUTY, Breakdown, YesNo, problems, total_absent
from bot.domain.measures import UnitDay
from bot.domain.overviews import Account
from bot.domain.summaries import Summary, UnitTotal
from bot.domain.targets import Standing
from bot.domain.training_measures import TrainingRecord
from bot.texts import Texts
from bot.texts.markup import plain

# A unit and day is a row: beyond this nobody reads, and making the file would hold up others.
MOST_DAYS = 50_000
_FIGURE = "#,##0.##"


def workbook(account: Account, texts: Texts, *, with_strength: bool) -> bytes:
    """Return every sheet as .xlsx; without strength no sheet tells heads.

    The targets are those of the last of the days, or of today.
    """
    book = Book(account.summary, texts)
    days = account.summary.unit_days
    _totals(book, account, with_strength=with_strength)
    _units(book, account)
    if len(days) <= MOST_DAYS:
        _days(book, days, with_strength=with_strength)
    if with_strength:
        _absences(book, account.summary)
    _noted(book, account)
    if account.beyond and account.beyond.targets:
        _targets(book, account.beyond.targets, account.beyond.until, with_strength=with_strength)
    return book.saved()


def days_workbook(summary: Summary, texts: Texts, *, with_strength: bool) -> bytes:
    """Return the rows of the reports alone, a row a unit and day, as .xlsx."""
    book = Book(summary, texts)
    _days(book, summary.unit_days, with_strength=with_strength)
    return book.saved()


def training_workbook(
    summary: Summary, texts: Texts, rows: Sequence[Mapping[str, Any]], kept: Sequence[str]
) -> bytes:
    """Return attendance, a row a unit, activity and session, as .xlsx."""
    book = Book(summary, texts)
    listed = [Column(texts.training_columns[c], COUNT if c in _HEADS else "") for c in kept]
    book.sheet(texts.sheet_training, listed, ([_told(row[c], texts) for c in kept] for row in rows))
    return book.saved()


_HEADS = frozenset({"liable", "present", "completed"})


def _told(value: Any, texts: Texts) -> Any:
    return (texts.yes if value else texts.no) if isinstance(value, bool) else value


def targets_workbook(
    summary: Summary, texts: Texts, targets: Sequence[Standing], day: date, *, with_strength: bool
) -> bytes:
    """Return the targets alone as .xlsx."""
    book = Book(summary, texts)
    _targets(book, targets, day, with_strength=with_strength)
    return book.saved()


def _targets(book: Book, targets: Sequence[Standing], day: date, *, with_strength: bool) -> None:
    rows = target_rows(targets, day, book.texts, with_strength=with_strength)
    figures = ("target", "value", "gap", "part", "whole", "unknown")
    formats = {"as_of": DAY} | dict.fromkeys(figures, _FIGURE)
    listed = [Column(book.texts.target_columns[c], formats.get(c, "")) for c in COLUMNS]
    book.sheet(book.texts.sheet_targets, listed, ([row[c] for c in COLUMNS] for row in rows))


def _totals(book: Book, account: Account, *, with_strength: bool) -> None:
    told, texts = account.summary, book.texts
    counts = told.counts
    rows: list[tuple[str, Any, str]] = [
        (texts.expected_reports, counts.expected, COUNT),
        (texts.reports_came, counts.actual, COUNT),
        (texts.reports_on_time, counts.on_time, COUNT),
        (texts.reports_late, counts.late, COUNT),
        (texts.reports_missing, counts.missing, COUNT),
        (texts.units_exempt, len(told.exempt), COUNT),
        (texts.rate_of_reports, _rate(counts.reporting_rate, texts), SHARE),
        (texts.rate_on_time, _rate(counts.reporting_rate_on_time, texts), SHARE),
    ]
    if against := account.comparison:
        changes = (
            (texts.rate_of_reports, against.reporting_rate),
            (texts.rate_on_time, against.reporting_rate_on_time),
        )
        rows += [
            (texts.change_of(what, against.period, against.days), change * 100, POINTS)
            for what, change in changes
            if change is not None
        ]
    for field in DUTY.fields:
        if isinstance(field, YesNo):
            number = sum(problem.field_key == field.key for _, problem in told.problems)
            rows.append((texts.problem_count(field.key), number, COUNT))
    rows.append((texts.corrected_rows, len(told.corrected_after_due), COUNT))
    if account.beyond and account.beyond.training:
        rows += _training(account.beyond.training, texts, with_strength=with_strength)
    title, value = texts.total_columns
    listed = (Column(title), Column(value))
    sheet = book.sheet(texts.sheet_totals, listed, ())
    for what, number, form in rows:
        sheet.append([book.cell(sheet, what), book.cell(sheet, number, form)])
    sheet.auto_filter.ref = None
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 58, 18
    # Above the table stands what it is about; its headings move down with it.
    head = (told.command_name, texts.workbook_title(told), texts.as_of_line(told), "")
    sheet.insert_rows(1, len(head))
    for number, words in enumerate(head[:-1], 1):
        cell = written(sheet.cell(number, 1), words)
        cell.font = Font(name=FACE, size=13, bold=number < len(head) - 1)
    sheet.row_dimensions[1].height = None
    sheet.freeze_panes = f"A{len(head) + 2}"
    sheet.print_title_rows = f"{len(head) + 1}:{len(head) + 1}"
    if len(told.unit_days) > MOST_DAYS:
        note = sheet.cell(sheet.max_row + 2, 1)
        written(note, texts.days_left_out(len(told.unit_days), MOST_DAYS)).font = Font(name=FACE)


def _training(
    told: TrainingRecord, texts: Texts, *, with_strength: bool
) -> list[tuple[str, Any, str]]:
    people = told.coverage
    part, whole = people.part, people.whole or 0
    rows: list[tuple[str, Any, str]] = [
        (texts.sessions_held, told.sessions, COUNT),
        (texts.attendance_owed, told.attendance.whole, COUNT),
        (texts.attendance_told, told.attendance.part or 0, COUNT),
        (texts.units_without_attendance, len(told.without), COUNT),
    ]
    if not whole:
        return rows
    if with_strength:
        known = texts.not_known if part is None else part
        rows += [(texts.people_liable, whole, COUNT), (texts.people_completed, known, COUNT)]
        rate = None if part is None else part / whole
        return [*rows, (texts.rate_completed, _rate(rate, texts), SHARE)]
    share = texts.not_known if part is None else texts.share(part, whole)
    return [*rows, (texts.rate_completed, share, "")]


def _units(book: Book, account: Account) -> None:
    told, texts = account.summary, book.texts
    formats = ("", *(COUNT,) * 6, SHARE, SHARE, POINTS, COUNT, COUNT)
    changes = account.comparison.by_unit if account.comparison else {}
    sheet = book.sheet(
        texts.sheet_units,
        [Column(*pair) for pair in zip(texts.unit_columns, formats, strict=True)],
        (_unit_row(total, texts, changes.get(total.unit.id)) for total in told.by_unit),
    )
    last = max(sheet.max_row, 2)
    colour(sheet, f"E2:E{last}", "AND(ISNUMBER($E2),$E2>0)", LATE)
    colour(sheet, f"F2:F{last}", "AND(ISNUMBER($F2),$F2>0)", MISSING, bold=True)


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
    "day": DAY,
    "first_submitted_at": MOMENT,
    "revision": COUNT,
    "establishment": COUNT,
    "present": COUNT,
}


def _days(book: Book, unit_days: Sequence[UnitDay], *, with_strength: bool) -> None:
    texts, as_of = book.texts, book.summary.as_of
    kept = columns(with_strength=with_strength)

    def row(unit_day: UnitDay) -> list[Any]:
        values = row_of(unit_day, as_of.tzinfo or UTC, texts)
        where = texts.heat_map_cells[cell_of(unit_day, as_of)]
        excuse = f" ({unit_day.exempt_reason})" if unit_day.exempt_reason else ""
        values["state"] = where + excuse
        values["revision"] = values["revision"] or None
        return [values[column] for column in kept]

    listed = [Column(texts.day_columns[c], _DAY_FORMATS.get(c, "")) for c in kept]
    sheet = book.sheet(texts.sheet_days, listed, (row(d) for d in unit_days))
    sheet.freeze_panes = "C2"
    state = get_column_letter(kept.index("state") + 1)
    reach = f"A2:{get_column_letter(len(kept))}{max(sheet.max_row, 2)}"
    for where, fill in ((Where.LATE, LATE), (Where.MISSING, MISSING)):
        told = texts.heat_map_cells[where]
        colour(sheet, reach, f'${state}2="{told}"', fill, bold=where is Where.MISSING)


def _absences(book: Book, told: Summary) -> None:
    texts = book.texts
    reasons = [r for f in DUTY.fields if isinstance(f, Breakdown) for r in f.reasons]
    names = [texts.reasons[reason][0].upper() + texts.reasons[reason][1:] for reason in reasons]
    unit, establishment, came, absent, mean = texts.absence_columns
    listed = [
        Column(unit),
        Column(establishment, COUNT),
        Column(came, COUNT),
        *(Column(name, COUNT) for name in names),
        Column(absent, COUNT),
        Column(mean, MEAN),
    ]
    days = [total.days for total in told.by_unit]
    rows = [_absence_row(t.unit.name, t.unit.establishment, t.days, reasons) for t in told.by_unit]
    sheet = book.sheet(texts.sheet_absences, listed, rows)
    everyone = _absence_row(texts.whole, None, [d for found in days for d in found], reasons)
    sheet.append(
        [book.cell(sheet, v, c.format, bold=True) for v, c in zip(everyone, listed, strict=True)]
    )
    note = sheet.cell(sheet.max_row + 1, 1)
    written(note, texts.absences_explained).font = Font(name=FACE, italic=True)


def _absence_row(
    name: str, establishment: int | None, days: Sequence[UnitDay], reasons: Sequence[str]
) -> tuple[Any, ...]:
    came = [d.report.answers for d in days if d.report and d.is_expected]
    absent = sum(total_absent(answers) for answers in came)
    by_reason = [sum(a.get("absent", {}).get(reason, 0) for a in came) for reason in reasons]
    mean = absent / len(came) if came else None
    return (name, establishment, len(came), *by_reason, absent, mean)


def _noted(book: Book, account: Account) -> None:
    texts = book.texts
    rows = [(unit.name, plain(texts.flag(flag)).removeprefix("• ")) for unit, flag in account.flags]
    listed = [Column(title) for title in texts.noted_columns]
    sheet = book.sheet(texts.sheet_noted, listed, rows or [("", texts.nothing_noted)])
    sheet.column_dimensions["B"].width = 80


def _rate(rate: float | None, texts: Texts) -> float | str:
    """A dash where nothing was expected, as in the digests."""
    return texts.no_dash if rate is None else rate
