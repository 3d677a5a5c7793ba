"""A prompt to every leader at the opening: how evenly, and what a 429 or a kill does to it."""

import asyncio
import contextlib
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sandbox.botapi import LIMITED
from sandbox.people import Call, Person, Sandbox
from tests.bench import stage
from tests.bench.crowd import Watch, arrive
from tests.bench.results import Measured, percentile
from tests.leaders import NORMAL, SEND

A_SECOND = 30
MODELS = ("sliding", "bucket", "ban")
RETRY_AFTER_S = 3


@dataclass(frozen=True, slots=True)
class Size:
    leaders: int = 3321
    answering: int = 150
    of_429: int = 240
    of_kill: int = 600


TINY = Size(leaders=40, answering=3, of_429=40, of_kill=40)


@dataclass(slots=True)
class Morning:
    """A bot whose leaders are about to be asked."""

    box: Sandbox
    people: list[Person]
    watch: Watch
    process: asyncio.subprocess.Process

    def prompts(self) -> list[Call]:
        return [c for c in self.watch.calls if c.method == "sendMessage" and c.applied]

    def refused(self) -> list[Call]:
        return [c for c in self.watch.calls if c.status == 429]

    async def asked(self, many: int, within_s: float) -> None:
        async with asyncio.timeout(within_s):
            while len({c.params["chat_id"] for c in self.prompts()}) < many:  # noqa: ASYNC110 - another process sends
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def opening(
    folder: Path, leaders: int, model: str | None = None
) -> AsyncIterator[tuple[Morning, contextlib.AsyncExitStack]]:
    """The clock has just come to the opening. The second value can hold another life of the bot."""
    folder.mkdir()
    database = folder / "bot.db"
    async with contextlib.AsyncExitStack() as stack:
        box = await stack.enter_async_context(stage.telegram(folder))
        await box.jump(stage.moment("15:29"))
        people = await arrive(box, leaders)
        await stage.forget_updates(box)
        await stage.fill(database, leaders, await box.now())
        process = await stack.enter_async_context(bot(folder, box))
        await stage.polls(box, process)
        await asyncio.sleep(1)  # its first answer is heard: only then are people asked
        await box.post("limits", model=model)
        watch = Watch(box)
        await watch.begin()
        watching = asyncio.create_task(watch.run())
        try:
            await box.jump(stage.moment("15:30"))
            yield Morning(box, people, watch, process), stack
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


def bot(
    folder: Path, box: Sandbox
) -> contextlib.AbstractAsyncContextManager[asyncio.subprocess.Process]:
    return stage.program(
        "-m",
        "bot",
        "run",
        core=stage.BOTS_CORE,
        log=folder / "bot.log",
        environment=stage.environment(box, folder / "bot.db"),
    )


async def measure(folder: Path, size: Size) -> Measured:
    measured = Measured(
        "prompts",
        "Asking everybody",
        f"The prompt to {size.leaders} leaders at the opening, with the limits of sending as they are, under "
        f"three models of Telegram's limits; {size.answering} of them report as soon as they are asked. Then a "
        f"Telegram that answers 429 to everything for {RETRY_AFTER_S} s, and a `kill -9` halfway.",
    )
    for model in MODELS:
        await _evenly(folder / model, size, model, measured)
    await _after_429(folder / "429", size, measured)
    await _killed(folder / "kill", size, measured)
    return measured


