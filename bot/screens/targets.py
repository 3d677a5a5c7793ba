"""The screens of /chitieu."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from bot.domain.reports import Form
from bot.domain.target_collection import Collected
from bot.domain.targets import Basis, Standing, Target, TargetState
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.buttons import form_button
from bot.screens.message import Button, Message
from bot.screens.payloads import Step
from bot.screens.target_payloads import (
    EditPress,
    EditStep,
    StatePress,
    TargetPress,
    TargetStep,
)
from bot.texts import Texts
from bot.texts.markup import Html

_A_ROW = 8
_HUNDRED = 100

Rows = tuple[tuple[Button, ...], ...]


def everything(
    texts: Texts, standings: Sequence[Standing], day: date, collected: Mapping[str, Collected]
) -> Message:
    if not standings:
        return Message(texts.no_targets)
    below = (
        Button(texts.targets_by_unit, TargetPress(TargetStep.UNITS).pack()),
        Button(texts.targets_picture, TargetPress(TargetStep.PICTURE).pack()),
    )
    numbered = list(enumerate(standings, 1))
    return Message(texts.targets(standings, day, collected), (*_numbers(numbered, None), below))


def of_unit(
    texts: Texts,
    standings: Sequence[Standing],
    unit: Unit,
    day: date,
    collected: Mapping[str, Collected],
    *,
    is_own: bool,
    back: bool,
) -> Message:
    """A unit's own rows; who leads it can report from here."""
    listed = rows_of_unit(standings, unit.id)
    below = []
    if is_own:
        below.append(Button(texts.report_targets, TargetPress(TargetStep.REPORT, unit.id).pack()))
    if back:
        below.append(Button(texts.targets_by_unit, TargetPress(TargetStep.UNITS).pack()))
    rows = (*_numbers(listed, unit.id), tuple(below)) if below else _numbers(listed, unit.id)
    return Message(texts.targets_of_unit(listed, unit, day, collected), rows)


def rows_of_unit(standings: Sequence[Standing], unit_id: int) -> list[tuple[int, Standing]]:
    """The targets in which the unit has a part, numbered as in the whole list."""
    return [(n, s) for n, s in enumerate(standings, 1) if s.of_unit(unit_id) is not None]


def _numbers(listed: Sequence[tuple[int, Standing]], unit_id: int | None) -> Rows:
    buttons = [
        Button(str(n), TargetPress(TargetStep.VIEW, unit_id, s.target.key).pack())
        for n, s in listed
    ]
    return tuple(tuple(buttons[n : n + _A_ROW]) for n in range(0, len(buttons), _A_ROW))


def choose_unit(texts: Texts, units: Sequence[Unit], page: int, *, back: bool) -> Message:
    listed = (Button(texts.all_targets, TargetPress(TargetStep.LIST).pack()),)
    return pages.choose_unit(
        texts,
        texts.choose_target_unit,
        units,
        page,
        chosen=lambda unit: TargetPress(TargetStep.LIST, unit.id).pack(),
        turned=lambda to: TargetPress(TargetStep.UNITS, page=to).pack(),
        last=(listed,) if back else (),
    )


def one(
    texts: Texts,
    text: Html,
    listed: Sequence[Standing],
    standing: Standing,
    unit_id: int | None,
    *,
    may_edit: bool,
) -> Message:
    """One target; `listed` are those beside it, to walk through."""
    target = standing.target
    rows: list[tuple[Button, ...]] = []
    if unit_id is None and target.measure.basis is Basis.STATUS:
        rows.append(
            tuple(
                Button(texts.target_states[state], StatePress(target.key, state).pack())
                for state in TargetState
                if state is not standing.measured.state
            )
        )
    if unit_id is None and target.measure.basis is Basis.REPORTED:
        asks = TargetPress(TargetStep.ASK, None, target.key).pack()
        rows.append((Button(texts.ask_reports, asks),))
    if unit_id is None and may_edit:
        ends = Button(texts.end_target, EditPress(EditStep.END, target.key).pack())
        revises = Button(texts.revise_target, EditPress(EditStep.ASK, target.key).pack())
        rows.append((revises, ends) if target.value is not None else (ends,))
    place = [s.target.key for s in listed].index(target.key)
    beside = [
        Button(label, TargetPress(TargetStep.VIEW, unit_id, listed[n].target.key).pack())
        for label, n in ((texts.earlier, place - 1), (texts.later, place + 1))
        if 0 <= n < len(listed)
    ]
    if beside:
        rows.append(tuple(beside))
    rows.append((back(texts, unit_id),))
    return Message(text, tuple(rows))


def back(texts: Texts, unit_id: int | None = None) -> Button:
    return Button(texts.all_targets, TargetPress(TargetStep.LIST, unit_id).pack())


def told(texts: Texts, text: Html, unit_id: int | None = None) -> Message:
    return Message(text, ((back(texts, unit_id),),))


def report(
    texts: Texts,
    standings: Sequence[Standing],
    unit: Unit,
    collected: dict[str, Collected],
    forms: Sequence[Form],
) -> Message:
    """What a unit reports of itself: a button for each form that is open, and when each is asked next."""
    listed = [
        (s, figure)
        for s in standings
        if s.target.measure.basis is Basis.REPORTED and (figure := s.of_unit(unit.id))
    ]
    rows = [(form_button(form, texts.open_target_report(form), Step.OPEN, 0),) for form in forms]
    rows.append((back(texts, unit.id),))
    return Message(texts.reported_targets(unit, listed, collected), tuple(rows))


def asking(texts: Texts, target: Target) -> Message:
    ask = Button(texts.confirm_ask_reports, TargetPress(TargetStep.ASKED, None, target.key).pack())
    return Message(texts.ask_reports_card(target), ((ask,), (back(texts),)))


def revision(texts: Texts, target: Target, value: Fraction, day: date) -> Message:
    hundredths = int(value * _HUNDRED)
    save = Button(texts.save_target, EditPress(EditStep.SAVE, target.key, hundredths, day).pack())
    return Message(texts.revision_card(target, value, day), ((save,), (back(texts),)))


def ending(texts: Texts, target: Target) -> Message:
    end = Button(texts.confirm_end_target, EditPress(EditStep.ENDED, target.key).pack())
    return Message(texts.ask_end_target(target), ((end,), (back(texts),)))
