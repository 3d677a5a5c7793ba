"""All runs, several at once, and the table of what they came to."""

import argparse
import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tests import kills
from tests.days import ROOT, USUAL_LEADERS
from tests.faults import day, page
from tests.faults.day import Outcome, Scenario
from tests.faults.page import Line
from tests.faults.scenarios import everything
from tests.faults.sync import STRACE, Order, read

PAGE = ROOT / "docs" / "reliability.md"
KILLS = 220
KILLS_A_RUN = 22
# Of a day with few leaders most is waiting; a crowd's phones are one processor's work.
A_PROCESSOR = 3
_PURPOSE = "Run every fault, and write down what it cost; status 1 if it cost anything."
TRACED = "sync before offset"


def run_day(name: str, seed: int, folder: Path) -> Outcome:
    """Play one scenario; what stops the play itself is the outcome's problem."""
    scenario = next(each for each in everything(seed) if each.name == name)
    return play(scenario, seed, folder)


def play(scenario: Scenario, seed: int, folder: Path) -> Outcome:
    place = folder / scenario.name.replace(" ", "-").replace(",", "")
    place.mkdir()
    try:
        return asyncio.run(day.play(scenario, place, seed))
    except Exception as error:  # noqa: BLE001 - the outermost place: the other scenarios go on
        return Outcome(scenario.name, problem=f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Unplayed:
    problem: str


def run_kills(number: int, seed: int, folder: Path) -> kills.Played | Unplayed:
    place = folder / f"kills-{number}"
    place.mkdir()
    try:
        return asyncio.run(kills.play(place, kills=KILLS_A_RUN, seed=seed + number))
    except Exception as error:  # noqa: BLE001 - as above
        return Unplayed(f"kills {number}: {error!r}")


@dataclass(frozen=True, slots=True)
class Traced:
    order: Order
    problem: str


def run_traced(seed: int, folder: Path) -> Traced:
    """An undisturbed day under strace."""
    trace = folder / "trace"
    scenario = Scenario(TRACED, "", {}, wrapped=(*STRACE, "-o", str(trace)))
    outcome = play(scenario, seed, folder)
    return Traced(read(trace) if trace.exists() else Order(0, 0), outcome.problem)


Done = Outcome | kills.Played | Traced | Unplayed


@dataclass(slots=True)
class Results:
    lines: dict[str, Line]
    killed: list[kills.Played]
    order: Order | None = None
    reason: str = "strace is not there"
    problem: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=_PURPOSE)
    parser.add_argument(
        "--only", metavar="NAME", action="append", help="one of them; may come again"
    )
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--kills", type=int, default=KILLS, help="how many, in runs of 22")
    parser.add_argument("--at-once", type=int, default=A_PROCESSOR * (os.cpu_count() or 2))
    parser.add_argument(
        "--out", type=Path, default=None, help=f"the page; {PAGE.name} without --only"
    )
    options = parser.parse_args(arguments)
    chosen = [each for each in everything(options.seed) if _is_chosen(each.name, options.only)]
    runs = (
        range(-(-options.kills // KILLS_A_RUN)) if _is_chosen("kills", options.only) else range(0)
    )
    traced = _is_chosen(TRACED, options.only)
    names = [*(each.name for each in everything(options.seed)), "kills", TRACED]
    unknown = set(options.only or ()) - set(names)
    if unknown:
        parser.error(
            f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(names)}"
        )
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="trucbao-faults-"))
    folder.chmod(0o755)
    results = _run(chosen, runs, options.seed, folder, traced=traced, at_once=options.at_once)
    lines = [results.lines[each.name] for each in chosen]
    if results.killed:
        lines += page.of_kills(results.killed)
    minutes = (time.monotonic() - began) / 60
    out = options.out or (None if options.only else PAGE)
    if out:
        _write(out, page.page(lines, results.order, results.reason, options.seed, minutes))
    bad = [line for line in lines if not line.is_good]
    page.say("\n" + "\n".join(map(page.row, lines)))
    page.say(f"columns: {', '.join(page.HEAD)}")
    for line in bad:
        for why in filter(None, (line.problem, *line.details)):
            page.say(f"{line.name}: {why}")
    if results.order:
        page.say(
            f"synced before the offset: {results.order.synced} of {results.order.acknowledged}"
        )
    is_good = not bad and not results.problem and (not results.order or results.order.is_kept)
    if is_good:
        shutil.rmtree(folder)
        return 0
    page.say(f"{results.problem}\nkept: {folder}".strip())
    return 1


def _is_chosen(name: str, only: Sequence[str] | None) -> bool:
    return only is None or name in only


def _run(
    chosen: Sequence[Scenario],
    runs: range,
    seed: int,
    folder: Path,
    *,
    traced: bool,
    at_once: int,
) -> Results:
    results = Results({}, [])
    has_strace = shutil.which(STRACE[0]) is not None
    crowds = [each for each in chosen if each.units > USUAL_LEADERS]
    small: list[Callable[[], Done]] = [
        *(partial(run_kills, n, seed, folder) for n in runs),  # the longest first
        *([partial(run_traced, seed, folder)] if traced and has_strace else []),
        *(partial(run_day, each.name, seed, folder) for each in chosen if each not in crowds),
    ]
    crowded: list[Callable[[], Done]] = [
        partial(run_day, each.name, seed, folder) for each in crowds
    ]
    whats = {each.name: each.what for each in chosen}
    for jobs, workers in ((crowded, max(1, at_once // A_PROCESSOR)), (small, at_once)):
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            futures = [pool.submit(job) for job in jobs]
            for number, future in enumerate(as_completed(futures), 1):
                told = _take(results, future.result(), whats)
                page.say(f"{number}/{len(futures)} {told}")
    return results


def _take(results: Results, came: Done, whats: Mapping[str, str]) -> str:
    """Put one result to the others, and say what it is."""
    match came:
        case Outcome():
            line = page.of_day(came, whats[came.name])
            results.lines[came.name] = line
            return page.row(line)
        case kills.Played():
            results.killed.append(came)
            return f"{len(came.deaths)} kills, {len(came.faults)} faults"
        case Traced():
            results.order = came.order
            results.problem += came.problem
            return f"{TRACED}: {came.order.synced} of {came.order.acknowledged}"
        case Unplayed():
            results.problem += f"{came.problem}\n"
            return came.problem


def _write(path: Path, text: str) -> None:
    """All of the page or nothing of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
