"""Copies of the database's file: made while it is written to, and looked into before they are trusted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.domain.backups import Contents
from storage.errors import BackupError, NewerSchemaError, NotInitialisedError, named
from storage.migrations import numbered

_BUSY_TIMEOUT_S = 5.0
_PAGES_AT_ONCE = 256

Step = Callable[[float], None]
"""Told which share of the work is done; what it raises ends the work."""


def copy(database: Path, target: Path, step: Step) -> None:
    """Copy one committed state of the file, whoever writes to it meanwhile. Nobody waits for the copy.

    Raises NotInitialisedError, UnavailableError for a database that cannot be read, and sqlite3.Error of
    the target alone as BackupError.
    """
    if not database.exists() or not database.stat().st_size:
        raise NotInitialisedError(database)

    def told(_status: int, remaining: int, total: int) -> None:
        step((total - remaining) / total if total else 1.0)

    try:
        with (
            closing(_opened(f"{_uri(database)}?mode=rw")) as reader,
            closing(sqlite3.connect(target)) as writer,
        ):
            # One read transaction for all the steps: in WAL mode a writer goes on beside it, and what
            # it commits does not make SQLite begin the copy again.
            reader.execute("BEGIN")
            reader.execute("SELECT 1 FROM sqlite_master").fetchone()
            # Half a copy is of no use: it needs no journal, and whoever names it flushes it.
            writer.execute("PRAGMA journal_mode = OFF")
            writer.execute("PRAGMA synchronous = OFF")
            reader.backup(writer, pages=_PAGES_AT_ONCE, progress=told)
    except sqlite3.Error as error:
        raise named(error, database) from error


def inspect(path: Path, name: Path) -> Contents:
    """Look through the whole copy. Raises BackupError and NewerSchemaError, which tell of it by `name`."""
    newest = numbered()[-1][0]
    try:
        # Immutable: nothing is written beside it, though its header asks for a journal there.
        with closing(_opened(f"{_uri(path)}?immutable=1")) as connection:
            found = _number(connection, "PRAGMA user_version")
            if found > newest:
                raise NewerSchemaError(name, found, newest)
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if not found or not {"command", "report", "person"} <= tables:
                raise BackupError(name, "not_a_backup")
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise BackupError(name, "damaged")
            return Contents(
                schema=found,
                days=_number(connection, "SELECT count(DISTINCT period_start) FROM report"),
                reports=_number(connection, "SELECT count(*) FROM report"),
                people=_number(connection, "SELECT count(*) FROM person"),
            )
    except sqlite3.Error as error:
        raise BackupError(name, "damaged") from error


def _opened(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_BUSY_TIMEOUT_S)


def _uri(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}"


def _number(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
