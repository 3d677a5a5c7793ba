"""Numbered schema changes: `NNNN_name.sql` beside this file, each applied once."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from storage.errors import NewerSchemaError, named_of_system

_BUSY_TIMEOUT_S = 5.0
_LOOK_AGAIN_S = 0.02


def numbered() -> list[tuple[int, str]]:
    """Every migration as (version, SQL), in order."""
    found = [f for f in files(__name__).iterdir() if f.name.endswith(".sql")]
    return sorted((int(f.name.split("_")[0]), f.read_text("utf-8")) for f in found)


def migrate(path: Path, migrations: list[tuple[int, str]] | None = None) -> None:
    """Bring the file up to the newest version; a file with data is copied first, beside itself.

    All that is missing happens in one transaction: where a step fails, the program that wrote the file
    can still use it. Raises NewerSchemaError for a file of a later program, sqlite3.Error and
    UnavailableError for a file that cannot serve.
    """
    steps = numbered() if migrations is None else migrations
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
    try:
        found = _version(connection)
        newest = steps[-1][0]
        if found > newest:
            raise NewerSchemaError(path, found, newest)
        if found == newest:
            return
        _use_wal(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            _apply(connection, path, steps)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Change the journal's mode; for this alone SQLite does not wait when another process is at it."""
    end = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(_LOOK_AGAIN_S)
        else:
            return


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _apply(connection: sqlite3.Connection, path: Path, steps: list[tuple[int, str]]) -> None:
    # Read again under the lock: another process may have been faster, even one of a later program.
    found, newest = _version(connection), steps[-1][0]
    if found > newest:
        raise NewerSchemaError(path, found, newest)
    if 0 < found < newest:
        _copy(path, path.with_name(f"{path.name}.before-{newest}"))
    for version, sql in steps:
        if version > found:
            for statement in _statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")


def _statements(sql: str) -> Iterator[str]:
    """Split a script; sqlite3's own executescript would commit the transaction first."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _copy(path: Path, target: Path) -> None:
    """Copy the committed state; a copy that was cut short never takes the name of a whole one."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(path)) as reader, closing(sqlite3.connect(partial)) as copy:
            reader.backup(copy)
        partial.replace(target)
    except OSError as error:
        raise named_of_system(error, target) from error
    finally:
        partial.unlink(missing_ok=True)
