"""Who is told of an incident next, while nobody has acknowledged it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.incidents import (
    RUNGS_AFTER,
    Climb,
    Handling,
    Incident,
    IncidentRung,
    Severity,
    owed,
)
from bot.domain.people import Action, Assignment, Person, Role
from tests.builders import LEADER, MONDAY, at

LADDER = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20))
SENT = at("16:00")
FRESH = Incident(1, 1, LEADER, Severity.SERIOUS, "mất điện", SENT)
_minutes = st.integers(0, 2000)
_ladders = (
    st.lists(st.integers(1, 1000), min_size=3, max_size=3, unique=True)
    .map(sorted)
    .map(lambda minutes: tuple(timedelta(minutes=m) for m in minutes))
)


@pytest.mark.parametrize(
    ("clock_time", "rung"),
    [
        ("16:04", None),
        ("16:05", IncidentRung.AGAIN),
        ("16:10", IncidentRung.COMMANDERS),
        ("16:19", IncidentRung.COMMANDERS),
        ("16:20", IncidentRung.ADMINS),
        ("23:00", IncidentRung.ADMINS),
    ],
)
def test_each_rung_comes_at_its_time_and_after_an_outage_only_the_highest(
    clock_time: str, rung: IncidentRung | None
) -> None:
    found = owed(at(clock_time), [FRESH], LADDER)
    assert [climb.rung for climb in found] == ([rung] if rung else [])


def test_a_rung_is_owed_since_its_own_time() -> None:
    known = replace(FRESH, rung=IncidentRung.AGAIN)
    assert owed(at("16:12"), [known], LADDER) == (Climb(1, IncidentRung.COMMANDERS, at("16:10")),)


@given(_ladders, _minutes, st.sampled_from(IncidentRung))
def test_every_rung_that_has_come_is_climbed_or_passed_by_with_the_highest(
    ladder: tuple[timedelta, ...], minutes: int, climbed: IncidentRung
) -> None:
    after = timedelta(minutes=minutes)
    found = owed(SENT + after, [replace(FRESH, rung=climbed)], ladder)
    come = [r for r, each in zip(RUNGS_AFTER, ladder, strict=True) if each <= after and r > climbed]
    assert [r for climb in found for r in (*climb.passes_by, climb.rung)] == come


@given(_ladders, _minutes, st.sampled_from(IncidentRung))
def test_what_was_climbed_or_passed_by_never_comes_again(
    ladder: tuple[timedelta, ...], minutes: int, climbed: IncidentRung
) -> None:
    now = SENT + timedelta(minutes=minutes)
    found = owed(now, [replace(FRESH, rung=climbed)], ladder)
    assert all(climb.rung > climbed and climb.scheduled_at <= now for climb in found)
    assert len(found) <= 1


@given(_ladders, st.lists(_minutes, min_size=1, max_size=30))
def test_however_often_it_is_looked_at_each_rung_comes_once_and_upwards(
    ladder: tuple[timedelta, ...], looks: list[int]
) -> None:
    incident, climbed = FRESH, []
    for minutes in sorted(looks):
        for climb in owed(SENT + timedelta(minutes=minutes), [incident], ladder):
            climbed.append(climb.rung)
            incident = replace(incident, rung=climb.rung)
    assert climbed == sorted(set(climbed))
    last = timedelta(minutes=max(looks))
    come = [rung for rung, after in zip(RUNGS_AFTER, ladder, strict=True) if after <= last]
    assert climbed[-1:] == come[-1:]


@given(_ladders, _minutes, st.booleans())
def test_it_is_silent_once_somebody_has_acknowledged(
    ladder: tuple[timedelta, ...], minutes: int, is_closed: bool
) -> None:
    handling = Handling(SENT, LEADER)
    incident = replace(FRESH, acknowledged=handling, closed=handling if is_closed else None)
    assert owed(SENT + timedelta(minutes=minutes), [incident], ladder) == ()


@pytest.mark.parametrize(
    ("roles", "as_role"),
    [
        ((Role.COMMANDER,), Role.COMMANDER),
        ((Role.ADMIN,), Role.ADMIN),
        ((Role.ADMIN, Role.COMMANDER), Role.COMMANDER),
        ((Role.LEADER, Role.ADMIN), Role.ADMIN),
        ((Role.LEADER, Role.DEPUTY, Role.ACTING), None),
    ],
)
def test_an_incident_is_taken_on_as_commander_or_admin_never_as_leader(
    roles: tuple[Role, ...], as_role: Role | None
) -> None:
    held = tuple(Assignment(role, 1 if role.leads_unit else None, SENT) for role in roles)
    assert Person(1, 1, "vi", held).role_to(Action.HANDLE_INCIDENT, MONDAY) == as_role
