"""Leaders who press as soon as the screen before them has changed."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sandbox.people import Call, Person, RefusedError, Sandbox
from tests.bench.stage import FIRST_LEADER

LOOKS_EACH_S = 0.015
AT_ONCE = 32


async def arrive(box: Sandbox, leaders: int, *, word: str = "/start") -> list[Person]:
    """Let leaders open their chats with the bot by saying something."""
    door = asyncio.Semaphore(AT_ONCE)

    async def come(number: int) -> Person:
        async with door:
            person = await box.person(FIRST_LEADER + number)
            await person.say(word)
            return person

    return list(await asyncio.gather(*(come(n) for n in range(1, leaders + 1))))


@dataclass(slots=True)
class Watch:
    """Reads Telegram's ledger once for everybody, and tells each chat what was done in it."""

    box: Sandbox
    method: str | None = None
    calls: list[Call] = field(default_factory=list)
    _after: int = 0
    _news: defaultdict[int, asyncio.Event] = field(
        default_factory=lambda: defaultdict(asyncio.Event)
    )

    async def begin(self) -> None:
        """Only what is called from now on counts."""
        known = await self.box.calls()
        self._after = known[-1].n if known else 0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOKS_EACH_S)

    async def look(self) -> None:
        for call in await self.box.calls(self.method, self._after):
            if call.running and not call.applied and call.method != "getUpdates":
                break  # those behind it are told with it, in the next look
            self._after = call.n
            self.calls.append(call)
            if call.applied and "chat_id" in call.params:
                self._news[int(call.params["chat_id"])].set()

    async def news(self, chat_id: int, within_s: float = 60.0) -> None:
        """Wait until the bot did something in the chat, once more."""
        async with asyncio.timeout(within_s):
            await self._news[chat_id].wait()
        self._news[chat_id].clear()

    def forget(self, chat_id: int) -> None:
        self._news[chat_id].clear()


@dataclass(slots=True)
class Stepper:
    """A leader before a form with ➖ and ➕."""

    person: Person
    message_id: int

    async def step(self, watch: Watch, number: int) -> None:
        watch.forget(self.person.id)
        await self.person.press("➖" if number % 2 else "➕", self.message_id)
        await watch.news(self.person.id)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast steps are made, and the processor's seconds that the bot uses for one."""

    a_second: float
    processor_s: float


async def together(
    box: Sandbox,
    steppers: Sequence[Stepper],
    warm_s: float,
    seconds: float,
    processor_seconds: Callable[[], float],
) -> Pace:
    """Let all of them press for a while."""
    watch = Watch(box, "editMessageText")
    await watch.begin()
    watching = asyncio.create_task(watch.run())

    async def go_on(stepper: Stepper) -> None:
        number = 0
        while True:
            await stepper.step(watch, number)
            number += 1

    going = [asyncio.create_task(go_on(stepper)) for stepper in steppers]
    try:
        await asyncio.sleep(warm_s)
        before, began, used = len(watch.calls), time.monotonic(), processor_seconds()
        await asyncio.sleep(seconds)
        made = len(watch.calls) - before
        took, used = time.monotonic() - began, processor_seconds() - used
        for task in [*going, watching]:
            if task.done():
                task.result()
        return Pace(made / took, used / max(1, made))
    finally:
        for task in [*going, watching]:
            task.cancel()
        await asyncio.gather(*going, watching, return_exceptions=True)


async def alone(box: Sandbox, stepper: Stepper, steps: int) -> list[float]:
    """Return the seconds from each press to its edit, by Telegram's own time."""
    watch = Watch(box, "editMessageText")
    await watch.begin()
    watching = asyncio.create_task(watch.run())
    try:
        for number in range(steps):
            await stepper.step(watch, number)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    presses = [u for u in await box.updates() if u.kind == "callback_query"][-steps:]
    edits = [call for call in watch.calls if call.applied][-steps:]
    return [
        (edit.at - press.made_at).total_seconds()
        for press, edit in zip(presses, edits, strict=True)
    ]


async def before_form(person: Person, *labels: str) -> Stepper:
    """Press what leads to the steps, and stand before them."""
    for label in labels:
        shown = await person.sees_button(label, timeout=60)
        try:
            await person.press(label, shown.id)
        except RefusedError:
            await person.press(label, (await person.sees_button(label)).id)
    return Stepper(person, (await person.sees_button("➕", timeout=60)).id)
