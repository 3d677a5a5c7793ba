"""Sending by the written rule of each kind, whatever happens on the way."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from telegram import Bot

from bot import telegram_calls
from bot.backoff import TokenRejectedError
from bot.domain.people import Role
from bot.pacing import Limits
from bot.screens.message import Ready
from sandbox.people import Person, Sandbox
from storage.outbox import Row
from tests.handlers.test_duty_report import NORMAL, SEND, report_normally
from tests.house import House, house, moved_in


async def applied(box: Sandbox, words: str) -> int:
    """How often a message with these words came into being."""
    calls = await box.calls("sendMessage")
    return sum(call.applied and words in str(call.params.get("text")) for call in calls)


async def states(home: House, kind: str) -> list[str]:
    rows = await home.rows("SELECT state FROM outbox WHERE kind = ? ORDER BY id", kind)
    return [row[0] for row in rows]


async def settled(home: House, kind: str, state: str) -> None:
    for _ in range(200):
        if await states(home, kind) and set(await states(home, kind)) == {state}:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await states(home, kind))


async def test_a_doubtful_prompt_is_not_repeated_and_its_press_is_adopted(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await home.box.fault("sendMessage", "deliver_then_reset")
        await home.at("15:30")
        await settled(home, "prompt", "doubtful")
        await report_normally(leader)
        assert await applied(home.box, "Mời đồng chí") == 1
        slots = await home.rows(
            "SELECT slot FROM shown_message WHERE chat_id = 1 AND message_id NOT NULL"
        )
        assert any(str(slot).startswith("prompt:") for (slot,) in slots)


async def test_a_doubtful_digest_is_repeated(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.command_group()
        await home.box.idle()
        await home.box.fault("sendMessage", "deliver_then_reset")
        await home.at("16:30")
        await settled(home, "digest", "sent")
        assert await applied(home.box, "Báo cáo 0/13") == 2


async def test_a_doubtful_receipt_is_an_edit_and_never_doubles(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await home.box.fault("editMessageText", "deliver_then_reset")
        await leader.press(SEND)
        await leader.sees("Đã nhận báo cáo")
        await settled(home, "receipt", "sent")
        seen = [m for m in await leader.messages() if "Đã nhận báo cáo" in m.text]
        assert len(seen) == 1


@pytest.mark.parametrize("code", [500, 502])
async def test_what_telegram_says_it_did_not_take_is_sent_again(tmp_path: Path, code: int) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await home.box.fault("sendMessage", "status", times=2, code=code, description="Trouble")
        await home.at("15:30")
        await leader.sees("Mời đồng chí", timeout=10)
        assert await applied(home.box, "Mời đồng chí") == 1


async def test_a_429_is_obeyed_to_the_second(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await home.box.fault(
            "sendMessage",
            "status",
            code=429,
            description="Too Many Requests: retry after 2",
            parameters={"retry_after": 2},
        )
        begin = len(await home.box.calls("sendMessage"))
        await home.at("15:30")
        await leader.sees("Mời đồng chí", timeout=10)
        refused, taken = (await home.box.calls("sendMessage"))[begin:]
        assert (taken.at - refused.at).total_seconds() >= 2


async def test_a_person_who_blocked_the_bot_is_recorded_and_told_of_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await leader.block()
        await admin.sees("CHT An Sơn không nhận được tin")
        await home.at("15:30")
        await home.at("16:15")
        await home.box.idle()
        alerts = [m for m in await admin.messages() if "không nhận được tin" in m.text]
        assert len(alerts) == 1
        assert await states(home, "prompt") == []
        await leader.unblock()
        await leader.say("/start")
        await leader.sees("Nhắc đồng chí")


async def test_a_refused_send_is_recorded_as_well(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        description = "Forbidden: bot was blocked by the user"
        await home.box.fault(
            "sendMessage", "status", code=403, description=description, chat_id=leader.id
        )
        await home.at("15:30")
        await admin.sees("CHT An Sơn không nhận được tin")
        assert await states(home, "prompt") == ["refused"]


async def test_a_form_whose_message_was_deleted_comes_as_a_new_one(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        prompt = await leader.sees("Mời đồng chí")
        await leader.press(NORMAL)
        await leader.sees_button(SEND)
        gone = "Bad Request: message to edit not found"
        await home.box.fault("editMessageText", "status", code=400, description=gone)
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert receipt.id != prompt.id


async def test_a_reminder_that_no_longer_matters_is_not_sent(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.sees("Mời đồng chí")
        await home.box.fault("sendMessage", "status", times=None, code=500, description="Trouble")
        await home.at("16:15")
        await asyncio.sleep(0.3)
        await leader.press(NORMAL)
        await leader.press(SEND, timeout=10)
        await leader.sees("Đã nhận báo cáo", timeout=10)
        await home.box.clear_faults()
        await settled(home, "reminder", "superseded")
        assert await applied(home.box, "Nhắc đồng chí") == 0


async def test_what_was_on_the_wire_at_a_crash_is_doubtful_and_not_repeated(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await settled(home, "prompt", "sent")
        home.stop.set()
        await home.task
        async with home.database.transaction() as session:
            await session.run(
                "UPDATE outbox SET state = 'sending', finished_at = NULL WHERE kind = 'prompt'"
            )
        async with moved_in(home.box, home.settings) as back:
            await settled(back, "prompt", "doubtful")
            assert await applied(back.box, "Mời đồng chí") == 1


async def test_a_token_rejected_while_sending_ends_the_bot(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await home.box.fault("sendMessage", "status", code=401, description="Unauthorized")
        await home.at("15:30")
        with pytest.raises(TokenRejectedError):
            await asyncio.wait_for(home.task, 20)
        assert await states(home, "prompt") == ["pending"]
        home.task = asyncio.create_task(asyncio.sleep(0))


@pytest.mark.parametrize("model", ["sliding", "bucket", "ban"])
async def test_even_pacing_never_meets_a_429(tmp_path: Path, model: str) -> None:
    async with house(tmp_path, limits=Limits()) as home:
        await home.box.set_limits(model)  # type: ignore[arg-type]
        leaders: list[Person] = []
        units = [r[0] for r in await home.rows("SELECT short_name FROM unit")]
        for n, unit in enumerate(units, 1):
            person = await home.box.person(n)
            await person.say(f"/start {await home.invitation(Role.LEADER, unit)}")
            leaders.append(person)
        for leader in leaders:
            await leader.sees("Chào đồng chí", timeout=20)
        await home.at("15:30")
        for leader in leaders:
            await leader.sees("Mời đồng chí báo cáo", timeout=20)
        assert not [call for call in await home.box.calls() if call.status == 429]


async def test_an_answer_overtakes_what_waits_for_others(tmp_path: Path) -> None:
    async with house(tmp_path, limits=Limits(overall=0.2, person=0.2, group=0.2)) as home:
        leaders = [
            await home.join(Role.LEADER, row[0], id=n)
            for n, row in enumerate(await home.rows("SELECT short_name FROM unit"), 1)
        ]
        await home.box.idle()
        await home.at("15:30")
        await leaders[-1].say("/huy")
        await leaders[-1].sees("Không có phiếu nào")
        prompts = await states(home, "prompt")
        assert prompts.count("sent") < len(prompts)


async def test_a_group_that_became_a_supergroup_is_followed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm chỉ huy", [admin], kind="group")
        await admin.say("/nhom", chat=group)
        await group.sees("nhóm chỉ huy của")
        moved = await group.migrate()
        await home.box.idle()
        await home.at("16:30")
        await moved.sees("Báo cáo 0/13")


async def test_a_group_that_is_lost_is_told_to_the_admins(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        await group.remove_bot(admin)
        await admin.sees("Tôi không còn gửi được vào nhóm chỉ huy")


async def test_a_server_without_command_menus_holds_up_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await settled(home, "menu", "sent")
        missing = "Not Found: method not found"
        await home.box.fault("setMyCommands", "status", times=None, code=404, description=missing)
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.block()
        await admin.sees("không nhận được tin")
        await home.box.idle()
        first, *others = await states(home, "menu")
        assert (first, set(others)) == ("sent", {"refused"})


async def test_a_message_that_cannot_be_sent_at_all_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await home.box.idle()
        sends = telegram_calls.deliver

        async def breaks_for_one(api: Bot, row: Row, content: Ready) -> int | None:
            if row.to.chat_id == 1:
                raise ZeroDivisionError
            return await sends(api, row, content)

        monkeypatch.setattr("bot.outbox.deliver", breaks_for_one)
        await home.at("15:30")
        await other.sees("Mời đồng chí")
        await home.settled()
        assert sorted(await states(home, "prompt")) == ["refused", "sent"]
        assert await home.rows("SELECT error FROM outbox WHERE state = 'refused'") == [
            ("ZeroDivisionError",)
        ]


async def test_what_was_sent_while_the_database_could_not_write_is_recorded_later(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await home.database._writer.execute("PRAGMA busy_timeout = 50")
        await home.box.fault("sendMessage", "slow", seconds=0.4)
        await home.at("15:30")
        await settled(home, "prompt", "sending")
        blocker = sqlite3.connect(home.database.path, isolation_level=None)
        try:
            blocker.execute("BEGIN IMMEDIATE")
            await leader.sees("Mời đồng chí")
            await asyncio.sleep(0.3)
            assert await states(home, "prompt") == ["sending"]
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        await settled(home, "prompt", "sent")
        assert await applied(home.box, "Mời đồng chí") == 1


async def test_a_group_that_moves_after_the_digest_does_not_get_it_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm chỉ huy", [admin], kind="group")
        await admin.say("/nhom", chat=group)
        await group.sees("nhóm chỉ huy của")
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await home.box.idle()
        await group.migrate()
        await home.box.idle()
        await home.at("17:00")
        await home.box.idle()
        assert await applied(home.box, "Báo cáo 0/13") == 1


async def test_a_digest_refused_by_a_lost_topic_goes_where_the_group_is_bound_anew(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm", [admin], topics=("Trực ban", "Khác"))
        await admin.say("/nhom", chat=group, thread=group.topics["Trực ban"])
        await group.sees("nhóm chỉ huy")
        await group.delete_topic("Trực ban")
        await home.at("16:30")
        await admin.sees("Tôi không còn gửi được vào nhóm chỉ huy")
        await admin.say("/nhom", chat=group, thread=group.topics["Khác"])
        digest = await group.sees("Báo cáo 0/13")
        assert digest.thread == group.topics["Khác"]


async def test_without_its_group_the_commanders_get_the_digest(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=5)
        group = await home.command_group()
        await group.remove_bot(await home.admin())
        await home.at("16:30")
        await commander.sees("Báo cáo 0/13")


async def test_a_notice_that_telegram_refuses_is_told_to_the_admins(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        await home.command_group()
        await home.box.idle()
        await home.box.fault(
            "sendMessage", "status", code=400, description="Bad Request: TOPIC_CLOSED"
        )
        await home.at("16:30")
        await admin.sees("Một thao tác gặp lỗi, mã outbox")


async def test_a_digest_that_waits_is_overtaken_by_the_final_one(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.idle()
        await home.box.fault("sendMessage", "status", times=None, code=502, description="Trouble")
        await home.at("16:30")
        await asyncio.sleep(0.2)
        await home.at("20:00")
        await home.box.clear_faults()
        await group.sees("Bản chốt lúc 20:00")
        await home.box.idle()
        assert sorted(await states(home, "digest")) == ["sent", "superseded"]


async def test_who_writes_again_is_asked_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        async with home.database.transaction() as session:
            await session.run("UPDATE person SET unreachable_since_at = 1")
        await leader.say("/trogiup")
        await home.box.idle()
        await home.at("15:30")
        await leader.sees("Mời đồng chí")


async def test_a_prompt_on_the_wire_is_closed_when_the_report_is_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.box.idle()
        await home.box.fault("sendMessage", "slow", seconds=1.5, chat_id=2)
        await home.at("15:30")
        await report_normally(leader)
        await deputy.sees("Đã có báo cáo lúc 15:30 (CHT)")
        assert not [m for m in await deputy.messages() if NORMAL in m.labels]
