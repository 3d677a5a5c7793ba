import pytest

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption
from bot.domain.measures import unit_day
from bot.domain.nudging import LastNudge, Missing, NudgeOutcome
from bot.domain.people import Role
from bot.domain.reports import Report
from bot.domain.summaries import summarise
from tests.builders import COMMAND, MONDAY, SCHEDULE, at, report, unit

UNIT = unit(0)


def outcome(
    clock_time: str,
    *,
    came: Report | None = None,
    last: str | None = None,
    is_exempt: bool = False,
    is_reachable: bool = True,
) -> NudgeOutcome:
    now = at(clock_time)
    excused = Exemption(1, None, MONDAY, MONDAY, frozenset(WEEKDAYS), "nghỉ") if is_exempt else None
    row = unit_day(UNIT, SCHEDULE.window(MONDAY), came, now, excused)
    summary = summarise(COMMAND, MONDAY, MONDAY, now, Calendar(SCHEDULE), [row])
    nudges = {UNIT.id: LastNudge(at(last), Role.COMMANDER)} if last else {}
    unreachable = frozenset[int]() if is_reachable else frozenset({UNIT.id})
    return Missing(summary, nudges, unreachable).outcome_for(row)


@pytest.mark.parametrize(
    ("clock_time", "expected"),
    [
        ("00:00", NudgeOutcome.NOT_OPEN),
        ("15:29:59", NudgeOutcome.NOT_OPEN),
        ("15:30", NudgeOutcome.NUDGED),
        ("16:31", NudgeOutcome.NUDGED),
        ("19:59:59", NudgeOutcome.NUDGED),
        ("20:00", NudgeOutcome.LOCKED),
    ],
)
def test_a_missing_unit_is_nudged_from_its_opening_until_its_lock(
    clock_time: str, expected: NudgeOutcome
) -> None:
    assert outcome(clock_time) is expected


@pytest.mark.parametrize(
    ("clock_time", "expected"),
    [
        ("16:00", NudgeOutcome.RECENT),
        ("16:09:59", NudgeOutcome.RECENT),
        ("16:10", NudgeOutcome.NUDGED),
        ("20:00", NudgeOutcome.LOCKED),
    ],
)
def test_the_next_nudge_is_ten_minutes_later_at_the_earliest(
    clock_time: str, expected: NudgeOutcome
) -> None:
    assert outcome(clock_time, last="16:00") is expected


def test_who_has_reported_or_owes_nothing_or_gets_no_messages_is_not_nudged() -> None:
    assert outcome("16:00", came=report(UNIT)) is NudgeOutcome.REPORTED
    assert outcome("16:00", is_exempt=True) is NudgeOutcome.EXEMPT
    assert outcome("16:00", is_reachable=False) is NudgeOutcome.UNREACHABLE


def test_only_missing_units_whose_window_is_open_have_a_button() -> None:
    for clock_time, buttons in (("15:00", 0), ("16:00", 1), ("20:00", 0)):
        now = at(clock_time)
        row = unit_day(UNIT, SCHEDULE.window(MONDAY), None, now)
        summary = summarise(COMMAND, MONDAY, MONDAY, now, Calendar(SCHEDULE), [row])
        assert len(Missing(summary).open_units) == buttons
