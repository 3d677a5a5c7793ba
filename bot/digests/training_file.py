"""Attendance as a document to print.

Only what makes it imports this module: python-docx costs memory.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.digests.typesetting import LISTING_WIDTH, listing
from bot.domain.summaries import Summary
from bot.texts import Texts

# In mm, by what each column's words ask for; what is left is the titles'.
_WIDTHS = {
    "day": 26,
    "kind": 28,
    "mode": 24,
    "unit": 34,
    "session": 22,
    "is_make_up": 17,
    "is_reported": 18,
    "liable": 16,
    "present": 14,
    "completed": 18,
}


def training_document(
    summary: Summary, texts: Texts, rows: Sequence[Mapping[str, Any]], kept: Sequence[str]
) -> bytes:
    """Return attendance, a row a unit, activity and session, as .docx."""
    left = LISTING_WIDTH - sum(_WIDTHS.get(column, 0) for column in kept)
    return listing(
        (summary.command_name, texts.training_title(summary.first, summary.last)),
        [texts.training_columns[column] for column in kept],
        [_WIDTHS.get(column, left) for column in kept],
        ([_told(row[column], column, texts) for column in kept] for row in rows),
        summary.as_of,
        texts.language,
    )


def _told(value: Any, column: str, texts: Texts) -> str:
    """What nobody has told is a dash, never a nought."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return texts.yes if value else texts.no
    return texts.day(date.fromisoformat(value)) if column == "day" else str(value)
