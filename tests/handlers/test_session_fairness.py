"""Sessions and courses are judged as fairly as the daily report: outages are given back, who is exempt is left in peace."""

from datetime import timedelta
from pathlib import Path

from bot.domain.calendar import WEEKDAYS
from bot.domain.people import Role
from bot.services.participation import participations
from storage import exemptions
from tests.handlers.test_activities import ALL_PRESENT, SEND, course
from tests.handlers.test_fairness import TOLD, sent, stop_at, told_of, unit_id
from tests.handlers.test_late_reason import REASON
from tests.house import DAY, House, house, moved_in


async def exempt(home: House, unit: str | None) -> None:
    chosen = await unit_id(home, unit) if unit else None
    async with home.database.transaction() as session:
        await exemptions.add(session, chosen, DAY, DAY, frozenset(WEEKDAYS), "nghỉ bão")


async def test_attendance_after_an_outage_over_its_due_time_is_on_time(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        slow = await home.join(Role.LEADER, "Tân Thạnh", id=2)
        await (await course(home)).sees("2 đơn vị")
        await home.at("08:00")
        await leader.sees("Huấn luyện tại chỗ")
        await stop_at(home, "12:00", leader)
        await home.box.jump(home.moment("14:00"))
        async with moved_in(home.box, home.settings) as back:
            told = await leader.sees(TOLD)
            assert "Huấn luyện tại chỗ, 08:00–11:00" in told.text
            # An hour before the deadline was lost; half an hour after the recovery is longer off.
            assert "15:00" not in told.text
            assert "14:30" in told.text
            await leader.press(ALL_PRESENT, timeout=5)
            await leader.press(SEND, timeout=5)
            assert "đúng hạn" in (await leader.sees("Đã nhận điểm danh")).text
            await back.at("14:31")
            await back.settled()
            assert await told_of(slow, TOLD) == 1
            await slow.press(ALL_PRESENT, timeout=5)
            await slow.press(SEND, timeout=5)
            assert "muộn" in (await slow.sees("Đã nhận điểm danh")).text


async def test_an_outage_that_takes_no_time_before_a_deadline_is_no_news(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        await home.at("13:30")
        await home.settled()
        await stop_at(home, "13:40", leader)
        await home.box.jump(home.moment("14:30"))
        async with moved_in(home.box, home.settings) as back:
            await back.at("14:31")
            await back.settled()
            # The session was due before it, the results are not due for two days.
            assert await told_of(leader, TOLD) == 0


async def test_results_after_an_outage_over_their_due_time_are_on_time(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home, units="An Sơn")).sees("1 đơn vị")
        due_day = DAY + timedelta(days=2)
        await home.at("10:00", due_day)
        await home.settled()
        await stop_at(home, "10:30", leader, due_day)
        await home.box.jump(home.moment("12:00", due_day))
        async with moved_in(home.box, home.settings):
            await leader.sees(TOLD)
            await leader.say("/diemdanh")
            await leader.press("📝 16/03 kết quả Huấn luyện tại chỗ – An Sơn", timeout=5)
            await leader.press("✏️ Nhập chi tiết", timeout=5)
            await leader.press("✔️ Xong", timeout=5)
            await leader.press("📨 Gửi kết quả", timeout=5)
            assert "đúng hạn" in (await leader.sees("Đã nhận kết quả")).text


async def test_who_is_exempt_is_not_asked_for_a_session_nor_expected_at_it(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "Tân Thạnh", id=2)
        await (await course(home)).sees("2 đơn vị")
        await exempt(home, "An Sơn")
        for clock in ("08:00", "12:50", "13:30"):
            await home.at(clock)
        await other.sees("Huấn luyện tại chỗ")
        await home.settled()
        assert await told_of(leader, "Huấn luyện tại chỗ") == 0
        await leader.say("/diemdanh")
        await leader.sees("không có buổi nào")
        async with home.database.snapshot() as session:
            listed = await participations(
                session, home.settings.schedule, DAY, DAY, home.moment("14:00")
            )
        expected = {p.unit_id: len(p.sessions) for p in listed}
        assert expected == {await unit_id(home, "An Sơn"): 0, await unit_id(home, "Tân Thạnh"): 1}


async def test_a_form_that_was_open_when_its_unit_was_exempted_says_why_it_is_not_asked(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        await home.at("08:00")
        await leader.sees("Huấn luyện tại chỗ")
        await exempt(home, "An Sơn")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.sees("nghỉ bão")
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_a_holiday_of_all_units_excuses_nobody_from_a_session_that_is_planned_on_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await exempt(home, None)
        await (await course(home)).sees("2 đơn vị")
        await home.at("08:00")
        await leader.sees("Huấn luyện tại chỗ, 08:00–11:00")
        assert await sent(home, "prompt") == 1


async def test_late_attendance_takes_a_reason(tmp_path: Path) -> None:
    async with house(tmp_path, at="07:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await (await course(home)).sees("2 đơn vị")
        await home.at("13:01")
        await leader.say("/diemdanh")
        await leader.press(ALL_PRESENT, timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("muộn")
        await leader.press(REASON, timeout=5)
        await leader.sees("không quá 100 ký tự")
        await leader.say("Mất điện")
        await leader.sees("Lý do muộn: Mất điện")
        assert await home.rows("SELECT type, late_reason FROM report") == [
            ("attendance", "Mất điện")
        ]
