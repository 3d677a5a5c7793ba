"""What the calendar is made of, in and out: hours, exemptions, outages, reopened days, arrivals."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.calendar import Exemption, Hours, Outage, Reopening, ScheduleRule
from bot.domain.reports import Author, Report
from storage import arrivals, exemptions, outages, reopenings, reports, schedules, units
from storage.arrivals import Arrival
from storage.database import Session

DAY = date(2026, 3, 16)
TOMORROW = DAY + timedelta(days=1)
NOW = datetime(2026, 3, 16, 9, 0, 0, 123000, tzinfo=UTC)
WEEKEND = frozenset({"sat", "sun"})
HOURS = Hours(time(7, 30), time(8, 5), time(20))


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


class TestSchedules:
    async def test_rules_come_back_oldest_first(self, session: Session, unit: int) -> None:
        await schedules.add(session, None, WEEKEND, None, DAY)
        await schedules.add(session, unit, WEEKEND, HOURS, TOMORROW)
        assert await schedules.list_all(session) == [
            ScheduleRule(1, None, WEEKEND, None, DAY),
            ScheduleRule(2, unit, WEEKEND, HOURS, TOMORROW),
        ]

    async def test_only_rules_of_the_same_scope_end_and_none_before_it_began(
        self, session: Session, unit: int
    ) -> None:
        await schedules.add(session, None, WEEKEND, HOURS, DAY)
        await schedules.add(session, unit, WEEKEND, HOURS, DAY)
        await schedules.add(session, unit, WEEKEND, HOURS, TOMORROW)
        assert await schedules.end_all(session, unit, DAY) == 2
        assert await schedules.end_all(session, unit, TOMORROW) == 0
        ends = [rule.valid_to for rule in await schedules.list_all(session)]
        assert ends == [None, DAY, TOMORROW]
        assert not any(
            rule.holds_on(DAY + timedelta(days=n))
            for rule in (await schedules.list_all(session))[1:]
            for n in range(14)
        )


class TestExemptions:
    async def test_one_comes_back_and_is_ended_once(self, session: Session, unit: int) -> None:
        number = await exemptions.add(session, unit, DAY, None, WEEKEND, "huấn luyện")
        other = await exemptions.add(session, None, DAY, TOMORROW, WEEKEND, "nghỉ lễ")
        found = Exemption(number, unit, DAY, None, WEEKEND, "huấn luyện")
        assert await exemptions.list_all(session) == [
            found,
            Exemption(other, None, DAY, TOMORROW, WEEKEND, "nghỉ lễ"),
        ]
        assert await exemptions.save_end(session, number, TOMORROW)
        assert not await exemptions.save_end(session, number, DAY)
        ended = await exemptions.get(session, number)
        assert ended
        assert ended.ended_on == TOMORROW
        assert await exemptions.get(session, 99) is None


class TestOutages:
    async def test_the_last_good_poll_is_one_and_may_go_back(self, session: Session) -> None:
        assert await outages.get_good_at(session) is None
        await outages.save_good_at(session, NOW)
        await outages.save_good_at(session, NOW - timedelta(hours=1))
        assert await outages.get_good_at(session) == NOW - timedelta(hours=1)

    async def test_they_come_in_the_order_of_time(self, session: Session) -> None:
        minute = timedelta(minutes=1)
        await outages.add(session, NOW, NOW + minute)
        await outages.add(session, NOW - 3 * minute, NOW - minute)
        assert await outages.list_all(session) == [
            Outage(2, NOW - 3 * minute, NOW - minute),
            Outage(1, NOW, NOW + minute),
        ]


class TestReopenings:
    async def test_they_are_of_their_type(self, session: Session, unit: int) -> None:
        await reopenings.add(session, "duty", DAY, unit, NOW, "mất mạng")
        await reopenings.add(session, "duty", DAY, None, NOW, "mất mạng")
        await reopenings.add(session, "drill", DAY, unit, NOW, "mất mạng")
        assert await reopenings.list_all(session, "duty") == [
            Reopening(unit, DAY, NOW),
            Reopening(None, DAY, NOW),
        ]


class TestArrivals:
    async def test_a_moved_deadline_is_saved_and_the_arrival_stays(
        self, session: Session, unit: int
    ) -> None:
        for day in (DAY, TOMORROW):
            answers = {"absent": {}, "safety": True, "order": True}
            came = Report(unit, day, NOW, NOW, 1, NOW, Author(None, None), 24, answers)
            await reports.save(session, "duty", came)
        later = NOW + timedelta(minutes=30)
        await reports.save_due(session, "duty", DAY, unit, later)
        assert await arrivals.list_between(session, "duty", DAY, TOMORROW) == [
            Arrival(unit, DAY, NOW, later),
            Arrival(unit, TOMORROW, NOW, NOW),
        ]
        assert len(await arrivals.list_between(session, "duty", TOMORROW, TOMORROW)) == 1
        assert await arrivals.list_between(session, "drill", DAY, TOMORROW) == []
        found = await reports.get(session, "duty", DAY, unit)
        assert found
        assert found.due_at == later
