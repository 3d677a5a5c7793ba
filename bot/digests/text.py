"""Summaries as messages for the command group, always short enough for one message."""

from collections.abc import Callable, Iterable, Sequence

from bot.digests.fitting import LIMITS, Listing, fitted, listing
from bot.domain.measures import UnitDay
from bot.domain.reports import Report
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

_MISSING_MOST = 5


def day_digest(texts: Texts, summary: Summary, *, final: bool, escalated: bool = False) -> Html:
    """Tell one day: problems first, then who reported, then the strength of those that did.

    `escalated`: units are still missing well after due, and that comes before all else.
    """
    counts = summary.counts
    title = texts.day_title(summary.command_name, summary.first)
    if not counts.expected:
        return paragraphs(title, texts.nothing_expected(summary.first))
    (window,) = summary.windows
    if not summary.has_opened and not counts.actual:
        return paragraphs(title, texts.not_open(window))
    progress = texts.final if final else texts.escalation if escalated else texts.progress
    head = lines(title, progress(summary.as_of, window))
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1]))
    advice = texts.call_units if problems.total else _no_problems(texts, summary)
    rates = lines(texts.reported(counts), texts.on_time(counts))
    late, silent = _late(texts, summary), _missing(texts, summary)
    corrected = listing(
        _reports(summary.corrected_after_due),
        lambda d: texts.unit_at(d[0], d[1].revised_at, d[1].day),
    )
    strength = texts.strength_of(summary.strength, summary.sample_units)

    def render(limit: int) -> Html:
        return paragraphs(
            head,
            lines(_problems(texts, problems, limit), advice),
            lines(
                rates,
                _named(texts, texts.late, late, limit),
                _named(texts, texts.not_reported, silent, limit),
                _named(texts, texts.corrected_after_due, corrected, limit),
            ),
            strength,
        )

    return fitted(render)


def late_digest(texts: Texts, summaries: Sequence[Summary]) -> Html:
    """Tell several past days in one message, oldest first; the newest stay if not all fit."""
    title = texts.late_title(summaries[0].command_name, len(summaries))
    details = texts.details_of_day(summaries[-1].first)
    days = [_day_in_brief(texts, summary) for summary in summaries[-LIMITS[0] :]]

    def render(names: int, most: int) -> Html:
        shown = [day(names) for day in days[-most:]]
        hidden = len(summaries) - len(shown)
        return paragraphs(
            lines(title, texts.rows((), hidden, of=texts.days_counted)), *shown, details
        )

    return fitted(
        lambda limit: render(limit, len(days)),
        lambda limit: render(1, limit),
    )


def period_summary(texts: Texts, summary: Summary) -> Html:
    """Tell more than a day: rates, problems, who misses most, and a line a unit."""
    title = texts.period_title(summary)
    counts = summary.counts
    if not counts.expected:
        nothing = texts.nothing_expected_between(summary.first, summary.last)
        return paragraphs(title, texts.not_open(summary.windows[0]) if summary.windows else nothing)
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1], dated[0]))
    advice = "" if problems.total else _no_problems(texts, summary)
    rates = lines(
        texts.reported(counts),
        texts.on_time(counts),
        texts.late_and_missing(counts) if counts.on_time < counts.expected else "",
    )
    missed = [(total.unit, total.counts.missing) for total in summary.by_unit]
    missed_most = sorted((m for m in missed if m[1]), key=lambda m: m[1], reverse=True)
    silent = listing(missed_most, lambda m: texts.unit_and_number(*m))
    units = listing(summary.by_unit, texts.unit_in_period)

    def worst(_: int, names: Html) -> Html:
        return texts.missing_most(names)

    def render(limit: int) -> Html:
        return paragraphs(
            title,
            lines(_problems(texts, problems, limit), advice),
            lines(rates, _named(texts, worst, silent, min(limit, _MISSING_MOST))),
            lines(texts.by_unit, texts.rows(*units.cut(limit))),
        )

    return fitted(render)


def _problems(texts: Texts, problems: Listing, limit: int) -> Html:
    """Problems matter most: three of them stay for one name elsewhere."""
    shown, hidden = problems.cut(limit * 3)
    return texts.rows(shown, hidden, of=texts.problems_counted)


def _no_problems(texts: Texts, summary: Summary) -> str:
    """Silence is no good news: without a report nothing is known."""
    return texts.no_problems if summary.counts.actual else ""


def _reports(unit_days: Iterable[UnitDay]) -> list[tuple[Unit, Report]]:
    return [(d.unit, d.report) for d in unit_days if d.report]


def _late(texts: Texts, summary: Summary) -> Listing:
    return listing(
        _reports(summary.late), lambda d: texts.unit_at(d[0], d[1].first_submitted_at, d[1].day)
    )


def _missing(texts: Texts, summary: Summary) -> Listing:
    return listing(summary.missing, lambda d: texts.unit_name(d.unit))


def _named(texts: Texts, word: Callable[[int, Html], Html], listing: Listing, limit: int) -> Html:
    """One line with the number and the names, or none for nobody."""
    return word(listing.total, texts.names(*listing.cut(limit))) if listing.total else Html("")


def _day_in_brief(texts: Texts, summary: Summary) -> Callable[[int], Html]:
    """Return how to word the day with lists of a given length."""
    counts = summary.counts
    head = texts.day_in_brief(summary.first, counts)
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1]))
    rate = texts.on_time(counts) if counts.expected else ""
    late, silent = _late(texts, summary), _missing(texts, summary)
    return lambda limit: lines(
        head,
        _problems(texts, problems, limit),
        rate,
        _named(texts, texts.late, late, limit),
        _named(texts, texts.not_reported, silent, limit),
    )
