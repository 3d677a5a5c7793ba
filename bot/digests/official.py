"""A period as an official report, in the form of Appendix I of Decree 30/2020/NĐ-CP: a draft to sign.

Only what makes a report imports this module: python-docx costs memory. It tells reports, training and targets, never strength.
"""

from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.digests.typesetting import (
    bare,
    keep_whole,
    line,
    new_row,
    page,
    repeated,
    rule,
    run,
    saved,
    set_widths,
)
from bot.domain.letterheads import Letterhead
from bot.domain.overviews import Account, Beyond
from bot.domain.summaries import Summary, UnitTotal
from bot.domain.targets import lagging
from bot.texts import Texts
from bot.texts.markup import plain

# A reader's patience: the workbook beside it has the rest.
MOST_UNITS = 60
MOST_LINES = 20
_SECTIONS = 5  # of the reports; training and targets are numbered on

_BODY, _TABLE = 14, 12
_TEXT_WIDTH = 165  # mm: A4 less margins of 30 and 15
_LEFT, _RIGHT = 75, 90  # mm: the two sides of the head
# Times New Roman Bold: the motto at 13 points, and a capital's width as a share of its size.
_MOTTO_WIDTH = 53.1  # mm
_CAPITAL = 0.61
_POINT = 25.4 / 72  # mm
_SHORT_RULE = 0.4  # of the words above it; the decree asks for a third to a half
_COLUMNS = (11, 52, 17, 17, 17, 15, 17, 19)  # mm


def official_report(account: Account, head: Letterhead, texts: Texts) -> bytes:
    """Return the report as .docx, marked as a draft, with its number left blank."""
    document = Document()
    page(document, left=30, right=15)
    summary = account.summary
    _head(document, summary, head, texts)
    _title(document, texts.report_kind, texts.report_subject(summary))
    _body(document, account, head, texts)
    _foot(document, head, texts)
    title = texts.report_subject(summary)
    return saved(document, title, summary.command_name, summary.as_of, texts.language)


def _head(document: Docx, summary: Summary, head: Letterhead, texts: Texts) -> None:
    table = bare(document, (_LEFT, _RIGHT))
    left, right = table.rows[0].cells
    if head.superior:
        line(left, head.superior.upper(), 13)
    body = (head.body or summary.command_name).upper()
    line(left, body, 13, bold=True)
    rule(left, _LEFT, min(len(body) * _CAPITAL * 13 * _POINT, _LEFT) * _SHORT_RULE)
    line(right, texts.nation, 12, bold=True)
    line(right, texts.motto, 13, bold=True)
    rule(right, _RIGHT, _MOTTO_WIDTH)
    left, right = new_row(table).cells
    line(left, texts.report_number(head.symbol), 13)
    place = texts.place_and_date(head.place, summary.as_of.date())
    line(right, place, 13, italic=True)
    draft = line(left, texts.draft, 13, bold=True)
    draft.paragraph_format.space_before = Pt(4)


def _title(document: Docx, kind: str, subject: str) -> None:
    _centred(document, kind, before=14)
    _centred(document, subject)
    rule(document, _TEXT_WIDTH, 45, after=10)


def _centred(document: Docx, words: str, *, before: int = 0) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = True
    run(paragraph, words, _BODY, bold=True)


def _body(document: Docx, account: Account, head: Letterhead, texts: Texts) -> None:
    told = account.summary
    counts = told.counts
    body = head.body or told.command_name
    _words(document, texts.report_opening(body, told))
    _heading(document, texts.results_title)
    if not counts.expected:
        _words(document, plain(texts.nothing_expected_between(told.first, told.last)))
        _words(document, texts.report_end(told))
        return
    _words(document, texts.report_results(counts, len(told.exempt)))
    if account.comparison:
        _words(document, f"{plain(texts.against(account.comparison))}.")
    _heading(document, texts.units_title)
    _unit_table(document, told, texts)
    _heading(document, texts.problems_title)
    _lines(
        document, _problems(told, texts), texts.problems_counted, texts, texts.no_problems_reported
    )
    _heading(document, texts.silent_title)
    _lines(document, _silent(told, texts), texts.units_counted, texts, texts.nobody_silent)
    _heading(document, texts.recommendations_title)
    asked = [texts.recommended(unit_day, words) for unit_day, words in told.recommendations]
    _lines(document, asked, texts.recommendations_counted, texts, texts.no_recommendations)
    if account.beyond and told.first != told.last:
        _beyond(document, account.beyond, texts)
    _words(document, texts.report_end(told))


