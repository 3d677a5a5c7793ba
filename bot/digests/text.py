"""Days as messages for the command group, always short enough for one message."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from bot.digests.fitting import LIMITS, Listing, fitted, listing, named, no_problems, problem_rows
from bot.domain.exercises import Readiness
from bot.domain.measures import UnitDay
from bot.domain.reports import Report
from bot.domain.summaries import Summary
from bot.domain.units import Unit
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

# So many recommendations are read on a phone; who wants all looks at the units.
_RECOMMENDATIONS_MOST = 15
_INCIDENTS_MOST = 10
_EXERCISES_MOST = 4
_SESSIONS_MOST = 8


def day_digest(texts: Texts, summary: Summary, *, final: bool, escalated: bool = False) -> Html:
    """Tell one day: problems first, then who reported, then the strength of those that did.

    `escalated`: units are still missing well after due, and that comes before all else.
    """
    counts = summary.counts
    title = texts.day_title(summary.command_name, summary.first)
    if not counts.expected:
        nothing = texts.nothing_expected(summary.first)
        return fitted(
            lambda limit: paragraphs(
                title,
                _incidents(texts, summary, limit),
                nothing,
                _exempt(texts, summary, limit),
                _today(texts, summary, limit),
            )
        )
    (window,) = summary.windows
    if not summary.has_opened and not counts.actual:
        return fitted(
            lambda limit: paragraphs(
                title,
                _incidents(texts, summary, limit),
                texts.not_open(window),
                _today(texts, summary, limit),
            )
        )
    progress = texts.final if final else texts.escalation if escalated else texts.progress
    head = lines(title, progress(summary.as_of, window))
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1]))
    advice = (
        texts.call_units
        if problems.total
        else no_problems(texts, summary.counts, has_unstated=bool(summary.unstated))
    )
    rates = lines(texts.reported(counts), texts.on_time(counts))
    late, silent = _late(texts, summary), _missing(texts, summary)
    in_time = listing(summary.still_in_time, lambda d: texts.unit_at(d.unit, d.window.due, d.day))
    corrected = listing(
        _reports(summary.corrected_after_due),
        lambda d: texts.unit_at(d[0], d[1].revised_at, d[1].day),
    )
    open_questions = [
        (key, listing(found, lambda d: texts.unit_name(d.unit))) for key, found in summary.unstated
    ]
    strength = texts.strength_of(summary.strength, summary.sample_units)
    recommended = listing(summary.recommendations, lambda r: texts.recommendation(r[0].unit, r[1]))

    def render(limit: int, less: int) -> Html:
        """`less` is the limit of what may be looked up elsewhere."""
        return paragraphs(
            head,
            _incidents(texts, summary, less),
            lines(
                problem_rows(texts, problems, limit),
                advice,
                *(
                    texts.not_stated(key, texts.names(*names.cut(less)))
                    for key, names in open_questions
                ),
            ),
            lines(
                rates,
                named(texts, texts.late, late, limit),
                named(texts, texts.not_reported, silent, limit),
                named(texts, texts.still_in_time, in_time, limit),
                named(texts, texts.corrected_after_due, corrected, limit),
                _exempt(texts, summary, less),
            ),
            strength,
            _today(texts, summary, less),
            lines(
                texts.recommendations,
                texts.rows(
                    *recommended.cut(min(less, _RECOMMENDATIONS_MOST)),
                    of=texts.recommendations_counted,
                ),
            )
            if recommended.total
            else "",
        )

    return fitted(lambda limit: render(limit, limit), lambda limit: render(limit, 0))


def late_digest(
    texts: Texts, summaries: Sequence[Summary], exercises: Sequence[Readiness] = ()
) -> Html:
    """Tell several past days in one message, oldest first; the newest stay if not all fit.

    `exercises` are those that press now, whatever the days are.
    """
    title = texts.late_title(summaries[0].command_name, len(summaries))
    details = texts.details_of_day(summaries[-1].first)
    days = [_day_in_brief(texts, summary) for summary in summaries[-LIMITS[0] :]]

    def render(names: int, most: int) -> Html:
        shown = [day(names) for day in days[-most:]]
        hidden = len(summaries) - len(shown)
        return paragraphs(
            lines(title, texts.rows((), hidden, of=texts.days_counted)),
            *shown,
            _incidents(texts, summaries[-1], names),
            _exercises(texts, exercises, summaries[-1].as_of.date(), names),
            details,
        )

    return fitted(
        lambda limit: render(limit, len(days)),
        lambda limit: render(1, limit),
    )


def _reports(unit_days: Iterable[UnitDay]) -> list[tuple[Unit, Report]]:
    return [(d.unit, d.report) for d in unit_days if d.report]


def _late(texts: Texts, summary: Summary) -> Listing:
    return listing(_reports(summary.late), lambda d: texts.late_unit(*d))


def _missing(texts: Texts, summary: Summary) -> Listing:
    in_time = summary.still_in_time
    silent = [d for d in summary.missing if d not in in_time]
    return listing(silent, lambda d: texts.unit_name(d.unit))


def _incidents(texts: Texts, summary: Summary, limit: int) -> Html:
    """Incidents that are not closed, the newest first: those that are old wait already."""
    found = listing(summary.open_incidents[::-1], texts.open_incident)
    shown = found.cut(min(limit, _INCIDENTS_MOST))
    names = texts.names(*shown, of=texts.open_incidents_counted)
    return texts.open_incidents(names) if found.total else Html("")


def _today(texts: Texts, summary: Summary, limit: int) -> Html:
    """What is on besides reports: the day's sessions, and the exercises ahead."""
    held = listing(summary.activities, texts.session_in_digest)
    shown = held.cut(min(limit, _SESSIONS_MOST))
    return paragraphs(
        lines(texts.activities_of_day, texts.rows(*shown, of=texts.sessions_counted))
        if held.total
        else "",
        _exercises(texts, summary.exercises, summary.as_of.date(), limit),
    )


def _exercises(texts: Texts, exercises: Sequence[Readiness], today: date, limit: int) -> Html:
    """Exercises that are near or behind, the next one first."""
    found = listing(exercises, lambda each: texts.exercise_in_digest(each, today))
    if not found.total:
        return Html("")
    shown = found.cut(min(limit, _EXERCISES_MOST))
    return lines(texts.exercises_in_digest, texts.rows(*shown, of=texts.exercises_counted))


def _exempt(texts: Texts, summary: Summary, limit: int) -> Html:
    """Who owes nothing and why; a reason that many share is said once."""
    exempt = summary.exempt
    if len(exempt) > 1 and len({d.exempt_reason for d in exempt}) == 1:
        names = listing(exempt, lambda d: texts.unit_name(d.unit))
        reason = exempt[0].exempt_reason
        return texts.exempt(names.total, texts.names(*names.cut(limit)), reason)
    units = listing(exempt, lambda d: texts.exempt_unit(d.unit, d.exempt_reason))
    return named(texts, texts.exempt, units, limit)


def _day_in_brief(texts: Texts, summary: Summary) -> Callable[[int], Html]:
    """Return how to word the day with lists of a given length."""
    counts = summary.counts
    head = texts.day_in_brief(summary.first, counts)
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1]))
    rate = texts.on_time(counts) if counts.expected else ""
    late, silent = _late(texts, summary), _missing(texts, summary)
    return lambda limit: lines(
        head,
        problem_rows(texts, problems, limit),
        rate,
        named(texts, texts.late, late, limit),
        named(texts, texts.not_reported, silent, limit),
    )
