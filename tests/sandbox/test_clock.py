import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.people import Person, RefusedError
from sandbox.server import Box

from .conftest import RawBot


async def test_time_jumps_both_ways(box: Box) -> None:
    start = await box.now()
    await box.jump(3600)
    assert timedelta(minutes=59) < await box.now() - start < timedelta(minutes=61)
    await box.jump(timedelta(hours=-2))
    assert timedelta(minutes=-61) < await box.now() - start < timedelta(minutes=-59)


async def test_time_jumps_to_a_moment(box: Box, bot: RawBot, an: Person) -> None:
    moment = datetime.fromisoformat("2026-11-23T15:30:00+07:00")
    await box.jump(moment)
    assert timedelta() <= await box.now() - moment < timedelta(seconds=5)
    await an.say("x")
    (update,) = await bot.fresh()
    assert 0 <= update["message"]["date"] - moment.timestamp() < 5


async def test_a_moment_without_a_zone_is_refused(box: Box) -> None:
    with pytest.raises(RefusedError, match="zone"):
        await box.jump(datetime.fromisoformat("2026-11-23T15:30:00"))


async def test_a_follower_hears_of_a_jump_before_the_jump_returns(box: Box) -> None:
    heard: asyncio.Queue[float] = asyncio.Queue()

    async def follow() -> None:
        version = 0
        while True:
            state = await box.get("clock", version=version, wait=30, follower="bot")
            version = state["version"]
            heard.put_nowait(state["offset"])

    follower = asyncio.create_task(follow())
    assert await asyncio.wait_for(heard.get(), 5) == 0.0
    await box.jump(100)
    assert heard.get_nowait() == 100.0
    await box.jump(-300)
    assert heard.get_nowait() == -200.0
    follower.cancel()
    await asyncio.gather(follower, return_exceptions=True)


async def test_a_follower_that_went_away_holds_no_jump_up(box: Box) -> None:
    follower = asyncio.create_task(box.get("clock", version=1, wait=30, follower="bot"))
    await asyncio.sleep(0.05)
    follower.cancel()
    await asyncio.gather(follower, return_exceptions=True)
    await asyncio.sleep(0.05)
    start = asyncio.get_running_loop().time()
    await box.jump(100)
    assert asyncio.get_running_loop().time() - start < 0.5


async def test_a_poll_of_the_clock_ends_after_its_wait(box: Box) -> None:
    state = await box.get("clock", version=1, wait=0.05)
    assert (state["version"], state["offset"]) == (1, 0)
    assert datetime.fromisoformat(state["now"]).tzinfo == UTC


async def test_what_expired_stays_expired_when_time_goes_back(
    box: Box, bot: RawBot, an: Person
) -> None:
    await an.say("x")
    await box.jump(timedelta(days=2))
    await box.jump(timedelta(days=-2))
    assert await bot.updates() == []
