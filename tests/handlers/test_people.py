"""/nguoidung: people by position, and what admins change about their roles."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.people_payloads import (
    ActingPress,
    ActingStep,
    PeoplePress,
    PersonPress,
    PersonStep,
)
from sandbox.people import Person
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_duty_report import DETAIL, NORMAL, SEND
from tests.handlers.test_schedules import hears, pressed, says, second_admin
from tests.house import DAY, House, house

AGREE = "✅ Đồng ý"
LIST = "👥 Danh sách người dùng"
ACT = "🪑 Giao quyền CHT"
TOMORROW = DAY + timedelta(days=1)


async def trail(home: House, action: str) -> list[tuple[object, ...]]:
    return await home.rows(
        "SELECT a.role, u.short_name, before, after FROM audit AS a "
        "LEFT JOIN unit AS u ON u.id = a.unit_id WHERE action = ? ORDER BY a.id",
        action,
    )


async def held(home: House, telegram_id: int) -> list[tuple[object, ...]]:
    return await home.rows(
        "SELECT role, first_day, until_day FROM assignment AS a JOIN person AS p "
        "ON p.id = a.person_id WHERE telegram_id = ? AND ended_at IS NULL ORDER BY a.id",
        telegram_id,
    )


async def person_id(home: House, telegram_id: int) -> int:
    return await home.count("SELECT id FROM person WHERE telegram_id = ?", telegram_id)


async def prompts(home: House, person: Person) -> int:
    await home.settled()
    found = [m for m in await person.messages() if "Mời đồng chí báo cáo" in m.text]
    return len(found)


async def test_people_are_listed_by_position_with_unit_and_date_of_joining(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.join(Role.LEADER, "An Sơn", id=1)
        await home.join(Role.LEADER, "An Sơn", id=2)
        await home.join(Role.DEPUTY, "An Phú", id=3)
        await home.join(Role.COMMANDER, id=4)
        told = await says(admin, "/nguoidung", "Người dùng")
        assert told.splitlines()[2:7] == [
            "Chỉ huy, tham gia 16/03/2026",
            "Quản trị, tham gia 16/03/2026",
            "Phó CHT An Phú, tham gia 16/03/2026",
            "CHT An Sơn, tham gia 16/03/2026",
            "CHT An Sơn (2), tham gia 16/03/2026",
        ]
        told = await pressed(admin, "🎖 Phó CHT", "(Phó chỉ huy đơn vị): 1")
        assert "CHT An Sơn" not in told
        await pressed(admin, "👥 Tất cả", "Người dùng: 5")
        await pressed(admin, "🔎 Theo đơn vị", "của đơn vị nào")
        await pressed(admin, "An Sơn", "(phường An Sơn): 2")
        told = await pressed(admin, "CHT An Sơn (2)", "Chỉ huy trưởng đơn vị phường An Sơn")
        assert "từ 16/03/2026" in told
        assert "Nhận được tin." in told


async def test_who_cannot_be_reached_is_shown_with_since_when(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.block()
        await home.settled()
        await says(admin, "/nguoidung", "⚠️ CHT An Sơn")
        await pressed(admin, "CHT An Sơn", "Không nhận được tin từ 15:00 ngày 16/03/2026")


async def test_admins_hear_by_number_which_of_two_cannot_be_reached(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.join(Role.LEADER, "An Sơn", id=1)
        second = await home.join(Role.LEADER, "An Sơn", id=2)
        await second.block()
        await admin.sees("⚠️ CHT An Sơn (2) không nhận được tin")


async def test_a_role_is_ended_and_draft_question_and_rights_go_with_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.sees("Mời đồng chí báo cáo")
        await leader.press(DETAIL, timeout=5)
        form = await leader.sees_button("✔️ Xong")
        assert await home.count("SELECT count(*) FROM draft") == 1
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Sơn", "Nhận được tin")
        card = await pressed(admin, "❌ Kết thúc: CHT An Sơn", "Kết thúc vai trò của CHT An Sơn?")
        assert "hết ngay bây giờ" in card
        assert "không còn ai để hỏi báo cáo" in card
        await pressed(admin, AGREE, "✅ Đã kết thúc: CHT An Sơn")
        await leader.sees("của đồng chí trong hệ thống đã kết thúc")
        assert await home.count("SELECT count(*) FROM draft") == 0
        assert await held(home, 1) == []
        data = form.buttons[0][0].data or ""
        assert await toast_after(home, leader, data, form.id) == NOT_ALLOWED
        await says(leader, "/baocao", "đã hết hạn")
        (entry,) = await trail(home, "role.end")
        assert entry[:2] == ("admin", "An Sơn")
        assert json.loads(str(entry[2]))["role"] == "leader"
        await says(admin, "/nguoidung")
        assert "CHT An Sơn" not in (await admin.last()).text


async def test_two_admins_at_the_same_old_card_end_a_role_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin, other = await home.admin(), await second_admin(home)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        for each in (admin, other):
            await says(each, "/nguoidung")
            await pressed(each, "CHT An Sơn")
            await pressed(each, "❌ Kết thúc: CHT An Sơn", "hết ngay bây giờ")
        await pressed(admin, AGREE, "✅ Đã kết thúc")
        await pressed(other, AGREE, "đã kết thúc rồi")
        await home.settled()
        assert len(await trail(home, "role.end")) == 1
        told = [m for m in await leader.messages() if "đã kết thúc" in m.text]
        assert len(told) == 1


async def test_the_last_admin_stays_unless_the_settings_name_one(tmp_path: Path) -> None:
    async with house(tmp_path, admin_ids=()) as home:
        admin = await home.join(Role.ADMIN, id=901)
        await says(admin, "/nguoidung")
        await pressed(admin, "Quản trị", "Nhận được tin")
        await pressed(admin, "❌ Kết thúc: Quản trị", "quản trị cuối cùng")
        await pressed(admin, "👤 Xem lại", "Nhận được tin")
        await pressed(admin, "🔁 Đổi vai trò: Quản trị", "quản trị cuối cùng")
        mine = await person_id(home, 901)
        seat = await home.count("SELECT id FROM assignment WHERE person_id = ?", mine)
        message = (await admin.last()).id
        await admin.forge(PersonPress(PersonStep.ENDED, mine, seat).pack(), message)
        await home.settled()
        assert await held(home, 901) == [("admin", None, None)]


async def test_an_admin_of_the_settings_is_ended_there_and_another_one_here(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await second_admin(home)
        await says(admin, "/nguoidung")
        await pressed(admin, "Quản trị")
        await pressed(admin, "❌ Kết thúc: Quản trị", "ADMIN_IDS")
        await pressed(admin, "👤 Xem lại")
        await pressed(admin, LIST)
        await pressed(admin, "Quản trị (2)")
        await pressed(admin, "❌ Kết thúc: Quản trị")
        await pressed(admin, AGREE, "✅ Đã kết thúc: Quản trị (2)")


async def test_a_unit_is_handed_over_when_the_successor_accepts(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        successor = await home.box.person(2)
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Sơn")
        await pressed(admin, "🤝 Bàn giao: CHT An Sơn", "Tôi tạo một thư mời")
        told = await pressed(admin, AGREE, "Thư mời")
        assert await held(home, 1) == [("leader", None, None)]
        link = next(line for line in told.splitlines() if line.startswith("https://"))
        await successor.follow(link)
        await successor.sees("vai trò Chỉ huy trưởng đơn vị phường An Sơn")
        await leader.sees("đã kết thúc")
        assert await held(home, 1) == []
        assert await held(home, 2) == [("leader", None, None)]
        (entry,) = await trail(home, "role.hand_over")
        first, second = await person_id(home, 1), await person_id(home, 2)
        assert json.loads(str(entry[2]))["who"] == first
        assert json.loads(str(entry[3]))["who"] == second
        (invited,) = [e for e in await trail(home, "invitation.create") if e[0] == "admin"]
        assert json.loads(str(invited[3]))["replaces"] == first
        assert link.rpartition("=")[2] not in str(await home.rows("SELECT * FROM audit"))
        await home.at("15:30")
        await successor.sees("Mời đồng chí báo cáo")
        assert await prompts(home, leader) == 0


async def test_a_second_hand_over_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin, other = await home.admin(), await second_admin(home)
        await home.join(Role.LEADER, "An Sơn", id=1)
        links = []
        for each in (admin, other):
            await says(each, "/nguoidung")
            await pressed(each, "CHT An Sơn")
            await pressed(each, "🤝 Bàn giao: CHT An Sơn")
        for each in (admin, other):
            told = await pressed(each, AGREE, "Thư mời")
            links.append(next(line for line in told.splitlines() if line.startswith("https://")))
        late, successor = await home.box.person(2), await home.box.person(3)
        await late.follow(links[0])
        await late.sees("Thư mời đã hết hạn")
        await successor.follow(links[1])
        await successor.sees("Chào đồng chí")
        assert await held(home, 1) == []
        assert await held(home, 3) == [("leader", None, None)]


async def test_the_predecessor_who_opens_the_link_stays_in_place(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Sơn")
        await pressed(admin, "🤝 Bàn giao: CHT An Sơn")
        told = await pressed(admin, AGREE, "Thư mời")
        link = next(line for line in told.splitlines() if line.startswith("https://"))
        await leader.follow(link)
        await home.settled()
        assert await held(home, 1) == [("leader", None, None)]


async def test_a_deputy_becomes_leader_by_one_card(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=1)
        await says(admin, "/nguoidung")
        await pressed(admin, "Phó CHT An Sơn")
        await pressed(admin, "🔁 Đổi vai trò: Phó CHT An Sơn", "Đổi thành")
        await pressed(admin, "Chỉ huy trưởng đơn vị", "Sẽ là")
        await pressed(admin, AGREE, "✅ Đã đổi")
        await deputy.sees("Từ nay đồng chí giữ vai trò Chỉ huy trưởng đơn vị phường An Sơn")
        assert await held(home, 1) == [("leader", None, None)]
        assert len(await trail(home, "role.change")) == 1


async def test_an_acting_leader_is_asked_exactly_on_the_days(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        actor = await home.join(Role.LEADER, "An Phú", id=1)
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Phú")
        await pressed(admin, ACT, "của đơn vị nào")
        await pressed(admin, "An Sơn", "những ngày nào")
        await says(admin, "hôm kia", "Tôi không hiểu ngày")
        await says(admin, "15/3-18/3", "Ngày đầu đã qua")
        await says(admin, "18/3-17/3", "Ngày đầu sau ngày cuối")
        await says(admin, "17/3-16/3/2029", "nhiều nhất một năm")
        card = await says(admin, "17/3-18/3", "Giao quyền CHT phường An Sơn")
        assert "Từ 17/03/2026 đến hết 18/03/2026" in card
        await pressed(admin, AGREE, "✅ Đã giao")
        await actor.sees("Đồng chí được giao quyền CHT phường An Sơn")
        assert ("acting", "2026-03-17", "2026-03-18") in await held(home, 1)
        asked = []
        for n in range(4):
            day = DAY + timedelta(days=n)
            before = len(await actor.messages())
            await home.at("15:30", day)
            await home.settled()
            new = (await actor.messages())[before:]
            asked.append(any("An Sơn" in m.text and "Mời" in m.text for m in new))
        assert asked == [False, True, True, False]
        await says(actor, "/baocao", "An Phú")


async def test_a_report_of_an_acting_leader_says_for_whom(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=1)
        await says(admin, "/nguoidung")
        await pressed(admin, "Phó CHT An Sơn")
        await pressed(admin, ACT)
        await pressed(admin, "An Sơn", "những ngày nào")
        await pressed(admin, "Ngày 16/03/2026", "Giao quyền")
        await pressed(admin, AGREE, "✅ Đã giao")
        await deputy.sees("giao quyền")
        await home.at("15:30")
        await deputy.sees("Mời đồng chí báo cáo")
        await deputy.press(NORMAL, timeout=5)
        await deputy.press(SEND, timeout=5)
        await deputy.sees("Đã nhận báo cáo")
        assert await home.rows("SELECT role FROM report_revision") == [("acting",)]


async def test_whose_only_role_is_to_come_is_told_from_when(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        actor = await home.join(Role.LEADER, "An Phú", id=1)
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Phú")
        await pressed(admin, ACT)
        await pressed(admin, "An Sơn")
        await says(admin, "18/3", "Giao quyền")
        await pressed(admin, AGREE, "✅ Đã giao")
        await pressed(admin, "👤 Xem lại", "chưa đến ngày")
        await pressed(admin, "❌ Kết thúc: CHT An Phú")
        await pressed(admin, AGREE, "✅ Đã kết thúc")
        await actor.sees("đã kết thúc")
        await says(actor, "/baocao", "bắt đầu từ ngày 18/03/2026")
        await home.at("15:30", DAY + timedelta(days=2))
        await actor.sees("Mời đồng chí báo cáo")


async def test_who_keeps_another_role_finds_the_old_form_closed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say(f"/start {await home.invitation(Role.LEADER, 'An Phú')}")
        await leader.sees("phường An Phú")
        await home.at("15:30")
        await leader.sees("Mời đồng chí báo cáo")
        await home.settled()
        asked = [m for m in await leader.messages() if "phường An Sơn" in m.text and m.buttons]
        (form,) = asked
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Sơn")
        await pressed(admin, "❌ Kết thúc: CHT An Sơn")
        await pressed(admin, AGREE, "✅ Đã kết thúc")
        await leader.forge(form.buttons[0][0].data or "", form.id)
        closed = await leader.sees("không còn phụ trách đơn vị này")
        assert closed.id == form.id
        assert closed.labels == ()


async def test_what_was_being_asked_of_somebody_who_left_is_no_longer_asked(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin, other = await home.admin(), await second_admin(home)
        await says(other, "/donvi")
        await pressed(other, "➕ Thêm đơn vị", "gõ tên đơn vị mới")
        await says(admin, "/nguoidung")
        await pressed(admin, "Quản trị (2)")
        await pressed(admin, "❌ Kết thúc: Quản trị")
        await pressed(admin, AGREE, "✅ Đã kết thúc")
        assert await home.count("SELECT count(*) FROM awaited_text") == 0


async def test_the_same_days_cannot_be_given_twice(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin, other = await home.admin(), await second_admin(home)
        await home.join(Role.DEPUTY, "An Sơn", id=1)
        for each in (admin, other):
            await says(each, "/nguoidung")
            await pressed(each, "Phó CHT An Sơn")
            await pressed(each, ACT)
            await pressed(each, "An Sơn")
            await pressed(each, "Ngày 17/03/2026", "Giao quyền")
        await pressed(admin, AGREE, "✅ Đã giao")
        await pressed(other, AGREE, "đã là CHT hoặc quyền CHT")
        assert len(await trail(home, "role.acting")) == 1


@pytest.mark.parametrize(
    "forged",
    [
        PersonPress(PersonStep.VIEW, 999).pack(),
        PersonPress(PersonStep.ENDED, 1, 999).pack(),
        PersonPress(PersonStep.ENDED, 999, 1).pack(),
        PersonPress(PersonStep.CHANGED, 2, 2, Role.ADMIN).pack(),
        PersonPress(PersonStep.HANDED, 1, 1).pack(),
        ActingPress(ActingStep.SAVE, 999, 1, DAY, DAY).pack(),
        "pv:ended:1",
        "pv:view:1:1:",
        "pa:save:1:1:20261399:20260316:0",
        "pl:list:god::0",
    ],
)
async def test_forged_presses_change_nothing(tmp_path: Path, forged: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.join(Role.LEADER, "An Sơn", id=1)
        message = await admin.last()
        before = await home.rows("SELECT * FROM assignment")
        assert await toast_after(home, admin, forged, message.id) == STALE
        assert await home.rows("SELECT * FROM assignment") == before


async def test_only_admins_see_and_change_people(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=2)
        await says(commander, "/nguoidung", "không thuộc vai trò")
        message = await commander.last()
        for data in (PeoplePress().pack(), PersonPress(PersonStep.ENDED, 1, 1).pack()):
            assert await toast_after(home, commander, data, message.id) == NOT_ALLOWED


async def test_a_long_list_is_paged(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        async with home.database.transaction() as session:
            for n in range(65):
                await session.run(
                    "INSERT INTO person (telegram_id, language) VALUES (?, 'vi')", (5000 + n,)
                )
                await session.run(
                    "INSERT INTO assignment (person_id, role, unit_id, since_at) "
                    "VALUES (last_insert_rowid(), 'deputy', 3, 0)"
                )
        await says(admin, "/nguoidung", "Người dùng: 66")
        await pressed(admin, "Trang sau ▶️", "Phó CHT An Sơn (39)")
        await pressed(admin, "Trang sau ▶️", "Phó CHT An Sơn (59)")
        await pressed(admin, "Trang sau ▶️", "Phó CHT An Sơn (65)")
        assert "Trang sau ▶️" not in (await admin.last()).labels
        await hears(home, admin, "")
