"""Lists that are cut until a message fits: Telegram takes no longer one."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.measures import Counts
from bot.texts import Texts
from bot.texts.markup import Html

T = TypeVar("T")

# Telegram counts UTF-16 units of what is left when the tags are read, and takes 4096; a line that the
# message is late may still be added.
LONGEST_MESSAGE = 4000
# How many entries of each list are tried.
LIMITS = (
    1000,
    700,
    500,
    350,
    250,
    180,
    130,
    100,
    80,
    60,
    50,
    40,
    30,
    25,
    20,
    15,
    12,
    9,
    7,
    5,
    3,
    2,
    1,
)
_TAG = re.compile(r"<[^>]*>")


def shown_length(text: Html) -> int:
    """Return how long the message is for Telegram."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries that are shown as far as they fit: `total` is how many there are."""

    entries: tuple[Html, ...]
    total: int

    def cut(self, limit: int) -> tuple[tuple[Html, ...], int]:
        """Return the first entries and the number of those left out."""
        shown = self.entries[:limit]
        return shown, self.total - len(shown)


def listing(items: Sequence[T], entry: Callable[[T], Html]) -> Listing:
    """Word the items, as many as a message could hold."""
    entries: list[Html] = []
    room = LONGEST_MESSAGE
    for item in items:
        entries.append(entry(item))
        room -= shown_length(entries[-1]) + len(", ")
        if room < 0:
            break
    return Listing(tuple(entries), len(items))


def fitted(*renders: Callable[[int], Html]) -> Html:
    """Return the first text that fits, each render tried with ever shorter lists.

    The last render with lists of one always fits: every name is cut to a bounded length.
    """
    tries = (render(limit) for render in renders for limit in LIMITS)
    return next(text for text in tries if shown_length(text) <= LONGEST_MESSAGE)


def named(texts: Texts, word: Callable[[int, Html], Html], found: Listing, limit: int) -> Html:
    """One line with the number and the names, or none for nobody."""
    return word(found.total, texts.names(*found.cut(limit))) if found.total else Html("")


def problem_rows(texts: Texts, problems: Listing, limit: int) -> Html:
    """Problems matter most: three of them stay for one name elsewhere."""
    shown, hidden = problems.cut(limit * 3)
    return texts.rows(shown, hidden, of=texts.problems_counted)


def no_problems(texts: Texts, counts: Counts, *, has_unstated: bool) -> str:
    """Silence is no good news: neither a missing report nor a question left open."""
    return texts.no_problems if counts.actual and not has_unstated else ""
