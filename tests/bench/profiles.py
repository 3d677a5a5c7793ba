"""Where the time goes, in a few lines."""

import pstats
from collections import Counter
from pathlib import Path

_TOP = 12
_OWN = ("bot", "handlers", "storage")


def top_lines(kept: Path) -> list[str]:
    """The share of each library, and the functions that took most themselves; waiting left out."""
    stats = pstats.Stats(str(kept))
    own: list[tuple[float, int, str]] = []
    shares: Counter[str] = Counter()
    for (path, _, name), (_, calls, itself, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        if name == "<method 'poll' of 'select.epoll' objects>":
            continue
        part = _part(path)
        shares[part] += itself
        own.append((itself, calls, f"{part}: {name.strip('<>')}"))
    total = sum(shares.values()) or 1.0
    told = ", ".join(f"{part} {100 * s / total:.0f} %" for part, s in shares.most_common(8))
    lines = [f"by part: {told}"]
    for itself, calls, name in sorted(own, reverse=True)[:_TOP]:
        lines.append(f"{100 * itself / total:5.1f} %  {calls:>9,} calls  {name}")
    return lines


def _part(path: str) -> str:
    if path == "~":
        return "built in"
    parts = Path(path).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    for own in _OWN:
        if own in parts:
            return "/".join([own, *parts[parts.index(own) + 1 :]][:3])
    return Path(path).parent.name if Path(path).parent.name == "asyncio" else Path(path).stem
