from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.comparison import Comparison
from bot.domain.insights import EqualDays, UnusualAbsence
from bot.domain.periods import Period, period
from bot.domain.standings import Standing, standing_of
from bot.domain.targets import Measure, Status, TargetState
from bot.services import targets
from bot.services.compliance import load, summary
from bot.services.history import unit_history
from bot.services.overviews import overview
from bot.services.targets import preset_targets
from storage import people
from storage import targets as targets_kept
from storage.database import Database, Session
from tests.builders import MONDAY, SCHEDULE, at, command_with_units, report, reported

START = MONDAY - timedelta(days=60)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as opened,
    ):
        yield opened


async def test_a_week_is_compared_with_the_one_before_it(session: Session) -> None:
    a, b = await command_with_units(session, 2, first_day=START)
    await reported(session, *(report(a, day=day) for day in WEEK))
    await reported(session, *(report(b, day=day - timedelta(days=7)) for day in WEEK[:3]))
    told = await overview(session, SCHEDULE, Period.WEEK, WEEK[3], at("20:00", WEEK[-1]))
    assert told.comparison == Comparison(Period.WEEK, None, 4 / 14, 4 / 14, {a.id: 1, b.id: -3 / 7})


async def test_a_day_is_compared_with_nothing_and_has_no_flags(session: Session) -> None:
    (a,) = await command_with_units(session, 1, first_day=START)
    await reported(session, *(report(a, day=MONDAY - timedelta(days=n)) for n in range(20)))
    told = await overview(session, SCHEDULE, Period.DAY, MONDAY, at("20:00"))
    assert (told.comparison, told.flags) == (None, ())


async def test_what_stands_out_is_seen_against_the_days_before_the_period(session: Session) -> None:
    a, b, c = await command_with_units(session, 3, first_day=START)
    for n in range(1, 21):
        day = WEEK[0] - timedelta(days=n)
        await reported(session, report(a, day=day, absent={"leave": 1}))
        await reported(session, report(b, day=day, absent={"sick": n % 2}))
        await reported(session, report(c, day=day, absent={"sick": n % 2}))
    await reported(session, report(a, day=WEEK[0], absent={"leave": 1}))
    await reported(session, report(b, day=WEEK[0], absent={"sick": 9}))
    await reported(session, report(c, day=WEEK[0], absent={"sick": 1}))
    told = await overview(session, SCHEDULE, Period.WEEK, MONDAY, at("20:00"))
    assert [(unit.id, flag) for unit, flag in told.flags] == [
        (a.id, EqualDays(21, WEEK[0] - timedelta(days=20))),
        (b.id, UnusualAbsence(WEEK[0], 9, 0.5)),
    ]


async def test_of_very_many_units_what_stands_out_is_left_to_their_own_views(
    session: Session,
) -> None:
    first, *_ = await command_with_units(session, 201, first_day=START)
    days = [MONDAY - timedelta(days=n) for n in range(6)]
    await reported(session, *(report(first, day=day, absent={"leave": 1}) for day in days))
    told = await overview(session, SCHEDULE, Period.WEEK, MONDAY, at("20:00"))
    assert told.flags == ()
    own = await unit_history(session, SCHEDULE, first.id, Period.WEEK, MONDAY, at("20:00"))
    assert own.flags == (EqualDays(6, days[-1]),)


@pytest.mark.parametrize("name", list(Period))
async def test_a_period_is_told_as_if_it_alone_had_been_loaded(
    session: Session, name: Period
) -> None:
    units = await command_with_units(session, 3, first_day=START)
    for n in range(70):
        day = START + timedelta(days=n)
        await reported(session, *(report(u, day=day) for u in units if (n + u.id) % 4))
    now = at("18:00", WEEK[2])
    told = (await overview(session, SCHEDULE, name, WEEK[2], now)).summary
    alone = await summary(session, SCHEDULE, *period(name, WEEK[2]), now)
    if isinstance(told, Standing):
        assert replace(told, musters=None) == standing_of(alone)
    else:
        assert told == alone


async def test_a_part_of_what_was_loaded_is_told_without_loading_again(session: Session) -> None:
    a, b = await command_with_units(session, 2)
    await reported(session, report(a), report(b, day=WEEK[1]))
    now = at("20:00", WEEK[-1])
    record = await load(session, SCHEDULE, WEEK[0], WEEK[-1], now)
    alone = await load(session, SCHEDULE, WEEK[0], WEEK[-1], now, a.id)
    assert record.summary(WEEK[1], WEEK[1]) == await summary(
        session, SCHEDULE, WEEK[1], WEEK[1], now
    )
    assert alone.unit_days(WEEK[0], WEEK[-1]) == tuple(
        d for d in record.unit_days(WEEK[0], WEEK[-1]) if d.unit == a
    )


async def test_the_ways_end_at_the_first_day_of_the_command_and_at_today(session: Session) -> None:
    await command_with_units(session, 1, first_day=MONDAY)
    told = await overview(session, SCHEDULE, Period.DAY, MONDAY, at("16:00"))
    assert (told.earlier, told.later) == (None, None)
    told = await overview(session, SCHEDULE, Period.DAY, MONDAY, at("16:00", WEEK[1]))
    assert (told.earlier, told.later) == (None, WEEK[1])


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("name", list(Period))
async def test_the_ends_of_the_calendar_are_told_like_any_day(
    session: Session, day: date, name: Period
) -> None:
    await command_with_units(session, 1)
    told = await overview(session, SCHEDULE, name, day, at("16:00"))
    assert told.comparison is None


async def test_before_there_is_a_command_nothing_is_expected(session: Session) -> None:
    told = await overview(session, SCHEDULE, Period.WEEK, MONDAY, at("16:00"))
    assert told.summary.by_unit == ()


@pytest.mark.parametrize("name", [n for n in Period if n is not Period.DAY])
async def test_targets_of_a_period_are_those_of_its_last_day_by_themselves(
    session: Session, name: Period
) -> None:
    now = at("20:00", MONDAY + timedelta(days=5))
    new_year = MONDAY.replace(month=1, day=1)
    units = await command_with_units(session, 3, first_day=new_year + timedelta(days=3))
    for preset in preset_targets({}):
        await targets_kept.save(session, replace(preset, valid_from=new_year))
    for n in range(0, 70, 2):
        day = new_year + timedelta(days=3 + n)
        clocks = ("16:00", "18:00")
        await reported(session, *(report(u, clocks[n % 3 > 0], day=day) for u in units[n % 3 :]))
    told = await overview(session, SCHEDULE, name, MONDAY, now)
    assert told.beyond
    alone = await targets.on_day(session, SCHEDULE, told.beyond.until, now)
    assert told.beyond.targets == alone
    figures = {s.target.measure: s.measured.figure for s in alone}
    assert figures[Measure.DUTY_REPORTS].part


async def test_a_state_given_after_a_period_is_not_told_of_it(session: Session) -> None:
    await command_with_units(session, 1, first_day=START)
    for preset in preset_targets({}):
        await targets_kept.save(session, replace(preset, valid_from=START))
    person = await people.add(session, 9, "vi")
    given = Status("vehicles", None, TargetState.DONE, at("09:00", WEEK[-1] + timedelta(days=1)))
    await targets_kept.add_status(session, given, person)
    now = at("10:00", WEEK[-1] + timedelta(days=1))
    states = [
        {s.target.key: s.measured.state for s in told.beyond.targets}["vehicles"]
        for day in (WEEK[0], WEEK[-1] + timedelta(days=1))
        if (told := await overview(session, SCHEDULE, Period.WEEK, day, now)).beyond
    ]
    assert states == [None, TargetState.DONE]
