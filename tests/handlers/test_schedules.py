"""/lich: hours as admins see and change them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.admin_payloads import HoursPress, HoursStep
from bot.screens.payloads import InvitePress
from sandbox.people import Person
from storage import units
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.house import ADMIN_ID, DAY, House, house

SAVE = "✅ Lưu"
LEAVE = "❌ Hủy"
CHANGE_COMMON = "🕒 Đổi giờ chung"
CHANGE_OWN = "🕒 Đổi giờ một đơn vị"
ONE_BACK = "↩️ Đơn vị về giờ chung"
BACK_TO_SETTINGS = "↩️ Giờ chung về như cài đặt"
TOMORROW = DAY + timedelta(days=1)


async def rules(home: House) -> list[tuple[object, ...]]:
    return await home.rows(
        "SELECT unit_id, weekdays, opens, due, locks, valid_from, valid_to FROM schedule_rule "
        "ORDER BY id"
    )


async def says(person: Person, text: str, words: str = "") -> str:
    """Say it, wait for an answer with these words, and return the answer."""
    sent = await person.say(text)
    return (await person.sees(words, after=sent)).text


async def pressed(person: Person, button: str, words: str = "") -> str:
    """Press it, wait until the message shows these words, and return what it shows."""
    message = await person.sees_button(button)
    await person.press(button, message.id)
    return (await person.sees(words, after=message.id - 1)).text


async def hears(home: House, person: Person, words: str) -> None:
    """Wait for the answer to the last press."""
    heard: list[str] = []
    for _ in range(50):
        await home.box.idle()
        heard = await person.toasts()
        if heard and words in heard[-1]:
            return
    raise AssertionError(heard)


async def second_admin(home: House) -> Person:
    return await home.join(Role.ADMIN, id=ADMIN_ID + 1)


async def test_hours_are_told_in_plain_words_with_buttons_for_what_can_be_done(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        told = await says(admin, "/lich")
        assert "Mọi ngày 15:30, hạn 16:30, chốt 20:00" in told
        assert "Mọi đơn vị theo giờ chung" in told
        assert (await admin.last()).labels == (CHANGE_COMMON, CHANGE_OWN, "🔓 Mở lại ngày đã chốt")


async def test_the_commands_hours_are_changed_by_buttons_and_hold_today_before_the_opening(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await says(admin, "/lich")
        await pressed(admin, CHANGE_COMMON)
        await pressed(admin, "T2–T6", "đồng chí gõ ba giờ")
        card = await says(admin, "15h 16g00 19:30")
        assert "T2–T6 15:00, hạn 16:00, chốt 19:30" in card
        assert "T7, CN 15:30, hạn 16:30, chốt 20:00" in card
        assert "từ hôm nay (16/03/2026)" in card
        assert await rules(home) == []
        await pressed(admin, SAVE, "Đã lưu")
        week = "fri,mon,thu,tue,wed"
        assert await rules(home) == [(None, week, "15:00", "16:00", "19:30", "2026-03-16", None)]
        await home.at("15:00")
        await leader.sees("Mời đồng chí báo cáo trước 16:00")


async def test_hours_of_a_window_that_has_opened_change_from_tomorrow(tmp_path: Path) -> None:
    async with house(tmp_path, at="15:45") as home:
        admin = await home.admin()
        card = await says(admin, "/lich 16:00 17:00 21:00")
        assert "từ ngày mai (17/03/2026): giờ báo cáo hôm nay đã mở" in card
        saved = await pressed(admin, SAVE, "Đã lưu")
        assert "từ ngày mai" in saved
        shown = await says(admin, "/lich")
        assert "Mọi ngày 16:00, hạn 17:00, chốt 21:00" in shown
        assert "Hôm nay vẫn 15:30, hạn 16:30, chốt 20:00" in shown
        assert (await rules(home))[0][5] == TOMORROW.isoformat()


async def test_one_unit_gets_hours_of_its_own_and_goes_back_to_the_common_ones(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        await says(admin, "/lich")
        await pressed(admin, CHANGE_OWN)
        await pressed(admin, "An Sơn")
        await pressed(admin, "CN")
        card = await pressed(admin, "Không báo cáo", "Chưa lưu")
        assert "CN không báo cáo" in card
        assert "phường An Sơn" in card
        await pressed(admin, SAVE, "Đã lưu")
        shown = await pressed(admin, "🗓 Xem giờ báo cáo", "Giờ riêng")
        assert "An Sơn: T2–T7 15:30, hạn 16:30, chốt 20:00; CN không báo cáo" in shown
        await pressed(admin, ONE_BACK)
        card = await pressed(admin, "An Sơn", "Sẽ là")
        assert "Sẽ là:\nMọi ngày 15:30, hạn 16:30, chốt 20:00" in card
        await pressed(admin, SAVE, "Đã lưu")
        assert [row[0] for row in await rules(home) if row[6] is None] == []
        await says(admin, "/lich", "Mọi đơn vị theo giờ chung")


async def test_a_change_of_one_unit_that_holds_from_tomorrow_is_told_as_such(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="15:45") as home:
        admin = await home.admin()
        await says(admin, "/lich An Sơn 16:00 17:00 21:00 t2")
        await pressed(admin, SAVE, "Đã lưu")
        shown = await says(admin, "/lich", "Giờ riêng")
        own = "An Sơn: T2 16:00, hạn 17:00, chốt 21:00; T3–CN 15:30, hạn 16:30, chốt 20:00; "
        assert own + "Hôm nay vẫn 15:30, hạn 16:30, chốt 20:00; giờ trên dùng từ ngày mai" in shown
        await says(admin, "/lich 15:00 16:00 20:00", "Số đơn vị có giờ riêng, không đổi theo: 1")


async def test_the_command_goes_back_to_the_hours_of_the_settings(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await home.admin()
        await says(admin, "/lich 8:00 9:00 10:30")
        await pressed(admin, SAVE, "Đã lưu")
        await home.at("08:30")
        await says(admin, "/lich")
        card = await pressed(admin, BACK_TO_SETTINGS, "Sẽ là")
        assert "từ ngày mai" in card  # the day's window opened at 8
        await pressed(admin, SAVE, "Đã lưu")
        assert (await rules(home))[0][6] == TOMORROW.isoformat()


async def test_every_change_is_in_the_audit_with_before_and_after(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        await says(admin, "/lich An Sơn 15:00 16:00 19:30 t2")
        await pressed(admin, SAVE, "Đã lưu")
        ((action, role, unit_id, before, after),) = await home.rows(
            "SELECT action, role, unit_id, before, after FROM audit"
        )
        assert (action, role) == ("schedule.change", "admin")
        assert unit_id is not None
        assert json.loads(before)["mon"] == "15:30 16:30 20:00"
        assert json.loads(after)["mon"] == "15:00 16:00 19:30"
        assert json.loads(after)["tue"] == "15:30 16:30 20:00"
        assert json.loads(after)["from"] == "2026-03-16"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("An Sơn 16:30 15:30 20:00", "phải trước hạn"),
        ("An Sơn 25:00 26:00 27:00", "Tôi không hiểu"),
        ("An Sơn", "Tôi không hiểu"),
        ("Hà Nội 15:30 16:30 20:00", "Không có đơn vị “Hà Nội”"),
        ("15:30 16:30 20:00 thứ mười", "Tôi không hiểu ngày trong tuần"),
        ("<b>x</b> 15:30 16:30 20:00", "Không có đơn vị “<b>x</b>”"),
        ("9" * 900, "Tôi không hiểu"),
    ],
)
async def test_a_line_that_cannot_be_read_gets_one_line_back(
    tmp_path: Path, typed: str, words: str
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, f"/lich {typed}", words)
        assert await rules(home) == []


async def test_hours_that_cannot_be_used_may_be_typed_again(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        await says(admin, "/lich")
        await pressed(admin, CHANGE_COMMON)
        await pressed(admin, "Mọi ngày", "đồng chí gõ ba giờ")
        await says(admin, "16:00 15:00 20:00", "phải trước hạn 15:00")
        await says(admin, "sáng <i>mai</i>", "Tôi không hiểu “sáng <i>mai</i>”")
        await says(admin, "x" * 1001, "Tin quá dài")
        await says(admin, "x" * 1000, "Tôi không hiểu")
        await says(admin, "15:00 16:00 20:00", "Chưa lưu")


async def test_another_command_leaves_the_question(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        await says(admin, "/lich")
        await pressed(admin, CHANGE_COMMON)
        await pressed(admin, "Mọi ngày", "đồng chí gõ ba giờ")
        await says(admin, "/trogiup")
        await says(admin, "15:00 16:00 20:00", "Tôi chỉ hiểu nút bấm")


async def test_a_question_of_another_version_is_left_and_the_text_answered(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        async with home.database.transaction() as session:
            await session.run("INSERT INTO awaited_text SELECT id, 'qh:of-old', 0 FROM person")
        for _ in range(2):
            await says(admin, "15:00 16:00 20:00", "Tôi chỉ hiểu nút bấm")


async def test_an_old_card_does_not_overwrite_what_another_admin_saved_meanwhile(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="10:00") as home:
        first, second = await home.admin(), await second_admin(home)
        await says(first, "/lich 15:00 16:00 20:00")
        await says(second, "/lich 14:00 15:00 20:00")
        await pressed(second, SAVE, "Đã lưu")
        await pressed(first, SAVE, "Đang dùng:\nMọi ngày 14:00")
        await hears(home, first, "Giờ đã được đổi trong lúc đó")
        assert len(await rules(home)) == 1
        await pressed(first, SAVE, "Đã lưu")
        assert len(await rules(home)) == 2


async def test_two_admins_who_save_the_same_make_one_change(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        first, second = await home.admin(), await second_admin(home)
        await says(first, "/lich 15:00 16:00 20:00")
        card = await first.sees_button(SAVE)
        await says(second, "/lich 15:00 16:00 20:00")
        await pressed(first, SAVE, "Đã lưu")
        await pressed(second, SAVE, "đã là như vậy")
        await first.forge(card.buttons[0][0].data or "", card.id)
        await home.box.idle()
        assert len(await rules(home)) == 1


async def test_a_card_of_a_unit_that_is_gone_says_so(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        await says(admin, "/lich An Sơn 15:00 16:00 20:00")
        async with home.database.transaction() as session:
            await session.run(
                "UPDATE unit SET valid_to = ? WHERE short_name = 'An Sơn'", ("2026-03-16",)
            )
        await pressed(admin, SAVE, "không còn trong danh sách")
        assert await rules(home) == []


async def test_who_is_no_admin_can_neither_see_nor_change_hours(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        line = await leader.last()
        for step in HoursStep:
            data = HoursPress(step, None).pack()
            assert await toast_after(home, leader, data, line.id) == NOT_ALLOWED
        await says(leader, "/lich", "không thuộc vai trò")
        assert await rules(home) == []


async def test_an_admin_whose_right_ends_between_question_and_answer_changes_nothing(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await second_admin(home)
        await says(admin, "/lich")
        await pressed(admin, CHANGE_COMMON)
        await pressed(admin, "Mọi ngày", "đồng chí gõ ba giờ")
        async with home.database.transaction() as session:
            await session.run("UPDATE assignment SET ended_at = 0")
        await says(admin, "15:00 16:00 20:00", "Tôi chỉ hiểu nút bấm")


@pytest.mark.parametrize(
    "data",
    [
        "hr:",
        "hr:list",
        "hr:explode::127:::0",
        "hr:save::0:150016002000::0",
        "hr:save::128:150016002000::0",
        "hr:save::127:160015002000::0",
        "hr:save::127:990016002000::0",
        "hr:save:-1:127:150016002000::0",
        "hr:save::127:150016002000:zz:0",
    ],
)
async def test_forged_hours_are_called_stale(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/lich")
        assert await toast_after(home, admin, data, (await admin.last()).id) == STALE
        assert await rules(home) == []


async def test_the_help_of_a_leader_tells_the_hours_of_the_unit(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await says(admin, "/lich An Sơn 15:00 16:00 19:30")
        await pressed(admin, SAVE, "Đã lưu")
        await says(leader, "/trogiup", "Đến 15:00 hệ thống gửi phiếu")
        await says(other, "/trogiup", "Đến 15:30 hệ thống gửi phiếu")


async def test_hours_are_not_shown_in_a_group(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        await admin.say("/lich", chat=group)
        await group.sees("nhắn riêng cho tôi lệnh này")


async def test_a_long_list_of_units_is_chosen_from_page_by_page(tmp_path: Path) -> None:
    async with house(tmp_path, at="10:00") as home:
        async with home.database.transaction() as session:
            for n in range(100, 200):
                await units.add(
                    session,
                    code=f"so-{n}",
                    name=f"phường Số {n}",
                    short_name=f"Số {n}",
                    position=n,
                    valid_from=DAY,
                )
        admin = await home.admin()
        await says(admin, "/lich")
        await pressed(admin, CHANGE_OWN, "Đổi giờ của đơn vị nào?")
        listed = await admin.sees_button("Trang sau ▶️")
        assert len(listed.labels) <= 100
        await pressed(admin, "Trang sau ▶️")
        others = (await admin.sees_button("◀️ Trang trước")).labels
        assert set(others) & set(listed.labels) == {LEAVE}
        await pressed(admin, LEAVE, "Giờ báo cáo chung")
        await says(admin, "/thumoi")
        await pressed(admin, "Chỉ huy trưởng đơn vị")
        await pressed(admin, "Trang sau ▶️")
        await pressed(admin, "Số 199", "dùng một lần")


def test_old_invitation_buttons_still_work() -> None:
    assert InvitePress.parse("i:leader:5") == InvitePress(Role.LEADER, 5)
