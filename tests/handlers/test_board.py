"""The pinned message of the day, as the command group sees it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.pacing import Limits
from sandbox.people import Group, SeenMessage
from storage import reports
from tests import builders
from tests.handlers.test_duty_report import TOMORROW, report_normally
from tests.house import DAY, house, moved_in
from tests.test_outbox import settled

TITLE = "Báo cáo trực 16/03/2026"
MANY = 50


async def boards_in(group: Group, title: str = TITLE) -> list[SeenMessage]:
    return [m for m in await group.messages() if m.from_bot and title in m.text]


async def pinned(group: Group, title: str = TITLE) -> SeenMessage:
    """Wait until exactly the board of that day is pinned."""
    for _ in range(200):
        found = await group.pinned()
        if [title in message.text for message in found] == [True]:
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError([str(m) for m in await group.messages()])


async def test_the_board_comes_at_the_opening_is_pinned_and_follows_the_day(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        assert await boards_in(group) == []
        await home.at("15:30")
        first = await pinned(group)
        assert "0/13" in first.text
        assert "Hạn 16:30, nhận muộn đến 20:00" in first.text
        await report_normally(leader)
        told = await group.sees("1/13")
        assert told.id == first.id
        assert "15:30 An Sơn" in told.text
        await home.at("16:31")
        assert (await group.sees("Quá hạn chưa báo cáo: 12")).id == first.id
        await home.at("20:00")
        assert (await group.sees("Đã chốt lúc 20:00")).id == first.id
        assert (await pinned(group)).id == first.id
        assert len(await boards_in(group)) == 1


async def test_the_next_days_board_takes_the_pin_over(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("15:30")
        await pinned(group)
        await home.at("10:00", TOMORROW)
        closed = await group.sees("🔒 Đã chốt")
        assert (await pinned(group)).id == closed.id
        await home.at("15:30", TOMORROW)
        await pinned(group, "Báo cáo trực 17/03/2026")
        assert len(await boards_in(group)) == 1


async def test_time_alone_edits_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("15:30")
        await pinned(group)
        await home.box.idle()
        before = await home.box.calls("editMessageText")
        for clock_time in ("15:31", "15:45", "16:00", "16:29"):
            await home.at(clock_time)
            await home.box.idle()
        assert await home.box.calls("editMessageText") == before


async def test_a_burst_of_reports_costs_few_edits_and_the_last_one_is_right(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, preset=None, limits=Limits()) as home:
        async with home.database.transaction() as session:
            units = await builders.command_with_units(session, MANY, first_day=DAY)
        await home.box.set_limits("sliding")
        group = await home.command_group()
        await home.at("15:30")
        await pinned(group)
        for unit in units:
            async with home.database.transaction() as session:
                await reports.save(session, "duty", builders.report(unit, day=DAY))
            home.parts.reconcile.wake()
        await group.sees("50/50 ✅", timeout=15)
        edits = [c for c in await home.box.calls("editMessageText") if c.applied]
        assert 1 <= len(edits) <= MANY // 10
        assert len(await boards_in(group)) == 1
        assert not [call for call in await home.box.calls() if call.status == 429]


async def test_without_the_right_to_pin_the_board_goes_on_and_the_admins_hear_of_it_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await group.forbid("pin_messages")
        await home.at("15:30")
        await admin.sees("Tôi không được ghim tin trong nhóm chỉ huy")
        await report_normally(leader)
        await group.sees("1/13")
        await home.at("15:30", TOMORROW)
        await group.sees("Báo cáo trực 17/03/2026")
        await home.box.idle()
        alerts = [m for m in await admin.messages() if "không được ghim" in m.text]
        assert len(alerts) == 1
        assert await group.pinned() == []
        await group.forbid()
        await home.at("15:30", TOMORROW + timedelta(days=1))
        await pinned(group, "Báo cáo trực 18/03/2026")


async def test_a_deleted_board_comes_back_and_is_pinned_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        first = await pinned(group)
        await home.box.idle()
        await home.parts.application.bot.delete_message(group.id, first.id)
        await report_normally(leader)
        await group.sees("1/13")
        again = await pinned(group)
        assert again.id != first.id
        assert "1/13" in again.text


async def test_a_group_bound_anew_gets_a_board_of_its_own_and_the_old_one_is_unpinned(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        first = await home.command_group()
        await home.at("15:30")
        await pinned(first)
        admin = await home.admin()
        second = await home.box.group("Nhóm mới", [admin])
        await home.box.jump(60)
        await admin.say("/nhom", chat=second)
        await pinned(second)
        await admin.say("/nhom", chat=second)
        await home.box.idle()
        assert len(await boards_in(second)) == 1
        assert len(await boards_in(first)) == 1
        assert await first.pinned() == []


async def test_without_a_group_there_is_no_board(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.join(Role.COMMANDER, id=5)
        await home.at("15:30")
        await home.box.idle()
        assert await home.count("SELECT count(*) FROM board") == 0
        assert await home.count("SELECT count(*) FROM outbox WHERE kind = 'board'") == 0


async def test_a_group_bound_after_the_lock_gets_no_board_of_the_day(tmp_path: Path) -> None:
    async with house(tmp_path, at="21:00") as home:
        group = await home.command_group()
        await home.at("21:30")
        await home.box.idle()
        assert await boards_in(group) == []


async def test_the_board_moves_with_a_group_that_becomes_a_supergroup(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm chỉ huy", [admin], kind="group")
        await admin.say("/nhom", chat=group)
        await home.at("15:30")
        await pinned(group)
        moved = await group.migrate()
        await pinned(moved)


async def test_the_board_stands_in_the_topic_of_the_group(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm chỉ huy", [admin], topics=("Trực ban",))
        await admin.say("/nhom", chat=group, thread=group.topics["Trực ban"])
        await home.at("15:30")
        assert (await pinned(group)).thread == group.topics["Trực ban"]


async def test_a_doubtful_board_is_repeated_and_the_later_one_is_pinned(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.idle()
        await home.box.fault("sendMessage", "deliver_then_reset", chat_id=group.id)
        await home.at("15:30")
        await pinned(group)
        first, second = await boards_in(group)
        assert (first.pinned, second.pinned) == (False, True)


async def test_a_doubtful_pin_is_repeated(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.idle()
        await home.box.fault("pinChatMessage", "deliver_then_reset")
        await home.at("15:30")
        await settled(home, "pin", "sent")
        assert len(await home.box.calls("pinChatMessage")) == 2
        await pinned(group)


async def test_a_restart_neither_repeats_the_board_nor_loses_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        first = await pinned(group)
        home.stop.set()
        await home.task
        async with moved_in(home.box, home.settings) as back:
            await report_normally(leader)
            assert (await group.sees("1/13")).id == first.id
            await back.box.idle()
            assert len(await boards_in(group)) == 1
            assert len(await back.box.calls("pinChatMessage")) == 1


async def test_a_board_whose_place_was_purged_is_still_edited(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        first = await pinned(group)
        await home.box.idle()
        async with home.database.transaction() as session:
            await session.run("DELETE FROM shown_message WHERE slot LIKE 'board:%'")
        await report_normally(leader)
        assert (await group.sees("1/13")).id == first.id


@pytest.mark.parametrize("in_percent", [False, True])
async def test_the_board_tells_no_strengths(tmp_path: Path, *, in_percent: bool) -> None:
    display = "percent" if in_percent else "counts"
    async with house(tmp_path, strength_display=display) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        told = await group.sees("1/13")
        assert "27" not in told.text
