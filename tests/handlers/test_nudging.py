"""/conthieu with its buttons, and /nhacnho: a commander asks for what is missing."""

from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.payloads import NudgePress
from sandbox.people import Person
from tests import builders
from tests.handlers.test_duty_report import NORMAL, SEND, TOMORROW, report_normally
from tests.house import DAY, House, house

NUDGE = "🔔 An Sơn"
NUDGED = "🔔 Chỉ huy nhắc"


async def asked(person: Person) -> int:
    """How many nudges have reached the person."""
    return sum(NUDGED in m.text for m in await person.messages())


async def toast(home: House, person: Person) -> str:
    await home.box.idle()
    return (await person.toasts())[-1]


async def test_one_tap_asks_everybody_of_the_unit_and_the_list_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        other = await home.join(Role.LEADER, "An Phú", id=3)
        await home.at("15:40")
        await commander.say("/conthieu")
        shown = await commander.sees("Chưa báo cáo 13/13")
        assert "phường An Mỹ — không có ai nhận tin" in shown.text
        assert len(shown.labels) == 13
        await commander.press(NUDGE, timeout=5)
        listed = await commander.sees("phường An Sơn — đã nhắc 15:40 (Chỉ huy)")
        assert listed.id == shown.id
        assert NUDGE in listed.labels
        for person in (leader, deputy):
            form = await person.sees(NUDGED)
            assert NORMAL in form.labels
        assert await toast(home, commander) == "🔔 Đã nhắc An Sơn."
        assert await asked(other) == 0
        ((unit, person_id),) = await home.rows("SELECT unit_id, person_id FROM nudge")
        assert await home.rows("SELECT short_name FROM unit WHERE id = ?", unit) == [("An Sơn",)]
        assert await home.rows("SELECT telegram_id FROM person WHERE id = ?", person_id) == [(9,)]


