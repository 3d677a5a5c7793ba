"""What the command group asks: /tonghop, /conthieu, /trogiup, /ngonngu, /huy."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Role
from bot.domain.periods import Period
from bot.screens.message import Message
from bot.screens.payloads import SummaryPress
from bot.services import summaries
from tests.handlers.test_duty_report import NORMAL, SEND, TOMORROW, report_normally
from tests.house import DAY, house


async def test_conthieu_names_who_is_missing_and_says_when_nobody_is(tmp_path: Path) -> None:
    async with house(tmp_path, preset="da-nang-2025") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        names = ("Tam Kỳ", "Bàn Thạch", "Quảng Phú", "Hương Trà")
        leaders = [await home.join(Role.LEADER, name, id=n) for n, name in enumerate(names, 1)]
        await home.at("15:30")
        for leader in leaders[1:]:
            await report_normally(leader)
        await commander.say("/conthieu")
        told = await commander.sees("Chưa báo cáo 1/4")
        assert "Tam Kỳ" in told.text
        assert "Bàn Thạch" not in told.text
        await report_normally(leaders[0])
        await commander.say("/conthieu")
        await commander.sees("Tất cả 4/4 đã báo cáo")


async def test_tonghop_shows_today_a_past_day_and_a_longer_period(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("15:30", TOMORROW)
        await commander.say("/tonghop")
        await commander.sees("Báo cáo trực ngày 17/03/2026")
        await commander.say("/tonghop ngay 16/3")
        past = await commander.sees("Báo cáo trực ngày 16/03/2026")
        assert "1/13" in past.text
        await commander.say("/tonghop thang")
        month = await commander.sees("An Sơn")
        assert "%" in month.text


async def test_tonghop_works_in_the_command_group(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        await admin.say("/tonghop ngay", chat=group)
        await group.sees("Báo cáo trực ngày 16/03/2026")


async def test_summaries_are_walked_through_in_one_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("15:30", TOMORROW)
        await commander.say("/tonghop")
        shown = await commander.sees("Báo cáo trực ngày 17/03/2026")
        assert "▶" not in shown.labels
        await commander.press("◀", shown.id)
        before = await commander.sees_button("▶")
        assert "Báo cáo trực ngày 16/03/2026" in before.text
        assert "◀" not in before.labels
        await commander.press("Tuần", shown.id)
        week = await commander.sees("Tổng hợp tuần 16/03–22/03/2026")
        assert "• Tuần" in week.labels
        for length, title in (
            ("Tháng", "tháng 3/2026"),
            ("Quý", "quý I/2026"),
            ("Năm", "năm 2026"),
        ):
            await commander.press(length, shown.id)
            assert (await commander.sees(f"Tổng hợp {title}")).id == shown.id
        await commander.press("Ngày", shown.id)
        last = await commander.sees_button("• Ngày")
        assert {shown.id, before.id, week.id, last.id} == {shown.id}
        assert set(await commander.toasts()) == {""}


async def test_a_unit_is_chosen_seen_and_left_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await commander.say("/tonghop")
        shown = await commander.sees("Báo cáo trực ngày 16/03/2026")
        await commander.press("🏢 Từng đơn vị", shown.id)
        units = await commander.sees("Đồng chí chọn đơn vị cần xem.")
        assert {"✅ An Sơn", "⏳ An Xuân"} <= set(units.labels)
        await commander.press("✅ An Sơn", shown.id)
        told = await commander.sees("Gửi lúc 15:30 (CHT)")
        assert "Quân số có mặt 27/27" in told.text
        await commander.press("Tuần", shown.id)
        await commander.sees("16/03 ✅▫️▫️▫️▫️▫️▫️")
        await commander.press("🏢 Đơn vị khác", shown.id)
        await commander.sees_button("An Sơn 1/1")
        await commander.press("↩️ Tổng hợp chung", shown.id)
        assert (await commander.sees("Từng đơn vị")).id == shown.id


async def test_drawing_again_what_has_not_changed_is_no_trouble(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.at("15:30")
        await commander.say("/tonghop")
        shown = await commander.sees("Báo cáo 0/13")
        await commander.press("🔄 Cập nhật", shown.id)
        await commander.press("• Ngày", shown.id)
        await home.settled()
        assert (await commander.sees("Báo cáo 0/13")).text == shown.text
        states = await home.rows("SELECT state FROM outbox WHERE key LIKE 'show:%'")
        assert {row[0] for row in states} <= {"sent", "superseded"}


async def test_in_the_command_group_each_press_needs_the_right_to_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        stranger = await home.box.person(77)
        group = await home.box.group("Nhóm chỉ huy", [admin, leader, stranger])
        await admin.say("/nhom", chat=group)
        await group.sees("nhóm chỉ huy của")
        await home.at("15:30")
        await admin.say("/tonghop ngay", chat=group)
        shown = await group.sees("Báo cáo trực ngày 16/03/2026")
        for somebody in (leader, stranger):
            await somebody.forge(f"s:tuan:{DAY:%Y%m%d}:all:0:0", shown.id, chat=group)
        await home.box.idle()
        assert await leader.toasts() == ["Nút này không thuộc vai trò của đồng chí."]
        assert await stranger.toasts() == ["Chào đồng chí. Hệ thống chỉ dành cho người được mời."]
        assert (await group.sees("Báo cáo trực ngày 16/03/2026")).text == shown.text
        await admin.press("Tuần", shown.id, chat=group)
        assert (await group.sees("Tổng hợp tuần")).id == shown.id


async def test_a_forged_unit_or_day_is_answered(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/tonghop")
        shown = await commander.sees("Chưa đến giờ báo cáo")
        await commander.forge(f"s:ngay:{DAY:%Y%m%d}:unit:999:0", shown.id)
        await commander.forge("s:nam:99991231:all:0:0", shown.id)
        await commander.sees("năm 9999")
        assert (await commander.toasts())[0].startswith("Nút này không còn dùng được")


async def test_help_lists_ones_own_commands_and_tells_a_leader_of_the_two_taps(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        told = await leader.last()
        for words in (NORMAL, SEND, "/baocao", "15:30", "16:30", "20:00", "bí mật nhà nước"):
            assert words in told.text
        assert "/thumoi" not in told.text
        assert "<b>" not in told.text


async def test_the_language_is_chosen_by_a_button(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/ngonngu")
        await leader.press("Tiếng Việt", timeout=5)
        await leader.sees("Hệ thống sẽ dùng tiếng Việt")
        assert await home.rows("SELECT language FROM person WHERE telegram_id = 1") == [("vi",)]


async def test_huy_leaves_a_form_and_sends_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await leader.say("/huy")
        await leader.sees("Đã hủy phiếu đang nhập dở")
        await leader.press(SEND)
        await leader.sees("Đã hủy, chưa gửi gì")
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_a_long_summary_is_made_when_its_turn_comes_and_receipts_go_out_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()
    made = summaries.shown

    async def waits(*asked: Any) -> Message:
        await go_on.wait()
        return await made(*asked)

    monkeypatch.setattr(summaries, "shown", waits)
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await commander.say("/tonghop nam")
        await report_normally(leader)
        go_on.set()
        year = await commander.sees("Tổng hợp năm 2026")
        assert "Báo cáo 1/13" in year.text
        assert "• Năm" in year.labels


async def test_of_many_presses_only_the_last_screen_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()
    periods = []
    made = summaries.shown

    async def waits(session: Any, schedule: Any, words: Any, at: SummaryPress, now: Any) -> Message:
        if at.period is not Period.DAY:
            periods.append(at.period)
            await go_on.wait()
        return await made(session, schedule, words, at, now)

    monkeypatch.setattr(summaries, "shown", waits)
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.at("15:30")
        await commander.say("/tonghop")
        day = await commander.sees("Báo cáo trực ngày 16/03/2026")
        for label in ("Tuần", "Tháng", "Quý", "Năm"):
            await commander.press(label, day.id)
        await home.box.idle()
        assert await commander.toasts() == [""] * 4
        go_on.set()
        assert (await commander.sees("Tổng hợp năm 2026")).id == day.id
        assert Period.MONTH not in periods
        assert Period.QUARTER not in periods


async def test_who_waits_for_what_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_asked: Any) -> Message:
        raise ZeroDivisionError

    monkeypatch.setattr(summaries, "shown", fails)
    async with house(tmp_path) as home:
        admin = await home.admin()
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/tonghop quy")
        told = await commander.sees("chưa lập được nội dung đồng chí cần")
        await admin.sees("Một thao tác gặp lỗi, mã outbox")
        assert "thử lại sau ít phút" in told.text
