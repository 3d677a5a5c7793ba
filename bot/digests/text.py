"""Summaries as messages for the command group, always short enough for one message."""

import html
import re
from collections.abc import Callable, Sequence

from bot.domain.summaries import Summary
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

# Telegram counts UTF-16 units of what is left when the tags are read.
LONGEST_MESSAGE = 4096
# A name and its comma take at least so many letters that more of them never fit.
_MOST_ITEMS = 1000
_MISSING_MOST = 5
_TAG = re.compile(r"<[^>]*>")


def shown_length(text: Html) -> int:
    """Return how long the message is for Telegram."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def day_digest(texts: Texts, summary: Summary, *, final: bool) -> Html:
    """Tell one day: problems first, then who reported, then the strength of those that did."""
    title = texts.day_title(summary.command_name, summary.first)
    if not summary.counts.expected:
        return paragraphs(title, texts.nothing_expected(summary.first))
    (window,) = summary.windows
    if not summary.has_opened and not summary.counts.actual:
        return paragraphs(title, texts.not_open(window))
    progress = texts.final if final else texts.progress
    strength = texts.strength_of(summary.strength, summary.sample_units)
    problems = [texts.problem(problem) for _, problem in summary.problems]
    advice = texts.call_units if problems else _no_problems(texts, summary)

    def render(limit: int) -> Html:
        return paragraphs(
            lines(title, progress(summary.as_of, window)),
            lines(_problems(texts, problems, limit), advice),
            lines(
                texts.reported(summary.counts),
                texts.on_time(summary.counts),
                _late(texts, summary, limit),
                _missing(texts, summary, limit),
                _corrected(texts, summary, limit),
            ),
            strength,
        )

    return _fitted(render)


def late_digest(texts: Texts, summaries: Sequence[Summary]) -> Html:
    """Tell several past days in one message, oldest first; the newest stay if not all fit."""
    title = texts.late_title(summaries[0].command_name, len(summaries))

    def render(names: int, days: int) -> Html:
        shown = [_day_in_brief(texts, summary, names) for summary in summaries[-days:]]
        hidden = len(summaries) - len(shown)
        return paragraphs(
            lines(title, texts.rows((), hidden, of=texts.days_counted)),
            *shown,
            texts.details_of_day(summaries[-1].first),
        )

    return _fitted(
        lambda limit: render(limit, len(summaries)),
        lambda limit: render(1, limit),
    )


def period_summary(texts: Texts, summary: Summary) -> Html:
    """Tell more than a day: rates, problems, who misses most, and a line a unit."""
    title = texts.period_title(summary)
    counts = summary.counts
    if not counts.expected:
        nothing = texts.nothing_expected_between(summary.first, summary.last)
        return paragraphs(title, texts.not_open(summary.windows[0]) if summary.windows else nothing)
    problems = [texts.problem(problem, day) for day, problem in summary.problems]
    advice = "" if problems else _no_problems(texts, summary)
    by_unit = [texts.unit_in_period(total) for total in summary.by_unit]
    missing_most = sorted(
        (total for total in summary.by_unit if total.counts.missing),
        key=lambda total: -total.counts.missing,
    )
    names = [texts.unit_and_number(total.unit, total.counts.missing) for total in missing_most]

    def render(limit: int) -> Html:
        return paragraphs(
            title,
            lines(_problems(texts, problems, limit), advice),
            lines(
                texts.reported(counts),
                texts.on_time(counts),
                texts.late_and_missing(counts) if counts.actual != counts.on_time or names else "",
                texts.missing_most(_names(texts, names, min(limit, _MISSING_MOST)))
                if names
                else "",
            ),
            lines(texts.by_unit, _rows(texts, by_unit, limit)),
        )

    return _fitted(render)


def missing(texts: Texts, summary: Summary) -> Html:
    """Tell who has not reported on a day."""
    counts = summary.counts
    if not counts.expected:
        return texts.nothing_expected(summary.first)
    if counts.actual == counts.expected:
        return texts.all_reported(summary.first, counts)
    (window,) = summary.windows
    if not summary.has_opened:
        return lines(texts.not_open(window), texts.reported(counts) if counts.actual else "")
    units = [texts.missing_unit(unit_day) for unit_day in summary.missing]
    title = lines(
        texts.missing_title(counts, len(units)),
        texts.day_and_progress(summary.as_of, window),
    )
    return _fitted(lambda limit: paragraphs(title, _rows(texts, units, limit)))


def _fitted(*renders: Callable[[int], Html]) -> Html:
    """Return the first text that fits, each render tried with ever shorter lists.

    The last render with lists of one must fit: names are cut to a bounded length.
    """
    text = Html("")
    for render in renders:
        limit = _MOST_ITEMS
        while limit:
            text = render(limit)
            if shown_length(text) <= LONGEST_MESSAGE:
                return text
            limit = limit * 3 // 4
    return text


def _names(texts: Texts, items: Sequence[Html], limit: int) -> Html:
    return texts.names(items[:limit], max(len(items) - limit, 0))


def _rows(texts: Texts, items: Sequence[Html], limit: int) -> Html:
    return texts.rows(items[:limit], max(len(items) - limit, 0))


def _problems(texts: Texts, problems: Sequence[Html], limit: int) -> Html:
    """Problems matter most: three of them stay for one name elsewhere."""
    most = limit * 3
    hidden = max(len(problems) - most, 0)
    return texts.rows(problems[:most], hidden, of=texts.problems_counted)


def _no_problems(texts: Texts, summary: Summary) -> str:
    """Silence is no good news: without a report nothing is known."""
    return texts.no_problems if summary.counts.actual else ""


def _missing(texts: Texts, summary: Summary, limit: int) -> Html:
    names = [texts.unit_name(unit_day.unit) for unit_day in summary.missing]
    return texts.not_reported(len(names), _names(texts, names, limit)) if names else Html("")


def _late(texts: Texts, summary: Summary, limit: int) -> Html:
    names = [
        texts.unit_at(d.unit, d.report.first_submitted_at, d.day) for d in summary.late if d.report
    ]
    return texts.late(len(names), _names(texts, names, limit)) if names else Html("")


def _corrected(texts: Texts, summary: Summary, limit: int) -> Html:
    names = [
        texts.unit_at(d.unit, d.report.revised_at, d.day)
        for d in summary.corrected_after_due
        if d.report
    ]
    return texts.corrected_after_due(_names(texts, names, limit)) if names else Html("")


def _day_in_brief(texts: Texts, summary: Summary, limit: int) -> Html:
    problems = [texts.problem(problem) for _, problem in summary.problems]
    return lines(
        texts.day_in_brief(summary.first, summary.counts),
        _problems(texts, problems, limit),
        texts.on_time(summary.counts) if summary.counts.expected else "",
        _late(texts, summary, limit),
        _missing(texts, summary, limit),
    )
