"""Reports for targets: asked by their own calendar or by the event, with the form of all reports."""

from datetime import date, timedelta
from pathlib import Path

from bot.domain.people import Role
from sandbox.people import Person
from storage import outages
from tests.house import DAY, House, house, moved_in

JUNE = date(2026, 6, 1)
DUE = date(2026, 6, 15)
COMMITTEE = "Báo cáo cấp ủy chi bộ 6 tháng đầu năm 2026"
MEMBERS = "Báo cáo tỷ lệ đảng viên 6 tháng đầu năm 2026"


async def prompts(home: House, of: str = "party_committee") -> int:
    return await home.count("SELECT count(*) FROM outbox WHERE type = ? AND kind = 'prompt'", of)


async def taps(home: House, person: Person, message_id: int, *labels: str) -> None:
    """Press these buttons of the message, each once it is drawn."""
    for label in labels:
        await home.settled()
        await person.press(label, message_id)


async def report_committee(leader: Person) -> None:
    asked = await leader.sees(COMMITTEE)
    await leader.press("✅ Có cấp ủy", asked.id)
    await leader.sees("Chi bộ có cấp ủy: có")
    await leader.press("📨 Gửi báo cáo", asked.id)


async def test_the_prompt_comes_on_its_day_and_two_taps_report(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:29", JUNE)
        assert await prompts(home) == 0
        await home.at("15:30", JUNE)
        asked = await leader.sees(COMMITTEE)
        assert "16:30 ngày 15/06/2026" in asked.text
        assert "📋 Như lần trước" not in asked.labels
        await report_committee(leader)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "đúng hạn" in receipt.text
        assert receipt.id == asked.id
        assert await prompts(home, "office") == 0  # once a year, in December
        assert await home.rows(
            "SELECT period_start, subject FROM report WHERE type = 'party_committee'"
        ) == [("2026-01-01", "")]


async def test_counts_are_typed_and_no_card_is_sent_without_them(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", JUNE)
        asked = await leader.sees(MEMBERS)
        assert asked.labels == ("✏️ Nhập chi tiết",)
        await leader.press("✏️ Nhập chi tiết", asked.id)
        await leader.sees("số đảng viên/quân số DQTV")
        for wrong in ("28/27", "tám", "0/0", "1" * 5000):
            await leader.say(wrong[:4000])
            await leader.sees("Tôi cần hai số")
            await home.settled()
        await leader.say("8/27")
        card = await leader.sees("Đảng viên/quân số DQTV: 8/27")
        assert card.id == asked.id
        await leader.press("📨 Gửi báo cáo", card.id)
        await leader.sees("Đã nhận báo cáo")
        await leader.say("/chitieu")
        own = await leader.sees("Chỉ tiêu: phường An Sơn")
        assert "Đảng viên: 29,62 % / ≥ 27,32 % (số liệu 01/06/2026)" in own.text


async def test_next_time_two_taps_say_that_nothing_has_changed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", JUNE)
        asked = await leader.sees(MEMBERS)
        await leader.press("✏️ Nhập chi tiết", asked.id)
        await leader.sees("số đảng viên/quân số DQTV")
        await leader.say("8/27")
        card = await leader.sees("Đảng viên/quân số DQTV: 8/27")
        await leader.press("📨 Gửi báo cáo", card.id)
        await leader.sees("Đã nhận báo cáo")
        await home.at("15:30", date(2026, 12, 1))
        again = await leader.sees("Báo cáo tỷ lệ đảng viên 6 tháng cuối năm 2026")
        await taps(home, leader, again.id, "📋 Như lần trước", "📨 Gửi báo cáo")
        await home.settled()
        assert await home.rows(
            "SELECT period_start, answers FROM report_revision WHERE type = 'party_members'"
        ) == [("2026-01-01", '{"members":[8,27]}'), ("2026-07-01", '{"members":[8,27]}')]


async def test_late_is_late_in_the_targets_own_row_alone_and_a_correction_is_not(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Xuân", id=2)
        commander = await home.join(Role.COMMANDER, id=9)
        await home.at("15:30", JUNE)
        await report_committee(leader)
        await leader.sees("Đã nhận báo cáo")
        await home.at("16:31", DUE)
        await report_committee(other)
        assert "muộn" in (await other.sees("Đã nhận báo cáo")).text
        receipt = await leader.sees("Đã nhận báo cáo")
        changes = ("✏️ Sửa", "Cấp ủy: có 🔁", "✔️ Xong", "📨 Gửi báo cáo")
        await taps(home, leader, receipt.id, *changes)
        corrected = await leader.sees("sửa sau hạn")
        assert "đúng hạn" in corrected.text
        assert "🚨" not in "".join(corrected.labels)
        await commander.say("/chitieu")
        listed = await commander.sees("⏰ thiếu 11")
        await commander.press("7", listed.id)
        told = await commander.sees("Kỳ 6 tháng đầu năm 2026")
        assert "đã báo cáo 2/13" in told.text
        assert "Báo cáo muộn 1: An Xuân" in told.text
        assert "⏰ Chưa báo cáo kỳ này 11: " in told.text
        duty = await home.count("SELECT count(*) FROM report WHERE type = 'duty'")
        assert duty == 0  # nothing of it is in the reporting rate


async def test_who_does_not_report_is_reminded_and_then_the_deputy(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:30", JUNE)
        await leader.sees(COMMITTEE)
        await home.at("16:30", DUE - timedelta(days=2))
        await leader.sees("⏰ Nhắc đồng chí: đơn vị chưa báo cáo, hạn 16:30 ngày 15/06/2026")
        await home.at("16:45", DUE)
        await leader.sees("Đã quá hạn 16:30 ngày 15/06/2026")
        await home.at("17:00", DUE)
        await deputy.sees("Đề nghị đồng chí báo cáo thay")


async def test_two_people_of_one_unit_do_not_write_over_each_other(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:30", JUNE)
        theirs = await deputy.sees(COMMITTEE)
        await report_committee(leader)
        await leader.sees("Đã nhận báo cáo")
        await home.settled()
        assert "Đã có báo cáo" in (await deputy.sees("Đã có báo cáo")).text
        await deputy.forge("f:c:20260101:3:normal:0::", theirs.id)
        await home.settled()
        assert await home.count("SELECT count(*) FROM report_revision") == 1


async def test_a_commander_asks_in_between_and_it_is_one_report_of_its_own(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/chitieu")
        await commander.press("9", timeout=5)
        asked = await commander.sees("Lần hỏi tới: 01/12/2026")
        await taps(home, commander, asked.id, "📣 Hỏi báo cáo ngay", "📣 Hỏi ngay")
        await commander.sees("Đã hỏi báo cáo Nhà làm việc, hạn 16:30 ngày 30/03/2026")
        await home.parts.reconcile.look()
        prompt = await leader.sees("Báo cáo nhà làm việc 16/03/2026")
        await commander.say("/chitieu")
        await commander.press("9", timeout=5)
        await commander.press("📣 Hỏi báo cáo ngay", timeout=5)
        await commander.press("📣 Hỏi ngay", timeout=5)
        await commander.sees("Không hỏi thêm: báo cáo Nhà làm việc có kỳ hỏi ngày 16/03/2026")
        assert await home.count("SELECT count(*) FROM audit WHERE action = 'target.ask'") == 1
        await taps(home, leader, prompt.id, "✅ Có nhà làm việc", "📨 Gửi báo cáo")
        await leader.sees("Đã nhận báo cáo")
        await home.at("15:30", date(2026, 12, 1))
        again = await leader.sees("Báo cáo nhà làm việc năm 2026")
        assert "📋 Như lần trước" in again.labels


async def test_a_leader_opens_the_form_from_the_targets_and_cannot_ask_others(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/chitieu")
        await leader.press("✏️ Báo cáo chỉ tiêu", timeout=5)
        closed = await leader.sees("Lần hỏi tới: 01/06/2026")
        assert closed.labels == ("🎯 Các chỉ tiêu",)
        await leader.forge("tg:asked::office:0", closed.id)
        await home.settled()
        assert await home.count("SELECT count(*) FROM target_asking") == 0
        await home.at("15:30", JUNE)
        await leader.say("/chitieu")
        await leader.press("✏️ Báo cáo chỉ tiêu", timeout=5)
        await leader.press("📝 Báo cáo cấp ủy chi bộ", timeout=5)
        await leader.press("✅ Có cấp ủy", timeout=5)
        await leader.press("📨 Gửi báo cáo", timeout=5)
        await leader.sees("Đã nhận báo cáo")


async def test_after_a_restart_the_draft_is_there_and_nobody_is_asked_twice(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", JUNE)
        asked = await leader.sees(COMMITTEE)
        await leader.press("✅ Có cấp ủy", asked.id)
        await leader.sees("Chi bộ có cấp ủy: có")
        await home.settled()
        before = await prompts(home)
        box, settings = home.box, home.settings
        home.stop.set()
        await home.task
        async with moved_in(box, settings) as again:
            await again.parts.reconcile.look()
            assert await prompts(again) == before
            await leader.press("📨 Gửi báo cáo", asked.id, timeout=5)
            await leader.sees("Đã nhận báo cáo")


async def test_who_could_not_report_in_an_outage_is_not_late(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", JUNE)
        await leader.sees(COMMITTEE)
        async with home.database.transaction() as session:
            await outages.add(session, home.moment("16:00", DUE), home.moment("17:00", DUE))
        await home.at("17:15", DUE)
        await report_committee(leader)
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text


async def test_what_units_gave_before_still_counts_with_its_day(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        (unit,) = (await home.rows("SELECT id FROM unit WHERE short_name = 'An Sơn'"))[0]
        at = int(home.moment("08:00", DAY - timedelta(days=30)).timestamp() * 1000)
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO target_status (key, unit_id, state, at) VALUES ('office', ?, 'done', ?)",
                (unit, at),
            )
            await session.run(
                "INSERT INTO target_count (key, unit_id, part, whole, at) "
                "VALUES ('party_members', ?, 9, 27, ?)",
                (unit, at),
            )
        await leader.say("/chitieu")
        own = await leader.sees("Chỉ tiêu: phường An Sơn")
        assert "Nhà làm việc: có (số liệu 14/02/2026)" in own.text
        assert "Đảng viên: 33,33 % / ≥ 27,32 % (số liệu 14/02/2026)" in own.text
        await home.at("16:31", DUE)
        await leader.say("/chitieu")
        stale = await leader.sees("⏰ chưa báo cáo kỳ này")
        assert "Đảng viên: 33,33 %" in stale.text


async def test_a_report_that_is_closed_or_not_asked_is_refused_by_its_name_and_period(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", JUNE)
        asked = await leader.sees(COMMITTEE)
        (unit,) = (await home.rows("SELECT id FROM unit WHERE short_name = 'An Sơn'"))[0]
        await home.at("16:30", date(2026, 12, 1))
        await leader.press("✅ Có cấp ủy", asked.id)
        closed = await leader.sees(f"{COMMITTEE} đã chốt lúc ")
        assert "01/01/2026" not in closed.text
        await leader.forge(f"f:office:20240101:{unit}:normal:0::", asked.id)
        told = await leader.sees(
            "Đơn vị không được hỏi báo cáo này: Báo cáo nhà làm việc năm 2024."
        )
        assert "/chitieu" in told.text
        assert "/baocao" not in told.text


async def test_a_period_that_is_not_asked_yet_is_told_in_the_readers_language(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30", JUNE)
        asked = await leader.sees(COMMITTEE)
        (unit,) = (await home.rows("SELECT id FROM unit WHERE short_name = 'An Sơn'"))[0]
        await home.at("15:00", date(2026, 12, 1))
        early = f"f:c:20260701:{unit}:normal:0::"
        await leader.forge(early, asked.id)
        await leader.sees("Chưa hỏi báo cáo này: Báo cáo cấp ủy chi bộ 6 tháng cuối năm 2026.")
        async with home.database.transaction() as session:
            await session.run("UPDATE person SET language = 'en'")
        await leader.forge(early, asked.id)
        told = await leader.sees("for the second half of 2026 is not asked for yet")
        assert "/chitieu" in told.text
