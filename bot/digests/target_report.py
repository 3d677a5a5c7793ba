"""Targets as a table to print.

Only what makes a document imports this module: python-docx costs memory.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from bot.digests.typesetting import keep_whole, line, new_row, repeated, run, saved, set_widths
from bot.domain.targets import Standing
from bot.texts import Texts

_TITLE, _TABLE = 14, 12
_WIDTHS = (12, 95, 35, 40, 30, 45)  # mm
_A4 = (297, 210)  # mm, on its long side


def targets_report(standings: Sequence[Standing], day: date, now: datetime, texts: Texts) -> bytes:
    """Return the targets of the whole command as .docx."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in _A4)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    title = f"{texts.targets_title}, {texts.day(day)}"
    run(document.add_paragraph(), title, _TITLE, bold=True)
    table = document.add_table(rows=0, cols=len(_WIDTHS))
    table.style = "Table Grid"
    _fill(table, texts.target_table_columns, bold=True)
    repeated(table)
    for number, standing in enumerate(standings, 1):
        told = (
            str(number),
            texts.target_phrase(standing.target),
            texts.asked_value(standing.target),
            texts.standing_value(standing),
            texts.target_mark_names[standing.mark],
            texts.target_gap(standing),
        )
        _fill(table, told)
    set_widths(table, _WIDTHS)
    return saved(document, title, texts.targets_title, now, texts.language)


def _fill(table: Any, values: Iterable[str], *, bold: bool = False) -> None:
    row = new_row(table)
    keep_whole(row)
    for cell, words in zip(row.cells, values, strict=True):
        line(cell, words, _TABLE, bold=bold)
