"""Even pacing, and what a 429 means."""

import time
from itertools import pairwise

import pytest
from telegram.error import RetryAfter

from bot.pacing import Limits, Pacing

SOON = 60.0


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    return clock


def test_messages_to_many_go_out_evenly_and_never_in_a_burst(now: list[float]) -> None:
    pacing = Pacing(Limits())
    sent: list[float] = []
    for tick in range(10_000):
        now[0] = 1000 + tick / 1000
        if pacing.take(1 + len(sent)):
            sent.append(now[0])
    gaps = [later - earlier for earlier, later in pairwise(sent)]
    assert min(gaps) >= 1 / 29 - 0.001
    assert len(sent) >= 280


def test_one_person_is_written_to_once_a_second_and_a_group_each_three(now: list[float]) -> None:
    pacing = Pacing(Limits())
    for chat, gap in ((1, 1.05), (-1, 3.05)):
        assert pacing.take(chat)
        now[0] += gap - 0.1
        assert not pacing.is_free(chat)
        now[0] += 0.1
        assert pacing.is_free(chat)


def test_what_is_no_message_waits_for_the_group_but_lets_its_next_message_go(
    now: list[float],
) -> None:
    pacing = Pacing(Limits())
    assert pacing.take(-1)
    assert not pacing.is_free(-1)
    now[0] += 3.05
    assert pacing.take(-1, is_message=False)
    assert pacing.is_free(-1)
    assert not pacing.take(-1)  # the pace of all chats together still holds
    now[0] += 1
    assert pacing.take(-1)
    assert not pacing.is_free(-1)


def test_a_429_halts_its_chat_and_lets_one_other_try(now: list[float]) -> None:
    pacing = Pacing(Limits())
    pacing.halt(1, RetryAfter(5))
    assert not pacing.is_free(1)
    assert pacing.is_free(2)
    assert pacing.width == 1
    pacing.succeeded()
    assert pacing.width > 1
    now[0] += 6
    assert pacing.is_free(1)


def test_a_second_429_before_any_success_halts_everything(now: list[float]) -> None:
    pacing = Pacing(Limits())
    pacing.halt(1, RetryAfter(5))
    pacing.halt(2, RetryAfter(7))
    now[0] += 6
    assert not pacing.take(3)
    now[0] += 2
    assert pacing.take(3)


def test_the_next_look_is_when_the_first_that_was_held_back_may_go(now: list[float]) -> None:
    pacing = Pacing(Limits())
    pacing.look()
    assert pacing.next_slot_in(SOON) == SOON
    pacing.take(1)
    pacing.look()
    assert not pacing.is_free(1)
    assert pacing.next_slot_in(SOON) == pytest.approx(1.05)
    now[0] += 2
    assert pacing.next_slot_in(SOON) == 0


def test_chats_of_the_past_are_forgotten(now: list[float]) -> None:
    pacing = Pacing(Limits())
    for chat in range(1, 3000):
        now[0] += 1
        pacing.take(chat)
    pacing.look()
    assert len(pacing._chats) < 1000
