"""Files are made in a process of their own: what that shows, and what may happen to it."""

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot import workshop
from bot.config import Settings
from bot.domain.people import Role
from bot.domain.periods import Period
from bot.making import Making
from bot.orders import Made, Terms, Wanted
from bot.screens.message import Document, Paper, Photo, Picture
from bot.workshop import NotMadeError, TooSlowError, WorkerLostError, Workshop, terms_of
from sandbox.people import Group, SeenMessage
from sandbox.server import running
from storage.errors import UnavailableError
from tests.handlers.test_duty_report import report_normally
from tests.house import DAY, House, house, moved_in, settings_for

CAPTION = "Báo cáo trực ngày, tháng 3/2026, tính đến "
MONTH = Picture(Period.MONTH, DAY.replace(day=1), "vi")

# Takes the place of the worker: it makes nothing, and does what its argument says.
IDLES = "import sys, time; sys.stdin.buffer.read(1); time.sleep(600)"
DIES = "import sys; sys.stdin.buffer.read(1)"


@dataclass
class Bench:
    """A real worker for a house, which is built before its settings are known here."""

    workshop: Workshop | None = None

    async def make(self, wanted: Wanted, now: datetime) -> Made:
        assert self.workshop
        return await self.workshop.make(wanted, now)

    async def begun(self) -> int:
        """The process that has been started by now, or soon."""
        assert self.workshop
        return await started_by(self.workshop)


@contextlib.asynccontextmanager
async def house_with_worker(folder: Path) -> AsyncIterator[tuple[House, Bench]]:
    bench = Bench()
    async with (
        house(folder, make=bench.make) as home,
        Workshop.open(terms_of(home.settings)) as bench.workshop,
    ):
        yield home, bench


def terms_for(folder: Path) -> Terms:
    return terms_of(Settings(_env_file=None, database_path=folder / "trucbao.db"))


async def started_by(its_workshop: Workshop) -> int:
    for _ in range(500):
        if its_workshop._worker:
            return its_workshop._worker.pid
        await asyncio.sleep(0.01)
    raise AssertionError("no worker")


async def photos(group: Group) -> list[SeenMessage]:
    return [m for m in await group.messages() if m.from_bot and m.media == "photo"]


def lives(pid: int) -> bool:
    """Whether the process is there, and no zombie that waits to be collected."""
    status = Path(f"/proc/{pid}/stat")
    if not status.parent.parent.joinpath("self").exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    try:
        return status.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def ended(pid: int) -> None:
    for _ in range(500):
        if not lives(pid):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the worker lives on")


async def test_a_picture_from_the_worker_shows_what_is_committed_by_then(tmp_path: Path) -> None:
    async with house_with_worker(tmp_path) as (home, bench):
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("16:30")
        photo = await group.sees(f"{CAPTION}16:30 ngày 16/03/2026", timeout=20)
        assert "Đúng hạn 7,7 % (1/13 báo cáo), chưa báo cáo 12." in photo.text
        assert (await home.box.file(photo.file_id)).startswith(b"\x89PNG")
        first = await bench.begun()
        second = await home.join(Role.LEADER, "An Phú", id=2)
        await report_normally(second)
        await home.at("20:00")
        assert "(1/13 báo cáo), muộn 1" in (await group.sees(f"{CAPTION}20:00", timeout=20)).text
        assert await bench.begun() == first


async def test_what_the_worker_makes_is_what_would_be_made_here(tmp_path: Path) -> None:
    wanted = Document(Paper.REPORT, Period.MONTH, DAY, "en"), MONTH
    async with house_with_worker(tmp_path) as (home, bench):
        now = home.parts.clock.now()
        for each in wanted:
            here = await Making(terms_of(home.settings)).make(each, now)
            there = await bench.make(each, now)
            assert there.caption == here.caption
            if isinstance(there, Photo):
                assert there == here


async def test_a_worker_that_is_killed_over_a_file_costs_no_file_and_doubles_none(
    tmp_path: Path,
) -> None:
    async with house_with_worker(tmp_path) as (home, bench):
        group = await home.command_group()
        looking = asyncio.create_task(home.at("16:30"))
        first = await bench.begun()
        os.kill(first, signal.SIGKILL)
        await looking
        await group.sees(f"{CAPTION}16:30", timeout=20)
        await home.settled()
        assert len(await photos(group)) == 1
        assert await bench.begun() != first


async def test_a_file_over_which_two_workers_die_is_given_up(
    tmp_path: Path,
) -> None:
    terms = terms_for(tmp_path)
    async with Workshop.open(terms, (sys.executable, "-c", DIES)) as broken:
        with pytest.raises(WorkerLostError):
            await broken.make(MONTH, datetime.now().astimezone())


async def test_a_file_that_takes_too_long_ends_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "TAKES_AT_MOST_S", 0.3)
    terms = terms_for(tmp_path)
    async with Workshop.open(terms, (sys.executable, "-c", IDLES)) as slow:
        making = asyncio.create_task(slow.make(MONTH, datetime.now().astimezone()))
        pid = await started_by(slow)
        with pytest.raises(TooSlowError):
            await making
        assert not lives(pid)


