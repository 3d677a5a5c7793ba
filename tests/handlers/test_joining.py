"""Coming in by invitation, the command group, and what strangers learn: nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import RIGHTS, Role
from bot.screens.commands import COMMANDS
from sandbox.people import Person
from storage import people
from tests.handlers.test_schedules import pressed, says
from tests.house import ADMIN_ID, DAY, House, house, moved_in

STRANGER = "Hệ thống chỉ dành cho người được mời"


async def members(home: House) -> int:
    return await home.count("SELECT count(*) FROM person")


async def test_an_invitation_lets_one_person_in_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        token = await home.invitation(Role.LEADER, "An Sơn")
        leader, other = await home.box.person(1), await home.box.person(2)
        await leader.say(f"/start {token}")
        welcome = await leader.sees("Chào đồng chí")
        assert "Chỉ huy trưởng đơn vị phường An Sơn" in welcome.text
        await leader.say(f"/start {token}")
        await leader.sees("đã tham gia bằng thư mời này")
        await other.say(f"/start {token}")
        await other.sees("Thư mời này đã được dùng")
        assert await members(home) == 1
        assert await home.count("SELECT count(*) FROM assignment") == 1


async def test_an_expired_invitation_says_so_and_lets_nobody_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        token = await home.invitation(Role.COMMANDER)
        await home.box.jump(timedelta(hours=48, seconds=1))
        late = await home.box.person(1)
        await late.say(f"/start {token}")
        await late.sees("Thư mời đã hết hạn")
        assert await members(home) == 0


async def invited_to_act(admin: Person, typed: str) -> str:
    """Go through /thumoi to the invitation to act for An Sơn's leader, and return its token."""
    await says(admin, "/thumoi")
    await pressed(admin, "Quyền chỉ huy đơn vị", "cho đơn vị nào")
    await pressed(admin, "An Sơn", "Người được mời quyền CHT phường An Sơn những ngày nào")
    await says(admin, typed, "Người: Người được mời")
    told = await pressed(admin, "✅ Đồng ý", "Thư mời")
    return told.split("?start=")[1].split()[0]


