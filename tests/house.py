"""The whole bot in one process, as it really runs, against the embedded Telegram over HTTP."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot import logs
from bot.app import Parts, compose, introduce, make_bot, serve
from bot.clock import SandboxClock
from bot.config import Settings
from bot.domain.people import Role
from bot.domain.units import find_unit
from bot.making import Making
from bot.pacing import NO_LIMITS, Limits
from bot.rendering import Make
from bot.services.joining import create_invitation
from bot.services.setup import initialise
from bot.workshop import terms_of
from sandbox.people import Group, Person, Sandbox
from sandbox.server import running
from storage import units
from storage.database import Database

ADMIN_ID = 900
DAY = date(2026, 3, 16)


@dataclass
class House:
    """A bot, its Telegram, and the people in it. The clock stands at 15:00 of a Monday at first."""

    box: Sandbox
    database: Database
    parts: Parts
    settings: Settings
    task: asyncio.Task[None]
    stop: asyncio.Event
    people: dict[str, Person] = field(default_factory=dict)

    async def at(self, clock_time: str, day: date = DAY) -> None:
        """Jump to the time of the day, and let the bot do what it owes by then."""
        await self.box.jump(self.moment(clock_time, day))
        await self.parts.reconcile.look()

    def moment(self, clock_time: str, day: date = DAY) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock_time), self.settings.timezone)

    async def invitation(self, role: Role, unit: str | None = None, **details: Any) -> str:
        async with self.database.transaction() as session:
            listed = (await units.registry(session)).on(DAY)
            found = find_unit(unit, listed) if unit else None
            token, _ = await create_invitation(
                session, role, found, self.parts.clock.now(), **details
            )
        return token

    async def join(self, role: Role, unit: str | None = None, *, id: int) -> Person:  # noqa: A002
        """Let a person in by an invitation, as they would come."""
        person = await self.box.person(id)
        await person.say(f"/start {await self.invitation(role, unit)}")
        await person.sees("Chào đồng chí")
        return person

    async def admin(self) -> Person:
        person = await self.box.person(ADMIN_ID)
        await person.say("/start")
        await person.sees("Các lệnh")
        return person

    async def command_group(self, *, topics: tuple[str, ...] = ()) -> Group:
        admin = await self.admin()
        group = await self.box.group("Nhóm chỉ huy", [admin], topics=topics)
        await admin.say("/nhom", chat=group)
        await group.sees("nhóm chỉ huy của")
        return group

    async def settled(self) -> None:
        """Wait until all that people did is handled, and all that the bot says of it is sent."""
        await self.box.idle(quiet=0)
        waiting = (
            "SELECT (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')) "
            "+ (SELECT count(*) FROM backup WHERE finished_at IS NULL AND reason = 'asked')"
        )
        for _ in range(500):
            if not await self.count(waiting):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the bot does not come to an end")

    async def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        async with self.database.snapshot() as session:
            return [tuple(row) for row in await session.all(sql, parameters)]

    async def count(self, sql: str, *parameters: object) -> int:
        return int((await self.rows(sql, *parameters))[0][0])


def settings_for(box: Sandbox, database: Path, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "telegram_bot_token": SecretStr(box.token),
        "telegram_api_url": box.url,
        "sandbox_clock_url": box.url,
        "database_path": database,
        "admin_ids": (ADMIN_ID,),
    }
    return Settings(_env_file=None, **{**values, **changes})


@contextlib.asynccontextmanager
async def house(
    folder: Path,
    *,
    limits: Limits = NO_LIMITS,
    at: str = "15:00",
    preset: str | None = "tam-ky-2022",
    make: Make | None = None,
    **changes: Any,
) -> AsyncIterator[House]:
    async with running() as box:
        settings = settings_for(box, folder / "trucbao.db", **changes)
        await box.jump(datetime.combine(DAY, time.fromisoformat(at), settings.timezone))
        async with moved_in(box, settings, limits=limits, preset=preset, make=make) as living:
            yield living


@contextlib.asynccontextmanager
async def moved_in(
    box: Sandbox,
    settings: Settings,
    *,
    limits: Limits = NO_LIMITS,
    preset: str | None = None,
    make: Make | None = None,
) -> AsyncIterator[House]:
    """Start the bot on a Telegram that is there already; it stops as SIGTERM would stop it."""
    logs.configure(level="INFO", as_json=False, secrets=(box.token,))
    clock = SandboxClock(box.url)
    async with Database.open(settings.database_path, create=True) as database, clock.following():
        async with database.transaction() as session:
            await initialise(session, preset, settings.schedule, clock.now())
        # A process of its own for the files of each test would take longer than most tests.
        make = make or Making(terms_of(settings)).make
        parts = compose(settings, database, clock, make_bot(settings), limits, make)
        clock.on_jump = parts.follow_jump
        await introduce(parts)
        stop = asyncio.Event()
        task = asyncio.create_task(serve(parts, stop))
        await asyncio.wait(
            {task, asyncio.create_task(parts.heard.wait())}, return_when=asyncio.FIRST_COMPLETED
        )
        living = House(box, database, parts, settings, task, stop)
        try:
            yield living
        finally:
            stop.set()
            await living.task
