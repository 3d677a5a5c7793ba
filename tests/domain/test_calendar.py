from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    GRACE_AFTER_OUTAGE,
    WEEKDAYS,
    Calendar,
    Exemption,
    Hours,
    HoursOutOfOrderError,
    Outage,
    Reopening,
    Schedule,
    ScheduleRule,
    Window,
    day_window,
    days_from,
    moved,
)
from tests.domain.examples import (
    MONDAY,
    SATURDAY,
    SCHEDULE,
    TUESDAY,
    WORKING_WEEK,
    ZONE,
    at,
    unhurried,
)

_DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_window_is_told_in_utc() -> None:
    window = SCHEDULE.window(MONDAY)
    assert window.day == MONDAY
    assert window.opens == datetime(2022, 3, 14, 8, 30, tzinfo=UTC)
    assert window.due == datetime(2022, 3, 14, 9, 30, tzinfo=UTC)
    assert window.locks == datetime(2022, 3, 14, 13, 0, tzinfo=UTC)
    assert {window.opens.tzinfo, window.due.tzinfo, window.locks.tzinfo} == {UTC}


@pytest.mark.parametrize(
    ("opens", "due", "reminder"),
    [
        ("15:30", "16:30", "16:15"),
        ("16:00", "16:30", "16:15"),
        ("16:10", "16:30", "16:20"),
        ("16:28", "16:30", "16:29"),
    ],
)
def test_the_reminder_comes_a_quarter_of_an_hour_before_due_or_half_way_in_a_short_window(
    opens: str, due: str, reminder: str
) -> None:
    clock = time.fromisoformat
    schedule = Schedule(clock(opens), clock(due), time(20), frozenset(WEEKDAYS), ZONE)
    assert schedule.window(MONDAY).reminder_at == at(reminder)


@unhurried
@given(_DAYS, st.lists(st.integers(0, 1439), min_size=3, max_size=3, unique=True))
def test_the_times_of_a_window_follow_each_other(day: date, minutes: list[int]) -> None:
    opens, due, locks = (time(m // 60, m % 60) for m in sorted(minutes))
    window = Schedule(opens, due, locks, frozenset(WEEKDAYS), ZONE).window(day)
    assert window.opens < window.reminder_at < window.due < window.locks


def test_a_deadline_keeps_its_time_on_the_wall_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    schedule = Schedule(time(15, 30), time(16, 30), time(20), frozenset(WEEKDAYS), berlin)
    before, after = (schedule.window(date(2022, 3, day)).due for day in (26, 27))
    assert after - before == timedelta(hours=23)
    assert {m.astimezone(berlin).time() for m in (before, after)} == {time(16, 30)}


@pytest.mark.parametrize(
    ("offset", "weekday"), [*enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))]
)
def test_reporting_days_go_by_the_names_of_weekdays(offset: int, weekday: str) -> None:
    day = MONDAY + timedelta(days=offset)
    only = Schedule(time(15), time(16), time(20), frozenset({weekday}), ZONE)
    week = days_from(MONDAY, MONDAY + timedelta(days=6))
    assert [d for d in week if only.is_reporting_day(d)] == [day]
    assert WORKING_WEEK.is_reporting_day(day) is (offset < 5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2022, 3, 14, 16, 59, 59, tzinfo=UTC), MONDAY),
        (datetime(2022, 3, 14, 17, 0, tzinfo=UTC), TUESDAY),
        (datetime(2022, 3, 14, 0, 0, tzinfo=UTC), MONDAY),
    ],
)
def test_a_day_begins_at_midnight_of_the_command(moment: datetime, day: date) -> None:
    assert SCHEDULE.local_day(moment) == day


@unhurried
@given(_DAYS)
def test_the_times_of_a_day_lie_on_that_day(day: date) -> None:
    window = SCHEDULE.window(day)
    assert {SCHEDULE.local_day(m) for m in (window.opens, window.due, window.locks)} == {day}


def test_days_from_a_day_to_itself_are_that_day() -> None:
    assert days_from(MONDAY, MONDAY) == [MONDAY]


