"""The screens of /miengiam."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.calendar import Exemption
from bot.domain.exempting import (
    AlreadyExemptError,
    NotExemptableError,
    PastDayError,
    Span,
    WrongOrderError,
    every,
)
from bot.domain.units import Unit
from bot.screens.admin_payloads import EndPress, ExemptPress, ExemptStep
from bot.screens.message import Button, Message
from bot.screens.pages import choose_unit, page_of
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs

_MINUTE_S = 60
_WEEKDAY_ROWS = (("mon", "tue", "wed"), ("thu", "fri"), ("sat", "sun"))


def exemptions(
    texts: Texts,
    listed: Sequence[tuple[Exemption, Unit | None]],
    page: int = 0,
    note: Html | str = "",
) -> Message:
    """What holds or will hold; one that is ended already has no button."""
    buttons = [
        Button(texts.end_exemption_button(held, unit), EndPress(held.id).pack())
        for held, unit in listed
        if held.ended_on is None
    ]
    rows = page_of(texts, buttons, page, lambda n: ExemptPress(ExemptStep.LIST, page=n).pack())
    add = Button(texts.add_exemption, ExemptPress(ExemptStep.WHOM).pack())
    return Message(paragraphs(note, texts.exemptions(listed)), (*rows, (add,)))


def choose_whom(texts: Texts, units: Sequence[Unit], page: int) -> Message:
    return choose_unit(
        texts,
        texts.choose_exempt_unit,
        units,
        page,
        chosen=lambda unit: ExemptPress(ExemptStep.DAYS, unit.id).pack(),
        turned=lambda turned_to: ExemptPress(ExemptStep.WHOM, page=turned_to).pack(),
        first=((Button(texts.all_units, ExemptPress(ExemptStep.DAYS).pack()),),),
        last=((_leave(texts),),),
    )


def choose_days(texts: Texts, unit: Unit | None, today: date) -> Message:
    unit_id = unit.id if unit else None

    def button(label: str, span: Span) -> Button:
        return Button(label, ExemptPress(ExemptStep.ASK, unit_id, span).pack())

    tomorrow = today + timedelta(days=1)
    return Message(
        texts.choose_exempt_days(unit),
        (
            (
                button(texts.today_button(today), Span(today, today)),
                button(texts.tomorrow_button(tomorrow), Span(tomorrow, tomorrow)),
            ),
            *(
                tuple(
                    button(texts.each_weekday_button(weekday), every(weekday, today))
                    for weekday in row
                )
                for row in _WEEKDAY_ROWS
            ),
            (Button(texts.other_days, ExemptPress(ExemptStep.TYPE, unit_id).pack()),),
            (_leave(texts),),
        ),
    )


def ask(texts: Texts, question: Html) -> Message:
    """A question whose answer is typed."""
    return Message(question, ((_leave(texts),),))


def declared(
    texts: Texts, held: Exemption, unit: Unit | None, now: datetime, *, holds_today: bool
) -> Message:
    undo = EndPress(held.id, int(now.timestamp()) // _MINUTE_S)
    return Message(
        texts.exempted(held, unit, holds_today=holds_today),
        ((Button(texts.undo, undo.pack()), _list(texts)),),
    )


def told(texts: Texts, text: Html) -> Message:
    """What has come of it, with the way back to the list."""
    return Message(text, ((_list(texts),),))


def refusal(texts: Texts, error: NotExemptableError) -> Html:
    match error:
        case PastDayError():
            return texts.past_exemption(error.day)
        case WrongOrderError():
            return texts.days_out_of_order(error.day)
        case AlreadyExemptError():
            return texts.exempt_already
        case _:
            return texts.locked_exemption(error.day)


def _list(texts: Texts) -> Button:
    return Button(texts.exemption_list, ExemptPress(ExemptStep.LIST).pack())


def _leave(texts: Texts) -> Button:
    return Button(texts.leave, ExemptPress(ExemptStep.LIST).pack())
