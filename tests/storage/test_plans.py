"""Rules of hours, exemptions, reopened days, the audit and awaited texts: what goes in comes out."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.calendar import WEEKDAYS, Exemption, Hours, Reopening
from bot.domain.people import Role
from storage import audit, awaited_texts, exemptions, people, reopenings, schedules, units
from storage.audit import Entry
from storage.database import Session

DAY = date(2026, 3, 16)
NEXT = DAY + timedelta(days=1)
NOW = datetime(2026, 3, 16, 9, 0, 0, 123000, tzinfo=UTC)
EVERY_DAY = frozenset(WEEKDAYS)
EARLY = Hours(time(8), time(9, 5), time(10))


@pytest.fixture
async def unit(session: Session) -> int:
    unit_id = await units.add(
        session,
        code="an-son",
        name="phường An Sơn",
        short_name="An Sơn",
        position=1,
        valid_from=DAY,
    )
    assert unit_id is not None
    return unit_id


@pytest.fixture
async def person(session: Session) -> int:
    return await people.add(session, 4_500_000_001, "vi")


class TestSchedules:
    async def test_rules_come_back_oldest_first(self, session: Session, unit: int) -> None:
        await schedules.add(session, None, EVERY_DAY, EARLY, DAY)
        await schedules.add(session, unit, frozenset({"sun", "sat"}), None, NEXT)
        common, own = await schedules.list_all(session)
        assert (common.unit_id, common.weekdays, common.hours) == (None, EVERY_DAY, EARLY)
        assert (own.unit_id, own.weekdays, own.hours) == (unit, frozenset({"sun", "sat"}), None)
        assert (own.valid_from, own.valid_to) == (NEXT, None)
        assert common.id < own.id

    async def test_rules_of_one_scope_end_and_those_of_others_stay(
        self, session: Session, unit: int
    ) -> None:
        await schedules.add(session, None, EVERY_DAY, EARLY, DAY)
        await schedules.add(session, unit, EVERY_DAY, EARLY, DAY)
        await schedules.add(session, unit, EVERY_DAY, None, NEXT + timedelta(days=5))
        assert await schedules.end_all(session, unit, NEXT) == 2
        common, own, later = await schedules.list_all(session)
        assert common.valid_to is None
        assert own.holds_on(DAY)
        assert not own.holds_on(NEXT)
        assert later.valid_to == later.valid_from  # it never holds


class TestExemptions:
    async def test_an_exemption_comes_back_and_ends_once(self, session: Session, unit: int) -> None:
        first = await exemptions.add(session, unit, DAY, NEXT, EVERY_DAY, "nghỉ lễ")
        second = await exemptions.add(session, None, DAY, None, frozenset({"sat"}), "<b>")
        assert await exemptions.get(session, first) == Exemption(
            first, unit, DAY, NEXT, EVERY_DAY, "nghỉ lễ"
        )
        assert await exemptions.save_end(session, second, NEXT)
        assert not await exemptions.save_end(session, second, DAY)
        assert [e.ended_on for e in await exemptions.list_all(session)] == [None, NEXT]
        assert await exemptions.get(session, 99) is None
        assert not await exemptions.save_end(session, 99, DAY)


class TestReopenings:
    async def test_only_those_of_the_type(self, session: Session, unit: int) -> None:
        await reopenings.add(session, "duty", DAY, unit, NOW, "bổ sung")
        await reopenings.add(session, "duty", DAY, None, NOW, "bổ sung")
        await reopenings.add(session, "weekly", DAY, None, NOW, "bổ sung")
        assert await reopenings.list_all(session, "duty") == [
            Reopening(unit, DAY, NOW),
            Reopening(None, DAY, NOW),
        ]


class TestAudit:
    async def test_an_entry_keeps_who_what_and_why(
        self, session: Session, unit: int, person: int
    ) -> None:
        entry = Entry("schedule.change", person, Role.ADMIN, unit, "cũ", "mới", "lý do")
        await audit.add(session, entry, NOW)
        await audit.add(session, Entry("schedule.change", None, None), NOW)
        rows = [tuple(row)[2:] for row in await session.all("SELECT * FROM audit ORDER BY id")]
        assert rows == [
            (person, "admin", "schedule.change", unit, "cũ", "mới", "lý do"),
            (None, None, "schedule.change", None, None, None, None),
        ]


class TestAwaitedTexts:
    async def test_the_newest_question_is_the_one_that_waits(
        self, session: Session, person: int
    ) -> None:
        assert await awaited_texts.get(session, person) is None
        await awaited_texts.save(session, person, "qh::127", NOW)
        await awaited_texts.save(session, person, "qo:", NOW + timedelta(minutes=1))
        assert await awaited_texts.get(session, person) == "qo:"
        await awaited_texts.remove_older(session, NOW + timedelta(minutes=1))
        assert await awaited_texts.remove(session, person)
        assert not await awaited_texts.remove(session, person)

    async def test_old_questions_are_forgotten(self, session: Session, person: int) -> None:
        await awaited_texts.save(session, person, "qo:", NOW)
        await awaited_texts.remove_older(session, NOW + timedelta(seconds=1))
        assert await awaited_texts.get(session, person) is None
