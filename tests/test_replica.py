"""The streaming copy of docs/operations.md, with the real Litestream where it is installed."""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Role
from sandbox.server import running
from tests.handlers.test_duty_report import report_normally
from tests.house import DAY, House, moved_in, settings_for

CONFIGURATION = Path(__file__).parent.parent / "docs/service/litestream.yml"
PROGRAM = shutil.which("litestream", path=os.environ.get("LITESTREAM", os.environ["PATH"]))
TABLES = ("report", "report_revision", "person", "assignment", "unit", "audit")

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="litestream is not installed; .ci/run installs it"
)


def configured(folder: Path, database: Path) -> Path:
    """The configuration of the docs, for this database, with the copy in a folder of this machine."""
    text = CONFIGURATION.read_text("utf-8").replace("/var/lib/trucbao/trucbao.db", str(database))
    text = re.sub(
        r"type: sftp\n(.*?)path: \S+\n",
        f"type: file\n      path: {folder}\n",
        text,
        flags=re.DOTALL,
    )
    text = text.replace("sync-interval: 10s", "sync-interval: 100ms")
    place = folder.with_suffix(".yml")
    place.write_text(text, "utf-8")
    return place


async def litestream(*words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM), *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()
    return told.decode()


@contextlib.asynccontextmanager
async def replicating(configuration: Path) -> AsyncIterator[None]:
    """Stream until the end of the block, which is a kill -9."""
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        "replicate",
        "-config",
        str(configuration),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()


def content(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names
            for table in TABLES
        }


async def restored(configuration: Path, database: Path, folder: Path, number: int) -> Path:
    copy = folder / f"restored-{number}.db"
    await litestream("restore", "-config", str(configuration), "-o", str(copy), str(database))
    return copy


async def caught_up(configuration: Path, database: Path, folder: Path) -> Path:
    """Restore again and again until the copy has what the database has."""
    wanted = content(database)
    for number in range(100):
        with contextlib.suppress(AssertionError):
            copy = await restored(configuration, database, folder, number)
            if content(copy) == wanted:
                return copy
        await asyncio.sleep(0.1)
    raise AssertionError("the copy does not catch up")


async def test_the_configuration_is_one_that_it_reads() -> None:
    told = await litestream("databases", "-config", str(CONFIGURATION))
    assert re.search(r"^/var/lib/trucbao/trucbao\.db\s+sftp$", told, re.MULTILINE)


async def test_what_was_reported_before_a_kill_is_restored_and_run(tmp_path: Path) -> None:
    lived = tmp_path / "trucbao.db"
    configuration = configured(tmp_path / "copy", lived)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    async with running() as box:
        settings = settings_for(box, lived)
        await box.jump(datetime.combine(DAY, time(15), settings.timezone))
        async with moved_in(box, settings, preset="tam-ky-2022") as home:
            async with replicating(configuration):
                await _reports(home, "An Sơn", 1)
                await caught_up(configuration, lived, first)
            # While it was dead, more came in: it goes on from there.
            await _reports(home, "An Phú", 2)
            async with replicating(configuration):
                copy = await caught_up(configuration, lived, second)
        again = settings_for(box, copy)
        async with moved_in(box, again) as back:
            assert await back.count("SELECT count(*) FROM report") == 2
            await back.at("16:30")
            told = await (await back.box.person(1)).messages()
            assert any("Đã nhận báo cáo" in message.text for message in told)


async def _reports(home: House, unit: str, number: int) -> None:
    leader = await home.join(Role.LEADER, unit, id=number)
    await home.at("15:30")
    await report_normally(leader)
    await home.settled()
