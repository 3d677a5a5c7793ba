"""`python -m tests.bench.making DATABASE KIND WAY`: make a file twice, and tell what that took, as JSON.

KIND is picture, workbook or report; WAY is bot or plain. Memory is what the making added at its most, and
all of the worker's own.
"""

import asyncio
import contextlib
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.domain.measures import UnitDay
from bot.domain.periods import Period, period
from bot.making import Making
from bot.orders import Wanted
from bot.screens.message import Document, File, Paper, Photo, Picture
from bot.services import overviews, pictures
from bot.workshop import Workshop, terms_of
from storage.database import Database
from tests.bench import plain_files
from tests.bench.filed import ASKED, NOW
from tests.bench.profiles import profiled

LOOKS_EACH_S = 0.002
_OF_MB = 2**20 if sys.platform == "darwin" else 1024
MADE_OF = {"workbook": Paper.WORKBOOK, "report": Paper.REPORT}


Make = Callable[[str], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Made:
    seconds: float
    again_s: float
    memory_mb: float
    stall_ms: float
    size: int


async def longest_stall(stop: asyncio.Event) -> float:
    """Seconds that the loop kept its next task waiting, at most."""
    longest = 0.0
    while not stop.is_set():
        before = time.perf_counter()
        await asyncio.sleep(LOOKS_EACH_S)
        longest = max(longest, time.perf_counter() - before - LOOKS_EACH_S)
    return longest


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # the other way begins with what the parent process had
        (line,) = (n for n in status.read_text("utf-8").splitlines() if n.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _OF_MB


def _wanted(kind: str) -> Wanted:
    first, _ = period(Period.MONTH, ASKED)
    if kind == "picture":
        return Picture(Period.MONTH, first, "vi")
    return Document(MADE_OF[kind], Period.MONTH, first, "vi")


@contextlib.asynccontextmanager
async def _way(way: str, database: Database, settings: Settings) -> AsyncIterator[Make]:
    """The bot's way goes through its worker; `profiled` does the same work in this process."""
    terms = terms_of(settings)
    if way == "plain":
        yield lambda kind: _plainly(database, settings, kind)
    elif kept := os.environ.get("BENCH_PROFILE"):
        with profiled(Path(kept)):
            yield lambda kind: _by_bot(Making(terms).make, kind)
    else:
        async with Workshop.open(terms) as workshop:
            yield lambda kind: _by_bot(workshop.make, kind)


async def _by_bot(make: Callable[[Wanted, datetime], Awaitable[Photo | File]], kind: str) -> bytes:
    made = await make(_wanted(kind), NOW)
    return made.png if isinstance(made, Photo) else made.content


async def _plainly(database: Database, settings: Settings, kind: str) -> bytes:
    first, last = period(Period.MONTH, ASKED)
    async with database.snapshot() as session:
        if kind == "picture":
            chart = await pictures.month(session, settings.schedule, first, NOW)
            return await asyncio.to_thread(plain_files.picture, chart)
        told = await overviews.account(session, settings.schedule, first, last, NOW)
    days: tuple[UnitDay, ...] = told.summary.unit_days
    write = plain_files.workbook if kind == "workbook" else plain_files.document
    return await asyncio.to_thread(write, days)


async def main(path: Path, kind: str, way: str) -> Made:
    settings = Settings(_env_file=None, database_path=path)
    async with Database.open(path) as database:
        stop = asyncio.Event()
        watching = asyncio.create_task(longest_stall(stop))
        await asyncio.sleep(0.05)
        before, began = _peak_mb(), time.perf_counter()
        async with _way(way, database, settings) as make:
            content = await make(kind)
            took, began = time.perf_counter() - began, time.perf_counter()
            await make(kind)
            again = time.perf_counter() - began
            stop.set()
            stall = await watching
        workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _OF_MB
        return Made(took, again, _peak_mb() - before + workers, 1000 * stall, len(content))


if __name__ == "__main__":
    made = asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
    sys.stdout.write(json.dumps(asdict(made)))
