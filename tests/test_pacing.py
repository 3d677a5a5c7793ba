"""Even pacing, and what a 429 means."""

import asyncio
import time
from itertools import pairwise

import pytest
from telegram.error import RetryAfter

from bot.pacing import Limits, Pacing

SOON = 60.0


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moment it is; a sleep passes at once."""
    clock = [1000.0]

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    return clock


async def goes(pacing: Pacing, chat: int, *, is_message: bool = True) -> bool:
    async with pacing.turn(chat, is_message=is_message) as may_go:
        return may_go


async def test_messages_to_many_leave_one_by_one_at_the_pace_of_all(now: list[float]) -> None:
    pacing = Pacing(Limits())
    left: list[float] = []
    for chat in range(1, 301):
        assert await goes(pacing, chat)
        left.append(now[0])
    assert left[-1] - left[0] == pytest.approx(299 / 30, abs=0.3)
    assert max(later - earlier for earlier, later in pairwise(left)) < 0.05


async def test_one_person_is_written_to_once_a_second_and_a_group_each_three(
    now: list[float],
) -> None:
    pacing = Pacing(Limits())
    for chat, gap in ((1, 1.0), (-1, 3.05)):
        async with pacing.turn(chat) as may_go:
            assert may_go
            now[0] += 0.4  # Telegram takes its time, and may count at the end of it
        now[0] += gap - 0.1
        assert not pacing.is_free(chat)
        now[0] += 0.11
        assert pacing.is_free(chat)


@pytest.mark.usefixtures("now")
async def test_what_is_no_message_lets_the_next_message_to_its_group_go() -> None:
    pacing = Pacing(Limits())
    assert await goes(pacing, -1, is_message=False)
    assert pacing.is_free(-1)
    assert await goes(pacing, -1)
    assert not pacing.is_free(-1)


async def test_a_429_halts_its_chat_and_lets_one_other_try(now: list[float]) -> None:
    pacing = Pacing(Limits())
    pacing.halt(1, RetryAfter(5))
    assert not pacing.is_free(1)
    assert pacing.is_free(2)
    assert pacing.width == 1
    async with pacing.turn(2) as first:
        assert first
        assert not await goes(pacing, 3)
    pacing.succeeded()
    assert await goes(pacing, 3)
    now[0] += 6
    assert pacing.is_free(1)


async def test_a_second_429_before_any_success_halts_everything(now: list[float]) -> None:
    pacing = Pacing(Limits())
    pacing.halt(1, RetryAfter(5))
    pacing.halt(2, RetryAfter(7))
    now[0] += 6
    assert not pacing.room()
    assert not await goes(pacing, 3)
    now[0] += 2
    assert pacing.room()
    assert await goes(pacing, 3)


@pytest.mark.usefixtures("now")
async def test_without_a_network_and_at_the_end_nothing_leaves() -> None:
    pacing = Pacing(Limits())
    pacing.pause(5)
    assert not await goes(pacing, 1)
    ended = Pacing(Limits())
    ended.close()
    assert not await goes(ended, 1)


async def test_the_next_look_is_when_the_first_that_was_held_back_may_go(now: list[float]) -> None:
    pacing = Pacing(Limits())
    pacing.look()
    assert pacing.next_slot_in(SOON) == SOON
    await goes(pacing, 1)
    pacing.look()
    assert not pacing.is_free(1)
    assert pacing.next_slot_in(SOON) == pytest.approx(1.0)
    now[0] += 2
    assert pacing.next_slot_in(SOON) == 0


async def test_rows_are_taken_a_moment_before_they_may_leave(now: list[float]) -> None:
    pacing = Pacing(Limits(overall=1.0))
    assert pacing.room()
    await goes(pacing, 1)
    pacing.look()
    assert not pacing.room()
    assert 0 < pacing.next_slot_in(SOON) < 1
    now[0] += pacing.next_slot_in(SOON)
    assert pacing.room()


async def test_chats_of_the_past_are_forgotten(now: list[float]) -> None:
    pacing = Pacing(Limits())
    for chat in range(1, 3000):
        now[0] += 1
        await goes(pacing, chat)
    pacing.look()
    assert len(pacing._chats) < 1000
