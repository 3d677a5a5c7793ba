"""Rosters of codes, typed in the chat, and a course by codes from its plan to its target."""

from datetime import timedelta
from pathlib import Path

from bot.domain.people import Role
from sandbox.people import Person
from tests.handlers.test_activities import course
from tests.house import DAY, House, house


async def open_roster(person: Person, unit: str = "An Sơn") -> None:
    await person.say("/hoatdong")
    await person.press("🪪 Danh sách người theo mã", timeout=5)
    await person.press(unit, timeout=5)


async def begin_adding(person: Person, unit: str = "An Sơn") -> None:
    await open_roster(person, unit)
    await person.press("➕ Thêm mã", timeout=5)
    await person.press("tại chỗ", timeout=5)
    await person.sees("ngày bắt đầu phục vụ, rồi các mã")


async def codes(home: House) -> list[tuple[object, ...]]:
    return await home.rows("SELECT code, valid_from, valid_to FROM roster_member ORDER BY code, id")


async def test_codes_are_typed_seen_and_ended_and_the_trail_tells_how_many(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await home.admin()
        commander = await home.join(Role.COMMANDER, id=1)
        await begin_adding(commander)
        await commander.say("01/02/2024: dq01, DQ02\n01/03/2026: DQ03")
        shown = await commander.sees("Đã ghi.")
        assert "Hôm nay: 3 người" in shown.text
        assert "• tại chỗ, vào 01/02/2024: DQ01, DQ02" in shown.text
        await commander.press("➖ Cho thôi", timeout=5)
        await commander.sees("các mã thôi từ hôm nay")
        await commander.say("từ 20/3\nDQ02")
        await commander.sees("DQ02 (thôi từ 20/03/2026)")
        today, later = DAY.isoformat(), (DAY + timedelta(days=4)).isoformat()
        assert await codes(home) == [
            ("DQ01", today, None),
            ("DQ02", today, later),
            ("DQ03", today, None),
        ]
        await admin.say("/nhatky")
        told = await admin.sees("Đổi danh sách người")
        assert "thêm 3 người, từ 16/03/2026" in told.text
        assert "1 người thôi, từ 20/03/2026" in told.text
        assert "DQ01" not in told.text


async def test_a_code_twice_is_refused_by_its_name_and_nothing_is_saved(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await home.admin()
        await begin_adding(admin)
        await admin.say("01/02/2024: DQ01, DQ02, dq01")
        await admin.sees("Mã DQ01 đã có hoặc gõ hai lần")
        assert await codes(home) == []
        await admin.say("01/02/2024: DQ01")
        await admin.sees("Đã ghi.")
        await begin_adding(admin)
        await admin.say("01/02/2024: DQ05, DQ01")
        await admin.sees("Mã DQ01 đã có hoặc gõ hai lần")
        assert len(await codes(home)) == 1
        assert await home.count("SELECT count(*) FROM audit WHERE action = 'roster.change'") == 1


async def test_names_and_codes_of_nobody_are_refused_with_what_was_typed(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await home.admin()
        await begin_adding(admin)
        await admin.say("01/02/2024: Nguyễn Văn A")
        await admin.sees("“Nguyễn” không phải mã")
        await admin.say("DQ01")
        await admin.sees("Trước mã DQ01 chưa có ngày bắt đầu phục vụ")
        await admin.say("01/02/2024: DQ01")
        await admin.sees("Đã ghi.")
        await admin.press("➖ Cho thôi", timeout=5)
        await admin.sees("các mã thôi từ hôm nay")
        await admin.say("DQ01 DQ09")
        await admin.sees("Mã DQ09 không có trong danh sách")
        assert await codes(home) == [("DQ01", DAY.isoformat(), None)]


async def test_who_was_ended_by_mistake_is_the_same_person_again(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        admin = await home.admin()
        await begin_adding(admin)
        await admin.say("01/02/2024: DQ01")
        await admin.sees("Đã ghi.")
        await admin.press("➖ Cho thôi", timeout=5)
        await admin.sees("các mã thôi từ hôm nay")
        await admin.say("DQ01")
        await admin.sees("Chưa có mã nào.")
        await begin_adding(admin)
        await admin.say("01/02/2024: DQ01")
        await admin.sees("Hôm nay: 1 người")
        assert await codes(home) == [("DQ01", DAY.isoformat(), None)]


async def test_with_shares_only_a_roster_lists_no_codes(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00", strength_display="percent") as home:
        admin = await home.admin()
        await begin_adding(admin)
        await admin.say("01/02/2024: DQ01")
        shown = await admin.sees("Đã ghi.")
        assert "DQ01" not in shown.text
        assert "người" not in shown.text.replace("Danh sách người", "")


async def attend(leader: Person, *absent: str) -> None:
    """Report the newest form that asks for attendance, with these codes absent."""
    await leader.press("✏️ Nhập chi tiết", timeout=5)
    for code in absent:
        await leader.press(f"✅ {code}", timeout=5)
    await leader.press("✔️ Xong", timeout=5)
    await leader.press("📨 Gửi điểm danh", timeout=5)
    await leader.sees("Đã nhận điểm danh")


async def test_a_course_by_codes_goes_from_its_plan_to_what_its_target_still_lacks(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="06:00") as home:
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO training_requirement (category, service, days, valid_from, source) "
                "VALUES ('on_site', 'later', 2, '2026-01-01', 'x')"
            )
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        commander = await home.join(Role.COMMANDER, id=2)
        admin = await course(home, "16/3-17/3 7h-17h", "An Sơn")
        await admin.sees("1 đơn vị")
        await admin.press("🔢 Điểm danh theo mã", timeout=5)
        await admin.press("🪪 Danh sách người theo mã", timeout=5)
        await admin.press("An Sơn", timeout=5)
        await admin.press("➕ Thêm mã", timeout=5)
        await admin.press("tại chỗ", timeout=5)
        await admin.sees("ngày bắt đầu phục vụ, rồi các mã")
        await admin.say("01/02/2024: DQ01, DQ02, DQ03, DQ04\n01/03/2026: DQ05")
        await admin.sees("Hôm nay: 5 người")
        await home.at("07:00")
        await leader.sees("16/03")
        await attend(leader, "DQ02", "DQ04")
        tuesday, wednesday = DAY + timedelta(days=1), DAY + timedelta(days=2)
        await home.at("07:00", tuesday)
        await home.settled()
        await attend(leader, "DQ03", "DQ04")
        await admin.say("/hoatdong")
        await admin.press("🟢 Huấn luyện tại chỗ (16/03–17/03/2026)", timeout=5)
        await admin.press("➕ Thêm buổi, buổi bù", timeout=5)
        await admin.sees("gõ ngày và giờ")
        await admin.say("bù 18/3 7h-17h")
        await admin.sees("(bù)")
        await home.at("07:00", wednesday)
        await home.settled()
        # DQ02 makes up for the first day; whoever has all days does not come.
        await attend(leader, "DQ01", "DQ03", "DQ04")
        await home.at("17:30", wednesday)
        await commander.say("/chitieu")
        listed = await commander.sees("Chỉ tiêu nghị quyết")
        assert "Người huấn luyện: 50 % / ≥ 95 %" in listed.text
        await commander.press("2", listed.id, timeout=5)
        told = await commander.sees("Cán bộ, chiến sĩ DQTV được huấn luyện")
        assert "Hiện có: 50 % (2/4)" in told.text
        # DQ03 lacks one day, DQ04 two; the first-year DQ05 is not of this course.
        assert "Còn thiếu: 2 người, 4 buổi nửa ngày (45 điểm %)" in told.text
