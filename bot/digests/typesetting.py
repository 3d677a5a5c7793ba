"""What an official page is set from, in a form that every word processor shows alike.

Only what makes a report imports this module: python-docx costs memory.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.digests.package import fixed, legible

FACE = "Times New Roman"
_BODY = 14
_LISTED = 10
LISTING_WIDTH = 267
"""What a landscape A4 page leaves between the margins of a listing, in mm."""
_LOCALES = {"vi": "vi-VN", "en": "en-GB"}


def saved(document: Docx, title: str, author: str, at: datetime, language: str) -> bytes:
    """Return the document as .docx, with the time of what it tells and not of its making."""
    told = at.astimezone(UTC)
    properties = document.core_properties
    properties.author = properties.last_modified_by = legible(author)[:255]
    properties.title = legible(title)[:255]
    properties.comments = ""
    properties.language = _LOCALES[language]
    properties.created = properties.modified = told.replace(tzinfo=None, microsecond=0)
    file = BytesIO()
    document.save(file)
    return fixed(file.getvalue(), told)


def listing(
    titles: tuple[str, str],
    headings: Sequence[str],
    widths: Sequence[float],
    rows: Iterable[Sequence[str]],
    at: datetime,
    language: str,
) -> bytes:
    """Return a long table on landscape pages as .docx, with its headings on each page.

    `titles` are whose it is and what it tells; the widths, in mm, make LISTING_WIDTH.
    """
    author, title = titles
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm((297 - LISTING_WIDTH) / 2)
    run(document.add_paragraph(), f"{author}. {title}", 13, bold=True)
    table: Any = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        run(cell.paragraphs[0], words, _LISTED, bold=True)
    repeated(table)
    for row in rows:
        added = table.add_row()
        for cell, words in zip(added.cells, row, strict=True):
            run(cell.paragraphs[0], words, _LISTED)
        keep_whole(added)
    set_widths(table, widths)
    return saved(document, title, author, at, language)


def page(document: Docx, *, left: int, right: int) -> None:
    """Set up A4 with these side margins in mm, and page numbers from the second page on."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(_BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), FACE)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "vi-VN")
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    header = section.header.paragraphs[0]
    header.alignment = ALIGN.CENTER
    page_number(run(header, "", 13))


def line(
    cell: _Cell, words: str, size: int, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    """Write one line into a cell, centred."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = cell.add_paragraph() if len(cell.paragraphs) > 1 or first.runs else first
    paragraph.alignment = ALIGN.CENTER
    run(paragraph, words, size, bold=bold, italic=italic)
    return paragraph


def run(
    paragraph: Paragraph, words: str, size: int, *, bold: bool = False, italic: bool = False
) -> Run:
    run = paragraph.add_run(legible(words))
    run.font.name, run.font.size = FACE, Pt(size)
    run.bold, run.italic = bold, italic
    return run


def rule(place: Docx | _Cell, room: float, length: float, *, after: int = 0) -> None:
    """Draw a line of that length in mm, centred: the upper edge of an empty paragraph."""
    paragraph = place.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(max(room - length, 0) / 2)
    form.space_before, form.space_after = Pt(2), Pt(after)
    form.line_spacing = Pt(3)
    run(paragraph, "", 2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no public way to it
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def bare(document: Docx, widths: Sequence[float]) -> Table:
    """Add a table of one row without lines."""
    table: Table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, widths)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tblPr.append(margins)  # noqa: SLF001 - see rule
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def keep_whole(row: Any) -> None:
    """Do not part the row between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - see rule


def repeated(table: Table) -> None:
    """Let the first row stand on each page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - see rule


def page_number(run: Run) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = words
        run._r.append(part)  # noqa: SLF001 - see rule


def new_row(table: Any) -> Any:
    return table.add_row()
