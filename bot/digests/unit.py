"""One unit as a message: a day with all that was reported, or its standing over a longer time."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from bot.digests.fitting import Listing, fitted, listing
from bot.domain.calendar import days_from
from bot.domain.changes import corrections
from bot.domain.forms import DUTY, Choice, Text, YesNo
from bot.domain.measures import UnitDay, counts
from bot.domain.overviews import UnitHistory
from bot.domain.periods import Period
from bot.domain.reports import Report
from bot.domain.summaries import Summary
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

_DAYS_OF_WEEK = 7
# In a quarter or a year; a month has them all, as far as they fit.
_CORRECTIONS_MOST = 10
_LONG = frozenset({Period.QUARTER, Period.YEAR})


def unit_message(texts: Texts, history: UnitHistory) -> Html:
    if history.period is Period.DAY:
        return _day(texts, history)
    return _period(texts, history)


def _day(texts: Texts, history: UnitHistory) -> Html:
    summary = history.summary
    title = texts.day_title(history.unit.name, summary.first)
    if not summary.unit_days:
        return paragraphs(title, texts.not_expected(summary.first, summary.last))
    (unit_day,) = summary.unit_days
    corrected = _corrections(texts, history, with_day=False)
    report = unit_day.report
    author = history.revisions[0].author if history.revisions else None
    flags = listing(history.flags, texts.flag)

    def render(limit: int) -> Html:
        return paragraphs(
            title,
            texts.state_of(unit_day, author, summary.as_of),
            _corrected(texts, corrected, limit),
            lines(*_answers(texts, report)) if report else "",
            texts.strength_of(summary.strength, summary.sample_units)
            if report and unit_day.is_expected and not texts.in_percent
            else "",
            lines(*_words(texts, report)) if report else "",
            _noted(texts, flags, limit),
        )

    return fitted(render)


def _answers(texts: Texts, report: Report) -> Iterator[Html]:
    """Each question with its answer; one that was not answered is told as not stated."""
    for field in DUTY.fields:
        if isinstance(field, YesNo) and field.key in report.answers:
            yield texts.question(field.key, answer=report.answers[field.key])


def _words(texts: Texts, report: Report) -> Iterator[Html]:
    for field in DUTY.fields:
        given = report.answers.get(field.key)
        if given and isinstance(field, Choice):
            yield texts.chosen(field.key, given)
        elif given and isinstance(field, Text):
            yield texts.free_words(field.key, given)


def _period(texts: Texts, history: UnitHistory) -> Html:
    summary = history.summary
    title = texts.period_title(history.unit.name, summary)
    if not summary.unit_days:
        told = summary.windows
        nothing = texts.not_expected(summary.first, summary.last)
        return paragraphs(title, texts.not_open(told[0]) if told else nothing)
    total = summary.counts
    problems = listing(
        summary.problems, lambda dated: texts.own_problem(dated[1].field_key, dated[0])
    )
    overdue = [d for d in summary.missing if d.is_overdue(summary.as_of)]
    missed = listing(overdue, lambda d: Html(texts.short_day(d.day)))
    late = listing([d.report for d in summary.late if d.report], texts.late_day)
    flags = listing(history.flags, texts.flag)
    corrected = _corrections(texts, history, with_day=True)
    calendar = _year(texts, summary) if history.period is Period.YEAR else _weeks(texts, summary)

    def days(found: Listing, limit: int) -> Html:
        shown, hidden = found.cut(limit)
        return texts.names(shown, hidden, of=texts.days_counted_more)

    def render(limit: int) -> Html:
        most = min(limit, _CORRECTIONS_MOST) if history.period in _LONG else limit
        return paragraphs(
            title,
            lines(
                texts.reported(total),
                texts.on_time(total),
                texts.against(history.comparison) if history.comparison else "",
                texts.streak(history.streak),
            )
            if total.expected
            else texts.not_expected(summary.first, summary.last),
            calendar,
            lines(
                texts.rows(*problems.cut(limit), of=texts.problems_counted),
                texts.days_missed(missed.total, days(missed, limit)) if missed.total else "",
                texts.late(late.total, days(late, limit)) if late.total else "",
            ),
            _noted(texts, flags, limit),
            _corrected(texts, corrected, most),
        )

    return fitted(render)


def _corrections(texts: Texts, history: UnitHistory, *, with_day: bool) -> Listing:
    """The corrections, newest first, for the oldest are left out where they do not fit."""
    return listing(
        corrections(history.revisions, DUTY)[::-1],
        lambda correction: texts.correction(correction, with_day=with_day),
    )


def _corrected(texts: Texts, corrected: Listing, limit: int) -> Html:
    rows = texts.rows(*corrected.cut(limit), of=texts.corrections_counted)
    return lines(texts.corrections, rows) if corrected.total else Html("")


def _noted(texts: Texts, flags: Listing, limit: int) -> Html:
    rows = texts.rows(*flags.cut(limit), of=texts.flags_counted)
    return lines(texts.worth_noting, rows) if flags.total else Html("")


def _weeks(texts: Texts, summary: Summary) -> Html:
    """A mark a day, a line a calendar week that has begun and asks for a report."""
    of_day = {d.day: texts.mark(d, summary.as_of) for d in summary.unit_days}
    monday = summary.first - timedelta(days=summary.first.weekday())
    weeks = [
        (start, days_from(start, start + timedelta(days=_DAYS_OF_WEEK - 1)))
        for start in days_from(monday, summary.last)[::_DAYS_OF_WEEK]
    ]
    return lines(
        *(
            texts.week_of_marks(start, [of_day.get(day, "") for day in week])
            for start, week in weeks
            if not of_day.keys().isdisjoint(week)
        ),
        texts.legend(list(of_day.values())),
    )


def _year(texts: Texts, summary: Summary) -> Html:
    """A line a month: a mark for each day of a year would fill a screen."""

    def month(unit_day: UnitDay) -> int:
        return unit_day.day.month

    by_month = groupby(summary.unit_days, month)
    return lines(*(texts.month_in_year(number, counts(found)) for number, found in by_month))
