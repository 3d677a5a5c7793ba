"""A month of reporting days in jumps of the clock, and a look at the bot from outside after each."""

import asyncio
import os
import random
import re
import shlex
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from bot.config import Settings
from bot.domain.people import Role
from bot.services.joining import create_invitation
from bot.services.setup import initialise
from sandbox.people import Group, Sandbox
from storage import units
from storage.database import Database
from tests.house import ADMIN_ID, DAY, settings_for
from tests.leaders import Habit, Leader, Phase
from tests.soak import samples
from tests.soak.crowd import Onlooker, Screens, usual_habit
from tests.soak.processes import ROOT, program, telegram
from tests.soak.samples import Sample

COMMANDER_ID = 901
FIRST_LEADER = 10_000
ESTABLISHMENT = 24
AT_ONCE = 40
SETTLES_WITHIN_S = 600.0  # on the first of a month every unit gets a picture
_WATCH_S = 0.05
# What a commander asks for while leaders report, a day each: texts, pictures, files.
_ASKED = (
    "/tonghop",
    "/tonghop thang",
    "/conthieu",
    "/tonghop tuan",
    "/xuat",
    "/tonghop quy",
    "/nhacnho",
)
_AFTER_REPORTS = ("17:00", "17:30", "20:00")
_NIGHT, _MORNING = "02:30", "07:00"
_NIGHT_IS_OVER = ("backup made", "old rows erased")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long the bot says nothing before it counts as idle, and the rest from the last deadline
    until the morning, in which connections to Telegram that nobody needs reach their end.
    """

    quiet_s: float = 0.5
    rest_s: float = 5.5


@dataclass(frozen=True, slots=True)
class Played:
    units: int
    samples: tuple[Sample, ...]
    stuck: tuple[str, ...]
    presses: int
    sent: int
    seconds: float


async def play(
    folder: Path,
    *,
    days: int,
    units: int,
    seed: int,
    pace: Pace,
    tell: Callable[[str], None] = lambda _: None,
) -> Played:
    """Let so many units report on so many days, with everything that a bot does in the meantime."""
    began = time.monotonic()
    async with telegram(folder) as box:
        settings = settings_for(box, folder / "trucbao.db")
        await box.jump(_moment(settings, DAY, "15:00"))
        invitations = await _filled(box, settings, units)
        log = folder / "bot.log"
        arguments = ("-m", "tests.soak.nights", "run")
        environment = _environment(box, settings, folder)
        async with program(*arguments, log=log, environment=environment) as process:
            soak = _Soak(box, settings, process, log, random.Random(seed), pace)
            taken = []
            async with asyncio.TaskGroup() as group:
                screens = Screens(box)
                watching = group.create_task(screens.run())
                await soak.let_in(screens, invitations)
                for number in range(days):
                    day, day_began = DAY + timedelta(days=number), time.monotonic()
                    await soak.live(day, number)
                    sample = samples.take(process.pid, settings.database_path, day)
                    taken.append(sample)
                    tell(_line(number + 1, days, sample, time.monotonic() - day_began))
                watching.cancel()
        return Played(
            units=units,
            samples=tuple(taken),
            stuck=tuple(line for leader in soak.leaders for line in leader.stuck),
            presses=sum(update.kind == "callback_query" for update in await box.updates()),
            sent=sum(call.applied for call in await box.calls() if call.method != "getUpdates"),
            seconds=time.monotonic() - began,
        )


@dataclass(slots=True)
class _Soak:
    box: Sandbox
    settings: Settings
    process: asyncio.subprocess.Process
    log: Path
    chance: random.Random
    pace: Pace
    leaders: list[Leader] = field(default_factory=list)

    async def let_in(self, screens: Screens, invitations: "_Invitations") -> None:
        admin = await self._person(screens, ADMIN_ID)
        commander = await self._person(screens, COMMANDER_ID)
        await admin.say("/start")
        await commander.say(f"/start {invitations.commander}")
        group: Group = await self.box.group("Nhóm chỉ huy", [admin, commander])
        await admin.say("/nhom", chat=group)
        for number, token in enumerate(invitations.leaders, FIRST_LEADER):
            leader = await self._person(screens, number)
            await leader.say(f"/start {token}")
            self.leaders.append(Leader(leader, random.Random(self.chance.random())))
        await group.sees("nhóm chỉ huy của", timeout=SETTLES_WITHIN_S)
        for each in [commander, *(leader.person for leader in self.leaders)]:
            await each.sees("Chào đồng chí", timeout=SETTLES_WITHIN_S)
        await self._settled()

    async def live(self, day: date, number: int) -> None:
        """Go from an opening to the next morning."""
        commander = await self.box.person(COMMANDER_ID)
        habits = [usual_habit(self.chance) for _ in self.leaders]
        for phase in (Phase.PROMPT, Phase.REMINDER, Phase.LATE):
            await self._at(phase.value, day)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._reports(day, habits, phase))
                if phase is not Phase.REMINDER:
                    asked = _ASKED[(number + (phase is Phase.LATE) * 3) % len(_ASKED)]
                    group.create_task(commander.say(asked))
            await self._settled()
        for clock_time in _AFTER_REPORTS:
            await self._at(clock_time, day)
        rested = asyncio.create_task(asyncio.sleep(self.pace.rest_s))
        await self._night(day + timedelta(days=1))
        await rested
        await self._at(_MORNING, day + timedelta(days=1))

    async def _person(self, screens: Screens, user_id: int) -> Onlooker:
        known = await self.box.person(user_id)
        return Onlooker(self.box, known.id, known.first_name, screens=screens)

    async def _reports(self, day: date, habits: Sequence[Habit], phase: Phase) -> None:
        door = asyncio.Semaphore(AT_ONCE)

        async def report(leader: Leader, habit: Habit) -> None:
            async with door:
                await leader.report(day, habit)

        await asyncio.gather(
            *(
                report(leader, habit)
                for leader, habit in zip(self.leaders, habits, strict=True)
                if habit.phase is phase
            )
        )

    async def _night(self, day: date) -> None:
        await self._at(_NIGHT, day)
        before = self._nights()
        os.kill(self.process.pid, signal.SIGUSR1)
        async with asyncio.timeout(SETTLES_WITHIN_S):
            while self._nights() == before:  # noqa: ASYNC110 - another process sets no event
                await asyncio.sleep(_WATCH_S)
        await self._settled()

    def _nights(self) -> int:
        told = self.log.read_text("utf-8")
        return min(told.count(line) for line in _NIGHT_IS_OVER)

    async def _at(self, clock_time: str, day: date) -> None:
        await self.box.jump(_moment(self.settings, day, clock_time))
        await self._settled()

    async def _settled(self) -> None:
        """Wait until the bot has had nothing to do for a while from now on, and nothing waits to be sent.

        Presses live for 150 s of that clock: it jumps only when none waits.
        """
        began = time.monotonic()
        async with asyncio.timeout(SETTLES_WITHIN_S):
            while True:
                if self.process.returncode is not None:
                    raise AssertionError(f"the bot ended with {self.process.returncode}")
                state = await self.box.get("idle")
                quiet_for = min(state["quiet_for"], time.monotonic() - began)
                is_idle = (
                    not state["waiting"] and not state["busy"] and quiet_for >= self.pace.quiet_s
                )
                if is_idle and not samples.unsent(self.settings.database_path):
                    return
                await asyncio.sleep(_WATCH_S)


def _environment(box: Sandbox, settings: Settings, folder: Path) -> dict[str, str]:
    backups = folder / "backups"
    backups.mkdir()
    return {
        "TELEGRAM_BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "SANDBOX_CLOCK_URL": box.url,
        "DATABASE_PATH": str(settings.database_path),
        "ADMIN_IDS": str(ADMIN_ID),
        "BACKUP_DIR": str(backups),
        "BACKUP_PASSPHRASE": "a passphrase of the soak",
        **_of_service(),
    }


def _of_service() -> dict[str, str]:
    """What the service unit sets for the process."""
    unit = (ROOT / "docs/service/trucbao.service").read_text("utf-8")
    lines = re.findall(r"^Environment=(.+)$", unit, re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in shlex.split(line))


@dataclass(frozen=True, slots=True)
class _Invitations:
    commander: str
    leaders: tuple[str, ...]


async def _filled(box: Sandbox, settings: Settings, count: int) -> _Invitations:
    """A command with so many units, and an invitation for each one's leader."""
    now = await box.now()
    from_day = date(2020, 1, 1)
    async with (
        Database.open(settings.database_path, create=True) as database,
        database.transaction() as session,
    ):
        await initialise(session, None, settings.schedule, now)
        for n in range(1, count + 1):
            await units.add(
                session,
                code=f"so-{n}",
                name=f"xã Số {n}",
                short_name=f"Số {n}",
                position=n,
                valid_from=from_day,
            )
        tokens = []
        for unit in (await units.registry(session)).on(DAY):
            await units.save_strength(session, unit.id, from_day, ESTABLISHMENT, is_sample=True)
            token, _ = await create_invitation(session, Role.LEADER, unit, now)
            tokens.append(token)
        commander, _ = await create_invitation(session, Role.COMMANDER, None, now)
        return _Invitations(commander, tuple(tokens))


def _moment(settings: Settings, day: date, clock_time: str) -> datetime:
    return datetime.combine(day, clock.fromisoformat(clock_time), settings.timezone)


def _line(number: int, days: int, sample: Sample, seconds: float) -> str:
    return (
        f"day {number}/{days}: memory {sample.memory / 2**20:.1f} MB, descriptors {sample.descriptors}, "
        f"WAL {sample.wal / 2**10:.0f} KB, database {sample.database / 2**20:.1f} MB, "
        f"{sample.rows['report']} reports, {sample.rows['outbox']} messages; {seconds:.0f} s"
    )