@unhurried
@given(_DAYS, st.integers(-40, 40))
def test_days_are_counted_with_both_ends_and_only_forwards(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = days_from(first, last)
    assert len(days) == max(0, length + 1)
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)


# Whose hours: a unit's own before the command's, the newest before the older, the settings at last.

_ALL_WEEK = frozenset(WEEKDAYS)
_EARLY = Hours(time(8), time(9), time(10))
_NOON = Hours(time(11), time(12), time(13))
_WEDNESDAY = MONDAY + timedelta(days=2)


def _rule(
    number: int,
    hours: Hours | None = _EARLY,
    *,
    unit_id: int | None = None,
    weekdays: frozenset[str] = _ALL_WEEK,
    since: date = MONDAY,
    until: date | None = None,
) -> ScheduleRule:
    return ScheduleRule(number, unit_id, weekdays, hours, since, until)


def _due(calendar: Calendar, unit_id: int | None = 1, day: date = MONDAY) -> time | None:
    """The time on the wall at which the unit is due."""
    window = calendar.window(unit_id, day)
    return window.due.astimezone(ZONE).time() if window else None


def test_without_rules_the_settings_hold() -> None:
    assert Calendar(SCHEDULE).window(1, MONDAY) == SCHEDULE.window(MONDAY)
    assert Calendar(SCHEDULE).window(None, MONDAY) == SCHEDULE.window(MONDAY)
    assert Calendar(WORKING_WEEK).window(1, SATURDAY) is None


def test_a_rule_of_the_command_is_every_units() -> None:
    calendar = Calendar(SCHEDULE, rules=[_rule(1)])
    assert {_due(calendar, unit_id) for unit_id in (None, 1, 2)} == {time(9)}


def test_a_units_own_rule_comes_before_the_commands_even_if_it_is_older() -> None:
    calendar = Calendar(SCHEDULE, rules=[_rule(1, _NOON, unit_id=1), _rule(2, _EARLY)])
    assert [_due(calendar, unit_id) for unit_id in (1, 2, None)] == [time(12), time(9), time(9)]


@pytest.mark.parametrize("unit_id", [None, 1])
def test_of_two_rules_the_newest_holds(unit_id: int | None) -> None:
    rules = [_rule(1, _NOON, unit_id=unit_id), _rule(2, _EARLY, unit_id=unit_id)]
    assert _due(Calendar(SCHEDULE, rules=rules)) == time(9)


def test_a_rule_holds_from_its_first_day_until_before_its_last() -> None:
    calendar = Calendar(SCHEDULE, rules=[_rule(1, since=TUESDAY, until=_WEDNESDAY)])
    found = [_due(calendar, 1, day) for day in (MONDAY, TUESDAY, _WEDNESDAY)]
    assert found == [time(16, 30), time(9), time(16, 30)]


def test_a_rule_holds_on_its_weekdays_only() -> None:
    weekend = _rule(1, _NOON, weekdays=frozenset({"sat", "sun"}))
    calendar = Calendar(WORKING_WEEK, rules=[weekend])
    week = days_from(MONDAY, MONDAY + timedelta(days=6))
    assert [_due(calendar, 1, day) for day in week] == [time(16, 30)] * 5 + [time(12)] * 2


def test_a_rule_without_hours_asks_nothing() -> None:
    calendar = Calendar(SCHEDULE, rules=[_rule(1, None, unit_id=1)])
    assert calendar.window(1, MONDAY) is None
    assert calendar.expected_window(1, MONDAY) is None
    assert calendar.window(2, MONDAY) == SCHEDULE.window(MONDAY)


def test_hours_must_follow_each_other() -> None:
    with pytest.raises(HoursOutOfOrderError) as refused:
        Hours(time(16), time(15), time(20))
    assert (refused.value.opens, refused.value.due) == (time(16), time(15))
    with pytest.raises(HoursOutOfOrderError):
        Hours(time(15), time(15), time(20))


# Who owes nothing on which day.


