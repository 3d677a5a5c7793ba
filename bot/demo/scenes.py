"""What every act of the play needs: its people, its clock, and what is told and remembered of it."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo.casting import Company
from bot.demo.phones import Phone
from bot.demo.stage import DAY, PATIENCE_S, Stage, say
from bot.demo.telling import Narrator
from bot.domain.periods import Period, period
from bot.texts import Texts
from sandbox.people import Sandbox, SeenMessage

_QUIET_S = 0.3
_LOOK_EVERY_S = 0.05


@dataclass(slots=True)
class Play:
    """The `album` keeps phones as they looked in the middle of something."""

    stage: Stage
    box: Sandbox
    narrator: Narrator
    texts: Texts
    chance: random.Random
    album: dict[str, Phone] = field(default_factory=dict)

    async def scene(self, moment: datetime, title: str, *, within: int = 0) -> None:
        """Jump to the scene's time, or to one within so many minutes from it."""
        # Telegram keeps a press for 150 s only: no time is jumped over while one waits. What a scene
        # is about it has seen by then; a board or an older form may still be drawn after the jump.
        await self.passes(moment + timedelta(seconds=self.chance.randint(0, within * 60)))
        self.narrator.scene(title)

    async def passes(self, moment: datetime) -> None:
        """Let everything settle, and jump."""
        await self.box.idle(_QUIET_S, PATIENCE_S)
        await self.jump(moment)

    async def jump(self, moment: datetime) -> None:
        await self.box.jump(moment)
        self.narrator.set_clock(await self.box.now())

    async def newest_in(self, company: Company) -> int:
        return max(message.id for message in await company.group.messages())

    async def digest(self, company: Company, after: int, mark: str, told: str) -> SeenMessage:
        """Wait for what the group is told by now."""
        digest = await company.commander.sees(mark, company.group, after)
        self.narrator.tell(say.bot, told)
        return digest

    async def picture(self, company: Company, after: int) -> SeenMessage:
        """Wait for the picture of the month behind a digest."""
        title = self.texts.heat_map_title(*period(Period.MONTH, DAY))
        picture = await company.commander.sees(title, company.group, after)
        self.narrator.tell(say.bot, say.picture)
        return picture

    async def board(self, company: Company, text: str) -> SeenMessage:
        """Wait until a board is pinned that shows the text."""
        for _ in range(round(PATIENCE_S / _LOOK_EVERY_S)):
            found = [m for m in await company.group.pinned() if text in m.text]
            if found:
                return found[-1]
            await asyncio.sleep(_LOOK_EVERY_S)
        raise AssertionError(f"no pinned board ever showed {text!r}")
