"""Whatever is changed of units, days that are past keep their tree and their figures."""

import asyncio
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.changes_of_units import ChangeKind, NotChangeableError, UnitChange
from bot.domain.people import Person, Role
from bot.domain.units import Unit
from bot.services import unit_changes, unit_plans
from bot.services.admin_units import GoneUnitError
from storage import people, units
from storage.database import Database, Session
from tests.builders import MONDAY, SCHEDULE, at, command_with_units

_changes = st.builds(
    UnitChange,
    st.sampled_from([k for k in ChangeKind if k.is_dated]),
    st.integers(1, 6),
    st.sampled_from(["phường Mới", "xã Khác", "12", "300", "phường Thêm, 9", "phường An Mỹ"]),
    st.integers(1, 6),
    st.none() | st.integers(-2, 20).map(lambda n: MONDAY + timedelta(days=n)),
)
_hours = st.sampled_from(["08:00", "15:29", "15:30", "21:00"])
Tree = dict[date, list[tuple[int, str, str, int | None, bool]]]


def _plain(unit: Unit) -> tuple[int, str, str, int | None, bool]:
    return unit.id, unit.name, unit.short_name, unit.establishment, unit.is_sample


async def _tree(session: Session, days: list[date]) -> Tree:
    registry = await units.registry(session)
    return {day: sorted(_plain(unit) for unit in registry.on(day)) for day in days}


def _only_for_new(change: UnitChange) -> UnitChange:
    if change.kind is ChangeKind.ADD:
        return UnitChange(change.kind, None, change.value, None, change.day)
    return change


async def _try(steps: list[tuple[UnitChange, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        async with Database.open(path, create=True) as database, database.transaction() as session:
            await command_with_units(session, 4)
            admin = Person(await people.add(session, 1, "vi"), 1, "vi")
            for n, (change, clock_time) in enumerate(steps):
                today = MONDAY + timedelta(days=n)
                now = at(clock_time, today)
                is_open = clock_time in {"15:30", "21:00"}
                fixed = [today - timedelta(days=back) for back in range(0 if is_open else 1, 40)]
                before = await _tree(session, fixed)
                wanted = _only_for_new(change)
                try:
                    planned = await unit_plans.plan(session, SCHEDULE, wanted, now)
                    await unit_changes.save(session, SCHEDULE, wanted, planned.mark, admin, now)
                except (NotChangeableError, GoneUnitError):
                    pass
                else:
                    assert planned.day >= today + timedelta(days=is_open)
                assert await _tree(session, fixed) == before


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_changes, _hours), max_size=8))
def test_no_change_touches_a_day_whose_window_has_opened(
    steps: list[tuple[UnitChange, str]],
) -> None:
    asyncio.run(_try(steps))


async def test_what_changes_on_a_day_is_told_of_that_day_alone(tmp_path: Path) -> None:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as session,
    ):
        a, b = await command_with_units(session, 2)
        admin = Person(await people.add(session, 1, "vi"), 1, "vi")
        leader = await people.add(session, 2, "vi")
        await people.add_assignment(session, leader, Role.LEADER, a.id, at("08:00"), None)
        day = MONDAY + timedelta(days=3)

        async def do(change: UnitChange) -> None:
            planned = await unit_plans.plan(session, SCHEDULE, change, at("09:00"))
            await unit_changes.save(session, SCHEDULE, change, planned.mark, admin, at("09:00"))

        await do(UnitChange(ChangeKind.RENAME, a.id, "phường Mới", day=day))
        await do(UnitChange(ChangeKind.STRENGTH, a.id, "77", day=day))
        later = day + timedelta(days=3)
        await do(UnitChange(ChangeKind.MERGE, a.id, other_id=b.id, day=later))
        registry = await units.registry(session)
        told = [registry.get(a.id, each) for each in (MONDAY, day, later)]
        assert [(u.name, u.establishment) if u else None for u in told] == [
            (a.name, a.establishment),
            ("phường Mới", 77),
            None,
        ]
        assert await units.get(session, a.id, day) == told[1]
        ended = await people.get(session, leader)
        assert ended is not None
        assert ended.units_on(later - timedelta(days=1)) == (a.id,)
        assert ended.units_on(later) == ()
