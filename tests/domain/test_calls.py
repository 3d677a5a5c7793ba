from bot.domain.calls import CallRow, Holder, call_rows
from bot.domain.people import Role
from tests.builders import at, unit

A, B = unit(0), unit(1)


def test_each_unit_has_a_commander_and_a_deputy_to_ring_joined_or_not() -> None:
    assert call_rows([A], []) == (
        CallRow(None, Role.COMMANDER, has_joined=False),
        CallRow(None, Role.ADMIN, has_joined=False),
        CallRow(A, Role.LEADER, has_joined=False),
        CallRow(A, Role.DEPUTY, has_joined=False),
    )


def test_everybody_who_holds_a_position_has_a_row_in_the_order_of_units_and_positions() -> None:
    gone = at("08:00")
    holders = [
        Holder(Role.DEPUTY, B.id),
        Holder(Role.DEPUTY, A.id),
        Holder(Role.DEPUTY, A.id, gone),
        Holder(Role.ACTING, A.id),
        Holder(Role.LEADER, B.id),
        Holder(Role.COMMANDER, None),
        Holder(Role.ADMIN, None),
    ]
    rows = call_rows([A, B], holders)
    assert [(row.unit, row.role, row.has_joined) for row in rows] == [
        (None, Role.COMMANDER, True),
        (None, Role.ADMIN, True),
        (A, Role.LEADER, False),
        (A, Role.ACTING, True),
        (A, Role.DEPUTY, True),
        (A, Role.DEPUTY, True),
        (B, Role.LEADER, True),
        (B, Role.DEPUTY, True),
    ]
    assert [row.unreachable_since for row in rows[4:6]] == [None, gone]
