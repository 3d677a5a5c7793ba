"""Any day at all: people, time, deaths and outages in any order, against a small model of fairness.

The model knows of no table and no outbox. It says what a leader may rely on: what was received once is
there once; who pressed before the deadline is on time and stays so, whatever is corrected afterwards;
the deadline gives back what the bot was down for; a unit that is exempt is not asked, and what it has
reported stands.
"""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.people import Role
from sandbox.people import Person
from sandbox.server import Box, running
from tests.house import ADMIN_ID, DAY, House, moved_in, settings_for
from tests.leaders import DONE, EDIT, MORE, NORMAL, SEND

T = TypeVar("T")

OPENS, DUE, LOCKS = time(15, 30), time(16, 30), time(20, 0)
LEFT_AFTER_OUTAGE = timedelta(minutes=30)
# Presses take real seconds, while the model counts in whole minutes.
CLOSE = timedelta(minutes=1)
# Who reports for which unit; two of them share one.
LEADERS = {1: "An Sơn", 2: "An Sơn", 3: "Tam Phú"}
ASKING = ("Mời đồng chí báo cáo", "Nhắc đồng chí", "quá hạn")


@dataclass
class Received:
    """What a leader was told of one report."""

    first_at: datetime
    revisions: int = 1


@dataclass
class Model:
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    received: dict[tuple[date, str], Received] = field(default_factory=dict)
    exempt: set[tuple[date, str]] = field(default_factory=set)

    def due(self, opens: datetime, due: datetime) -> datetime:
        """Return the deadline with all given back that outages took of the time before it."""
        for began, ended in self.outages:
            down = min(ended, due) - max(began, opens)
            if down > timedelta():
                due = max(due + down, ended + LEFT_AFTER_OUTAGE)
        return due


