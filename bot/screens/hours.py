"""The screens of /lich: hours as they stand, and changes of them."""

from collections.abc import Sequence

from bot.domain.calendar import WEEKDAYS
from bot.domain.changes_of_hours import NewHours, Overview, Plan
from bot.domain.units import Unit
from bot.screens.admin_payloads import HoursPress, HoursStep, ReopenPress, ReopenStep
from bot.screens.message import Button, Message
from bot.screens.packing import EVERY_DAY
from bot.screens.pages import choose_unit
from bot.texts import Texts
from bot.texts.markup import Html

_WORKING_WEEK = frozenset(WEEKDAYS[:5])
_WEEKEND = frozenset(WEEKDAYS[5:])


def overview(texts: Texts, known: Overview) -> Message:
    rows = [
        (Button(texts.change_common, HoursPress(HoursStep.DAYS).pack()),),
        (Button(texts.change_own, HoursPress(HoursStep.WHOM).pack()),),
    ]
    if known.own:
        rows.append((Button(texts.back_to_common, HoursPress(HoursStep.OWN).pack()),))
    if known.has_other_than_settings:
        rows.append((Button(texts.back_to_settings, HoursPress(HoursStep.COMMON).pack()),))
    rows.append((Button(texts.reopen_day, ReopenPress(ReopenStep.DAYS).pack()),))
    return Message(texts.schedule(known), tuple(rows))


def choose_unit_for_hours(texts: Texts, units: Sequence[Unit], page: int) -> Message:
    return _choose(texts, texts.choose_unit_for_hours, units, page, HoursStep.WHOM, HoursStep.DAYS)


def choose_own_unit(texts: Texts, units: Sequence[Unit], page: int) -> Message:
    """Which unit goes back to the common hours."""
    return _choose(texts, texts.choose_own_unit, units, page, HoursStep.OWN, HoursStep.COMMON)


def choose_weekdays(texts: Texts, unit: Unit | None) -> Message:
    unit_id = unit.id if unit else None

    def button(label: str, weekdays: frozenset[str]) -> Button:
        return Button(label, HoursPress(HoursStep.ASK, unit_id, weekdays).pack())

    singles = [button(texts.weekday_names[weekday], frozenset({weekday})) for weekday in WEEKDAYS]
    return Message(
        texts.choose_weekdays(unit),
        (
            (button(texts.every_day, EVERY_DAY),),
            (
                button(texts.weekdays(_WORKING_WEEK), _WORKING_WEEK),
                button(texts.weekend, _WEEKEND),
            ),
            tuple(singles[:4]),
            tuple(singles[4:]),
            (_leave(texts),),
        ),
    )


def ask_hours(texts: Texts, unit: Unit | None, weekdays: frozenset[str]) -> Message:
    nothing = HoursPress(HoursStep.NOTHING, unit.id if unit else None, weekdays)
    return Message(
        texts.ask_hours(unit, weekdays),
        ((Button(texts.nothing_asked, nothing.pack()),), (_leave(texts),)),
    )


def card(texts: Texts, plan: Plan) -> Message:
    change = plan.change
    if isinstance(change, NewHours):
        press = HoursPress(HoursStep.SAVE, change.unit_id, change.weekdays, change.hours, plan.mark)
    else:
        press = HoursPress(HoursStep.RETURN, change.unit_id, mark=plan.mark)
    return Message(texts.hours_card(plan), ((Button(texts.save, press.pack()), _leave(texts)),))


def told(texts: Texts, text: Html) -> Message:
    """What has come of it, with the way back to the list."""
    return Message(text, ((Button(texts.back_to_schedule, HoursPress(HoursStep.LIST).pack()),),))


def _choose(
    texts: Texts,
    title: Html,
    units: Sequence[Unit],
    page: int,
    here: HoursStep,
    then: HoursStep,
) -> Message:
    return choose_unit(
        texts,
        title,
        units,
        page,
        chosen=lambda unit: HoursPress(then, unit.id).pack(),
        turned=lambda turned_to: HoursPress(here, page=turned_to).pack(),
        last=((_leave(texts),),),
    )


def _leave(texts: Texts) -> Button:
    return Button(texts.leave, HoursPress(HoursStep.LIST).pack())
