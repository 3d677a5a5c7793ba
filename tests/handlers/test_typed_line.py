"""A report that is typed as one line, from the line to the receipt."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from sandbox.people import Person, SeenMessage
from storage import drafts
from tests.handlers.test_duty_report import CANCEL, DETAIL, EDIT, NORMAL, SEND, report_normally
from tests.house import DAY, House, house

LINE = "QS 25/27, phép 1, ốm 1, ổn định"
COMPLETE = "QS 25/27, phép 1, ốm 1, an toàn, ổn định"
TOMORROW = DAY + timedelta(days=1)


async def last(home: House, person: Person) -> SeenMessage:
    await home.settled()
    return await person.last()


async def answer_to(home: House, person: Person, text: str) -> SeenMessage:
    """Say it, and return what the bot says to that."""
    await home.settled()
    said = await person.say(text)
    answer = await last(home, person)
    assert answer.id > said
    return answer


async def answers(home: House) -> str:
    rows = await home.rows("SELECT answers FROM report_revision ORDER BY submitted_at DESC LIMIT 1")
    return str(rows[0][0])


async def test_a_line_becomes_a_card_that_asks_what_it_did_not_say(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        card = await answer_to(home, leader, LINE)
        assert "25/27" in card.text
        assert "(phép 1, ốm 1)" in card.text
        assert "An toàn người, vũ khí, phương tiện: chưa nêu" in card.text
        assert card.labels == ("✅ An toàn", "⚠️ Có vấn đề", SEND, EDIT, CANCEL)
        await leader.press("✅ An toàn")
        answered = await last(home, leader)
        assert answered.id == card.id
        assert answered.labels == (SEND, EDIT, CANCEL)
        assert "chưa nêu" not in answered.text
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert receipt.id == card.id
        assert '"safety":true' in await answers(home)


async def test_a_problem_is_answered_on_the_card_as_well(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await answer_to(home, leader, LINE)
        await leader.press("⚠️ Có vấn đề")
        await home.settled()
        await leader.press(SEND)
        assert "có vấn đề, gọi trực chỉ huy" in (await leader.sees("Đã nhận báo cáo")).text


async def test_what_nobody_said_is_sent_as_not_stated_and_never_as_normal(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await answer_to(home, leader, LINE)
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "An toàn người, vũ khí, phương tiện: chưa nêu" in receipt.text
        assert '"safety":null' in await answers(home)
        await home.at("15:30", TOMORROW)
        await leader.press("📋 Như hôm qua", timeout=5)
        copied = await leader.sees_button("✅ An toàn")
        assert "chưa nêu" in copied.text


async def test_a_complete_line_needs_one_more_tap(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        card = await answer_to(home, leader, COMPLETE)
        assert card.labels == (SEND, EDIT, CANCEL)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("QS 25/28, phép 1, ốm 1", "biên chế của đơn vị là 27"),
        ("QS 25/27, phép 1", "Vắng 2, nhưng cộng các lý do được 1"),
        ("QS 25/27, phép -2", "“-2” là số âm"),
        ("QS 30/27", "lớn hơn biên chế 27"),
        ("QS 25/27, phép 1, ốm 1, <b>x</b>", "“<b>x</b>”"),
        ("QS 25/27, phép 1, ốm 1, \u202egnud", "“gnud”"),
        ("QS 25/27 " + "phép " * 900, "quá dài"),
    ],
)
async def test_a_line_that_is_not_clear_is_answered_with_the_form_beside(
    tmp_path: Path, line: str, words: str
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        told = await answer_to(home, leader, line[:4096])
        assert words in told.text
        assert told.labels == (DETAIL,)
        assert await home.count("SELECT count(*) FROM draft") == 0
        await leader.press(DETAIL)
        assert "ốm: 0" in (await last(home, leader)).labels


async def test_in_percent_the_card_is_in_heads_and_the_receipt_is_not(tmp_path: Path) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        assert "25/27" in (await answer_to(home, leader, COMPLETE)).text
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "25" not in receipt.text
        assert "phép" not in receipt.text
        assert "ổn định" in receipt.text


async def test_a_named_day_must_be_open(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        told = await answer_to(home, leader, f"ngày 14/3 {COMPLETE}")
        assert "đã chốt" in told.text or "không phải báo cáo" in told.text
        card = await answer_to(home, leader, f"ngày 16/3, {COMPLETE}")
        assert "16/03/2026" in card.text
        assert SEND in card.labels


async def test_a_line_is_for_the_unit_that_it_names(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say(f"/start {await home.invitation(Role.ACTING, 'Tam Phú')}")
        await leader.sees("Quyền chỉ huy đơn vị")
        asked = await answer_to(home, leader, "QS đủ, an toàn, ổn định")
        assert "An Sơn, Tam Phú" in asked.text
        assert asked.labels == ("phường An Sơn – chưa báo cáo", "xã Tam Phú – chưa báo cáo")
        card = await answer_to(home, leader, "Tam Phú: QS đủ, an toàn, ổn định")
        assert "xã Tam Phú" in card.text
        other = await answer_to(home, leader, "An Phú QS đủ, an toàn, ổn định")
        assert "không phụ trách phường An Phú" in other.text
        assert await home.count("SELECT count(*) FROM draft") == 1


async def test_greetings_get_a_hint_with_a_line_to_type(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        commander = await home.join(Role.COMMANDER, id=2)
        assert "QS 25/27" in (await answer_to(home, leader, "chào đồng chí")).text
        assert "QS" not in (await answer_to(home, commander, "chào đồng chí")).text
        assert "/trogiup" in (await answer_to(home, commander, COMPLETE)).text


async def test_a_complete_line_typed_in_time_counts_by_its_own_time(tmp_path: Path) -> None:
    async with house(tmp_path, at="16:25") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await answer_to(home, leader, COMPLETE)
        await home.at("16:32")
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "đúng hạn, lúc 16:25" in receipt.text


@pytest.mark.parametrize(
    ("line", "change", "pressed"),
    [
        (LINE, "✅ An toàn", "16:32"),  # not complete: its card was finished later
        (COMPLETE, "", "16:36"),  # more than ten minutes
    ],
)
async def test_any_other_line_counts_by_the_press(
    tmp_path: Path, line: str, change: str, pressed: str
) -> None:
    async with house(tmp_path, at="16:25") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await answer_to(home, leader, line)
        if change:
            await leader.press(change)
            await home.settled()
        await home.at(pressed)
        await leader.press(SEND)
        assert f"muộn, lúc {pressed}" in (await leader.sees("Đã nhận báo cáo")).text


async def test_a_card_that_was_changed_after_its_line_counts_by_the_press(tmp_path: Path) -> None:
    async with house(tmp_path, at="16:25") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await answer_to(home, leader, COMPLETE)
        await leader.press(EDIT)
        await leader.press("ốm: 1", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.sees("24/27")
        await home.settled()
        await home.at("16:31")
        await leader.press(SEND, timeout=5)
        assert "muộn, lúc 16:31" in (await leader.sees("Đã nhận báo cáo")).text


async def test_looking_into_the_editor_changes_nothing_of_a_lines_time(tmp_path: Path) -> None:
    async with house(tmp_path, at="16:25") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await answer_to(home, leader, COMPLETE)
        await leader.press(EDIT)
        await leader.press("✔️ Xong", timeout=5)
        await home.settled()
        await home.at("16:31")
        await leader.press(SEND, timeout=5)
        assert "đúng hạn, lúc 16:25" in (await leader.sees("Đã nhận báo cáo")).text


async def test_an_edited_line_redraws_its_card(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        said = await leader.say("QS 25/27, phép 1")
        await leader.sees("cộng các lý do được 1")
        await leader.edit(said, COMPLETE)
        card = await leader.sees_button(SEND)
        await leader.edit(said, "QS 26/27, ốm 1, an toàn, ổn định")
        redrawn = await leader.sees("26/27")
        assert redrawn.id == card.id
        assert len([m for m in await leader.messages() if SEND in m.labels]) == 1
        await leader.press(SEND)
        await leader.sees("Đã nhận báo cáo")
        assert '"absent":{"sick":1}' in await answers(home)


async def test_a_line_edited_after_the_deadline_and_then_sent_is_late(tmp_path: Path) -> None:
    async with house(tmp_path, at="16:28") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        said = await leader.say(COMPLETE)
        await leader.sees_button(SEND)
        await home.at("16:31")
        await leader.edit(said, "QS 26/27, ốm 1, an toàn, ổn định")
        await leader.sees("26/27")
        await home.at("16:33")
        await leader.press(SEND)
        assert "muộn, lúc 16:31" in (await leader.sees("Đã nhận báo cáo")).text


async def test_a_line_edited_after_it_was_sent_opens_a_correction(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        said = await leader.say(COMPLETE)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        await leader.edit(said, "QS 26/27, ốm 1")
        card = await leader.sees("Bản sửa chưa gửi")
        assert card.id > receipt.id
        assert "chưa nêu" not in card.text, "what was reported of safety stands"
        assert await home.count("SELECT max(revision) FROM report_revision") == 1
        await leader.press(SEND)
        await leader.sees("đã sửa, lần 1")
        assert await home.count("SELECT max(revision) FROM report_revision") == 2


async def test_an_edit_of_yesterdays_line_does_not_become_todays_report(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        said = await leader.say(COMPLETE)
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận báo cáo")
        await home.at("15:00", TOMORROW)
        await leader.edit(said, "QS 26/27, ốm 1, an toàn, ổn định")
        assert "Báo cáo ngày 16/03/2026 đã chốt" in (await last(home, leader)).text
        assert await home.count("SELECT count(*) FROM draft") == 0


async def test_a_second_line_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        first = await answer_to(home, leader, COMPLETE)
        second = await answer_to(home, leader, "QS đủ, an toàn, ổn định")
        assert second.id > first.id
        await leader.press(SEND, message_id=first.id)
        await home.settled()
        assert (await leader.toasts())[-1].startswith("Phiếu đã thay đổi ở tin khác")
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_a_line_after_anothers_report_is_a_correction_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        early = await answer_to(home, leader, COMPLETE)
        await deputy.say("/baocao")
        await report_normally(deputy)
        await home.settled()
        overtaken = next(m for m in await leader.messages() if m.id == early.id)
        assert "Đã có báo cáo lúc 15:00 (Phó CHT)" in overtaken.text
        card = await answer_to(home, leader, COMPLETE)
        assert "Bản sửa chưa gửi" in card.text


async def test_a_line_leaves_the_words_of_the_draft_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await leader.press(DETAIL, timeout=5)
        await leader.press("📝 Việc hôm nay…", timeout=5)
        await leader.sees("không quá 200 ký tự")
        await leader.say("Tuần tra")
        await leader.sees("Việc hôm nay: Tuần tra")
        card = await answer_to(home, leader, COMPLETE)
        assert "Việc hôm nay: Tuần tra" in card.text
        assert NORMAL not in card.labels


async def test_a_card_with_words_from_elsewhere_counts_by_the_press(tmp_path: Path) -> None:
    async with house(tmp_path, at="16:25") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await leader.press(DETAIL, timeout=5)
        await leader.press("👤 Trực chỉ huy: chưa ghi", timeout=5)
        await leader.press("Chính trị viên", timeout=5)
        await leader.sees("Trực chỉ huy: Chính trị viên")
        card = await answer_to(home, leader, COMPLETE)
        assert "Trực chỉ huy: Chính trị viên" in card.text
        await home.at("16:31")
        await leader.press(SEND)
        assert "muộn, lúc 16:31" in (await leader.sees("Đã nhận báo cáo")).text


async def test_an_edited_line_is_asked_again_what_it_does_not_say(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        said = await leader.say(LINE)
        await leader.press("✅ An toàn", timeout=5)
        await home.settled()
        await leader.edit(said, "QS 26/27, phép 1")
        card = await last(home, leader)
        assert card.labels[:4] == ("✅ An toàn", "⚠️ Có vấn đề", "✅ Ổn định", "⚠️ Có vụ việc")


async def test_switched_off_questions_are_neither_shown_nor_asked(tmp_path: Path) -> None:
    async with house(tmp_path, duty_fields=frozenset({"absent", "order"})) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        card = await answer_to(home, leader, LINE)
        assert card.labels == (SEND, EDIT, CANCEL)
        assert "An toàn" not in card.text
        await leader.press(EDIT)
        editor = await last(home, leader)
        assert not any(
            "An toàn" in label or "📝" in label or "👤" in label for label in editor.labels
        )
        await home.at("15:05")
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "An toàn" not in receipt.text


async def test_an_edit_that_cannot_be_handled_is_apologised_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        said = await leader.say(COMPLETE)
        await leader.sees_button(SEND)

        async def breaks(*_: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as broken:
            broken.setattr(drafts, "save", breaks)
            await leader.edit(said, "QS đủ, an toàn, ổn định")
            await leader.sees("chưa được ghi nhận")
        await leader.press(SEND)
        assert "25/27" in (await leader.sees("Đã nhận báo cáo")).text
