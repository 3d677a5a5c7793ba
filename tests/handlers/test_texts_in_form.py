"""Words and choices in the form, which stays one message."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from sandbox.people import Person, SeenMessage
from tests.handlers.test_duty_report import (
    CANCEL,
    DETAIL,
    EDIT,
    NORMAL,
    SEND,
    report_normally,
)
from tests.handlers.test_typed_line import answer_to, answers, last
from tests.house import DAY, House, house, moved_in

WORK = "📝 Việc hôm nay…"
BACK = "↩️ Quay lại"
WARNING = "Không ghi bí mật nhà nước, tên người, số lượng vũ khí."


async def editor_of(person: Person) -> SeenMessage:
    await person.say("/baocao")
    await person.press(DETAIL, timeout=5)
    return await person.sees_button(WORK)


async def message(home: House, person: Person, message_id: int) -> SeenMessage:
    await home.settled()
    return next(m for m in await person.messages() if m.id == message_id)


async def test_words_are_asked_for_and_land_in_the_same_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press(WORK)
        question = await message(home, leader, form.id)
        assert "không quá 200 ký tự" in question.text
        assert WARNING in question.text
        assert question.labels == (BACK,)
        before = len(await leader.messages())
        await leader.say("Huấn luyện\n <b>bắn</b> \u202e& tuần tra")
        editor = await message(home, leader, form.id)
        assert "Việc hôm nay: Huấn luyện <b>bắn</b> & tuần tra" in editor.text
        assert "📝 Việc hôm nay: đã ghi" in editor.labels
        assert len(await leader.messages()) == before + 1, "nothing but what was typed is new"
        await leader.press("✔️ Xong")
        assert "Việc hôm nay: Huấn luyện" in (await leader.sees_button(SEND)).text
        await leader.press(SEND)
        assert "Việc hôm nay: Huấn luyện" in (await leader.sees("Đã nhận báo cáo")).text


async def test_words_can_be_replaced_and_taken_out(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        for words in ("Tuần tra", "Huấn luyện"):
            await leader.press(next(b for b in form.labels if "Việc hôm nay" in b))
            await leader.sees("không quá 200 ký tự")
            await leader.say(words)
            await leader.sees(f"Việc hôm nay: {words}")
            form = await message(home, leader, form.id)
        assert "Tuần tra" not in form.text
        await leader.press("📝 Việc hôm nay: đã ghi")
        await leader.press("🗑 Xóa nội dung", timeout=5)
        form = await leader.sees_button(WORK)
        assert "Việc hôm nay" not in form.text


async def test_words_that_are_too_long_leave_the_question_open(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        told = await answer_to(home, leader, "a" * 201)
        assert "dài 201 ký tự, chỉ ghi được 200" in told.text
        assert "4.096 ký tự" in (await answer_to(home, leader, "b" * 4096)).text
        assert "không có chữ nào" in (await answer_to(home, leader, "\u200b\u202e")).text
        assert "không nhận ảnh" in (await _after_photo(home, leader)).text
        await leader.say("c" * 200)
        await home.settled()
        assert "c" * 200 in (await message(home, leader, form.id)).text


async def _after_photo(home: House, person: Person) -> SeenMessage:
    await person.send_photo()
    return await last(home, person)


async def test_the_way_back_and_any_other_press_leave_the_question(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press(WORK)
        await leader.press(BACK, timeout=5)
        await leader.sees_button(WORK)
        assert "Tôi chỉ hiểu" in (await answer_to(home, leader, "tuần tra")).text
        assert "tuần tra" not in (await message(home, leader, form.id)).text


async def test_the_second_of_two_texts_is_no_answer(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        await leader.say("một")
        await leader.say("hai")
        await home.settled()
        assert "Tôi chỉ hiểu" in (await leader.last()).text
        assert "Việc hôm nay: một" in (await message(home, leader, form.id)).text


async def test_leaving_by_huy_forgets_the_question(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        assert "Đã hủy phiếu" in (await answer_to(home, leader, "/huy")).text
        assert "Tôi chỉ hiểu" in (await answer_to(home, leader, "tuần tra")).text
        await leader.press(BACK)
        assert "ốm: 0" in (await message(home, leader, form.id)).labels


async def test_a_question_survives_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        home.stop.set()
        await home.task
        async with moved_in(home.box, home.settings):
            await leader.say("tuần tra")
            assert (await leader.sees("Việc hôm nay: tuần tra")).id == form.id


async def test_words_that_come_after_anothers_report_change_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        form = await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        await deputy.say("/baocao")
        await report_normally(deputy)
        await leader.say("tuần tra")
        shown = await message(home, leader, form.id)
        assert "Đã có báo cáo lúc 15:00 (Phó CHT)" in shown.text
        assert "tuần tra" not in await answers(home)


async def test_words_that_come_after_the_lock_are_refused(tmp_path: Path) -> None:
    async with house(tmp_path, at="19:50") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        await home.at("20:00")
        assert "đã chốt lúc 20:00" in (await answer_to(home, leader, "tuần tra")).text


async def test_a_question_of_yesterday_does_not_swallow_todays_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        await home.at("15:00", DAY + timedelta(days=1))
        card = await answer_to(home, leader, "QS đủ, an toàn, ổn định")
        assert "17/03/2026" in card.text
        assert SEND in card.labels


async def test_the_duty_commander_is_chosen_by_position(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.press("👤 Trực chỉ huy: chưa ghi")
        options = await leader.sees_button("Chính trị viên phó")
        assert options.id == form.id
        assert options.labels == (
            "Chỉ huy trưởng",
            "Chính trị viên",
            "Phó Chỉ huy trưởng",
            "Chính trị viên phó",
            BACK,
        )
        await leader.press("Chính trị viên")
        await leader.press("👤 Trực chỉ huy: Chính trị viên", timeout=5)
        await leader.press("Bỏ trống", timeout=5)
        await leader.press("👤 Trực chỉ huy: chưa ghi", timeout=5)
        await leader.press("Phó Chỉ huy trưởng", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "Trực chỉ huy: Phó Chỉ huy trưởng" in receipt.text


async def test_the_card_of_a_normal_day_shows_no_empty_field(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await leader.press(NORMAL, timeout=5)
        card = await leader.sees_button(SEND)
        assert card.labels == (SEND, EDIT, CANCEL)
        for words in ("Việc", "Kiến nghị", "Trực chỉ huy", "chưa nêu"):
            assert words not in card.text


async def test_like_yesterday_leaves_yesterdays_words_behind(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await editor_of(leader)
        await leader.press("👤 Trực chỉ huy: chưa ghi")
        await leader.press("Chính trị viên", timeout=5)
        await leader.press(WORK, timeout=5)
        await leader.sees("không quá 200 ký tự")
        await leader.say("Tuần tra")
        await leader.press("ốm: 0", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("Việc hôm nay: Tuần tra")
        await home.at("15:30", DAY + timedelta(days=1))
        await leader.press("📋 Như hôm qua", timeout=5)
        card = await leader.sees_button(SEND)
        assert "ốm 1" in card.text
        assert "Trực chỉ huy: Chính trị viên" in card.text
        assert "Tuần tra" not in card.text


async def test_in_percent_words_are_on_the_receipt_and_heads_are_not(tmp_path: Path) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        await leader.say("Tuần tra")
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "Việc hôm nay: Tuần tra" in receipt.text
        assert "27" not in receipt.text
        await leader.say("/baocao")
        stands = await last(home, leader)
        assert "Đã có báo cáo" in stands.text
        assert "27" not in stands.text


@pytest.mark.parametrize(
    "data",
    [
        "f:duty:20260316:3:type:0::absent",
        "f:duty:20260316:3:type:0::weapons",
        "f:duty:20260316:3:clear:0::duty_commander",
        "f:duty:20260316:3:options:0::work",
        "f:duty:20260316:3:choose:0::duty_commander.9",
        "f:duty:20260316:3:choose:0::duty_commander.x",
        "f:duty:20260316:3:choose:0::work.0",
        "f:duty:20260316:3:answer:0::safety.maybe",
        "f:duty:20260316:3:answer:0::work.yes",
    ],
)
async def test_forged_presses_on_the_new_fields_are_called_stale(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        form = await editor_of(leader)
        await leader.forge(data, form.id)
        await home.settled()
        assert (await leader.toasts())[-1].startswith("Nút này không còn dùng được")
        assert (await message(home, leader, form.id)).text == form.text


async def test_a_draft_keeps_no_field_that_was_switched_off(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await editor_of(leader)
        await leader.press(WORK)
        await leader.sees("không quá 200 ký tự")
        await leader.say("Tuần tra")
        await leader.sees("Việc hôm nay: Tuần tra")
        home.stop.set()
        await home.task
        fewer = home.settings.model_copy(update={"duty_fields": frozenset({"absent", "safety"})})
        async with moved_in(home.box, fewer):
            await leader.press("✔️ Xong")
            card = await leader.sees_button(SEND)
            assert "Tuần tra" not in card.text
            assert "An ninh" not in card.text
            await leader.press(SEND)
            await leader.sees("Đã nhận báo cáo")
        async with moved_in(home.box, home.settings) as again:
            assert await answers(again) == '{"absent":{},"safety":true}'


async def test_a_draft_from_before_a_field_was_switched_on_is_asked_for_it(tmp_path: Path) -> None:
    async with house(tmp_path, duty_fields=frozenset({"absent", "order"})) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        home.stop.set()
        await home.task
        more = home.settings.model_copy(update={"duty_fields": frozenset({"absent", "safety"})})
        async with moved_in(home.box, more):
            await leader.say("/baocao")
            card = await leader.sees_button("✅ An toàn")
            assert "An toàn người, vũ khí, phương tiện: chưa nêu" in card.text
