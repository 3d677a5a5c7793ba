"""Announcements: made by a commander, acknowledged by recipients, counted, reminded, corrected."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.announcement_payloads import AnnouncePress, AnnounceStep, ReceivedPress
from sandbox.people import Group, Person
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_duty_report import CANCEL, EDIT
from tests.handlers.test_incidents import group_with, told
from tests.handlers.test_schedules import hears, pressed, says
from tests.house import DAY, House, house, moved_in

ALL = "👥 Tất cả đơn vị"
SOME = "☑️ Chọn đơn vị"
BY_ROLE = "🎖 Theo vai trò"
CHOSEN = "✔️ Xong"
SEND = "📨 Gửi"
LATER = "🕒 Hẹn giờ"
RECEIVED = "✅ Đã nhận"
TOMORROW = DAY + timedelta(days=1)
UNREAD = "Đồng chí chưa xác nhận"


async def written(author: Person, words: str = "Họp lúc 8 giờ") -> None:
    await says(author, "/thongbao", "nội dung thông báo")
    await says(author, words, "Gửi thông báo cho ai?")


async def sent(author: Person, words: str = "Họp lúc 8 giờ") -> None:
    """Send it to everybody."""
    await written(author, words)
    await pressed(author, ALL, "Gửi đến:")
    await author.press(SEND, timeout=5)
    await author.sees("đã nhận")


async def leaders(home: House) -> tuple[Person, Person, Person]:
    return (
        await home.join(Role.LEADER, "An Sơn", id=1),
        await home.join(Role.LEADER, "Tam Phú", id=2),
        await home.join(Role.DEPUTY, "Tam Phú", id=3),
    )


async def announcements(home: House) -> int:
    return await home.count("SELECT count(*) FROM announcement WHERE state = 'sent'")


async def counted(home: House, group: Group, words: str) -> int:
    """Wait until the group's counting message has these words; return its id."""
    await home.settled()
    await home.parts.reconcile.look()
    return (await group.sees(words)).id