async def test_a_nudged_form_takes_the_report_and_closes_the_others(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:40")
        await commander.say("/conthieu")
        await commander.press(NUDGE, timeout=5)
        form = await leader.sees(NUDGED)
        await deputy.sees(NUDGED)
        await leader.press(NORMAL, form.id)
        await leader.press(SEND, timeout=5)
        assert (await leader.sees("Đã nhận báo cáo")).id == form.id
        await deputy.sees("Đã có báo cáo")
        await home.box.idle()
        assert not [m for m in await deputy.messages() if NORMAL in m.labels]


async def test_the_same_unit_is_not_asked_again_within_ten_minutes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:40")
        await commander.say("/conthieu")
        await commander.press(NUDGE, timeout=5)
        await leader.sees(NUDGED)
        await home.at("15:49")
        await commander.press(NUDGE)
        assert "An Sơn đã nhắc 15:40 (Chỉ huy). Nhắc lại được từ 15:5" in await toast(
            home, commander
        )
        assert await asked(leader) == 1
        await home.at("15:51")
        await commander.press(NUDGE)
        await commander.sees("đã nhắc 15:51")
        await home.box.idle()
        assert await asked(leader) == 2


async def test_a_unit_that_has_reported_meanwhile_leaves_the_list(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:40")
        await commander.say("/conthieu")
        await commander.sees_button(NUDGE)
        await report_normally(leader)
        await commander.press(NUDGE)
        listed = await commander.sees("Chưa báo cáo 12/13")
        assert NUDGE not in listed.labels
        assert "An Sơn" not in listed.text
        assert await toast(home, commander) == "An Sơn đã báo cáo lúc 15:40."
        assert await asked(leader) == 0


async def test_where_nobody_gets_messages_the_commander_is_told_to_telephone(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.at("15:40")
        await commander.say("/conthieu")
        await commander.press(NUDGE, timeout=5)
        told = await toast(home, commander)
        assert told == "An Sơn không có ai nhận tin. Đồng chí gọi điện cho đơn vị."
        assert await home.count("SELECT count(*) FROM nudge") == 0


@pytest.mark.parametrize(
    ("clock_time", "told", "shown"),
    [
        ("15:00", "Chưa đến giờ báo cáo: An Sơn mở lúc 15:30.", "Chưa đến giờ báo cáo"),
        ("20:00", "Ngày 16/03/2026 đã chốt lúc 20:00, không nhắc nữa.", "Đã chốt lúc 20:00"),
    ],
)
async def test_outside_the_window_nobody_is_asked(
    tmp_path: Path, clock_time: str, told: str, shown: str
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at(clock_time)
        await commander.say("/conthieu")
        listed = await commander.sees(shown)
        assert listed.labels == ()
        (unit,) = (row[0] for row in await home.rows("SELECT id FROM unit WHERE code = 'an-son'"))
        await commander.forge(NudgePress(DAY, unit).pack(), listed.id)
        assert await toast(home, commander) == told
        assert await asked(leader) == 0


async def test_an_old_list_shows_how_its_day_ended_and_loses_its_buttons(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:40")
        await commander.say("/conthieu")
        await commander.sees_button(NUDGE)
        await home.at("16:00", TOMORROW)
        await commander.press(NUDGE)
        listed = await commander.sees("Đã chốt lúc 20:00")
        assert "Ngày 16/03/2026" in listed.text
        assert listed.labels == ()
        assert "không nhắc nữa" in await toast(home, commander)


async def test_in_the_command_group_only_those_with_the_right_can_nudge(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        stranger = await home.box.person(77)
        group = await home.box.group("Nhóm chỉ huy", [admin, leader, stranger])
        await admin.say("/nhom", chat=group)
        await home.at("15:40")
        await admin.say("/conthieu", chat=group)
        await leader.sees_button(NUDGE, chat=group)
        await leader.press(NUDGE, chat=group)
        assert await toast(home, leader) == "Nút này không thuộc vai trò của đồng chí."
        await stranger.press(NUDGE, chat=group)
        assert "chỉ dành cho người được mời" in await toast(home, stranger)
        assert await asked(leader) == 0
        await admin.press(NUDGE, chat=group)
        await group.sees("phường An Sơn — đã nhắc 15:40 (Quản trị)")
        await leader.sees(NUDGED)


async def test_a_waiting_nudge_is_silent_once_the_report_is_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:40")
        await deputy.sees("Mời đồng chí")
        await commander.say("/conthieu")
        await commander.sees_button(NUDGE)
        await home.box.fault("sendMessage", "status", times=None, code=500, chat_id=2)
        await commander.press(NUDGE)
        await leader.sees(NUDGED)
        await report_normally(leader)
        await home.box.idle()
        await home.box.clear_faults()
        rows = await home.rows("SELECT state FROM outbox WHERE key LIKE 'nudge:%' AND chat_id = 2")
        assert rows == [("superseded",)]
        assert await asked(deputy) == 0


async def test_nhacnho_asks_all_that_are_missing_and_says_whom_it_passed_over(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, preset="da-nang-2025") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        names = ("Tam Kỳ", "Bàn Thạch", "Quảng Phú")
        leaders = [await home.join(Role.LEADER, name, id=n) for n, name in enumerate(names, 1)]
        await home.at("15:40")
        await report_normally(leaders[2])
        await commander.say("/conthieu")
        await commander.press("🔔 Tam Kỳ", timeout=5)
        await leaders[0].sees(NUDGED)
        await commander.say("/nhacnho")
        told = await commander.sees("Đã nhắc 1 đơn vị")
        assert "Bàn Thạch" in told.text
        assert "không nhắc lại: 1\nTam Kỳ 15:40" in told.text
        assert "đồng chí gọi điện: 1\nHương Trà" in told.text
        assert "Quảng Phú" not in told.text
        await leaders[1].sees(NUDGED)
        await home.box.idle()
        assert [await asked(leader) for leader in leaders] == [1, 1, 0]
        await commander.say("/nhacnho")
        await commander.sees("Không có đơn vị nào để nhắc lúc này")
        await home.box.idle()
        assert [await asked(leader) for leader in leaders] == [1, 1, 0]


@pytest.mark.parametrize(
    ("clock_time", "told"),
    [("15:00", "Chưa đến giờ báo cáo"), ("20:00", "Ngày 16/03/2026 đã chốt lúc 20:00")],
)
async def test_nhacnho_outside_the_window_asks_nobody(
    tmp_path: Path, clock_time: str, told: str
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at(clock_time)
        await commander.say("/nhacnho")
        await commander.sees(told)
        assert await asked(leader) == 0


async def test_more_units_than_a_keyboard_holds_are_counted(tmp_path: Path) -> None:
    async with house(tmp_path, preset=None) as home:
        async with home.database.transaction() as session:
            await builders.command_with_units(session, 120, first_day=DAY)
        commander = await home.join(Role.COMMANDER, id=9)
        await home.at("15:40")
        await commander.say("/conthieu")
        shown = await commander.sees("Chưa báo cáo 120/120")
        assert len(shown.labels) == 98
        assert "Còn 22 đơn vị không đủ chỗ cho nút. Nhắc tất cả: /nhacnho" in shown.text
