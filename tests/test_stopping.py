"""The parts that go on until they are cancelled, cancelled at the very moment that something wakes them."""

import asyncio
from pathlib import Path

import pytest

from tests.house import house


@pytest.mark.parametrize("steps", range(4))
@pytest.mark.parametrize("name", ["reconcile", "keeping"])
async def test_what_wakes_a_part_as_it_is_stopped_does_not_keep_it_going(
    tmp_path: Path, name: str, steps: int
) -> None:
    async with house(tmp_path) as home:
        part = getattr(home.parts, name)
        await home.settled()
        going = asyncio.create_task(part.run())
        await asyncio.sleep(0.5)
        part.wake()
        for _ in range(steps):
            await asyncio.sleep(0)
        going.cancel()
        ended, _ = await asyncio.wait({going}, timeout=3)
        going.cancel()
        assert ended
