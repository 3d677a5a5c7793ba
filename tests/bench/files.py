"""Pictures, workbooks and reports: time, memory, and how long the bot hears nobody meanwhile."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import stage
from tests.bench.filed import filed
from tests.bench.profiles import top_lines
from tests.bench.results import Measured, ratio

KINDS = ("picture", "workbook", "report")
STALL_MS = 50


@dataclass(frozen=True, slots=True)
class Size:
    units: tuple[int, ...] = (13, 500)
    rounds: int = 5


TINY = Size(units=(13,), rounds=1)


async def measure(folder: Path, size: Size) -> Measured:
    measured = Measured(
        "files",
        "Pictures, workbooks and reports",
        "A month, each file twice in a process that has made none, against the plainest way of making one of the "
        "same facts: squares drawn with Pillow, rows appended with openpyxl, a table of python-docx. The first "
        "has the start of the bot's worker and the loading of the libraries in it. Memory is what the making "
        "adds at its most, and all that the worker has; a stall is how long the event loop lets its next task wait."
        " Bot and worker share one processor.",
    )
    for units in size.units:
        database = folder / f"{units}.db"
        await filed(database, units, 2)
        for kind in KINDS:
            made: dict[str, list[dict[str, float]]] = {"bot": [], "plain": []}
            for _ in range(size.rounds):
                for way, kept in made.items():
                    kept.append(await _make(folder, database, kind, way))
            _tell(measured, f"{units} units, {kind}", made)
    if measured.is_missed:
        for kind in KINDS:
            profile = folder / f"{kind}.profile"
            await _make(folder, folder / f"{size.units[-1]}.db", kind, "bot", profile)
            measured.profile += [f"{kind}, {size.units[-1]} units", *top_lines(profile)[:6]]
    return measured


def _tell(measured: Measured, what: str, made: dict[str, list[dict[str, float]]]) -> None:
    def of(way: str, figure: str) -> list[float]:
        return [each[figure] for each in made[way]]

    stall = median(of("bot", "stall_ms"))
    measured.at_most(f"{what}: longest stall of the loop", stall, STALL_MS, " ms")
    measured.told(f"{what}: stall of the plain way", f"{median(of('plain', 'stall_ms')):.0f} ms")
    measured.told(
        f"{what}: time, time of the second, memory and size against the plain way",
        ", ".join(
            f"{ratio(of('bot', figure), of('plain', figure)):.2f} ×"
            for figure in ("seconds", "again_s", "memory_mb", "size")
        ),
    )


async def _make(
    folder: Path, database: Path, kind: str, way: str, profile: Path | None = None
) -> dict[str, float]:
    async with stage.program(
        "-m",
        "tests.bench.making",
        str(database),
        kind,
        way,
        core=stage.BOTS_CORE,
        log=folder / "making.log",
        environment={"BENCH_PROFILE": str(profile)} if profile else {},
    ) as process:
        told, _ = await process.communicate()
    if process.returncode:
        raise LookupError((folder / "making.log").read_text("utf-8"))
    made: dict[str, Any] = json.loads(told)
    return made
