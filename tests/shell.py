"""The installed command, run in this process: its words, its status and what it wrote."""

import contextlib
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.config import Settings
from tests.builders import ZONE

NOW = datetime(2026, 3, 16, 16, 0, tzinfo=ZONE)
"""A Monday, half an hour before the report is due."""


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line that says what is wrong."""
        assert self.status in {1, 2}, self
        assert self.err.endswith("\n"), self
        assert self.err.count("\n") == 1, self
        assert "Traceback" not in self.err
        return self.err.strip()

    def refused(self, status: int, *words: str) -> None:
        line = self.line
        assert self.status == status, self
        for word in words:
            assert word in line


@dataclass
class FixedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


class Shell:
    """A terminal in an empty folder, whose clock stands still."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.database = folder / "trucbao.db"
        self.clock = FixedClock(NOW)
        self._capture = capture
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        patch.chdir(folder)
        self._patch = patch

    def stand_still(self) -> None:
        @contextlib.asynccontextmanager
        async def clock_for(_url: str) -> AsyncIterator[FixedClock]:
            yield self.clock

        self._patch.setattr("bot.console.clock_for", clock_for)

    def __call__(self, *words: str, **settings: str) -> Ran:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["trucbao", *words])
            for name, value in settings.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                cli.main()
        out, err = self._capture.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out, err)

    def does(self, *words: str, **settings: str) -> str:
        """Run a command that succeeds, and return what it printed."""
        ran = self(*words, **settings)
        assert (ran.status, ran.err) == (0, ""), ran
        return ran.out

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute(sql, parameters).fetchall()
            connection.commit()
        return rows

    def count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - a constant
