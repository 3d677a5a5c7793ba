"""A disk, a file or a folder that will not serve has a name, and what was committed stays."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.database
from storage import command
from storage.database import Database, Session
from storage.errors import StorageError, UnavailableError
from storage.migrations import migrate
from tests.trouble import open_folder, ordinary_user

DAY = date(2026, 3, 16)


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@contextlib.contextmanager
def condition(expected: str, path: Path) -> Iterator[None]:
    with pytest.raises(UnavailableError) as caught:
        yield
    assert (caught.value.condition, caught.value.path) == (expected, path)


async def made(path: Path) -> None:
    async with Database.open(path, create=True) as database, database.transaction() as session:
        await command.add(session, "kept", DAY)


async def write(path: Path) -> None:
    async with Database.open(path) as database, database.transaction() as session:
        await command.save_name(session, "changed")


async def name(path: Path) -> str:
    async with Database.open(path) as database, database.snapshot() as session:
        known = await command.get(session)
        assert known
        return known.name


async def test_a_file_that_may_not_be_written(folder: Path) -> None:
    path = folder / "trucbao.db"
    await made(path)
    path.chmod(0o444)
    with ordinary_user(folder), condition("read_only", path):
        await write(path)
    path.chmod(0o644)
    assert await name(path) == "kept"


async def test_a_folder_that_may_not_be_written(folder: Path) -> None:
    path = folder / "trucbao.db"
    folder.chmod(0o555)
    with ordinary_user(), condition("cannot_open", path):
        await made(path)
    assert list(folder.iterdir()) == []


async def test_a_file_in_a_folder_that_may_not_be_written(folder: Path) -> None:
    path = folder / "trucbao.db"
    await made(path)
    folder.chmod(0o555)
    path.chmod(0o444)
    with ordinary_user(), pytest.raises(UnavailableError) as caught:
        await write(path)
    assert caught.value.condition in {"read_only", "cannot_open"}


async def test_a_file_that_may_not_even_be_read(folder: Path) -> None:
    path = folder / "trucbao.db"
    await made(path)
    path.chmod(0)
    with ordinary_user(), condition("cannot_open", path):
        await name(path)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("place", ["missing/trucbao.db", "a-file/trucbao.db"])
async def test_a_folder_that_is_not_there(tmp_path: Path, create: bool, place: str) -> None:
    (tmp_path / "a-file").touch()
    path = tmp_path / place
    with condition("no_folder", path):
        async with Database.open(path, create=create):
            pass
    assert not (tmp_path / "missing").exists()


async def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with condition("cannot_open", tmp_path):
        async with Database.open(tmp_path, create=True):
            pass


@pytest.mark.parametrize("content", [b"this is not a database" * 100, b"\0" * 4096, b"x"])
async def test_a_file_that_is_no_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with condition("damaged", path):
        await write(path)
    with condition("damaged", path):
        await made(path)
    assert path.read_bytes() == content


async def test_a_database_that_was_overwritten_in_the_middle(path: Path) -> None:
    await made(path)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with condition("damaged", path):
        await write(path)


@contextlib.asynccontextmanager
async def filled(database: Database) -> AsyncIterator[Session]:
    """A transaction on a disk that has no room left."""
    async with database.transaction() as session:
        await session.run("PRAGMA max_page_count = 1")  # SQLite makes it what the file has by now
        yield session


BIG = "x" * 200_000


async def test_a_full_disk_undoes_the_transaction_and_the_database_lives_on(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await command.add(session, "kept", DAY)
    with condition("full", database.path):
        async with filled(database) as session:
            await command.save_name(session, "lost")
            await command.save_bot_username(session, BIG)
    async with database.transaction() as session:
        await session.run("PRAGMA max_page_count = 1000000")
        known = await command.get(session)
        assert known
        assert known.name == "kept"
        await command.save_bot_username(session, BIG)


async def test_a_full_disk_inside_a_savepoint_ends_the_transaction_too(database: Database) -> None:
    with condition("full", database.path):
        async with filled(database) as session:
            await command.add(session, "lost", DAY)
            async with session.savepoint():
                await command.save_bot_username(session, BIG)
    async with database.snapshot() as session:
        assert await command.get(session) is None


async def test_closing_on_a_full_disk_does_not_deny_what_was_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.database._connected

    @contextlib.asynccontextmanager
    async def without_room(path: Path) -> AsyncIterator[object]:
        async with real(path) as connection:
            execute = connection.execute

            def fails(sql: str, *parameters: object) -> object:
                return execute("NOT SQL" if "optimize" in sql else sql, *parameters)

            monkeypatch.setattr(connection, "execute", fails)
            yield connection

    monkeypatch.setattr(storage.database, "_connected", without_room)
    await made(path)
    assert await name(path) == "kept"


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from storage.database import Database
from storage.errors import UnavailableError

async def write(path):
    async with Database.open(path) as database:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
        try:
            async with database.transaction() as session:
                await session.run("UPDATE command SET name = ?", ("lost" * 100_000,))
        except UnavailableError as error:
            print(error.condition)

asyncio.run(write(Path(sys.argv[1])))
"""


async def test_a_file_that_may_not_grow(path: Path) -> None:
    await made(path)
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=False
    )
    assert (ended.stdout, ended.stderr) == ("unwritable\n", "")
    assert await name(path) == "kept"


async def test_another_process_that_holds_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(path)
    monkeypatch.setattr(storage.database, "BUSY_TIMEOUT_MS", 50)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE command SET name = 'theirs'")
        with condition("busy", path):
            await write(path)
        assert await name(path) == "kept", "reading goes on"
        other.execute("COMMIT")
    assert await name(path) == "theirs"


async def test_an_upgrade_waits_for_another_process_and_then_gives_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrations._BUSY_TIMEOUT_S", 0.05)
    migrate(path, [(1, "CREATE TABLE a (x);")])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            migrate(path, [(1, ""), (2, "CREATE TABLE b (y);")])
    migrate(path, [(1, ""), (2, "CREATE TABLE b (y);")])


async def test_no_room_for_the_copy_stops_the_upgrade(folder: Path) -> None:
    path = folder / "trucbao.db"
    migrate(path, [(1, "CREATE TABLE a (x);")])
    (folder / "trucbao.db.before-2").mkdir()  # a name that no file can take
    with pytest.raises(StorageError):
        migrate(path, [(1, ""), (2, "CREATE TABLE b (y);")])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert not list(folder.glob("*.partial"))
