"""The day itself, scene after scene. The seed decides who has which habit, and when the bot dies."""

import asyncio
import random
from datetime import datetime, timedelta

from bot.demo.cast import RECEIVED, Actor
from bot.demo.casting import Company, cast, together
from bot.demo.phones import Phone, phone_of
from bot.demo.stage import DAY, PATIENCE_S, Stage, at, say
from bot.demo.telling import Narrator
from bot.domain.forms import DUTY
from bot.domain.periods import Period, period
from bot.texts import Texts
from sandbox.people import Sandbox

SCENES = 10  # the nine here, and the count at the end

_WRITES_EACH_S = 1.2
_REASONS = ("leave", "sick", "on_mission", "studying")


class Day:
    """One play, with the company that it casts in its first scene.

    `album` keeps phones as they looked in the middle of something.
    """

    def __init__(
        self, stage: Stage, box: Sandbox, narrator: Narrator, texts: Texts, seed: int
    ) -> None:
        self._stage = stage
        self._box = box
        self._narrator = narrator
        self._texts = texts
        self.album: dict[str, Phone] = {}
        self._chance = random.Random(seed)  # noqa: S311 - a play that can be repeated, no secret

    async def play(self) -> Company:
        await self._scene("15:00", say.invited)
        company = await cast(self._stage, self._box, self._narrator, self._texts, self._chance)
        await self._stranger_writes(company)
        await self._scene("15:30", say.opened)
        await self._opening(company)
        await self._scene("15:36", say.in_detail, within=6)
        await self._details(company)
        await self._scene("15:46", say.killed, within=8)
        await self._death_in_a_burst(company)
        await self._scene("16:02", say.in_between, within=8)
        await self._in_between(company)
        await self._scene("16:15", say.reminded)
        await self._reminder(company)
        heard = await self._newest_in(company)
        await self._scene("16:30", say.due)
        self._narrator.quote(await self._digest(company, heard, say.digest))
        await self._scene("16:40", say.late, within=60)
        await company.late.reports_normal()
        heard = await self._newest_in(company)
        await self._scene("20:00", say.locked)
        company.silent.tell(say.silent)
        await self._digest(company, heard, say.final)
        return company

    async def _scene(self, clock_time: str, title: str, *, within: int = 0) -> None:
        """Jump to the scene's time, or to one within so many minutes from it."""
        moment: datetime = at(clock_time) + timedelta(seconds=self._chance.randint(0, within * 60))
        # Telegram keeps a press for 150 s only: no time is jumped over while one waits, nor while
        # the bot, which writes once a second to a person, has something left to write.
        await self._box.idle(_WRITES_EACH_S, PATIENCE_S)
        await self._box.jump(moment)
        self._narrator.set_clock(await self._box.now())
        self._narrator.scene(title)

    async def _stranger_writes(self, company: Company) -> None:
        await company.stranger.writes("Cho tôi xem báo cáo")
        answer = await company.stranger.person.sees("được mời", PATIENCE_S)
        company.stranger.tell(say.read(answer.text))

    async def _opening(self, company: Company) -> None:
        """Those who wait for the prompt answer at once, while others are still being asked."""

        async def wait_for_prompts() -> None:
            await together(*(actor.sees("Mời đồng chí báo cáo") for actor in company.asked))
            self._narrator.tell(say.bot, say.prompted(len(company.asked)))

        first, second = company.early
        await first.sees("Mời đồng chí báo cáo")
        self.album["prompt"] = await phone_of(first)
        await together(wait_for_prompts(), first.reports_normal(), second.reports_normal())

    async def _details(self, company: Company) -> None:
        first, second = self._chance.sample(_REASONS, 2)
        absent = {first: self._chance.randint(1, 2), second: 1}

        async def in_detail() -> None:
            await company.detailed.fills_in(absent)
            self.album["editor"] = await phone_of(company.detailed)
            await company.detailed.hands_in()

        async def in_trouble() -> None:
            await company.troubled.fills_in({}, is_safe=False)
            await company.troubled.hands_in()

        await together(in_detail(), in_trouble())

    async def _death_in_a_burst(self, company: Company) -> None:
        """Everybody has a card open and sends it, and in the middle of that the bot dies."""
        known = [*company.ordinary, company.twice, company.keeper]
        pair = [company.shared, company.deputy]
        burst = [*known, *pair]
        await together(
            *(actor.tap(self._texts.normal) for actor in burst if actor is not company.twice),
            company.twice.tap_twice(self._texts.normal),
        )
        await together(*(actor.keeps_card() for actor in burst))
        self.album["card"] = await phone_of(company.twice)
        self._chance.shuffle(known)
        # Of the two for one unit, nobody is told yet of the other's report when they press.
        quick, slow = known[:3], [*known[3:], *pair]
        self._chance.shuffle(slow)
        await together(*(self._send(actor, company) for actor in quick))
        await asyncio.sleep(self._chance.uniform(0, 0.03))
        pid = self._stage.bot_pid
        await self._stage.kill_bot()
        received = [actor for actor in quick if await actor.has_seen(RECEIVED)]
        self._narrator.tell(say.server, say.died(pid, len(quick), len(received)))
        await together(*(self._send(actor, company) for actor in slow))
        await together(*(actor.presses_in_vain() for actor in quick if actor not in received))
        await self._stage.start_bot()
        self._narrator.tell(say.server, say.restarted(self._stage.bot_pid))
        await together(*(actor.gets_receipt() for actor in burst))

    async def _send(self, actor: Actor, company: Company) -> None:
        if actor is company.twice:
            await actor.tap_twice(self._texts.send)
        else:
            await actor.tap(self._texts.send)

    async def _in_between(self, company: Company) -> None:
        await together(
            company.keeper.presses_old_card(),
            self._photo(company.photographer),
            self._question(company),
        )

    async def _photo(self, actor: Actor) -> None:
        await actor.person.send_photo()
        actor.tell(say.photographed)
        answer = await actor.person.sees("không nhận ảnh", PATIENCE_S)
        actor.tell(say.read(answer.text))

    async def _question(self, company: Company) -> None:
        commander, group = company.commander, company.group
        asked = await commander.writes("/conthieu", group)
        answer = await commander.person.sees("Chưa báo cáo", PATIENCE_S, group, after=asked)
        commander.tell(say.read(answer.text))

    async def _reminder(self, company: Company) -> None:
        reminded = (company.photographer, company.waiter, company.late, company.silent)
        await together(*(actor.sees("Nhắc đồng chí") for actor in reminded))
        self._narrator.tell(say.bot, say.reminders(len(reminded)))
        await together(company.photographer.reports_normal(), company.waiter.reports_normal())

    async def _newest_in(self, company: Company) -> int:
        return max(message.id for message in await company.group.messages())

    async def _digest(self, company: Company, after: int, told: str) -> str:
        """Wait for what the group is told by now, and for the picture behind it."""
        reader, texts = company.commander.person, self._texts
        title = f"{texts.report_names[DUTY.key]} {texts.day(DAY)}"
        digest = await reader.sees(title, PATIENCE_S, company.group, after)
        self._narrator.tell(say.bot, told)
        month = texts.heat_map_title(*period(Period.MONTH, DAY))
        await reader.sees(month, PATIENCE_S, company.group, digest.id)
        self._narrator.tell(say.bot, say.picture)
        return digest.text
