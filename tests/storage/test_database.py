"""Transactions that either happen or do not, on real files."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from sqlite3 import Row
from typing import Any

import pytest

from storage import command, people
from storage.database import WAL_LIMIT, Database, Session
from storage.errors import NotInitialisedError, UnavailableError
from tests.trouble import mode

DAY = date(2026, 3, 16)


class OddError(Exception):
    pass


async def name(session: Session) -> str | None:
    known = await command.get(session)
    return known.name if known else None


async def committed_name(database: Database) -> str | None:
    async with database.snapshot() as session:
        return await name(session)


async def test_what_a_transaction_did_is_there_for_the_next_process(path: Path) -> None:
    async with Database.open(path, create=True) as database:
        async with database.transaction() as session:
            assert await command.add(session, "Tam Kỳ", DAY)
            assert not await command.add(session, "a second", DAY)
        assert await committed_name(database) == "Tam Kỳ"
    async with Database.open(path) as database:
        assert await committed_name(database) == "Tam Kỳ"


async def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(OddError):
        async with database.transaction() as session:
            await command.add(session, "lost", DAY)
            raise OddError
    assert await committed_name(database) is None
    async with database.transaction() as session:
        assert await command.add(session, "kept", DAY)


async def test_a_bug_in_sql_undoes_the_transaction_and_is_not_called_trouble(
    database: Database,
) -> None:
    with pytest.raises(sqlite3.OperationalError):
        async with database.transaction() as session:
            await command.add(session, "lost", DAY)
            await session.run("NOT SQL")
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as session:
            await command.add(session, "lost", DAY)
            await session.run_many(
                "INSERT INTO unit_alias (unit_id, alias) VALUES (?, ?)", [(404, "no such unit")]
            )
    assert await committed_name(database) is None


async def test_a_savepoint_undoes_its_part_and_the_rest_goes_on(database: Database) -> None:
    async with database.transaction() as session:
        await command.add(session, "kept", DAY)
        with pytest.raises(OddError):
            async with session.savepoint():
                await command.save_name(session, "lost")
                raise OddError
        async with session.savepoint():
            await command.save_bot_username(session, "kept_bot")
            with pytest.raises(OddError):
                async with session.savepoint():
                    await command.save_bot_username(session, "lost_bot")
                    raise OddError
    async with database.snapshot() as session:
        known = await command.get(session)
    assert known
    assert (known.name, known.bot_username) == ("kept", "kept_bot")


async def test_rows_that_are_kept_are_asked_for_once_until_their_table_changes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Session.all

    async def all_(session: Session, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        asked.append(sql)
        return await ask(session, sql, parameters)

    monkeypatch.setattr(Session, "all", all_)
    async with database.transaction() as session:
        await command.add(session, "first", DAY)
        assert await name(session) == await name(session) == "first"
        await people.add(session, 1, "vi")
        assert await name(session) == "first"
        assert len(asked) == 1
        await command.save_name(session, "second")
        assert await name(session) == "second"
        with pytest.raises(OddError):
            async with session.savepoint():
                await command.save_name(session, "undone")
                assert await name(session) == "undone"
                raise OddError
        assert await name(session) == "second"
    assert await committed_name(database) == "second"


async def test_a_snapshot_sees_neither_what_is_uncommitted_nor_what_comes_later(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await command.add(session, "before", DAY)
    async with database.snapshot() as reader:
        assert await name(reader) == "before"
        async with database.transaction() as writer:
            await command.save_name(writer, "after")
            assert await name(writer) == "after"
            assert await name(reader) == "before"
        assert await name(reader) == "before", "one consistent state to the end"
    assert await committed_name(database) == "after"


async def test_a_snapshot_cannot_write(database: Database) -> None:
    async with database.snapshot() as session:
        with pytest.raises(UnavailableError, match="read_only"):
            await command.add(session, "lost", DAY)
    assert await committed_name(database) is None


async def test_transactions_at_once_take_turns(database: Database) -> None:
    async with database.transaction() as session:
        await session.run("CREATE TABLE tally (n INTEGER)")
        await session.run("INSERT INTO tally VALUES (0)")

    async def add_one() -> None:
        async with database.transaction() as session:
            (row,) = await session.all("SELECT n FROM tally")
            await asyncio.sleep(0)
            await session.run("UPDATE tally SET n = ?", (row["n"] + 1,))

    await asyncio.gather(*(add_one() for _ in range(25)))
    async with database.snapshot() as session:
        row = await session.one("SELECT n FROM tally")
    assert row
    assert row["n"] == 25


@pytest.mark.parametrize("steps", range(8))
async def test_cancelling_at_any_step_leaves_nothing_half_done(
    database: Database, steps: int
) -> None:
    async def work() -> None:
        async with database.transaction() as session:
            await command.add(session, "whole", DAY)
            await command.save_bot_username(session, "whole_bot")

    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    async with database.transaction() as session:
        known = await command.get(session)
        assert known is None or known.bot_username == "whole_bot"
        await command.add(session, "whole", DAY)
    assert await committed_name(database) == "whole"


async def test_cancelling_a_snapshot_frees_the_reader(database: Database) -> None:
    async def look() -> None:
        async with database.snapshot() as session:
            await name(session)

    for steps in range(5):
        task = asyncio.create_task(look())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert await committed_name(database) is None


async def test_files_are_readable_by_their_owner_only(database: Database) -> None:
    async with database.transaction() as session:
        await command.add(session, "Tam Kỳ", DAY)
    files = [database.path.with_name(f"trucbao.db{end}") for end in ("", "-wal", "-shm")]
    assert [mode(file) for file in files] == [0o600] * 3


async def test_a_commit_waits_for_the_disk(database: Database) -> None:
    async with database.transaction() as session:
        full, wal, keys = [
            (await session.all(f"PRAGMA {pragma}"))[0][0]
            for pragma in ("synchronous", "journal_mode", "foreign_keys")
        ]
    assert (full, wal, keys) == (2, "wal", 1)


async def test_the_last_to_close_leaves_one_file(path: Path) -> None:
    async with Database.open(path, create=True):
        pass
    assert [file.name for file in path.parent.iterdir()] == ["trucbao.db"]


async def refuse(path: Path) -> None:
    with pytest.raises(NotInitialisedError) as caught:
        async with Database.open(path):
            pass
    assert caught.value.path == path


async def test_without_a_file_nothing_is_opened_and_none_is_made(path: Path) -> None:
    await refuse(path)
    assert not path.exists()


async def test_an_empty_file_is_no_database_yet(path: Path) -> None:
    path.touch()
    await refuse(path)
    assert path.stat().st_size == 0
    async with Database.open(path, create=True) as database:
        assert await committed_name(database) is None


async def test_the_write_ahead_log_does_not_stay_as_large_as_on_its_worst_day(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")

    async def rewrite(database: Database, pages: int) -> None:
        async with database.transaction() as session:
            await session.run("DELETE FROM filler")
            await session.run("INSERT INTO filler VALUES (zeroblob(?))", (pages * 4096,))

    async with Database.open(path, create=True) as database:
        async with database.transaction() as session:
            await session.run("CREATE TABLE filler (filling BLOB)")
        await rewrite(database, 3 * WAL_LIMIT // 4096)
        assert log.stat().st_size > 2 * WAL_LIMIT
        for _ in range(3):
            await rewrite(database, 1)
        assert log.stat().st_size <= WAL_LIMIT