def _beyond(document: Docx, told: Beyond, texts: Texts) -> None:
    """Training and targets of more than one day, each only where there is something."""
    number = _SECTIONS
    if told.training:
        number += 1
        _heading(document, f"{number}. {texts.training_heading}")
        silent = [told.units[u] for u in told.training.without if u in told.units]
        _words(document, texts.training_in_report(told.training, silent, MOST_LINES))
    if told.targets:
        number += 1
        _heading(document, f"{number}. {texts.targets_heading}")
        _words(document, texts.targets_in_report(told.targets, told.until))
        behind = [texts.lagging_in_report(standing) for standing in lagging(told.targets)]
        for line_told in behind:
            _words(document, line_told)


def _problems(told: Summary, texts: Texts) -> list[str]:
    problems = [texts.reported_problem(day, problem) for day, problem in told.problems]
    left_open = [texts.reports_left_open(key, len(found)) for key, found in told.unstated]
    return left_open + problems if not problems else problems + left_open


def _silent(told: Summary, texts: Texts) -> list[str]:
    late, missing = set(map(id, told.late)), set(map(id, told.missing))
    lines = []
    for total in told.by_unit:
        was_late = [d for d in total.days if id(d) in late]
        was_missing = [d for d in total.days if id(d) in missing]
        if was_late or was_missing:
            lines.append(texts.silent_unit(total.unit, was_late, was_missing))
    return lines


def _lines(document: Docx, lines: Sequence[str], what: str, texts: Texts, nothing: str) -> None:
    for told in lines[:MOST_LINES] or [nothing]:
        _words(document, told)
    if hidden := len(lines[MOST_LINES:]):
        _words(document, texts.more_of(hidden, what))


def _unit_table(document: Docx, told: Summary, texts: Texts) -> None:
    totals: Sequence[UnitTotal] = told.by_unit
    if len(totals) > MOST_UNITS:
        ranked = sorted(totals, key=lambda t: (-t.counts.missing, -t.counts.late))
        _words(document, texts.units_left_out(MOST_UNITS, len(totals) - MOST_UNITS))
        totals = ranked[:MOST_UNITS]
    table = document.add_table(rows=0, cols=len(_COLUMNS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, _COLUMNS)
    _fill(table, texts.report_table_columns, bold=True)
    repeated(table)
    for number, total in enumerate(totals, 1):
        counts = total.counts
        figures = (counts.expected, counts.actual, counts.on_time, counts.late, counts.missing)
        rate = texts.rate(counts.reporting_rate_on_time)
        name = texts.table_name(total)
        _fill(table, (str(number), name, *map(texts.number, figures), rate))
    counts = told.counts
    figures = (counts.expected, counts.actual, counts.on_time, counts.late, counts.missing)
    rate = texts.rate(counts.reporting_rate_on_time)
    _fill(table, ("", texts.whole, *map(texts.number, figures), rate), bold=True)


def _fill(table: Table, values: Iterable[str], *, bold: bool = False) -> None:
    row = new_row(table)
    keep_whole(row)
    for number, (cell, words) in enumerate(zip(row.cells, values, strict=True)):
        cell.width = Mm(_COLUMNS[number])
        paragraph = cell.paragraphs[0]
        is_name = number == 1 and not bold
        paragraph.alignment = ALIGN.LEFT if is_name else ALIGN.CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run(paragraph, words, _TABLE, bold=bold)


def _foot(document: Docx, head: Letterhead, texts: Texts) -> None:
    space = document.add_paragraph()
    space.paragraph_format.keep_with_next = True
    run(space, "", 8)
    table = bare(document, (_LEFT, _RIGHT))
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    title = line(left, texts.recipients_title, 12, bold=True, italic=True)
    title.alignment = ALIGN.LEFT
    for recipient in (*(f"- {r};" for r in head.recipients), texts.archive):
        line(left, recipient, 11).alignment = ALIGN.LEFT
    for words in head.signer:
        line(right, words.upper(), _BODY, bold=True)
    # Room for the signature and the seal; the name is written by hand.
    for _ in range(4):
        line(right, "", _BODY)


def _heading(document: Docx, words: str) -> None:
    paragraph = _words(document, words, bold=True)
    paragraph.paragraph_format.keep_with_next = True


def _words(document: Docx, words: str, *, bold: bool = False) -> Paragraph:
    paragraph: Paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    paragraph.alignment = ALIGN.JUSTIFY
    form.first_line_indent = Cm(1.27)
    form.space_before = form.space_after = Pt(6)
    form.line_spacing = 1.1
    run(paragraph, words, _BODY, bold=bold)
    return paragraph
