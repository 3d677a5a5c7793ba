"""Long lists of buttons in pages, for Telegram refuses keyboards of over 100 buttons."""

from collections.abc import Callable, Sequence

from bot.domain.units import Unit
from bot.screens.message import Button, Message
from bot.texts import Texts
from bot.texts.markup import Html

BUTTONS_A_PAGE = 60
UNITS_A_ROW = 2

Rows = tuple[tuple[Button, ...], ...]


def page_of(
    texts: Texts,
    buttons: Sequence[Button],
    page: int,
    turned: Callable[[int], str],
    *,
    a_row: int = 1,
) -> Rows:
    """The rows of one page and those that turn it; a page past the end is the last one."""
    page = last_page(len(buttons), page)
    shown = buttons[page * BUTTONS_A_PAGE : (page + 1) * BUTTONS_A_PAGE]
    rows = [tuple(shown[n : n + a_row]) for n in range(0, len(shown), a_row)]
    turns = []
    if page > 0:
        turns.append(Button(texts.previous_page, turned(page - 1)))
    if (page + 1) * BUTTONS_A_PAGE < len(buttons):
        turns.append(Button(texts.next_page, turned(page + 1)))
    return (*rows, tuple(turns)) if turns else tuple(rows)


def last_page(buttons: int, page: int) -> int:
    """The page that is asked for, or the last one there is."""
    return min(page, max(0, (buttons - 1) // BUTTONS_A_PAGE))


def choose_unit(
    texts: Texts,
    title: Html,
    units: Sequence[Unit],
    page: int,
    *,
    chosen: Callable[[Unit], str],
    turned: Callable[[int], str],
    first: Rows = (),
    last: Rows = (),
) -> Message:
    """A button for each unit; `chosen` and `turned` pack what the buttons carry."""
    buttons = [Button(unit.short_name, chosen(unit)) for unit in units]
    rows = page_of(texts, buttons, page, turned, a_row=UNITS_A_ROW)
    return Message(title, (*first, *rows, *last))
