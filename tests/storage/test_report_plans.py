"""A unit's reports are found by their index, in a file that SQLite knows nothing about yet as well."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from storage import reports
from storage.database import Session
from tests.builders import MONDAY, command_with_units, report

Ask = Callable[[Session], Awaitable[object]]
LATER = MONDAY + timedelta(days=30)
OF_ONE_UNIT: dict[str, Ask] = {
    "revisions": lambda session: reports.list_revisions(session, "duty", 1, MONDAY, LATER),
    "latest before": lambda session: reports.get_latest_before(session, "duty", LATER, 1),
    "newest but": lambda session: reports.get_newest_but(session, "duty", LATER, 1),
    "one": lambda session: reports.get(session, "duty", MONDAY, 1),
}


@pytest.mark.parametrize("ask", OF_ONE_UNIT.values(), ids=OF_ONE_UNIT.keys())
async def test_no_other_units_reports_are_read(
    session: Session, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    (unit,) = await command_with_units(session, 1)
    await reports.save(session, "duty", report(unit))
    asked: list[tuple[str, Sequence[Any]]] = []
    every = Session.all

    async def noted(self: Session, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        asked.append((sql, parameters))
        return await every(self, sql, parameters)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "all", noted)
        assert await ask(session)
    assert not await session.all("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    ((sql, parameters),) = asked
    plan = [row["detail"] for row in await session.all(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    of_tables = [step for step in plan if re.match("(SEARCH|SCAN) (report|v|r USING)", step)]
    assert len(of_tables) == 2
    assert all(re.match("SEARCH .*unit_id=[?]", step) for step in of_tables), plan