def _exempt(
    unit_id: int | None = None,
    first: date = MONDAY,
    last: date | None = None,
    *,
    weekdays: frozenset[str] = _ALL_WEEK,
    ended_on: date | None = None,
) -> Exemption:
    return Exemption(1, unit_id, first, last, weekdays, "nghỉ lễ", ended_on)


@pytest.mark.parametrize(
    ("exemption", "covered"),
    [
        (_exempt(first=TUESDAY, last=TUESDAY), {1: "tue", 2: "tue"}),
        (_exempt(first=TUESDAY, last=_WEDNESDAY), {1: "tue wed", 2: "tue wed"}),
        (_exempt(1, TUESDAY, _WEDNESDAY), {1: "tue wed", 2: ""}),
        (_exempt(1, MONDAY), {1: "mon tue wed thu fri sat sun", 2: ""}),
        (_exempt(1, MONDAY, weekdays=frozenset({"sat", "sun"})), {1: "sat sun", 2: ""}),
        (_exempt(1, MONDAY, ended_on=_WEDNESDAY), {1: "mon tue", 2: ""}),
        (_exempt(1, TUESDAY, ended_on=TUESDAY), {1: "", 2: ""}),
        (_exempt(1, MONDAY, _WEDNESDAY, ended_on=TUESDAY), {1: "mon", 2: ""}),
    ],
)
def test_an_exemption_covers_its_days_and_units(
    exemption: Exemption, covered: dict[int, str]
) -> None:
    calendar = Calendar(SCHEDULE, exemptions=[exemption])
    week = days_from(MONDAY, MONDAY + timedelta(days=6))
    for unit_id, names in covered.items():
        free = [day for day in week if calendar.exemption_of(unit_id, day) == exemption]
        assert " ".join(WEEKDAYS[day.weekday()] for day in free) == names
        assert [d for d in week if calendar.expected_window(unit_id, d) is None] == free
        assert all(calendar.window(unit_id, d) == SCHEDULE.window(d) for d in week)


_EXEMPTIONS = st.builds(
    Exemption,
    id=st.integers(1, 9),
    unit_id=st.sampled_from([None, 1, 2]),
    first=st.dates(MONDAY, MONDAY + timedelta(days=6)),
    last=st.none() | st.dates(MONDAY, MONDAY + timedelta(days=6)),
    weekdays=st.frozensets(st.sampled_from(WEEKDAYS), min_size=1),
    reason=st.just("nghỉ lễ"),
)


@given(st.lists(_EXEMPTIONS, max_size=5))
def test_a_unit_is_exempt_exactly_where_one_of_all_exemptions_covers_it(
    exemptions: list[Exemption],
) -> None:
    calendar = Calendar(SCHEDULE, exemptions=exemptions)
    for day in days_from(MONDAY, MONDAY + timedelta(days=6)):
        for unit_id in (1, 2, 3):
            covering = [e for e in exemptions if e.covers(unit_id, day)]
            found = calendar.exemption_of(unit_id, day)
            assert (found in covering) if covering else found is None


def test_a_units_own_exemption_tells_why_before_everybodys() -> None:
    holiday, training = (
        _exempt(first=MONDAY),
        replace(_exempt(1, MONDAY), id=2, reason="huấn luyện"),
    )
    calendar = Calendar(SCHEDULE, exemptions=[holiday, training])
    assert calendar.exemption_of(1, MONDAY) == training
    assert calendar.exemption_of(2, MONDAY) == holiday


# What an outage gives back.

_PLAIN = SCHEDULE.window(MONDAY)


def _down(began: str, ended: str, number: int = 1, day: date = MONDAY) -> Outage:
    return Outage(number, at(began), at(ended, day))


