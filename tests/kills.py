"""kill -9 the bot again and again at bad moments while leaders report, and count what that cost.

`python -m tests.kills` ends with status 1 if anything was lost, doubled or damaged.
"""

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.config import Settings
from sandbox.people import Call, UpdateRecord
from sandbox.server import Box, running
from tests.audit import Books, Finding, Verdict, audit, read_books
from tests.days import (
    USUAL_LEADERS,
    Cast,
    Diary,
    damage_of,
    environment,
    invitations,
    joined,
    moment,
    reports_of,
)
from tests.dying import LOOKED, Fate, Moment, has_looked
from tests.house import DAY, settings_for
from tests.leaders import Phase
from tests.owing import Look, Told, changed_states, told

PROGRAM = ("-m", "tests.dying", "run")
QUIET_S = 0.6
SETTLES_WITHIN_S = 90.0
MOST_DAYS = 90
_WATCH_S = 0.05

# When, which kind of message, and at which passage at the latest (of a day with all leaders). In the
# order of a day: prompts go out, reports come in, digests follow.
_MOMENTS: tuple[tuple[Moment, str, int], ...] = (
    (Moment.AFTER_SEND, "prompt", 8),
    (Moment.AFTER_SEND, "board", 1),
    (Moment.AFTER_SEND, "pin", 1),
    (Moment.BEFORE_COMMIT, "", 6),
    (Moment.AFTER_COMMIT, "", 6),
    (Moment.BEFORE_SEND, "", 15),
    (Moment.AFTER_SEND, "", 15),
    (Moment.AFTER_SEND, "digest", 1),
    (Moment.BEFORE_SEND, "prompt", 8),
    (Moment.AFTER_COMMIT, "", 6),
    (Moment.IN_HANDLER, "", 12),
    (Moment.BEFORE_COMMIT, "", 6),
    (Moment.AFTER_SEND, "receipt", 5),
    (Moment.RANDOM, "", 1),
    (Moment.BEFORE_SEND, "digest", 1),
    (Moment.BEFORE_NOTICES, "", 2),
    (Moment.FETCHED, "", 5),
    (Moment.IN_HANDLER, "", 12),
    (Moment.BEFORE_RECORD, "", 15),
    (Moment.BEFORE_SEND, "receipt", 5),
    (Moment.AFTER_RECORD, "", 15),
    (Moment.AFTER_NOTICES, "", 2),
)


