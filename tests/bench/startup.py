"""Starting, and what an idle bot keeps in memory."""

import asyncio
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench import stage
from tests.bench.contenders import OURS, PTB, Contender
from tests.bench.results import Measured, ratio

HEAVY = ("PIL", "openpyxl", "docx", "lxml", "hypothesis", "sandbox", "bot.demo")


@dataclass(frozen=True, slots=True)
class Size:
    rounds: int = 7
    idle_s: float = 3.0
    units: int = 13


TINY = Size(rounds=1, idle_s=0.2)


async def measure(folder: Path, size: Size) -> Measured:
    measured = Measured(
        "startup",
        "Starting, and doing nothing",
        f"From the start of the process to the first `getUpdates`, and resident memory {size.idle_s:g} s later, "
        f"with {size.units} units; against a bare PTB bot with aiosqlite, {size.rounds} times in turns.",
    )
    starts: dict[str, list[float]] = {OURS.name: [], PTB.name: []}
    memories: dict[str, list[float]] = {OURS.name: [], PTB.name: []}
    for number in range(size.rounds):
        for each in (OURS, PTB):
            start, memory = await _once(folder / f"{number}-{each.name}", each, size)
            starts[each.name].append(start)
            memories[each.name].append(memory)
    measured.at_most("time to start", ratio(starts[OURS.name], starts[PTB.name]), 1.3)
    measured.at_most("idle memory", ratio(memories[OURS.name], memories[PTB.name]), 1.3)
    measured.told("idle memory of the bot", f"{statistics.median(memories[OURS.name]):.0f} MB")
    loaded = await _loaded(folder)
    told = ", ".join(loaded) or "none"
    measured.holds("heavy parts loaded before they are needed", told, "none", is_met=not loaded)
    if measured.is_missed:
        measured.profile = await _slowest_imports(folder)
    return measured


async def _once(folder: Path, contender: Contender, size: Size) -> tuple[float, float]:
    folder.mkdir()
    async with stage.telegram(folder) as box:
        await box.jump(stage.moment("15:00"))
        database = folder / "bot.db"
        arguments: tuple[str, ...]
        if contender.is_ours:
            await stage.fill(database, size.units, await box.now())
            arguments, variables = ("-m", "bot", "run"), stage.environment(box, database)
        else:
            arguments = ("-m", contender.program)
            variables = {"TOKEN": box.token, "API_URL": box.url, "DATABASE": str(database)}
        began = time.monotonic()
        async with stage.program(
            *arguments, core=stage.BOTS_CORE, log=folder / "bot.log", environment=variables
        ) as process:
            await stage.polls(box, process)
            took = time.monotonic() - began
            await asyncio.sleep(size.idle_s)
            return took, await _resident_mb(process.pid)


async def _resident_mb(pid: int) -> float:
    asked = await asyncio.create_subprocess_exec(
        "ps", "-o", "rss=", "-p", str(pid), stdout=asyncio.subprocess.PIPE
    )
    told, _ = await asked.communicate()
    return int(told) / 1024


_PRINTS_LOADED = f"""
import sys, bot.app, bot.cli
print(*sorted(set({HEAVY!r}) & set(sys.modules)))
"""


async def _loaded(folder: Path) -> list[str]:
    async with stage.program(
        "-c", _PRINTS_LOADED, core=stage.BOTS_CORE, log=folder / "loaded.log"
    ) as process:
        told, _ = await process.communicate()
    if process.returncode:
        raise LookupError((folder / "loaded.log").read_text("utf-8"))
    return told.decode().split()


async def _slowest_imports(folder: Path) -> list[str]:
    """The modules whose own loading takes longest, as Python itself tells it."""
    log = folder / "imports.log"
    async with stage.program(
        "-X", "importtime", "-c", "import bot.cli, bot.app", core=stage.BOTS_CORE, log=log
    ) as process:
        await process.communicate()
    rows = [line.removeprefix("import time:").split("|") for line in log.read_text().splitlines()]
    packages: dict[str, int] = {}
    for own, _, module in (row for row in rows[1:] if len(row) == 3):
        name = module.strip().split(".")[0]
        packages[name] = packages.get(name, 0) + int(own)
    total = sum(packages.values())
    most = sorted(packages.items(), key=lambda item: -item[1])[:12]
    return [f"{100 * own / total:5.1f} %  import of {name}" for name, own in most]
