"""The bots that are compared, and leaders who stand before a form of one of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.people import Sandbox
from tests.bench import stage
from tests.bench.crowd import Pace, Stepper, alone, arrive, before_form, together


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


@dataclass(frozen=True, slots=True)
class Stand:
    """Leaders of a bot, each before a form."""

    box: Sandbox
    steppers: Sequence[Stepper]
    pid: int

    async def together(self, warm_s: float, seconds: float) -> Pace:
        return await together(
            self.box, self.steppers, warm_s, seconds, lambda: stage.processor_seconds(self.pid)
        )

    async def alone(self, steps: int) -> list[float]:
        """Return the seconds from each press of one leader to its edit."""
        # What is still under way of the crowd would be taken for the first answer.
        await self.box.idle(quiet=1.0, timeout=60)
        return await alone(self.box, self.steppers[0], steps)


@contextlib.asynccontextmanager
async def ready(
    folder: Path, contender: Contender, leaders: int, network_s: float = 0.0
) -> AsyncIterator[Stand]:
    """Bring leaders before their forms; the network is slow from here on."""
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
        yield Stand(box, steppers, process.pid)
