from datetime import date, timedelta

import pytest

from bot.domain.people import RIGHTS, Action, Assignment, Person, Role
from tests.domain.examples import MONDAY, TUESDAY, at

_SINCE = at("08:00")
_LONG_AFTER = MONDAY + timedelta(days=3650)


def _person(*assignments: Assignment) -> Person:
    return Person(id=1, telegram_id=1001, language="vi", assignments=assignments)


def _leader(unit_id: int = 1) -> Assignment:
    return Assignment(Role.LEADER, unit_id, _SINCE)


def _acting(unit_id: int = 1, until: date | None = MONDAY) -> Assignment:
    return Assignment(Role.ACTING, unit_id, _SINCE, until)


_EVERYBODYS = {
    Action.START,
    Action.HELP,
    Action.LANGUAGE,
    Action.CANCEL,
    Action.ACKNOWLEDGE,
    Action.TARGETS,
}
_OF_A_UNIT = {
    Action.REPORT,
    Action.HISTORY,
    Action.INCIDENT,
    Action.ATTENDANCE,
    Action.EXERCISES,
}
_OF_COMMAND = {
    Action.SUMMARY,
    Action.EXPORT,
    Action.MISSING,
    Action.NUDGE,
    Action.HANDLE_INCIDENT,
    Action.ANNOUNCE,
    Action.ACTIVITY,
    Action.EXERCISES,
    Action.MANAGE_EXERCISES,
}


@pytest.mark.parametrize("action", Action)
def test_every_action_has_its_row_in_the_table_of_rights(action: Action) -> None:
    assert RIGHTS[action]


@pytest.mark.parametrize("role", Role)
def test_everybody_may_start_ask_for_help_choose_a_language_and_leave_a_form(role: Role) -> None:
    person = _person(Assignment(role, None, _SINCE))
    for action in _EVERYBODYS:
        assert person.may(action, MONDAY)


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.LEADER, _OF_A_UNIT),
        (Role.DEPUTY, _OF_A_UNIT),
        (Role.ACTING, _OF_A_UNIT),
        (Role.COMMANDER, _OF_COMMAND),
        (
            Role.ADMIN,
            _OF_COMMAND
            | {
                Action.INVITE,
                Action.BIND_GROUP,
                Action.GROUP_LANGUAGE,
                Action.SCHEDULE,
                Action.EXEMPTION,
                Action.BACKUP,
                Action.PEOPLE,
                Action.UNITS,
                Action.AUDIT,
                Action.EDIT_TARGETS,
            },
        ),
    ],
)
def test_a_role_may_do_its_own_work_and_no_other(role: Role, actions: set[Action]) -> None:
    working = set(Action) - _EVERYBODYS
    person = _person(Assignment(role, 1 if role.leads_unit else None, _SINCE))
    assert {a for a in working if person.may(a, MONDAY)} == actions


def test_whoever_joined_as_nothing_may_do_nothing() -> None:
    nobody = _person()
    assert nobody.roles_on(MONDAY) == frozenset()
    assert not any(nobody.may(action, MONDAY) for action in Action)
    assert nobody.units_on(MONDAY) == ()
    assert nobody.role_for(1, MONDAY) is None


@pytest.mark.parametrize(
    ("role", "leads"),
    [
        (Role.LEADER, True),
        (Role.DEPUTY, True),
        (Role.ACTING, True),
        (Role.COMMANDER, False),
        (Role.ADMIN, False),
    ],
)
def test_leaders_deputies_and_acting_leaders_speak_for_a_unit(role: Role, leads: bool) -> None:
    assert role.leads_unit is leads


def test_an_acting_leader_acts_until_the_end_of_the_last_day() -> None:
    person = _person(_acting(until=MONDAY))
    assert person.may(Action.REPORT, MONDAY)
    assert person.units_on(MONDAY) == (1,)
    assert person.role_for(1, MONDAY) is Role.ACTING
    assert not person.may(Action.REPORT, TUESDAY)
    assert person.units_on(TUESDAY) == ()
    assert person.role_for(1, TUESDAY) is None


def test_a_role_without_an_end_is_held_for_good() -> None:
    assert _person(_leader()).may(Action.REPORT, _LONG_AFTER)


def test_two_roles_give_the_rights_of_both() -> None:
    person = _person(_leader(), Assignment(Role.COMMANDER, None, _SINCE))
    assert person.roles_on(MONDAY) == {Role.LEADER, Role.COMMANDER}
    assert person.may(Action.REPORT, MONDAY)
    assert person.may(Action.SUMMARY, MONDAY)
    assert not person.may(Action.INVITE, MONDAY)
    assert person.units_on(MONDAY) == (1,)


def test_when_acting_ends_the_other_role_stays() -> None:
    person = _person(_acting(unit_id=2), _leader(unit_id=1))
    assert person.units_on(MONDAY) == (2, 1)
    assert person.units_on(TUESDAY) == (1,)
    assert person.role_for(1, TUESDAY) is Role.LEADER


def test_a_unit_that_one_leads_in_two_roles_is_asked_about_once() -> None:
    person = _person(_acting(), _leader())
    assert person.units_on(MONDAY) == (1,)
    assert person.role_for(1, MONDAY) is Role.ACTING
    assert person.role_for(1, TUESDAY) is Role.LEADER


def test_a_role_given_for_days_to_come_begins_on_the_first_of_them() -> None:
    person = _person(Assignment(Role.ACTING, 1, _SINCE, TUESDAY, first=TUESDAY))
    assert person.units_on(MONDAY) == ()
    assert not person.may(Action.REPORT, MONDAY)
    assert person.units_on(TUESDAY) == (1,)
    assert person.units_on(_LONG_AFTER) == ()


def test_a_deputy_who_acts_speaks_as_acting_on_those_days_alone() -> None:
    deputy = Assignment(Role.DEPUTY, 1, _SINCE)
    person = _person(deputy, Assignment(Role.ACTING, 1, _SINCE, TUESDAY, first=TUESDAY))
    assert person.role_for(1, MONDAY) is Role.DEPUTY
    assert person.role_for(1, TUESDAY) is Role.ACTING
    assert person.role_for(1, _LONG_AFTER) is Role.DEPUTY


def test_a_commander_reports_for_no_unit() -> None:
    person = _person(Assignment(Role.COMMANDER, None, _SINCE), Assignment(Role.ADMIN, None, _SINCE))
    assert person.units_on(MONDAY) == ()
    assert person.role_for(1, MONDAY) is None
