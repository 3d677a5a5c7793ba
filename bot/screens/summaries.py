"""The screens of summaries: a period of all units, the list of them, and one of them.

A screen is one message that each press draws anew; the words come from bot/digests.
"""

from dataclasses import replace

from bot.domain.overviews import Overview, UnitHistory
from bot.domain.periods import Period, period
from bot.domain.standings import Standing, UnitStanding
from bot.domain.summaries import Summary, UnitTotal
from bot.domain.unit_pages import months_of_page
from bot.screens.message import Button, Message
from bot.screens.pages import UNITS_A_ROW, last_page, page_of
from bot.screens.payloads import SummaryPress, View
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs

_Row = tuple[Button, ...]
_LONGER = frozenset({Period.QUARTER, Period.YEAR})


def all_units(texts: Texts, told: Overview, text: Html) -> Message:
    """`text` is the overview in words."""
    here = SummaryPress(told.period, told.day)
    units = Button(texts.each_unit, replace(here, view=View.UNITS).pack())
    below = (units, *_refresh(texts, here, told.summary))
    return Message(text, (*_ways(texts, here, told), below))


def choose_unit(texts: Texts, told: Overview, page: int) -> Message:
    """The units of the period with how they stand, some to a page; a page too far is the last."""
    here = SummaryPress(told.period, told.day, View.UNITS)
    units = told.summary.by_unit
    page = last_page(len(units), page)
    rows = page_of(
        texts,
        [_unit_button(texts, told, total, page) for total in units],
        page,
        lambda turned: replace(here, page=turned).pack(),
        a_row=UNITS_A_ROW,
    )
    back = Button(texts.back_to_all, replace(here, view=View.ALL).pack())
    title = (
        texts.day_title(told.summary.command_name, told.day)
        if told.period is Period.DAY
        else texts.period_title(told.summary.command_name, told.summary)
    )
    words = (
        texts.choose_unit_to_see
        if units
        else texts.nothing_expected_between(told.summary.first, told.summary.last)
    )
    return Message(paragraphs(title, words), (*rows, (back,)))


def one_unit(texts: Texts, history: UnitHistory, page: int, text: Html) -> Message:
    """`text` is the unit's history in words; `page` is where it stands in the list."""
    here = SummaryPress(history.period, history.day, View.UNIT, history.unit.id, page)
    back = (
        Button(texts.other_unit, replace(here, view=View.UNITS, unit_id=0).pack()),
        Button(texts.back_to_all, replace(here, view=View.ALL, unit_id=0, page=0).pack()),
    )
    rows = (
        *_ways(texts, here, history),
        _page(texts, here, history),
        back,
        _refresh(texts, here, history.summary),
    )
    return Message(text, tuple(row for row in rows if row))


def _page(texts: Texts, here: SummaryPress, history: UnitHistory) -> _Row:
    """The page to forward of the month that holds what is shown, where there may be one."""
    first, last = period(Period.MONTH, history.day)
    if history.period in _LONGER or first not in months_of_page(history.summary.as_of.date()):
        return ()
    press = replace(here, day=first, view=View.PAGE)
    return (Button(texts.page_button(first, last), press.pack()),)


def _ways(texts: Texts, here: SummaryPress, told: Overview | UnitHistory) -> tuple[_Row, ...]:
    """To the periods beside this one, and to the shorter and longer ones that hold it."""
    beside = [
        Button(label, replace(here, day=day).pack())
        for label, day in ((texts.earlier, told.earlier), (texts.later, told.later))
        if day
    ]
    periods = tuple(
        Button(
            texts.period_label(name, is_shown=name is told.period),
            replace(here, period=name).pack(),
        )
        for name in Period
    )
    return (tuple(beside), periods) if beside else (periods,)


def _refresh(texts: Texts, here: SummaryPress, summary: Summary | Standing) -> _Row:
    """Useful only while figures still change."""
    is_changing = summary.windows and not summary.is_over
    return (Button(texts.refresh, here.pack()),) if is_changing else ()


def _unit_button(
    texts: Texts, told: Overview, total: UnitTotal | UnitStanding, page: int
) -> Button:
    press = SummaryPress(told.period, told.day, View.UNIT, total.unit.id, page)
    if isinstance(total, UnitTotal):
        mark = texts.mark(total.days[-1], told.summary.as_of)
        return Button(texts.unit_label(total.unit, mark, None), press.pack())
    return Button(texts.unit_label(total.unit, "", total.counts), press.pack())
