import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.people import Person, RefusedError
from sandbox.server import Box

from .conftest import RawBot


async def test_a_scripted_status_is_answered_as_often_as_asked(
    box: Box, bot: RawBot, an: Person
) -> None:
    await box.fault("sendMessage", "status", times=2, code=502, description="Bad Gateway")
    for _ in range(2):
        answer = await bot.call("sendMessage", chat_id=an.id, text="x")
        assert answer.refusal == (502, "Bad Gateway")
    await bot.send(an.id, "x")
    assert [each.applied for each in await box.calls("sendMessage")] == [False, False, True]


async def test_a_scripted_429_carries_its_parameters(box: Box, bot: RawBot, an: Person) -> None:
    await box.fault(
        "sendMessage",
        "status",
        code=429,
        description="Too Many Requests: retry after 7",
        parameters={"retry_after": 7},
    )
    answer = await bot.call("sendMessage", chat_id=an.id, text="x")
    assert answer.headers["Retry-After"] == "7"
    assert answer.body["parameters"] == {"retry_after": 7}


async def test_a_fault_can_be_of_one_chat_and_last_until_cleared(
    box: Box, bot: RawBot, an: Person
) -> None:
    binh = await box.person(1002, "Bình")
    await binh.say("/start")
    await box.fault("*", "status", times=None, chat_id=an.id)
    for _ in range(3):
        assert (await bot.call("sendMessage", chat_id=an.id, text="x")).status == 500
    await bot.send(binh.id, "x")
    await box.clear_faults()
    await bot.send(an.id, "x")


async def test_a_reset_breaks_the_connection_before_anything_happened(
    box: Box, bot: RawBot, an: Person
) -> None:
    await box.fault("sendMessage", "reset")
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=an.id, text="x")
    (call,) = await box.calls("sendMessage")
    assert (call.status, call.applied, call.answered) == (None, False, False)
    assert len(await an.messages()) == 1


async def test_after_a_lost_answer_the_message_is_there_nevertheless(
    box: Box, bot: RawBot, an: Person
) -> None:
    await box.fault("sendMessage", "deliver_then_reset")
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=an.id, text="đã tới")
    await an.sees("đã tới")
    (call,) = await box.calls("sendMessage")
    assert (call.applied, call.answered) == (True, False)


async def test_silence_after_delivery_lasts_until_the_client_gives_up(
    box: Box, bot: RawBot, an: Person
) -> None:
    await box.fault("sendMessage", "deliver_then_timeout")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.call("sendMessage", chat_id=an.id, text="đã tới"), 0.1)
    await an.sees("đã tới")
    await box.idle(quiet=0.05, timeout=1)
    (call,) = await box.calls("sendMessage")
    assert (call.applied, call.answered, call.running) == (True, False, False)


async def test_silence_ends_in_a_reset(box: Box, bot: RawBot, an: Person) -> None:
    await box.fault("sendMessage", "deliver_then_timeout", seconds=0.05)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=an.id, text="đã tới")


async def test_a_slow_call_takes_effect_even_if_nobody_waits_for_it(
    box: Box, bot: RawBot, an: Person
) -> None:
    await box.fault("sendMessage", "slow", seconds=0.15)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.call("sendMessage", chat_id=an.id, text="muộn"), 0.05)
    assert len(await an.messages()) == 1
    await an.sees("muộn")
    (call,) = await box.calls("sendMessage")
    assert (call.applied, call.answered) == (True, False)


async def test_updates_lost_on_the_way_are_not_delivered(box: Box, bot: RawBot, an: Person) -> None:
    await an.say("một")
    await box.fault("getUpdates", "deliver_then_reset")
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("getUpdates")
    assert (await box.updates())[-1].delivered_at == ()
    assert len(await bot.updates()) == 1


async def test_polling_can_be_made_to_fail(box: Box, bot: RawBot) -> None:
    await box.fault("getUpdates", "status", code=401, description="Unauthorized")
    assert (await bot.call("getUpdates")).refusal == (401, "Unauthorized")
    assert await bot.updates() == []


@pytest.mark.parametrize("details", [{"kind": "explode"}, {"kind": "reset", "colour": 1}])
async def test_a_fault_that_does_not_exist_is_refused(box: Box, details: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        await box.fault("sendMessage", **details)


async def test_a_call_can_be_swallowed(box: Box, bot: RawBot, an: Person) -> None:
    await box.fault("sendMessage", "timeout")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.call("sendMessage", chat_id=an.id, text="x"), 0.1)
    await box.idle(quiet=0.05, timeout=1)
    (call,) = await box.calls("sendMessage")
    assert (call.applied, call.answered) == (False, False)
    assert len(await an.messages()) == 1


async def test_a_proxy_may_answer_what_is_not_json(box: Box, bot: RawBot) -> None:
    await box.fault("getMe", "status", code=502, raw="<html>Bad Gateway</html>")
    async with bot.session.get(f"{box.url}/bot{box.token}/getMe") as answer:
        assert (answer.status, await answer.text()) == (502, "<html>Bad Gateway</html>")
