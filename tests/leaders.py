"""Leaders as they are: they do what the screen before them suggests, each by habits of their own."""

import asyncio
import contextlib
import math
import random
import time
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from bot.texts.vi import Vietnamese
from sandbox.people import Person, RefusedError, SeenMessage

LOOKS_EACH_S = 0.12
WITHOUT_FORM_S = 3.0
GIVES_UP_S = 90.0  # a machine may be busy with other things
MOST_AGAIN = 8

NORMAL, COPY, DETAIL = Vietnamese.normal, Vietnamese.copy_yesterday, Vietnamese.detail
SEND, EDIT, DONE = Vietnamese.send, Vietnamese.edit, Vietnamese.done
MORE = "➕"
RECEIVED = "Đã nhận báo cáo"
TAKEN = "Đã có báo cáo"
REVISED = ", lần "


class Phase(Enum):
    """What a leader answers to."""

    PROMPT = "15:30"
    REMINDER = "16:15"
    LATE = "16:30"
    NEVER = "20:00"


@dataclass(frozen=True, slots=True)
class Habit:
    """How one leader reports on one day.

    `patience`: seconds without any change on the screen until the button is pressed again; `asks`:
    types /baocao and does not wait for the prompt.
    """

    phase: Phase
    choice: str
    taps: int
    patience: float
    steps: int
    asks: bool
    corrects: bool

    @classmethod
    def draw(cls, chance: random.Random) -> "Habit":
        return cls(
            phase=chance.choices(list(Phase), (76, 12, 9, 3))[0],
            choice=chance.choices((NORMAL, COPY, DETAIL), (55, 25, 20))[0],
            taps=chance.choices((1, 2), (70, 30))[0],
            patience=chance.choice((math.inf, math.inf, 1.0, 0.5)),
            steps=chance.randint(1, 2),
            asks=chance.random() < 0.15,
            corrects=chance.random() < 0.15,
        )


@dataclass(slots=True)
class Leader:
    person: Person
    chance: random.Random
    stuck: list[str] = field(default_factory=list)
    looks_each_s: float = LOOKS_EACH_S
    gives_up_s: float = GIVES_UP_S
    is_silent: bool = False

    async def report(self, day: date, habit: Habit) -> None:
        """Report until the receipt is there; note it if that never comes."""
        # Most come at once, some straggle.
        await asyncio.sleep(self.chance.random() ** 3)
        asked_at = time.monotonic()
        has_asked = habit.asks
        if has_asked:
            await self.person.say("/baocao")
        end = asked_at + self.gives_up_s
        steps = habit.steps
        acted_on: tuple[int, str] | None = None
        button, acted_at, again = "", 0.0, 0
        while time.monotonic() < end:
            form = await self._form(day)
            if form is None:
                if not has_asked and time.monotonic() - asked_at > WITHOUT_FORM_S:
                    has_asked = True
                    await self.person.say("/baocao")
            elif _is_in(form) and (not habit.corrects or REVISED in form.text):
                return
            elif acted_on != (form.id, form.html):
                if _is_in(form):
                    steps = 1
                button = _suggested(form, habit, steps)
                steps -= button == MORE
                acted_on, acted_at, again = (form.id, form.html), time.monotonic(), 0
                await self._press(button, form.id, habit.taps)
            elif time.monotonic() - acted_at > habit.patience:
                # Where more does not go, nobody asks for more for ever.
                again += 1
                if again > MOST_AGAIN:
                    button = _suggested(form, habit, 0)
                acted_at = time.monotonic()
                await self._press(button, form.id, habit.taps)
            await asyncio.sleep(self.looks_each_s)
        shown = await self._form(day)
        seen = " | ".join(shown.labels) if shown else "nothing"
        self.stuck.append(f"leader {self.person.id} got no receipt for {day}; seen is: {seen}")

    async def _form(self, day: date) -> SeenMessage | None:
        """Return the newest message about that day's report."""
        mark = f":{day:%Y%m%d}:"
        for message in reversed(await self.person.messages()):
            data = (button.data or "" for row in message.buttons for button in row)
            if message.from_bot and any(mark in each for each in data):
                return message
        return None

    async def _press(self, button: str, message_id: int, taps: int) -> None:
        for _ in range(taps):
            # The screen may have changed under the thumb.
            with contextlib.suppress(RefusedError):
                await self.person.press(button, message_id)


def _is_in(form: SeenMessage) -> bool:
    return RECEIVED in form.text or TAKEN in form.text


def _suggested(form: SeenMessage, habit: Habit, steps: int) -> str:
    if SEND in form.labels:
        return SEND
    if DONE in form.labels:
        return MORE if steps > 0 else DONE
    if NORMAL in form.labels:
        return habit.choice if habit.choice in form.labels else NORMAL
    return EDIT
