"""The drills of docs/operations.md, walked through with the real command."""

import asyncio
import contextlib
import json
import os
import sqlite3
import sys
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.people import Role
from sandbox.server import Box, running
from storage.migrations import migrate, numbered
from tests.handlers.test_duty_report import report_normally
from tests.house import DAY, moved_in, settings_for
from tests.shell import Shell

PROGRAM = Path(sys.executable).with_name("trucbao")
PASSPHRASE = "một câu đủ dài"
NEWEST = numbered()[-1][0]


async def trucbao(box: Box, database: Path, *words: str) -> str:
    """Run the command as an operator beside the bot would; it succeeds and says this."""
    names = {name.upper() for name in Settings.model_fields}
    environment = {key: value for key, value in os.environ.items() if key not in names}
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *words,
        cwd=database.parent,
        env={
            **environment,
            "DATABASE_PATH": str(database),
            "BACKUP_PASSPHRASE": PASSPHRASE,
            "SANDBOX_CLOCK_URL": box.url,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert PASSPHRASE not in out.decode() + err.decode()
    return out.decode()


async def figures(box: Box, database: Path) -> list[dict[str, object]]:
    told: list[dict[str, object]] = []
    for period in ("ngay", "thang"):
        words = ("summary", "--period", period, "--day", DAY.isoformat(), "--format", "json")
        told.append(json.loads(await trucbao(box, database, *words)))
        del told[-1]["as_of"]
    return told


async def test_what_is_backed_up_beside_the_running_bot_is_restored_and_run_with_the_same_figures(
    tmp_path: Path,
) -> None:
    lived, moved = tmp_path / "trucbao.db", tmp_path / "new" / "trucbao.db"
    moved.parent.mkdir()
    async with running() as box:
        settings = settings_for(box, lived)
        await box.jump(datetime.combine(DAY, time(15), settings.timezone))
        async with moved_in(box, settings, preset="tam-ky-2022") as home:
            leader = await home.join(Role.LEADER, "An Sơn", id=1)
            other = await home.join(Role.LEADER, "An Phú", id=2)
            await home.at("15:30")
            await report_normally(leader)
            await home.settled()
            told = await trucbao(box, lived, "backup", "--out", "a.backup")
            assert "1 ngày báo cáo, 1 báo cáo, 2 người" in told
            assert "có mã hóa" in told
            before = await figures(box, lived)
            assert await home.count("SELECT count(*) FROM backup WHERE reason = 'console'") == 1
        told = await trucbao(box, moved, "restore", "--from", str(tmp_path / "a.backup"))
        assert "từ bản lúc 15:30 16/03/2026: 1 ngày báo cáo, 1 báo cáo, 2 người" in told
        assert await figures(box, moved) == before
        async with moved_in(box, settings_for(box, moved)) as home:
            await other.sees("Mời đồng chí")
            await home.at("15:40")
            await report_normally(other)
            await home.settled()
        after = await figures(box, moved)
    assert after != before


@pytest.mark.parametrize("earlier", range(1, NEWEST))
def test_a_database_of_an_earlier_version_is_backed_up_upgraded_and_put_back(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    earlier: int,
) -> None:
    shell = Shell(tmp_path, monkeypatch, capsys)
    shell.stand_still()
    steps = [step for step in numbered() if step[0] <= earlier]
    migrate(shell.database, steps)
    version = steps[-1][0]
    shell.rows("INSERT INTO command (id, name, first_day) VALUES (1, 'Ban CHQS', '2026-03-10')")
    shell.rows(
        "INSERT INTO unit (code, name, short_name, position, valid_from) "
        "VALUES ('an-son', 'phường An Sơn', 'An Sơn', 0, '2026-01-01')"
    )

    assert schema(shell.database) == version
    shell.does("backup", "--out", "before.db", "--plain")
    assert schema(shell.database) == version, "a backup does not upgrade what it copies"

    upgraded = shell.does("summary", "--format", "json")
    assert schema(shell.database) == NEWEST

    with contextlib.suppress(FileNotFoundError):
        for side in ("", "-wal", "-shm"):
            (tmp_path / f"trucbao.db{side}").rename(tmp_path / f"aside.db{side}")
    told = shell.does("restore", "--from", "before.db")
    assert "Lược đồ cũ hơn" in told
    assert schema(shell.database) == version
    assert shell.does("summary", "--format", "json") == upgraded
    assert schema(shell.database) == NEWEST


def schema(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