@pytest.mark.parametrize(
    ("outage", "due", "locks"),
    [
        (_down("16:00", "16:10"), "16:40", "20:10"),  # the time down is more than 30 minutes left
        (_down("15:00", "15:40"), "16:40", "20:10"),  # only what lies within the window
        (_down("16:00", "16:29"), "16:59", "20:29"),
        (_down("16:25", "16:29"), "16:59", "20:29"),  # 30 minutes after recovery
        (_down("16:29", "16:31"), "17:01", "20:31"),
        (_down("16:00", "17:00"), "17:30", "21:00"),
        (_down("15:00", "19:50"), "20:20", "23:50"),
        (_down("14:00", "15:30"), "16:30", "20:00"),  # before the opening
        (_down("20:00", "23:00"), "16:30", "20:00"),  # after the lock
        (_down("16:30", "19:00"), "16:30", "20:00"),  # after due, and time enough is left
        (_down("17:00", "19:40"), "16:30", "20:10"),
        (_down("19:59", "20:30"), "16:30", "21:00"),
    ],
)
def test_an_outage_moves_the_deadline_and_the_lock(outage: Outage, due: str, locks: str) -> None:
    window = moved(_PLAIN, outage)
    assert (window.opens, window.due, window.locks) == (at("15:30"), at(due), at(locks))


def test_an_outage_over_midnight_opens_the_day_before_until_the_next_afternoon() -> None:
    window = moved(_PLAIN, _down("16:00", "09:00", day=TUESDAY))
    assert (window.day, window.due) == (MONDAY, at("09:30", TUESDAY))
    assert window.locks == at("13:00", TUESDAY)


def test_outages_add_up_and_the_second_counts_by_the_moved_deadline() -> None:
    first, second = _down("15:40", "16:10"), _down("16:50", "17:10", 2)
    calendar = Calendar(SCHEDULE, outages=[first, second])
    assert moved(_PLAIN, first).due == at("17:00")
    assert moved(_PLAIN, second).due == at("16:30")
    window = calendar.window(1, MONDAY)
    assert window
    assert (window.due, window.locks) == (at("17:40"), at("21:10"))


def test_many_short_outages_give_back_every_minute() -> None:
    outages = [_down(f"15:{minute}", f"15:{minute + 3}", minute) for minute in range(30, 50, 5)]
    window = Calendar(SCHEDULE, outages=outages).window(1, MONDAY)
    assert window
    assert window.due == at("16:42")


_MINUTES = st.integers(-24 * 60, 3 * 24 * 60)


