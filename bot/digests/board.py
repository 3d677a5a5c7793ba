"""The pinned message of a day: where it stands, the worst first. Its text changes with facts alone."""

from collections.abc import Callable

from bot.digests.fitting import Listing, fitted, listing, named, problem_rows
from bot.domain.measures import State, UnitDay
from bot.domain.summaries import Summary
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

# Nobody reads more names than these on a phone; /conthieu has them all.
_NAMES_AT_MOST = 60
# From here on those who are on time are folded away: they need nothing.
_FOLDED_FROM = 16
# Reasons of more units than these would push away what matters.
_REASONS_AT_MOST = 5


def board(texts: Texts, summary: Summary) -> Html:
    """Show one day; an exemption may have been declared since it was begun."""
    if not summary.counts.expected:
        return texts.board_of_nothing(summary.command_name, summary.first)
    (window,) = summary.windows
    as_of = summary.as_of
    head = lines(
        texts.board_title(summary.command_name, summary.first, summary.counts),
        texts.board_bar(summary.counts),
        texts.board_hours(as_of, window),
    )
    problems = listing(summary.problems, lambda dated: texts.problem(dated[1]))
    is_over = as_of >= window.locks
    silent = [d for d in summary.missing if is_over or d.is_overdue(as_of)]
    waiting = [d for d in summary.unit_days if _is_waiting(d) and d not in silent]
    missed = listing(silent, lambda d: texts.unit_name(d.unit))
    awaited = listing(waiting, lambda d: _awaited(texts, d))
    exempt = listing(summary.exempt, lambda d: texts.unit_name(d.unit))
    if exempt.total <= _REASONS_AT_MOST:
        exempt = listing(summary.exempt, texts.board_excused)
    late = _reported(texts, summary, State.LATE)
    on_time = _reported(texts, summary, State.ON_TIME)

    def some_named(word: Callable[[int, Html], Html], found: Listing, limit: int) -> Html:
        return named(texts, word, found, min(limit, _NAMES_AT_MOST))

    def in_rows(word: Callable[[int, Html], Html], found: Listing, limit: int) -> Html:
        return word(found.total, texts.rows(*found.cut(limit))) if found.total else Html("")

    excused = in_rows if exempt.total <= _REASONS_AT_MOST else some_named

    def punctual(number: int, rows: Html) -> Html:
        return texts.board_on_time(number, rows, folded=number >= _FOLDED_FROM)

    def render(limit: int) -> Html:
        return paragraphs(
            head,
            problem_rows(texts, problems, limit),
            some_named(texts.board_silent if is_over else texts.board_overdue, missed, limit),
            in_rows(texts.board_late, late, limit),
            some_named(texts.board_waiting, awaited, limit),
            excused(texts.board_exempt, exempt, limit),
            in_rows(punctual, on_time, limit),
        )

    return fitted(render)


def _is_waiting(unit_day: UnitDay) -> bool:
    return unit_day.state in {State.MISSING, State.NOT_DUE}


def _awaited(texts: Texts, unit_day: UnitDay) -> Html:
    if unit_day.state is State.NOT_DUE:
        return texts.board_unopened(unit_day.unit, unit_day.window)
    return texts.unit_name(unit_day.unit)


def _reported(texts: Texts, summary: Summary, state: State) -> Listing:
    """Those whose report came in that state, the newest first."""
    came = [(d.unit, d.report) for d in summary.unit_days if d.state is state and d.report]
    came.sort(key=lambda found: found[1].first_submitted_at, reverse=True)
    return listing(came, lambda found: texts.board_report(*found))
