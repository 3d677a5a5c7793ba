"""The screens of rosters: whose, who is on them, and what is to be typed."""

from collections.abc import Sequence
from datetime import date

from bot.domain.courses import RosterMember
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.activities import category_rows, to_activities
from bot.screens.activity_payloads import RosterPress, RosterStep
from bot.screens.message import Button, Message
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs

_CODES_A_PAGE = 80  # each has up to 20 characters, and perhaps a day; Telegram takes 4,096


def choose_unit(texts: Texts, units: Sequence[Unit], page: int) -> Message:
    return pages.choose_unit(
        texts,
        texts.choose_roster_unit,
        units,
        page,
        chosen=lambda unit: RosterPress(RosterStep.VIEW, unit.id).pack(),
        turned=lambda to: RosterPress(RosterStep.UNITS, page=to).pack(),
        last=((to_activities(texts),),),
    )


def roster(
    texts: Texts,
    unit: Unit,
    members: Sequence[RosterMember],
    day: date,
    page: int = 0,
    note: Html | str = "",
) -> Message:
    listed = sorted(members, key=lambda m: (m.category, m.served_since, m.code))
    page = min(page, max(0, (len(listed) - 1) // _CODES_A_PAGE))
    shown = listed[page * _CODES_A_PAGE : (page + 1) * _CODES_A_PAGE]
    turns = []
    if not texts.in_percent:
        if page > 0:
            turns.append(_button(texts.previous_page, RosterStep.VIEW, unit, page - 1))
        if (page + 1) * _CODES_A_PAGE < len(listed):
            turns.append(_button(texts.next_page, RosterStep.VIEW, unit, page + 1))
    rows = [tuple(turns)] if turns else []
    changes = [_button(texts.add_codes, RosterStep.CATEGORY, unit)]
    if listed:
        changes.append(_button(texts.end_codes, RosterStep.END, unit))
    return Message(
        paragraphs(note, texts.roster(unit, listed, shown, day)),
        (*rows, tuple(changes), (_to_units(texts),)),
    )


def choose_category(texts: Texts, unit: Unit) -> Message:
    rows = category_rows(
        texts, lambda category: RosterPress(RosterStep.ADD, unit.id, category).pack()
    )
    return Message(texts.choose_roster_category(unit), (*rows, (_back(texts, unit),)))


def asked(texts: Texts, words: Html, unit: Unit) -> Message:
    """A question that is answered by typing."""
    return Message(words, ((_back(texts, unit),),))


def gone(texts: Texts) -> Message:
    return Message(texts.roster_unit_gone, ((_to_units(texts),),))


def _button(label: str, step: RosterStep, unit: Unit, page: int = 0) -> Button:
    return Button(label, RosterPress(step, unit.id, page=page).pack())


def _back(texts: Texts, unit: Unit) -> Button:
    return _button(texts.to_roster, RosterStep.VIEW, unit)


def _to_units(texts: Texts) -> Button:
    return Button(texts.roster_units, RosterPress(RosterStep.UNITS).pack())
