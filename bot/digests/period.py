"""A week, month, quarter or year as a message, always short enough for one."""

from collections.abc import Sequence

from bot.digests.fitting import fitted, listing, named, no_problems, problem_rows
from bot.digests.text import day_digest
from bot.domain.comparison import Comparison
from bot.domain.insights import Flag
from bot.domain.overviews import Overview
from bot.domain.periods import Period
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

_MISSING_MOST = 5
_COMPARED_BY_UNIT = frozenset({Period.WEEK, Period.MONTH})


def overview_message(texts: Texts, told: Overview) -> Html:
    """Tell a period of any length."""
    if told.period is Period.DAY:
        return day_digest(texts, told.summary, final=told.summary.is_over)
    return period_summary(texts, told.summary, told.comparison, told.flags)


def period_summary(
    texts: Texts,
    summary: Summary,
    comparison: Comparison | None = None,
    flags: Sequence[tuple[Unit, Flag]] = (),
) -> Html:
    """Tell more than a day: problems, rates and their change, what stands out, and a line a unit."""
    title = texts.period_title(summary.command_name, summary)
    counts = summary.counts
    if not counts.expected:
        nothing = texts.nothing_expected_between(summary.first, summary.last)
        return paragraphs(title, texts.not_open(summary.windows[0]) if summary.windows else nothing)
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1], dated[0]))
    advice = "" if problems.total else no_problems(texts, summary)
    rates = lines(
        texts.reported(counts),
        texts.on_time(counts),
        texts.late_and_missing(counts) if counts.on_time < counts.expected else "",
        texts.against(comparison) if comparison else "",
    )
    missed = [(total.unit, total.counts.missing) for total in summary.by_unit]
    missed_most = sorted((m for m in missed if m[1]), key=lambda m: m[1], reverse=True)
    silent = listing(missed_most, lambda m: texts.unit_and_number(*m))
    noted = listing(flags, lambda noted: texts.flag(noted[1], noted[0]))
    by_unit = comparison if comparison and comparison.period in _COMPARED_BY_UNIT else None
    changes = by_unit.by_unit if by_unit else {}
    units = listing(
        summary.by_unit, lambda total: texts.unit_in_period(total, changes.get(total.unit.id))
    )

    def worst(_: int, names: Html) -> Html:
        return texts.missing_most(names)

    def render(limit: int, less: int) -> Html:
        """`less` is the limit of what the units' own views tell as well."""
        return paragraphs(
            title,
            lines(problem_rows(texts, problems, limit), advice),
            lines(rates, named(texts, worst, silent, min(limit, _MISSING_MOST))),
            lines(texts.worth_noting, texts.rows(*noted.cut(less), of=texts.flags_counted))
            if noted.total
            else "",
            lines(
                texts.by_unit,
                texts.arrows(by_unit) if by_unit else "",
                texts.rows(*units.cut(limit)),
            ),
        )

    return fitted(lambda limit: render(limit, limit), lambda limit: render(limit, 0))
