"""A locked day that takes reports once more."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.admin_payloads import ReopenPress, ReopenStep
from sandbox.people import Person
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_duty_report import EDIT, NORMAL, SEND, report_normally
from tests.handlers.test_schedules import hears, pressed, says, second_admin
from tests.house import DAY, House, house

REOPEN_DAY = "🔓 Mở lại ngày đã chốt"
REOPEN = "🔓 Mở lại"
TOMORROW = DAY + timedelta(days=1)
ALL = "Tất cả đơn vị"


async def asked_why(admin: Person, whom: str = ALL, hours: str = "1 giờ") -> None:
    """Choose the 16th, for whom and for how long."""
    await says(admin, "/lich")
    await pressed(admin, REOPEN_DAY, "Mở lại ngày nào")
    await pressed(admin, "16/03/2026", "cho đơn vị nào")
    await pressed(admin, whom, "trong bao lâu")
    await pressed(admin, hours, "gõ lý do")


async def reopenings(home: House) -> int:
    return await home.count("SELECT count(*) FROM reopening")


async def test_a_reopened_day_takes_a_late_report_until_it_is_locked_again(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("09:00", TOMORROW)
        await asked_why(admin, "An Sơn", "4 giờ")
        card = await says(admin, "mất <b>mạng</b>", "Chưa mở")
        assert "Cho: phường An Sơn" in card
        assert "Lý do: mất <b>mạng</b>" in card
        assert await reopenings(home) == 0
        await pressed(admin, REOPEN, "Đã mở lại ngày 16/03/2026")
        told = await leader.sees("Ngày 16/03/2026 được mở lại đến 13:00 ngày 17/03/2026")
        assert "Lý do: mất <b>mạng</b>" in told.text
        await leader.press(NORMAL, told.id)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "muộn" in receipt.text
        assert "16/03/2026" in receipt.text
        await home.box.idle()
        assert not [m for m in await other.messages() if "được mở lại" in m.text]
        await home.at("13:05", TOMORROW)
        await leader.press(EDIT, receipt.id)
        await hears(home, leader, "đã chốt lúc 13:00 ngày 17/03/2026")
        await says(other, "/baocao 16/3", "đã chốt lúc 20:00")


async def test_everybody_is_told_once_and_who_has_reported_may_correct(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Phú", id=2)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("21:00")
        await asked_why(admin)
        await says(admin, "bổ sung", "Cho: tất cả đơn vị")
        await pressed(admin, REOPEN, "Số đơn vị được mở: 13")
        told = await leader.sees("được mở lại đến 22:00")
        assert "Đã có báo cáo" in told.text
        assert told.labels == (EDIT,)
        await deputy.sees("được mở lại đến 22:00")
        for _ in range(3):
            await home.at("21:10")
        await home.box.idle()
        for person in (leader, deputy):
            assert sum("được mở lại" in m.text for m in await person.messages()) == 1


async def test_a_reopening_is_in_the_audit_with_its_reason(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("21:00")
        await asked_why(admin)
        await says(admin, "bổ sung", "Chưa mở")
        await pressed(admin, REOPEN, "Đã mở lại")
        ((action, role, reason, after),) = await home.rows(
            "SELECT action, role, reason, after FROM audit"
        )
        assert (action, role, reason) == ("report.reopen", "admin", "bổ sung")
        assert '"day": "2026-03-16"' in after


async def test_a_reason_is_required_and_may_be_typed_again_until_the_card_is_pressed(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("21:00")
        await asked_why(admin)
        await says(admin, "x" * 121, "Lý do phải có")
        await says(admin, "lý do sai", "Lý do: lý do sai")
        old = await admin.sees_button(REOPEN)
        await says(admin, "lý do đúng", "Lý do: lý do đúng")
        await admin.press(REOPEN, old.id)
        await admin.sees("Thẻ này đã cũ")
        assert await reopenings(home) == 0
        await pressed(admin, REOPEN, "Đã mở lại")
        assert await home.rows("SELECT reason FROM reopening") == [("lý do đúng",)]


async def test_a_card_that_was_left_reopens_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("21:00")
        await asked_why(admin)
        await says(admin, "bổ sung", "Chưa mở")
        await says(admin, "/trogiup")
        await pressed(admin, REOPEN, "Thẻ này đã cũ")
        assert await reopenings(home) == 0


async def test_two_admins_reopen_the_same_day_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first, second = await home.admin(), await second_admin(home)
        await home.at("21:00")
        for admin in (first, second):
            await asked_why(admin)
            await says(admin, "bổ sung", "Chưa mở")
        await pressed(first, REOPEN, "Đã mở lại")
        await pressed(second, REOPEN, "đang nhận báo cáo đến 22:00, không cần mở lại")
        assert await reopenings(home) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("17/3", "đang nhận báo cáo đến 20:00, không cần mở lại"),
        ("18/3", "chưa đến"),
        ("15/3", "báo cáo tính từ ngày 16/03/2026"),
        ("hôm kia", "Tôi không hiểu ngày “hôm kia”"),
        ("<b>", "Tôi không hiểu ngày “<b>”"),
    ],
)
async def test_a_typed_day_that_cannot_be_reopened_says_why_and_may_be_typed_again(
    tmp_path: Path, typed: str, words: str
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("09:00", TOMORROW)
        await says(admin, "/lich")
        await pressed(admin, REOPEN_DAY, "Mở lại ngày nào")
        await pressed(admin, "✏️ Ngày khác", "gõ ngày")
        await says(admin, typed, words)
        await says(admin, "16/3", "cho đơn vị nào")


async def test_neither_exempt_units_nor_those_that_were_not_there_are_reopened(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam 16/3 An Sơn: nghỉ", "Đã miễn")
        async with home.database.transaction() as session:
            await session.run(
                "UPDATE unit SET valid_from = ? WHERE short_name = 'An Phú'",
                (TOMORROW.isoformat(),),
            )
        await home.at("21:00", TOMORROW)
        await says(admin, "/lich")
        await pressed(admin, REOPEN_DAY, "Mở lại ngày nào")
        await pressed(admin, "16/03/2026", "cho đơn vị nào")
        listed = await admin.sees_button("An Sơn")
        assert "An Phú" not in listed.labels
        an_phu = (await home.rows("SELECT id FROM unit WHERE short_name = 'An Phú'"))[0][0]
        forged = ReopenPress(ReopenStep.HOURS, DAY, an_phu).pack()
        await pressed(admin, "An Sơn", "được miễn báo cáo (nghỉ) nên không mở lại")
        await admin.forge(forged, listed.id)
        await admin.sees("Ngày 16/03/2026 không có đơn vị này")
        assert await reopenings(home) == 0


async def test_only_locked_days_are_offered(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/lich")
        await pressed(admin, REOPEN_DAY, "Chưa có ngày nào đã chốt")
        await home.at("21:00", TOMORROW)
        await says(admin, "/lich")
        await pressed(admin, REOPEN_DAY, "Mở lại ngày nào")
        days = (await admin.sees_button("16/03/2026")).labels
        assert days == ("17/03/2026", "16/03/2026", "✏️ Ngày khác", "❌ Hủy")


async def test_a_leader_cannot_reopen_by_forging_an_admins_button(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("21:00")
        line = await leader.last()
        for step in ReopenStep:
            data = ReopenPress(step, DAY, None, 1).pack()
            assert await toast_after(home, leader, data, line.id) == NOT_ALLOWED
        assert await reopenings(home) == 0


@pytest.mark.parametrize(
    "data",
    [
        "ro:",
        "ro:whom:::1::0",
        "ro:ask:20260316::9::0",
        "ro:ask:20261316::1::0",
        "ro:explode:20260316::1::0",
        "ro:open:20260316::1:zz:0",
    ],
)
async def test_forged_buttons_are_called_stale(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/lich")
        assert await toast_after(home, admin, data, (await admin.last()).id) == STALE
        assert await reopenings(home) == 0


async def test_a_forged_reopening_without_a_reason_does_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("21:00")
        await says(admin, "/lich")
        data = ReopenPress(ReopenStep.REOPEN, DAY, None, 24, "e3b0c442").pack()
        await admin.forge(data, (await admin.last()).id)
        await admin.sees("Thẻ này đã cũ")
        assert await reopenings(home) == 0
