"""Why a report was late: asked on its receipt, kept beside the mark."""

from pathlib import Path

from bot.domain.people import Role
from sandbox.people import Person
from tests.handlers.test_duty_report import EDIT, NORMAL, SEND, report_normally
from tests.handlers.test_typed_line import answer_to, last
from tests.house import House, house

REASON = "💬 Lý do muộn"


async def reported_late(home: House) -> Person:
    leader = await home.join(Role.LEADER, "An Sơn", id=1)
    await leader.say("/baocao")
    await report_normally(leader)
    return leader


async def test_a_late_receipt_takes_a_reason_and_shows_it(tmp_path: Path) -> None:
    async with house(tmp_path, at="17:00") as home:
        leader = await reported_late(home)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert receipt.labels == (EDIT, REASON)
        await leader.press(REASON)
        question = await leader.sees("không quá 100 ký tự")
        assert question.id == receipt.id
        assert "Không ghi bí mật nhà nước" in question.text
        await leader.say("Mất <điện> cả phường")
        told = await leader.sees("Lý do muộn: Mất <điện> cả phường")
        assert told.id == receipt.id
        assert "✅ Đã nhận báo cáo" in told.text
        assert await home.rows("SELECT late_reason FROM report") == [("Mất <điện> cả phường",)]
        assert await home.count("SELECT max(revision) FROM report_revision") == 1


async def test_the_reason_can_be_changed_until_the_lock(tmp_path: Path) -> None:
    async with house(tmp_path, at="17:00") as home:
        leader = await reported_late(home)
        for reason in ("Mất điện", "Mất mạng"):
            await leader.press(REASON, timeout=5)
            await leader.sees("không quá 100 ký tự")
            await leader.say(reason)
            await leader.sees(f"Lý do muộn: {reason}")
        await leader.press(REASON)
        assert "Mất mạng" in (await leader.sees("không quá 100 ký tự")).text
        await home.at("20:00")
        assert "đã chốt lúc 20:00" in (await answer_to(home, leader, "Quên")).text
        assert await home.rows("SELECT late_reason FROM report") == [("Mất mạng",)]
        audited = await home.rows(
            "SELECT role, before, after FROM audit WHERE action = 'report.late_reason' ORDER BY id"
        )
        assert audited[-1][2] == "Mất mạng"
        assert [row[1] for row in audited] == [None, *(row[2] for row in audited[:-1])]
        await leader.press("↩️ Quay lại")
        kept = await leader.sees("Lý do muộn: Mất mạng")
        assert kept.labels == ()


async def test_a_correction_keeps_the_reason(tmp_path: Path) -> None:
    async with house(tmp_path, at="17:00") as home:
        leader = await reported_late(home)
        await leader.press(REASON, timeout=5)
        await leader.sees("không quá 100 ký tự")
        await leader.say("Mất điện")
        await leader.press(EDIT, timeout=5)
        await leader.press("ốm: 0", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("sửa sau hạn")
        assert "Lý do muộn: Mất điện" in receipt.text
        assert REASON in receipt.labels


async def test_a_reason_that_is_too_long_leaves_the_question_open(tmp_path: Path) -> None:
    async with house(tmp_path, at="17:00") as home:
        leader = await reported_late(home)
        await leader.press(REASON, timeout=5)
        await leader.sees("không quá 100 ký tự")
        assert "dài 101 ký tự, chỉ ghi được 100" in (await answer_to(home, leader, "x" * 101)).text
        await leader.say("y" * 100)
        await leader.sees("Lý do muộn: " + "y" * 100)


async def test_nobody_asks_why_a_report_in_time_was_late(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await leader.press(NORMAL, timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert receipt.labels == (EDIT,)
        await leader.forge("f:duty:20260316:3:late:1::", receipt.id)
        await home.settled()
        assert (await leader.sees("Đã nhận báo cáo")).text == receipt.text
        assert "Tôi chỉ hiểu" in (await answer_to(home, leader, "Mất điện")).text


async def test_leaving_the_question_by_huy_says_so_and_the_way_back_stays(tmp_path: Path) -> None:
    async with house(tmp_path, at="17:00") as home:
        leader = await reported_late(home)
        await leader.press(REASON, timeout=5)
        await leader.sees("không quá 100 ký tự")
        assert "Đã bỏ câu đang hỏi" in (await answer_to(home, leader, "/huy")).text
        await leader.press("↩️ Quay lại")
        assert "Đã nhận báo cáo" in (await leader.sees_button(REASON)).text
        assert "Đã nhận báo cáo" not in (await last(home, leader)).text
