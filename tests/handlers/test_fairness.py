"""What nobody may lose by: a bot that was down, a holiday, other hours, a unit that is no more."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WEEKDAYS, Hours, Outage
from bot.domain.forms import DUTY
from bot.domain.people import Role
from bot.domain.reports import Author, Report
from bot.services import calendars, compliance
from sandbox.people import Person
from storage import exemptions, outages, reopenings, reports, schedules
from tests.handlers.test_duty_report import NORMAL, SEND, TOMORROW, report_normally
from tests.house import DAY, House, house, moved_in

TOLD = "Nếu đồng chí đã bấm gửi mà chưa có biên nhận, xin bấm lại."
ALL_WEEK = frozenset(WEEKDAYS)


async def stop_at(home: House, clock_time: str, person: Person, day: date = DAY) -> None:
    """Stop the bot right after it has heard something at this time."""
    await hear_at(home, clock_time, person, day)
    home.stop.set()
    await home.task


async def hear_at(home: House, clock_time: str, person: Person, day: date = DAY) -> None:
    await home.at(clock_time, day)
    await person.say("/trogiup")
    await home.box.idle()


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(500):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it has not come about after 10 s")


async def found_outages(home: House) -> list[Outage]:
    async with home.database.snapshot() as session:
        return await outages.list_all(session)


async def sent(home: House, kind: str, unit: str | None = None) -> int:
    """How many messages of the kind went out, about the unit or all, once nothing waits."""
    for _ in range(500):
        if not await home.count(
            "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
        ):
            break
        await asyncio.sleep(0.02)
    return await home.count(
        "SELECT count(*) FROM outbox AS o LEFT JOIN unit AS u ON u.id = o.unit_id "
        "WHERE o.kind = ?1 AND o.state = 'sent' AND (?2 IS NULL OR u.short_name = ?2)",
        kind,
        unit,
    )


async def unit_id(home: House, name: str) -> int:
    return await home.count("SELECT id FROM unit WHERE short_name = ?", name)


async def found_report(home: House, unit: str) -> Report:
    asked = await unit_id(home, unit)
    async with home.database.snapshot() as session:
        found = await reports.get(session, DUTY.key, DAY, asked)
    assert found
    return found


async def told_of(person: Person, words: str) -> int:
    return sum(words in message.text for message in await person.messages())


class TestOutage:
    async def test_a_bot_that_dies_right_after_the_clock_was_set_forward_was_not_away(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            await home.join(Role.LEADER, "An Sơn", id=1)
            await home.box.idle()
            await home.at("16:31")
            home.stop.set()
            await home.task
            async with moved_in(home.box, home.settings) as back:
                assert await found_outages(back) == []

    async def test_whoever_could_not_report_before_due_has_half_an_hour_from_the_recovery(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            slow = await home.join(Role.LEADER, "An Phú", id=2)
            group = await home.command_group()
            await home.at("15:30")
            await leader.sees("Mời đồng chí")
            await stop_at(home, "15:45", leader)
            await home.box.jump(home.moment("17:00"))
            async with moved_in(home.box, home.settings) as back:
                told = await leader.sees(TOLD)
                assert "gián đoạn từ 15:45 đến 17:00 ngày 16/03/2026" in told.text
                assert "Mời đồng chí báo cáo trước 17:30" in told.text
                await report_normally(leader)
                await leader.sees("đúng hạn")
                await back.at("17:29")
                assert await sent(back, "digest") == 0
                assert await sent(back, "reminder", "An Phú") == 1
                assert await told_of(slow, TOLD) == 1
                await back.at("17:31")
                digest = await group.sees("Báo cáo 1/13")
                assert "Đúng hạn 1" in digest.text
                await report_normally(slow)
                await slow.sees("muộn, lúc 17:31")
                assert await sent(back, "outage") == 2
                assert await sent(back, "prompt", "An Sơn") == 1
                assert await sent(back, "digest") == 1

    async def test_a_press_that_waited_at_telegram_is_on_time_and_needs_no_message(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            await home.at("15:30")
            await leader.press(NORMAL, timeout=5)
            await leader.sees_button(SEND)
            await stop_at(home, "16:00", await home.admin())
            await home.box.jump(home.moment("16:49"))
            await leader.press(SEND)
            await home.box.jump(home.moment("16:50"))
            async with moved_in(home.box, home.settings) as back:
                receipt = await leader.sees("Đã nhận báo cáo")
                assert "đúng hạn" in receipt.text
                await back.parts.reconcile.look()
                assert await sent(back, "outage") == 0

    async def test_polls_that_fail_while_the_bot_lives_are_an_outage_as_well(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            group = await home.command_group()
            await hear_at(home, "16:00", leader)
            await home.box.fault("getUpdates", "status", times=None, code=502)
            await leader.say("/huy")  # ends the poll that is under way
            await leader.sees("Không có phiếu nào")
            await until(lambda: not home.parts.heard.is_set())
            await home.at("16:40")
            assert await sent(home, "digest") == await sent(home, "reminder") == 0
            await home.box.clear_faults()
            told = await leader.sees(TOLD, timeout=20)
            assert "đến 16:40" in told.text
            assert "trước 17:10" in told.text
            await home.at("17:05")
            await report_normally(leader)
            await leader.sees("đúng hạn")
            await home.at("17:11")
            await group.sees("Báo cáo 1/13")
            assert await sent(home, "outage") == 1
            assert await sent(home, "digest") == 1

    async def test_one_that_begins_in_the_middle_of_a_look_keeps_its_notices_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with house(tmp_path) as home:
            await home.command_group()
            await home.box.jump(home.moment("16:31"))

            async def meanwhile(*_: object) -> tuple[()]:
                home.parts.heard.clear()
                return ()

            monkeypatch.setattr(home.parts.reconcile._menus, "find_due", meanwhile)
            before = await home.count("SELECT count(*) FROM outbox WHERE kind = 'digest'")
            home.parts.heard.set()
            await home.parts.reconcile.look()
            after = await home.count("SELECT count(*) FROM outbox WHERE kind = 'digest'")
            assert before == after == 0
            home.parts.heard.set()

    async def test_a_clock_that_is_set_forward_while_polls_go_well_is_none(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            await hear_at(home, "16:00", leader)
            await hear_at(home, "16:45", leader)
            await report_normally(leader)
            await leader.sees("muộn, lúc 16:45")
            assert await found_outages(home) == []

    async def test_a_minute_and_a_half_change_nothing(self, tmp_path: Path) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            await stop_at(home, "16:29", leader)
            await home.box.jump(timedelta(seconds=90))
            async with moved_in(home.box, home.settings) as back:
                await back.at("16:31")
                await report_normally(leader)
                await leader.sees("muộn, lúc 16:31")
                assert await found_outages(back) == []

    async def test_neither_the_first_start_nor_a_clock_set_back_is_one(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            assert await found_outages(home) == []
            await stop_at(home, "16:00", leader)
            await home.box.jump(home.moment("15:40"))
            async with moved_in(home.box, home.settings) as back:
                await hear_at(back, "15:41", leader)
                assert await found_outages(back) == []
                home.stop = back.stop
                back.stop.set()
                await back.task
            await home.box.jump(home.moment("15:50"))
            async with moved_in(home.box, home.settings) as again:
                (outage,) = await found_outages(again)
                assert outage.ended - outage.began > timedelta(minutes=8)

    async def test_a_report_by_the_command_line_meanwhile_is_judged_by_the_moved_deadline(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            await stop_at(home, "16:00", leader)
            await home.box.jump(home.moment("16:40"))
            reporting = home.parts.application.bot_data.reporting
            async with home.database.transaction() as session:
                now = home.parts.clock.now()
                form = await reporting.admit(
                    session, DUTY.key, DAY, await unit_id(home, "An Sơn"), now
                )
                normal = form.kind.normal_answers()
                await reporting.submit(session, form, normal, Author(None, None), None, now)
            assert not (await found_report(home, "An Sơn")).is_on_time
            await home.box.jump(home.moment("16:50"))
            async with moved_in(home.box, home.settings) as back:
                report = await found_report(back, "An Sơn")
                assert report.is_on_time
                (outage,) = await found_outages(back)
                assert report.due_at == outage.ended + timedelta(minutes=30)

    async def test_an_outage_after_due_makes_no_late_report_one_on_time(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            other = await home.join(Role.LEADER, "An Phú", id=2)
            await home.at("16:40")
            await report_normally(leader)
            await stop_at(home, "17:00", leader)
            await home.box.jump(home.moment("19:50"))
            async with moved_in(home.box, home.settings) as back:
                told = await other.sees(TOLD)
                assert "Đã quá hạn 16:30, đồng chí vẫn gửi được đến 20:20" in told.text
                assert not (await found_report(back, "An Sơn")).is_on_time
                await back.at("20:10")
                await report_normally(other)
                await other.sees("muộn, lúc 20:10")
                assert await sent(back, "outage") == 1

    async def test_a_database_that_refuses_while_presses_wait_costs_nobody_the_deadline(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            first = await home.join(Role.LEADER, "An Sơn", id=1)
            second = await home.join(Role.LEADER, "An Phú", id=2)
            await home.command_group()
            await home.at("15:30")
            for leader in (first, second):
                await leader.press(NORMAL, timeout=5)
                await leader.sees_button(SEND)
            await hear_at(home, "16:20", first)
            blocker = sqlite3.connect(home.database.path, isolation_level=None)
            try:
                await home.database._writer.execute("PRAGMA busy_timeout = 50")
                blocker.execute("BEGIN IMMEDIATE")
                await first.press(SEND)
                await until(lambda: not home.parts.heard.is_set())
                await home.box.jump(home.moment("16:45"))
                await second.press(SEND)
            finally:
                blocker.execute("ROLLBACK")
                blocker.close()
            for leader in (first, second):
                receipt = await leader.sees("Đã nhận báo cáo", timeout=10)
                assert "đúng hạn" in receipt.text
            (outage,) = await found_outages(home)
            assert home.moment("16:45") <= outage.ended < home.moment("16:46")
            await home.at("17:14")
            assert await sent(home, "digest") == 0
            await home.at("17:16")
            assert await sent(home, "digest") == 1

    async def test_after_days_without_the_bot_one_message_leads_to_every_open_day(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            group = await home.command_group()
            await stop_at(home, "15:00", leader)
            later = DAY + timedelta(days=2)
            await home.box.jump(home.moment("09:00", later))
            async with moved_in(home.box, home.settings) as back:
                told = await leader.sees(TOLD)
                assert told.labels == (
                    "Ngày 16/03/2026, hạn 09:30 ngày 18/03/2026",
                    "Ngày 17/03/2026, hạn 09:30 ngày 18/03/2026",
                )
                await leader.press(told.labels[0])
                await report_normally(leader)
                assert (await found_report(back, "An Sơn")).is_on_time
                assert await sent(back, "digest") == 0
                await back.at("09:31", later)
                digest = await group.sees("16/03")
                assert "17/03" in digest.text
                assert await sent(back, "outage") == await sent(back, "digest") == 1

    async def test_a_month_without_the_bot_opens_a_month_and_no_more_messages(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            await home.command_group()
            await stop_at(home, "15:00", leader)
            later = DAY + timedelta(days=31)
            await home.box.jump(home.moment("09:00", later))
            async with moved_in(home.box, home.settings) as back:
                told = await leader.sees(TOLD)
                assert len(told.labels) == 31
                for clock_time in ("09:16", "09:31", "09:46", "10:31"):
                    await back.at(clock_time, later)
                    assert await sent(back, "outage") == 1
                assert await sent(back, "reminder") == 2
                assert await sent(back, "digest") == 2
                await back.at("13:01", later)
                assert await sent(back, "outage") == 1
                # The final one, and now that no day is open any more the last week's and the last month's.
                assert await sent(back, "digest") == 5
                assert await back.count("SELECT count(*) FROM closed_day") == 31


class TestExpectation:
    async def test_a_holiday_that_is_declared_late_silences_the_rest_of_the_day(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            quick = await home.join(Role.LEADER, "An Sơn", id=1)
            silent = await home.join(Role.LEADER, "An Phú", id=2)
            await home.command_group()
            await home.at("15:30")
            await report_normally(quick)
            await silent.sees("Mời đồng chí")
            async with home.database.transaction() as session:
                await exemptions.add(session, None, DAY, DAY, ALL_WEEK, "nghỉ lễ")
            for clock_time in ("16:15", "16:30", "16:45", "17:30", "20:00"):
                await home.at(clock_time)
            assert await sent(home, "reminder") == await sent(home, "digest") == 0
            await home.at("07:00", TOMORROW)
            assert await sent(home, "digest") == 0
            async with home.database.snapshot() as session:
                now = home.parts.clock.now()
                told = await compliance.summary(session, home.settings.schedule, DAY, DAY, now)
            assert (told.counts.expected, told.counts.actual) == (0, 0)
            assert told.counts.reporting_rate is None
            assert told.missing == ()
            await silent.say("/baocao 16/3")
            await silent.sees("Ngày 16/03/2026 đơn vị được miễn báo cáo (nghỉ lễ)")

    async def test_a_report_of_an_exempt_unit_makes_no_rate_higher(self, tmp_path: Path) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            group = await home.command_group()
            await home.at("15:30")
            await report_normally(leader)
            async with home.database.transaction() as session:
                free = await unit_id(home, "An Sơn")
                await exemptions.add(session, free, DAY, None, ALL_WEEK, "huấn luyện")
            await home.at("16:30")
            digest = await group.sees("Báo cáo 0/12")
            assert "Quân số chưa rõ: 12 đơn vị" in digest.text

    async def test_a_unit_that_is_merged_keeps_its_past_and_is_asked_no_more(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            group = await home.command_group()
            await home.at("15:30")
            await report_normally(leader)
            await home.at("16:30")
            await group.sees("Báo cáo 1/13")
            await home.at("20:00")
            async with home.database.transaction() as session:
                await session.run(
                    "UPDATE unit SET valid_to = ? WHERE short_name = 'An Sơn'",
                    (TOMORROW.isoformat(),),
                )
            await home.at("15:30", TOMORROW)
            await home.at("16:30", TOMORROW)
            await group.sees("Báo cáo 0/12")
            assert await sent(home, "prompt", "An Sơn") == 1
            assert await sent(home, "reminder", "An Sơn") == 0
            await leader.say("/baocao")
            await leader.sees("Ngày 17/03/2026 đơn vị không phải báo cáo")
            async with home.database.snapshot() as session:
                now = home.parts.clock.now()
                past = await compliance.summary(session, home.settings.schedule, DAY, DAY, now)
            assert (past.counts.expected, past.counts.actual) == (13, 1)

    async def test_a_unit_with_its_own_hours_is_asked_and_judged_by_them(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            early = await home.join(Role.LEADER, "An Sơn", id=1)
            usual = await home.join(Role.LEADER, "An Phú", id=2)
            group = await home.command_group()
            async with home.database.transaction() as session:
                own = Hours(time(15, 10), time(15, 40), time(19))
                await schedules.add(session, await unit_id(home, "An Sơn"), ALL_WEEK, own, DAY)
            await home.at("15:10")
            await early.sees("Mời đồng chí báo cáo trước 15:40")
            assert await sent(home, "prompt") == 1
            await home.at("15:25")
            await early.sees("hạn 15:40")
            assert await sent(home, "reminder") == 1
            await home.at("15:41")
            await report_normally(early)
            await early.sees("muộn, lúc 15:41")
            await report_normally(usual)
            await usual.sees("đúng hạn")
            assert await sent(home, "digest") == 0
            await home.at("16:30")
            digest = await group.sees("Báo cáo 2/13")
            assert "Đúng hạn 1" in digest.text
            assert await sent(home, "digest") == 1

    async def test_a_reopened_day_takes_a_report_and_counts_it_as_late(
        self, tmp_path: Path
    ) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            await home.at("20:00")
            await leader.say("/baocao")
            await leader.sees("đã chốt lúc 20:00")
            async with home.database.transaction() as session:
                free = await unit_id(home, "An Sơn")
                await reopenings.add(session, DUTY.key, DAY, free, home.moment("22:00"), "mất mạng")
            await home.at("21:59")
            await leader.say("/baocao")
            await leader.sees("gửi được đến 22:00")
            await report_normally(leader)
            await leader.sees("muộn, lúc 21:59")
            async with home.database.snapshot() as session:
                calendar = await calendars.load(session, home.settings.schedule)
            window = calendar.window(free, DAY)
            assert window
            assert window.due == home.moment("16:30")


class TestDeputies:
    async def test_a_deputy_is_asked_again_only_after_the_leader(self, tmp_path: Path) -> None:
        async with house(tmp_path) as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
            await home.at("15:30")
            for person in (leader, deputy):
                await person.sees("Mời đồng chí")
            for clock_time, reminders in (("16:15", 1), ("16:45", 2), ("17:00", 3), ("19:00", 3)):
                await home.at(clock_time)
                assert await sent(home, "reminder") == reminders
            to = await home.rows(
                "SELECT chat_id FROM outbox WHERE kind = 'reminder' AND state = 'sent' ORDER BY id"
            )
            assert [chat_id for (chat_id,) in to] == [leader.id, leader.id, deputy.id]

    async def test_where_there_are_deputies_only_they_are_the_first(self, tmp_path: Path) -> None:
        async with house(tmp_path) as home:
            deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
            await home.at("15:30")
            await deputy.sees("Mời đồng chí")
            await home.at("16:15")
            await deputy.sees("Nhắc đồng chí")
            await home.at("16:45")
            await home.at("17:00")
            assert await sent(home, "reminder") == 2
