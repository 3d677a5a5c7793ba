"""The days before the play, and the pictures of made-up units."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.samples import PAST, draw, fill_past, fill_rest, sample_map
from bot.demo.stage import DAY, FIRST_DAY, PRESET, SCHEDULE, at
from bot.domain.charts import Cell
from bot.domain.measures import State
from bot.services import compliance
from bot.services.setup import initialise
from storage import reports, units
from storage.database import Database

SEEDS = (2022, 7, 1, 99)


def test_thirteen_days_come_before_the_play() -> None:
    assert len(PAST) == 13
    assert (PAST[0], PAST[-1].day) == (FIRST_DAY, DAY.day - 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_most_are_on_time_a_few_are_late_or_missing_and_one_is_exempt(seed: int) -> None:
    rows = draw(random.Random(seed), 13, PAST)
    states = [state for row in rows for state in row]
    assert states.count(State.ON_TIME) > len(states) * 0.7
    assert states.count(State.LATE) > states.count(State.MISSING) > 0
    assert [row.count(State.EXEMPT) for row in rows].count(3) == 1
    assert rows == draw(random.Random(seed), 13, PAST)


async def test_the_bot_reads_the_past_as_it_was_drawn(tmp_path: Path) -> None:
    path = tmp_path / "past.db"
    began = at("08:00", FIRST_DAY)
    async with Database.open(path, create=True) as database, database.transaction() as session:
        await initialise(session, PRESET, SCHEDULE, began)
        listed = (await units.registry(session)).on(DAY)
    filled = await fill_past(path, listed, 2022)
    async with Database.open(path) as database, database.snapshot() as session:
        found = await compliance.unit_days(session, SCHEDULE, PAST[0], PAST[-1], at("15:00"))
    assert len(found) == 13 * 13
    for state in State:
        assert sum(d.state is state for d in found) == filled.counts[state], state
    exempt = [d for d in found if d.state is State.EXEMPT]
    assert {d.unit.id for d in exempt} == {filled.exempt_unit.id}
    assert [d.day for d in exempt] == list(filled.exempt_days)


@pytest.mark.parametrize("number", [4, 60])
def test_a_month_of_made_up_units_ends_with_days_to_come(number: int) -> None:
    shown = sample_map(number, 2022)
    assert len(shown.rows) == number
    assert shown.today == DAY
    for row in shown.rows:
        assert set(row.cells[: DAY.day]) <= {Cell.ON_TIME, Cell.LATE, Cell.MISSING, Cell.EXEMPT}
        assert set(row.cells[DAY.day :]) == {Cell.NOT_DUE}
    assert shown == sample_map(number, 2022)


async def test_of_the_days_after_only_what_nobody_reports_by_buttons_is_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rest.db"
    async with Database.open(path, create=True) as database, database.transaction() as session:
        await initialise(session, PRESET, SCHEDULE, at("08:00", FIRST_DAY))
        listed = (await units.registry(session)).on(DAY)
    days = [DAY + timedelta(days=n) for n in range(1, 8)]
    acted = frozenset((listed[0].id, day) for day in days)
    filled = await fill_rest(path, listed, days, acted, 7)
    assert filled.counts.total() == len(days) * (len(listed) - 1)
    async with Database.open(path) as database, database.snapshot() as session:
        came = await reports.list_revised(session, days[0], days[-1])
    assert {(each.unit_id, each.day) for each in came} == filled.written
    assert not filled.written & acted