async def test_the_worker_says_why_it_made_nothing_and_goes_on(tmp_path: Path) -> None:
    async with house_with_worker(tmp_path) as (home, bench):
        now = home.parts.clock.now()
        with pytest.raises(NotMadeError) as raised:
            await bench.make(Picture(Period.MONTH, MONTH.first, "vi", unit_id=4711), now)
        assert raised.value.problem == "NoSuchUnitError"
        first = await bench.begun()
        path = home.settings.database_path
        aside = path.rename(path.with_suffix(".aside"))
        with pytest.raises(UnavailableError):
            await bench.make(MONTH, now)
        aside.rename(path)
        assert isinstance(await bench.make(MONTH, now), Photo)
        assert await bench.begun() == first


async def test_an_idle_worker_is_let_go_and_the_next_file_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "IDLE_S", 0.0)
    async with house_with_worker(tmp_path) as (home, bench):
        for _ in range(2):
            making = asyncio.create_task(bench.make(MONTH, home.parts.clock.now()))
            pid = await bench.begun()
            assert isinstance(await making, Photo)
            await ended(pid)


async def test_the_worker_ignores_the_service_managers_sigterm_and_ends_with_the_bot(
    tmp_path: Path,
) -> None:
    async with house_with_worker(tmp_path) as (home, bench):
        now = home.parts.clock.now()
        await bench.make(MONTH, now)
        pid = await bench.begun()
        os.kill(pid, signal.SIGTERM)
        await bench.make(MONTH, now + timedelta(minutes=1))
        assert await bench.begun() == pid
    assert not lives(pid)


_BOT = """
import asyncio, pickle, sys
from bot.screens.message import Picture
from bot.workshop import Workshop

async def main():
    terms, wanted, now, program = pickle.load(sys.stdin.buffer)
    async with Workshop.open(terms, program) as workshop:
        making = asyncio.create_task(workshop.make(wanted, now))
        while not workshop._worker:
            await asyncio.sleep(0.01)
        print(workshop._worker.pid, flush=True)
        await making
        print("made", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("is_busy", [True, False])
async def test_no_worker_outlives_a_bot_that_is_killed(tmp_path: Path, is_busy: bool) -> None:
    async with house(tmp_path) as home:
        # A worker that never comes to an end with its file, but listens as the real one does.
        drags = (
            "import time; from bot import worker\n"
            "async def answer(*_): time.sleep(600)\n"
            "worker._answer = answer; worker.main()"
        )
        program = (sys.executable, "-c", drags) if is_busy else workshop.PROGRAM
        given = terms_of(home.settings), MONTH, home.parts.clock.now(), program
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _BOT),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert bot.stdin
        assert bot.stdout
        bot.stdin.write(pickle.dumps(given))
        await bot.stdin.drain()
        pid = int(await bot.stdout.readline())
        if is_busy:
            await asyncio.sleep(1)  # time enough for it to begin; too little would pass as well
        else:
            assert await bot.stdout.readline() == b"made\n"
        assert lives(pid)
        bot.kill()
        await bot.communicate()
        await ended(pid)


async def test_the_worker_is_told_no_secret(tmp_path: Path) -> None:
    shows = (
        "import os, sys; from bot import orders; from bot.orders import Failure\n"
        "terms = orders.read(sys.stdin.buffer); order = orders.read(sys.stdin.buffer)\n"
        "told = repr((terms, order, dict(os.environ)))\n"
        "sys.stdout.buffer.write(orders.packed(Failure(told, '')))"
    )
    secrets = {"TELEGRAM_BOT_TOKEN": "1:abc", "BACKUP_PASSPHRASE": "open sesame, please"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in secrets.items():
            patch.setenv(name, value)
        terms = terms_for(tmp_path)
        async with Workshop.open(terms, (sys.executable, "-c", shows)) as opened:
            with pytest.raises(NotMadeError) as raised:
                await opened.make(MONTH, datetime.now().astimezone())
    assert "PATH" in raised.value.problem
    for value in secrets.values():
        assert value not in raised.value.problem


async def test_a_stop_while_a_file_is_made_leaves_it_for_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.STOP_WITHIN_S", 0.1)
    async with running() as box:
        settings = settings_for(box, tmp_path / "trucbao.db")
        await box.jump(datetime.combine(DAY, time(15), settings.timezone))
        async with (
            Workshop.open(terms_of(settings), (sys.executable, "-c", IDLES)) as stuck,
            moved_in(box, settings, preset="tam-ky-2022", make=stuck.make) as home,
        ):
            group = await home.command_group()
            await home.at("16:30")
            await group.sees("Báo cáo 0/13")
            pid = await started_by(stuck)
        assert not lives(pid)
        async with (
            Workshop.open(terms_of(settings)) as workshop,
            moved_in(box, settings, make=workshop.make) as home,
        ):
            await group.sees(f"{CAPTION}16:30", timeout=20)
            await home.settled()
            assert len(await photos(group)) == 1
