"""The screens of a leader's own history."""

from collections.abc import Sequence
from datetime import date

from bot.domain.overviews import UnitHistory
from bot.domain.periods import Period, period
from bot.domain.unit_pages import months_of_page
from bot.domain.units import Unit
from bot.screens.message import Button, Message
from bot.screens.payloads import HistoryPress
from bot.texts import Texts
from bot.texts.markup import Html


def choose_unit(texts: Texts, units: Sequence[Unit], day: date) -> Message:
    rows = tuple((Button(unit.name, HistoryPress(day, unit.id).pack()),) for unit in units)
    return Message(texts.choose_unit_of_yours, rows)


def month(
    texts: Texts, history: UnitHistory, text: Html, today: date, *, has_others: bool
) -> Message:
    """`text` is the month in words; `has_others`: the reader leads other units as well.

    The pages to forward are those of the month shown and the one before, where there may be one.
    """
    unit_id = history.unit.id
    beginning = history.earlier or history.day
    pages = tuple(
        Button(
            texts.page_button(*period(Period.MONTH, first)),
            HistoryPress(first, unit_id, is_page=True).pack(),
        )
        for first in months_of_page(today)
        if beginning <= period(Period.MONTH, first)[1] and first <= history.day
    )
    beside = tuple(
        Button(label, HistoryPress(day, unit_id).pack())
        for label, day in ((texts.earlier, history.earlier), (texts.later, history.later))
        if day
    )
    others = (Button(texts.other_unit, HistoryPress(history.day).pack()),) if has_others else ()
    return Message(text, tuple(row for row in (beside, pages, others) if row))
