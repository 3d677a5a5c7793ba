"""Who reported when and what, read for many units and days at once: the same as report by report."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.reports import Report
from storage import answers, arrivals, reports
from storage.answers import Answered
from storage.database import Session
from tests.builders import MONDAY, at, command_with_units, report

# More days than a whole number of SQLite has bits.
DAYS = [MONDAY + timedelta(days=n) for n in range(70)]


@pytest.fixture
async def came(session: Session) -> list[Report]:
    """Reports of three units on most days, some late; one unit has never reported."""
    chance = random.Random(3)
    listed = await command_with_units(session, 4)
    made = [
        report(unit, chance.choice(["16:00", "16:20", "17:00"]), day=day)
        for day in DAYS
        for unit in listed[:3]
        if chance.random() < 0.8
    ]
    for each in made:
        await reports.save(session, "duty", each)
    return made


def days_of(first: date, came: Iterable[Report]) -> dict[int, int]:
    found = defaultdict[int, int](int)
    for each in came:
        found[each.unit_id] |= 1 << (each.day - first).days
    return dict(found)


@pytest.mark.parametrize(("begin", "end"), [(0, 69), (5, 66), (30, 30)])
async def test_the_days_of_each_unit_are_those_of_its_reports(
    session: Session, came: list[Report], begin: int, end: int
) -> None:
    first, last = DAYS[begin], DAYS[end]
    within = [each for each in came if first <= each.day <= last]
    told = await arrivals.by_unit(session, "duty", first, last)
    assert told.came == days_of(first, within)
    assert told.late == days_of(first, (each for each in within if not each.is_on_time))


async def test_of_an_earlier_moment_only_what_had_come_by_then_is_told(
    session: Session, came: list[Report]
) -> None:
    moment = at("16:10", DAYS[40])
    told = await arrivals.by_unit(session, "duty", DAYS[0], DAYS[-1], by=moment)
    assert told.came == days_of(DAYS[0], (r for r in came if r.first_submitted_at <= moment))


async def test_where_nobody_has_reported_there_are_no_days(
    session: Session, came: list[Report]
) -> None:
    assert came
    told = await arrivals.by_unit(session, "drill", DAYS[0], DAYS[-1])
    assert (told.came, told.late) == ({}, {})


async def test_a_question_is_open_or_denied_by_what_the_newest_revision_says(
    session: Session,
) -> None:
    a, b, c = await command_with_units(session, 3)
    kept = {"absent": {}, "safety": True, "order": True}

    denied, mended, spoken = report(a), report(b, safety=False), report(c)
    for each in (
        denied,
        replace(denied, revision=2, answers={**kept, "order": None}),
        mended,
        replace(mended, revision=2, answers=kept),
        replace(spoken, answers={**kept, "recommendation": "not false, not null"}),
    ):
        await reports.save(session, "duty", each)
    listed = await answers.list_answered(session, "duty", MONDAY, MONDAY, ["safety", "order"])
    assert listed == [Answered(a.id, MONDAY, {**kept, "order": None})]
    assert await answers.list_answered(session, "duty", MONDAY, MONDAY, ["safety"]) == []
