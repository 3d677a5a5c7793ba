"""The list of units that have not reported, each with a button to nudge it."""

from bot.domain.nudging import Missing
from bot.screens.message import Button, Message
from bot.screens.pages import UNITS_A_ROW
from bot.screens.payloads import NudgePress
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs

# Telegram refuses keyboards of over 100 buttons; who wants more of them reminds all at once.
UNITS_AT_MOST = 98


def missing_list(texts: Texts, text: Html, found: Missing) -> Message:
    """Put the buttons under the list: only for units that can still report."""
    units = found.open_units
    shown = units[:UNITS_AT_MOST]
    buttons = [
        Button(texts.nudge_button(d.unit), NudgePress(d.day, d.unit.id).pack()) for d in shown
    ]
    rows = tuple(tuple(buttons[n : n + UNITS_A_ROW]) for n in range(0, len(buttons), UNITS_A_ROW))
    hint = Html("")
    if len(units) > len(shown):
        hint = texts.too_many_to_nudge(len(units) - len(shown))
    elif len(units) > 1:
        hint = texts.nudge_all_hint
    return Message(paragraphs(text, hint), rows)
