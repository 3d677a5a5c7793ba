"""A standing has the figures of a summary that looks at each unit's each day, and far more quickly."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import (
    WEEKDAYS,
    Calendar,
    Exemption,
    Hours,
    Outage,
    Reopening,
    ScheduleRule,
)
from bot.domain.incidents import Severity
from bot.domain.people import Role
from bot.domain.reports import Report
from bot.domain.standings import Muster, standing_of
from bot.domain.tallying import Arrivals, Membership, Tallying
from bot.services.compliance import Record, summary
from bot.services.standings import basis, standing
from storage import exemptions, incidents
from storage.command import Command
from storage.database import Database, Session
from storage.units import Life, Registry
from tests.builders import MONDAY, SCHEDULE, at, command_with_units, report, reported, unit

DAYS = [MONDAY + timedelta(days=n) for n in range(9)]
UNITS = [unit(n) for n in range(4)]
IDS = [one.id for one in UNITS]

days = st.sampled_from(DAYS)
anyone = st.sampled_from([None, *IDS])
weekdays = st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)
hours = st.sampled_from(
    [
        None,
        Hours(time(6), time(7), time(8)),
        Hours(time(18), time(21), time(23)),
        Hours(time(15), time(16), time(20)),
    ]
)
moments = st.builds(
    lambda day, clock: at(clock, day),
    days,
    st.sampled_from(["00:00", "07:30", "16:00", "17:00", "23:30"]),
)


@st.composite
def lives(draw: st.DrawFn) -> list[Life]:
    found = []
    for one in UNITS:
        begin = draw(days)
        end = draw(st.none() | days)
        found.append(Life(one, begin, max(begin, end) if end else None, None, (), ()))
    return found


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    rules = draw(
        st.lists(
            st.builds(ScheduleRule, st.just(0), anyone, weekdays, hours, days, st.none() | days),
            max_size=4,
        )
    )
    exempt = draw(
        st.lists(
            st.builds(
                Exemption,
                st.just(0),
                anyone,
                days,
                st.none() | days,
                weekdays,
                st.just("nghỉ"),
                st.none() | days,
            ),
            max_size=4,
        )
    )
    outages = draw(
        st.lists(
            st.builds(
                lambda begin, minutes: Outage(0, begin, begin + timedelta(minutes=minutes)),
                moments,
                st.integers(1, 600),
            ),
            max_size=2,
        )
    )
    reopened = draw(st.lists(st.builds(Reopening, anyone, days, moments), max_size=2))
    return Calendar(SCHEDULE, rules, exempt, sorted(outages, key=lambda o: o.began), reopened)


@st.composite
def arrived(draw: st.DrawFn) -> list[Report]:
    came = draw(st.sets(st.tuples(days, st.sampled_from(UNITS))))
    return [
        report(one, draw(st.sampled_from(["16:00", "17:00"])), day=day)
        for day, one in sorted(came, key=lambda c: (c[0], c[1].id))
    ]


def _sets(first: date, came: Iterable[Report]) -> dict[int, int]:
    found = defaultdict[int, int](int)
    for each in came:
        found[each.unit_id] |= 1 << (each.day - first).days
    return found


@settings(max_examples=300, deadline=None)
@given(lives(), calendars(), arrived(), days, days, moments)
def test_a_tally_is_what_looking_at_each_units_each_day_finds(
    listed: list[Life],
    calendar: Calendar,
    came: list[Report],
    begin: date,
    end: date,
    now: datetime,
) -> None:
    first, last = min(begin, end), max(begin, end) + timedelta(days=1)
    registry = Registry(listed)
    known = Command("", DAYS[0], None, None)
    slowly = standing_of(
        Record(known, registry, calendar, tuple(came), None, now).summary(first, last)
    )
    within = [r for r in came if first <= r.day <= last]
    arrivals = Arrivals(_sets(first, within), _sets(first, (r for r in within if not r.is_on_time)))
    members = [Membership(life.unit.id, life.valid_from, life.valid_to) for life in listed]
    tally = Tallying(calendar, first, last, now).tally(members, arrivals, registry.get)
    assert tally.by_unit == slowly.by_unit
    assert tally.windows == slowly.windows
    assert (tally.undue, tally.unlocked) == (slowly.undue, slowly.unlocked)
    counted = {
        (slowly.day(n), each.unit.id)
        for each in tally.by_unit
        for n in range(9)
        if each.came >> n & 1
    }
    assert (
        set(tally.uncounted)
        == {(r.day, r.unit_id) for r in came if first <= r.day <= last} - counted
    )


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    async with (
        Database.open(tmp_path / "x.db", create=True) as database,
        database.transaction() as opened,
    ):
        yield opened


async def test_from_the_database_it_is_the_same_problems_and_open_questions_included(
    session: Session,
) -> None:
    a, b, c = await command_with_units(session, 3, first_day=DAYS[2])
    await exemptions.add(session, b.id, DAYS[3], DAYS[3], frozenset(WEEKDAYS), "nghỉ")
    open_question = report(c, day=DAYS[4])
    await reported(
        session,
        report(a, day=DAYS[2], safety=False),
        report(a, day=DAYS[2], safety=True, order=False, revised="17:00"),
        report(b, day=DAYS[3], safety=False),
        report(c, "17:00", day=DAYS[2], safety=False, order=False),
        replace(open_question, answers={**open_question.answers, "order": None}),
    )
    now = at("18:00", DAYS[5])
    told = await standing(session, await basis(session, SCHEDULE), DAYS[0], DAYS[8], now)
    slowly = standing_of(await summary(session, SCHEDULE, DAYS[0], DAYS[8], now))
    assert replace(told, musters=None) == slowly
    assert [day for day, _ in told.problems] == [DAYS[2], DAYS[2], DAYS[2], DAYS[3]]
    assert told.has_unstated


async def test_the_people_of_a_report_that_does_not_count_are_left_out(session: Session) -> None:
    a, b = await command_with_units(session, 2, establishment=20)
    await exemptions.add(session, b.id, DAYS[1], DAYS[1], frozenset(WEEKDAYS), "nghỉ")
    for day in DAYS[:2]:
        await reported(
            session, report(a, day=day, absent={"sick": 1}), report(b, day=day, absent={"leave": 3})
        )
    told = await standing(
        session, await basis(session, SCHEDULE), DAYS[0], DAYS[6], at("20:00", DAYS[6])
    )
    assert told.musters == {DAYS[0]: Muster(40, 4, 1), DAYS[1]: Muster(20, 1, 1)}
    assert told.muster(DAYS[0], DAYS[6]) == Muster(60, 5, 2)


async def test_incidents_are_those_sent_on_the_days_by_the_commands_clock(session: Session) -> None:
    (a,) = await command_with_units(session, 1)
    await session.run("INSERT INTO person (id, telegram_id, language) VALUES (1, 1, 'vi')")
    sent = [("23:59", -1), ("00:00", 0), ("23:59", 1), ("00:00", 2)]
    for n, (clock, day) in enumerate(sent):
        moment = at(clock, MONDAY + timedelta(days=day))
        await incidents.add(
            session, a.id, 1, Role.LEADER, Severity.SERIOUS, str(n), f"s{n}", moment
        )
    told = await standing(
        session, await basis(session, SCHEDULE), DAYS[0], DAYS[1], at("20:00", DAYS[6])
    )
    assert [incident.words for incident in told.incidents] == ["1", "2"]


async def test_before_there_is_a_command_there_is_nothing_to_count(session: Session) -> None:
    told = await standing(session, await basis(session, SCHEDULE), DAYS[0], DAYS[6], at("20:00"))
    assert (told.by_unit, told.windows, told.counts.expected) == ((), (), 0)
