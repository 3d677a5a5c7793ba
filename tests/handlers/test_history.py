"""/lichsu: a leader's own reports and standing."""

from datetime import date
from pathlib import Path

from bot.domain.people import Role
from tests.handlers.test_duty_report import EDIT, SEND, TOMORROW, report_normally
from tests.house import DAY, House, house


async def correct_sick(home: House) -> None:
    """Correct today's report of the only leader after due: one is sick."""
    leader = await home.box.person(1)
    await home.at("17:05")
    await leader.press(EDIT, timeout=5)
    await leader.press("ốm: 0", timeout=5)
    await leader.sees_button("ốm: 1")
    await leader.press("✔️ Xong")
    await leader.press(SEND, timeout=5)
    await leader.sees("sửa sau hạn")


async def test_a_leader_sees_the_month_with_its_marks_streak_and_corrections(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await correct_sick(home)
        await home.at("15:00", TOMORROW)
        await leader.say("/lichsu")
        told = await leader.sees("Tổng hợp tháng 3/2026")
        assert "phường An Sơn" in told.text
        assert "Báo cáo 1/1 (100 %)" in told.text
        assert "Chuỗi đúng hạn: 1 ngày" in told.text
        assert "16/03 ✅▫️▫️▫️▫️▫️▫️" in told.text
        assert "16/03 lần 1 lúc 17:05 (CHT, sau hạn): ốm 0 → 1" in told.text
        assert told.labels == ("🖼 Trang tháng 3/2026",)


async def test_in_percent_mode_a_correction_names_what_changed_without_heads(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await correct_sick(home)
        await leader.say("/lichsu")
        told = await leader.sees("Tổng hợp tháng")
        assert "(CHT, sau hạn): đổi số vắng" in told.text
        assert "ốm" not in told.text


async def test_months_are_walked_through_in_one_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", date(2026, 4, 2))
        await leader.say("/lichsu")
        shown = await leader.sees("Tổng hợp tháng 4/2026")
        assert shown.labels == ("◀", "🖼 Trang tháng 4/2026", "🖼 Trang tháng 3/2026")
        await leader.press("◀", shown.id)
        before = await leader.sees("Tổng hợp tháng 3/2026")
        assert (before.id, before.labels) == (shown.id, ("▶", "🖼 Trang tháng 3/2026"))
        await leader.press("▶", shown.id)
        assert (await leader.sees("Tổng hợp tháng 4/2026")).id == shown.id


async def test_who_leads_several_units_chooses_first(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say(f"/start {await home.invitation(Role.ACTING, 'An Xuân')}")
        await leader.sees("Quyền chỉ huy đơn vị")
        await leader.say("/lichsu")
        asked = await leader.sees("Đồng chí chọn đơn vị cần xem.")
        assert asked.labels == ("phường An Sơn", "phường An Xuân")
        await leader.press("phường An Xuân")
        month = await leader.sees("Tổng hợp tháng 3/2026")
        assert "phường An Xuân" in month.text
        await leader.press("🏢 Đơn vị khác", month.id)
        assert (await leader.sees("Đồng chí chọn đơn vị cần xem.")).id == asked.id


async def test_another_units_history_is_not_shown(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/lichsu")
        shown = await leader.sees("phường An Sơn")
        (other,) = await home.rows("SELECT id FROM unit WHERE short_name = 'An Xuân'")
        await leader.forge(f"h:{DAY:%Y%m%d}:{other[0]}", shown.id)
        await leader.forge("h:nothing", shown.id)
        await home.box.idle()
        assert (await leader.toasts())[-2:] == [
            "Nút này không thuộc vai trò của đồng chí.",
            "Nút này không còn dùng được. Đồng chí gõ /trogiup để xem các lệnh.",
        ]
        assert "phường An Xuân" not in (await leader.last()).text


async def test_a_commander_has_no_unit_of_his_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/lichsu")
        await commander.sees("Lệnh này không thuộc vai trò của đồng chí")
