"""A unit's page of the month: who gets it, when, once, and by which button."""

import asyncio
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.digests.unit_picture import WIDTH
from bot.domain.charts import Cell
from bot.domain.people import Role
from bot.domain.period_digests import MonthlyTime
from bot.domain.unit_pages import UnitPage
from bot.making import Making
from bot.orders import Made, Wanted
from bot.services import unit_pages
from bot.workshop import terms_of
from sandbox.people import Person, SeenMessage
from storage import exemptions, paged_months, units
from tests.handlers.test_duty_report import report_normally
from tests.house import DAY, House, house

CAPTION = "Kính gửi đồng chí, đây là tình hình tháng 3/2026 của phường An Sơn"
FIRST, NEXT = date(2026, 3, 1), date(2026, 4, 1)


async def pages(home: House) -> list[str]:
    return [key for (key,) in await home.rows("SELECT key FROM outbox WHERE kind = 'unit_page'")]


async def photos(person: Person) -> list[SeenMessage]:
    return [m for m in await person.messages() if m.from_bot and m.media == "photo"]


async def unit_id(home: House, name: str) -> int:
    return await home.count("SELECT id FROM unit WHERE name = ?", name)


async def page_of(home: House, unit: int) -> UnitPage:
    """What the unit's page of the first month shows by now."""
    schedule, now = home.settings.schedule, home.parts.clock.now()
    async with home.database.snapshot() as session:
        ground = await unit_pages.ground(session, schedule, FIRST, now)
        return await unit_pages.page(session, schedule, ground, unit, now)


async def test_the_leader_gets_the_page_of_the_month_on_the_next_first_and_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("06:59", NEXT)
        assert await pages(home) == []
        await home.at("07:00", NEXT)
        page = await leader.sees(CAPTION)
        assert "báo cáo trực ngày 1/16 ngày, đúng hạn 1." in page.text
        assert "không có tên người, chuyển tiếp được" in page.text
        drawn = Image.open(BytesIO(await home.box.file(page.file_id)))
        assert (drawn.format, drawn.width) == ("PNG", WIDTH)
        for clock_time in ("07:30", "12:00"):
            await home.at(clock_time, NEXT)
        await home.settled()
        assert len(await photos(leader)) == 1


async def test_pages_go_out_when_the_command_group_is_told_of_the_month(tmp_path: Path) -> None:
    async with house(tmp_path, monthly_digest=MonthlyTime(3, time(9, 30))) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("09:29", date(2026, 4, 3))
        assert await pages(home) == []
        await home.at("09:30", date(2026, 4, 3))
        await leader.sees(CAPTION)