async def _evenly(folder: Path, size: Size, model: str, measured: Measured) -> None:
    async with opening(folder, size.leaders, model) as (morning, _):
        step = max(1, size.leaders // size.answering)
        answering = [
            asyncio.create_task(_answer(morning, person)) for person in morning.people[::step]
        ]
        await morning.asked(size.leaders, 60 + size.leaders / 5)
        # Whoever was asked last is still answering: they are not in the time that is measured.
        prompts = morning.prompts()
        await asyncio.gather(*answering)
        receipts = await _receipt_waits(morning.box, morning.watch.calls)
        began, ended = prompts[0].at, prompts[-1].at
        limited = [c for c in morning.watch.calls if c.method in LIMITED and began <= c.at <= ended]
        rate = (len(limited) - 1) / (ended - began).total_seconds()
    measured.at_least(f"`{model}`: of {A_SECOND} a second", 100 * rate / A_SECOND, 96.5, " %")
    refused = len(morning.refused())
    measured.holds(f"`{model}`: answers 429", refused, "0", is_met=not refused)
    measured.at_most(f"`{model}`: slowest receipt meanwhile", max(receipts), 2.0, " s")
    measured.told(f"`{model}`: median receipt", f"{percentile(receipts, 0.5):.2f} s")


async def _answer(morning: Morning, person: Person) -> None:
    for label in (NORMAL, SEND):
        await morning.watch.news(person.id, within_s=300)
        await person.press(label)
    await morning.watch.news(person.id)


async def _receipt_waits(box: Sandbox, calls: Sequence[Call]) -> list[float]:
    """Seconds from each leader's last press to the last edit in that chat."""
    pressed = {
        u.body["callback_query"]["from"]["id"]: u.made_at
        for u in await box.updates()
        if u.kind == "callback_query"
    }
    told = {int(c.params["chat_id"]): c.at for c in calls if c.method == "editMessageText"}
    return [(told[who] - at).total_seconds() for who, at in pressed.items()]


async def _after_429(folder: Path, size: Size, measured: Measured) -> None:
    async with opening(folder, size.of_429) as (morning, _):
        await morning.asked(size.of_429 // 2, 60)
        await morning.box.fault(
            "sendMessage",
            "status",
            times=None,
            code=429,
            description=f"Too Many Requests: retry after {RETRY_AFTER_S}",
            parameters={"retry_after": RETRY_AFTER_S},
        )
        await asyncio.sleep(RETRY_AFTER_S)
        await morning.box.clear_faults()
        await morning.asked(size.of_429, 60)
        refused = morning.refused()
    in_flight = [c for c in refused if (c.at - refused[0].at).total_seconds() < 0.02]
    beyond = len(refused) - len(in_flight)
    measured.holds(
        f"429 to everything for {RETRY_AFTER_S} s: answers beyond those in flight",
        beyond,
        "≤ 1",
        is_met=beyond <= 1,
    )


async def _killed(folder: Path, size: Size, measured: Measured) -> None:
    async with opening(folder, size.of_kill) as (morning, stack):
        await morning.asked(size.of_kill // 2, 60)
        morning.process.send_signal(signal.SIGKILL)
        await morning.process.wait()
        await stack.enter_async_context(bot(folder, morning.box))
        await _all_sent(folder / "bot.db", 60 + size.of_kill / 20)
        await morning.watch.look()
        times = Counter(int(c.params["chat_id"]) for c in morning.prompts())
    rows = sqlite3.connect(folder / "bot.db").execute(
        "SELECT chat_id FROM outbox WHERE kind = 'prompt' AND state = 'doubtful'"
    )
    doubtful = {int(row[0]) for row in rows}
    lost = [p.id for p in morning.people if not times[p.id] and p.id not in doubtful]
    doubled = [chat for chat, many in times.items() if many > 1]
    measured.holds(
        "killed halfway: not asked, and not known as in doubt", len(lost), "0", is_met=not lost
    )
    measured.holds("killed halfway: asked twice", len(doubled), "0", is_met=not doubled)
    measured.told("killed halfway: in doubt, not repeated by the rule", str(len(doubtful)))


async def _all_sent(path: Path, within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while await asyncio.to_thread(_waiting, path):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.2)


def _waiting(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        asked = "SELECT count(*) FROM outbox WHERE kind = 'prompt'"
        units, sent = (
            connection.execute(sql).fetchone()[0]
            for sql in (
                "SELECT count(*) FROM unit",
                f"{asked} AND state NOT IN ('pending', 'sending')",
            )
        )
    return cast("int", units) - cast("int", sent)
