"""One reporting day under one fault: who reports when, what is disturbed when, and all that came of it."""

import asyncio
import contextlib
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bot.config import Settings
from bot.polling import POLL_SECONDS
from sandbox.people import Group
from sandbox.records import Call, UpdateRecord
from sandbox.server import Box, running
from tests.audit import Finding, audit, read_books
from tests.days import (
    USUAL_LEADERS,
    Cast,
    Diary,
    damage_of,
    environment,
    invitations,
    joined,
    looked,
    moment,
    reports_of,
)
from tests.dying import DISK_FULL, READ_ONLY, TRUE_PACE, has_looked
from tests.faults.proof import Proof, Traces, untouched
from tests.faults.service import Service
from tests.house import DAY, settings_for
from tests.leaders import Phase
from tests.owing import NOTHING_MISSED, Look, Told, changed_states, told

QUIET_S = 0.6
SETTLES_WITHIN_S = 300.0
_WATCH_S = 0.05
# All the crowd's phones are one processor's work: they look less often, and press again later.
_CROWD = 50
_CROWD_WAITS_S = 15.0
# Whatever the habits of the others: some wait for the reminder, some for the deadline, one never reports.
FIXED: Mapping[int, Phase] = {
    3: Phase.REMINDER,
    4: Phase.REMINDER,
    5: Phase.LATE,
    6: Phase.LATE,
    7: Phase.NEVER,
}

# When the clock stops, and who reports then: the opening, the reminder, the deadline, and the rungs after it.
STOPS: Mapping[str, Phase | None] = {
    "15:30": Phase.PROMPT,
    "16:15": Phase.REMINDER,
    "16:30": Phase.LATE,
    "16:45": None,
    "17:00": None,
    "17:30": None,
    "20:00": None,
    "23:00": None,
}


@dataclass(frozen=True, slots=True)
class _Expected:
    """A proof, and how much of each trace there was before."""

    proof: Proof
    log: int
    calls: int
    updates: int
    ends: int

    def is_seen(self, whole: Traces) -> bool:
        return self.proof.is_in(
            Traces(
                whole.log[self.log :],
                whole.calls[self.calls :],
                whole.updates[self.updates :],
                whole.ends[self.ends :],
            )
        )


