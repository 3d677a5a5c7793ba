"""/miengiam: who owes no report on which days, as admins declare it and units feel it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.exempting import Span
from bot.domain.people import Role
from bot.screens.admin_payloads import EndPress, ExemptPress, ExemptStep
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_duty_report import DETAIL, NORMAL, SEND, report_normally
from tests.handlers.test_schedules import hears, pressed, says, second_admin
from tests.house import DAY, House, house

ADD = "➕ Thêm"
UNDO = "↩️ Hoàn tác"
LIST = "📋 Danh sách miễn báo cáo"
TODAY = "Hôm nay 16/03"
TOMORROW = DAY + timedelta(days=1)


async def exemptions(home: House) -> list[tuple[object, ...]]:
    return await home.rows(
        "SELECT u.short_name, first_day, last_day, e.weekdays, reason, ended_on "
        "FROM exemption AS e LEFT JOIN unit AS u ON u.id = e.unit_id ORDER BY e.id"
    )


EVERY_DAY = "fri,mon,sat,sun,thu,tue,wed"


async def test_a_unit_is_exempt_today_by_buttons_and_its_form_is_closed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("15:30")
        prompt = await leader.sees("Mời đồng chí báo cáo")
        await other.sees("Mời đồng chí báo cáo")
        await says(admin, "/miengiam", "Hiện không có")
        await pressed(admin, ADD, "cho đơn vị nào")
        await pressed(admin, "An Sơn", "ngày nào")
        await pressed(admin, TODAY, "gõ lý do")
        told = await says(admin, "đi <b>diễn tập</b>", "Đã miễn báo cáo")
        assert "phường An Sơn, ngày 16/03/2026" in told
        assert "Lý do: đi <b>diễn tập</b>" in told
        closed = await leader.sees("được miễn báo cáo (đi <b>diễn tập</b>)")
        assert closed.id == prompt.id
        assert closed.labels == ()
        assert (await other.last()).labels == (NORMAL, DETAIL)
        first = DAY.isoformat()
        assert await exemptions(home) == [
            ("An Sơn", first, first, EVERY_DAY, "đi <b>diễn tập</b>", None)
        ]
        asked = len(await leader.messages())
        await home.at("16:20")
        await other.sees("Nhắc đồng chí")
        await home.box.idle()
        assert len(await leader.messages()) == asked


async def test_a_report_that_stands_keeps_its_receipt_but_can_no_longer_be_corrected(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await says(admin, "/miengiam 16/3 An Sơn: nghỉ", "Đã miễn báo cáo")
        closed = await leader.sees("được miễn báo cáo (nghỉ)")
        assert "Đã có báo cáo" in closed.text
        assert closed.labels == ()
        assert await home.count("SELECT count(*) FROM report") == 1


async def test_everybody_is_exempt_on_days_that_are_typed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam")
        await pressed(admin, ADD)
        await pressed(admin, "Tất cả đơn vị")
        await pressed(admin, "✏️ Ngày khác", "gõ ngày")
        await says(admin, "3/5-30/4", "Ngày đầu 03/05/2026 sau ngày cuối")
        await says(admin, "1/3", "Ngày 01/03/2026 đã qua")
        await says(admin, "10/3-20/3", "Ngày 10/03/2026 đã qua")
        await says(admin, "tết", "Tôi không hiểu ngày “tết”")
        await says(admin, "30/4-3/5", "gõ lý do")
        await says(admin, "x" * 121, "Lý do phải có")
        told = await says(admin, "nghỉ\nlễ", "Đã miễn báo cáo")
        assert "tất cả đơn vị, từ 30/04/2026 đến hết 03/05/2026" in told
        assert (await exemptions(home))[0][:3] == (None, "2026-04-30", "2026-05-03")
        assert (await exemptions(home))[0][4] == "nghỉ lễ"


async def test_every_saturday_is_exempt_until_it_is_ended(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam")
        await pressed(admin, ADD)
        await pressed(admin, "An Sơn")
        await pressed(admin, "Mỗi thứ bảy", "gõ lý do")
        await says(admin, "nghỉ cuối tuần", "mỗi thứ bảy từ ngày 16/03/2026")
        await pressed(admin, LIST, "An Sơn: mỗi thứ bảy")
        await pressed(admin, "❌ An Sơn: mỗi thứ bảy từ ngày 16/03/2026", "như thường")
        assert (await exemptions(home))[0][5] == DAY.isoformat()
        await says(admin, "/miengiam", "Hiện không có")


async def test_words_that_are_typed_a_day_later_are_no_reason_for_an_exemption(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam")
        await pressed(admin, ADD)
        await pressed(admin, "An Sơn")
        await pressed(admin, "Mỗi thứ bảy", "gõ lý do")
        await home.at("09:00", TOMORROW)
        await says(admin, "Chúc một ngày tốt lành", "Tôi chỉ hiểu nút bấm và lệnh")
        assert await exemptions(home) == []


async def test_an_exemption_of_an_opened_day_ends_from_tomorrow(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam 16/3-20/3 An Sơn: nghỉ", "Đã miễn báo cáo")
        await home.at("15:45")
        await says(admin, "/miengiam")
        told = await pressed(
            admin, "❌ An Sơn: từ 16/03/2026 đến hết 20/03/2026", "kết thúc từ ngày mai"
        )
        assert "Hôm nay vẫn được miễn" in told
        assert (await exemptions(home))[0][5] == TOMORROW.isoformat()
        await says(admin, "/miengiam", "(hết từ 17/03/2026)")
        assert (await admin.last()).labels == (ADD,)


async def test_an_exemption_of_today_alone_cannot_be_ended_once_the_window_is_open(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam 16/3 An Sơn: nghỉ", "Đã miễn báo cáo")
        await home.at("15:45")
        await says(admin, "/miengiam", "An Sơn")
        await pressed(admin, "❌ An Sơn: ngày 16/03/2026", "đơn vị vẫn được miễn hôm nay")
        assert (await exemptions(home))[0][5] is None
        assert await home.count("SELECT count(*) FROM audit WHERE action = 'exemption.end'") == 0


async def test_a_slip_is_undone_and_the_unit_is_asked_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:40")
        await leader.sees("Mời đồng chí báo cáo")
        await says(admin, "/miengiam 16/3: nhầm", "Đã miễn báo cáo")
        await leader.sees("được miễn báo cáo (nhầm)")
        await home.at("15:45")
        await pressed(admin, UNDO, "Đã bỏ miễn báo cáo")
        await leader.sees("vừa được bỏ: đơn vị vẫn báo cáo")
        await leader.press(NORMAL, timeout=5)
        await leader.press(SEND, timeout=5)
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text


async def test_what_is_taken_back_asks_nobody_whom_another_exemption_holds(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("15:40")
        await says(admin, "/miengiam 16/3 An Sơn: diễn tập", "Đã miễn báo cáo")
        await says(admin, "/miengiam 16/3: nhầm", "Đã miễn báo cáo")
        await pressed(admin, UNDO, "Đã bỏ miễn báo cáo cho tất cả đơn vị")
        await other.sees("vừa được bỏ")
        await home.box.idle()
        assert not [m for m in await leader.messages() if "vừa được bỏ" in m.text]


async def test_later_undoing_is_ending_for_units_have_relied_on_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("15:40")
        await says(admin, "/miengiam 16/3-17/3: nghỉ", "Đã miễn báo cáo")
        await home.at("16:00")
        await pressed(admin, UNDO, "kết thúc từ ngày mai")
        assert (await exemptions(home))[0][5] == TOMORROW.isoformat()


async def test_a_day_that_is_locked_stands(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.at("20:00")
        await says(admin, "/miengiam 16/3: nghỉ", "số liệu ngày đã chốt giữ nguyên")
        await says(admin, "/miengiam 15/3: nghỉ", "đã qua")
        assert await exemptions(home) == []


async def test_the_same_is_not_declared_twice(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first, second = await home.admin(), await second_admin(home)
        for admin in (first, second):
            await says(admin, "/miengiam")
            await pressed(admin, ADD)
            await pressed(admin, "An Sơn")
            await pressed(admin, TODAY, "gõ lý do")
        await says(first, "nghỉ", "Đã miễn báo cáo")
        await says(second, "nghỉ", "đã được miễn đúng những ngày này")
        assert len(await exemptions(home)) == 1


async def test_two_admins_who_end_the_same_end_it_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first, second = await home.admin(), await second_admin(home)
        await says(first, "/miengiam 20/3 An Sơn: nghỉ", "Đã miễn báo cáo")
        for admin in (first, second):
            await says(admin, "/miengiam", "An Sơn")
        end = "❌ An Sơn: ngày 20/03/2026"
        await pressed(first, end, "Đã bỏ miễn")
        await pressed(second, end, "Hiện không có")
        await hears(home, second, "đã kết thúc trước đó")
        assert await home.count("SELECT count(*) FROM audit WHERE action = 'exemption.end'") == 1


async def test_every_change_is_in_the_audit_with_its_reason(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam 20/3 An Sơn: nghỉ lễ", "Đã miễn báo cáo")
        await pressed(admin, UNDO, "Đã bỏ miễn")
        rows = await home.rows("SELECT action, role, reason, before, after FROM audit ORDER BY id")
        assert [row[:3] for row in rows] == [
            ("exemption.add", "admin", "nghỉ lễ"),
            ("exemption.end", "admin", "nghỉ lễ"),
        ]
        assert '"first": "2026-03-20"' in rows[0][4]
        assert rows[0][3] is None
        assert rows[1][3] == rows[0][4]
        assert "2026-03-20" in rows[1][4]


async def test_yesterdays_button_for_today_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam")
        await pressed(admin, ADD)
        await pressed(admin, "Tất cả đơn vị", "ngày nào")
        await home.at("08:00", TOMORROW)
        await pressed(admin, TODAY, "Ngày 16/03/2026 đã qua")


async def test_a_card_of_a_unit_that_is_gone_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam")
        await pressed(admin, ADD)
        await pressed(admin, "An Sơn", "ngày nào")
        async with home.database.transaction() as session:
            await session.run(
                "UPDATE unit SET valid_to = ? WHERE short_name = 'An Sơn'", (DAY.isoformat(),)
            )
        await pressed(admin, TODAY, "không còn trong danh sách")
        assert await exemptions(home) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("30/4", "phải có lý do"),
        ("30/4:", "phải có lý do"),
        ("30/4: " + "x" * 121, "phải có lý do"),
        ("An Sơn: nghỉ", "Tôi không hiểu"),
        ("30/4 Hà Nội: nghỉ", "Không có đơn vị “Hà Nội”"),
        ("30/4 <i>: nghỉ", "Không có đơn vị “<i>”"),
        ("3/5-30/4: nghỉ", "sau ngày cuối"),
        ("31/2: nghỉ", "Tôi không hiểu"),
        ("9" * 900, "Tôi không hiểu"),
    ],
)
async def test_a_line_that_cannot_be_read_gets_one_line_back(
    tmp_path: Path, typed: str, words: str
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, f"/miengiam {typed}", words)
        assert await exemptions(home) == []


async def test_a_leader_can_neither_declare_nor_end(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await says(admin, "/miengiam 20/3 An Sơn: nghỉ", "Đã miễn báo cáo")
        line = await leader.last()
        span = Span(DAY, DAY)
        for data in (
            ExemptPress(ExemptStep.ASK, None, span).pack(),
            ExemptPress(ExemptStep.LIST).pack(),
            EndPress(1).pack(),
        ):
            assert await toast_after(home, leader, data, line.id) == NOT_ALLOWED
        await says(leader, "/miengiam 20/3: nghỉ", "không thuộc vai trò")
        assert [row[5] for row in await exemptions(home)] == [None]


@pytest.mark.parametrize(
    "data",
    [
        "ex:",
        "ex:ask::::127:0",
        "ex:ask::20261301:20261301:127:0",
        "ex:ask::20260316:20260316:0:0",
        "ex:list::20260316:20260316:127:0",
        "ee:999",
        "ee:999:0",
        "ee:0:0",
    ],
)
async def test_forged_buttons_are_called_stale(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await says(admin, "/miengiam")
        assert await toast_after(home, admin, data, (await admin.last()).id) == STALE
        assert await exemptions(home) == []
