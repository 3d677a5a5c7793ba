"""What can be seen of the bot from outside: its process, its files, its tables."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_UNSENT = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


@dataclass(frozen=True, slots=True)
class Sample:
    """How things stand on the morning after the day, when all is quiet. Sizes are in bytes.

    `memory` is that of the bot and of its child processes.
    """

    day: date
    memory: int
    descriptors: int
    database: int
    wal: int
    rows: Mapping[str, int]


def take(pid: int, path: Path, day: date) -> Sample:
    """Look at the process, and at its database in `path`."""
    return Sample(
        day=day,
        memory=resident(pid),
        descriptors=sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
        database=path.stat().st_size,
        wal=path.with_name(f"{path.name}-wal").stat().st_size,
        rows=_rows(path),
    )


def unsent(path: Path) -> int:
    """How many messages wait in the outbox."""
    with closing(_reader(path)) as connection:
        return int(connection.execute(_UNSENT).fetchone()[0])


def resident(pid: int) -> int:
    """Bytes in memory of the process and of all that it started; what they share is counted for each."""
    status = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    own = [int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS:")]
    return sum(own) + sum(map(_if_there, _children(pid)))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text("ascii").split()]


def _if_there(pid: int) -> int:
    try:
        return resident(pid)
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return 0


def _rows(path: Path) -> dict[str, int]:
    with closing(_reader(path)) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in sorted(names)
        }


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
