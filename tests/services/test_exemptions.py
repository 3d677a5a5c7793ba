"""What is queued for units when an exemption is declared, and when it is taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.delivery import Kind
from bot.domain.exempting import Span
from bot.domain.people import Person, Role
from bot.domain.units import Unit
from bot.screens.message import Message
from bot.services import exemptions
from bot.services.posting import post
from bot.texts import Library
from bot.texts.markup import Html
from storage import outbox, people
from storage.database import Database, Session
from storage.outbox import Destination, FormKey
from tests.builders import MONDAY, SCHEDULE, ZONE, at, command_with_units

LIBRARY = Library(ZONE, "vi")


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as session,
    ):
        yield session


async def joined(session: Session, telegram_id: int, role: Role, unit: Unit | None) -> Person:
    person_id = await people.add(session, telegram_id, "vi")
    await people.add_assignment(
        session, person_id, role, unit.id if unit else None, at("08:00"), None
    )
    person = await people.get(session, person_id)
    assert person is not None
    return person


async def queued(session: Session, unit: Unit) -> None:
    await post(
        session,
        Kind.PROMPT,
        f"prompt:{unit.id}",
        Destination(unit.id),
        Message(Html("báo cáo")),
        at("15:30"),
        about=FormKey("duty", MONDAY, unit.id),
    )


async def waiting(session: Session) -> list[str]:
    return [
        (await outbox.take_newest(session, head, at("15:30"))).key
        for head in await outbox.list_heads(session, 100)
    ]


async def test_what_waits_to_ask_an_exempt_unit_is_dropped_and_nothing_else(
    session: Session,
) -> None:
    exempt, other = await command_with_units(session, 2)
    admin = await joined(session, 900, Role.ADMIN, None)
    await queued(session, exempt)
    await queued(session, other)
    span = Span(MONDAY, MONDAY)
    declared = await exemptions.declare(
        session, LIBRARY, SCHEDULE, exempt.id, span, "nghỉ", admin, at("15:31")
    )
    assert declared.holds_today
    assert await waiting(session) == [f"prompt:{other.id}"]


async def test_a_later_day_drops_nothing_that_waits_today(session: Session) -> None:
    (unit,) = await command_with_units(session, 1)
    admin = await joined(session, 900, Role.ADMIN, None)
    await queued(session, unit)
    tomorrow = MONDAY.replace(day=MONDAY.day + 1)
    declared = await exemptions.declare(
        session, LIBRARY, SCHEDULE, None, Span(tomorrow, tomorrow), "nghỉ", admin, at("15:31")
    )
    assert not declared.holds_today
    assert await waiting(session) == [f"prompt:{unit.id}"]


@pytest.mark.parametrize(("clock_time", "is_asked"), [("15:29", False), ("15:30", True)])
async def test_after_a_slip_those_whose_window_is_open_are_asked_again(
    session: Session, clock_time: str, is_asked: bool
) -> None:
    (unit,) = await command_with_units(session, 1)
    admin = await joined(session, 900, Role.ADMIN, None)
    await joined(session, 1, Role.LEADER, unit)
    now = at(clock_time)
    declared = await exemptions.declare(
        session, LIBRARY, SCHEDULE, None, Span(MONDAY, MONDAY), "nhầm", admin, now
    )
    ended = await exemptions.end(session, LIBRARY, SCHEDULE, declared.exemption.id, now, admin, now)
    assert ended.was_undone
    keys = [key for key in await waiting(session) if key.startswith("unexempt:")]
    assert bool(keys) is is_asked
