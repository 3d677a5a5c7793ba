"""The screens of /nguoidung."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.people import Role
from bot.domain.periods import Period, period
from bot.domain.seats import (
    ActingInPastError,
    ActingOutOfOrderError,
    ActingTooLongError,
    AlreadyOverError,
    FromSettingsError,
    LastAdminError,
    NotActingError,
    NotEndableError,
    Seat,
    Who,
    other_roles,
)
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.message import Button, Message
from bot.screens.payloads import InvitePress
from bot.screens.people_payloads import (
    ActingPress,
    ActingStep,
    PeoplePress,
    PersonPress,
    PersonStep,
)
from bot.texts import Texts
from bot.texts.markup import Html

_LINES_A_PAGE = 20
_WEEK_DAYS = 7

Held = tuple[Seat, Unit | None]
"""A role with the unit that it leads."""


def everybody(
    texts: Texts,
    listed: Sequence[tuple[int, Who, Html]],
    role: Role | None,
    unit: Unit | None,
    page: int,
) -> Message:
    """Those who have a role, a line and a button each; `listed` has their ids, names and lines."""
    unit_id = unit.id if unit else None
    last = max(0, (len(listed) - 1) // _LINES_A_PAGE)
    page = min(page, last)
    shown = listed[page * _LINES_A_PAGE : (page + 1) * _LINES_A_PAGE]
    buttons = [
        Button(texts.person_button(who), PersonPress(PersonStep.VIEW, person_id).pack())
        for person_id, who, _ in shown
    ]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    turns = [
        Button(label, PeoplePress(role=role, unit_id=unit_id, page=to).pack())
        for label, to in ((texts.previous_page, page - 1), (texts.next_page, page + 1))
        if 0 <= to <= last
    ]
    rows += [tuple(turns)] if turns else []
    rows += _filters(texts, role, unit)
    lines = [line for _, _, line in shown]
    return Message(texts.people(lines, len(listed), role, unit), tuple(rows))


def _filters(texts: Texts, role: Role | None, unit: Unit | None) -> list[tuple[Button, ...]]:
    unit_id = unit.id if unit else None
    roles = [
        Button(texts.role_filter(other), PeoplePress(role=other, unit_id=unit_id).pack())
        for other in Role
        if other is not role
    ]
    rows = [tuple(roles[:3]), tuple(roles[3:])]
    last = [Button(texts.filter_by_unit, PeoplePress(chooses_unit=True, role=role).pack())]
    if role or unit:
        last.append(Button(texts.all_people, PeoplePress().pack()))
    return [*rows, tuple(last)]


def choose_unit(texts: Texts, units: Sequence[Unit], role: Role | None, page: int) -> Message:
    return pages.choose_unit(
        texts,
        texts.choose_people_unit,
        units,
        page,
        chosen=lambda unit: PeoplePress(role=role, unit_id=unit.id).pack(),
        turned=lambda to: PeoplePress(chooses_unit=True, role=role, page=to).pack(),
        last=((Button(texts.all_people, PeoplePress(role=role).pack()),),),
    )


def one(texts: Texts, text: Html, person_id: int, held: Sequence[Held]) -> Message:
    """One person, with what can be done to each of the roles."""
    rows: list[tuple[Button, ...]] = []
    for seat, unit in held:
        assignment = seat.assignment

        def button(label: str, step: PersonStep, seat_id: int = seat.id) -> Button:
            return Button(label, PersonPress(step, person_id, seat_id).pack())

        if assignment.role in {Role.LEADER, Role.DEPUTY}:
            rows.append((button(texts.hand_over_button(assignment, unit), PersonStep.HAND),))
        if other_roles(assignment.role):
            rows.append((button(texts.change_role_button(assignment, unit), PersonStep.ROLES),))
        rows.append((button(texts.end_role_button(assignment, unit), PersonStep.END),))
    if held:
        acting = ActingPress(ActingStep.UNIT, person_id)
        rows.append((Button(texts.let_act, acting.pack()),))
    return Message(text, (*rows, (_list(texts),)))


def card(
    texts: Texts, text: Html, yes: PersonPress | ActingPress, person_id: int | None
) -> Message:
    return Message(text, ((Button(texts.confirm, yes.pack()), _back(texts, person_id)),))


def choose_role(texts: Texts, text: Html, person_id: int, seat: Seat) -> Message:
    rows = tuple(
        (Button(texts.roles[role], PersonPress(PersonStep.ROLE, person_id, seat.id, role).pack()),)
        for role in other_roles(seat.assignment.role)
    )
    return Message(text, (*rows, (_back(texts, person_id),)))


def choose_acting_unit(texts: Texts, units: Sequence[Unit], person_id: int, page: int) -> Message:
    return pages.choose_unit(
        texts,
        texts.choose_acting_unit,
        units,
        page,
        chosen=lambda unit: ActingPress(ActingStep.DAYS, person_id, unit.id).pack(),
        turned=lambda to: ActingPress(ActingStep.UNIT, person_id, page=to).pack(),
        last=((_back(texts, person_id),),),
    )


def choose_acting_days(
    texts: Texts, who: Who | None, unit: Unit, person_id: int | None, today: date
) -> Message:
    tomorrow = today + timedelta(days=1)
    spans = (
        (today, today),
        (tomorrow, tomorrow),
        (today, today + timedelta(days=_WEEK_DAYS - 1)),
        (today, period(Period.MONTH, today)[1]),
    )
    rows = tuple(
        (
            Button(
                texts.acting_days_button(first, last),
                ActingPress(ActingStep.CARD, person_id, unit.id, first, last).pack(),
            ),
        )
        for first, last in dict.fromkeys(spans)
    )
    return Message(texts.ask_acting_days(who, unit), (*rows, (_back(texts, person_id),)))


def told(texts: Texts, text: Html, person_id: int | None = None) -> Message:
    """What has come of it, with the way back."""
    back = (
        Button(texts.back_to_person, PersonPress(PersonStep.VIEW, person_id).pack())
        if (person_id is not None)
        else _list(texts)
    )
    return Message(text, ((back,),))


def refusal(texts: Texts, error: NotEndableError | NotActingError) -> Html:
    match error:
        case AlreadyOverError():
            return texts.role_over_already
        case FromSettingsError():
            return texts.admin_from_settings
        case LastAdminError():
            return texts.last_admin
        case ActingInPastError():
            return texts.acting_in_past
        case ActingOutOfOrderError():
            return texts.acting_out_of_order
        case ActingTooLongError():
            return texts.acting_too_long
        case _:
            return texts.leads_already


def _list(texts: Texts) -> Button:
    return Button(texts.people_list, PeoplePress().pack())


def not_invited(texts: Texts, text: Html) -> Message:
    """Why nobody can be invited to act on these days, with the way back to the units."""
    return Message(text, ((_back(texts, None),),))


def _back(texts: Texts, person_id: int | None) -> Button:
    """To the person; where one is to be invited (None), to the units."""
    if person_id is None:
        return Button(texts.leave, InvitePress(Role.ACTING).pack())
    return Button(texts.leave, PersonPress(PersonStep.VIEW, person_id).pack())
