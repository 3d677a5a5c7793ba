"""The screens of /donvi."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.changes_of_units import (
    LARGEST_ESTABLISHMENT,
    LONGEST_NAME,
    AwaitedError,
    BadNameError,
    BadStrengthError,
    ChangeKind,
    IntoItselfError,
    NameTakenError,
    NotChangeableError,
    NotInForceError,
    TooEarlyError,
    UnitChange,
    UnitPlan,
)
from bot.domain.periods import Period, period
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.message import Button, Message
from bot.screens.people_payloads import AuditPress, PeoplePress, UnitPress, UnitStep
from bot.texts import Texts
from bot.texts.markup import Html

_MARK_LENGTH = 8

Listed = tuple[Unit, bool]
"""A unit and whether it is no more."""


def everything(texts: Texts, listed: Sequence[Listed], page: int) -> Message:
    buttons = [
        Button(texts.unit_button(unit, is_over=is_over), UnitPress(UnitStep.VIEW, unit.id).pack())
        for unit, is_over in listed
    ]
    rows = pages.page_of(
        texts, buttons, page, lambda to: UnitPress(UnitStep.LIST, page=to).pack(), a_row=2
    )
    add = Button(texts.add_unit, UnitPress(UnitStep.ASK, kind=ChangeKind.ADD).pack())
    over = sum(is_over for _, is_over in listed)
    return Message(texts.units(len(listed) - over, over), (*rows, (add,)))


def one(texts: Texts, text: Html, unit: Unit, *, is_changeable: bool, ends: bool) -> Message:
    """One unit with what can be done to it; one that is no more has nothing but its history."""

    def ask(label: str, kind: ChangeKind) -> Button:
        return Button(label, UnitPress(UnitStep.ASK, unit.id, kind).pack())

    def move(label: str, step: UnitStep) -> Button:
        return Button(label, UnitPress(step, unit.id).pack())

    rows: list[tuple[Button, ...]] = []
    if is_changeable:
        names = [ask(texts.add_alias, ChangeKind.ALIAS)]
        if unit.aliases:
            names.append(ask(texts.remove_alias, ChangeKind.UNALIAS))
        if not ends:
            rows.append(
                (
                    ask(texts.rename_unit, ChangeKind.RENAME),
                    ask(texts.change_strength, ChangeKind.STRENGTH),
                )
            )
        rows.append(tuple(names))
        if not ends:
            rows.append(
                (
                    ask(texts.merge_unit, ChangeKind.MERGE),
                    ask(texts.close_unit, ChangeKind.CLOSE),
                )
            )
        else:
            rows.append((ask(texts.keep_unit, ChangeKind.KEEP),))
        rows.append((move(texts.move_up, UnitStep.UP), move(texts.move_down, UnitStep.DOWN)))
    rows.append(
        (
            Button(texts.people_of_unit, PeoplePress(unit_id=unit.id).pack()),
            Button(texts.trail_of_unit, AuditPress(unit_id=unit.id).pack()),
        )
    )
    return Message(text, (*rows, (_list(texts),)))


def choose_into(texts: Texts, unit: Unit, units: Sequence[Unit], page: int) -> Message:
    def press(step: UnitStep, other_id: int | None = None, to: int = 0) -> str:
        return UnitPress(step, unit.id, ChangeKind.MERGE, other_id, page=to).pack()

    return pages.choose_unit(
        texts,
        texts.choose_into(unit),
        units,
        page,
        chosen=lambda other: press(UnitStep.INTO, other.id),
        turned=lambda to: press(UnitStep.ASK, to=to),
        last=((_leave(texts, unit.id),),),
    )


def choose_alias(texts: Texts, unit: Unit) -> Message:
    rows = tuple(
        (
            Button(
                alias,
                UnitPress(
                    UnitStep.INTO, unit.id, ChangeKind.UNALIAS, mark=alias_mark(alias)
                ).pack(),
            ),
        )
        for alias in unit.aliases[: pages.BUTTONS_A_PAGE]
    )
    return Message(texts.choose_alias(unit), (*rows, (_leave(texts, unit.id),)))


def alias_mark(alias: str) -> str:
    return hashlib.sha256(alias.encode()).hexdigest()[:_MARK_LENGTH]


def ask(texts: Texts, text: Html, unit_id: int | None) -> Message:
    """A question whose answer is typed."""
    return Message(text, ((_leave(texts, unit_id),),))


def choose_day(texts: Texts, planned: UnitPlan, first: date, today: date) -> Message:
    change = planned.change

    def button(day: date) -> Button:
        press = UnitPress(UnitStep.DAY, change.unit_id, change.kind, day=day)
        return Button(texts.since_button(day, today), press.pack())

    months = [period(Period.MONTH, first)[1] + timedelta(days=1)]
    months.append(period(Period.MONTH, months[0])[1] + timedelta(days=1))
    days = dict.fromkeys((first, first + timedelta(days=1), *months))
    rows = tuple((button(day),) for day in days)
    return Message(texts.choose_change_day(planned), (*rows, (_leave(texts, change.unit_id),)))


def card(texts: Texts, planned: UnitPlan, today: date) -> Message:
    change = planned.change
    save = UnitPress(UnitStep.SAVE, change.unit_id, change.kind, mark=planned.mark)
    return Message(
        texts.unit_card(planned, today),
        ((Button(texts.save, save.pack()), _leave(texts, change.unit_id)),),
    )


def told(texts: Texts, text: Html, unit_id: int | None = None) -> Message:
    """What has come of it, with the way back."""
    if unit_id is None:
        return Message(text, ((_list(texts),),))
    view = Button(texts.back_to_unit, UnitPress(UnitStep.VIEW, unit_id).pack())
    return Message(text, ((view, _list(texts)),))


def question(texts: Texts, change: UnitChange, unit: Unit | None) -> Html:
    match change.kind:
        case ChangeKind.RENAME:
            return texts.ask_unit_name(unit)
        case ChangeKind.ALIAS:
            return texts.ask_alias(unit)
        case ChangeKind.STRENGTH:
            return texts.ask_strength(unit)
        case _:
            return texts.ask_new_unit


def refusal(texts: Texts, error: NotChangeableError) -> Html:
    match error:
        case BadNameError():
            return texts.bad_unit_name(LONGEST_NAME)
        case NameTakenError():
            return texts.unit_name_taken(error.unit)
        case BadStrengthError():
            return texts.bad_strength(LARGEST_ESTABLISHMENT)
        case TooEarlyError():
            return texts.change_too_early(error.day, error.first)
        case NotInForceError():
            return texts.unit_not_in_force(error.unit, error.day)
        case AwaitedError():
            return texts.unit_awaited(error.unit, error.day)
        case IntoItselfError():
            return texts.into_itself
        case _:
            return texts.unit_stands


def _list(texts: Texts) -> Button:
    return Button(texts.unit_list, UnitPress(UnitStep.LIST).pack())


def _leave(texts: Texts, unit_id: int | None) -> Button:
    step = UnitStep.LIST if unit_id is None else UnitStep.VIEW
    return Button(texts.leave, UnitPress(step, unit_id).pack())
