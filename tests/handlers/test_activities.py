"""/hoatdong and /diemdanh: a course day from its announcement to its attendance."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.payloads import FormPress, Step
from bot.services import training_rows
from bot.services.participation import participations
from sandbox.people import Person
from storage import activities, rosters
from tests.house import DAY, House, house

ALL_PRESENT, SEND = "✅ Tất cả có mặt", "📨 Gửi điểm danh"


async def course(
    home: House, line: str = "16/3 8h-11h", units: str = "An Sơn, Tân Thạnh"
) -> Person:
    """Let the admin add a course for on-site forces."""
    admin = await home.admin()
    await admin.say("/hoatdong")
    await admin.press("➕ Thêm hoạt động", timeout=5)
    await admin.press("Khóa huấn luyện", timeout=5)
    await admin.press("tại chỗ", timeout=5)
    await admin.press("từ năm thứ hai", timeout=5)
    await admin.sees("gõ ba dòng")
    await admin.say(f"Huấn luyện tại chỗ\n{units}\n{line}")
    return admin


async def test_a_course_is_added_and_its_attendance_reported_in_two_taps(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home)
        card = await admin.sees("Huấn luyện: Ban chỉ huy")
        assert "2 đơn vị" in card.text
        await home.at("07:59")
        await home.settled()
        assert not any("Huấn luyện tại chỗ" in m.text for m in await leader.messages())
        await home.at("08:00")
        asked = await leader.sees("Huấn luyện tại chỗ, 08:00–11:00")
        assert ALL_PRESENT in asked.labels
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận điểm danh")
        assert "đúng hạn" in receipt.text
        assert "Mã:" in receipt.text
        assert "An Sơn" in receipt.text
        (row,) = await home.rows("SELECT type, subject, absent FROM report")
        assert row == ("attendance", "1", 0)


async def test_an_absence_is_counted_and_a_correction_is_a_revision(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home)
        await admin.sees("2 đơn vị")
        await home.at("08:00")
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("ốm: 0", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận điểm danh")
        await home.at("13:01")
        await leader.press("✏️ Sửa", timeout=5)
        await leader.press("phép: 0", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        told = await leader.sees("sửa sau hạn")
        assert "đúng hạn" in told.text
        assert await home.rows("SELECT revision, absent FROM report") == [(2, 2)]


async def test_attendance_after_its_due_time_is_late_and_after_its_lock_refused(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        await home.at("13:01")
        await leader.say("/diemdanh")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        assert "muộn" in (await leader.sees("Đã nhận điểm danh")).text
        await leader.press("💬 Lý do muộn", timeout=5)
        await leader.sees("không quá 100 ký tự")
        await leader.say("mất mạng")
        await leader.sees("Lý do muộn: mất mạng")
        await home.at("11:01", DAY + timedelta(days=3))
        await leader.press("✏️ Sửa", timeout=5)
        await home.settled()
        assert await home.rows("SELECT revision FROM report") == [(1,)]


async def test_two_people_of_one_unit_report_once(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.ACTING, "An Sơn", id=2)
        await (await course(home)).sees("2 đơn vị")
        await home.at("08:00")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận điểm danh")
        assert "Huấn luyện tại chỗ" in (await other.sees("Đã có báo cáo")).text
        assert await home.count("SELECT count(*) FROM report_revision") == 1


async def test_a_cancelled_session_says_so_on_its_form_and_takes_no_attendance(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home)
        await admin.sees("2 đơn vị")
        await home.at("08:00")
        await leader.sees("Điểm danh")
        await admin.press("❌ Hủy hoạt động", timeout=5)
        await admin.press("❌ Đúng, hủy", timeout=5)
        await admin.sees("Đã hủy")
        closed = await leader.sees("đã bị hủy")
        assert closed.labels == ()
        await leader.say("/diemdanh")
        await leader.sees("không có buổi nào")
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_what_makes_no_activity_is_refused_with_a_reason_and_saves_nothing(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await course(home, "16/3 11h-8h")
        await admin.sees("kết thúc trước khi bắt đầu")
        await admin.say("Huấn luyện\nAn Sơn\nkhi nào rảnh")
        await admin.sees("Không đọc được ngày giờ")
        await admin.say("Huấn luyện\n,\n16/3 8h-11h")
        await admin.sees("Chưa có đơn vị nào")
        await admin.say("Huấn luyện\nAn Sơn\n16/3 8h-11h, 10h-12h")
        await admin.sees("trùng giờ")
        await admin.say("Huấn luyện")
        await admin.sees("đúng ba dòng")
        assert await home.count("SELECT count(*) FROM activity") == 0
        await admin.say("Huấn luyện\nAn Sơn\n16/3 8h-11h")
        await admin.sees("1 đơn vị")
        assert await home.count("SELECT count(*) FROM activity_session") == 1


async def test_sessions_outside_the_days_are_refused_unless_they_make_up(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await course(home)
        await admin.press("➕ Thêm buổi, buổi bù", timeout=5)
        await admin.sees("gõ ngày và giờ")
        await admin.say("20/3 8h-11h")
        await admin.sees("nằm ngoài những ngày")
        await admin.say("bù 20/3 8h-11h")
        await admin.sees("(bù)")
        assert await home.count("SELECT count(*) FROM activity_session WHERE is_make_up") == 1


async def test_liable_people_are_shown_and_can_be_changed(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home, units="An Sơn")
        await admin.press("👥 Số người phải dự", timeout=5)
        await admin.sees("số người phải dự, ví dụ")
        await admin.say("An Sơn: 7")
        await admin.sees("7 người phải dự")
        await home.at("08:00")
        await leader.press(ALL_PRESENT, timeout=5)
        assert "7/7" in (await leader.sees("Chưa gửi")).text


async def test_results_are_asked_at_the_end_and_make_the_coverage(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home, units="An Sơn")
        await admin.press("👥 Số người phải dự", timeout=5)
        await admin.sees("số người phải dự, ví dụ")
        await admin.say("An Sơn: 5")
        await admin.sees("5 người phải dự")
        await home.at("11:00")
        await leader.sees("Kết quả khóa huấn luyện")
        await leader.say("/diemdanh")
        await leader.press("📝 16/03 kết quả Huấn luyện tại chỗ – An Sơn", timeout=5)
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("giỏi: 0", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press("📨 Gửi kết quả", timeout=5)
        await leader.sees("Đã nhận kết quả")
        async with home.database.snapshot() as session:
            (one,) = await participations(
                session, home.settings.schedule, DAY, DAY, home.moment("12:00")
            )
        assert (one.liable, one.completed, one.is_finished) == (5, 5, True)


async def results_asked(home: House) -> Person:
    """Let An Sơn's leader fill in the results of a course of 40."""
    leader = await home.join(Role.LEADER, "An Sơn", id=1)
    admin = await course(home, units="An Sơn")
    await admin.press("👥 Số người phải dự", timeout=5)
    await admin.sees("số người phải dự, ví dụ")
    await admin.say("An Sơn: 40")
    await admin.sees("40 người phải dự")
    await home.at("11:00")
    await leader.sees("Kết quả khóa huấn luyện")
    await leader.say("/diemdanh")
    await leader.press("📝 16/03 kết quả Huấn luyện tại chỗ – An Sơn", timeout=5)
    await leader.press("✏️ Nhập chi tiết", timeout=5)
    return leader


