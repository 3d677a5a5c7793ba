"""The schema grows by numbered steps, on real files."""

import contextlib
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from storage.errors import NewerSchemaError
from storage.migrations import migrate, numbered
from tests.trouble import mode

Steps = list[tuple[int, str]]

STEPS = numbered()
NEWEST = STEPS[-1][0]
ADD_TABLE = "-- Two tables; the semicolon in this line splits nothing.\nCREATE TABLE a (x TEXT);\n"
FILL = "INSERT INTO a VALUES ('one; two');\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n DELETE FROM a;\nEND;\n"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def version(path: Path) -> int:
    with opened(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema(path: Path) -> list[tuple[str, str]]:
    with opened(path) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted((name, re.sub(r"\s+", " ", sql)) for name, sql in found)


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def test_versions_are_numbered_without_gaps_from_one() -> None:
    assert [step for step, _ in STEPS] == list(range(1, NEWEST + 1))


def test_an_empty_file_gets_the_whole_schema_and_no_backup(path: Path) -> None:
    migrate(path)
    assert version(path) == NEWEST
    assert backups(path) == []
    with opened(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("earlier", [step for step, _ in STEPS])
def test_every_earlier_version_comes_to_the_same_schema(path: Path, earlier: int) -> None:
    fresh = path.with_name("fresh.db")
    migrate(fresh)
    migrate(path, STEPS[:earlier])
    with opened(path) as connection:
        connection.execute(
            "INSERT INTO command (id, name, first_day) VALUES (1, 'x', '2026-03-16')"
        )
    migrate(path)
    assert version(path) == NEWEST
    assert schema(path) == schema(fresh)
    with opened(path) as connection:
        assert connection.execute("SELECT name FROM command").fetchone() == ("x",)


def test_doing_it_again_changes_nothing(path: Path) -> None:
    migrate(path)
    before = path.read_bytes()
    migrate(path)
    assert path.read_bytes() == before
    assert backups(path) == []


def test_a_file_with_data_is_copied_first_for_its_owner_only(path: Path) -> None:
    migrate(path, [(1, ADD_TABLE)])
    with opened(path) as connection:
        connection.execute("INSERT INTO a VALUES ('kept')")
    migrate(path, [(1, ADD_TABLE), (2, FILL), (3, "DROP TABLE a;")])
    (copy,) = backups(path)
    assert copy.name == "trucbao.db.before-3"
    assert mode(copy) == 0o600
    assert version(copy) == 1
    with opened(copy) as connection:
        assert connection.execute("SELECT x FROM a").fetchall() == [("kept",)]
    assert schema(path) == []
    assert not list(path.parent.glob("*.partial*"))


@pytest.mark.parametrize(
    "broken",
    [
        "CREATE TABLE b (y); INSERT INTO missing VALUES (1); CREATE TABLE c (z);",
        "CREATE TABLE b (y);\nINSERT INTO a VALUES ('lost');\nNOT SQL;\n",
        "CREATE TABLE b (y);\nCREATE TABLE b (y);\n",
    ],
)
def test_a_statement_that_fails_undoes_every_step_of_the_upgrade(path: Path, broken: str) -> None:
    migrate(path, [(1, ADD_TABLE)])
    with opened(path) as connection:
        connection.execute("INSERT INTO a VALUES ('kept')")
    before = schema(path)
    with pytest.raises(sqlite3.Error):
        migrate(path, [(1, ADD_TABLE), (2, "CREATE TABLE whole (x);"), (3, broken)])
    assert schema(path) == before
    assert version(path) == 1
    with opened(path) as connection:
        assert connection.execute("SELECT x FROM a").fetchall() == [("kept",)]
    assert version(backups(path)[0]) == 1
    migrate(path, [(1, ADD_TABLE), (2, "CREATE TABLE whole (x);")])
    assert version(path) == 2


def test_a_first_step_that_fails_leaves_an_empty_file(path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        migrate(path, [(1, ADD_TABLE + "NOT SQL;")])
    assert schema(path) == []
    assert version(path) == 0


def test_a_copy_of_an_earlier_failed_upgrade_is_replaced(path: Path) -> None:
    migrate(path, [(1, ADD_TABLE)])
    copy = path.with_name("trucbao.db.before-2")
    copy.write_text("stale")
    copy.with_name("trucbao.db.before-2.partial").write_text("cut short")
    migrate(path, [(1, ADD_TABLE), (2, FILL)])
    assert version(copy) == 1
    assert backups(path) == [copy]


def test_a_file_of_a_later_program_is_refused_untouched(path: Path) -> None:
    migrate(path)
    with opened(path) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 5}")
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError) as caught:
        migrate(path)
    assert (caught.value.found, caught.value.known) == (NEWEST + 5, NEWEST)
    assert caught.value.path == path
    assert path.read_bytes() == before
    assert backups(path) == []


STARTED_TOGETHER = """
import sys, time
from pathlib import Path
from storage.migrations import migrate
path, newest = Path(sys.argv[1]), int(sys.argv[2])
steps = [(1, "CREATE TABLE a (x);"), (2, "INSERT INTO a VALUES ('once');"), (3, "CREATE TABLE b (y);")]
print("ready", flush=True)
sys.stdin.readline()
migrate(path, steps[:newest])
"""


def together(path: Path, newest: int, processes: int = 4) -> None:
    command = [sys.executable, "-c", STARTED_TOGETHER, str(path), str(newest)]
    with contextlib.ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)
            )
            for _ in range(processes)
        ]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in started:
            _, problem = process.communicate(timeout=20)
            assert process.returncode == 0, problem


def test_processes_that_start_together_on_nothing_make_one_schema(path: Path) -> None:
    together(path, 3)
    assert version(path) == 3
    with opened(path) as connection:
        assert connection.execute("SELECT x FROM a").fetchall() == [("once",)]


def test_processes_that_upgrade_together_copy_the_state_before_it(path: Path) -> None:
    migrate(path, [(1, "CREATE TABLE a (x);")])
    together(path, 3)
    assert version(path) == 3
    assert version(backups(path)[0]) == 1
    with opened(path) as connection:
        assert connection.execute("SELECT x FROM a").fetchall() == [("once",)]
