from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, Session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "trucbao.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with Database.open(path, create=True) as database:
        yield database


@pytest.fixture
async def session(database: Database) -> AsyncIterator[Session]:
    """One transaction for the whole test."""
    async with database.transaction() as session:
        yield session
