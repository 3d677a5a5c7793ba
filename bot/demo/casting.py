"""Before the curtain: the database, the bot, the command group, and everybody's invitation."""

import asyncio
import random
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo.cast import Actor, Teller
from bot.demo.stage import ADMIN_ID, DAY, PATIENCE_S, PRESET, Stage, say
from bot.domain.people import Role
from bot.domain.units import Unit
from bot.texts import Texts
from sandbox.people import Group, Sandbox
from storage import units
from storage.database import Database

_FIRST_LEADER_ID, _DEPUTY_ID, _STRANGER_ID, _COMMANDER_ID = 1001, 2001, 7001, 8001
# An office machine has no more processors to spare for the command line.
_INVITED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Company:
    """Who plays: a leader for each habit, and those who stand apart from the units."""

    leaders: tuple[Actor, ...]
    early: Actor
    ordinary: tuple[Actor, ...]
    detailed: Actor
    troubled: Actor
    twice: Actor
    keeper: Actor  # of an old card
    typist: Actor  # of a report in one line
    photographer: Actor  # who then types a line that is not clear
    nudged: Actor
    cut_off: Actor  # by the outage
    late: Actor
    silent: Actor
    shared: Actor  # whose deputy answers as well
    deputy: Actor
    commander: Actor
    admin: Actor
    stranger: Actor
    group: Group

    @property
    def asked(self) -> tuple[Actor, ...]:
        """Everybody who is asked for a report."""
        return (*self.leaders, self.deputy)

    @property
    def shown_at_the_end(self) -> Mapping[str, Actor]:
        """Those whose phones are shown as they look when the day is over."""
        return {
            "photographer": self.photographer,
            "late": self.late,
            "detailed": self.detailed,
            "deputy": self.deputy,
            "nudged": self.nudged,
            "commander": self.commander,
            "admin": self.admin,
            "stranger": self.stranger,
        }


async def found(stage: Stage) -> Sequence[Unit]:
    """Set the command up, and return its units."""
    await stage.tool("init", "--preset", PRESET)
    async with Database.open(stage.database) as database, database.snapshot() as session:
        return (await units.registry(session)).on(DAY)


async def cast(
    stage: Stage,
    box: Sandbox,
    teller: Teller,
    texts: Texts,
    chance: random.Random,
    listed: Sequence[Unit],
) -> Company:
    """Bring everybody in as a person would, by the command line and in the chats."""
    await stage.start_bot()
    teller.tell(say.server, say.started(stage.bot_pid))

    async def person(number: int, position: str, unit: Unit | None = None) -> Actor:
        # In Telegram people are called as they like; the bot never shows it.
        account = await box.person(number, f"user{number}")
        return Actor(account, position, teller, texts, unit)

    leaders = [
        await person(_FIRST_LEADER_ID + n, f"{texts.positions[Role.LEADER]} {unit.name}", unit)
        for n, unit in enumerate(listed)
    ]
    drawn = chance.sample(leaders, len(leaders))
    shared_unit = next(unit for unit in listed if unit.id == drawn[11].unit_id)
    deputy = f"{texts.positions[Role.DEPUTY]} {shared_unit.name}"
    admin = await person(ADMIN_ID, texts.positions[Role.ADMIN])
    commander = await person(_COMMANDER_ID, texts.positions[Role.COMMANDER])
    company = Company(
        leaders=tuple(leaders),
        early=drawn[0],
        detailed=drawn[1],
        troubled=drawn[2],
        twice=drawn[3],
        keeper=drawn[4],
        typist=drawn[5],
        photographer=drawn[6],
        nudged=drawn[7],
        cut_off=drawn[8],
        late=drawn[9],
        silent=drawn[10],
        shared=drawn[11],
        ordinary=tuple(drawn[12:]),
        deputy=await person(_DEPUTY_ID, deputy, shared_unit),
        commander=commander,
        admin=admin,
        stranger=await person(_STRANGER_ID, say.stranger),
        group=await box.group(say.group_title, [admin.person, commander.person]),
    )
    await _bind_group(company)
    await together(
        _invite_all(stage, company, listed, teller), _invite_deputy(company, texts, shared_unit)
    )
    return company


async def together(*work: Coroutine[Any, Any, object]) -> None:
    """Do all at once; the first that fails ends the others, and its error is raised plainly."""
    try:
        async with asyncio.TaskGroup() as group:
            for each in work:
                group.create_task(each)
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def _bind_group(company: Company) -> None:
    admin = company.admin
    await admin.writes("/start")
    await admin.person.sees("/thumoi", PATIENCE_S)
    await admin.writes("/nhom", company.group)
    bound = await company.group.sees("nhóm chỉ huy", PATIENCE_S)
    admin.tell(say.read(bound.text))
    # As a plain member a bot may write, but not everywhere pin.
    await company.group.add_bot(admin.person, "administrator")
    admin.tell(say.may_pin)


async def _invite_all(
    stage: Stage, company: Company, listed: Sequence[Unit], teller: Teller
) -> None:
    places = asyncio.Semaphore(_INVITED_AT_ONCE)

    async def come(actor: Actor, *options: str) -> None:
        async with places:
            link = await stage.tool("invite", *options)
        await actor.joins(link, say.joined)

    teller.tell(say.server, say.invited_by_console(len(listed) + 1))
    await together(
        come(company.commander, "--role", Role.COMMANDER),
        *(
            come(actor, "--role", Role.LEADER, "--unit", unit.name)
            for actor, unit in zip(company.leaders, listed, strict=True)
        ),
    )


async def _invite_deputy(company: Company, texts: Texts, unit: Unit) -> None:
    """Make an invitation in the admin's chat, as for somebody who joins later."""
    admin = company.admin
    await admin.writes("/thumoi")
    await admin.tap(texts.roles[Role.DEPUTY])
    await admin.tap(unit.short_name)
    shown = await admin.person.sees("https://t.me/", PATIENCE_S)
    link = next(word for word in shown.text.split() if word.startswith("https://t.me/"))
    await company.deputy.joins(link, say.joined_by_admin)
