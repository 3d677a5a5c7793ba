"""Several counts typed in one message: `hoàn thành 38, giỏi 5, khá 20`."""

import re
from collections.abc import Mapping

from bot.domain.names import fold

_PARTS = re.compile(r"[,;\n]")
_COUNT = re.compile(r"([^\d-]*?)[\s:=]*(\d{1,6})\s*([^\d-]*)", re.ASCII)


class NotCountsError(ValueError):
    """A part that is no word with a number, or whose word means nothing here or was said before."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


def read_counts(typed: str, words: Mapping[str, str]) -> dict[str, int]:
    """Return the counts by the key of their word; `words` are folded. Raises NotCountsError.

    The number stands before or behind its word.
    """
    counts: dict[str, int] = {}
    for part in (p.strip() for p in _PARTS.split(typed)):
        if not part:
            continue
        found = _COUNT.fullmatch(part)
        before, number, behind = found.groups() if found else ("", "0", "")
        key = words.get(fold((before or behind).strip()))
        if key is None or (before and behind) or key in counts:
            raise NotCountsError(part)
        counts[key] = int(number)
    if not counts:
        raise NotCountsError(typed.strip())
    return counts
