"""A press comes in, is saved so that no power cut loses it, and the edited form goes out."""

import statistics
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contenders import AIOGRAM, OURS, PTB, Contender, ready
from tests.bench.crowd import Pace
from tests.bench.profiles import top_lines
from tests.bench.results import Measured, percentile, ratio

NETWORK_S = 0.05


@dataclass(frozen=True, slots=True)
class Size:
    leaders: int = 200
    rounds: int = 5
    warm_s: float = 2.0
    seconds: float = 6.0
    steps_alone: int = 300
    concurrencies: tuple[int, ...] = (16, 64, 256)


TINY = Size(leaders=4, rounds=1, warm_s=0.2, seconds=0.5, steps_alone=5, concurrencies=(16,))


async def measure(
    folder: Path, size: Size, contenders: tuple[Contender, ...] = (PTB, AIOGRAM)
) -> Measured:
    measured = Measured(
        "form_step",
        "A form step",
        "One press on a form: it is saved with `synchronous=FULL`, and the edited form goes out. "
        f"{size.leaders} leaders press side by side, each as soon as the form has changed, without limits "
        f"of sending; {size.rounds} rounds, the bots in turns. The bare bots do the same with a table and a "
        "handler of ten lines, without draft, rights, audit, repeats or a durable outbox. With a network that "
        f"takes {NETWORK_S * 1000:.0f} ms each way, PTB is given several concurrencies, of which the best counts.",
    )
    paces: dict[str, list[Pace]] = {}
    waits: dict[str, list[float]] = {}
    for number in range(size.rounds):
        for each in (OURS, *contenders):
            async with ready(folder / f"{number}-{each.name}", each, size.leaders) as stand:
                pace = await stand.together(size.warm_s, size.seconds)
                paces.setdefault(each.name, []).append(pace)
                waits.setdefault(each.name, []).extend(await stand.alone(size.steps_alone))
    for each, goal in zip(contenders, (2.0, 1.3), strict=False):
        ours, theirs = paces[OURS.name], paces[each.name]
        value = ratio([p.a_second for p in ours], [p.a_second for p in theirs])
        measured.at_least(f"steps a second against {each.name}", value, goal)
        if all(pace.processor_s for pace in ours + theirs):
            used = ratio([p.processor_s for p in ours], [p.processor_s for p in theirs])
            measured.told(f"processor time a step against {each.name}", f"{used:.2f} ×")
    await _over_network(folder, size, measured)
    for share, what in ((0.5, "median"), (0.99, "99th percentile")):
        found = percentile(waits[OURS.name], share) / percentile(waits[PTB.name], share)
        measured.told(f"alone, from press to edit: {what} against {PTB.name}", f"{found:.2f} ×")
    if measured.is_missed:
        kept = folder / "profile"
        mine = Contender(OURS.name, OURS.program, profile=kept)
        async with ready(folder / "profiled", mine, size.leaders) as stand:
            await stand.together(size.warm_s, size.seconds)
        measured.profile = top_lines(kept)
    return measured


async def _over_network(folder: Path, size: Size, measured: Measured) -> None:
    ours: list[float] = []
    theirs: dict[int, list[float]] = {}
    for number in range(max(1, size.rounds // 2)):
        others = [Contender(PTB.name, PTB.program, many) for many in size.concurrencies]
        for each in (OURS, *others):
            place = folder / f"far-{number}-{each.name}-{each.concurrency}"
            async with ready(place, each, size.leaders, NETWORK_S) as stand:
                pace = await stand.together(size.warm_s, size.seconds)
            kept = ours if each.is_ours else theirs.setdefault(each.concurrency, [])
            kept.append(pace.a_second)
    best = max(theirs, key=lambda many: statistics.median(theirs[many]))
    measured.at_least(
        f"{NETWORK_S * 1000:.0f} ms away, against {PTB.name} with concurrency {best}",
        ratio(ours, theirs[best]),
        3.5,
    )
