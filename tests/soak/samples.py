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
    """How things stand on the morning after the day, when all is quiet. Sizes are in bytes."""

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
        memory=_resident(pid),
        descriptors=sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
        database=path.stat().st_size,
        wal=path.with_name(f"{path.name}-wal").stat().st_size,
        rows=_rows(path),
    )


def unsent(path: Path) -> int:
    """How many messages wait in the outbox."""
    with closing(_reader(path)) as connection:
        return int(connection.execute(_UNSENT).fetchone()[0])


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    (line,) = (line for line in status if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def _rows(path: Path) -> dict[str, int]:
    with closing(_reader(path)) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in sorted(names)
        }


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