@dataclass(slots=True)
class Stage:
    """What a disturbance has in its hands.

    `unreachable`: chats that are lost in the end; `unreadable`: updates that no program can read.
    """

    box: Box
    settings: Settings
    service: Service
    cast: Cast
    chance: random.Random
    group: Group
    unreachable: set[int] = field(default_factory=set)
    unreadable: set[int] = field(default_factory=set)
    _expected: list[_Expected] = field(default_factory=list)

    def expects(self, proof: Proof) -> None:
        """Say what shows that what is done now took place; without it there was no fault."""
        world, ledger = self.box.world, self.box.api.ledger
        since = (len(self.log()), len(ledger.calls), len(world.updates.all), len(self.service.ends))
        self._expected.append(_Expected(proof, *since))

    def log(self) -> str:
        return self.service.log.read_text("utf-8") if self.service.log.exists() else ""

    def unproven(
        self, calls: Sequence[Call], updates: Sequence[UpdateRecord]
    ) -> tuple[list[str], int]:
        """Return what did not take place, and how many faults there were to see."""
        whole = Traces(self.log(), calls, updates, self.service.ends)
        missing = [each.proof.what for each in self._expected if not each.is_seen(whole)]
        faults = self.box.api.faults.faults
        kinds = {(each.kind, each.code, each.method, each.raw) for each in faults}
        return [*missing, *untouched(faults)], len(self._expected) + len(kinds)

    @property
    def database(self) -> Path:
        return self.settings.database_path

    @property
    def disk_full(self) -> Path:
        """While this file is there the database takes no page more."""
        return self.database.with_name("disk-full")

    @property
    def read_only(self) -> Path:
        """While this file is there the database takes nothing at all."""
        return self.database.with_name("read-only")

    async def settled(self) -> None:
        """Wait until the bot is up, all that people did is handled and all that it has to say is sent.

        Quiet alone is not enough: after a kill or a disk that was full the bot looks at what is owed only in a
        while. Between two stops it has minutes for that; here the clock would jump over it.
        """
        began = time.monotonic()
        while time.monotonic() < began + SETTLES_WITHIN_S:
            state = await self.box.get("idle")
            quiet_for = min(state["quiet_for"], time.monotonic() - began)
            is_quiet = not state["busy"] and quiet_for >= QUIET_S and not state["waiting"]
            if is_quiet and self._is_heard() and self._has_looked() and not self.waiting():
                return
            await asyncio.sleep(_WATCH_S)
        raise TimeoutError(f"not idle after {SETTLES_WITHIN_S:.0f} s")

    def _is_heard(self) -> bool:
        """Whether it waits for news: after a failed poll it does not wait, until one was good."""
        polls = (c for c in reversed(self.box.api.ledger.calls) if c.method == "getUpdates")
        newest = next(polls, None)
        is_long = newest is not None and str(newest.params.get("timeout")) == str(POLL_SECONDS)
        return self.service.is_up and is_long and newest is not None and newest.running

    def _has_looked(self) -> bool:
        return has_looked(looked(self.settings), self.service.pid, self.box.world.clock.version)

    def waiting(self) -> int:
        """How many messages wait to be sent."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as connection:
            counted = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
            return int(connection.execute(counted).fetchone()[0])


Act = Callable[[Stage], Awaitable[None]]
When = Literal["before", "while", "after"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fault, what is done, and when: before a stop of the clock, while leaders report, or when all is quiet.

    The acts say what proves that they took place. A mixture's may meet nothing, as a poll that fails while
    the bot is dead: there it is counted, alone it is a failure.
    """

    name: str
    what: str
    acts: Mapping[tuple[When, str], Act]
    is_mixed: bool = False
    units: int = USUAL_LEADERS
    kind: Literal["supergroup", "group"] = "supergroup"
    topics: tuple[str, ...] = ()
    limits: Literal["sliding", "bucket", "ban"] | None = None
    wrapped: tuple[str, ...] = ()  # a program that the bot is started under

    @property
    def is_at_true_pace(self) -> bool:
        return self.limits is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is known of a day. `problem`: why the run itself came to no end, or its fault did not happen."""

    name: str
    findings: tuple[Finding, ...] = ()
    told: Told = NOTHING_MISSED
    changed: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    damage: str = ""
    reports: int = 0
    updates: int = 0
    calls: int = 0
    failed_calls: int = 0
    starts: int = 0
    outages: int = 0
    faults: int = 0
    untouched: int = 0
    problem: str = ""
    seconds: float = 0.0


async def play(scenario: Scenario, folder: Path, seed: int) -> Outcome:
    began = time.monotonic()
    chance = random.Random(seed)
    async with running(limits=scenario.limits) as box:
        settings = settings_for(box, folder / "trucbao.db")
        await box.jump(moment(settings, DAY, "15:00"))
        invited = await invitations(box, settings, scenario.units, units_of=scenario.units)
        service = Service(box, folder, _environment(scenario, box, settings), scenario.wrapped)
        keeping = asyncio.create_task(service.keep())
        try:
            cast = await joined(
                box,
                invited,
                chance,
                kind=scenario.kind,
                topics=scenario.topics,
                with_commander=True,
                within_s=SETTLES_WITHIN_S,
            )
            stage = Stage(box, settings, service, cast, random.Random(seed), cast.group)
            diary = await _day(scenario, stage, chance)
            await service.end()
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
        return await _outcome(scenario, stage, diary, time.monotonic() - began)


def _environment(scenario: Scenario, box: Box, settings: Settings) -> dict[str, str]:
    pace = {TRUE_PACE: "1"} if scenario.is_at_true_pace else {}
    switches = {
        DISK_FULL: str(settings.database_path.with_name("disk-full")),
        READ_ONLY: str(settings.database_path.with_name("read-only")),
    }
    return environment(box, settings) | pace | switches


async def _day(scenario: Scenario, stage: Stage, chance: random.Random) -> Diary:
    diary = Diary()
    await stage.settled()
    habits = diary.begin(DAY, stage.cast, chance, FIXED)
    if scenario.units > _CROWD:
        for leader in stage.cast.leaders:
            leader.looks_each_s, leader.gives_up_s = 1.5, SETTLES_WITHIN_S
        habits = [replace(each, patience=max(each.patience, _CROWD_WAITS_S)) for each in habits]
    for clock_time, phase in STOPS.items():
        await _act(scenario, stage, "before", clock_time)
        await stage.box.jump(moment(stage.settings, DAY, clock_time))
        jumped_at = await stage.box.now()
        diary.looks.append(Look(jumped_at, jumped_at, is_settled=False))
        reporting = reports_of(DAY, stage.cast, habits, phase) if phase else ()
        await asyncio.gather(
            _act(scenario, stage, "while", clock_time),
            *reporting,
        )
        # Presses live for 150 s of that clock: it jumps only when none waits.
        await stage.settled()
        diary.looks.append(Look(await stage.box.now(), jumped_at))
        await _act(scenario, stage, "after", clock_time)
    return diary


async def _act(scenario: Scenario, stage: Stage, when: When, clock_time: str) -> None:
    act = scenario.acts.get((when, clock_time))
    if act:
        await act(stage)


async def _outcome(scenario: Scenario, stage: Stage, diary: Diary, seconds: float) -> Outcome:
    path, box = stage.database, stage.box
    updates, calls, books = tuple(await box.updates()), tuple(await box.calls()), read_books(path)
    unproven, faults = stage.unproven(calls, updates)
    silent = {
        unit_id
        for leader, unit_id in zip(stage.cast.leaders, stage.cast.unit_ids, strict=True)
        if leader.is_silent
    }
    phases = {key: phase for key, phase in diary.phases.items() if key[1] not in silent}
    return Outcome(
        scenario.name,
        findings=tuple(
            audit(
                updates,
                calls,
                books,
                diary.days,
                unreachable=stage.unreachable,
                unreadable=stage.unreadable,
            )
        ),
        told=await told(
            path, stage.settings.schedule, diary.looks, calls, books, stage.unreachable
        ),
        changed=tuple(await changed_states(path, phases, give_back=bool(books.recoveries))),
        stuck=tuple(line for leader in stage.cast.leaders for line in leader.stuck),
        damage=await asyncio.to_thread(damage_of, path),
        reports=len(books.reports),
        updates=sum(bool(update.delivered_at) for update in updates),
        calls=len(calls),
        failed_calls=sum(call.status != 200 for call in calls),
        starts=len(stage.service.ends),
        outages=len(books.recoveries),
        faults=faults,
        untouched=len(unproven),
        problem="" if scenario.is_mixed and len(unproven) < faults else "; ".join(unproven),
        seconds=seconds,
    )
