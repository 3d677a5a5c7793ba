"""The screens of a leader's own history."""

from collections.abc import Sequence
from datetime import date

from bot.domain.overviews import UnitHistory
from bot.domain.units import Unit
from bot.screens.message import Button, Message
from bot.screens.payloads import HistoryPress
from bot.texts import Texts
from bot.texts.markup import Html


def choose_unit(texts: Texts, units: Sequence[Unit], day: date) -> Message:
    rows = tuple((Button(unit.name, HistoryPress(day, unit.id).pack()),) for unit in units)
    return Message(texts.choose_unit_of_yours, rows)


def month(texts: Texts, history: UnitHistory, text: Html, *, has_others: bool) -> Message:
    """`text` is the month in words; `has_others`: the reader leads other units as well."""
    unit_id = history.unit.id
    beside = tuple(
        Button(label, HistoryPress(day, unit_id).pack())
        for label, day in ((texts.earlier, history.earlier), (texts.later, history.later))
        if day
    )
    others = (Button(texts.other_unit, HistoryPress(history.day).pack()),) if has_others else ()
    return Message(text, tuple(row for row in (beside, others) if row))
