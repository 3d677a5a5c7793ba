"""The page of what was sampled: how to read it, the figures, and the verdict."""

import platform
import sqlite3
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from tests.soak.month import AT_ONCE, Played
from tests.soak.verdict import Judged, faults

_LIBRARIES = ("python-telegram-bot", "aiosqlite", "httpx", "pillow")
_VERDICT = {True: "yes", False: "**no**"}


def page(played: Played, judgement: Sequence[Judged]) -> str:
    return "\n".join(_lines(played, judgement)) + "\n"


def _lines(played: Played, judgement: Sequence[Judged]) -> Iterator[str]:
    wrong = faults(judgement)
    days = len(played.samples)
    yield "# A month without a break"
    yield ""
    yield f"**{'Not flat' if wrong else 'Flat'} after warm-up.** Written by `make soak`."
    yield ""
    yield f"![Memory, descriptors, write-ahead log and tables over {days} days](soak.png)"
    yield ""
    yield (
        f"The real bot, as one process with the service unit's environment and never started again, serves {played.units} units for "
        f"{days} days. The embedded Telegram is another process, and its clock jumps from one moment of "
        f"the day to the next. Up to {AT_ONCE} leaders press at the same time, most of them twice a day; some copy, "
        "have absences, are late, correct themselves or do not report. A commander asks for summaries, "
        "pictures and files meanwhile. Each night brings an encrypted backup and the purge. Two things "
        "are not as in life: nothing paces what is sent, and the night's jobs are started by the program, "
        "since APScheduler follows the machine's clock."
    )
    yield ""
    yield (
        f"{played.presses:,} presses, {played.sent:,} calls to Telegram, "
        f"{played.samples[-1].rows['report']:,} reports; {played.seconds / 60:.0f} minutes. "
        f"{', '.join(_versions())}."
    )
    yield ""
    yield "## How to read it"
    yield ""
    yield (
        "Each morning, when all is quiet, the process and its files are looked at from outside. The first "
        "third of the days is the warm-up: what is kept for a week has then been kept for a week, and each "
        "kind of picture and file was made once. The last third is compared with the second. Tables that are kept for "
        "good (dashed in the picture) grow by design, and must not grow faster than people report; every "
        "other table must not grow. Memory is as high as the largest file and picture of the month so far made it."
    )
    yield ""
    yield "## Figures"
    yield ""
    yield "| what | first third | second | last | rule for the last third | kept |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for judged in judgement:
        figures = " | ".join(f"{value:,.{judged.digits}f}" for value in judged.figures)
        unit = f", {judged.unit}" if judged.unit else ""
        yield f"| {judged.name}{unit} | {figures} | {judged.rule} | {_VERDICT[judged.is_good]} |"


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    yield f"SQLite {sqlite3.sqlite_version}"
    for name in _LIBRARIES:
        yield f"{name} {version(name)}"
