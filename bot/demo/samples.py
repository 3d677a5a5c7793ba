"""Sample reports: what units made up by chance did on some days, before the play and on pictures."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.demo.stage import DAY, FIRST_DAY, SCHEDULE, say
from bot.digests.picture import month_picture
from bot.domain.calendar import WEEKDAYS, days_from
from bot.domain.charts import HeatMap, heat_map
from bot.domain.forms import DUTY
from bot.domain.measures import State, UnitDay
from bot.domain.periods import Period, period
from bot.domain.reports import Author, Report
from bot.domain.units import Unit
from bot.texts import Texts
from storage import exemptions, reports
from storage.database import Database

UnitDays = frozenset[tuple[int, date]]
"""Units' reports of days, by a unit's id and the day."""

PAST = tuple(days_from(FIRST_DAY, DAY - timedelta(days=1)))

_STATES = (State.ON_TIME, State.LATE, State.MISSING)
_GOOD, _WEAK = (94, 4, 2), (60, 24, 16)  # of a hundred days
_ONE_IN = 6  # so many units is weak
_EXEMPT_DAYS = slice(6, 9)
_REASONS = ("leave", "sick", "on_mission", "studying")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written for the days before the play."""

    counts: Mapping[State, int]
    exempt_unit: Unit
    exempt_days: Sequence[date]


@dataclass(frozen=True, slots=True)
class Rest:
    """What was written for the days after the play."""

    counts: Counter[State]
    written: UnitDays


def draw(chance: random.Random, units: int, days: Sequence[date]) -> list[list[State]]:
    """Draw a row of states for each unit: most are on time, a few are weak, one is exempt a while."""
    order = chance.sample(range(units), units)
    weak, exempt = set(order[: max(1, units // _ONE_IN)]), order[-1]
    rows = [
        chance.choices(_STATES, _WEAK if unit in weak else _GOOD, k=len(days))
        for unit in range(units)
    ]
    rows[exempt][_EXEMPT_DAYS] = [State.EXEMPT] * len(rows[exempt][_EXEMPT_DAYS])
    return rows


async def fill_past(path: Path, listed: Sequence[Unit], seed: int) -> Filled:
    """Write reports and an exemption for the days before the play, past the bot."""
    chance = random.Random(seed)  # noqa: S311 - a play that can be repeated, no secret
    rows = draw(chance, len(listed), PAST)
    exempt_row = next(n for n, row in enumerate(rows) if State.EXEMPT in row)
    exempt_unit, exempt_days = listed[exempt_row], PAST[_EXEMPT_DAYS]
    async with Database.open(path) as database, database.transaction() as session:
        for unit, row in zip(listed, rows, strict=True):
            for day, state in zip(PAST, row, strict=True):
                if state in {State.ON_TIME, State.LATE}:
                    made = _report(chance, unit, day, is_late=state is State.LATE)
                    await reports.save(session, DUTY.key, made)
        first, last, every = exempt_days[0], exempt_days[-1], frozenset(WEEKDAYS)
        why = say.exempt_reason
        await exemptions.add(session, exempt_unit.id, first, last, every, why)
    return Filled(Counter(state for row in rows for state in row), exempt_unit, exempt_days)


async def fill_rest(
    path: Path, listed: Sequence[Unit], days: Sequence[date], acted: UnitDays, seed: int
) -> Rest:
    """Write reports for days to come, past the bot, where nobody is going to report by buttons."""
    chance = random.Random(seed + 1)  # noqa: S311 - a play that can be repeated, no secret
    weak = frozenset(chance.sample(range(len(listed)), max(1, len(listed) // _ONE_IN)))
    drawn = {
        (unit.id, day): chance.choices(_STATES, _WEAK if n in weak else _GOOD)[0]
        for n, unit in enumerate(listed)
        for day in days
    }
    of_id = {unit.id: unit for unit in listed}
    left = {about: state for about, state in drawn.items() if about not in acted}
    written = frozenset(about for about, state in left.items() if state is not State.MISSING)
    async with Database.open(path) as database, database.transaction() as session:
        for unit_id, day in sorted(written):
            is_late = left[unit_id, day] is State.LATE
            made = _report(chance, of_id[unit_id], day, is_late=is_late)
            await reports.save(session, DUTY.key, made)
    return Rest(Counter(left.values()), written)


def _report(chance: random.Random, unit: Unit, day: date, *, is_late: bool) -> Report:
    window = SCHEDULE.window(day)
    begin, end = (window.due, window.locks) if is_late else (window.opens, window.due)
    moment = begin + (end - begin) * chance.uniform(0.02, 0.6 if is_late else 0.95)
    absent = {reason: 1 for reason in _REASONS if chance.random() < 1 / len(_REASONS)}
    # Nobody's hand wrote it, so it bears nobody's name: it counts as entered at the server.
    return Report(
        unit_id=unit.id,
        day=day,
        first_submitted_at=moment,
        due_at=window.due,
        revision=1,
        revised_at=moment,
        author=Author(None, None),
        establishment=unit.establishment,
        answers={**DUTY.normal_answers(), "absent": absent},
    )


async def sample_picture(units: int, texts: Texts, seed: int) -> bytes:
    """The month's picture of so many made-up units as PNG, as the bot draws it at the lock."""
    return await asyncio.to_thread(month_picture, sample_map(units, seed), texts)


def sample_map(units: int, seed: int) -> HeatMap:
    """The month of so many made-up units, as of the lock on the day of the play."""
    chance = random.Random(seed + units)  # noqa: S311 - a picture that can be repeated, no secret
    first, last = period(Period.MONTH, DAY)
    days = days_from(first, last)
    known = [day for day in days if day <= DAY]
    now = SCHEDULE.window(DAY).locks
    rows = draw(chance, units, known)
    made = [
        _unit_day(number, day, row[n] if n < len(row) else State.NOT_DUE)
        for number, row in enumerate(rows, 1)
        for n, day in enumerate(days)
    ]
    return heat_map(days, DAY, made, range(1, units + 1), now)


def _unit_day(number: int, day: date, state: State) -> UnitDay:
    name = say.sample_unit(number)
    return UnitDay(Unit(number, str(number), name, name), SCHEDULE.window(day), state)
