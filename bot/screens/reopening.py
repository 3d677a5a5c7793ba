"""The screens by which a locked day is reopened."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.reopening import HOURS_OFFERED, BeforeFirstDayError, NotLockedError
from bot.domain.reports import ExemptError, FutureDayError, NotAcceptedError
from bot.domain.units import Unit
from bot.screens.admin_payloads import HoursPress, HoursStep, ReopenPress, ReopenStep
from bot.screens.message import Button, Message
from bot.screens.pages import choose_unit
from bot.texts import Texts
from bot.texts.markup import Html

_DAYS_A_ROW = 2


def choose_day(texts: Texts, days: Sequence[date]) -> Message:
    buttons = [Button(texts.day(day), ReopenPress(ReopenStep.WHOM, day).pack()) for day in days]
    rows = [tuple(buttons[n : n + _DAYS_A_ROW]) for n in range(0, len(buttons), _DAYS_A_ROW)]
    rows.append((Button(texts.other_days, ReopenPress(ReopenStep.TYPE).pack()),))
    title = texts.choose_locked_day if days else texts.no_locked_day
    return Message(title, (*rows, (_leave(texts),)))


def choose_whom(texts: Texts, day: date, units: Sequence[Unit], page: int) -> Message:
    return choose_unit(
        texts,
        texts.choose_reopened_unit(day),
        units,
        page,
        chosen=lambda unit: ReopenPress(ReopenStep.HOURS, day, unit.id).pack(),
        turned=lambda turned_to: ReopenPress(ReopenStep.WHOM, day, page=turned_to).pack(),
        first=((Button(texts.all_units, ReopenPress(ReopenStep.HOURS, day).pack()),),),
        last=((_leave(texts),),),
    )


def choose_hours(texts: Texts, day: date, unit: Unit | None) -> Message:
    unit_id = unit.id if unit else None
    buttons = (
        Button(texts.hours_long(hours), ReopenPress(ReopenStep.ASK, day, unit_id, hours).pack())
        for hours in HOURS_OFFERED
    )
    return Message(texts.choose_hours_open(day, unit), (tuple(buttons), (_leave(texts),)))


def ask(texts: Texts, question: Html) -> Message:
    """A question whose answer is typed."""
    return Message(question, ((_leave(texts),),))


def card(
    texts: Texts,
    day: date,
    unit: Unit | None,
    hours: int,
    reason: str,
    mark: str,
    until: datetime,
    today: date,
) -> Message:
    press = ReopenPress(ReopenStep.REOPEN, day, unit.id if unit else None, hours, mark)
    return Message(
        texts.reopen_card(day, unit, hours, reason, until, today),
        ((Button(texts.reopen, press.pack()), _leave(texts)),),
    )


def refusal(texts: Texts, error: NotAcceptedError) -> Html:
    """Why a day is not reopened."""
    match error:
        case NotLockedError():
            return texts.still_open(error.day, error.locks_at)
        case FutureDayError():
            return texts.not_yet(error.day)
        case BeforeFirstDayError():
            return texts.before_first_day(error.day, error.first_day)
        case ExemptError():
            return texts.exempt_not_reopened(error.day, error.reason)
        case _:
            return texts.nothing_to_reopen(error.day)


def _leave(texts: Texts) -> Button:
    return Button(texts.leave, HoursPress(HoursStep.LIST).pack())