async def test_an_announcement_from_its_words_to_the_final_list(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, second, deputy = await leaders(home)
        group = await group_with(home, commander)
        question = await says(commander, "/thongbao", "nội dung thông báo")
        assert "không quá 1.000 ký tự" in question
        assert "Không ghi bí mật nhà nước" in question
        await says(commander, "Họp <b>lúc</b> 8 giờ\nmang theo sổ", "Gửi thông báo cho ai?")
        card = await pressed(commander, ALL, "Gửi đến: 3 người")
        assert "Họp <b>lúc</b> 8 giờ\nmang theo sổ" in card
        assert "Đơn vị chưa có ai nhận tin: An Mỹ, An Phú" in card
        assert await announcements(home) == 0
        own = (await commander.sees_button(SEND)).id
        await commander.press(SEND, own)
        for person in (first, second, deputy):
            got = await person.sees("Họp <b>lúc</b> 8 giờ\nmang theo sổ")
            assert "Chỉ huy, 09:00 ngày 16/03/2026" in got.text
            assert got.labels == (RECEIVED,)
        shown = await counted(home, group, "0/3 đã nhận, còn An Sơn, Tam Phú, Phó CHT Tam Phú")
        status = await commander.sees("0/3 đã nhận")
        assert (status.id, status.labels) == (own, (EDIT,))

        await pressed(first, RECEIVED, "Đồng chí đã nhận lúc 09:00")
        assert (await first.last()).labels == ()
        assert shown == await counted(home, group, "1/3 đã nhận, còn Tam Phú, Phó CHT Tam Phú")
        await home.at("11:02")
        for person in (second, deputy):
            assert (await person.sees(UNREAD)).labels == (RECEIVED,)
        for minute in ("11:03", "12:00"):
            await home.at(minute)
        await home.settled()
        assert [await told(p, UNREAD) for p in (first, second, deputy)] == [0, 1, 1]

        await pressed(second, RECEIVED, "Đồng chí đã nhận lúc 12:00")
        await home.settled()
        assert await told(second, UNREAD) == 0
        assert not [m for m in await second.messages() if RECEIVED in m.labels]
        await pressed(deputy, RECEIVED, "Đồng chí đã nhận lúc 12:00")
        final = await counted(home, group, "Kết quả cuối cùng")
        await home.settled()
        by_id = {m.id: m.text for m in await group.messages()}
        assert shown != final
        assert all("✅ 3/3 đã nhận" in by_id[id_] for id_ in (shown, final))
        assert "✅ 3/3 đã nhận" in (await commander.sees("3/3")).text
        await home.at("23:00", TOMORROW)
        await home.settled()
        assert await told(group.members[0], "Kết quả cuối cùng", group) == 1
        assert await told(second, "📢") == 2
        assert await home.rows(
            "SELECT action, role FROM audit WHERE action LIKE 'announcement.%'"
        ) == [("announcement.send", "commander")]


async def test_who_never_acknowledges_is_named_in_the_final_list(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        await sent(commander)
        await pressed(first, RECEIVED, "Đồng chí đã nhận")
        await home.at("09:30", TOMORROW)
        final = await commander.sees("Kết quả cuối cùng")
        assert "1/3 đã nhận, còn Tam Phú, Phó CHT Tam Phú" in final.text
        await home.settled()
        assert await home.count("SELECT count(*) FROM outbox WHERE kind LIKE '%reminder'") == 0


async def test_some_units_or_roles_are_chosen_one_by_one(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, second, deputy = await leaders(home)
        await written(commander)
        await pressed(commander, SOME, "từng đơn vị")
        assert "⬜ An Sơn" in (await commander.last()).labels
        await commander.press("⬜ An Sơn")
        await commander.press("⬜ Tam Phú", timeout=5)
        await commander.sees_button("☑️ Tam Phú")
        await commander.press("☑️ Tam Phú")
        await commander.sees_button("⬜ Tam Phú")
        await pressed(commander, CHOSEN, "Gửi đến: 1 người")
        await pressed(commander, "👥 Người nhận", "cho ai?")
        await pressed(commander, BY_ROLE, "từng vai trò")
        await pressed(commander, "⬜ Phó chỉ huy đơn vị", "từng vai trò")
        await commander.sees_button("☑️ Phó chỉ huy đơn vị")
        await pressed(commander, CHOSEN, "Gửi đến: 1 người")
        await pressed(commander, SEND, "đã nhận")
        await deputy.sees("Họp lúc 8 giờ")
        await home.settled()
        assert await told(first, "📢") == await told(second, "📢") == 0


async def test_it_goes_out_at_its_time_and_may_be_stopped_before(tmp_path: Path) -> None:
    async with house(tmp_path, at="15:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        for is_stopped in (True, False):
            await written(commander)
            await pressed(commander, ALL, "Gửi lúc: ngay khi bấm")
            await pressed(commander, LATER, "vào ngày nào?")
            await pressed(commander, "Hôm nay", "lúc mấy giờ?")
            await says(commander, "25:00", "Tôi không hiểu giờ")
            await says(commander, "14h59", "đã qua")
            await says(commander, "16h30", "Gửi lúc: 16:30 ngày 16/03/2026")
            await pressed(commander, SEND, "Sẽ gửi lúc 16:30")
            if is_stopped:
                await pressed(commander, CANCEL, "Đã hủy, chưa gửi thông báo")
        await home.at("16:29")
        await home.settled()
        assert await told(first, "📢") == 0
        await home.at("16:31")
        await first.sees("Họp lúc 8 giờ")
        await commander.sees("0/3 đã nhận")
        await home.settled()
        assert await told(first, "📢") == await announcements(home) == 1


async def test_tomorrow_and_an_outage_then_it_says_that_it_is_late(tmp_path: Path) -> None:
    async with house(tmp_path, at="15:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        await written(commander)
        await pressed(commander, ALL, "Gửi đến")
        await pressed(commander, LATER, "vào ngày nào?")
        await pressed(commander, "Ngày mai", "lúc mấy giờ?")
        await says(commander, "7:30", "Gửi lúc: 07:30 ngày 17/03/2026")
        await pressed(commander, SEND, "Sẽ gửi lúc 07:30")
        home.stop.set()
        await home.task
        await home.box.jump(home.moment("09:00", TOMORROW))
        async with moved_in(home.box, home.settings) as again:
            await again.parts.reconcile.look()
            late = await first.sees("Họp lúc 8 giờ")
            assert "Tin này gửi muộn, lẽ ra lúc 07:30 ngày 17/03/2026" in late.text
            await again.parts.reconcile.look()
            await again.settled()
            assert await told(first, "📢") == 1


async def test_a_correction_edits_what_was_sent_and_tells_of_it(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, second, _ = await leaders(home)
        group = await group_with(home, commander)
        await sent(commander)
        got = await second.sees("Họp lúc 8 giờ")
        await pressed(first, RECEIVED, "Đồng chí đã nhận lúc 09:00")
        await home.at("09:20")
        await commander.press(EDIT)
        await commander.sees("Đang ghi")
        await says(commander, "Họp lúc 9 giờ", "Bản sửa thông báo")
        assert await told(second, "9 giờ") == 0
        await pressed(commander, "📨 Gửi bản sửa", "Đã sửa thông báo")
        fixed = await second.sees("Họp lúc 9 giờ")
        assert (fixed.id, fixed.labels) == (got.id, (RECEIVED,))
        assert "✏️ đã sửa lúc 09:20" in fixed.text
        await first.sees("đã được sửa lúc 09:20")
        kept = await first.sees("Họp lúc 9 giờ")
        assert "Đồng chí đã nhận lúc 09:00" in kept.text
        await counted(home, group, "✏️ đã sửa lúc 09:20")
        await group.sees("1/3 đã nhận")
        await home.settled()
        assert await told(second, "đã được sửa lúc") == 1
        actions = await home.rows(
            "SELECT action, before, after FROM audit WHERE action LIKE 'announcement.%' ORDER BY id"
        )
        assert actions[1] == ("announcement.correct", "Họp lúc 8 giờ", "Họp lúc 9 giờ")


async def test_a_correction_that_is_left_changes_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        await sent(commander)
        await commander.press(EDIT, timeout=5)
        await commander.sees("Đang ghi")
        await says(commander, "khác", "Bản sửa thông báo")
        fix = (await commander.sees_button("📨 Gửi bản sửa")).buttons[0][0].data or ""
        await pressed(commander, CANCEL, "Chưa sửa gì")
        await commander.forge(fix, (await commander.last()).id)
        await home.settled()
        assert await told(first, "khác") == 0


async def test_an_old_card_does_not_send_what_it_does_not_show(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        await written(commander, "cũ")
        await pressed(commander, ALL, "Gửi đến")
        old = await commander.sees_button(SEND)
        send = old.buttons[0][0].data or ""
        await pressed(commander, EDIT, "Đang ghi")
        await says(commander, "mới", "Gửi đến")
        await commander.forge(send, old.id)
        await home.settled()
        assert await announcements(home) == 0
        await pressed(commander, SEND, "đã nhận")
        assert "mới" in (await first.sees("📢")).text


async def test_pressing_send_twice_sends_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        await written(commander)
        await pressed(commander, ALL, "Gửi đến")
        card = await commander.sees_button(SEND)
        for _ in range(3):
            await commander.forge(card.buttons[0][0].data or "", card.id)
        await first.sees("Họp lúc 8 giờ")
        await home.settled()
        assert await told(first, "📢") == await announcements(home) == 1


async def test_who_cannot_be_reached_is_counted_and_named(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, second, deputy = await leaders(home)
        await deputy.block()
        await written(commander)
        card = await pressed(commander, ALL, "Gửi đến: 3 người")
        assert "Không nhận được tin, đồng chí gọi điện: Phó CHT Tam Phú" in card
        await second.block()
        await pressed(commander, SEND, "đã nhận")
        for person in (first,):
            await person.sees("Họp lúc 8 giờ")
        await home.settled()
        await home.parts.reconcile.look()
        lost = "2 người không nhận được tin, đồng chí gọi điện: CHT Tam Phú, Phó CHT Tam Phú"
        await commander.sees(lost)


async def test_acknowledging_twice_is_the_same_as_once_and_strangers_may_not(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        other = await home.join(Role.COMMANDER, id=8)
        stranger = await home.box.person(77)
        await stranger.say("/start")
        line = await stranger.sees("chỉ dành cho người được mời")
        await sent(commander)
        got = await first.sees("Họp lúc 8 giờ")
        data = got.buttons[0][0].data or ""
        assert await toast_after(home, first, data, got.id) == "Đã ghi nhận."
        assert "Đồng chí đã nhận lúc 09:00" in await toast_after(home, first, data, got.id)
        assert await toast_after(home, other, data, (await other.last()).id) == STALE
        await stranger.forge(data, line.id)
        await hears(home, stranger, "chỉ dành cho người được mời")
        unknown = ReceivedPress(99).pack()
        assert await toast_after(home, first, unknown, got.id) == STALE
        acknowledged = "SELECT count(*) FROM announcement_recipient WHERE acknowledged_at NOT NULL"
        assert await home.count(acknowledged) == 1


async def test_only_commanders_and_admins_announce_and_each_only_their_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        other = await home.join(Role.COMMANDER, id=8)
        first, *_ = await leaders(home)
        await says(first, "/thongbao", "không thuộc vai trò")
        await written(commander)
        await pressed(commander, ALL, "Gửi đến")
        send = (await commander.sees_button(SEND)).buttons[0][0].data or ""
        assert await toast_after(home, first, send, (await first.last()).id) == NOT_ALLOWED
        await other.forge(send, (await other.last()).id)
        await other.sees("Thẻ này đã cũ")
        await home.settled()
        assert await announcements(home) == 0


@pytest.mark.parametrize(
    ("words", "answer"),
    [("x" * 1001, "dài 1.001 ký tự, chỉ ghi được 1.000"), ("\u200b\n ", "không có chữ nào")],
)
async def test_words_that_will_not_do_may_be_typed_again(
    tmp_path: Path, words: str, answer: str
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        first, *_ = await leaders(home)
        await says(commander, "/thongbao", "nội dung thông báo")
        await says(commander, words, answer)
        await says(commander, "<😀" * 500, "Gửi thông báo cho ai?")
        await pressed(commander, ALL, "Gửi đến")
        await pressed(commander, SEND, "đã nhận")
        await first.sees("<😀" * 500)
        assert await home.count("SELECT count(*) FROM outbox WHERE state = 'refused'") == 0


async def test_what_was_cancelled_or_reaches_nobody_is_not_sent(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await written(commander)
        await pressed(commander, ALL, "Gửi đến: 0 người")
        await commander.press(SEND)
        await hears(home, commander, "Chưa có ai nhận được tin này")
        await says(commander, "/huy", "Đã bỏ câu đang hỏi")
        await pressed(commander, SEND, "Thẻ này đã cũ")
        await says(commander, "/thongbao", "nội dung thông báo")
        await pressed(commander, CANCEL, "Đã hủy, chưa gửi thông báo")
        await says(commander, "chào", "Tôi chỉ hiểu nút bấm")
        assert await home.count("SELECT count(*) FROM announcement") == 0


@pytest.mark.parametrize("step", ["unit", "role"])
async def test_forged_choices_are_called_stale(tmp_path: Path, step: str) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await written(commander)
        ((id_,),) = await home.rows("SELECT id FROM announcement")
        data = AnnouncePress(AnnounceStep(step), id_, 9999).pack()
        assert await toast_after(home, commander, data, (await commander.last()).id) == STALE
        assert await home.rows("SELECT unit_ids, roles FROM announcement") == [("", "")]
