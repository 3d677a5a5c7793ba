"""What every played day begins with: a command, its units, its group, its leaders, and the bot's settings."""

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from bot.config import Settings
from bot.domain.people import Role
from bot.services.joining import create_invitation
from bot.services.setup import initialise
from sandbox.people import Group, Person
from sandbox.server import Box
from storage import units
from storage.database import Database
from tests.dying import LOOKED
from tests.house import ADMIN_ID, DAY
from tests.leaders import Habit, Leader, Phase
from tests.owing import Look

ROOT = Path(__file__).parents[1]
COMMANDER_ID = 901
USUAL_LEADERS = 13


@dataclass(frozen=True, slots=True)
class Cast:
    """The leader of the n-th unit is the n-th; there is a commander only where one was asked for."""

    admin: Person
    group: Group
    leaders: tuple[Leader, ...]
    unit_ids: tuple[int, ...]
    commander: Person | None = None


@dataclass(slots=True)
class Diary:
    """What was played: the days, when each unit's leader meant to report, and the moments to look at."""

    days: list[date] = field(default_factory=list)
    phases: dict[tuple[date, int], Phase] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)

    def begin(
        self,
        day: date,
        cast: Cast,
        chance: random.Random,
        fixed: Mapping[int, Phase] = MappingProxyType({}),
    ) -> list[Habit]:
        """Draw what each leader does on the day. Of several of one unit the first to report counts.

        `fixed`: when the leaders with these numbers report in any case.
        """
        self.days.append(day)
        habits = [Habit.draw(chance) for _ in cast.leaders]
        for number, phase in fixed.items():
            if number < len(habits):
                habits[number] = replace(habits[number], phase=phase)
        order = list(Phase)
        for unit_id, habit in zip(cast.unit_ids, habits, strict=True):
            known = self.phases.get((day, unit_id), Phase.NEVER)
            self.phases[day, unit_id] = min(known, habit.phase, key=order.index)
        return habits


def reports_of(
    day: date, cast: Cast, habits: Sequence[Habit], phase: Phase
) -> Iterator[Coroutine[Any, Any, None]]:
    """What those do who report in this phase; who is silent by then does not."""
    if phase is Phase.NEVER:
        return
    for leader, habit in zip(cast.leaders, habits, strict=True):
        if habit.phase is phase and not leader.is_silent:
            yield leader.report(day, habit)


def looked(settings: Settings) -> Path:
    """Where the bot under test writes down that it has looked at what is owed."""
    return settings.database_path.with_name("looked")


def environment(box: Box, settings: Settings) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": box.token,
        "TELEGRAM_API_URL": box.url,
        "SANDBOX_CLOCK_URL": box.url,
        "DATABASE_PATH": str(settings.database_path),
        "ADMIN_IDS": str(ADMIN_ID),
        LOOKED: str(looked(settings)),
        "RETENTION_DAYS": "3650",  # what is handled stays, to be counted
    }


@dataclass(frozen=True, slots=True)
class Invited:
    unit_ids: tuple[int, ...]
    tokens: tuple[str, ...]
    commander: str


async def invitations(box: Box, settings: Settings, leaders: int, *, units_of: int = 0) -> Invited:
    """One leader a unit; those beyond that are their deputies. `units_of`: how many units, if not the preset's."""
    now = await box.now()
    async with (
        Database.open(settings.database_path, create=True) as database,
        database.transaction() as session,
    ):
        await initialise(session, "tam-ky-2022", settings.schedule, now)
        for n in range(len((await units.registry(session)).on(DAY)), units_of):
            await units.add(
                session,
                code=f"so-{n}",
                name=f"xã Số {n}",
                short_name=f"Số {n}",
                position=n,
                valid_from=date(2022, 1, 1),
            )
        listed = (await units.registry(session)).on(DAY)
        tokens = []
        for n in range(leaders):
            role = Role.LEADER if n < len(listed) else Role.DEPUTY
            token, _ = await create_invitation(session, role, listed[n % len(listed)], now)
            tokens.append(token)
        commander, _ = await create_invitation(session, Role.COMMANDER, None, now)
        unit_ids = tuple(listed[n % len(listed)].id for n in range(leaders))
        return Invited(unit_ids, tuple(tokens), commander)


async def joined(
    box: Box,
    invited: Invited,
    chance: random.Random,
    *,
    kind: Literal["supergroup", "group"] = "supergroup",
    topics: Sequence[str] = (),
    with_commander: bool = False,
    within_s: float = 30,
) -> Cast:
    """Let everybody in; where the group has topics, it is bound in the first."""
    admin = await box.person(ADMIN_ID)
    await admin.say("/start")
    group = await box.group("Nhóm chỉ huy", [admin], topics=topics, kind=kind)
    await admin.say("/nhom", chat=group, thread=group.topics[topics[0]] if topics else None)
    people = []
    for n, token in enumerate(invited.tokens, 1):
        person = await box.person(n)
        await person.say(f"/start {token}")
        people.append(Leader(person, random.Random(chance.random())))
    commander = None
    if with_commander:
        commander = await box.person(COMMANDER_ID)
        await commander.say(f"/start {invited.commander}")
        await commander.sees("Chào đồng chí", timeout=within_s)
    await group.sees("nhóm chỉ huy của", timeout=within_s)
    for leader in people:
        await leader.person.sees("Chào đồng chí", timeout=within_s)
    return Cast(admin, group, tuple(people), invited.unit_ids, commander)


def moment(settings: Settings, day: date, clock_time: str) -> datetime:
    return datetime.combine(day, clock.fromisoformat(clock_time), settings.timezone)


def damage_of(path: Path) -> str:
    """Return what is wrong with a database file, or nothing.

    It looks at a copy: opening the file itself would mend it before the bot has to.
    """
    with tempfile.TemporaryDirectory() as copies:
        for name in (path.name, f"{path.name}-wal"):
            if path.with_name(name).exists():
                shutil.copy(path.with_name(name), copies)
        connection = sqlite3.connect(Path(copies) / path.name)
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            found += [f"key {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            found = [str(error)]
        finally:
            connection.close()
    return "" if found == ["ok"] else "; ".join(found)
