"""Acknowledge after commit: whatever Telegram does, nothing it delivered is lost or handled twice."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.backoff import TokenRejectedError
from bot.domain.people import Role
from bot.polling import POLL_SECONDS
from bot.services.reporting import Reporting
from storage.errors import UnavailableError
from tests.handlers.test_duty_report import NORMAL, SEND, report_normally
from tests.house import House, house, moved_in


async def handled(home: House) -> int:
    return await home.count("SELECT count(*) FROM handled_update")


async def test_an_update_that_nobody_can_parse_is_recorded_and_passed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        before = await handled(home)
        await home.box.inject({"message": {"message_id": 1, "text": 7}})
        await home.box.inject({"callback_query": "x"})
        await admin.say("/trogiup")
        await home.box.idle()
        assert await handled(home) == before + 3
        assert (
            await home.count("SELECT count(*) FROM handled_update WHERE error_id IS NOT NULL") == 2
        )
        await admin.sees("Một thao tác gặp lỗi, mã")


async def test_an_update_delivered_twice_is_handled_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/trogiup")
        await home.box.idle()
        before = await handled(home)
        calls = len(await home.box.calls("sendMessage"))
        last = (await home.box.updates())[-1]
        await home.box.repeat(last.id)
        await home.box.idle()
        assert await handled(home) == before
        assert len(await home.box.calls("sendMessage")) == calls


async def test_ids_that_restart_lower_are_not_taken_for_old_ones(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await home.box.restart_ids(first=5)
        await leader.say("/huy")
        await leader.sees("Không có phiếu nào đang nhập dở")
        await leader.say("/trogiup")
        await leader.sees("Các lệnh")
        await home.box.idle()


async def test_a_handler_that_raises_is_undone_apologised_for_once_and_told_to_the_admins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        submit = Reporting.submit

        async def saves_and_breaks(*args: object, **kwargs: object) -> object:
            await submit(*args, **kwargs)  # type: ignore[arg-type]
            raise ZeroDivisionError

        with monkeypatch.context() as broken:
            broken.setattr(Reporting, "submit", saves_and_breaks)
            await leader.press(SEND)
            apology = await leader.sees("chưa được ghi nhận")
            await admin.sees("Một thao tác gặp lỗi, mã")
        assert await home.count("SELECT count(*) FROM report") == 0
        error_id = (await home.rows("SELECT error_id FROM handled_update WHERE error_id NOT NULL"))[
            0
        ][0]
        assert error_id in apology.text
        await leader.press(SEND)
        await leader.sees("Đã nhận báo cáo")


async def test_a_database_that_cannot_write_leaves_the_press_unacknowledged_until_it_can(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await home.box.idle()
        blocker = sqlite3.connect(home.database.path, isolation_level=None)
        try:
            await home.database._writer.execute("PRAGMA busy_timeout = 50")
            blocker.execute("BEGIN IMMEDIATE")
            await leader.press(SEND)
            for _ in range(100):
                if any("chưa ghi được" in toast for toast in await leader.toasts()):
                    break
                await asyncio.sleep(0.05)
            else:
                raise AssertionError(await leader.toasts())
            assert (await home.box.updates())[-1].confirmed_at is None
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        assert "đúng hạn" in (await leader.sees("Đã nhận báo cáo")).text
        await home.box.idle()
        assert await home.count("SELECT count(*) FROM report_revision") == 1


@pytest.mark.parametrize("code", [404, 409, 429, 500, 502])
async def test_every_refusal_but_401_is_survived(tmp_path: Path, code: int) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        details = {"parameters": {"retry_after": 1}} if code == 429 else {}
        await home.box.fault(
            "getUpdates", "status", times=2, code=code, description="Trouble", **details
        )
        await leader.say("/huy")
        await leader.sees("Không có phiếu nào", timeout=10)


@pytest.mark.parametrize("kind", ["reset", "deliver_then_reset"])
async def test_a_broken_connection_is_survived_and_nothing_is_handled_twice(
    tmp_path: Path, kind: str
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        before = await handled(home)
        await home.box.fault("getUpdates", kind, times=2)
        await leader.say("/huy")
        await leader.sees("Không có phiếu nào", timeout=10)
        await home.box.idle()
        assert await handled(home) == before + 1


async def test_only_the_first_poll_after_a_start_or_a_failure_does_not_wait_for_news(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        before = len(await home.box.calls())
        await home.box.fault("getUpdates", "status", times=1, code=502)
        await leader.say("/huy")
        await leader.sees("Không có phiếu nào")
        await home.parts.heard.wait()
        await leader.say("/trogiup")
        await leader.sees("Các lệnh")
        polls = await home.box.calls("getUpdates")
        waits = [call.params["timeout"] for call in polls if call.n <= before]
        assert [int(wait) for wait in waits] == [0] + [POLL_SECONDS] * (len(waits) - 1)
        after = [(call.status, int(call.params["timeout"])) for call in polls if call.n > before]
        assert after[:3] == [(502, POLL_SECONDS), (200, 0), (200, POLL_SECONDS)]


async def test_a_rejected_token_ends_the_bot(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.box.revoke()
        with pytest.raises(TokenRejectedError):
            await asyncio.wait_for(home.task, 50)
        home.task = asyncio.create_task(asyncio.sleep(0))


async def test_presses_made_while_the_bot_is_down_are_handled_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        home.stop.set()
        await home.task
        await leader.press(SEND)
        async with moved_in(home.box, home.settings):
            await leader.sees("Đã nhận báo cáo")


async def test_a_stop_is_quick_and_loses_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        home.stop.set()
        await asyncio.wait_for(home.task, 10)
        assert await home.count("SELECT count(*) FROM outbox WHERE state = 'sending'") == 0


async def test_a_webhook_left_over_is_removed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        description = (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        await home.box.fault("getUpdates", "status", times=1, code=409, description=description)
        await leader.say("/huy")
        await leader.sees("Không có phiếu nào", timeout=10)
        assert await home.box.calls("deleteWebhook")


async def test_a_full_disk_is_a_condition_and_not_a_bug(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        pages = await home.count("PRAGMA page_count")
        with pytest.raises(UnavailableError) as raised:
            async with home.database.transaction() as session:
                await session.run(f"PRAGMA max_page_count = {pages}")
                for n in range(2000):
                    await session.run(
                        "INSERT INTO handled_update VALUES (?, ?, 0, NULL, ?)", (n, "x", "y" * 500)
                    )
        assert raised.value.condition == "full"


async def test_an_update_that_cannot_even_be_apologised_for_does_not_come_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()

        async def breaks(*_args: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(home.parts.intake, "_apologise", breaks)
        await home.box.inject({"callback_query": "x"})
        await admin.say("/huy")
        await admin.sees("Không có phiếu nào")
        await home.box.idle()
        assert not home.task.done()
