"""A notice that asks for several days, and what becomes of it before it is sent."""

import json
from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.domain.delivery import Lane
from bot.domain.forms import DUTY
from bot.domain.people import Role
from bot.domain.units import Unit
from bot.services.notices import Notices
from bot.texts import Library
from storage import outages, outbox, people, reopenings, reports
from storage.database import Database, Session
from storage.outbox import FormKey, SendState
from tests.builders import MONDAY, SCHEDULE, ZONE, at, command_with_units, report

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
DAYS = (MONDAY, TUESDAY, WEDNESDAY)
NOW = at("16:50", WEDNESDAY)  # each day asks by the rung after its due
NOTICES = Notices(SCHEDULE, DUTY, Library(ZONE, "vi"), time(7))


async def _look(session: Session) -> None:
    due = await NOTICES.find_due(session, NOW)
    assert due
    for notice in due.owed.notices:
        await NOTICES.queue(session, due, notice)


async def _asked(session: Session, unit: Unit) -> set[date]:
    """The days that what waits asks the unit for."""
    rows = await session.all(
        "SELECT payload FROM outbox WHERE state = 'pending' AND unit_id = ? AND lane = ?",
        (unit.id, Lane.LADDER),
    )
    return {day for row in rows for day in DAYS if f":{day:%Y%m%d}:" in json.dumps(row["payload"])}


async def _several_open_days(session: Session, *, is_outage: bool) -> Unit:
    """A unit that is asked for three days in one message."""
    (unit,) = await command_with_units(session, 1)
    leader = await people.add(session, 1, "vi")
    await people.add_assignment(session, leader, Role.LEADER, unit.id, at("08:00"), None)
    if is_outage:
        await outages.add(session, at("15:31"), at("16:49", WEDNESDAY))
    for day in DAYS[:2]:
        await reopenings.add(session, DUTY.key, day, unit.id, at("23:00", WEDNESDAY), "bù")
    await _look(session)
    assert await _asked(session, unit) == set(DAYS)
    return unit


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as session,
    ):
        yield session


async def _look_finds_no_more(session: Session) -> None:
    due = await NOTICES.find_due(session, NOW)
    assert due
    assert not due.owed.notices


@pytest.mark.parametrize("is_outage", [False, True])
@pytest.mark.parametrize("reported", DAYS)
async def test_days_that_are_left_are_asked_for_when_a_report_cancels_the_notice(
    session: Session, reported: date, *, is_outage: bool
) -> None:
    unit = await _several_open_days(session, is_outage=is_outage)
    await reports.save(session, DUTY.key, report(unit, day=reported))
    about = FormKey(DUTY.key, reported, unit.id)
    await outbox.cancel_about(session, about, Lane.LADDER, NOW)
    await _look(session)
    assert await _asked(session, unit) >= set(DAYS) - {reported}
    await _look_finds_no_more(session)


@pytest.mark.parametrize("is_outage", [False, True])
async def test_days_that_are_left_are_asked_for_when_the_notice_no_longer_matters(
    session: Session, *, is_outage: bool
) -> None:
    unit = await _several_open_days(session, is_outage=is_outage)
    (head,) = await outbox.list_heads(session, 10)
    await reports.save(session, DUTY.key, report(unit, day=WEDNESDAY))
    assert not await outbox.still_matters(session, head.id, NOW)
    await outbox.drop(session, head.id, SendState.SUPERSEDED, NOW)
    await _look(session)
    assert await _asked(session, unit) == {MONDAY, TUESDAY}
    await _look_finds_no_more(session)


async def test_what_was_sent_is_not_asked_again_when_a_report_comes(session: Session) -> None:
    unit = await _several_open_days(session, is_outage=False)
    (head,) = await outbox.list_heads(session, 10)
    await outbox.save_state(session, head.id, SendState.SENT, NOW)
    await reports.save(session, DUTY.key, report(unit, day=WEDNESDAY))
    about = FormKey(DUTY.key, WEDNESDAY, unit.id)
    await outbox.cancel_about(session, about, Lane.LADDER, NOW)
    await _look_finds_no_more(session)
