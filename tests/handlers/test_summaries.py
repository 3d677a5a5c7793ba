"""What the command group asks: /tonghop, /conthieu, /trogiup, /ngonngu, /huy."""

from pathlib import Path

from bot.domain.people import Role
from tests.handlers.test_duty_report import NORMAL, SEND, TOMORROW, report_normally
from tests.house import house


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