class AnyDay(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        self.stack = contextlib.AsyncExitStack()
        self.model = Model()
        self.people: dict[int, Person] = {}
        self.asked: dict[tuple[date, int], set[int]] = {}
        self.verdicts: dict[tuple[date, str], bool] = {}
        self.run(self._begin())

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(doing)

    def teardown(self) -> None:
        self.run(self._die())
        self.run(self.stack.aclose())
        self.loop.close()
        shutil.rmtree(self.folder)

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.run(self._jump(timedelta(minutes=minutes)))

    @rule(who=st.sampled_from(sorted(LEADERS)))
    @precondition(lambda self: self.is_open)
    def somebody_reports_or_corrects(self, who: int) -> None:
        self.run(self._report(who))

    @rule(who=st.sampled_from(sorted(LEADERS)))
    @precondition(lambda self: self.now.time() < LOCKS)
    def an_admin_exempts_a_unit_for_today(self, who: int) -> None:
        self.run(self._exempt(LEADERS[who]))

    @rule()
    def the_process_is_killed(self) -> None:
        self.run(self._die())
        self.run(self._live())

    @rule(minutes=st.integers(3, 120))
    def the_process_is_down_for_a_while(self, minutes: int) -> None:
        self.run(self._be_down(timedelta(minutes=minutes)))

    @rule()
    @precondition(lambda self: self.now.time() > LOCKS)
    def the_next_day_comes(self) -> None:
        tomorrow = datetime.combine(self.now.date() + timedelta(days=1), time(15), self.now.tzinfo)
        self.run(self._jump(tomorrow - self.now))

    @invariant()
    def what_was_received_is_there_once_and_judged_fairly(self) -> None:
        rows = self.run(
            self.home.rows(
                "SELECT r.period_start, u.short_name, r.first_submitted_at, r.due_at, r.revision, "
                "(SELECT count(*) FROM report_revision v WHERE v.period_start = r.period_start "
                "AND v.unit_id = r.unit_id) FROM report r JOIN unit u ON u.id = r.unit_id"
            )
        )
        found = {(date.fromisoformat(row[0]), row[1]): row[2:] for row in rows}
        assert found.keys() == self.model.received.keys(), "lost, or nobody sent it"
        for (day, unit), (submitted, judged_by, newest, stored) in found.items():
            told = self.model.received[day, unit]
            at = datetime.fromtimestamp(submitted / 1000, self.now.tzinfo)
            assert newest == stored == told.revisions, "a revision doubled or lost"
            assert abs(at - told.first_at) < CLOSE, "a correction moved the first submission"
            due = self.model.due(self._at(day, OPENS), self._at(day, DUE))
            is_on_time = submitted <= judged_by
            if abs(told.first_at - due) > CLOSE:
                assert is_on_time == (told.first_at <= due)
            assert is_on_time or not self.verdicts.get((day, unit)), "on time, and late afterwards"
            self.verdicts[day, unit] = is_on_time

    @invariant()
    def who_is_exempt_is_not_asked(self) -> None:
        for (day, who), asked in self.asked.items():
            assert self.run(self._asked(day, who)) <= asked

    @property
    def now(self) -> datetime:
        return self.home.parts.clock.now().astimezone(self.home.settings.timezone)

    @property
    def is_open(self) -> bool:
        """Whether it is surely open: an outage may have moved the lock, never forwards."""
        return self._at(self.now.date(), OPENS) <= self.now < self._at(self.now.date(), LOCKS)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.home.settings.timezone)

    async def _begin(self) -> None:
        self.box: Box = await self.stack.enter_async_context(running())
        values = settings_for(self.box, self.folder / "trucbao.db")
        await self.box.jump(datetime.combine(DAY, time(15), values.timezone))
        self.values = values
        await self._live(preset="tam-ky-2022")
        for who, unit in LEADERS.items():
            role = Role.DEPUTY if who == 2 else Role.LEADER
            self.people[who] = await self.home.join(role, unit, id=who)

    async def _live(self, preset: str | None = None) -> None:
        self.life = contextlib.AsyncExitStack()
        living = moved_in(self.box, self.values, preset=preset)
        self.home: House = await self.life.enter_async_context(living)

    async def _die(self) -> None:
        """End at once, in the middle of whatever it does."""
        self.home.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.home.task
        self.home.task = asyncio.create_task(asyncio.sleep(0))
        await self.life.aclose()

    async def _jump(self, by: timedelta) -> None:
        await self.box.jump(self.now + by)
        await self.home.parts.reconcile.look()
        await self.home.settled()

    async def _be_down(self, length: timedelta) -> None:
        began = self.now
        await self._die()
        await self.box.jump(began + length)
        await self._live()
        self.model.outages.append((began, self.now))
        await self.home.parts.reconcile.look()
        await self.home.settled()

    async def _report(self, who: int) -> None:
        person, day, unit = self.people[who], self.now.date(), LEADERS[who]
        command = await person.say("/baocao")
        if (day, unit) in self.model.exempt:
            await person.sees("được miễn báo cáo", after=command)
            await self.home.settled()
            return
        shown = await person.sees(unit, after=command)
        if (day, unit) in self.model.received:
            for button in (EDIT, MORE, DONE):
                await person.press(button, shown.id)
                await self.home.settled()
            self.model.received[day, unit].revisions += 1
        else:
            await person.press(NORMAL, shown.id)
            await self.home.settled()
            self.model.received[day, unit] = Received(self.now)
        await person.press(SEND, shown.id)
        await person.sees("Đã nhận báo cáo", after=shown.id - 1)
        await self.home.settled()

    async def _exempt(self, unit: str) -> None:
        day = self.now.date()
        admin = await self.box.person(ADMIN_ID)
        command = await admin.say(f"/miengiam {day:%d/%m} {unit}: nghỉ")
        is_exempt = (day, unit) in self.model.exempt
        await admin.sees("đã được miễn" if is_exempt else "Đã miễn báo cáo", after=command)
        await self.home.settled()
        self.model.exempt.add((day, unit))
        for who, led in LEADERS.items():
            if led == unit:
                self.asked[day, who] = await self._asked(day, who)

    async def _asked(self, day: date, who: int) -> set[int]:
        """The messages in which somebody was asked for the day's report, by their ids."""
        return {
            message.id
            for message in await self.people[who].messages()
            if message.from_bot
            and f"{day:%d/%m}" in message.text
            and any(words in message.text for words in ASKING)
        }


AnyDay.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    # A step takes real time over HTTP: a failure is told as it was found.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
TestAnyDay = AnyDay.TestCase
