"""A unit's month as a value, drawn up from words: a letter for each day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from bot.domain.calendar import days_from
from bot.domain.charts import Cell
from bot.domain.checklists import ChecklistItem, ItemState
from bot.domain.exercises import Exercise, Part, Readiness
from bot.domain.participation import ActivityKind
from bot.domain.periods import Period, period
from bot.domain.standings import Muster
from bot.domain.targets import Figure, Measured, Scope, Standing
from bot.domain.trends import Shares, spans_of
from bot.domain.unit_pages import (
    Attendance,
    CourseDays,
    OwnTarget,
    UnitPage,
    preparations,
)
from bot.domain.units import Unit
from bot.services.targets import preset_targets
from tests.builders import COMMAND, ZONE, unit

FIRST = date(2022, 3, 1)
AS_OF = datetime.combine(date(2022, 4, 1), time(7), ZONE).astimezone(UTC)
_CELLS = {
    "o": Cell.ON_TIME,
    "l": Cell.LATE,
    "x": Cell.MISSING,
    "?": Cell.PENDING,
    "-": Cell.EXEMPT,
    ".": Cell.NOT_DUE,
    " ": None,
}


def own_targets(*parts: int | None, of: Unit) -> tuple[OwnTarget, ...]:
    """The first targets of the resolutions with these figures, None: nothing is known."""
    listed = [t for t in preset_targets({}) if t.scope in {"all", "wards"}]
    return tuple(
        OwnTarget(
            Standing(target, Scope((of,)), Measured(by_unit={of.id: Figure(part, 20)})),
            Figure(None, 1, 1) if part is None else Figure(part, 20),
        )
        for target, part in zip(listed, parts, strict=False)
    )


def exercise(of: Unit, *, overdue: int, open_: int, done: int) -> Readiness:
    """An exercise four weeks after the page, with so many items of the unit."""
    day = AS_OF.date() + timedelta(days=28)
    late, ahead = AS_OF.date() - timedelta(days=3), day - timedelta(days=3)
    items = [(late, ItemState.OPEN)] * overdue + [(ahead, ItemState.UNDER_WAY)] * (open_ - overdue)
    items += [(late, ItemState.DONE)] * done
    listed = tuple(ChecklistItem(n, "funding", "", *item) for n, item in enumerate(items))
    about = Exercise(1, "Diễn tập chiến đấu phòng thủ", of.id, day)
    return Readiness(about, of, (Part(of, listed),))


def attendance(title: str, *, over: int = 2, reported: int = 2, present: int = 44) -> Attendance:
    return Attendance(title, ActivityKind.COURSE, 3, over, reported, present, 24 * reported)


def page_of(days: str, *, of: Unit | None = None, first: date = FIRST, **changes: Any) -> UnitPage:
    """The page of March 2022 or another month of 31 days: a letter for each day, from the first on."""
    of = of or unit(2)
    first, last = period(Period.MONTH, first)
    cells = [_CELLS[letter] for letter in days.ljust(31, "o")]
    weeks = spans_of(first, last, Period.WEEK)
    plain = UnitPage(
        command_name=COMMAND,
        unit=of,
        first=first,
        last=last,
        day=last,
        as_of=AS_OF,
        cells=tuple(zip(days_from(first, last), cells, strict=True)),
        before=Shares(25, 2, 1),
        absences=tuple((*span, Muster(24 * 7, n + 4, 7)) for n, span in enumerate(weeks)),
        training=(
            attendance("Huấn luyện dân quân tại chỗ 2022"),
            attendance("Giao ban tháng 3", over=3, reported=2),
        ),
        course_days=(CourseDays("on_site", "later", Fraction(9, 2), 1, 7),),
        targets=own_targets(20, 20, 20, None, 12, 17, 20, None, of=of),
        exercises=preparations([exercise(of, overdue=1, open_=3, done=5)], of.id, AS_OF.date()),
    )
    return replace(plain, **changes)
