"""The city, its units and its times, as the tests of the rules know them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings

from bot.domain.calendar import WEEKDAYS, Schedule, Window
from bot.domain.forms import Answers
from bot.domain.people import Role
from bot.domain.reports import Author, Report
from bot.domain.units import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2022, 3, 14)
TUESDAY = MONDAY + timedelta(days=1)
SATURDAY = MONDAY + timedelta(days=5)

SCHEDULE = Schedule(time(15, 30), time(16, 30), time(20, 0), frozenset(WEEKDAYS), ZONE)
WORKING_WEEK = Schedule(time(15, 30), time(16, 30), time(20, 0), frozenset(WEEKDAYS[:5]), ZONE)

TAN_THANH = Unit(1, "tan-thanh", "phường Tân Thạnh", "Tân Thạnh", establishment=27)
TAM_THANH = Unit(2, "tam-thanh", "xã Tam Thanh", "Tam Thanh", establishment=20)
TAM_THANG = Unit(3, "tam-thang", "xã Tam Thăng", "Tam Thăng")
HOA_HUONG = Unit(4, "hoa-huong", "phường Hòa Hương", "Hòa Hương", aliases=("HH", "P. Hòa Hương"))
UNITS = (TAN_THANH, TAM_THANH, TAM_THANG, HOA_HUONG)

LEADER = Author(11, Role.LEADER)
DEPUTY = Author(12, Role.DEPUTY)

NORMAL: Answers = {"absent": {}, "safety": True, "order": True}

# The machine that runs the tests may be busy with something else: how long a rule took says nothing.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def at(clock_time: str, day: date = MONDAY) -> datetime:
    """Return a moment by the clock on the wall of the command, in UTC."""
    return datetime.combine(day, time.fromisoformat(clock_time), ZONE).astimezone(UTC)


def window(day: date = MONDAY) -> Window:
    return SCHEDULE.window(day)


def report(
    unit: Unit = TAN_THANH,
    submitted: str = "16:00",
    *,
    day: date = MONDAY,
    revision: int = 1,
    revised: str | None = None,
    author: Author = LEADER,
    answers: Answers = NORMAL,
) -> Report:
    return Report(
        unit_id=unit.id,
        day=day,
        first_submitted_at=at(submitted, day),
        due_at=window(day).due,
        revision=revision,
        revised_at=at(revised or submitted, day),
        author=author,
        establishment=unit.establishment,
        answers=answers,
    )


def absences(counts: Mapping[str, int], *, safety: bool = True, order: bool = True) -> Answers:
    return {"absent": dict(counts), "safety": safety, "order": order}