def fates(kills: int, leaders: int, chance: random.Random) -> Iterator[Fate]:
    for n in range(kills):
        moment, kind, most = _MOMENTS[n % len(_MOMENTS)]
        passage = chance.randint(1, max(1, most * leaders // USUAL_LEADERS))
        yield Fate(moment, kind, passage, round(chance.uniform(0.0, 1.2), 3))


@dataclass(frozen=True, slots=True)
class Death:
    """`in_flight` is how many updates Telegram had delivered and not seen acknowledged."""

    moment: Moment
    at: datetime
    in_flight: int
    damage: str


@dataclass(slots=True)
class Keeper:
    """Starts the bot, sees it die, looks at what it left, and starts it again."""

    box: Box
    folder: Path
    environment: dict[str, str]
    program: Sequence[str]
    fates: Sequence[Fate]
    tell: Callable[[str], None]
    deaths: list[Death] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _calls_before: int = 0

    @property
    def is_done(self) -> bool:
        return len(self.deaths) == len(self.fates)

    @property
    def is_up(self) -> bool:
        """Whether the bot of now asks for updates."""
        if self._process is None or self._process.returncode is not None:
            return False
        calls = self.box.api.ledger.calls[self._calls_before :]
        return any(call.method == "getUpdates" for call in calls)

    @property
    def has_looked(self) -> bool:
        """Whether the bot of now has looked at what is owed since the clock's last jump."""
        pid = self._process.pid if self._process else 0
        told = Path(self.environment[LOOKED])
        return has_looked(told, pid, self.box.world.clock.version)

    async def keep(self) -> None:
        """Go through all deaths, and then let the bot live until it is stopped."""
        for fate in self.fates:
            await self._live(fate, ends_with=-signal.SIGKILL)
            in_flight = sum(bool(u.delivered_at) for u in self.box.world.updates.waiting)
            damage = await asyncio.to_thread(damage_of, Path(self.environment["DATABASE_PATH"]))
            at = await self.box.now()
            self.deaths.append(Death(fate.moment, at, in_flight, damage))
            told = f"{len(self.deaths)}/{len(self.fates)} {fate.moment} {fate.kind}".rstrip()
            self.tell(f"{told}: {in_flight} in flight, file {damage or 'ok'}")
        await self._live(None, ends_with=0)

    def stop(self) -> None:
        """End the bot as an operator would."""
        if self._process:
            self._process.terminate()

    async def _live(self, fate: Fate | None, ends_with: int) -> None:
        self._calls_before = len(self.box.api.ledger.calls)
        planned = fate.written() if fate else {}
        with (self.folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self.program,
                env=self.environment | planned,
                cwd=self.folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            status = await self._process.wait()
        except asyncio.CancelledError:
            self._process.kill()
            await self._process.wait()
            raise
        if status != ends_with:
            lines = (self.folder / "bot.log").read_text("utf-8").splitlines()
            raise AssertionError("\n".join([f"the bot ended with {status}:", *lines[-20:]]))


@dataclass(frozen=True, slots=True)
class Played:
    """A run and all that is known of it."""

    deaths: tuple[Death, ...]
    days: tuple[date, ...]
    stuck: tuple[str, ...]
    updates: tuple[UpdateRecord, ...]
    calls: tuple[Call, ...]
    books: Books
    told: Told
    changed: tuple[str, ...]
    seconds: float

    @property
    def findings(self) -> list[Finding]:
        return audit(self.updates, self.calls, self.books, self.days)

    def blamed(self, finding: Finding) -> str:
        """The moment of the kill that a finding belongs to."""
        return _blamed(self.deaths, finding)

    @property
    def faults(self) -> list[str]:
        """All that must not be."""
        return [
            *(f"{f.verdict}: {f.what}" for f in self.findings if not f.verdict.is_allowed),
            *(f"damaged {d.moment}: {d.damage}" for d in self.deaths if d.damage),
            *(f"owed and never sent: {key}" for key in self.told.never),
            *self.changed,
            *self.stuck,
        ]


async def play(
    folder: Path,
    *,
    kills: int,
    seed: int,
    leaders: int = USUAL_LEADERS,
    program: Sequence[str] = PROGRAM,
    tell: Callable[[str], None] = lambda _: None,
) -> Played:
    """Let leaders report day after day until the bot has died as often as planned, and see it through."""
    began = time.monotonic()
    chance = random.Random(seed)
    async with running() as box:
        settings = settings_for(box, folder / "trucbao.db")
        await box.jump(moment(settings, DAY, "15:00"))
        invited = await invitations(box, settings, leaders)
        planned = list(fates(kills, leaders, chance))
        keeper = Keeper(box, folder, environment(box, settings), program, planned, tell)
        async with asyncio.TaskGroup() as group:
            group.create_task(keeper.keep())
            cast = await joined(box, invited, chance)
            diary = await _days(keeper, settings, cast, chance)
            updates, calls = tuple(await box.updates()), tuple(await box.calls())
            keeper.stop()
        books = read_books(settings.database_path)
    return Played(
        deaths=tuple(keeper.deaths),
        days=tuple(diary.days),
        stuck=tuple(line for leader in cast.leaders for line in leader.stuck),
        updates=updates,
        calls=calls,
        books=books,
        told=await told(settings.database_path, settings.schedule, diary.looks, calls, books),
        changed=tuple(await changed_states(settings.database_path, diary.phases, give_back=True)),
        seconds=time.monotonic() - began,
    )


async def _days(keeper: Keeper, settings: Settings, cast: Cast, chance: random.Random) -> Diary:
    diary = Diary()
    await _settled(keeper)
    while not keeper.is_done:
        if len(diary.days) == MOST_DAYS:
            raise AssertionError(f"only {len(keeper.deaths)} deaths in {MOST_DAYS} days")
        day = DAY + timedelta(days=len(diary.days))
        habits = diary.begin(day, cast, chance)
        for phase in Phase:
            jumped_at = moment(settings, day, phase.value)
            await keeper.box.jump(jumped_at)
            await asyncio.gather(*reports_of(day, cast, habits, phase))
            # Presses live for 150 s of that clock: it jumps only when none waits.
            await _settled(keeper)
            diary.looks.append(Look(await keeper.box.now(), jumped_at))
    if diary.days:
        # A bot that was dead while the clock jumped takes that for an outage, and moves the lock.
        jumped_at = moment(settings, diary.days[-1], "23:00")
        await keeper.box.jump(jumped_at)
        await _settled(keeper)
        diary.looks.append(Look(await keeper.box.now(), jumped_at))
    return diary


async def _settled(keeper: Keeper) -> None:
    """Wait until the bot is up and has had nothing to do for a while from now on."""
    began = time.monotonic()
    end = began + SETTLES_WITHIN_S
    while time.monotonic() < end:
        state = await keeper.box.get("idle")
        quiet_for = min(state["quiet_for"], time.monotonic() - began)
        is_quiet = not state["busy"] and quiet_for >= QUIET_S
        is_ready = keeper.is_up and keeper.has_looked
        if is_ready and is_quiet and not state["waiting"]:
            return
        await asyncio.sleep(_WATCH_S)
    raise AssertionError(f"the bot is not idle after {SETTLES_WITHIN_S} s")


_NO_KILL = "no kill"


def table(played: Played) -> str:
    """Count by the moment of the kill: what was lost by the next one, what came twice by the last."""
    findings: Counter[tuple[str, Verdict]] = Counter()
    for finding in played.findings:
        findings[played.blamed(finding), finding.verdict] += 1
    used = [m for m in Moment if any(d.moment is m for d in played.deaths)]
    names: list[str] = [*used, *([_NO_KILL] if any(n == _NO_KILL for n, _ in findings) else [])]
    head = ["killed", "kills", "in flight", *Verdict, "damaged"]
    lines = []
    for name in names:
        deaths = [d for d in played.deaths if d.moment == name]
        found = [findings[name, verdict] for verdict in Verdict]
        damaged = sum(bool(d.damage) for d in deaths)
        lines.append([len(deaths), sum(d.in_flight for d in deaths), *found, damaged])
    rows = [[name, *map(str, line)] for name, line in zip(names, lines, strict=True)]
    rows.append(["in total", *(str(sum(column)) for column in zip(*lines, strict=True))])
    return "\n".join(
        "  ".join(
            cell.ljust(14) if n == 0 else cell.rjust(len(head[n])) for n, cell in enumerate(row)
        )
        for row in [head, *rows]
    )


def _blamed(deaths: Sequence[Death], finding: Finding) -> str:
    if finding.verdict is Verdict.LOST:
        return next((d.moment for d in deaths if d.at >= finding.at), _NO_KILL)
    return next((d.moment for d in reversed(deaths) if d.at <= finding.at), _NO_KILL)


def summary(played: Played) -> str:
    delivered = [u for u in played.updates if u.delivered_at]
    again = sum(len(u.delivered_at) > 1 for u in delivered)
    return (
        f"{len(played.days)} days, {len(played.books.reports)} reports in "
        f"{len(played.books.revisions)} revisions, {len(delivered)} updates delivered, {again} of them "
        f"more than once, {sum(c.applied for c in played.calls)} calls; {played.seconds:.0f} s"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=36)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--leaders", type=int, default=USUAL_LEADERS)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trucbao-kills-"))
    played = asyncio.run(
        play(
            folder,
            kills=options.kills,
            seed=options.seed,
            leaders=options.leaders,
            tell=lambda line: print(line, flush=True),  # noqa: T201 - a program's output
        )
    )
    faults = played.faults
    print("", table(played), summary(played), *faults, sep="\n")  # noqa: T201
    if faults:
        print(f"kept: {folder}")  # noqa: T201
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
