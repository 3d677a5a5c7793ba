"""`python -m tests.bench.making DATABASE KIND WAY`: make one file, and tell what that took, as JSON.

KIND is picture, workbook or report; WAY is bot or plain. Memory is what the making added at its most.
"""

import asyncio
import contextlib
import json
import os
import resource
import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.config import Settings
from bot.domain.measures import UnitDay
from bot.domain.periods import Period, period
from bot.rendering import Rendering, paint
from bot.screens.message import Document, File, Message, Paper, Photo, Picture
from bot.services import overviews, pictures
from bot.texts import Library
from storage.database import Database
from tests.bench import plain_files
from tests.bench.filed import ASKED, NOW
from tests.bench.profiles import profiled

LOOKS_EACH_S = 0.002
MADE_OF = {"workbook": Paper.WORKBOOK, "report": Paper.REPORT}


@dataclass(frozen=True, slots=True)
class Made:
    seconds: float
    memory_mb: float
    stall_ms: float
    size: int


class StandingClock(Clock):
    def now(self) -> datetime:
        return NOW

    def running(self) -> timedelta:
        return timedelta()


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 2**20


async def _by_bot(database: Database, settings: Settings, kind: str) -> bytes:
    library = Library(settings.timezone, settings.language)
    rendering = Rendering(
        database, StandingClock(), settings.schedule, library, paint, settings.letterhead
    )
    first, _ = period(Period.MONTH, ASKED)
    wanted: Picture | Document = (
        Picture(Period.MONTH, first, "vi")
        if kind == "picture"
        else Document(MADE_OF[kind], Period.MONTH, first, "vi")
    )
    made: Photo | File | Message = await rendering.render(wanted)
    if isinstance(made, Message):
        raise TypeError("that is no file")
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
    settings = Settings(_env_file=None)
    async with Database.open(path) as database:
        stop = asyncio.Event()
        watching = asyncio.create_task(longest_stall(stop))
        await asyncio.sleep(0.05)
        before, began = _peak_mb(), time.perf_counter()
        make = _by_bot if way == "bot" else _plainly
        kept = os.environ.get("BENCH_PROFILE")
        with profiled(Path(kept)) if kept else contextlib.nullcontext():
            content = await make(database, settings, kind)
        took, peak = time.perf_counter() - began, _peak_mb()
        stop.set()
        return Made(took, peak - before, 1000 * await watching, len(content))


if __name__ == "__main__":
    made = asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
    sys.stdout.write(json.dumps(asdict(made)))
