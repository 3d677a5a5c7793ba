"""One writer, one reader apart, and transactions that either happen or do not."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self

import aiosqlite

from storage.errors import NotInitialisedError, UnavailableError, named, named_of_system
from storage.migrations import migrate

BUSY_TIMEOUT_MS = 5000
# Bytes. SQLite writes its log back at 1000 pages, but leaves the file as long as it ever was.
WAL_LIMIT = 4 * 2**20
_MAGIC = b"SQLite format 3\0"


class Session:
    """SQL inside one transaction. Only the modules of this package use it."""

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._kept: dict[str, dict[tuple[str, tuple[Any, ...]], list[sqlite3.Row]]] = {}

    async def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        try:
            return list(await self._connection.execute_fetchall(sql, parameters))
        except sqlite3.Error as error:
            raise named(error, self._path) from error

    async def one(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Row | None:
        rows = await self.all(sql, parameters)
        return rows[0] if rows else None

    async def kept(self, table: str, sql: str, *parameters: Any) -> list[sqlite3.Row]:
        """As `all`, for a query of one table that is asked for each update of a batch.

        Its rows are kept until the transaction ends or writes to the table.
        """
        kept = self._kept.setdefault(table, {})
        if (sql, parameters) not in kept:
            kept[sql, parameters] = await self.all(sql, parameters)
        return kept[sql, parameters]

    async def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Execute and return the number of changed rows."""
        self._forget(sql)
        try:
            # Not closed: it has no rows left, and closing is one more journey to SQLite's thread and back.
            return (await self._connection.execute(sql, parameters)).rowcount
        except sqlite3.Error as error:
            raise named(error, self._path) from error

    async def insert(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Execute and return the id of the inserted row."""
        self._forget(sql)
        try:
            return (await self._connection.execute(sql, parameters)).lastrowid or 0
        except sqlite3.Error as error:
            raise named(error, self._path) from error

    async def run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._forget(sql)
        try:
            await self._connection.executemany(sql, parameters)
        except sqlite3.Error as error:
            raise named(error, self._path) from error

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what the block did if it raises, and let the transaction go on."""
        await self.run("SAVEPOINT step")
        try:
            yield
        except BaseException:
            # When the disk is full SQLite may have ended the transaction already.
            self._kept.clear()
            if self._connection.in_transaction:
                await self.run("ROLLBACK TO step")
                await self.run("RELEASE step")
            raise
        await self.run("RELEASE step")

    def _forget(self, sql: str) -> None:
        """Keep nothing of a table that the statement names."""
        for table in [table for table in self._kept if table in sql]:
            del self._kept[table]


class Database:
    def __init__(
        self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writing = asyncio.Lock()
        self._reading = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, *, create: bool = False) -> AsyncIterator[Self]:
        """Open the file, bring its schema up to date, and close it at the end.

        Raises NotInitialisedError without the file (unless `create`), NewerSchemaError, UnavailableError.
        """
        if create:
            _create_private(path)
        if not await asyncio.to_thread(_is_begun, path) and not create:
            raise NotInitialisedError(path)
        try:
            await asyncio.to_thread(migrate, path)
            async with _connected(path) as writer, _connected(path) as reader:
                await reader.execute("PRAGMA query_only = ON")
                yield cls(path, writer, reader)
                # What was to be saved is saved; a disk that is full now must not deny it.
                with suppress(sqlite3.Error):
                    await writer.execute("PRAGMA optimize")
        except sqlite3.Error as error:
            raise named(error, path) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """Write: all of it is on the disk when the block has ended, or none of it is."""
        async with self._writing:
            session = Session(self._writer, self.path)
            try:
                await session.run("BEGIN IMMEDIATE")
                yield session
                await session.run("COMMIT")
            except BaseException:
                await _undo(self._writer)
                raise

    async def prove_writable(self) -> None:
        """Write what is there already: a transaction alone begins on a read-only file as well.

        Raises UnavailableError.
        """
        async with self.transaction() as session:
            version = await session.one("PRAGMA user_version")
            await session.run(f"PRAGMA user_version = {version[0] if version else 0}")

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Session]:
        """Read one consistent state, without waiting for the writer."""
        async with self._reading:
            session = Session(self._reader, self.path)
            try:
                await session.run("BEGIN")
                yield session
            finally:
                await _undo(self._reader)


@asynccontextmanager
async def reading(path: Path) -> AsyncIterator[Session]:
    """Read one consistent state of a database that another process has open. Raises UnavailableError."""
    try:
        async with aiosqlite.connect(
            _for_reading(path), uri=True, isolation_level=None
        ) as connection:
            connection.row_factory = sqlite3.Row
            await connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            session = Session(connection, path)
            await session.run("BEGIN")
            yield session
    except sqlite3.Error as error:
        raise named(error, path) from error


def _for_reading(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"


async def _undo(connection: aiosqlite.Connection) -> None:
    """End the transaction, if one is open.

    Whoever is cancelled while BEGIN waits in the connection's thread does not know whether it began;
    a rollback behind it in the same queue does, and must not be cancelled as well.
    """
    await asyncio.shield(connection.rollback())


@asynccontextmanager
async def _connected(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        connection.row_factory = sqlite3.Row
        await connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        await connection.execute("PRAGMA foreign_keys = ON")
        await connection.execute("PRAGMA synchronous = FULL")
        await connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
        yield connection


def _create_private(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its journals the same mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
    except OSError as error:
        raise named_of_system(error, path) from error


def _is_begun(path: Path) -> bool:
    """Whether there is more than the empty file that a first start leaves when the disk is full.

    SQLite would take a file of a few letters for an empty one, and write over it.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
    except FileNotFoundError:
        if path.parent.is_dir():
            return False
        raise UnavailableError(path, "no_folder") from None
    except OSError as error:
        raise named_of_system(error, path) from error
    if begins not in {b"", _MAGIC}:
        raise UnavailableError(path, "damaged")
    return bool(begins)
