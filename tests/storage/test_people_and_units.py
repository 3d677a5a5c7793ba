"""Roles and names with days come back as of each day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.delivery import Kind, Lane
from bot.domain.people import Role
from storage import audit, drafts, invitations, outbox, people, units
from storage.audit import Entry
from storage.database import Session
from storage.drafts import Draft
from storage.invitations import Invitation
from storage.outbox import Destination, FormKey, NewRow

DAY = date(2026, 3, 16)
NEXT = DAY + timedelta(days=1)
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def unit(session: Session) -> int:
    unit_id = await units.add(
        session,
        code="an-son",
        name="phường An Sơn",
        short_name="An Sơn",
        position=1,
        valid_from=date(2022, 1, 1),
    )
    assert unit_id is not None
    return unit_id


@pytest.fixture
async def person(session: Session) -> int:
    return await people.add(session, 4_500_000_001, "vi")


async def test_a_name_holds_from_its_day_on(session: Session, unit: int) -> None:
    await units.save_name(session, unit, NEXT, "phường Cũ", "Cũ")
    await units.save_name(session, unit, NEXT, "phường Mới", "Mới")
    registry = await units.registry(session)
    told = [registry.get(unit, day) for day in (DAY, NEXT)]
    assert [u.name if u else "" for u in told] == ["phường An Sơn", "phường Mới"]
    assert [await units.get(session, unit, day) for day in (DAY, NEXT)] == told
    ever = registry.ever(unit, date(1990, 1, 1))
    assert ever is not None
    assert ever.short_name == "An Sơn"
    assert set(registry.names_from(DAY)) == {"an son", "phuong an son", "phuong moi", "moi"}
    assert registry.names_from(DAY, but=unit) == {}


async def test_a_unit_that_ends_ends_its_roles_with_its_last_day(
    session: Session, unit: int, person: int
) -> None:
    await people.add_assignment(session, person, Role.LEADER, unit, NOW, None)
    await people.add_assignment(session, person, Role.ACTING, unit, NOW, DAY - timedelta(days=3))
    await people.add_assignment(session, person, Role.ACTING, unit, NOW, NEXT, first=NEXT)
    await people.add_assignment(session, person, Role.ADMIN, None, NOW, None)
    await units.save_end(session, unit, NEXT)
    await people.end_roles_of_unit(session, unit, DAY, LATER)
    told = [(s.assignment.until, s.ended_at) for s in await people.list_seats(session)]
    assert told == [(DAY, None), (DAY - timedelta(days=3), None), (NEXT, LATER), (None, None)]
    life = (await units.registry(session)).life(unit)
    assert life is not None
    assert life.valid_to == NEXT


async def test_a_role_is_ended_once(session: Session, unit: int, person: int) -> None:
    await people.add_assignment(session, person, Role.LEADER, unit, NOW, None)
    (seat,) = await people.list_seats(session)
    assert await people.get_seat(session, seat.id) == seat
    assert await people.end_seat(session, seat.id, LATER)
    assert not await people.end_seat(session, seat.id, LATER)
    found = await people.get(session, person)
    assert found is not None
    assert found.assignments == ()


async def test_prompts_that_wait_for_one_person_and_unit_are_dropped(
    session: Session, unit: int
) -> None:
    about = FormKey("duty", DAY, unit)
    for key, chat_id, lane in (
        ("a", 1, Lane.LADDER),
        ("b", 2, Lane.LADDER),
        ("c", 1, Lane.INTERACTIVE),
    ):
        row = NewRow(key, Kind.PROMPT, lane, Destination(chat_id), "{}", NOW, about=about)
        await outbox.add(session, row, NOW)
    await outbox.cancel_for(session, 1, unit, Lane.LADDER, NOW)
    states = await session.all("SELECT key, state FROM outbox ORDER BY key")
    assert [tuple(row) for row in states] == [
        ("a", "superseded"),
        ("b", "pending"),
        ("c", "pending"),
    ]


async def test_drafts_of_one_unit_are_dropped(session: Session, unit: int, person: int) -> None:
    other = await units.add(
        session, code="x", name="phường X", short_name="X", position=2, valid_from=DAY
    )
    assert other is not None
    for each in (unit, other):
        await drafts.save(session, Draft(person, "duty", DAY, each, 0, {}), NOW)
    await drafts.remove_of_unit(session, person, unit)
    assert [draft.unit_id for draft in await drafts.list_of(session, person)] == [other]


async def test_an_invitation_that_would_replace_a_role_is_void_when_told(
    session: Session, unit: int, person: int
) -> None:
    await people.add_assignment(session, person, Role.LEADER, unit, NOW, None)
    (seat,) = await people.list_seats(session)
    replacing = Invitation(Role.LEADER, unit, None, LATER, None, replaces=seat.id)
    await invitations.add(session, "a", replacing, person, NOW)
    await invitations.add(session, "b", Invitation(Role.LEADER, unit, None, LATER, None), 1, NOW)
    await invitations.expire_replacing(session, seat.id, NOW)
    found = [await invitations.get(session, token) for token in ("a", "b")]
    assert [i.expires_at if i else None for i in found] == [NOW, LATER]


async def test_the_trail_is_read_newest_first_by_action_unit_and_time(
    session: Session, unit: int
) -> None:
    for n, (action, where) in enumerate(
        [("unit.add", unit), ("group.bind", None), ("unit.rename", unit)]
    ):
        await audit.add(session, Entry(action, None, None, where), NOW + timedelta(minutes=n))
    listed = await audit.list_newest(session, (), None, 2, 0)
    assert [kept.entry.action for kept in listed] == ["unit.rename", "group.bind"]
    rest = await audit.list_newest(session, (), None, 2, 2)
    assert [kept.entry.action for kept in rest] == ["unit.add"]
    of_unit = await audit.list_newest(session, ("unit.add", "group.bind"), unit, 9, 0)
    assert [kept.entry.action for kept in of_unit] == ["unit.add"]
    between = await audit.list_between(session, NOW, NOW + timedelta(minutes=2))
    assert [kept.entry.action for kept in between] == ["unit.add", "group.bind"]
