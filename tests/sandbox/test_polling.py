import asyncio
from typing import Any

import pytest

from sandbox.people import Person
from sandbox.server import Box

from .conftest import RawBot, keyboard

TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [each["message"]["text"] for each in updates]


async def test_updates_come_again_until_an_offset_confirms_them(bot: RawBot, an: Person) -> None:
    for text in ("một", "hai", "ba"):
        await an.say(text)
    first = await bot.updates()
    assert texts(first) == ["một", "hai", "ba"]
    ids = [each["update_id"] for each in first]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert texts(await bot.updates()) == ["một", "hai", "ba"]
    assert texts(await bot.updates(offset=ids[1])) == ["hai", "ba"]
    assert texts(await bot.updates(offset=ids[0])) == ["hai", "ba"], "confirmed is for ever"
    assert await bot.updates(offset=ids[2] + 1) == []
    assert await bot.updates() == []


async def test_a_negative_offset_keeps_only_the_newest(bot: RawBot, an: Person) -> None:
    for text in ("một", "hai", "ba"):
        await an.say(text)
    assert texts(await bot.updates(offset=-1)) == ["ba"]
    assert texts(await bot.updates()) == ["ba"]


async def test_a_batch_is_no_longer_than_its_limit(bot: RawBot, an: Person) -> None:
    for number in range(105):
        await an.say(str(number))
    assert len(await bot.updates(limit=3)) == 3
    assert len(await bot.updates(limit=500)) == 100
    assert len(await bot.updates()) == 100


async def test_a_long_poll_answers_as_soon_as_something_comes(bot: RawBot, an: Person) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await an.say("đây")
    assert texts(await asyncio.wait_for(poll, 1)) == ["đây"]


async def test_of_two_pollers_the_older_is_ended(bot: RawBot, an: Person) -> None:
    older = asyncio.create_task(bot.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.updates(timeout=30))
    assert (await asyncio.wait_for(older, 1)).refusal == (409, TWO_POLLERS)
    assert not newer.done()
    await an.say("đây")
    assert texts(await newer) == ["đây"]


async def test_a_poller_that_died_is_delivered_nothing(box: Box, bot: RawBot, an: Person) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.05)
    poll.cancel()
    await asyncio.sleep(0.05)
    await an.say("đây")
    await asyncio.sleep(0.05)
    assert (await box.updates())[-1].delivered_at == ()
    assert texts(await bot.updates()) == ["đây"]
    assert len((await box.updates())[-1].delivered_at) == 1


async def test_an_active_webhook_forbids_polling(bot: RawBot) -> None:
    assert (await bot.call("setWebhook", url="https://example.org/x")).result is True
    assert (await bot.call("getUpdates")).refusal == (409, WEBHOOK_ACTIVE)
    assert (await bot.call("getWebhookInfo")).result["url"] == "https://example.org/x"
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_deleting_the_webhook_can_drop_what_waits(bot: RawBot, an: Person) -> None:
    await an.say("một")
    await bot.call("deleteWebhook")
    assert len(await bot.updates()) == 1
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_messages_wait_a_day_and_presses_150_seconds(
    box: Box, bot: RawBot, an: Person
) -> None:
    await bot.send(an.id, "chọn", reply_markup=keyboard([("Nhận", "x")]))
    await an.say("tin")
    await an.press("Nhận")
    await box.jump(149)
    assert len(await bot.updates()) == 2
    await box.jump(1)
    assert texts(await bot.updates()) == ["tin"]
    press = (await box.updates())[-1]
    assert press.kind == "callback_query"
    assert press.expired_at is not None
    assert press.confirmed_at is None
    await box.jump(24 * 3600 - 200)
    assert len(await bot.updates()) == 1
    await box.jump(100)
    assert await bot.updates() == []


