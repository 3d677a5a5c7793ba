"""The ladder, by tables of single looks and by whole stories with crashes and outages in between."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import Window
from bot.domain.ladder import DayFacts, Expectation, Notice, Owed, Recipient, Rung, owed
from tests.domain.examples import MONDAY, SCHEDULE, TUESDAY, at, unhurried, window

_LONG_AGO = at("08:00") - timedelta(days=300)
_WEDNESDAY = TUESDAY + timedelta(days=1)
_LEADER = Recipient("leader", _LONG_AGO)
_DEPUTY = Recipient("deputy", _LONG_AGO)
_GROUP = Recipient("group", _LONG_AGO)
_UNIT_RUNGS = (Rung.PROMPT, Rung.REMINDER)
_NOTHING: frozenset[str] = frozenset()


def _facts(
    day: date = MONDAY,
    reported: Mapping[int, str] | None = None,
    units: Iterable[int] = (1,),
    people: tuple[Recipient, ...] = (_LEADER,),
) -> DayFacts:
    return DayFacts(
        window=window(day),
        expected=tuple(Expectation(unit, window(day), people) for unit in units),
        reported={unit: at(clock_time, day) for unit, clock_time in (reported or {}).items()},
    )


def _look(
    now: datetime,
    *days: DayFacts,
    audience: tuple[Recipient, ...] = (_GROUP,),
    sent: frozenset[str] = _NOTHING,
) -> Owed:
    return owed(now, "duty", days, audience, sent)


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
        ("19:59:59", [Rung.PROMPT, Rung.DIGEST], []),
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
        ("17:05", Rung.FINAL, "group None"),
    ]


def test_a_silent_day_ends_with_a_final_digest_at_the_lock() -> None:
    sent = _keys(_look(at("16:30"), _facts()))
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


def test_a_final_digest_is_scheduled_when_the_last_expected_report_came_in() -> None:
    facts = _facts(reported={1: "16:40", 2: "17:10"}, units=(1, 2))
    assert _look(at("18:00"), facts).notices[0].scheduled_at == at("17:10")


def test_a_report_that_nobody_expected_does_not_make_the_digest_later() -> None:
    facts = _facts(reported={1: "16:40", 7: "18:10"})
    assert _look(at("19:00"), facts).notices[0].scheduled_at == at("16:40")


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
    (prompt,) = _look(at("17:00"), _facts(people=(newcomer,)), audience=()).notices
    assert (prompt.rung, prompt.scheduled_at) == (Rung.PROMPT, at("17:00"))


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
        (Rung.PROMPT, (_WEDNESDAY,)),
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
    moved = replace(facts, window=replace(facts.window, due=at("17:30"), locks=at("21:00")))
    assert _rungs(_look(at("16:30"), moved, sent=sent).notices) == [Rung.PROMPT]
    assert _rungs(_look(at("17:15"), moved, sent=sent).notices) == [Rung.REMINDER]
    assert _rungs(_look(at("20:59"), moved, sent=sent).notices) == [Rung.PROMPT, Rung.DIGEST]
    assert _look(at("20:59"), moved).closed == ()


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
    units: Mapping[int, tuple[Recipient, ...]]
    audience: tuple[Recipient, ...]
    days: tuple[date, ...]
    reports: Mapping[tuple[date, int], datetime]
    moves: Mapping[date, tuple[datetime, timedelta]]  # since when a deadline is how much later
    looks: tuple[tuple[datetime, bool], ...]  # and whether what was found could be committed

    def window(self, day: date, now: datetime) -> Window:
        plain = window(day)
        since, later = self.moves.get(day, (plain.locks, timedelta()))
        if now < since:
            return plain
        return replace(plain, due=plain.due + later, locks=plain.locks + later)

    def facts(self, now: datetime) -> list[DayFacts]:
        return [
            DayFacts(
                window=self.window(day, now),
                expected=tuple(
                    Expectation(
                        unit, self.window(day, now), tuple(p for p in people if p.since <= now)
                    )
                    for unit, people in self.units.items()
                ),
                reported={
                    unit: came
                    for unit in self.units
                    if (came := self.reports.get((day, unit))) and came <= now
                },
            )
            for day in self.days
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
def _stories(draw: st.DrawFn, *, may_move: bool = False) -> _Story:
    count = draw(st.integers(1, 4))
    days = tuple(MONDAY + timedelta(days=n) for n in range(count))
    units = {
        unit: draw(_recipients(f"u{unit}p", count, 2)) for unit in range(draw(st.integers(0, 3)))
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
    moves: dict[date, tuple[datetime, timedelta]] = {}
    for day in days if may_move else ():
        if later := draw(st.sampled_from([0, 0, 30, 75])):
            since = window(day).opens + timedelta(minutes=draw(st.integers(0, 59)))
            moves[day] = (since, timedelta(minutes=later))
    looks = draw(st.lists(st.tuples(_moment(count), st.sampled_from([True, True, False]))))
    audience = draw(_recipients("g", count, 2))
    return _Story(units, audience, days, reports, moves, tuple(sorted(looks)))


def _tell(story: _Story) -> _Told:
    """Live through the story: a look that is lost in a crash leaves nothing behind."""
    sent: frozenset[str] = frozenset()
    looks: list[_Seen] = []
    for now, is_saved in story.looks:
        facts = story.facts(now)
        audience = tuple(r for r in story.audience if r.since <= now)
        found = owed(now, "duty", facts, audience, sent)
        if is_saved:
            sent |= _keys(found)
        looks.append(_Seen(now, facts, found, is_saved))
    return _Told(story, looks)


_enough_stories = settings(unhurried, max_examples=60)
_told = _stories().map(_tell)
_told_with_moves = _stories(may_move=True).map(_tell)


@_enough_stories
@given(_told_with_moves)
def test_right_after_a_look_nothing_more_is_owed(told: _Told) -> None:
    sent: frozenset[str] = frozenset()
    for look in told.looks:
        audience = tuple(r for r in told.story.audience if r.since <= look.now)
        found = owed(look.now, "duty", look.facts, audience, sent)
        again = owed(look.now, "duty", look.facts, audience, sent | _keys(found))
        assert (again.notices, again.superseded) == ((), ())
        assert again.closed == found.closed
        if look.is_saved:
            sent |= _keys(found)


@_enough_stories
@given(_told_with_moves)
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
@given(_told_with_moves)
def test_a_unit_that_reported_is_neither_prompted_nor_reminded(told: _Told) -> None:
    for look in told.looks:
        for notice in look.owed.notices:
            if notice.unit_id is not None:
                (day,) = notice.days
                came = told.story.reports.get((day, notice.unit_id))
                assert notice.rung in _UNIT_RUNGS
                assert came is None or look.now < came


@_enough_stories
@given(_told_with_moves)
def test_each_person_gets_at_most_one_notice_a_look_for_a_unit_and_day(told: _Told) -> None:
    for look in told.looks:
        for_unit = Counter(
            (n.recipient, n.unit_id, n.days) for n in look.owed.notices if n.unit_id is not None
        )
        digests = Counter(
            (n.recipient, day) for n in look.owed.notices if n.unit_id is None for day in n.days
        )
        assert max([*for_unit.values(), *digests.values()], default=0) <= 1


@_enough_stories
@given(_told_with_moves)
def test_missed_days_never_come_as_more_than_one_message(told: _Told) -> None:
    for look in told.looks:
        closed = set(look.owed.closed)
        of_closed = Counter(n.recipient for n in look.owed.notices if closed & set(n.days))
        assert max(of_closed.values(), default=0) <= 1
        for notice in look.owed.notices:
            if notice.rung is Rung.LATE_DIGEST:
                assert len(notice.days) > 1
                assert set(notice.days) <= closed
                assert list(notice.days) == sorted(notice.days)


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
@given(_told_with_moves)
def test_a_notice_is_neither_early_nor_without_use(told: _Told) -> None:
    for look in told.looks:
        for notice in look.owed.notices:
            assert notice.scheduled_at <= look.now
            assert notice.not_after is None or look.now < notice.not_after
            since = {r.key: r.since for r in told.story.audience} | {
                p.key: p.since for people in told.story.units.values() for p in people
            }
            assert notice.scheduled_at >= since[notice.recipient]


@_enough_stories
@given(_told_with_moves)
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
@given(_told_with_moves)
def test_exactly_the_days_past_their_lock_are_closed(told: _Told) -> None:
    for look in told.looks:
        past = [d for d in told.story.days if look.now >= told.story.window(d, look.now).locks]
        assert list(look.owed.closed) == past


@_enough_stories
@given(_told)
def test_a_silent_unit_was_asked_if_anybody_looked_while_its_day_was_open(told: _Told) -> None:
    asked = {(n.recipient, n.unit_id, day) for n in told.notices for day in n.days}
    for look in told.saved:
        for day in told.story.days:
            for unit, people in told.story.units.items():
                came = told.story.reports.get((day, unit))
                is_silent = came is None or look.now < came
                if is_silent and window(day).opens <= look.now < window(day).locks:
                    for person in people:
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
