from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.digests.rows import columns
from bot.domain.calendar import WEEKDAYS
from bot.domain.reports import Author
from bot.services.export import report_rows
from storage import exemptions, reports
from storage.database import Database, Session
from tests.builders import MONDAY, SCHEDULE, at, command_with_units, report, reported, texts

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as opened,
    ):
        yield opened


async def test_each_unit_and_day_is_a_row_the_missing_ones_as_well(session: Session) -> None:
    a, _ = await command_with_units(session, 2)
    late = report(
        a, "16:31", absent={"leave": 1, "sick": 2}, safety=False, order=False, revised="16:40"
    )
    await reported(session, late)
    await reports.save_late_reason(session, "duty", late, "mất mạng")
    rows = await report_rows(
        session, SCHEDULE, MONDAY, MONDAY, at("20:00"), texts(), with_strength=True
    )
    assert rows == [
        {
            "day": "2022-03-14",
            "unit": "phường An Mỹ",
            "state": "late",
            "first_submitted_at": "2022-03-14T16:31:00+07:00",
            "submitted_by": "CHT",
            "revision": 2,
            "establishment": 24,
            "present": 21,
            "absences": "phép 1, ốm 2",
            "problems": "an toàn có vấn đề; an ninh, trật tự có vụ việc",
            "late_reason": "mất mạng",
        },
        {
            "day": "2022-03-14",
            "unit": "phường An Phú",
            "state": "missing",
            "first_submitted_at": None,
            "submitted_by": "",
            "revision": 0,
            "establishment": None,
            "present": None,
            "absences": "",
            "problems": "",
            "late_reason": "",
        },
    ]


async def test_a_unit_that_is_exempt_has_a_row_that_says_so(session: Session) -> None:
    (a,) = await command_with_units(session, 1)
    await exemptions.add(session, a.id, MONDAY, MONDAY, frozenset(WEEKDAYS), "nghỉ lễ")
    (row,) = await report_rows(
        session, SCHEDULE, MONDAY, MONDAY, at("20:00"), texts(), with_strength=False
    )
    assert row["state"] == "exempt"


@pytest.mark.parametrize("with_strength", [True, False])
async def test_rows_have_the_named_columns_in_order(session: Session, with_strength: bool) -> None:
    (a,) = await command_with_units(session, 1)
    await reported(session, report(a, absent={"leave": 1}))
    (row,) = await report_rows(
        session, SCHEDULE, MONDAY, MONDAY, at("20:00"), texts(), with_strength=with_strength
    )
    assert tuple(row) == columns(with_strength=with_strength)
    assert ("present" in row) == ("absences" in row) == ("establishment" in row) == with_strength


async def test_days_that_have_not_come_are_no_rows(session: Session) -> None:
    await command_with_units(session, 1)
    rows = await report_rows(
        session,
        SCHEDULE,
        MONDAY,
        MONDAY + timedelta(days=300_000),
        at("08:00", TUESDAY),
        texts(),
        with_strength=False,
    )
    assert [(row["day"], row["state"]) for row in rows] == [
        ("2022-03-14", "missing"),
        ("2022-03-15", "not_due"),
    ]


async def test_without_a_known_establishment_presence_stays_empty(session: Session) -> None:
    (a,) = await command_with_units(session, 1)
    unknown = replace(a, establishment=None)
    await reported(session, report(unknown, absent={"sick": 1}, author=Author(None, None)))
    (row,) = await report_rows(
        session, SCHEDULE, MONDAY, MONDAY, at("20:00"), texts(), with_strength=True
    )
    assert (row["establishment"], row["present"], row["absences"]) == (None, None, "ốm 1")
    assert row["submitted_by"] == "nhập tại trực chỉ huy"
