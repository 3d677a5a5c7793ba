"""The page of figures, from what is kept of each measure."""

import platform
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from tests.bench.results import Figure, Measured

_LIBRARIES = ("python-telegram-bot", "aiogram", "aiosqlite", "aiohttp", "httpx", "pillow")
_MARKS = {True: "yes", False: "**no**", None: ""}


def page(measures: Iterable[Measured]) -> str:
    return "\n".join(_lines(measures)).rstrip() + "\n"


def _lines(measures: Iterable[Measured]) -> Iterator[str]:
    yield "# Performance"
    yield ""
    yield (
        "Written by `make bench` (one measure: `make bench ONLY=name`). What is compared ran side by side in "
        "one run, in turns; a ratio is the median of the turns' ratios. The embedded Telegram and the people "
        "on it have a processor of their own. Goals that were not reached are told with a profile."
    )
    yield ""
    yield ", ".join(_versions()) + "."
    for measured in measures:
        yield ""
        yield f"## {measured.title}"
        yield ""
        yield measured.how
        yield ""
        if measured.failure:
            yield f"This measure failed: {measured.failure}"
            continue
        yield "| what | reached | goal | met |"
        yield "| --- | --- | --- | --- |"
        yield from map(_row, measured.figures)
        yield ""
        yield f"`{measured.name}`, {measured.scale} size, {measured.seconds:.0f} s."
        if measured.profile:
            yield ""
            yield "Where the time goes:"
            yield ""
            yield "```"
            yield from measured.profile
            yield "```"


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    yield f"SQLite {sqlite3.sqlite_version}"
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):  # a peer is installed only to be measured
            yield f"{name} {version(name)}"


def _row(figure: Figure) -> str:
    return f"| {figure.what} | {figure.reached} | {figure.goal} | {_MARKS[figure.is_met]} |"
