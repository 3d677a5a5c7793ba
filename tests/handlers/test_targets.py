"""/chitieu: what the resolutions ask against what the units report."""

import re
from datetime import date
from pathlib import Path

from bot.domain.people import Role
from bot.services.targets import preset_targets
from tests.handlers.test_duty_report import report_normally
from tests.house import house


async def test_a_commander_sees_every_target_and_nothing_is_invented(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        shown = await commander.sees("Chỉ tiêu nghị quyết")
        listed = [line for line in shown.text.splitlines() if re.match(r"\S+ \d+\. ", line)]
        assert len(listed) == 22
        for target in preset_targets({}):
            assert any(f" {target.shorts['vi']}: " in line for line in listed)
        assert all("chưa có số liệu" in line or ": –" in line for line in listed)
        assert shown.labels[:22] == tuple(str(n) for n in range(1, 23))


async def test_each_target_tells_how_it_is_measured_and_its_source(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        await commander.press("1", (await commander.sees("Chỉ tiêu nghị quyết")).id)
        for target in preset_targets({}):
            phrase = target.phrases["vi"]
            told = await commander.sees(phrase[:1].upper() + phrase[1:])
            assert "Nguồn số liệu: " in told.text
            assert f"Căn cứ: {target.source}" in told.text
            assert "Hiện có: " in told.text
            if "▶" in told.labels:
                await commander.press("▶", told.id)


async def test_a_report_on_time_moves_the_targets_that_are_computed_from_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        commander = await home.join(Role.COMMANDER, id=9)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("17:00")
        await commander.say("/chitieu")
        told = await commander.sees("Chỉ tiêu nghị quyết")
        assert "❌ 6. Báo cáo đúng hạn: 7,7 % / 100 %" in told.text
        assert "❔ 20. An toàn: 0 / 0" in told.text
        await leader.say("/chitieu")
        own = await leader.sees("Chỉ tiêu: phường An Sơn")
        assert "✅ 6. Báo cáo đúng hạn: 100 % / 100 %" in own.text
        assert "✅ 20. An toàn: 0" in own.text
        assert "QNDB: chưa có số liệu" in own.text
        assert "Phương tiện" not in own.text


async def test_a_state_is_given_by_buttons_and_has_no_figures(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        await commander.press("11", timeout=5)
        asked = await commander.sees("Động viên phương tiện kỹ thuật")
        assert asked.labels[:3] == ("chưa bắt đầu", "đang làm", "xong")
        await commander.press("đang làm", asked.id)
        told = await commander.sees("⏳ Hiện có: đang làm")
        assert "Từ 15:00 ngày 16/03/2026" in told.text
        assert "đang làm" not in told.labels
        assert await home.rows("SELECT key, unit_id, state FROM target_status") == [
            ("vehicles", None, "under_way")
        ]
        assert await home.count("SELECT count(*) FROM audit WHERE action = 'target.status'") == 1


async def test_a_leader_gives_no_state_and_changes_no_target(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/chitieu")
        shown = await leader.sees("Chỉ tiêu: phường An Sơn")
        await leader.forge("ts:vehicles:done", shown.id)
        await leader.forge("te:ended:office::", shown.id)
        await home.box.idle()
        assert await home.count("SELECT count(*) FROM target_status") == 0
        assert await home.count("SELECT count(*) FROM target WHERE valid_to IS NOT NULL") == 0


async def test_in_percent_mode_no_heads_are_told(tmp_path: Path) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", date(2026, 6, 1))
        asked = await leader.sees("Báo cáo tỷ lệ đảng viên")
        await leader.press("✏️ Nhập chi tiết", asked.id)
        await leader.sees("số đảng viên/quân số DQTV")
        await leader.say("5/27")
        await home.settled()
        await leader.press("📨 Gửi báo cáo", asked.id)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "27" not in receipt.text.replace("27,32", "")
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        await commander.press("8", timeout=5)
        told = await commander.sees("Hiện có: 19 %")
        assert "27)" not in told.text
        assert "đảng viên (" not in told.text


async def test_an_admin_sets_another_value_from_a_day_on(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await admin.say("/chitieu")
        await admin.press("2", timeout=5)
        await admin.press("✏️ Đổi giá trị", timeout=5)
        await admin.sees("gõ giá trị mới")
        await admin.say("96 1/1/2020")
        await admin.sees("Tôi cần giá trị mới")
        await admin.say("96,5 17/3")
        await admin.sees("95 → 96,5, từ 17/03/2026")
        await admin.press("✔️ Lưu", timeout=5)
        await admin.sees("Đã lưu chỉ tiêu mới")
        assert await home.rows(
            "SELECT valid_from, valid_to, value FROM target WHERE key = 'people_trained'"
        ) == [("2022-01-01", "2026-03-17", "95"), ("2026-03-17", None, "96.5")]
        await admin.say("/nhatky")
        assert "Đổi chỉ tiêu" in (await admin.sees(", trang 1")).text


async def test_a_target_that_ended_is_no_longer_shown(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await admin.say("/chitieu")
        await admin.press("10", timeout=5)
        await admin.press("⏹ Kết thúc chỉ tiêu", timeout=5)
        await admin.press("⏹ Kết thúc từ hôm nay", timeout=5)
        told = await admin.sees("Đã kết thúc chỉ tiêu Đơn vị kiểu mẫu")
        await admin.press("🎯 Các chỉ tiêu", told.id)
        assert "kiểu mẫu" not in (await admin.sees("Chỉ tiêu nghị quyết")).text


async def test_the_picture_follows_on_a_press(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        await commander.press("🖼 Hình", timeout=5)
        shown = await commander.sees("Chỉ tiêu nghị quyết, đến 16/03/2026 (lúc")
        assert shown.text


async def test_units_of_the_scope_that_are_gone_are_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        async with home.database.transaction() as session:
            await session.run("UPDATE unit SET valid_to = '2025-01-01' WHERE code = 'phuoc-hoa'")
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        await commander.press("16", timeout=5)
        assert "nay không còn: phuoc-hoa" in (await commander.sees("Diễn tập chiến đấu")).text