async def test_results_of_many_are_typed_in_one_message(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await results_asked(home)
        await leader.press("⌨️ Gõ các số", timeout=5)
        await leader.sees("Mời đồng chí gõ các số")
        await leader.say("giỏi năm")
        await leader.sees("Tôi không hiểu “giỏi năm”")
        await leader.say("giỏi 41")
        await leader.sees("kết quả không thể quá số hoàn thành (40)")
        await leader.say("hoàn thành 38, giỏi 5, 20 khá, Đạt: 11, không đạt 2")
        shown = await leader.sees_button("Hoàn thành: 38")
        for label in ("giỏi: 5", "khá: 20", "đạt: 11", "không đạt: 2"):
            assert label in shown.labels
        await leader.press("➕", timeout=5)
        await leader.sees_button("Hoàn thành: 39")
        await leader.press("⌨️ Gõ các số", timeout=5)
        await leader.sees("Mời đồng chí gõ các số")
        await leader.say("khá 21")
        assert "giỏi: 5" in (await leader.sees_button("khá: 21")).labels, "what was not said stays"
        await leader.press("✔️ Xong", timeout=5)
        await leader.press("📨 Gửi kết quả", timeout=5)
        told = await leader.sees("Đã nhận kết quả")
        assert "giỏi 5, khá 21, đạt 11, không đạt 2" in told.text


async def test_why_attendance_was_late_is_kept_with_that_session(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        await home.at("13:01")
        await leader.say("/diemdanh")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.press("💬 Lý do muộn", timeout=5)
        await leader.sees("lý do báo cáo muộn")
        await leader.say("mất mạng ở thao trường")
        await leader.sees("mất mạng ở thao trường")
        assert await home.rows("SELECT type, late_reason FROM report") == [
            ("attendance", "mất mạng ở thao trường")
        ]


async def test_with_shares_only_a_card_and_a_receipt_have_no_heads(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00", strength_display="percent") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home, units="An Sơn")
        card = await admin.sees("1 đơn vị")
        assert "người phải dự" not in card.text
        await home.at("08:00")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        assert "Quân số" not in (await leader.sees("Đã nhận điểm danh")).text


async def test_a_leader_may_not_open_the_list_of_activities(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/hoatdong")
        await home.settled()
        assert not any(
            "Thêm hoạt động" in label for m in await leader.messages() for label in m.labels
        )


async def roster_course(home: House, codes: int) -> Person:
    """Let An Sơn be asked by codes A00, A01 and so on; return its leader, at the session's start."""
    leader = await home.join(Role.LEADER, "An Sơn", id=1)
    admin = await course(home, units="An Sơn")
    await admin.press("🔢 Điểm danh theo mã", timeout=5)
    await admin.sees("điểm danh theo mã")
    (unit_id,) = (await home.rows("SELECT unit_id FROM activity_unit"))[0]
    async with home.database.transaction() as session:
        for n in range(codes):
            await rosters.add(
                session, unit_id, f"A{n:02}", "on_site", date(2024, 1, 1), date(2024, 1, 1)
            )
    await home.at("08:00")
    return leader


async def absences(home: House) -> list[tuple[object, ...]]:
    return await home.rows(
        "SELECT code, absent_for FROM attendance JOIN roster_member ON id = member_id "
        "WHERE absent_for IS NOT NULL ORDER BY code"
    )


async def test_a_roster_of_sixty_is_answered_by_codes_page_by_page(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await roster_course(home, 60)
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("✅ A05", timeout=5)
        await leader.press("▶️", timeout=5)
        await leader.press("✅ A21", timeout=5)
        shown = await leader.sees("58/60")
        assert "❌ A21" in shown.labels
        assert sum("A" in label for label in shown.labels) == 20
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận điểm danh")
        assert await absences(home) == [("A05", "not_stated"), ("A21", "not_stated")]
        assert await home.count("SELECT count(*) FROM attendance") == 60
        await leader.press("✏️ Sửa", timeout=5)
        await leader.press("❌ A05", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("lần 1")
        assert await home.count("SELECT count(*) FROM attendance WHERE absent_for IS NULL") == 59


async def test_reasons_are_given_by_code_to_who_is_absent_and_only_where_the_leader_wants_to(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await roster_course(home, 4)
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        assert not any("Lý do vắng" in label for label in (await leader.sees("4/4")).labels)
        for code in ("A00", "A01", "A03"):
            await leader.press(f"✅ {code}", timeout=5)
        await leader.press("📝 Lý do vắng (chưa nêu: 3)", timeout=5)
        shown = await leader.sees("Đang chọn lý do: phép")
        assert "🔘 phép" in shown.labels
        assert "A02" not in " ".join(shown.labels)
        await leader.press("A00: chưa nêu", timeout=5)
        await leader.press("ốm", timeout=5)
        await leader.sees_button("🔘 ốm")
        await leader.press("A03: chưa nêu", timeout=5)
        await leader.press("A00: phép", timeout=5)  # another reason takes the place of the first
        await leader.press("A00: ốm", timeout=5)  # the same again takes it back
        shown = await leader.sees("ốm: A03; chưa nêu: A00, A01")
        await leader.press("A00: chưa nêu", timeout=5)
        await leader.press("↩️ Quay lại", timeout=5)
        await leader.press("❌ A03", timeout=5)  # present after all
        await leader.press("✔️ Xong", timeout=5)
        card = await leader.sees("Chưa gửi")
        assert "ốm: A00; chưa nêu: A01" in card.text
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận điểm danh")
        assert "ốm: A00; chưa nêu: A01" in receipt.text
        assert await absences(home) == [("A00", "sick"), ("A01", "not_stated")]
        await leader.press("✏️ Sửa", timeout=5)
        await leader.press("📝 Lý do vắng (chưa nêu: 1)", timeout=5)
        await leader.press("công tác", timeout=5)
        await leader.sees_button("🔘 công tác")
        await leader.press("A01: chưa nêu", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("lần 1")
        assert await absences(home) == [("A00", "sick"), ("A01", "on_mission")]
        assert await home.count("SELECT count(*) FROM report_revision") == 2
        async with home.database.snapshot() as session:
            (row,) = await training_rows.rows(
                session,
                home.settings.schedule,
                DAY,
                DAY,
                home.moment("12:00"),
                home.parts.application.bot_data.library.default,
                with_strength=True,
            )
        assert (row["present"], row["absences"]) == (2, "ốm 1, công tác 1")


async def test_reasons_of_many_absent_are_given_page_by_page_and_the_page_stays(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await roster_course(home, 25)
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        for n in range(20):
            await leader.press(f"✅ A{n:02}", timeout=5)
        await leader.press("▶️", timeout=5)
        for n in range(20, 23):
            await leader.press(f"✅ A{n:02}", timeout=5)
        await leader.press("📝 Lý do vắng (chưa nêu: 23)", timeout=5)
        await leader.press("▶️", timeout=5)
        await leader.sees_button("A21: chưa nêu")
        await leader.press("học", timeout=5)
        await leader.sees_button("🔘 học")
        await leader.press("A21: chưa nêu", timeout=5)
        shown = await leader.sees("học: A21")
        assert "A21: học" in shown.labels
        assert "A00: chưa nêu" not in shown.labels


@pytest.mark.parametrize(
    ("step", "argument"),
    [
        (Step.WHY, "codes.99.0"),
        (Step.WHY, "codes"),
        (Step.GIVE, "codes.1.99"),
        (Step.GIVE, "codes.1"),
        (Step.GIVE, "absent.1.1"),
    ],
)
async def test_a_reason_that_no_button_gives_is_refused(
    tmp_path: Path, step: Step, argument: str
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await roster_course(home, 4)
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("✅ A00", timeout=5)
        form = await leader.sees("3/4")
        (unit_id,) = (await home.rows("SELECT unit_id FROM activity_unit"))[0]
        press = FormPress("attendance", DAY, unit_id, step, 0, argument=argument, subject="1")
        await leader.forge(press.pack(), form.id)
        await home.settled()
        assert "không còn dùng được" in " ".join(await leader.toasts())
        assert await home.count("SELECT count(*) FROM draft WHERE answers LIKE '%not_stated%'") == 1


async def test_the_digest_of_the_day_names_its_activities(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        await home.at("08:00")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận điểm danh")
        await home.at("16:30")
        told = await group.sees("Hoạt động trong ngày")
        assert "Huấn luyện tại chỗ, 08:00–11:00: 1/2 đơn vị điểm danh, có mặt " in told.text


async def test_a_session_that_nobody_told_of_is_said_to_be_without_attendance(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00", strength_display="percent") as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        admin = await home.admin()
        await admin.say("/tonghop", chat=group)
        await group.sees("Huấn luyện tại chỗ, 08:00–11:00: chưa điểm danh")
        await home.at("08:00")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận điểm danh")
        await home.at("16:30")
        await group.sees("08:00–11:00: 1/2 đơn vị điểm danh, có mặt 100 %")


async def test_two_sessions_of_a_day_are_asked_and_answered_each_by_itself(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home, "16/3 8h-11h, 13h-15h")).sees("2 đơn vị")
        await home.at("08:00")
        await leader.sees("08:00–11:00")
        await home.at("13:00")
        await leader.sees("13:00–15:00")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        assert "13:00–15:00" in (await leader.sees("Đã nhận điểm danh")).text
        await leader.say("/diemdanh")
        asked = await leader.sees("08:00–11:00")
        assert ALL_PRESENT in asked.labels
        assert await home.rows("SELECT subject FROM report") == [("2",)]


async def test_what_was_cancelled_after_its_report_is_told_as_such(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home)
        await admin.sees("2 đơn vị")
        await home.at("08:00")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("Đã nhận điểm danh")
        async with home.database.transaction() as session:
            await activities.cancel_session(session, 1, home.moment("08:30"))
        await leader.press("✏️ Sửa", receipt.id, timeout=5)
        assert (await leader.sees("đã bị hủy")).labels == ()


async def set_liable(admin: Person, number: int) -> None:
    await admin.say("/hoatdong")
    await admin.press("🟢 Huấn luyện tại chỗ (16/03–16/03/2026)", timeout=5)
    await admin.press("👥 Số người phải dự", timeout=5)
    await admin.sees("số người phải dự, ví dụ")
    await admin.say(f"An Sơn: {number}")
    await admin.sees(f"{number} người phải dự")


async def test_no_more_can_be_absent_or_have_completed_than_are_to_take_part(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home, units="An Sơn")
        await admin.sees("1 đơn vị")
        await set_liable(admin, 1)
        await home.at("08:00")
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("ốm: 0", timeout=5)
        await leader.press("phép: 0", timeout=5)
        await home.settled()
        assert "Tổng vắng không thể quá số người phải dự (1)." in await leader.toasts()
        await home.at("11:00")
        await leader.sees("Kết quả khóa huấn luyện")
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("Hoàn thành: 1", timeout=5)
        await home.settled()
        assert "Số hoàn thành không thể quá số người phải dự (1)." in await leader.toasts()
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_results_above_people_who_are_fewer_by_now_are_refused_when_sent(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await course(home, units="An Sơn")
        await admin.sees("1 đơn vị")
        await set_liable(admin, 5)
        await home.at("11:00")
        await leader.sees("Kết quả khóa huấn luyện")
        await leader.press("✏️ Nhập chi tiết", timeout=5)
        await leader.press("✔️ Xong", timeout=5)
        await set_liable(admin, 3)
        await leader.press("📨 Gửi kết quả", timeout=5)
        await home.settled()
        assert "Số hoàn thành không thể quá số người phải dự (3)." in await leader.toasts()
        assert await home.count("SELECT count(*) FROM report") == 0
