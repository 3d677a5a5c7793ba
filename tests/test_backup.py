"""Backups of a living database: whole, consistent, and put back only where nothing is."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.backup_files import copy_prefix, restore, write_backup
from storage.errors import (
    BackupError,
    NewerSchemaError,
    NotInitialisedError,
    StorageError,
    TakenError,
    UnavailableError,
)
from storage.migrations import migrate, numbered
from storage.placing import new_file, remove_leftovers
from tests.trouble import mode, open_folder, ordinary_user

MADE_AT = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
PASSPHRASE = "một câu đủ dài"
with_and_without = pytest.mark.parametrize("passphrase", [PASSPHRASE, None])


def nothing(_done: float) -> None: ...


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "trucbao.db"
    fill(path)
    return path


def fill(path: Path, people: int = 3) -> None:
    migrate(path)
    with opened(path) as connection:
        connection.executemany(
            "INSERT INTO person (telegram_id, language) VALUES (?, 'vi')",
            [(n,) for n in range(people)],
        )


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@with_and_without
def test_what_is_restored_is_what_was_there_and_works_as_before(
    database: Path, passphrase: str | None
) -> None:
    path, target = database.with_name("a.backup"), database.with_name("restored.db")
    shares: list[float] = []
    made = write_backup(database, path, passphrase, MADE_AT, shares.append)
    assert (made.contents.people, made.contents.schema) == (3, numbered()[-1][0])
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert mode(path) == 0o600
    shares.clear()
    restored = restore(path, target, passphrase, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert restored.contents == made.contents
    assert mode(target) == 0o600
    if passphrase:
        assert restored.made_at == MADE_AT
    with opened(target) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (3,)
    assert not [name for name in names(database.parent) if name.endswith(".partial")]


def test_an_encrypted_file_shows_nothing_of_what_it_holds(database: Path) -> None:
    with opened(database) as connection:
        connection.execute(
            "INSERT INTO command (id, name, first_day) VALUES (1, 'Ban CHQS', '2026-03-16')"
        )
    path = database.with_name("a.backup")
    write_backup(database, path, PASSPHRASE, MADE_AT, nothing)
    assert b"Ban CHQS" not in path.read_bytes()
    assert b"CREATE TABLE" not in path.read_bytes()
    assert path.read_bytes().startswith(b"trucbao backup 1\n")


def test_a_backup_of_a_database_that_is_written_to_holds_one_moment_of_it(database: Path) -> None:
    """Two rows always come together: every copy has both or neither. The writer goes on at each step."""
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        with opened(database) as connection:
            number = 1000
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    "INSERT INTO person (telegram_id, language) VALUES (?, ?)",
                    [(number, "x" * 2000), (number + 1, "x" * 2000)],
                )
                connection.execute("COMMIT")
                wrote.set()
                number += 2

    def step(_done: float) -> None:
        wrote.clear()
        assert wrote.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            path = database.with_name(f"{n}.db")
            made = write_backup(database, path, None, MADE_AT, step)
            with opened(path) as connection:
                (count,) = connection.execute("SELECT count(*) FROM person").fetchone()
            assert count == made.contents.people
            assert count % 2 == 1
    finally:
        stop.set()
        writer.join()


def test_what_is_committed_while_copying_does_not_begin_the_copy_again(database: Path) -> None:
    fill_up(database)
    steps: list[float] = []

    def step(done: float) -> None:
        steps.append(done)
        with opened(database) as connection:
            connection.execute(
                "INSERT INTO person (telegram_id, language) VALUES (?, 'vi')", (-len(steps),)
            )

    made = write_backup(database, database.with_name("a.db"), None, MADE_AT, step)
    assert len(steps) > 3
    assert steps == sorted(steps)
    assert made.contents.people == 3


def fill_up(database: Path) -> None:
    with opened(database) as connection:
        connection.execute(
            "INSERT INTO command (id, name, first_day) VALUES (1, ?, '')", ("x" * 4_000_000,)
        )


@with_and_without
def test_nothing_is_overwritten_by_a_backup(database: Path, passphrase: str | None) -> None:
    for name in ("mine.txt", "trucbao.db"):
        path = database.with_name(name)
        path.touch()
        before = path.read_bytes()
        with pytest.raises(BackupError) as caught:
            write_backup(database, path, passphrase, MADE_AT, nothing)
        assert (caught.value.condition, caught.value.path) == ("taken", path)
        assert path.read_bytes() == before


@pytest.mark.parametrize("side", ["", "-wal", "-shm", "-journal"])
def test_nothing_is_overwritten_by_a_restore(database: Path, side: str) -> None:
    path = database.with_name("a.db")
    write_backup(database, path, None, MADE_AT, nothing)
    target = database.with_name("restored.db")
    taken = target.with_name(target.name + side)
    taken.write_text("mine")
    with pytest.raises(TakenError) as caught:
        restore(path, target, None, nothing)
    assert caught.value.path == taken
    assert taken.read_text() == "mine"
    assert target.exists() == (side == "")


def test_a_name_that_is_taken_at_the_last_moment_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(FileExistsError), new_file(path) as partial:
        partial.write_text("new")
        path.write_text("mine")
    assert path.read_text() == "mine"
    assert names(tmp_path) == {"a"}


def test_a_disk_without_links_gets_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with new_file(tmp_path / "a") as partial:
        partial.write_text("new")
    assert (tmp_path / "a").read_text() == "new"
    assert names(tmp_path) == {"a"}
    with pytest.raises(FileExistsError), new_file(tmp_path / "b") as partial:
        (tmp_path / "b").write_text("mine")
    assert (tmp_path / "b").read_text() == "mine"


@pytest.mark.parametrize(
    ("spoil", "condition"),
    [
        (lambda file: file[:-1], "damaged"),
        (lambda file: file[: len(file) // 2], "damaged"),
        (lambda file: file[:100] + bytes([file[100] ^ 1]) + file[101:], "damaged"),
        (lambda file: file[:-5] + bytes([file[-5] ^ 1]) + file[-4:], "damaged"),
        (lambda _file: b"", "not_a_backup"),
        (lambda _file: b"something else", "not_a_backup"),
        (lambda file: file.replace(b"backup 1", b"backup 7", 1), "later_format"),
    ],
)
def test_a_file_that_is_not_whole_restores_nothing(
    database: Path, spoil: Callable[[bytes], bytes], condition: str
) -> None:
    path, target = database.with_name("a.backup"), database.with_name("restored.db")
    write_backup(database, path, PASSPHRASE, MADE_AT, nothing)
    path.write_bytes(spoil(path.read_bytes()))
    before = names(database.parent)
    with pytest.raises(BackupError) as caught:
        restore(path, target, PASSPHRASE, nothing)
    assert (caught.value.condition, caught.value.path) == (condition, path)
    assert names(database.parent) == before


def test_a_wrong_passphrase_is_told_apart_and_restores_nothing(database: Path) -> None:
    path, target = database.with_name("a.backup"), database.with_name("restored.db")
    write_backup(database, path, PASSPHRASE, MADE_AT, nothing)
    with pytest.raises(BackupError) as caught:
        restore(path, target, "một câu khác hẳn", nothing)
    assert caught.value.condition == "wrong_passphrase"
    assert not target.exists()


def test_a_plain_copy_with_a_damaged_page_is_refused(database: Path) -> None:
    path = database.with_name("a.db")
    fill_up(database)
    write_backup(database, path, None, MADE_AT, nothing)
    file = bytearray(path.read_bytes())
    file[4096:8192] = b"\xff" * 4096
    path.write_bytes(file)
    with pytest.raises(BackupError) as caught:
        restore(path, database.with_name("restored.db"), None, nothing)
    assert caught.value.condition == "damaged"


def test_a_database_of_another_program_is_no_backup(database: Path) -> None:
    other = database.with_name("other.db")
    with opened(other) as connection:
        connection.execute("CREATE TABLE song (title)")
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(BackupError) as caught:
        restore(other, database.with_name("restored.db"), None, nothing)
    assert caught.value.condition == "not_a_backup"
    with pytest.raises(BackupError) as caught:
        write_backup(other, database.with_name("a.db"), None, MADE_AT, nothing)
    assert caught.value.condition == "not_a_backup"


def test_a_backup_of_a_later_program_is_refused(database: Path) -> None:
    path = database.with_name("a.db")
    write_backup(database, path, None, MADE_AT, nothing)
    newest = numbered()[-1][0]
    with opened(path) as connection:
        connection.execute(f"PRAGMA user_version = {newest + 1}")
    with pytest.raises(NewerSchemaError) as caught:
        restore(path, database.with_name("restored.db"), None, nothing)
    assert (caught.value.found, caught.value.known) == (newest + 1, newest)
    assert not database.with_name("restored.db").exists()


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    for name in ("missing.db", "empty.db"):
        (tmp_path / "empty.db").touch()
        with pytest.raises(NotInitialisedError):
            write_backup(tmp_path / name, tmp_path / "a", None, MADE_AT, nothing)
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at")
    with pytest.raises(UnavailableError) as caught:
        write_backup(tmp_path / "text.db", tmp_path / "a", None, MADE_AT, nothing)
    assert caught.value.condition == "damaged"
    assert names(tmp_path) == {"empty.db", "text.db"}


def test_a_folder_that_may_not_be_written_and_one_that_is_not_there(database: Path) -> None:
    with open_folder() as folder:
        path = folder / "trucbao.db"
        fill(path)
        closed = folder / "closed"
        closed.mkdir(0o555)
        with ordinary_user(folder, path), pytest.raises(BackupError) as caught:
            write_backup(path, closed / "a.backup", None, MADE_AT, nothing)
        assert caught.value.condition == "cannot_open"
        assert list(closed.iterdir()) == []
    with pytest.raises(BackupError) as caught:
        write_backup(database, database.parent / "no" / "a", None, MADE_AT, nothing)
    assert caught.value.condition == "no_folder"
    with pytest.raises(BackupError) as caught:
        restore(database.with_name("none"), database.with_name("restored.db"), None, nothing)
    assert caught.value.condition == "no_file"


def test_a_disk_that_is_full_leaves_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.backup_files.shutil.copyfileobj", full)
    before = names(database.parent)
    with pytest.raises(StorageError) as caught:
        write_backup(database, database.with_name("a.db"), None, MADE_AT, nothing)
    assert isinstance(caught.value, BackupError)
    assert caught.value.condition == "full"
    assert names(database.parent) == before


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.backup_files import write_backup
database, path, share = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
def step(done):
    if done >= share and (share < 1 or path.exists()):
        os.kill(os.getpid(), signal.SIGKILL)
write_backup(database, path, "một câu đủ dài", datetime.now(UTC), step)
"""


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_a_kill_leaves_no_half_file_under_the_name(database: Path, share: float) -> None:
    fill_up(database)
    folder = database.parent / "backups"
    folder.mkdir()
    path = folder / "a.backup"
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(database), str(path), str(share)], check=False
    )
    assert died.returncode == -signal.SIGKILL
    if path.exists():
        restore(path, database.with_name("restored.db"), PASSPHRASE, nothing)
    assert path.exists() == (share == 1.0)
    hour_old = time.time() - timedelta(hours=2).total_seconds()
    for left in (*folder.iterdir(), *database.parent.glob(".*")):
        assert mode(left) == 0o600
        os.utime(left, (hour_old, hour_old))
    remove_leftovers(folder, ".a.")
    remove_leftovers(database.parent, copy_prefix(database))
    assert names(folder) == ({"a.backup"} if share == 1.0 else set())
    assert not list(database.parent.glob(".*"))


def test_what_is_being_filled_and_what_is_not_ours_is_no_leftover(tmp_path: Path) -> None:
    fresh, other = tmp_path / ".a.1.partial", tmp_path / ".b.1.partial"
    fresh.touch()
    other.touch()
    os.utime(other, (0, 0))
    remove_leftovers(tmp_path, ".a.")
    assert names(tmp_path) == {fresh.name, other.name}


def test_a_step_that_raises_ends_the_work_and_leaves_nothing(database: Path) -> None:
    class StopError(Exception): ...

    def stop(done: float) -> None:
        if done > 0.6:
            raise StopError

    fill_up(database)
    with opened(database):
        before = names(database.parent)
        with pytest.raises(StopError):
            write_backup(database, database.with_name("a"), PASSPHRASE, MADE_AT, stop)
        assert names(database.parent) - {"trucbao.db-wal", "trucbao.db-shm"} == before - {
            "trucbao.db-wal",
            "trucbao.db-shm",
        }
