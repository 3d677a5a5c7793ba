"""A press comes in, is saved so that no power cut loses it, and the edited form goes out."""

import asyncio
import contextlib
import statistics
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.people import Sandbox
from tests.bench import stage
from tests.bench.crowd import Stepper, alone, arrive, before_form, together
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


@dataclass(frozen=True, slots=True)
class Contender:
    name: str
    program: str
    concurrency: int = 0
    profile: Path | None = None

    @property
    def is_ours(self) -> bool:
        return self.program.endswith("product")


OURS = Contender("the bot", "tests.bench.product")
PTB = Contender("bare PTB", "tests.bench.peers.ptb_bot")
AIOGRAM = Contender("bare aiogram", "tests.bench.peers.aiogram_bot")


@contextlib.asynccontextmanager
async def ready(
    folder: Path, contender: Contender, leaders: int, network_s: float = 0.0
) -> AsyncIterator[tuple[Sandbox, list[Stepper]]]:
    """Leaders of a bot, each before a form; the network is slow from here on."""
    folder.mkdir()
    async with contextlib.AsyncExitStack() as stack:
        box = await stack.enter_async_context(stage.telegram(folder))
        await box.jump(stage.moment("15:00"))
        way = (
            await stack.enter_async_context(stage.network(folder, box, network_s))
            if network_s
            else None
        )
        url = way.url if way else box.url
        database = folder / "bot.db"
        arguments, labels, word = [contender.program], list[str](), "/start"
        variables: Mapping[str, str]
        if contender.is_ours:
            await stage.fill(database, leaders, await box.now())
            arguments.append("run")
            labels, word = ["✏️ Nhập chi tiết"], "/baocao"
            profile = {"BENCH_PROFILE": str(contender.profile)} if contender.profile else {}
            variables = stage.environment(box, database, url) | profile
        else:
            variables = {
                "TOKEN": box.token,
                "API_URL": url,
                "DATABASE": str(database),
                "CONCURRENCY": str(contender.concurrency),
            }
        process = await stack.enter_async_context(
            stage.program(
                "-m",
                *arguments,
                core=stage.BOTS_CORE,
                log=folder / "bot.log",
                environment=variables,
            )
        )
        await stage.polls(box, process)
        people = await arrive(box, leaders, word=word)
        steppers = await asyncio.gather(*(before_form(person, *labels) for person in people))
        if way:
            way.slow_down()
        yield box, list(steppers)


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
    rates: dict[str, list[float]] = {}
    waits: dict[str, list[float]] = {}
    for number in range(size.rounds):
        for each in (OURS, *contenders):
            async with ready(folder / f"{number}-{each.name}", each, size.leaders) as (box, all_):
                rate = await together(box, all_, size.warm_s, size.seconds)
                rates.setdefault(each.name, []).append(rate)
                await box.idle(timeout=60)
                waits.setdefault(each.name, []).extend(await alone(box, all_[0], size.steps_alone))
    for each, goal in zip(contenders, (2.0, 1.3), strict=False):
        value = ratio(rates[OURS.name], rates[each.name])
        measured.at_least(f"steps a second against {each.name}", value, goal)
    await _over_network(folder, size, measured)
    for share, what in ((0.5, "median"), (0.99, "99th percentile")):
        found = percentile(waits[OURS.name], share) / percentile(waits[PTB.name], share)
        measured.told(f"alone, from press to edit: {what} against {PTB.name}", f"{found:.2f} ×")
    if measured.is_missed:
        kept = folder / "profile"
        mine = Contender(OURS.name, OURS.program, profile=kept)
        async with ready(folder / "profiled", mine, size.leaders) as (box, all_):
            await together(box, all_, size.warm_s, size.seconds)
        measured.profile = top_lines(kept)
    return measured


async def _over_network(folder: Path, size: Size, measured: Measured) -> None:
    ours: list[float] = []
    theirs: dict[int, list[float]] = {}
    for number in range(max(1, size.rounds // 2)):
        others = [Contender(PTB.name, PTB.program, many) for many in size.concurrencies]
        for each in (OURS, *others):
            place = folder / f"far-{number}-{each.name}-{each.concurrency}"
            async with ready(place, each, size.leaders, NETWORK_S) as (box, all_):
                rate = await together(box, all_, size.warm_s, size.seconds)
            (ours if each.is_ours else theirs.setdefault(each.concurrency, [])).append(rate)
    best = max(theirs, key=lambda many: statistics.median(theirs[many]))
    measured.at_least(
        f"{NETWORK_S * 1000:.0f} ms away, against {PTB.name} with concurrency {best}",
        ratio(ours, theirs[best]),
        3.5,
    )
