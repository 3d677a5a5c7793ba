"""A command, its units and their reports, in memory or in a database, for tests of whole use cases."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption, Schedule
from bot.domain.measures import UnitDay, unit_day
from bot.domain.people import Role
from bot.domain.reports import Author, Report
from bot.domain.summaries import Summary, summarise
from bot.domain.units import Unit
from bot.texts import Texts
from bot.texts.vi import Vietnamese
from storage import command, reports, units
from storage.database import Session

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SCHEDULE = Schedule(time(15, 30), time(16, 30), time(20, 0), frozenset(WEEKDAYS), ZONE)
MONDAY = date(2022, 3, 14)
COMMAND = "Ban CHQS thành phố Tam Kỳ"
LEADER = Author(None, Role.LEADER)

_NAMES = (
    "phường An Mỹ",
    "phường An Phú",
    "phường An Sơn",
    "phường An Xuân",
    "phường Hòa Hương",
    "phường Hòa Thuận",
    "phường Phước Hòa",
    "phường Tân Thạnh",
    "phường Trường Xuân",
    "xã Tam Ngọc",
    "xã Tam Phú",
    "xã Tam Thanh",
    "xã Tam Thăng",
)
_ESTABLISHMENT = 24


def texts(*, in_percent: bool = False) -> Texts:
    return Vietnamese(ZONE, in_percent=in_percent)


def at(clock_time: str, day: date = MONDAY) -> datetime:
    """Return a moment by the clock on the wall of the command, in UTC."""
    return datetime.combine(day, time.fromisoformat(clock_time), ZONE).astimezone(UTC)


def unit_name(number: int) -> str:
    """Return the real name of one of the first thirteen, a made-up one after them."""
    return _NAMES[number] if number < len(_NAMES) else f"phường Số {number + 1}"


def unit(
    number: int, *, establishment: int | None = _ESTABLISHMENT, is_sample: bool = False
) -> Unit:
    name = unit_name(number)
    return Unit(
        id=number + 1,
        code=f"unit-{number + 1}",
        name=name,
        short_name=name.split(" ", 1)[1],
        establishment=establishment,
        is_sample=is_sample,
    )


def report(
    unit: Unit,
    submitted: str = "16:00",
    *,
    day: date = MONDAY,
    absent: Mapping[str, int] | None = None,
    safety: bool = True,
    order: bool = True,
    revised: str | None = None,
    author: Author = LEADER,
) -> Report:
    return Report(
        unit_id=unit.id,
        day=day,
        first_submitted_at=at(submitted, day),
        due_at=SCHEDULE.window(day).due,
        revision=2 if revised else 1,
        revised_at=at(revised or submitted, day),
        author=author,
        establishment=unit.establishment,
        answers={"absent": dict(absent or {}), "safety": safety, "order": order},
    )


def unit_days_of(
    units: Sequence[Unit],
    came: Sequence[Report],
    days: Sequence[date],
    now: datetime,
    exemptions: Sequence[Exemption] = (),
) -> tuple[UnitDay, ...]:
    found = {(report.day, report.unit_id): report for report in came}
    calendar = Calendar(SCHEDULE, exemptions=exemptions)
    return tuple(
        unit_day(
            unit,
            SCHEDULE.window(day),
            found.get((day, unit.id)),
            now,
            calendar.exemption_of(unit.id, day),
        )
        for day in days
        for unit in units
    )


def summary_of(
    units: Sequence[Unit],
    came: Sequence[Report],
    now: datetime,
    *,
    days: Sequence[date] = (MONDAY,),
    command_name: str = COMMAND,
    exemptions: Sequence[Exemption] = (),
) -> Summary:
    """Return the summary of the days, from the first to the last of them."""
    unit_days = unit_days_of(units, came, days, now, exemptions)
    return summarise(command_name, days[0], days[-1], now, Calendar(SCHEDULE), unit_days)


def exemption(unit_id: int | None, day: date = MONDAY, reason: str = "nghỉ lễ") -> Exemption:
    return Exemption(0, unit_id, day, day, frozenset(WEEKDAYS), reason)


async def command_with_units(
    session: Session, n: int, *, first_day: date = MONDAY, establishment: int = _ESTABLISHMENT
) -> list[Unit]:
    """Add the command and its units, in force from `first_day` on; return them in their order."""
    await command.add(session, COMMAND, first_day)
    for number in range(n):
        planned = unit(number)
        unit_id = await units.add(
            session,
            code=planned.code,
            name=planned.name,
            short_name=planned.short_name,
            position=number,
            valid_from=first_day,
        )
        assert unit_id is not None
        await units.save_strength(session, unit_id, first_day, establishment, is_sample=False)
    return list((await units.registry(session)).on(first_day))


async def reported(session: Session, *came: Report) -> None:
    for one in came:
        await reports.save(session, "duty", one)
