"""Summaries as messages for the command group, always short enough for one message."""

from collections.abc import Sequence

from bot.domain.summaries import Summary
from bot.texts import Texts
from bot.texts.markup import Html


def day_digest(texts: Texts, summary: Summary, *, final: bool) -> Html:
    """Tell one day: problems first, then who reported, then the strength of those that did."""
    raise NotImplementedError(texts, summary, final)


def late_digest(texts: Texts, summaries: Sequence[Summary]) -> Html:
    """Tell several past days in one message, oldest first."""
    raise NotImplementedError(texts, summaries)


def period_summary(texts: Texts, summary: Summary) -> Html:
    """Tell more than a day: rates, a line a unit, problems, and who misses most."""
    raise NotImplementedError(texts, summary)


def missing(texts: Texts, summary: Summary) -> Html:
    """Tell who has not reported on a day."""
    raise NotImplementedError(texts, summary)