@st.composite
def _row_of_outages(draw: st.DrawFn) -> list[Outage]:
    """Up to four, one after the other, between the day before and three days after."""
    edges = sorted(draw(st.lists(_MINUTES, max_size=8, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    midnight = at("00:00")
    return [
        Outage(n, midnight + timedelta(minutes=a), midnight + timedelta(minutes=b))
        for n, (a, b) in enumerate(pairs, 1)
    ]


@unhurried
@given(_row_of_outages())
def test_an_outage_makes_nothing_earlier_and_no_grace_shorter(outages: list[Outage]) -> None:
    before = _PLAIN
    for outage in outages:
        after = moved(before, outage)
        assert (after.day, after.opens) == (before.day, before.opens)
        assert after.due >= before.due
        assert after.locks >= before.locks
        assert after.locks - after.due >= before.locks - before.due
        if outage.within(before.opens, before.due):
            assert after.due - outage.ended >= GRACE_AFTER_OUTAGE
            assert after.due - before.due >= outage.within(before.opens, before.due)
        else:
            assert after.due == before.due
        if outage.within(before.opens, before.locks):
            assert after.locks - outage.ended >= GRACE_AFTER_OUTAGE
        else:
            assert after == before
        before = after
    assert Calendar(SCHEDULE, outages=outages).window(1, MONDAY) == before


@unhurried
@given(_row_of_outages())
def test_after_everything_half_an_hour_is_left_in_which_one_could_report(
    outages: list[Outage],
) -> None:
    window = Calendar(SCHEDULE, outages=outages).window(1, MONDAY)
    assert window
    down = sum((o.within(window.opens, window.due) for o in outages), timedelta())
    assert window.due - window.opens - down >= GRACE_AFTER_OUTAGE


@unhurried
@given(_row_of_outages())
def test_units_that_share_their_hours_share_what_an_outage_gives_back(
    outages: list[Outage],
) -> None:
    calendar = Calendar(SCHEDULE, rules=[_rule(1, _NOON, unit_id=3)], outages=outages)
    plain = Calendar(SCHEDULE, outages=outages)
    for day in (MONDAY, TUESDAY, MONDAY):
        for unit_id in (1, 2, None, 1):
            assert calendar.window(unit_id, day) == plain.window(None, day)
        own = _NOON.window(day, ZONE)
        for outage in outages:
            own = moved(own, outage)
        assert calendar.window(3, day) == own


# A locked day that is opened once more.


@pytest.mark.parametrize(
    ("reopening", "locks"),
    [
        (Reopening(1, MONDAY, at("22:00")), "22:00"),
        (Reopening(None, MONDAY, at("22:00")), "22:00"),
        (Reopening(2, MONDAY, at("22:00")), "20:00"),
        (Reopening(1, TUESDAY, at("22:00")), "20:00"),
        (Reopening(1, MONDAY, at("19:00")), "20:00"),
    ],
)
def test_a_reopening_moves_the_lock_alone_and_only_later(reopening: Reopening, locks: str) -> None:
    window = Calendar(SCHEDULE, reopenings=[reopening]).window(1, MONDAY)
    assert window == replace(_PLAIN, locks=at(locks))


def test_of_several_reopenings_the_last_to_end_counts() -> None:
    until = [at("22:00"), at("09:00", TUESDAY), at("21:00")]
    reopenings = [Reopening(1, MONDAY, moment) for moment in until]
    window = Calendar(SCHEDULE, reopenings=reopenings).window(1, MONDAY)
    assert window
    assert window.locks == at("09:00", TUESDAY)


@pytest.mark.parametrize(
    ("outage", "locks"),
    [
        (_down("21:00", "21:20"), "22:00"),  # more than 30 minutes are left
        (_down("21:00", "21:50"), "22:20"),
        (_down("21:00", "23:00"), "23:30"),  # all the rest of it was taken
        (_down("22:00", "23:00"), "22:00"),
    ],
)
def test_an_outage_leaves_half_an_hour_of_a_reopened_day(outage: Outage, locks: str) -> None:
    calendar = Calendar(SCHEDULE, outages=[outage], reopenings=[Reopening(1, MONDAY, at("22:00"))])
    assert calendar.window(1, MONDAY) == replace(_PLAIN, locks=at(locks))
    assert calendar.window(2, MONDAY) == _PLAIN


# The day as a whole.


def test_a_day_lasts_from_the_first_opening_to_the_last_lock_and_is_due_as_the_command_is() -> None:
    units = [_EARLY.window(MONDAY, ZONE), _PLAIN, replace(_PLAIN, locks=at("22:00"))]
    assert day_window(MONDAY, _PLAIN, units) == Window(
        MONDAY, opens=at("08:00"), due=at("16:30"), locks=at("22:00")
    )


def test_without_hours_of_the_commands_own_the_day_is_due_with_its_last_unit() -> None:
    units = [_EARLY.window(MONDAY, ZONE), _NOON.window(MONDAY, ZONE)]
    whole = Window(MONDAY, opens=at("08:00"), due=at("12:00"), locks=at("13:00"))
    assert day_window(MONDAY, None, units) == whole
    # Nor could it be due when no unit's window is open.
    assert day_window(MONDAY, _PLAIN, units) == whole


def test_a_day_on_which_nothing_is_expected_has_no_window() -> None:
    assert day_window(MONDAY, _PLAIN, []) is None


@unhurried
@given(st.lists(st.sampled_from([_EARLY, _NOON, Hours(time(15, 30), time(16, 30), time(20))])))
def test_the_times_of_a_whole_day_follow_each_other(hours: list[Hours]) -> None:
    whole = day_window(MONDAY, _PLAIN, (h.window(MONDAY, ZONE) for h in hours))
    assert (whole is None) is (not hours)
    if whole:
        assert whole.opens < whole.due < whole.locks
