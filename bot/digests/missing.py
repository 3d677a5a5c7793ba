"""Who has not reported on a day, and who was asked for it."""

from collections.abc import Sequence

from bot.digests.fitting import fitted, listing, named
from bot.domain.measures import UnitDay
from bot.domain.nudging import Missing, Nudged, NudgeOutcome
from bot.domain.summaries import Summary
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs


def missing(texts: Texts, found: Missing) -> Html:
    summary = found.summary
    if told := _nobody(texts, summary):
        return told
    (window,) = summary.windows
    units = listing(summary.missing, lambda d: texts.missing_unit(d, _note(texts, found, d)))
    title = lines(
        texts.missing_title(summary.counts, units.total),
        texts.day_and_progress(summary.as_of, window),
    )
    return fitted(lambda limit: paragraphs(title, texts.rows(*units.cut(limit))))


def nudged_all(texts: Texts, summary: Summary, tried: Sequence[Nudged]) -> Html:
    """Tell who was nudged, who was passed over, and why."""
    if told := _nobody(texts, summary):
        return told
    (window,) = summary.windows
    if summary.is_over:
        return texts.nudging_over(window)

    def found(outcome: NudgeOutcome) -> list[Nudged]:
        return [n for n in tried if n.outcome is outcome]

    done = listing(found(NudgeOutcome.NUDGED), lambda n: texts.unit_name(n.unit_day.unit))
    recent = listing(
        found(NudgeOutcome.RECENT),
        lambda n: (
            texts.unit_nudged(n.unit_day.unit, n.last, window)
            if n.last
            else texts.unit_name(n.unit_day.unit)
        ),
    )
    silent = listing(found(NudgeOutcome.UNREACHABLE), lambda n: texts.unit_name(n.unit_day.unit))
    locked = listing(found(NudgeOutcome.LOCKED), lambda n: texts.unit_name(n.unit_day.unit))

    def render(limit: int) -> Html:
        return paragraphs(
            lines(texts.nudged_title(done.total, window), texts.names(*done.cut(limit))),
            named(texts, texts.nudged_nobody, silent, limit),
            named(texts, texts.nudged_just_now, recent, limit),
            named(texts, texts.nudged_too_late, locked, limit),
        )

    return fitted(render)


def _nobody(texts: Texts, summary: Summary) -> Html | None:
    """Return what there is to say where nobody is missing."""
    counts = summary.counts
    if not counts.expected:
        return texts.nothing_expected(summary.first)
    if counts.actual == counts.expected:
        return texts.all_reported(summary.first, counts)
    if not summary.has_opened:
        (window,) = summary.windows
        return lines(texts.not_open(window), texts.reported(counts) if counts.actual else "")
    return None


def _note(texts: Texts, found: Missing, unit_day: UnitDay) -> str:
    unit_id = unit_day.unit.id
    if unit_id in found.unreachable:
        return texts.nobody_gets_messages
    last = found.last_nudges.get(unit_id)
    return texts.nudged_at(last, unit_day.window) if last else ""
