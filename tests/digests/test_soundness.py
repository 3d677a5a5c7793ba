"""Whatever the names and numbers: every message fits, and it is sound HTML."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.digests.board import board
from bot.digests.fitting import LONGEST_MESSAGE, shown_length
from bot.digests.missing import missing
from bot.digests.period import period_summary
from bot.digests.text import day_digest, late_digest
from bot.digests.unit import unit_message
from bot.domain.comparison import compare
from bot.domain.forms import LONGEST_TEXT
from bot.domain.incidents import Incident, OpenIncident, Severity
from bot.domain.insights import EqualDays, Flag, UnusualAbsence
from bot.domain.nudging import Missing
from bot.domain.overviews import UnitHistory
from bot.domain.periods import Period
from bot.domain.reports import Report
from bot.domain.standings import standing_of
from bot.domain.units import Unit
from bot.texts.markup import Html
from tests.builders import COMMAND, LEADER, MONDAY, at, exemption, report, summary_of, texts

VI = texts()
PERCENT = texts(in_percent=True)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"b", "i", "code"}
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_sendable(text: Html) -> None:
    assert 0 < shown_length(text) <= LONGEST_MESSAGE
    tags = _Tags()
    tags.feed(text)
    tags.close()
    assert tags.open == []


def _report(unit: Unit, number: int, words: str) -> Report:
    """A late and corrected report with words wherever they can be, and a problem or an open question."""
    told = report(unit, "16:45", day=WEEK[0], safety=False, order=False, revised="17:00")
    answers = {
        **told.answers,
        "duty_commander": "political_officer",
        "safety": None if number % 2 else False,
        "order": None if number % 3 else False,
        **dict.fromkeys(("work", "tomorrow", "recommendation"), words[:LONGEST_TEXT]),
    }
    return replace(told, answers=answers, late_reason=words[:LONGEST_TEXT])


def _everything(units: Sequence[Unit], name: str, reported: int) -> list[Html]:
    """Return every kind of text; the units that reported did so late, with problems, corrected."""
    now = at("20:00", WEEK[1])
    exempt = [exemption(u.id, reason=name) for u in units[-3:]]
    summaries = []
    for day in WEEK[:2]:
        came = [replace(_report(u, n, name), day=day) for n, u in enumerate(units[:reported])]
        told = summary_of(units, came, now, days=[day], command_name=name, exemptions=exempt)
        incident = Incident(1, 1, LEADER, Severity.CRITICAL, name, now)
        summaries.append(
            replace(told, open_incidents=tuple(OpenIncident(u, incident) for u in units))
        )
    both = standing_of(summary_of(units, [], now, days=WEEK[:2], command_name=name))
    flags: list[tuple[Unit, Flag]] = [(u, UnusualAbsence(MONDAY, 20, 1.5)) for u in units]
    flags += [(u, EqualDays(30, MONDAY)) for u in units]
    single: list[Callable[..., Html]] = [
        lambda t, s: day_digest(t, s, final=True),
        lambda t, s: day_digest(t, s, final=False),
        lambda t, s: missing(t, Missing(s)),
        board,
    ]
    return [
        *(render(t, summaries[0]) for render in single for t in (VI, PERCENT)),
        late_digest(VI, summaries * 6),
        period_summary(VI, both),
        period_summary(VI, both, compare(Period.WEEK, both, both), flags),
        *(unit_message(t, _history(units[0], name, p)) for t in (VI, PERCENT) for p in Period),
    ]


def _history(unit: Unit, words: str, name: Period) -> UnitHistory:
    """A unit that corrected each of its late reports a hundred times."""
    first = _report(unit, 1, words)
    other = {**first.answers, "work": words[1:], "absent": {"sick": 3}, "order": True}
    revisions = [
        replace(first, revision=n, answers=first.answers if n % 2 else other) for n in range(1, 100)
    ]
    days = WEEK[:1] if name is Period.DAY else WEEK
    came = [replace(first, day=day) for day in days]
    told = summary_of([unit], came, at("20:00", WEEK[-1]), days=days)
    flags = tuple(UnusualAbsence(day, 20, 1.5) for day in WEEK) * 20
    return UnitHistory(
        unit,
        name,
        MONDAY,
        told,
        compare(name, standing_of(told), standing_of(told)),
        3,
        flags,
        tuple(revisions),
        None,
        None,
    )


_HOSTILE = st.text(st.sampled_from("<>&'\"b/{}%😀\n\u202eNguyễn "), max_size=300)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(_HOSTILE, min_size=1, max_size=4),
    st.sampled_from([1, 2, 13, 60, 130]),
    st.integers(0, 130),
)
def test_every_message_fits_and_is_sound_whatever_the_names(
    names: list[str], number: int, reported: int
) -> None:
    units = [
        Unit(n + 1, f"u{n}", names[n % len(names)], names[n % len(names)], n) for n in range(number)
    ]
    for text in _everything(units, names[0], reported):
        assert_sendable(text)


@pytest.mark.parametrize(
    ("number", "share_reported", "name"),
    [
        (60, 0.5, "{n} Tân Thạnh"),
        (3321, 0, "{n} Tân Thạnh"),
        (3321, 0.5, "{n} " + "😀" * 300),
        (3321, 1, "{n} Tân Thạnh"),
    ],
)
def test_every_unit_of_a_whole_country_fits_in_a_message(
    number: int, share_reported: float, name: str
) -> None:
    units = [Unit(n + 1, f"u{n}", name.format(n=n), name.format(n=n), 24) for n in range(number)]
    for words in (COMMAND, "😀" * 300):
        for text in _everything(units, words, int(number * share_reported)):
            assert_sendable(text)
