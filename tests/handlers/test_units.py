"""/donvi: units as they stand, and changes of them from a day on."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.changes_of_units import ChangeKind
from bot.domain.people import Role
from bot.screens.people_payloads import UnitPress, UnitStep
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_duty_report import report_normally
from tests.handlers.test_people import held, trail
from tests.handlers.test_schedules import hears, pressed, says, second_admin
from tests.house import DAY, House, house

SAVE = "✅ Lưu"
RENAME = "✏️ Đổi tên"
STRENGTH = "🔢 Biên chế"
MERGE = "🔀 Sáp nhập"
CLOSE = "🗄 Giải thể"
KEEP = "↩️ Giữ lại đơn vị"
TODAY = "Từ hôm nay (16/03/2026)"
TOMORROW_LABEL = "Từ ngày mai (17/03/2026)"
TOMORROW = DAY + timedelta(days=1)


async def names(home: House, day: date) -> list[str]:
    from storage import units  # noqa: PLC0415 - beside the test's own word

    async with home.database.snapshot() as session:
        return [unit.name for unit in (await units.registry(session)).on(day)]


async def test_a_unit_is_shown_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.join(Role.LEADER, "An Sơn", id=1)
        await says(admin, "/donvi", "Đơn vị: 13")
        told = await pressed(admin, "An Sơn", "phường An Sơn")
        assert "Tên ngắn: An Sơn" in told
        assert "Mã: an-son" in told
        assert "Có từ 01/01/2022" in told
        assert "(số mẫu)" in told
        assert "Người: CHT An Sơn" in told
        await pressed(admin, "👥 Người", "(phường An Sơn): 1")
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, "📜 Nhật ký", "Nhật ký (phường An Sơn)")


async def test_a_unit_is_renamed_from_a_day_on_and_past_days_keep_the_old_name(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, RENAME, "Tên mới của phường An Sơn")
        await says(admin, "x" * 300, "nhiều nhất 60 ký tự")
        await says(admin, "123", "Tên phải có chữ")
        await says(admin, "An Phú", "đã dùng cho phường An Phú")
        await says(admin, "phường An Sơn", "đã là như vậy")
        await says(admin, "phường <b>An Sơn</b> Mới", "từ ngày nào")
        await says(admin, "15/3", "Sớm nhất là ngày 16/03/2026")
        await says(admin, "mai mốt", "Tôi không hiểu ngày")
        card = await says(admin, "20/3/2026", "Chưa lưu")
        assert "Tên mới: phường <b>An Sơn</b> Mới" in card
        assert "từ ngày 20/03/2026" in card
        await pressed(admin, SAVE, "✅ Đã lưu")
        new = date(2026, 3, 20)
        assert "phường <b>An Sơn</b> Mới" in await names(home, new)
        assert "phường An Sơn" in await names(home, new - timedelta(days=1))
        (entry,) = await trail(home, "unit.rename")
        assert json.loads(str(entry[2])) == {"name": "phường An Sơn"}
        assert json.loads(str(entry[3])) == {
            "name": "phường <b>An Sơn</b> Mới",
            "since": "2026-03-20",
        }


async def test_once_the_window_is_open_a_change_holds_from_tomorrow(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("15:30")
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, STRENGTH, "Đang là")
        await says(admin, "44", "từ ngày nào")
        assert (await admin.last()).labels[0] == TOMORROW_LABEL
        await says(admin, "16/3", "Sớm nhất là ngày 17/03/2026")
        await pressed(admin, TOMORROW_LABEL, "44")
        await pressed(admin, SAVE, "✅ Đã lưu")
        assert await home.rows(
            "SELECT valid_from, establishment, is_sample FROM unit_strength "
            "WHERE unit_id = 3 ORDER BY valid_from DESC LIMIT 1"
        ) == [("2026-03-17", 44, 0)]


async def test_a_card_drawn_before_the_opening_is_refused_after_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, STRENGTH)
        await says(admin, "44")
        await pressed(admin, TODAY, "44")
        await home.at("15:30")
        await pressed(admin, SAVE, "đã mở giờ báo cáo nên số liệu giữ nguyên")
        assert await trail(home, "unit.strength") == []


@pytest.mark.parametrize("typed", ["-5", "99999", "24,5", "nhiều", "<b>24</b>", "٢٤"])
async def test_a_strength_that_is_none_is_asked_again(tmp_path: Path, typed: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, STRENGTH)
        await says(admin, typed, "số từ 0 đến 9.999")
        await says(admin, "24", "từ ngày nào")


async def test_a_unit_is_added_with_names_and_code_of_its_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "➕ Thêm đơn vị", "gõ tên đơn vị mới")
        await says(admin, "xã An Sơn, 24", "đã dùng cho phường An Sơn")
        await says(admin, "phường Hòa Bình, 1000000", "số từ 0 đến 9.999")
        await says(admin, "phường Hòa Bình, 31", "từ ngày nào")
        card = await pressed(admin, TODAY, "Chưa lưu")
        assert "Mã: hoa-binh" in card
        await pressed(admin, SAVE, "✅ Đã lưu. Thêm đơn vị phường Hòa Bình")
        assert "phường Hòa Bình" in await names(home, DAY)
        assert "phường Hòa Bình" not in await names(home, DAY - timedelta(days=1))
        await pressed(admin, "🏘 Xem đơn vị", "Biên chế từ 16/03/2026: 31")
        leader = await home.join(Role.LEADER, "Hòa Bình", id=1)
        await home.at("15:30")
        await leader.sees("Mời đồng chí báo cáo")


async def test_other_names_come_and_go(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, "🏷 Thêm tên khác", "Tên khác của phường An Sơn")
        await says(admin, "Tam Phú", "đã dùng cho xã Tam Phú")
        await says(admin, "AS", "Thêm tên khác của phường An Sơn")
        await pressed(admin, SAVE, "✅ Đã lưu")
        await pressed(admin, "🏘 Xem đơn vị", "Tên khác: AS")
        await pressed(admin, "🏷 Bỏ tên khác", "Bỏ tên khác nào")
        await pressed(admin, "AS", "Bỏ tên khác của phường An Sơn")
        await pressed(admin, SAVE, "✅ Đã lưu")
        await pressed(admin, "🏘 Xem đơn vị", "Tên khác: không có")
        assert [e[2:] for e in await trail(home, "unit.alias")] == [
            (None, '{"alias": "AS"}'),
            ('{"alias": "AS"}', None),
        ]


async def test_a_unit_is_merged_from_a_day_and_its_roles_end_with_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "Phước Hòa", id=1)
        other = await home.join(Role.LEADER, "An Xuân", id=2)
        await home.at("15:30")
        await leader.sees("Mời đồng chí")
        await report_normally(leader)
        await says(admin, "/donvi")
        await pressed(admin, "Phước Hòa")
        await pressed(admin, MERGE, "vào đơn vị nào")
        assert "Phước Hòa" not in (await admin.last()).labels
        await pressed(admin, "An Xuân", "từ ngày nào")
        card = await pressed(admin, TOMORROW_LABEL, "Chưa lưu")
        assert "Số vai trò hết theo đơn vị: 1" in card
        await pressed(admin, SAVE, "✅ Đã lưu. Sáp nhập phường Phước Hòa vào phường An Xuân")
        assert await held(home, 1) == [("leader", None, "2026-03-16")]
        assert await home.count("SELECT count(*) FROM report") == 1
        assert "phường Phước Hòa" in await names(home, DAY)
        assert "phường Phước Hòa" not in await names(home, TOMORROW)
        before = len(await leader.messages())
        await home.at("15:30", TOMORROW)
        await other.sees("Mời đồng chí báo cáo")
        await home.settled()
        assert len(await leader.messages()) == before
        told = await says(admin, "/donvi", "Đã giải thể hoặc sáp nhập: 1")
        assert "Đơn vị: 12" in told
        await pressed(admin, "🗄 Phước Hòa", "Đã sáp nhập vào phường An Xuân từ ngày 17/03/2026")
        assert RENAME not in (await admin.last()).labels


async def test_a_planned_merge_is_taken_back_until_its_day_and_its_people_stay(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "Phước Hòa", id=1)
        await says(admin, "/donvi")
        await pressed(admin, "Phước Hòa")
        assert KEEP not in (await admin.last()).labels
        await pressed(admin, MERGE, "vào đơn vị nào")
        await pressed(admin, "An Xuân", "từ ngày nào")
        await pressed(admin, TOMORROW_LABEL, "Chưa lưu")
        await pressed(admin, SAVE, "✅ Đã lưu. Sáp nhập phường Phước Hòa")
        await pressed(admin, "🏘 Xem đơn vị", "Sẽ sáp nhập vào phường An Xuân từ ngày 17/03/2026")
        card = await pressed(admin, KEEP, "Chưa lưu")
        assert "Không sáp nhập vào phường An Xuân từ ngày 17/03/2026 nữa." in card
        assert "Số vai trò CHT và phó CHT tiếp tục: 1" in card
        await pressed(admin, SAVE, "✅ Đã lưu. Giữ lại phường Phước Hòa")
        assert await held(home, 1) == [("leader", None, None)]
        assert "phường Phước Hòa" in await names(home, TOMORROW)
        (entry,) = await trail(home, "unit.keep")
        assert entry[:2] == ("admin", "Phước Hòa")
        assert "2026-03-17" in str(entry[2])
        await says(admin, "/nhatky", "Giữ lại đơn vị")
        await home.at("15:30", TOMORROW)
        await leader.sees("Mời đồng chí báo cáo")


async def test_a_planned_end_cannot_be_taken_back_once_its_day_has_come(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "Phước Hòa")
        await pressed(admin, CLOSE, "từ ngày nào")
        await pressed(admin, TOMORROW_LABEL, "Chưa lưu")
        await pressed(admin, SAVE, "✅ Đã lưu")
        await pressed(admin, "🏘 Xem đơn vị", "Sẽ giải thể")
        await pressed(admin, KEEP, "Chưa lưu")
        await home.at("00:05", TOMORROW)
        await pressed(admin, SAVE, "không còn trong danh sách")
        assert "phường Phước Hòa" not in await names(home, TOMORROW)


async def test_a_unit_whose_name_was_given_away_is_not_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("15:31")  # from now on changes hold from tomorrow
        await says(admin, "/donvi")
        await pressed(admin, "Phước Hòa")
        await pressed(admin, CLOSE, "từ ngày nào")
        await pressed(admin, TOMORROW_LABEL, "Chưa lưu")
        await pressed(admin, SAVE, "✅ Đã lưu")
        await pressed(admin, "🏘 Danh sách đơn vị")
        await pressed(admin, "An Xuân")
        await pressed(admin, RENAME)
        await says(admin, "phường Phước Hòa", "từ ngày nào")
        await pressed(admin, TOMORROW_LABEL, "Chưa lưu")
        await pressed(admin, SAVE, "✅ Đã lưu")
        await says(admin, "/donvi")
        await pressed(admin, "Phước Hòa")
        await pressed(admin, KEEP, "Tên này đã dùng cho")
        assert "phường Phước Hòa" in await names(home, TOMORROW)


async def test_a_unit_cannot_be_merged_into_itself_or_into_one_that_ends(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "Tam Phú")
        await pressed(admin, CLOSE, "từ ngày nào")
        await pressed(admin, "Từ 01/04/2026", "Chưa lưu")
        await pressed(admin, SAVE, "✅ Đã lưu. Giải thể xã Tam Phú")
        ids = dict(await home.rows("SELECT short_name, id FROM unit"))
        message = (await admin.last()).id

        def into(unit: str, other: str) -> str:
            kind = ChangeKind.MERGE
            return UnitPress(UnitStep.INTO, ids[unit], kind, other_id=ids[other]).pack()

        await admin.forge(into("An Sơn", "An Sơn"), message)
        await admin.sees("vào chính nó")
        await admin.forge(into("An Sơn", "Tam Phú"), message)
        await admin.sees("không còn hoặc chưa có")
        await admin.forge(UnitPress(UnitStep.ASK, ids["Tam Phú"], ChangeKind.CLOSE).pack(), message)
        await admin.sees("xã Tam Phú không còn")
        assert await trail(home, "unit.merge") == []


async def test_of_two_admins_the_second_sees_the_card_anew(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin, other = await home.admin(), await second_admin(home)
        for each, number in ((admin, "44"), (other, "55")):
            await says(each, "/donvi")
            await pressed(each, "An Sơn")
            await pressed(each, STRENGTH)
            await says(each, number, "từ ngày nào")
            await pressed(each, TODAY, number)
        await pressed(admin, SAVE, "✅ Đã lưu")
        await other.press(SAVE, timeout=5)
        await hears(home, other, "đã được đổi trong lúc đó")
        await other.sees("44 → 55")
        await pressed(other, SAVE, "✅ Đã lưu")
        assert len(await trail(home, "unit.strength")) == 2
        assert await home.rows(
            "SELECT establishment FROM unit_strength WHERE unit_id = 3 AND valid_from = ?",
            DAY.isoformat(),
        ) == [(55,)]


async def test_a_card_that_was_left_saves_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Sơn")
        await pressed(admin, STRENGTH)
        await says(admin, "44")
        await pressed(admin, TODAY, "44")
        card = await admin.last()
        await says(admin, "/nhatky", "Nhật ký")
        await admin.press(SAVE, card.id)
        await admin.sees("Thẻ này đã cũ, chưa thay đổi gì")
        assert await trail(home, "unit.strength") == []


async def test_units_are_put_in_order(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        await pressed(admin, "An Phú")
        await pressed(admin, "⬆️ Lên", "phường An Phú")
        await home.settled()
        assert (await names(home, DAY))[:3] == ["phường An Phú", "phường An Mỹ", "phường An Sơn"]
        await admin.press("⬆️ Lên", timeout=5)
        await hears(home, admin, "đã ở đầu hoặc cuối")
        assert len(await trail(home, "unit.order")) == 1


async def test_in_percent_no_message_about_units_carries_heads(tmp_path: Path) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        admin = await home.admin()
        await says(admin, "/donvi")
        shown = [await pressed(admin, "An Sơn", "phường An Sơn")]
        shown.append(await pressed(admin, STRENGTH, "Biên chế mới"))
        shown.append(await says(admin, "7777", "từ ngày nào"))
        shown.append(await pressed(admin, TODAY, "Chưa lưu"))
        shown.append(await pressed(admin, SAVE, "✅ Đã lưu"))
        shown.append(await pressed(admin, "🏘 Xem đơn vị", "Biên chế từ"))
        shown.append(await says(admin, "/nhatky", "Đổi biên chế"))
        assert not any("7777" in text or "7.777" in text for text in shown)
        (old,) = (await home.rows("SELECT establishment FROM unit_strength WHERE unit_id = 3"))[0]
        assert not any(f": {old}" in text or f"là {old}" in text for text in shown)
        assert "biên chế đã đổi" in shown[-1]


@pytest.mark.parametrize(
    "forged",
    [
        "uv:view::::::0",
        "uv:save:3:str:::zz:0",
        "uv:ask:3:::::0",
        "uv:day:3:str::20261399::0",
        UnitPress(UnitStep.INTO, 3, ChangeKind.RENAME, other_id=1).pack(),
    ],
)
async def test_forged_presses_are_called_stale(tmp_path: Path, forged: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        assert await toast_after(home, admin, forged, (await admin.last()).id) == STALE


async def test_only_admins_see_and_change_units(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await says(leader, "/donvi", "không thuộc vai trò")
        message = await leader.last()
        for data in (
            UnitPress(UnitStep.LIST).pack(),
            UnitPress(UnitStep.SAVE, 3, ChangeKind.CLOSE).pack(),
        ):
            assert await toast_after(home, leader, data, message.id) == NOT_ALLOWED


async def test_a_unit_that_never_was_is_told_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        message = (await admin.last()).id
        await admin.forge(UnitPress(UnitStep.VIEW, 999).pack(), message)
        await admin.sees("không còn trong danh sách")
        await admin.forge(UnitPress(UnitStep.UP, 999).pack(), message)
        await home.settled()
        assert await home.count("SELECT count(*) FROM audit WHERE action LIKE 'unit.%'") == 0