async def test_allowed_updates_filter_when_made_and_are_remembered(
    box: Box, bot: RawBot, an: Person
) -> None:
    message = await an.say("một")
    await bot.updates(allowed_updates=["message"])
    await an.edit(message, "hai")
    await an.say("ba")
    assert texts(await bot.fresh()) == ["một", "ba"]
    await bot.updates(allowed_updates=[])
    await an.edit(message, "bốn")
    assert [each["edited_message"]["text"] for each in await bot.updates()] == ["bốn"]
    assert [each.kind for each in await box.updates()][-2:] == ["message", "edited_message"]


async def test_members_come_and_go_untold_unless_asked_for(
    box: Box, bot: RawBot, an: Person
) -> None:
    group = await box.group("Nhóm", [an])
    await group.set_status(await box.person(9, "Chín"), "member")
    await group.add_bot(an, "administrator")
    await bot.fresh()
    await group.set_status(await box.person(8, "Tám"), "member")
    assert [set(each) - {"update_id"} for each in await bot.fresh()] == [{"message"}]
    await bot.updates(allowed_updates=["chat_member"])
    await group.set_status(await box.person(7, "Bảy"), "member")
    (update,) = await bot.fresh()
    assert update["chat_member"]["new_chat_member"]["status"] == "member"


async def test_ids_can_restart_at_another_value(box: Box, bot: RawBot, an: Person) -> None:
    await an.say("một")
    (old,) = await bot.fresh()
    await box.restart_ids(17)
    await an.say("hai")
    (new,) = await bot.updates(offset=old["update_id"] + 1)
    assert new["update_id"] == 17, "an offset of the old numbering confirms nothing of the new"
    assert await bot.updates(offset=18) == []


async def test_a_repeated_update_has_its_old_id_and_body(box: Box, bot: RawBot, an: Person) -> None:
    await an.say("một")
    (first,) = await bot.fresh()
    await box.repeat(first["update_id"])
    assert await bot.updates(offset=first["update_id"] + 1) == [first]
    assert await bot.updates(offset=first["update_id"] + 1) == []


async def test_an_update_that_cannot_be_parsed_still_has_an_id(
    box: Box, bot: RawBot, an: Person
) -> None:
    await an.say("một")
    update_id = await box.inject({"message": {"message_id": 5}})
    batch = await bot.updates()
    assert [each["update_id"] for each in batch] == [update_id - 1, update_id]
    assert batch[1] == {"update_id": update_id, "message": {"message_id": 5}}


async def test_the_ledger_says_when_an_update_was_delivered_and_confirmed(
    box: Box, bot: RawBot, an: Person
) -> None:
    await an.say("một")
    record = (await box.updates())[-1]
    assert (record.delivered_at, record.confirmed_at) == ((), None)
    batch = await bot.updates()
    await bot.updates()
    record = (await box.updates())[-1]
    assert len(record.delivered_at) == 2
    assert record.confirmed_at is None
    await bot.updates(offset=batch[0]["update_id"] + 1)
    assert (await box.updates())[-1].confirmed_at is not None


@pytest.mark.parametrize("method", ["getupdates", "GETUPDATES", "getUpdates"])
async def test_methods_are_found_in_any_case(bot: RawBot, method: str) -> None:
    assert (await bot.call(method)).result == []


async def test_an_unknown_method_is_not_found(bot: RawBot) -> None:
    assert (await bot.call("sendLove")).refusal == (404, "Not Found: method not found")


async def test_a_wrong_or_revoked_token_is_unauthorized(box: Box, bot: RawBot) -> None:
    assert (await bot.call("getMe")).result["username"] == "trucbao_test_bot"
    await box.set_bot("700000001:another")
    assert (await bot.call("getMe")).status == 200
    await box.revoke(box.token)
    assert (await bot.call("getMe")).refusal == (401, "Unauthorized")
    bot.token = "700000001:another"
    assert (await bot.call("getMe")).status == 200
    bot.token = "never:seen"
    assert (await bot.call("getMe")).refusal == (401, "Unauthorized")