async def test_a_page_is_not_sent_again_when_its_key_is_erased(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("07:00", NEXT)
        await leader.sees(CAPTION)
        await home.settled()
        async with home.database.transaction() as session:
            await session.run("DELETE FROM outbox WHERE kind = 'unit_page'")
        await home.at("07:00", NEXT + timedelta(days=5))
        await home.settled()
        assert len(await photos(leader)) == 1


async def test_a_look_that_was_cut_short_doubles_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("07:00", NEXT)
        await leader.sees(CAPTION)
        await home.settled()
        async with home.database.transaction() as session:
            await session.run("DELETE FROM paged_month")
        await home.at("07:01", NEXT)
        await home.settled()
        assert len(await photos(leader)) == 1
        async with home.database.snapshot() as session:
            assert await paged_months.exists(session, FIRST)


async def test_after_an_outage_of_days_the_page_still_comes_and_weeks_later_none(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("13:00", NEXT + timedelta(days=4))
        assert "tình hình tháng 3/2026" in (await leader.sees(CAPTION)).text
        await home.at("13:00", date(2026, 5, 20))
        await home.settled()
        assert len(await photos(leader)) == 1


async def test_a_deputy_gets_the_page_where_there_is_no_leader(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        alone = await home.join(Role.DEPUTY, "An Phú", id=3)
        await home.at("07:00", NEXT)
        await leader.sees(CAPTION)
        await alone.sees("tình hình tháng 3/2026 của phường An Phú")
        await home.settled()
        assert await photos(deputy) == []


async def test_no_page_of_a_month_in_which_nothing_was_expected(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        exempt = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        async with home.database.transaction() as session:
            await exemptions.add(
                session,
                await unit_id(home, "phường An Sơn"),
                DAY,
                NEXT,
                frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"}),
                "nghỉ",
            )
        await home.at("07:00", NEXT)
        await other.sees("tình hình tháng 3/2026 của phường An Phú")
        await home.settled()
        assert await photos(exempt) == []


async def test_a_unit_that_was_closed_gets_its_last_month_and_none_after(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        async with home.database.transaction() as session:
            await units.save_end(session, await unit_id(home, "phường An Sơn"), date(2026, 3, 20))
        await home.at("07:00", NEXT)
        page = await leader.sees(CAPTION)
        assert "/4 ngày" in page.text  # 16 to 19 March
        await home.at("07:00", date(2026, 5, 1))
        await home.settled()
        assert len(await photos(leader)) == 1


async def test_the_page_is_in_the_language_of_who_gets_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/ngonngu")
        await leader.press("English", timeout=5)
        await leader.sees("The system will use English")
        await home.at("07:00", NEXT)
        assert "March 2026 of phường An Sơn" in (await leader.sees("For your information")).text


async def test_a_leader_asks_for_this_months_page_and_the_last_ones(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:00", NEXT + timedelta(days=9))
        await home.settled()
        await leader.say("/lichsu")
        shown = await leader.sees("Tổng hợp tháng 4/2026")
        assert shown.labels == ("◀", "🖼 Trang tháng 4/2026", "🖼 Trang tháng 3/2026")
        await leader.press("🖼 Trang tháng 4/2026", shown.id)
        await leader.sees("tình hình tháng 4/2026 của phường An Sơn")
        assert await leader.toasts() == ["Đang vẽ trang, ảnh đến sau giây lát."]
        await leader.press("🖼 Trang tháng 3/2026", shown.id)
        await leader.sees(CAPTION)


async def test_an_old_button_of_a_month_long_gone_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/lichsu")
        shown = await leader.sees("Tổng hợp tháng 3/2026")
        await home.at("15:00", date(2026, 5, 20))
        await leader.press("🖼 Trang tháng 3/2026", shown.id)
        await home.settled()
        assert (await leader.toasts())[-1] == "Chỉ có trang của tháng này và tháng trước."
        assert await photos(leader) == []


async def test_nobody_gets_the_page_of_a_unit_that_they_do_not_lead(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/lichsu")
        shown = await leader.sees("Tổng hợp tháng 3/2026")
        foreign = await unit_id(home, "phường An Phú")
        await leader.forge(f"h:{FIRST:%Y%m%d}:{foreign}:p", shown.id)
        await home.settled()
        assert (await leader.toasts())[-1] == "Nút này không thuộc vai trò của đồng chí."
        assert await photos(leader) == []


async def test_a_commander_has_the_page_of_any_unit_in_its_view(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say("/tonghop")
        await commander.press("🏢 Từng đơn vị", timeout=5)
        await commander.press("▫️ An Sơn", timeout=5)
        await commander.press("🖼 Trang tháng 3/2026", timeout=5)
        assert (await commander.sees(CAPTION)).media == "photo"


async def test_what_the_page_shows_is_what_the_unit_did(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("17:00", DAY + timedelta(days=1))
        await report_normally(leader)
        await home.at("07:00", NEXT)
        await leader.sees(CAPTION)
        page = await page_of(home, await unit_id(home, "phường An Sơn"))
        days = dict(page.cells)
        assert days[DAY - timedelta(days=1)] is None
        assert days[DAY] is Cell.ON_TIME
        assert days[DAY + timedelta(days=1)] is Cell.LATE
        assert days[DAY + timedelta(days=2)] is Cell.MISSING
        shown = {t.standing.target.key: t.figure for t in page.targets}
        assert (shown["duty_reports"].part, shown["duty_reports"].whole) == (1, 16)


async def test_of_pages_that_cannot_be_drawn_the_admins_hear_once(tmp_path: Path) -> None:
    async def broken(_wanted: Wanted, _now: datetime) -> Made:
        raise OSError("cannot open resource")

    async with house(tmp_path, make=broken) as home:
        admin = await home.admin()
        for number, name in enumerate(("An Sơn", "An Phú", "An Mỹ"), 1):
            await home.join(Role.LEADER, name, id=number)
        await home.at("07:00", NEXT)
        await home.settled()
        told = [m for m in await admin.messages() if "Một thao tác gặp lỗi, mã outbox" in m.text]
        assert len(told) == 1


async def test_pages_that_are_slow_to_draw_hold_up_no_receipt(tmp_path: Path) -> None:
    """While the first page is being drawn, and the others wait for it, an answer still goes out."""
    may_go_on = asyncio.Event()

    async def slow(wanted: Wanted, now: datetime) -> Made:
        await may_go_on.wait()
        return await Making(terms_of(home.settings)).make(wanted, now)

    names = ("An Sơn", "An Phú", "An Mỹ", "An Xuân", "Hòa Hương", "Hòa Thuận")
    async with house(tmp_path, make=slow) as home:
        people = [await home.join(Role.LEADER, n, id=i) for i, n in enumerate(names, 1)]
        other = await home.join(Role.COMMANDER, id=50)
        await home.at("07:00", NEXT)
        await other.say("/trogiup")
        await other.sees("Các lệnh")
        sending = "SELECT count(*) FROM outbox WHERE kind = 'unit_page' AND state = 'sending'"
        assert await home.count(sending) <= 3
        may_go_on.set()
        for person in people:
            await person.sees("Kính gửi đồng chí")
