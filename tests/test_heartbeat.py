"""The day's messages by the clock: each once, the late ones saying so, none to those who have reported."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WEEKDAYS
from bot.domain.people import Role
from bot.services.notices import Due, Notices
from storage import exemptions
from storage.database import Session
from tests.handlers.test_duty_report import NORMAL, SEND, TOMORROW, report_normally
from tests.house import DAY, House, house

DELAYED = "Tin này gửi muộn"


async def sent(home: House, kind: str) -> int:
    return await home.count("SELECT count(*) FROM outbox WHERE kind = ? AND state = 'sent'", kind)


async def test_the_prompt_comes_at_the_opening_and_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:29")
        assert await sent(home, "prompt") == 0
        await home.at("15:30")
        await leader.sees("Mời đồng chí báo cáo")
        for minute in ("15:31", "15:45", "15:46"):
            await home.at(minute)
        await home.box.idle()
        assert await sent(home, "prompt") == 1


async def test_the_reminder_goes_to_those_only_who_have_not_reported(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        quick = await home.join(Role.LEADER, "An Sơn", id=1)
        slow = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("15:30")
        await report_normally(quick)
        await slow.sees("Mời đồng chí")
        await home.at("16:15")
        reminder = await slow.sees("Nhắc đồng chí")
        assert NORMAL in reminder.labels
        assert DELAYED not in reminder.text
        await home.box.idle()
        assert await sent(home, "reminder") == 1


async def test_a_report_before_the_opening_leaves_nobody_to_prompt(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await report_normally(leader)
        await home.at("15:30")
        await home.at("16:15")
        await home.box.idle()
        assert await sent(home, "prompt") == await sent(home, "reminder") == 0


async def test_the_group_gets_a_digest_at_due_and_again_when_the_last_one_is_in(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, preset="da-nang-2025") as home:
        group = await home.command_group()
        names = ("Tam Kỳ", "Bàn Thạch", "Quảng Phú", "Hương Trà")
        leaders = [await home.join(Role.LEADER, name, id=n) for n, name in enumerate(names, 1)]
        await home.at("15:30")
        for leader in leaders[:3]:
            await report_normally(leader)
        await home.at("16:30")
        digest = await group.sees("Báo cáo 3/4")
        assert "Hương Trà" in digest.text
        await home.at("16:50")
        await report_normally(leaders[3])
        await home.parts.reconcile.look()
        final = await group.sees("Báo cáo 4/4")
        assert "Đúng hạn 3" in final.text
        await home.at("20:00")
        await home.box.idle()
        assert await sent(home, "digest") == 2


async def test_a_day_that_is_complete_at_due_has_one_digest(tmp_path: Path) -> None:
    async with house(tmp_path, preset="da-nang-2025") as home:
        group = await home.command_group()
        names = ("Tam Kỳ", "Bàn Thạch", "Quảng Phú", "Hương Trà")
        leaders = [await home.join(Role.LEADER, name, id=n) for n, name in enumerate(names, 1)]
        await home.at("15:30")
        for leader in leaders:
            await report_normally(leader)
        await home.at("16:30")
        await group.sees("Báo cáo 4/4")
        await home.at("20:00")
        await home.box.idle()
        assert await sent(home, "digest") == 1


async def test_the_lock_tells_who_never_reported(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await home.at("20:00")
        await group.sees("Bản chốt")
        await home.box.idle()
        assert await sent(home, "digest") == 2
        assert await home.rows("SELECT day FROM closed_day") == [(DAY.isoformat(),)]


async def test_without_a_group_each_commander_gets_the_digest(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=7)
        await home.at("16:30")
        await commander.sees("Báo cáo 0/13")


async def test_a_look_that_comes_late_sends_only_the_highest_rung_and_says_that_it_is_late(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await home.command_group()
        await home.at("16:20")
        reminder = await leader.sees("Nhắc đồng chí")
        assert "Tin này gửi muộn, lẽ ra lúc 16:15" in reminder.text
        await home.box.idle()
        assert await sent(home, "prompt") == 0
        await home.at("16:40")
        assert DELAYED in (await group.sees("Báo cáo 0/13")).text


async def test_a_look_after_due_still_asks_until_the_lock(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("16:40")
        prompt = await leader.sees("Đã quá hạn 16:30, đồng chí vẫn gửi được đến 20:00")
        assert DELAYED in prompt.text
        await leader.press(NORMAL)
        await leader.press(SEND, timeout=5)
        await leader.sees("muộn, lúc 16:40")


async def test_days_that_passed_unseen_come_in_one_late_digest(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await home.command_group()
        await home.at("09:00", DAY + timedelta(days=4))
        digest = await group.sees("16/03")
        for day in ("17/03", "18/03", "19/03"):
            assert day in digest.text
        await home.parts.reconcile.look()
        await home.box.idle()
        assert await sent(home, "digest") == 1
        await home.at("15:30", DAY + timedelta(days=4))
        await leader.sees("20/03/2026")
        await home.box.idle()
        assert await sent(home, "prompt") == 1


async def test_who_joins_within_the_window_is_asked_at_once_and_not_late(tmp_path: Path) -> None:
    async with house(tmp_path, at="15:50") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        prompt = await leader.sees("Mời đồng chí báo cáo")
        assert DELAYED not in prompt.text


async def test_a_clock_set_back_sends_nothing_twice(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.sees("Mời đồng chí")
        await home.at("15:00")
        await home.at("15:30")
        await home.box.idle()
        assert await sent(home, "prompt") == 1


async def test_a_report_by_the_command_line_silences_the_ladder(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.sees("Mời đồng chí")
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO report (type, period_start, unit_id, first_submitted_at, due_at, revision, absent)"
                " SELECT 'duty', ?, id, 1, 2, 1, 0 FROM unit WHERE code = 'an-son'",
                (DAY.isoformat(),),
            )
        await home.at("16:15")
        await home.box.idle()
        assert await sent(home, "reminder") == 0


async def test_a_day_without_reporting_is_silent(tmp_path: Path) -> None:
    async with house(tmp_path, duty_days=frozenset({"tue"})) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.command_group()
        for minute in ("15:30", "16:15", "16:30", "20:00"):
            await home.at(minute)
        await home.box.idle()
        assert await sent(home, "prompt") == await sent(home, "digest") == 0
        await home.at("15:30", TOMORROW)
        await leader.sees("17/03/2026")


async def test_a_notice_that_cannot_be_made_holds_up_neither_the_others_nor_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await home.admin()
        await home.command_group()
        original = Notices._message

        async def breaks(
            self: Notices, session: object, facts: object, notice: object, *rest: object
        ) -> object:
            if getattr(notice, "unit_id", None) is None:
                raise ZeroDivisionError
            return await original(self, session, facts, notice, *rest)  # type: ignore[arg-type]

        with monkeypatch.context() as broken:
            broken.setattr(Notices, "_message", breaks)
            await home.at("15:30")
            await leader.sees("Mời đồng chí")
            await home.at("20:00")
            await admin.sees("Một thao tác gặp lỗi")
            assert await home.count("SELECT count(*) FROM closed_day") == 0
        await home.parts.reconcile.look()
        assert await home.count("SELECT count(*) FROM closed_day") == 1


async def test_a_unit_that_is_exempted_during_a_look_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_due = Notices.find_due

    async def then_exempted(notices: Notices, session: Session, now: datetime) -> Due | None:
        due = await find_due(notices, session, now)
        if due and due.owed.notices:
            monkeypatch.undo()
            async with home.database.transaction() as writing:
                await exemptions.add(writing, free, DAY, DAY, frozenset(WEEKDAYS), "nghỉ lễ")
        return due

    async with house(tmp_path) as home:
        await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        free = await home.count("SELECT id FROM unit WHERE short_name = 'An Sơn'")
        await home.settled()
        monkeypatch.setattr(Notices, "find_due", then_exempted)
        await home.at("15:30")
        await other.sees("Mời đồng chí")
        await home.settled()
        assert await home.rows("SELECT unit_id <> ? FROM outbox WHERE kind = 'prompt'", free) == [
            (1,)
        ]


async def test_old_rows_are_erased_and_doubtful_ones_kept_longer(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.box.idle()
        async with home.database.transaction() as session:
            await session.run("UPDATE outbox SET state = 'doubtful' WHERE kind = 'prompt'")
        await home.box.jump(home.moment("02:30", DAY + timedelta(days=9)))
        await home.parts.keeping.purge()
        assert await home.rows(
            "SELECT DISTINCT state FROM outbox WHERE period_start = ?", DAY.isoformat()
        ) == [("doubtful",)]
        assert (
            await home.count(
                "SELECT count(*) FROM handled_update WHERE received_at < 1774000000000"
            )
            == 0
        )
        assert await home.count("SELECT count(*) FROM report") == 1
        await home.box.jump(timedelta(days=30))
        await home.parts.keeping.purge()
        assert (
            await home.count("SELECT count(*) FROM outbox WHERE period_start = ?", DAY.isoformat())
            == 0
        )


async def test_reports_are_erased_when_they_have_served_their_time_and_the_audit_says_how_many(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, report_retention_days=62) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await leader.press("✏️ Sửa")
        await home.settled()
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO nudge (type, period_start, unit_id, at) VALUES ('duty', ?, 1, 0)",
                (DAY.isoformat(),),
            )
            await session.run(
                "INSERT INTO awaited_text (person_id, question, asked_at) VALUES (1, 'x:', 0)"
            )
        await home.box.jump(home.moment("02:30", DAY + timedelta(days=62)))
        await home.parts.keeping.purge()
        assert await home.count("SELECT count(*) FROM report") == 1
        assert await home.count("SELECT count(*) FROM awaited_text") == 0
        await home.box.jump(timedelta(days=1))
        for _ in range(2):
            await home.parts.keeping.purge()
        assert await home.count("SELECT count(*) FROM report") == 0
        assert await home.count("SELECT count(*) FROM report_revision") == 0
        assert await home.count("SELECT count(*) FROM nudge") == 0
        ((told,),) = await home.rows("SELECT after FROM audit WHERE action = 'report.erase'")
        assert json.loads(told) == {
            "before": "2026-03-17",
            "reports": 1,
            "revisions": 1,
            "nudges": 1,
            "boards": 0,
        }
        sent = await admin.say("/tonghop ngay 16/3/2026")
        answer = await admin.sees("16/03/2026", after=sent)
        assert "0/13" not in answer.text, "erased is not missing"


async def test_a_late_digest_that_could_not_be_made_is_made_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()

        async def breaks(*_args: object) -> object:
            raise ZeroDivisionError

        with monkeypatch.context() as broken:
            broken.setattr(Notices, "_message", breaks)
            await home.at("09:00", DAY + timedelta(days=3))
            assert await home.count("SELECT count(*) FROM closed_day") == 0
        await home.parts.reconcile.look()
        told = await group.sees("18/03")
        assert "16/03" in told.text


async def test_the_morning_tells_of_yesterday_in_one_line_and_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await home.at("20:00")
        await group.sees("Bản chốt lúc 20:00")
        await home.at("06:59", TOMORROW)
        await home.box.idle()
        assert await sent(home, "digest") == 2
        await home.at("07:00", TOMORROW)
        await group.sees("Hôm qua 0/13 đúng hạn")
        await home.at("11:00", TOMORROW)
        await home.box.idle()
        assert await sent(home, "digest") == 3


async def test_a_final_digest_that_waits_for_the_network_is_not_overtaken_by_the_line_about_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.fault("sendMessage", "reset")
        await home.at("20:00")
        await home.at("07:00", TOMORROW)
        waiting = "SELECT count(*) FROM outbox WHERE state = 'pending' AND kind = 'digest'"
        assert await home.count(waiting) == 2
        await home.box.clear_faults()
        final = await group.sees("Bản chốt lúc 20:00", timeout=20)
        assert DELAYED in final.text
        await group.sees("Hôm qua 0/13 đúng hạn", timeout=20)
