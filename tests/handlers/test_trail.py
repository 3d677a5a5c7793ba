"""/nhatky: who changed what, as admins read it."""

from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.screens.people_payloads import AuditPress
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_schedules import pressed, says, second_admin
from tests.handlers.test_units import SAVE, STRENGTH, TODAY
from tests.house import ADMIN_ID, house


async def test_every_kind_of_change_is_told_in_plain_words_newest_first(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        other = await second_admin(home)
        await home.join(Role.LEADER, "An Sơn", id=1)
        await says(other, "/lich An Sơn 15:00 16:00 19:30 t2-t6", "Chưa lưu")
        await pressed(other, SAVE, "Đã lưu")
        await says(admin, "/miengiam 17/3-18/3 An Sơn: đi <b>diễn tập</b>", "Đã miễn")
        told = await says(admin, "/nhatky", "Nhật ký")
        entries = told.split("\n\n")[1:]
        assert entries[0].splitlines() == [
            "15:00 ngày 16/03/2026, Quản trị: Miễn báo cáo, phường An Sơn",
            "từ 17/03/2026 đến hết 18/03/2026, mọi ngày",
            "Lý do: đi <b>diễn tập</b>",
        ]
        first, change = entries[1].splitlines()
        assert first == "15:00 ngày 16/03/2026, Quản trị (2): Đổi giờ báo cáo, phường An Sơn"
        assert change == (
            "mọi ngày 15:30–16:30–20:00 → T2–T6 15:00–16:00–19:30; "
            "T7, CN 15:30–16:30–20:00 từ 17/03/2026"
        )
        assert entries[2].startswith("15:00 ngày 16/03/2026, CHT An Sơn: Nhận vai trò")
        assert "máy chủ: Tạo thư mời, phường An Sơn" in entries[3]


async def test_the_trail_is_filtered_by_topic_and_by_unit(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.join(Role.LEADER, "An Sơn", id=1)
        await says(admin, "/miengiam 17/3 An Sơn: nghỉ", "Đã miễn")
        await says(admin, "/miengiam 17/3 An Phú: nghỉ", "Đã miễn")
        await says(admin, "/nhatky", "Nhật ký")
        told = await pressed(admin, "🏖 Miễn", "(🏖 Miễn)")
        assert told.count("Miễn báo cáo") == 2
        assert "Nhận vai trò" not in told
        await pressed(admin, "🔎 Theo đơn vị", "của đơn vị nào")
        told = await pressed(admin, "An Phú", "(🏖 Miễn, phường An Phú)")
        assert "An Sơn" not in told
        await pressed(admin, "💬 Nhóm", "Không có mục nào")
        await pressed(admin, "📜 Tất cả", "Nhận vai trò")


async def test_a_long_trail_is_paged(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        async with home.database.transaction() as session:
            for n in range(14):
                await session.run(
                    "INSERT INTO audit (at, action, reason) VALUES (0, 'exemption.add', ?)",
                    (f"lần {n}.",),
                )
        told = await says(admin, "/nhatky", "lần 13.")
        assert "lần 8." not in told
        await pressed(admin, "Cũ hơn ▶️", "lần 8.")
        await pressed(admin, "Cũ hơn ▶️", "lần 0.")
        assert "Cũ hơn ▶️" not in (await admin.last()).labels
        await pressed(admin, "◀️ Mới hơn", "lần 8.")


async def test_who_did_it_is_told_by_the_role_in_which_it_was_done(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.join(Role.LEADER, "An Sơn", id=1)
        await admin.say(f"/start {await home.invitation(Role.ADMIN)}")
        await admin.sees("vai trò Quản trị")
        await says(admin, "/miengiam 17/3 An Phú: nghỉ", "Đã miễn")
        await says(admin, "/nhatky", "Quản trị: Miễn báo cáo, phường An Phú")


async def test_choosing_the_group_is_told_without_its_number(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        told = await says(admin, "/nhatky", "Chọn nhóm chỉ huy")
        assert str(abs(group.id)) not in told


async def test_no_page_carries_a_token(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/thumoi")
        link = await pressed(admin, "Chỉ huy cấp trên", "https://")
        token = link.partition("start=")[2].split()[0]
        told = await says(admin, "/nhatky", "Tạo thư mời")
        assert token not in told
        assert token not in str(await home.rows("SELECT * FROM audit"))


async def test_strength_is_told_in_heads_or_not_at_all(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, STRENGTH)
        await says(admin, "44")
        await pressed(admin, TODAY, "44")
        await pressed(admin, SAVE, "Đã lưu")
        told = await says(admin, "/nhatky", "Đổi biên chế")
        assert "→ biên chế 44, từ 16/03/2026" in told
        assert "số mẫu" in told


@pytest.mark.parametrize("forged", ["au:list:gods::0", "au:list::0:0", "au:x:::0"])
async def test_forged_presses_are_called_stale(tmp_path: Path, forged: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        assert await toast_after(home, admin, forged, (await admin.last()).id) == STALE


async def test_only_admins_read_the_trail(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=2)
        await says(commander, "/nhatky", "không thuộc vai trò")
        data = AuditPress().pack()
        assert await toast_after(home, commander, data, (await commander.last()).id) == NOT_ALLOWED


async def test_who_has_left_keeps_the_name_in_the_trail(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await second_admin(home)
        async with home.database.transaction() as session:
            await session.run(
                "UPDATE assignment SET ended_at = since_at WHERE person_id = "
                "(SELECT id FROM person WHERE telegram_id = ?)",
                (ADMIN_ID + 1,),
            )
        await says(admin, "/nhatky", "Quản trị (2): Nhận vai trò")
