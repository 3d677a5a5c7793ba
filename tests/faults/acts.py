"""What can be done to the bot in the middle of a day."""

import asyncio
import contextlib
import fcntl
import os
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.texts.vi_console import VietnameseConsole
from tests.faults import proof
from tests.faults.day import FIXED, Act, Stage
from tests.leaders import Phase
from tests.trouble import mode

# Telegram's words for it.
NOT_FOUND = "Not Found"
BAD_GATEWAY = "<html><body><h1>502 Bad Gateway</h1></body></html>"
TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
TOO_MANY = 45  # within a second; 30 are allowed
OUT_FOR = timedelta(minutes=20)


def together(*acts: Act) -> Act:
    async def run(stage: Stage) -> None:
        for act in acts:
            await act(stage)

    return run


def calls_fail(method: str, kind: str, times: int, **details: Any) -> Act:
    async def run(stage: Stage) -> None:
        await stage.box.fault(method, kind, times=times, **details)

    return run


def calls_to_the_late_fail(kind: str, **details: Any) -> Act:
    """Let one send fail to each of those who do not report at the opening.

    Who presses a button of a message whose answer was lost tells the bot by that where it stands; these do not.
    """
    late = (number + 1 for number, phase in FIXED.items() if phase is not Phase.PROMPT)
    return together(*(calls_fail("sendMessage", kind, 1, chat_id=n, **details) for n in late))


def refused(code: int, description: str, times: int, *methods: str, **details: Any) -> Act:
    """Let calls of each of these methods be answered with a status and have no effect."""
    return together(
        *(
            calls_fail(each, "status", times, code=code, description=description, **details)
            for each in methods
        )
    )


def storm(times: int, *methods: str) -> Act:
    told = {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    return together(*(calls_fail(each, "status", times, code=429, **told) for each in methods))


async def token_revoked(stage: Stage) -> None:
    """While leaders report; it works again 20 minutes later."""
    stage.expects(proof.log_says(VietnameseConsole().token_rejected()))
    await asyncio.sleep(1.0)
    await stage.box.revoke()
    await stage.service.ends_with(1, times=2)
    await stage.box.jump(OUT_FOR)
    await stage.box.set_bot(stage.box.token)
    await stage.service.comes_up()


async def second_poller(stage: Stage) -> None:
    """Somebody else polls with the same token."""
    stage.expects(proof.log_says("problem=Conflict"))
    url = f"{stage.box.url}/bot{stage.box.token}/getUpdates"
    async with aiohttp.ClientSession() as session:
        for _ in range(8):
            # What befalls the bot's polls may befall these.
            with contextlib.suppress(aiohttp.ClientError):
                async with session.post(url, json={"timeout": 1}) as answer:
                    await answer.read()
            await asyncio.sleep(0.3)


async def shut_out(stage: Stage) -> None:
    """Somebody else sends too much with the same token: nobody's messages go out for a while."""
    stage.expects(proof.sending_is_refused(429))
    url = f"{stage.box.url}/bot{stage.box.token}/editMessageText"
    async with aiohttp.ClientSession() as session:

        async def send(chat_id: int) -> None:
            edit = {"chat_id": chat_id, "message_id": 1, "text": "too much"}
            async with session.post(url, json=edit) as answer:
                await answer.read()

        await asyncio.gather(*(send(1_000_000 + n) for n in range(TOO_MANY)))


async def webhook_set(stage: Stage) -> None:
    stage.expects(proof.telegram_says("webhook"))
    url = f"{stage.box.url}/bot{stage.box.token}/setWebhook"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json={"url": "https://elsewhere.example/hook"}) as answer,
    ):
        await answer.read()


_UNREADABLE: Sequence[dict[str, Any]] = (
    {"message": {"message_id": "not a number", "date": "today", "chat": 5}},
    {"callback_query": {"id": None}},
    {"edited_message": ["a", "list"]},
    {"my_chat_member": {"chat": {"id": 1}}},
)


async def unreadable_updates(stage: Stage) -> None:
    stage.expects(proof.log_says("update not handled"))
    for body in _UNREADABLE:
        stage.unreadable.add(await stage.box.inject(body))
        await asyncio.sleep(0.3)


async def updates_again(stage: Stage) -> None:
    """The last updates come once more, while the next ones come."""
    stage.expects(proof.update_comes_again())
    for _ in range(6):
        for update in (await stage.box.updates())[-4:]:
            await stage.box.repeat(update.id)
        await asyncio.sleep(0.4)


def _expect_other_ids(stage: Stage) -> None:
    newest = max((each.id for each in stage.box.world.updates.all[-1:]), default=0)
    stage.expects(proof.ids_begin_anew(newest))


async def ids_restart(stage: Stage) -> None:
    _expect_other_ids(stage)
    await stage.box.restart_ids()


async def ids_restart_at_one(stage: Stage) -> None:
    _expect_other_ids(stage)
    await stage.box.restart_ids(1)


async def leader_blocks(stage: Stage) -> None:
    """For good: nobody can ask the first leader any more."""
    stage.expects(proof.update_tells('"status": "kicked"'))
    first = stage.cast.leaders[0]
    first.is_silent = True
    stage.unreachable.add(first.person.id)
    await first.person.block()


async def leader_blocks_for_a_while(stage: Stage) -> None:
    stage.expects(proof.update_tells('"status": "kicked"'))
    await stage.cast.leaders[1].person.block()


