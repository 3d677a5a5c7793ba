"""A week, month, quarter or year as a message, always short enough for one."""

from collections.abc import Sequence

from bot.digests.fitting import Listing, fitted, listing, named, no_problems, problem_rows
from bot.digests.text import day_digest
from bot.domain.comparison import Comparison
from bot.domain.insights import Flag
from bot.domain.overviews import Beyond, Overview
from bot.domain.periods import Period
from bot.domain.standings import Standing, full_days_in_a_row, longest_gap
from bot.domain.summaries import Summary
from bot.domain.targets import lagging
from bot.domain.trends import by_month
from bot.domain.units import Unit
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs

_NAMED_AT_MOST = 5
_COMPARED_BY_UNIT = frozenset({Period.WEEK, Period.MONTH})
_LATE_OFTEN = 3
_DAYS_IN_A_ROW = 2
_LAGGING_MOST = 3
_MONTHS_TOLD = 3  # a quarter or a year


def overview_message(texts: Texts, told: Overview) -> Html:
    """Tell a period of any length."""
    if isinstance(told.summary, Summary):
        return day_digest(texts, told.summary, final=told.summary.is_over)
    return period_summary(texts, told.summary, told.comparison, told.flags, told.beyond)


def period_summary(
    texts: Texts,
    told: Standing,
    comparison: Comparison | None = None,
    flags: Sequence[tuple[Unit, Flag]] = (),
    beyond: Beyond | None = None,
) -> Html:
    """Tell more than a day: problems, rates and their change, what stands out, and a line a unit."""
    title = texts.period_title(told.command_name, told)
    counts = told.counts
    if not counts.expected:
        nothing = texts.nothing_expected_between(told.first, told.last)
        return paragraphs(title, texts.not_open(told.windows[0]) if told.windows else nothing)
    problems = listing(told.problems, lambda dated: texts.problem(dated[1], dated[0]))
    advice = "" if problems.total else no_problems(texts, counts, has_unstated=told.has_unstated)
    muster = told.muster(told.first, told.last)
    rates = lines(
        texts.reported(counts),
        texts.on_time(counts),
        texts.late_and_missing(counts) if counts.on_time < counts.expected else "",
        texts.against(comparison) if comparison else "",
        texts.absent_on_average(muster) if muster.establishment else "",
        texts.incidents_in_period(told.incidents) if told.incidents else "",
    )
    habits = _Habits(texts, told)
    noted = listing(flags, lambda noted: texts.flag(noted[1], noted[0]))
    by_unit = comparison if comparison and comparison.period in _COMPARED_BY_UNIT else None
    changes = by_unit.by_unit if by_unit else {}
    units = listing(
        told.by_unit, lambda each: texts.unit_in_period(each, changes.get(each.unit.id))
    )
    months = by_month(told)
    course = (
        lines(texts.by_month, *(texts.part(part) for part in months if part.shares.known))
        if len(months) >= _MONTHS_TOLD
        else ""
    )

    def render(limit: int, less: int) -> Html:
        """`less` is the limit of what the units' own views tell as well."""
        return paragraphs(
            title,
            lines(problem_rows(texts, problems, limit), advice),
            lines(rates, habits.words(min(limit, _NAMED_AT_MOST))),
            course,
            _beyond(texts, beyond, min(limit, _NAMED_AT_MOST)) if beyond else "",
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


def _beyond(texts: Texts, told: Beyond, limit: int) -> Html:
    """Training, targets and exercises, each only where there is something."""
    training = Html("")
    if told.training:
        silent = [told.units[u] for u in told.training.without if u in told.units]
        training = lines(
            texts.training_in_period(told.training),
            named(texts, texts.without_attendance, listing(silent, texts.unit_name), limit),
        )
    behind = listing(lagging(told.targets), texts.lagging_target)
    shown = behind.cut(min(limit, _LAGGING_MOST))
    today = told.until
    exercises = listing(told.exercises, lambda each: texts.exercise_in_digest(each, today))
    return paragraphs(
        training,
        lines(
            texts.targets_in_period(told.targets, told.until),
            texts.rows(*shown, of=texts.targets_counted),
        )
        if told.targets
        else "",
        lines(
            texts.exercises_in_digest,
            texts.rows(*exercises.cut(min(limit, _LAGGING_MOST)), of=texts.exercises_counted),
        )
        if exercises.total
        else "",
    )


class _Habits:
    """Who is always on time, often late or silent, the most striking first."""

    def __init__(self, texts: Texts, told: Standing) -> None:
        self._texts = texts
        self._is_over = told.is_over
        self._full_days = full_days_in_a_row(told)
        always = [u.unit for u in told.by_unit if u.known and u.known == u.on_time]
        # Where all are, the rates have said so.
        self._always = listing(always if len(always) < len(told.by_unit) else [], texts.unit_name)
        self._missed = self._ranked([(u.unit, u.counts.missing) for u in told.by_unit], 1)
        self._late = self._ranked([(u.unit, u.late.bit_count()) for u in told.by_unit], _LATE_OFTEN)
        gaps = [
            (unit.unit, gap)
            for unit in told.by_unit
            if unit.missing.bit_count() >= _DAYS_IN_A_ROW
            and (gap := longest_gap(told, unit))
            and gap.length >= _DAYS_IN_A_ROW
        ]
        gaps.sort(key=lambda found: -found[1].length)
        self._gaps = listing(gaps, lambda found: texts.gap(*found))

    def words(self, limit: int) -> Html:
        texts = self._texts
        return lines(
            texts.full_days(self._full_days, is_over=self._is_over)
            if self._full_days >= _DAYS_IN_A_ROW
            else "",
            named(texts, texts.always_on_time, self._always, limit),
            named(texts, texts.late_often, self._late, limit),
            named(texts, lambda _, names: texts.missing_most(names), self._missed, limit),
            named(texts, texts.gaps, self._gaps, limit),
        )

    def _ranked(self, found: Sequence[tuple[Unit, int]], least: int) -> Listing:
        ranked = sorted((f for f in found if f[1] >= least), key=lambda f: -f[1])
        return listing(ranked, lambda each: self._texts.unit_and_number(*each))