async def test_who_is_invited_to_act_for_days_leads_the_unit_on_these_and_no_other(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        token = await invited_to_act(admin, "17/3-18/3")
        (told,) = [m.text for m in await admin.messages() if "?start=" in m.text]
        assert "từ 17/03/2026 đến hết ngày 18/03/2026" in told
        actor = await home.box.person(1)
        await actor.say(f"/start {token}")
        welcome = await actor.sees("Chào đồng chí")
        assert "phường An Sơn (từ 17/03/2026 đến hết ngày 18/03/2026)" in welcome.text
        await actor.sees("bắt đầu từ")
        asked = []
        for n in range(4):
            before = len(await actor.messages())
            await home.at("15:30", DAY + timedelta(days=n))
            await home.settled()
            new = (await actor.messages())[before:]
            asked.append(any("Mời đồng chí báo cáo" in m.text for m in new))
        assert asked == [False, True, True, False]


async def test_days_to_act_are_judged_as_in_nguoidung(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/thumoi")
        await pressed(admin, "Quyền chỉ huy đơn vị")
        await pressed(admin, "An Sơn", "những ngày nào")
        await says(admin, "hôm kia", "Tôi không hiểu ngày")
        await says(admin, "15/3-18/3", "Ngày đầu đã qua")
        await says(admin, "18/3-17/3", "Ngày đầu sau ngày cuối")
        await says(admin, "17/3-16/3/2029", "nhiều nhất một năm")
        await says(admin, "17/3", "Giao quyền CHT phường An Sơn")
        await pressed(admin, "❌ Hủy", "cho đơn vị nào")
        assert await home.count("SELECT count(*) FROM invitation") == 0


async def test_a_card_that_waited_for_too_long_invites_nobody(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/thumoi")
        await pressed(admin, "Quyền chỉ huy đơn vị")
        await pressed(admin, "An Sơn")
        await pressed(admin, "Ngày 16/03/2026", "Người: Người được mời")
        await home.at("00:01", DAY + timedelta(days=1))
        await pressed(admin, "✅ Đồng ý", "Ngày đầu đã qua")
        await pressed(admin, "❌ Hủy", "cho đơn vị nào")
        assert await home.count("SELECT count(*) FROM invitation") == 0


async def test_who_leads_the_unit_needs_no_invitation_to_act_and_leaves_it_to_another(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        token = await invited_to_act(admin, "17/3")
        await leader.say(f"/start {token}")
        await leader.sees("đã là CHT hoặc quyền CHT của đơn vị rồi")
        assert await home.count("SELECT count(*) FROM assignment WHERE role = 'acting'") == 0
        other = await home.box.person(2)
        await other.say(f"/start {token}")
        await other.sees("Chào đồng chí")


async def test_the_database_does_not_hold_what_opens_the_door(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        token = await home.invitation(Role.ADMIN)
        stored = await home.rows("SELECT * FROM invitation")
        assert token not in str(stored)


async def test_a_stranger_gets_one_polite_line_and_learns_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        stranger = await home.box.person(66)
        words = [
            "xin chào",
            "/start",
            "/start abc",
            "/trogiup",
            *(f"/{c}" for c in COMMANDS.values()),
        ]
        for word in words:
            await stranger.say(word)
        await stranger.send_photo()
        await home.box.idle()
        heard = [m.text for m in await stranger.messages() if m.from_bot]
        assert len(heard) == 1
        assert STRANGER in heard[0]
        assert await members(home) == 0
        assert await home.count("SELECT count(*) FROM handled_update WHERE error_id NOT NULL") == 0
        assert [name for name, _ in await stranger.commands()] == ["start", "trogiup"]


async def test_an_admin_invites_by_buttons_and_the_link_works(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await admin.say("/thumoi")
        await admin.press("Phó chỉ huy đơn vị", timeout=5)
        await admin.press("Tam Phú", timeout=5)
        told = await admin.sees("dùng một lần")
        link = next(word for word in told.text.split() if word.startswith("https://t.me/"))
        deputy = await home.box.person(3)
        await deputy.follow(link)
        await deputy.sees("Phó chỉ huy đơn vị xã Tam Phú")


async def test_the_group_becomes_the_command_group_by_an_admin_only(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        commander = await home.join(Role.COMMANDER, id=5)
        group = await home.box.group("Nhóm", [admin, commander])
        await commander.say("/nhom", chat=group)
        await group.sees("không thuộc vai trò")
        assert await home.rows("SELECT group_chat_id FROM command") == [(None,)]
        await admin.say("/nhom")
        await admin.sees("Lệnh này dùng trong nhóm")
        await admin.say("/nhom", chat=group)
        await group.sees("nay là nhóm chỉ huy của Ban CHQS thành phố Tam Kỳ")
        assert await home.rows("SELECT group_chat_id FROM command") == [(group.id,)]
        await home.box.idle()
        listed = [name for name, _ in await commander.commands(chat=group)]
        assert listed == ["tonghop", "conthieu", "trogiup"]


async def test_a_topic_can_be_the_place_for_digests(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm", [admin], topics=("Trực ban",))
        thread = group.topics["Trực ban"]
        await admin.say("/nhom", chat=group, thread=thread)
        await group.sees("nhóm chỉ huy")
        await home.at("16:30")
        digest = await group.sees("Báo cáo 0/13")
        assert digest.thread == thread


async def test_each_role_lists_the_commands_that_it_may_use(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for number, role in enumerate(Role, 1):
            unit = "An Sơn" if role.leads_unit else None
            person = await home.join(role, unit, id=number)
            await home.box.idle()
            listed = {name for name, _ in await person.commands()}
            assert listed == {name for action, name in COMMANDS.items() if role in RIGHTS[action]}


@pytest.mark.parametrize("role", list(Role))
async def test_every_command_is_refused_to_the_roles_that_the_table_leaves_out(
    tmp_path: Path, role: Role
) -> None:
    async with house(tmp_path) as home:
        unit = "An Sơn" if role.leads_unit else None
        person = await home.join(role, unit, id=1)
        for action, name in COMMANDS.items():
            await person.say(f"/{name}")
            await home.settled()
            refused = "không thuộc vai trò" in (await person.last()).text
            assert refused == (role not in RIGHTS[action]), name


async def test_private_commands_are_not_answered_with_content_in_a_group(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        await admin.say("/thumoi", chat=group)
        await group.sees("nhắn riêng cho tôi lệnh này")


async def test_who_is_taken_out_of_the_settings_is_an_admin_no_longer(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        home.stop.set()
        await home.task
        without = home.settings.model_copy(update={"admin_ids": ()})
        async with moved_in(home.box, without) as back:
            await admin.say("/thumoi")
            await back.box.idle()
            assert "xin quản trị thư mời mới" in (await admin.last()).text


async def test_an_invited_admin_whose_days_are_over_stays_one_by_the_settings(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.box.person(ADMIN_ID)
        async with home.database.transaction() as session:
            person_id = await people.add(session, ADMIN_ID, "vi")
            since = home.moment("00:00") - timedelta(days=9)
            until = DAY - timedelta(days=1)
            await people.add_assignment(session, person_id, Role.ADMIN, None, since, until)
        await admin.say("/thumoi")
        await admin.sees("Mời người giữ vai trò nào")


async def test_an_invitation_that_was_sent_lies_nowhere_in_the_file(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await admin.say("/thumoi")
        await admin.press("Quản trị", timeout=5)
        told = await admin.sees("dùng một lần")
        token = told.text.split("start=")[1].split()[0]
        await home.box.idle()
        assert token not in str(await home.rows("SELECT * FROM outbox"))


async def test_a_group_cannot_be_bound_before_there_is_a_command(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        async with home.database.transaction() as session:
            await session.run("DELETE FROM command")
        admin = await home.admin()
        group = await home.box.group("Nhóm", [admin])
        await admin.say("/nhom", chat=group)
        await group.sees("trucbao init")


async def test_only_the_command_group_may_read_figures(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.command_group()
        admin = await home.admin()
        other = await home.box.group("Nhóm khác", [admin])
        for asked in ("/tonghop", "/conthieu"):
            sent = await admin.say(asked, chat=other)
            await admin.sees("nhắn riêng", chat=other, after=sent)
