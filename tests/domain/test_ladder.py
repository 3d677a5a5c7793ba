"""The ladder, by tables of single looks and by whole stories with crashes and outages in between."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Outage, Window
from bot.domain.ladder import (
    OUTAGE_TOLD_FROM,
    morning,
    owed,
    with_lines,
)
from bot.domain.notices import DayFacts, Expectation, Notice, Owed, Recipient, Rung
from tests.domain.examples import MONDAY, SCHEDULE, TUESDAY, at, unhurried, window

_LONG_AGO = at("08:00") - timedelta(days=300)
_WEDNESDAY = TUESDAY + timedelta(days=1)
_LEADER = Recipient("leader", _LONG_AGO)
_DEPUTY = Recipient("deputy", _LONG_AGO)
_GROUP = Recipient("group", _LONG_AGO)
_UNIT_RUNGS = (Rung.PROMPT, Rung.OUTAGE, Rung.REMINDER, Rung.OVERDUE, Rung.DEPUTIES)
_NOTHING: frozenset[str] = frozenset()


def _facts(
    day: date = MONDAY,
    reported: Mapping[int, str] | None = None,
    units: Iterable[int] = (1,),
    people: tuple[Recipient, ...] = (_LEADER,),
    deputies: tuple[Recipient, ...] = (),
    outages: tuple[Outage, ...] = (),
) -> DayFacts:
    of_day = _moved(day, outages)
    return DayFacts(
        window=of_day,
        expected=tuple(Expectation(unit, of_day, people, deputies) for unit in units),
        reported={unit: at(clock_time, day) for unit, clock_time in (reported or {}).items()},
    )


def _moved(day: date, outages: tuple[Outage, ...]) -> Window:
    found = Calendar(SCHEDULE, outages=outages).window(None, day)
    assert found
    return found


def _down(began: str, ended: str, id: int = 1, *, day: date = MONDAY) -> Outage:  # noqa: A002
    return Outage(id, at(began, day), at(ended, day))


def _look(
    now: datetime,
    *days: DayFacts,
    audience: tuple[Recipient, ...] = (_GROUP,),
    sent: frozenset[str] = _NOTHING,
    outages: tuple[Outage, ...] = (),
) -> Owed:
    return owed(now, "duty", days, audience, sent, outages)


def _keys(look: Owed) -> frozenset[str]:
    return frozenset(n.key for n in look.notices + look.superseded)


def _rungs(notices: Iterable[Notice]) -> list[Rung]:
    return [notice.rung for notice in notices]


def _seconds(moment: datetime, seconds: int) -> datetime:
    return moment + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("now", "told", "passed_by"),
    [
        ("00:00", [], []),
        ("15:29:59", [], []),
        ("15:30", [Rung.PROMPT], []),
        ("16:14:59", [Rung.PROMPT], []),
        ("16:15", [Rung.REMINDER], [Rung.PROMPT]),
        ("16:29:59", [Rung.REMINDER], [Rung.PROMPT]),
        ("16:30", [Rung.PROMPT, Rung.DIGEST], []),
        ("16:44:59", [Rung.PROMPT, Rung.DIGEST], []),
        ("16:45", [Rung.OVERDUE, Rung.DIGEST], [Rung.PROMPT]),
        ("17:29:59", [Rung.OVERDUE, Rung.DIGEST], [Rung.PROMPT]),
        ("17:30", [Rung.OVERDUE, Rung.ESCALATION], [Rung.PROMPT, Rung.DIGEST]),
        ("19:59:59", [Rung.OVERDUE, Rung.ESCALATION], [Rung.PROMPT, Rung.DIGEST]),
        ("20:00", [Rung.FINAL], [Rung.DIGEST]),
        ("23:59", [Rung.FINAL], [Rung.DIGEST]),
    ],
)
def test_the_first_look_at_a_silent_unit_takes_the_highest_rung_that_still_matters(
    now: str, told: list[Rung], passed_by: list[Rung]
) -> None:
    look = _look(at(now), _facts())
    assert _rungs(look.notices) == told
    assert _rungs(look.superseded) == passed_by


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("16:00", []),
        ("16:15", []),
        ("16:29:59", []),
        ("16:30", [Rung.FINAL]),
        ("20:00", [Rung.FINAL]),
    ],
)
def test_where_all_have_reported_nobody_is_asked_and_one_digest_tells_it(
    now: str, told: list[Rung]
) -> None:
    look = _look(at(now), _facts(reported={1: "15:45"}))
    assert _rungs(look.notices) == told
    assert _rungs(look.superseded) == [Rung.DIGEST] * len(told)


def test_a_unit_that_reported_before_the_opening_is_never_asked() -> None:
    facts = _facts(reported={1: "07:00"})
    assert _rungs(_look(at("15:30"), facts).notices) == []
    final = _look(at("16:30"), facts).notices[0]
    assert (final.rung, final.scheduled_at) == (Rung.FINAL, at("16:30"))


def test_a_watched_day_goes_up_the_whole_ladder() -> None:
    sent: frozenset[str] = frozenset()
    told: list[tuple[str, Rung, str]] = []
    for minute in range(15 * 60, 21 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        known = {u: t for u, t in {1: "16:20", 2: "17:05"}.items() if t <= clock_time}
        look = _look(at(clock_time), _facts(reported=known, units=(1, 2)), sent=sent)
        assert look.superseded == ()
        sent |= _keys(look)
        told += [(clock_time, n.rung, f"{n.recipient} {n.unit_id}") for n in look.notices]
    assert told == [
        ("15:30", Rung.PROMPT, "leader 1"),
        ("15:30", Rung.PROMPT, "leader 2"),
        ("16:15", Rung.REMINDER, "leader 1"),
        ("16:15", Rung.REMINDER, "leader 2"),
        ("16:30", Rung.DIGEST, "group None"),
        ("16:45", Rung.OVERDUE, "leader 2"),
        ("17:05", Rung.FINAL, "group None"),
    ]


def test_the_deputies_stand_behind_the_leader_and_the_command_behind_them() -> None:
    sent: frozenset[str] = frozenset()
    told: list[tuple[str, Rung, str]] = []
    for minute in range(15 * 60, 21 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        look = _look(at(clock_time), _facts(deputies=(_DEPUTY,)), sent=sent)
        assert look.superseded == ()
        sent |= _keys(look)
        told += [(clock_time, n.rung, n.recipient) for n in look.notices]
    assert told == [
        ("15:30", Rung.PROMPT, "leader"),
        ("15:30", Rung.PROMPT, "deputy"),
        ("16:15", Rung.REMINDER, "leader"),
        ("16:30", Rung.DIGEST, "group"),
        ("16:45", Rung.OVERDUE, "leader"),
        ("17:00", Rung.DEPUTIES, "deputy"),
        ("17:30", Rung.ESCALATION, "group"),
        ("20:00", Rung.FINAL, "group"),
    ]


@pytest.mark.parametrize(
    ("came", "rungs"),
    [
        ("16:44", [Rung.FINAL]),
        ("16:50", [Rung.OVERDUE, Rung.FINAL]),
        ("17:10", [Rung.OVERDUE, Rung.DEPUTIES, Rung.FINAL]),
        ("18:00", [Rung.OVERDUE, Rung.DEPUTIES, Rung.ESCALATION, Rung.FINAL]),
    ],
)
def test_the_ladder_falls_silent_with_the_report(came: str, rungs: list[Rung]) -> None:
    sent = _keys(_look(at("16:30"), _facts(deputies=(_DEPUTY,))))
    told: list[Rung] = []
    for minute in range(16 * 60 + 31, 21 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        known = {1: came} if came <= clock_time else {}
        look = _look(at(clock_time), _facts(reported=known, deputies=(_DEPUTY,)), sent=sent)
        sent |= _keys(look)
        told += _rungs(look.notices)
    assert told == rungs


def test_a_unit_goes_by_its_own_hours_and_the_digest_by_the_day() -> None:
    early = replace(window(), opens=at("10:00"), due=at("11:00"), locks=at("20:30"))
    facts = DayFacts(
        replace(window(), opens=early.opens, locks=early.locks),
        (Expectation(1, early, (_LEADER,)), Expectation(2, window(), (_DEPUTY,))),
        {},
    )
    sent: frozenset[str] = frozenset()
    told: list[tuple[str, Rung, str]] = []
    for minute in range(9 * 60, 21 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        look = _look(at(clock_time), facts, sent=sent)
        sent |= _keys(look)
        told += [(clock_time, n.rung, n.recipient) for n in look.notices]
    assert told == [
        ("10:00", Rung.PROMPT, "leader"),
        ("10:45", Rung.REMINDER, "leader"),
        ("11:15", Rung.OVERDUE, "leader"),
        ("15:30", Rung.PROMPT, "deputy"),
        ("16:15", Rung.REMINDER, "deputy"),
        ("16:30", Rung.DIGEST, "group"),
        ("16:45", Rung.OVERDUE, "deputy"),
        ("17:30", Rung.ESCALATION, "group"),
        ("20:30", Rung.FINAL, "group"),
    ]


def test_the_command_is_not_called_for_a_unit_that_has_time_by_its_own_hours() -> None:
    late = replace(window(), due=at("18:00"), locks=at("21:00"))
    whole = replace(window(), locks=at("21:00"))
    expected = (Expectation(1, window(), ()), Expectation(2, late, ()))
    only_late = DayFacts(whole, expected, {1: at("16:00")})
    assert _rungs(_look(at("18:59"), only_late).notices) == [Rung.DIGEST]
    assert _rungs(_look(at("19:00"), only_late).notices) == [Rung.ESCALATION]
    both = DayFacts(whole, expected, {})
    assert _rungs(_look(at("17:30"), both).notices) == [Rung.ESCALATION]
    # Once called, a report of the first unit does not make the call anew for the second.
    sent = _keys(_look(at("17:30"), both))
    for clock_time in ("17:40", "19:00", "20:59"):
        assert _look(at(clock_time), only_late, sent=sent).notices == ()


def test_a_silent_day_ends_with_a_final_digest_at_the_lock() -> None:
    sent = _keys(_look(at("18:30"), _facts()))
    assert _rungs(_look(at("19:59:59"), _facts(), sent=sent).notices) == []
    final = _look(at("20:00"), _facts(), sent=sent)
    assert _rungs(final.notices) == [Rung.FINAL]
    assert final.notices[0].scheduled_at == at("20:00")
    assert final.superseded == ()


def test_a_day_on_which_nobody_is_expected_is_not_told_of() -> None:
    for clock_time in ("15:30", "16:30", "20:00"):
        assert _look(at(clock_time), _facts(units=())).notices == ()
    assert _look(at("20:00"), _facts(units=())).closed == (MONDAY,)


def test_every_person_of_a_unit_is_asked_and_every_recipient_told() -> None:
    second = Recipient("commander", _LONG_AGO)
    look = _look(at("16:30"), _facts(people=(_LEADER, _DEPUTY)), audience=(_GROUP, second))
    assert {(n.recipient, n.rung) for n in look.notices} == {
        ("leader", Rung.PROMPT),
        ("deputy", Rung.PROMPT),
        ("group", Rung.DIGEST),
        ("commander", Rung.DIGEST),
    }


def test_a_notice_says_what_it_is_about_and_how_long_it_matters() -> None:
    prompt, digest = _look(at("16:31"), _facts()).notices
    assert prompt == Notice(
        key=prompt.key,
        rung=Rung.PROMPT,
        recipient="leader",
        scheduled_at=at("15:30"),
        not_after=at("20:00"),
        days=(MONDAY,),
        unit_id=1,
    )
    assert digest == Notice(
        key=digest.key,
        rung=Rung.DIGEST,
        recipient="group",
        scheduled_at=at("16:30"),
        not_after=None,
        days=(MONDAY,),
    )
    (reminder,) = _look(at("16:20"), _facts()).notices
    assert (reminder.scheduled_at, reminder.not_after) == (at("16:15"), at("16:30"))


def test_a_final_digest_is_late_only_where_the_last_expected_report_was_surely_in() -> None:
    facts = _facts(reported={1: "16:40", 2: "17:10"}, units=(1, 2))
    assert _look(at("18:00"), facts).notices[0].scheduled_at == at("17:20")


def test_a_day_that_a_line_completes_which_was_typed_before_is_told_in_time() -> None:
    facts = _facts(reported={1: "16:40", 2: "16:50"}, units=(1, 2))
    assert _look(at("16:58"), facts).notices[0].scheduled_at == at("16:58")


def test_a_report_that_nobody_expected_does_not_make_the_digest_later() -> None:
    facts = _facts(reported={1: "16:40", 7: "18:10"})
    assert _look(at("19:00"), facts).notices[0].scheduled_at == at("16:50")


@pytest.mark.parametrize(
    ("joined", "now", "told"),
    [
        (at("15:00"), at("16:30"), at("16:30")),
        (at("17:00"), at("17:00"), at("17:00")),
        (at("19:59:59"), at("19:59:59"), at("19:59:59")),
        (at("19:59:59"), at("20:00"), at("20:00")),
        (at("20:00"), at("20:00"), None),
        (at("21:00"), at("21:00"), None),
        (at("09:00", TUESDAY), at("09:00", TUESDAY), None),
    ],
)
def test_a_recipient_is_told_of_the_days_that_were_open_on_joining(
    joined: datetime, now: datetime, told: datetime | None
) -> None:
    look = _look(now, _facts(people=()), audience=(Recipient("group", joined),))
    assert [n.scheduled_at for n in look.notices] == ([told] if told else [])


def test_a_leader_who_joins_after_due_is_asked_at_once_and_nothing_counts_as_delayed() -> None:
    newcomer = Recipient("leader", at("17:00"))
    (asked,) = _look(at("17:00"), _facts(people=(newcomer,)), audience=()).notices
    assert (asked.rung, asked.scheduled_at) == (Rung.OVERDUE, at("17:00"))


def test_several_missed_days_come_as_one_combined_digest() -> None:
    days = [_facts(MONDAY), _facts(TUESDAY, reported={1: "16:00"}), _facts(_WEDNESDAY)]
    look = _look(at("21:00", _WEDNESDAY), *days)
    (late,) = look.notices
    assert late.rung is Rung.LATE_DIGEST
    assert late.days == (MONDAY, TUESDAY, _WEDNESDAY)
    assert late.scheduled_at == at("20:00", MONDAY)
    assert late.unit_id is None
    assert late.not_after is None
    assert Counter(_rungs(look.superseded)) == {Rung.DIGEST: 3, Rung.FINAL: 3}
    assert look.closed == late.days
    assert _look(at("22:00", _WEDNESDAY), *days, sent=_keys(look)).notices == ()


def test_one_missed_day_comes_as_its_final_digest() -> None:
    look = _look(at("09:00", TUESDAY), _facts(MONDAY), _facts(TUESDAY))
    assert _rungs(look.notices) == [Rung.FINAL]
    assert look.notices[0].days == (MONDAY,)


def test_the_day_that_is_still_open_is_told_apart_from_the_missed_ones() -> None:
    days = [_facts(MONDAY), _facts(TUESDAY), _facts(_WEDNESDAY)]
    look = _look(at("17:00", _WEDNESDAY), *days)
    assert [(n.rung, n.days) for n in look.notices] == [
        (Rung.OVERDUE, (_WEDNESDAY,)),
        (Rung.LATE_DIGEST, (MONDAY, TUESDAY)),
        (Rung.DIGEST, (_WEDNESDAY,)),
    ]


def test_a_missed_day_is_combined_only_for_whoever_missed_it() -> None:
    days = [_facts(MONDAY), _facts(TUESDAY)]
    newcomer = Recipient("commander", at("09:00", TUESDAY))
    look = _look(at("21:00", TUESDAY), *days, audience=(_GROUP, newcomer))
    assert [(n.recipient, n.rung, n.days) for n in look.notices] == [
        ("group", Rung.LATE_DIGEST, (MONDAY, TUESDAY)),
        ("commander", Rung.FINAL, (TUESDAY,)),
    ]


def test_a_day_without_expectations_does_not_make_a_missed_day_two() -> None:
    look = _look(at("21:00", TUESDAY), _facts(MONDAY, units=()), _facts(TUESDAY))
    assert _rungs(look.notices) == [Rung.FINAL]


def test_a_moved_deadline_is_told_anew() -> None:
    facts = _facts()
    sent = _keys(_look(at("15:30"), facts)) | _keys(_look(at("16:20"), facts))
    later = replace(facts.window, due=at("17:30"), locks=at("21:00"))
    moved = DayFacts(later, (Expectation(1, later, (_LEADER,)),), {})
    assert _rungs(_look(at("16:30"), moved, sent=sent).notices) == [Rung.PROMPT]
    assert _rungs(_look(at("17:15"), moved, sent=sent).notices) == [Rung.REMINDER]
    assert _rungs(_look(at("17:40"), moved, sent=sent).notices) == [Rung.PROMPT, Rung.DIGEST]
    assert _look(at("20:59"), moved).closed == ()


def test_after_an_outage_across_the_deadline_everybody_is_told_once_and_then_asked_anew() -> None:
    sent = _keys(_look(at("15:30"), _facts(deputies=(_DEPUTY,))))
    down = (_down("16:00", "17:00"),)
    facts = _facts(deputies=(_DEPUTY,), outages=down)
    told: list[tuple[str, Rung, str]] = []
    for minute in range(17 * 60, 22 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        look = _look(at(clock_time), facts, sent=sent, outages=down)
        sent |= _keys(look)
        told += [(clock_time, n.rung, n.recipient) for n in look.notices]
    assert told == [
        ("17:00", Rung.OUTAGE, "leader"),
        ("17:00", Rung.OUTAGE, "deputy"),
        ("17:15", Rung.REMINDER, "leader"),
        ("17:30", Rung.DIGEST, "group"),
        ("17:45", Rung.OVERDUE, "leader"),
        ("18:00", Rung.DEPUTIES, "deputy"),
        ("18:30", Rung.ESCALATION, "group"),
        ("21:00", Rung.FINAL, "group"),
    ]


@pytest.mark.parametrize(
    ("down", "is_told"),
    [
        (_down("15:28", "15:32"), False),
        (_down("15:28", "15:33"), True),
        (_down("16:00", "16:02"), False),
        (_down("16:29", "16:33"), True),
        (_down("17:00", "17:03"), True),
        (_down("12:00", "13:00"), False),
        (_down("19:59", "20:01"), False),
        (_down("19:59", "20:02"), True),
        (_down("20:00", "21:00"), False),
    ],
)
def test_an_outage_is_told_where_it_took_more_than_two_minutes_of_the_window(
    down: Outage, is_told: bool
) -> None:
    facts = _facts(outages=(down,))
    taken = down.within(facts.window.opens, facts.window.locks)
    assert (taken > OUTAGE_TOLD_FROM) is is_told
    look = _look(max(down.ended, at("15:30")), facts, outages=(down,))
    assert (Rung.OUTAGE in _rungs(look.notices)) is is_told


def test_an_outage_is_not_told_to_whoever_reported_or_joined_after_it() -> None:
    down = (_down("16:00", "16:20"),)
    newcomer = Recipient("newcomer", at("16:25"))
    facts = _facts(reported={2: "15:40"}, units=(1, 2), people=(_LEADER, newcomer), outages=down)
    look = _look(at("16:25"), facts, outages=down)
    assert [(n.rung, n.recipient, n.unit_id) for n in look.notices] == [
        (Rung.OUTAGE, "leader", 1),
        (Rung.PROMPT, "newcomer", 1),
    ]


def test_two_outages_of_a_day_are_two_messages() -> None:
    first, second = _down("15:40", "15:50"), _down("16:00", "16:10", id=2)
    facts = _facts(outages=(first,))
    early = _look(at("15:50"), facts, outages=(first,))
    again = _facts(outages=(first, second))
    late = _look(at("16:10"), again, outages=(first, second), sent=_keys(early))
    assert [early.notices[0].rung, late.notices[0].rung] == [Rung.OUTAGE, Rung.OUTAGE]
    assert early.notices[0].key != late.notices[0].key


def test_an_outage_over_several_days_is_one_message_that_names_them_all() -> None:
    down = (Outage(7, at("16:00"), at("16:00", _WEDNESDAY)),)
    days = [_facts(day, outages=down) for day in (MONDAY, TUESDAY, _WEDNESDAY)]
    look = _look(at("16:00", _WEDNESDAY), *days, outages=down)
    (told,) = look.notices
    assert (told.rung, told.days) == (Rung.OUTAGE, (MONDAY, TUESDAY, _WEDNESDAY))
    assert Counter(_rungs(look.superseded)) == {Rung.PROMPT: 3}
    again = _look(at("16:00", _WEDNESDAY), *days, outages=down, sent=_keys(look))
    assert again.notices == ()


def test_days_that_ask_by_the_same_rung_ask_in_one_message() -> None:
    down = (Outage(7, at("16:00"), at("16:00", _WEDNESDAY)),)
    days = [_facts(day, outages=down) for day in (MONDAY, TUESDAY, _WEDNESDAY)]
    sent = _keys(_look(at("16:00", _WEDNESDAY), *days, outages=down))
    told: list[tuple[str, Rung, tuple[date, ...]]] = []
    for minute in range(16 * 60, 18 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        look = _look(at(clock_time, _WEDNESDAY), *days, sent=sent, audience=(), outages=down)
        sent |= _keys(look)
        told += [(clock_time, n.rung, n.days) for n in look.notices]
    assert told == [
        ("16:15", Rung.REMINDER, (MONDAY, TUESDAY)),
        ("16:45", Rung.OVERDUE, (MONDAY, TUESDAY)),
        ("16:45", Rung.REMINDER, (_WEDNESDAY,)),
        ("17:15", Rung.OVERDUE, (_WEDNESDAY,)),
    ]


def test_an_outage_that_one_day_tells_is_not_passed_by_for_another() -> None:
    down = (Outage(7, at("16:00"), at("16:00", _WEDNESDAY)),)
    days = [_facts(day, outages=down) for day in (MONDAY, TUESDAY, _WEDNESDAY)]
    look = _look(at("16:20", _WEDNESDAY), *days, outages=down)
    assert [(n.rung, n.days) for n in look.notices] == [
        (Rung.REMINDER, (MONDAY, TUESDAY)),
        (Rung.OUTAGE, (_WEDNESDAY,)),
    ]
    assert Rung.OUTAGE not in _rungs(look.superseded)


def test_an_outage_that_several_days_pass_by_is_recorded_once() -> None:
    down = (Outage(7, at("16:00"), at("16:00", _WEDNESDAY)),)
    days = [_facts(day, outages=down) for day in (MONDAY, TUESDAY)]
    look = _look(at("16:20", _WEDNESDAY), *days, outages=down)
    assert [(n.rung, n.days) for n in look.notices] == [(Rung.REMINDER, (MONDAY, TUESDAY))]
    assert Counter(_rungs(look.superseded)) == {Rung.PROMPT: 2, Rung.OUTAGE: 1, Rung.REMINDER: 1}


def test_digests_of_several_days_that_an_outage_moved_come_as_one_each_time() -> None:
    down = (Outage(7, at("16:00"), at("09:00", _WEDNESDAY)),)
    days = [_facts(MONDAY, outages=down), _facts(TUESDAY, outages=down)]
    days.append(_facts(_WEDNESDAY, people=(), outages=down))
    sent: frozenset[str] = frozenset()
    told: list[tuple[str, Rung, tuple[date, ...]]] = []
    for minute in range(9 * 60, 14 * 60):
        clock_time = f"{minute // 60:02}:{minute % 60:02}"
        look = _look(at(clock_time, _WEDNESDAY), *days, sent=sent, outages=down)
        sent |= _keys(look)
        told += [(clock_time, n.rung, n.days) for n in look.notices if n.unit_id is None]
    both = (MONDAY, TUESDAY)
    assert told == [
        ("09:30", Rung.LATE_DIGEST, both),
        ("10:30", Rung.LATE_DIGEST, both),
        ("13:00", Rung.LATE_DIGEST, both),
    ]


def test_a_day_that_is_still_open_keeps_those_after_it_from_being_closed() -> None:
    reopened = _facts(MONDAY)
    reopened = replace(reopened, window=replace(reopened.window, locks=at("12:00", _WEDNESDAY)))
    assert _look(at("21:00", TUESDAY), reopened, _facts(TUESDAY)).closed == ()
    over = _look(at("12:00", _WEDNESDAY), reopened, _facts(TUESDAY))
    assert over.closed == (MONDAY, TUESDAY)


def _morning(
    now: datetime,
    yesterday: DayFacts | None,
    *,
    audience: tuple[Recipient, ...] = (_GROUP,),
    sent: frozenset[str] = _NOTHING,
) -> tuple[Notice, ...]:
    begin, end = at("07:00", TUESDAY), at("12:00", TUESDAY)
    return morning(begin, end, now, "duty", yesterday, audience, sent)


@pytest.mark.parametrize(
    ("now", "count"), [("06:59:59", 0), ("07:00", 1), ("11:59:59", 1), ("12:00", 0), ("21:00", 0)]
)
def test_the_morning_line_is_for_the_morning(now: str, count: int) -> None:
    assert len(_morning(at(now, TUESDAY), _facts())) == count


def test_the_morning_line_is_told_once_to_each() -> None:
    second = Recipient("second", _LONG_AGO)
    both = _morning(at("07:00", TUESDAY), _facts(), audience=(_GROUP, second))
    assert [(n.rung, n.recipient, n.days) for n in both] == [
        (Rung.MORNING, "group", (MONDAY,)),
        (Rung.MORNING, "second", (MONDAY,)),
    ]
    rest = _morning(
        at("08:00", TUESDAY), _facts(), audience=(_GROUP, second), sent=frozenset({both[0].key})
    )
    assert rest == both[1:]


def test_there_is_no_morning_line_where_yesterday_asked_nothing_or_is_not_over() -> None:
    seven = at("07:00", TUESDAY)
    assert _morning(seven, None) == ()
    still_open = replace(_facts(), window=replace(window(), locks=at("09:00", TUESDAY)))
    assert _morning(seven, still_open) == ()
    assert _rungs(_morning(at("09:00", TUESDAY), still_open)) == [Rung.MORNING]
    assert _morning(seven, _facts(), audience=(Recipient("new", at("20:00")),)) == ()


def test_whoever_is_told_only_now_how_yesterday_ended_needs_no_line_about_it() -> None:
    now, known = at("07:00", TUESDAY), Recipient("known", _LONG_AGO)
    sent = frozenset(
        n.key for n in _look(at("20:00"), _facts(), audience=(known,)).notices if not n.unit_id
    )
    climbed = _look(now, _facts(), audience=(_GROUP, known), sent=sent)
    told = with_lines(climbed, _morning(now, _facts(), audience=(_GROUP, known)))
    assert [(n.rung, n.recipient) for n in told.notices] == [
        (Rung.FINAL, "group"),
        (Rung.MORNING, "known"),
    ]
    assert Counter(_rungs(told.superseded)) == {Rung.DIGEST: 1, Rung.MORNING: 1}
    assert told.closed == climbed.closed
    assert _morning(at("08:00", TUESDAY), _facts(), sent=_keys(told)) == ()


def test_a_key_tells_rung_type_unit_day_and_person_apart() -> None:
    days = [_facts(d, units=(1, 11), people=(_LEADER, _DEPUTY)) for d in (MONDAY, TUESDAY)]
    key_of: dict[tuple[object, ...], str] = {}
    for report_type in ("duty", "drill"):
        for day in (MONDAY, TUESDAY):
            for clock_time in ("15:30", "16:15", "16:30", "20:00"):
                look = owed(at(clock_time, day), report_type, days, (_GROUP,), _NOTHING)
                for n in look.notices + look.superseded:
                    about = (report_type, n.rung, n.days, n.unit_id, n.recipient)
                    assert key_of.setdefault(about, n.key) == n.key
    assert len(set(key_of.values())) == len(key_of) > 40


# Stories: some days, some units, people who come and go between, and looks that may be lost.


@dataclass(frozen=True)
class _Story:
    units: Mapping[int, tuple[tuple[Recipient, ...], tuple[Recipient, ...]]]  # first, deputies
    audience: tuple[Recipient, ...]
    days: tuple[date, ...]
    reports: Mapping[tuple[date, int], datetime]
    outages: tuple[Outage, ...]  # in which there were no looks
    looks: tuple[tuple[datetime, bool], ...]  # and whether what was found could be committed

    def known_outages(self, now: datetime) -> tuple[Outage, ...]:
        return tuple(outage for outage in self.outages if outage.ended <= now)

    def window(self, day: date, now: datetime) -> Window:
        return _moved(day, self.known_outages(now))

    @property
    def asked(self) -> list[Recipient]:
        return [p for asked in self.units.values() for people in asked for p in people]

    def facts(self, now: datetime) -> list[DayFacts]:
        return [
            DayFacts(
                window=self.window(day, now),
                expected=tuple(
                    Expectation(
                        unit,
                        self.window(day, now),
                        *(tuple(p for p in people if p.since <= now) for people in asked),
                    )
                    for unit, asked in self.units.items()
                ),
                reported={
                    unit: came
                    for unit in self.units
                    if (came := self.reports.get((day, unit))) and came <= now
                },
            )
            for day in self.days
            if day <= SCHEDULE.local_day(now)
        ]


@dataclass(frozen=True)
class _Seen:
    """One look: when, at what, what it found, and whether that was committed."""

    now: datetime
    facts: list[DayFacts]
    owed: Owed
    is_saved: bool


@dataclass(frozen=True)
class _Told:
    story: _Story
    looks: list[_Seen]

    @property
    def saved(self) -> list[_Seen]:
        return [look for look in self.looks if look.is_saved]

    @property
    def notices(self) -> list[Notice]:
        """What really went out, in order."""
        return [notice for look in self.saved for notice in look.owed.notices]


def _moment(days: int) -> st.SearchStrategy[datetime]:
    """Any moment of these days, with a liking for the times at which something changes."""
    edges = ("00:00", "15:30", "16:15", "16:30", "17:30", "20:00", "21:00")
    on_edge = st.builds(
        lambda n, edge, seconds: _seconds(at(edge, MONDAY + timedelta(days=n)), seconds),
        st.integers(0, days),
        st.sampled_from(edges),
        st.sampled_from([-1, 0, 0, 0, 1, 60]),
    )
    anywhere = st.integers(0, days * 24 * 60).map(lambda m: at("00:00") + timedelta(minutes=m))
    return on_edge | anywhere


@st.composite
def _recipients(draw: st.DrawFn, name: str, days: int, most: int) -> tuple[Recipient, ...]:
    joined = draw(st.lists(st.just(_LONG_AGO) | _moment(days), min_size=0, max_size=most))
    return tuple(Recipient(f"{name}{n}", since) for n, since in enumerate(joined))


@st.composite
def _outages(draw: st.DrawFn, days: int) -> tuple[Outage, ...]:
    """Up to two, one after the other, from minutes to days long."""
    moments = sorted(draw(st.lists(_moment(days), min_size=4, max_size=4)))
    pairs = [(moments[0], moments[1]), (moments[2], moments[3])][: draw(st.integers(0, 2))]
    return tuple(Outage(n, *pair) for n, pair in enumerate(pairs, 1) if pair[0] < pair[1])


@st.composite
def _stories(draw: st.DrawFn, *, may_be_down: bool = False) -> _Story:
    count = draw(st.integers(1, 4))
    days = tuple(MONDAY + timedelta(days=n) for n in range(count))
    units = {
        unit: (
            draw(_recipients(f"u{unit}p", count, 2)),
            draw(_recipients(f"u{unit}d", count, 1)),
        )
        for unit in range(draw(st.integers(0, 3)))
    }
    minutes_of_reports = draw(
        st.lists(
            st.none() | st.integers(-60, 269),
            min_size=count * len(units),
            max_size=count * len(units),
        )
    )
    slots = [(day, unit) for day in days for unit in units]
    reports = {
        (day, unit): window(day).opens + timedelta(minutes=minutes)
        for (day, unit), minutes in zip(slots, minutes_of_reports, strict=True)
        if minutes is not None
    }
    outages = draw(_outages(count)) if may_be_down else ()
    looks = [
        look
        for look in draw(st.lists(st.tuples(_moment(count), st.sampled_from([True, True, False]))))
        if not any(outage.began <= look[0] < outage.ended for outage in outages)
    ]
    audience = draw(_recipients("g", count, 2))
    return _Story(units, audience, days, reports, outages, tuple(sorted(looks)))


def _tell(story: _Story) -> _Told:
    """Live through the story: a look that is lost in a crash leaves nothing behind."""
    sent: frozenset[str] = frozenset()
    looks: list[_Seen] = []
    for now, is_saved in story.looks:
        facts = story.facts(now)
        audience = tuple(r for r in story.audience if r.since <= now)
        found = owed(now, "duty", facts, audience, sent, story.known_outages(now))
        if is_saved:
            sent |= _keys(found)
        looks.append(_Seen(now, facts, found, is_saved))
    return _Told(story, looks)


_enough_stories = settings(unhurried, max_examples=60)
_told = _stories().map(_tell)
_told_with_outages = _stories(may_be_down=True).map(_tell)


@_enough_stories
@given(_told_with_outages)
def test_right_after_a_look_nothing_more_is_owed(told: _Told) -> None:
    sent: frozenset[str] = frozenset()
    for look in told.looks:
        audience = tuple(r for r in told.story.audience if r.since <= look.now)
        down = told.story.known_outages(look.now)
        found = owed(look.now, "duty", look.facts, audience, sent, down)
        again = owed(look.now, "duty", look.facts, audience, sent | _keys(found), down)
        assert (again.notices, again.superseded) == ((), ())
        assert again.closed == found.closed
        if look.is_saved:
            sent |= _keys(found)


@_enough_stories
@given(_told_with_outages)
def test_no_key_is_ever_told_twice_or_told_after_it_was_passed_by(told: _Told) -> None:
    gone = [n.key for look in told.saved for n in look.owed.notices + look.owed.superseded]
    assert len(gone) == len(set(gone))


@_enough_stories
@given(_told)
def test_what_a_crash_lost_is_found_again_by_the_next_look(told: _Told) -> None:
    """A lost look and a look that never was are the same."""
    story = told.story
    without = _tell(replace(story, looks=tuple(look for look in story.looks if look[1])))
    assert told.notices == without.notices


@_enough_stories
@given(_told_with_outages)
def test_a_unit_that_reported_is_neither_prompted_nor_reminded(told: _Told) -> None:
    for look in told.looks:
        for notice in look.owed.notices:
            if notice.unit_id is not None:
                assert notice.rung in _UNIT_RUNGS
                for day in notice.days:
                    came = told.story.reports.get((day, notice.unit_id))
                    assert came is None or look.now < came


@_enough_stories
@given(_told_with_outages)
def test_each_person_gets_at_most_one_notice_a_look_for_a_unit_and_day(told: _Told) -> None:
    for look in told.looks:
        for_unit = Counter(
            (n.recipient, n.unit_id, day)
            for n in look.owed.notices
            if n.unit_id is not None
            for day in n.days
        )
        digests = Counter(
            (n.recipient, day) for n in look.owed.notices if n.unit_id is None for day in n.days
        )
        assert max([*for_unit.values(), *digests.values()], default=0) <= 1


@_enough_stories
@given(_told_with_outages)
def test_missed_days_never_come_as_more_than_one_message(told: _Told) -> None:
    for look in told.looks:
        closed = set(look.owed.closed)
        of_closed = Counter(n.recipient for n in look.owed.notices if closed & set(n.days))
        assert max(of_closed.values(), default=0) <= 1
        for notice in look.owed.notices:
            if notice.rung is Rung.LATE_DIGEST:
                assert len(notice.days) > 1
                assert told.story.outages or set(notice.days) <= closed
                assert list(notice.days) == sorted(notice.days)


@_enough_stories
@given(_told_with_outages)
def test_an_outage_is_told_once_to_each_person_of_each_unit(told: _Told) -> None:
    since = {p.key: p.since for p in told.story.asked}
    times: Counter[tuple[str, int | None, datetime]] = Counter()
    for notice in told.notices:
        if notice.rung is Rung.OUTAGE:
            ended = notice.scheduled_at
            assert ended in {outage.ended for outage in told.story.outages}
            assert since[notice.recipient] < ended
            times[notice.recipient, notice.unit_id, ended] += 1
    assert max(times.values(), default=1) == 1


@_enough_stories
@given(_told)
def test_the_ladder_only_goes_up(told: _Told) -> None:
    height = list(Rung).index
    reached: dict[tuple[str, int | None, date], int] = {}
    for notice in told.notices:
        for day in notice.days:
            about = (notice.recipient, notice.unit_id, day)
            assert height(notice.rung) > reached.get(about, -1)
            reached[about] = height(notice.rung)


@_enough_stories
@given(_told_with_outages)
def test_a_notice_is_neither_early_nor_without_use(told: _Told) -> None:
    for look in told.looks:
        for notice in look.owed.notices:
            assert notice.scheduled_at <= look.now
            assert notice.not_after is None or look.now < notice.not_after
            since = {r.key: r.since for r in (*told.story.audience, *told.story.asked)}
            assert notice.scheduled_at >= since[notice.recipient]


@_enough_stories
@given(_told_with_outages)
def test_whoever_came_after_the_lock_of_a_day_is_told_nothing_of_it(told: _Told) -> None:
    since = {r.key: r.since for r in told.story.audience}
    for look in told.looks:
        for notice in look.owed.notices + look.owed.superseded:
            for day in notice.days:
                locks = told.story.window(day, look.now).locks
                if notice.unit_id is None:
                    assert since[notice.recipient] < locks
                else:
                    assert look.now < locks


@_enough_stories
@given(_told_with_outages)
def test_exactly_the_days_before_the_first_open_one_are_closed(told: _Told) -> None:
    for look in told.looks:
        is_open = [look.now < told.story.window(d, look.now).locks for d in told.story.days]
        first = is_open.index(True) if True in is_open else len(is_open)
        assert look.owed.closed == told.story.days[:first]


@_enough_stories
@given(_told)
def test_a_silent_unit_was_asked_if_anybody_looked_while_its_day_was_open(told: _Told) -> None:
    asked = {(n.recipient, n.unit_id, day) for n in told.notices for day in n.days}
    for look in told.saved:
        for day in told.story.days:
            for unit, asked_of in told.story.units.items():
                came = told.story.reports.get((day, unit))
                is_silent = came is None or look.now < came
                if is_silent and window(day).opens <= look.now < window(day).locks:
                    for person in (*asked_of[0], *asked_of[1]):
                        if person.since <= look.now:
                            assert (person.key, unit, day) in asked


@_enough_stories
@given(_told)
def test_every_recipient_learns_how_every_day_ended(told: _Told) -> None:
    ends = {
        (n.recipient, day)
        for n in told.notices
        if n.rung in {Rung.FINAL, Rung.LATE_DIGEST}
        for day in n.days
    }
    for look in told.saved if told.story.units else ():
        for day in look.owed.closed:
            for recipient in told.story.audience:
                if recipient.since < min(window(day).locks, look.now):
                    assert (recipient.key, day) in ends


@_enough_stories
@given(_told)
def test_a_day_that_was_complete_at_due_gets_one_digest_and_no_second(told: _Told) -> None:
    digests = Counter(
        (n.recipient, day) for n in told.notices if n.unit_id is None for day in n.days
    )
    for day in told.story.days:
        at_due = [told.story.reports.get((day, unit)) for unit in told.story.units]
        if at_due and all(came and came <= window(day).due for came in at_due):
            for look in told.saved:
                for recipient in told.story.audience:
                    joined_in_time = recipient.since < window(day).locks
                    if look.now >= max(window(day).due, recipient.since) and joined_in_time:
                        assert digests[recipient.key, day] == 1


@_enough_stories
@given(_stories())
def test_a_closed_day_need_not_be_looked_at_again(story: _Story) -> None:
    """It was told in the look that closed it, to everybody who had come by then."""
    audience = tuple(r for r in story.audience if r.since == _LONG_AGO)
    sent: dict[bool, frozenset[str]] = {True: frozenset(), False: frozenset()}
    closed: set[date] = set()
    for now, is_saved in story.looks:
        facts = story.facts(now)
        still_open = [f for f in facts if f.window.day not in closed]
        full = owed(now, "duty", facts, audience, sent[False])
        lean = owed(now, "duty", still_open, audience, sent[True])
        assert lean.notices == full.notices
        if is_saved:
            sent = {True: sent[True] | _keys(lean), False: sent[False] | _keys(full)}
            closed.update(lean.closed)


def test_the_schedule_of_these_tests_has_the_order_that_the_ladder_needs() -> None:
    monday = SCHEDULE.window(MONDAY)
    assert monday.opens < monday.reminder_at < monday.due < monday.locks
    assert monday.locks < SCHEDULE.window(TUESDAY).opens