async def leader_is_back(stage: Stage) -> None:
    await stage.cast.leaders[1].person.unblock()
    await stage.cast.leaders[1].person.say("/start")


async def account_deleted(stage: Stage) -> None:
    stage.expects(proof.telegram_says("user is deactivated"))
    third = stage.cast.leaders[2]
    third.is_silent = True
    stage.unreachable.add(third.person.id)
    await third.person.deactivate()


async def kicked(stage: Stage) -> None:
    stage.expects(proof.update_tells('"status": "kicked"'))
    stage.unreachable.add(stage.group.id)
    await stage.group.remove_bot(stage.cast.admin)


async def asked_back(stage: Stage) -> None:
    stage.unreachable.discard(stage.group.id)
    await stage.group.add_bot(stage.cast.admin)
    await stage.cast.admin.say("/nhom", chat=stage.group)


async def migrated(stage: Stage) -> None:
    stage.expects(proof.update_tells("migrate_to_chat_id"))
    stage.unreachable.add(stage.group.id)
    stage.group = await stage.group.migrate()


async def topic_deleted(stage: Stage) -> None:
    """The group's messages in it go too, with the board."""
    stage.expects(proof.telegram_says("message thread not found"))
    stage.unreachable.add(stage.group.id)
    await stage.group.delete_topic(next(iter(stage.group.topics)))


def clock_jumps(by: timedelta) -> Act:
    """The clock is wrong for a while, and put right again."""

    async def run(stage: Stage) -> None:
        for each in (by, -by):
            await stage.box.jump(each)
            if not stage.box.world.clock.is_known:
                raise AssertionError("the bot does not know of the jump")
            await stage.settled()

    return run


async def sigterm_twice(stage: Stage) -> None:
    stage.expects(proof.log_says("stopping"))
    stage.expects(proof.process_ends_with(0))
    for _ in range(2):
        await stage.service.comes_up()
        await asyncio.sleep(0.7)
        stage.service.signal(signal.SIGTERM)
        await asyncio.sleep(0.05)
        stage.service.signal(signal.SIGTERM)
        await stage.service.ended()
    await stage.service.comes_up()


async def killed(stage: Stage) -> None:
    stage.expects(proof.process_ends_with(-signal.SIGKILL))
    await stage.service.comes_up()
    await asyncio.sleep(0.7)
    stage.service.signal(signal.SIGKILL)
    await stage.service.ended()
    await stage.service.comes_up()


async def disk_full(stage: Stage) -> None:
    """No page more; after a while there is room again."""
    stage.expects(proof.log_says("'full'"))
    await asyncio.sleep(0.5)
    stage.disk_full.touch()
    await asyncio.sleep(4)
    stage.disk_full.unlink()


async def files_may_not_grow(stage: Stage) -> None:
    """The system denies every byte beyond a place that the journal is soon at, if it is not already.

    The log is a file as well: what the bot says of it must still fit in.
    """
    stage.expects(proof.log_says("database unavailable"))
    await asyncio.sleep(0.5)
    with contextlib.suppress(ProcessLookupError):
        stage.service.limit_files_to(stage.service.log.stat().st_size + 2**15)
        await asyncio.sleep(4)
        stage.service.limit_files_to(-1)


async def read_only(stage: Stage) -> None:
    """The database takes nothing (query_only: "attempt to write a readonly database"); later it does."""
    stage.expects(proof.log_says("'read_only'"))
    await asyncio.sleep(0.5)
    stage.read_only.touch()
    await asyncio.sleep(4)
    stage.read_only.unlink()


async def read_only_at_start(stage: Stage) -> None:
    """Its user may not write to the file: it says so and ends, until somebody mends that."""
    stage.expects(proof.log_says(VietnameseConsole().storage("read_only", str(stage.database))))
    await stage.service.stop()
    files = list(stage.database.parent.glob(f"{stage.database.name}*"))
    before = {path: mode(path) for path in files}
    for path in files:
        if path.suffix != ".lock":
            path.chmod(0o444)
    stage.service.is_ordinary = True
    stage.service.start()
    await stage.service.ends_with(1, times=2)
    await stage.service.stop()
    stage.service.is_ordinary = False
    for path, bits in before.items():
        with contextlib.suppress(FileNotFoundError):  # SQLite takes its journal away
            path.chmod(bits)
    stage.service.start()
    await stage.service.comes_up()


async def second_process(stage: Stage) -> None:
    """One more bot on the same database says who runs, and the first goes on."""
    status, said = await stage.service.second()
    if status == 0 or str(stage.service.pid) not in said:
        raise AssertionError(f"a second bot ended with {status}: {said}")


@contextlib.contextmanager
def _flock(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


async def lock_held(stage: Stage) -> None:
    """Another process holds the lock when it starts."""
    stage.expects(proof.log_says("Một bot khác đang chạy"))
    await stage.service.stop()
    with _flock(stage.database.with_name(f"{stage.database.name}.lock")):
        stage.service.start()
        await stage.service.ends_with(1, times=2)
    await stage.service.comes_up()


async def database_busy(stage: Stage) -> None:
    """Another program writes, for longer than SQLite waits for it."""
    stage.expects(proof.log_says("'busy'"))
    await asyncio.sleep(0.5)
    connection = sqlite3.connect(stage.database, timeout=10, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(7)
        connection.execute("ROLLBACK")
    finally:
        connection.close()
