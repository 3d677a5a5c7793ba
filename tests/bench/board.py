"""The pinned board while reports pour in."""

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

from sandbox.people import Call
from tests.bench import stage
from tests.bench.crowd import Watch, arrive
from tests.bench.prompts import bot
from tests.bench.results import Measured
from tests.house import ADMIN_ID
from tests.leaders import NORMAL, SEND


@dataclass(frozen=True, slots=True)
class Size:
    leaders: int = 200
    within_s: float = 10.0


TINY = Size(leaders=6, within_s=0.5)


async def measure(folder: Path, size: Size) -> Measured:
    measured = Measured(
        "board",
        "The board",
        f"{size.leaders} leaders have their cards open and press `{SEND}` within {size.within_s:g} s, with the "
        "limits of sending as they are, under the model `sliding`.",
    )
    place = folder / "board"
    place.mkdir()
    async with contextlib.AsyncExitStack() as stack:
        box = await stack.enter_async_context(stage.telegram(place))
        await box.jump(stage.moment("15:00"))
        people = await arrive(box, size.leaders)
        await stage.forget_updates(box)
        await stage.fill(place / "bot.db", size.leaders, await box.now())
        process = await stack.enter_async_context(bot(place, box))
        await stage.polls(box, process)
        admin = await box.person(ADMIN_ID)
        await admin.say("/start")
        await admin.sees("Các lệnh", timeout=20)
        group = await box.group("Nhóm chỉ huy", [admin])
        await admin.say("/nhom", chat=group)
        await group.sees("nhóm chỉ huy của", timeout=20)
        await box.post("limits", model="sliding")
        await box.jump(stage.moment("15:31"))
        for person in people:
            await person.press(NORMAL, timeout=60)
        for person in people:
            await person.sees_button(SEND, timeout=60)
        await asyncio.sleep(4)  # the board may be edited again
        watch = Watch(box)
        await watch.begin()
        watching = asyncio.create_task(watch.run())
        pause = size.within_s / size.leaders
        presses = []
        for person in people:
            presses.append(asyncio.create_task(person.press(SEND)))
            await asyncio.sleep(pause)
        await asyncio.gather(*presses)
        last = (await box.updates())[-1].made_at
        full = f"{size.leaders}/{size.leaders}"
        shows: Call | None = None
        async with asyncio.timeout(60):
            while shows is None:
                await asyncio.sleep(0.05)
                shows = next((c for c in _edits(watch, group.id) if full in c.params["text"]), None)
        await box.idle(quiet=4, timeout=60)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    measured.at_most(
        "from the last report to the board that shows it",
        (shows.at - last).total_seconds(),
        5.0,
        " s",
    )
    edits = _edits(watch, group.id)
    refused = sum(c.status == 429 for c in watch.calls)
    measured.holds("answers 429", refused, "0", is_met=not refused)
    measured.told("edits of the board meanwhile", str(len(edits)))
    return measured


def _edits(watch: Watch, chat_id: int) -> list[Call]:
    return [
        c
        for c in watch.calls
        if c.method == "editMessageText" and c.applied and int(c.params["chat_id"]) == chat_id
    ]
