"""Numbered schema changes: `NNNN_name.sql` beside this file, each applied once, in one transaction."""

import os
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from storage.errors import NewerSchemaError

_BUSY_TIMEOUT_S = 5.0


def numbered() -> list[tuple[int, str]]:
    """Every migration as (version, SQL), in order."""
    found = [f for f in files(__name__).iterdir() if f.name.endswith(".sql")]
    return sorted((int(f.name.split("_")[0]), f.read_text("utf-8")) for f in found)


def migrate(path: Path, migrations: list[tuple[int, str]] | None = None) -> None:
    """Bring the file up to the newest version; a file with data is copied first, beside itself.

    Raises NewerSchemaError for a file of a later program, sqlite3.Error for a file that cannot serve.
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
        connection.execute("PRAGMA journal_mode = WAL")
        if found:
            _copy(connection, path.with_name(f"{path.name}.before-{newest}"))
        for version, sql in steps:
            _apply(connection, version, sql)
    finally:
        connection.close()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _apply(connection: sqlite3.Connection, version: int, sql: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the lock: another process may have been faster.
        if _version(connection) < version:
            for statement in _statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(sql: str) -> Iterator[str]:
    """Split a script; sqlite3's own executescript would commit the transaction first."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()
