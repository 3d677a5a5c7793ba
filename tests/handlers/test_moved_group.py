"""A command group that becomes a supergroup, while incidents are open and announcements are counted."""

from pathlib import Path

import pytest

from bot.domain.people import Role
from sandbox.people import Group, Person
from tests.handlers.test_announcements import ALL, RECEIVED
from tests.handlers.test_announcements import SEND as ANNOUNCE
from tests.handlers.test_incidents import ACKNOWLEDGE, CLOSE, NOBODY_YET, sent
from tests.handlers.test_schedules import pressed, says
from tests.house import House, house


async def _basic_group(home: House, *others: Person) -> Group:
    admin = await home.admin()
    group = await home.box.group("Nhóm chỉ huy", [admin, *others], kind="group")
    await admin.say("/nhom", chat=group)
    await group.sees("nhóm chỉ huy của")
    return group


async def _nothing_lost(home: House) -> None:
    await home.settled()
    lost = "SELECT kind, key FROM outbox WHERE state IN ('refused', 'doubtful', 'expired')"
    assert await home.rows(lost) == []


async def test_an_open_incident_is_taken_on_and_closed_in_the_new_place(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await _basic_group(home, commander)
        await sent(leader)
        await group.sees("Vụ việc: nghiêm trọng")
        moved = await group.migrate()
        await home.settled()
        await home.at("09:06")
        again = await moved.sees(NOBODY_YET)
        assert again.labels == (ACKNOWLEDGE,)
        await commander.press(ACKNOWLEDGE, again.id, moved)
        taken = await moved.sees("Chỉ huy đã nhận lúc 09:06")
        assert CLOSE in taken.labels
        await leader.sees("Chỉ huy đã nhận lúc 09:06")
        await commander.press(CLOSE, taken.id, moved)
        await commander.sees("Đóng vụ việc của phường An Sơn")
        await says(commander, "đã dọn", "Đã đóng lúc")
        await moved.sees("Đã đóng lúc 09:06 (Chỉ huy): đã dọn")
        await _nothing_lost(home)
        open_buttons = [m.labels for m in await moved.messages() if "🚨" in m.text and m.labels]
        assert open_buttons == []


async def test_an_incident_acknowledged_elsewhere_shows_so_in_the_new_place(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await _basic_group(home)
        await sent(leader)
        await group.sees("Vụ việc: nghiêm trọng")
        await home.at("09:11")
        private = await commander.sees(NOBODY_YET)
        moved = await group.migrate()
        await home.settled()
        await commander.press(ACKNOWLEDGE, private.id)
        shown = await moved.sees("Chỉ huy đã nhận lúc 09:11")
        assert shown.labels == (CLOSE,)
        await _nothing_lost(home)


async def test_an_incident_that_waits_for_the_group_reaches_its_new_place(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await _basic_group(home)
        await home.settled()
        await home.box.fault("sendMessage", "reset", times=None, chat_id=group.id)
        await sent(leader)
        moved = await group.migrate()
        await home.box.clear_faults()
        shown = await moved.sees("Vụ việc: nghiêm trọng", timeout=10)
        assert shown.labels == (ACKNOWLEDGE,)


@pytest.mark.parametrize("is_known", [True, False], ids=["told", "found out by an edit"])
async def test_the_count_of_an_announcement_goes_on_in_the_new_place(
    tmp_path: Path, *, is_known: bool
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await _basic_group(home)
        await says(commander, "/thongbao")
        await says(commander, "họp lúc 8:00", "Gửi thông báo cho ai")
        await pressed(commander, ALL)
        await pressed(commander, ANNOUNCE)
        await leader.sees("họp lúc 8:00")
        await group.sees("0/1 đã nhận")
        await home.settled()
        moved = await group.migrate()
        if is_known:
            await home.settled()
        await leader.press(RECEIVED)
        await home.at("09:01")
        await moved.sees("1/1 đã nhận", timeout=10)
        await _nothing_lost(home)
