import asyncio
from typing import Any

import pytest

from sandbox.people import Person, RefusedError
from sandbox.server import Box

from .conftest import RawBot, keyboard

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.mark.parametrize("data", ["", "x" * 65, "ộ" * 22])
async def test_button_data_is_1_to_64_bytes(bot: RawBot, an: Person, data: str) -> None:
    answer = await bot.call(
        "sendMessage", chat_id=an.id, text="x", reply_markup=keyboard([("b", data)])
    )
    assert answer.refusal == (400, "Bad Request: BUTTON_DATA_INVALID")
    await bot.send(an.id, "x", reply_markup=keyboard([("b", "ộ" * 21)]))


@pytest.mark.parametrize(
    "button", [{"text": "x"}, {"text": " ", "callback_data": "x"}, {"text": "x", "url": "y"}, 7]
)
async def test_other_buttons_are_refused(bot: RawBot, an: Person, button: Any) -> None:
    markup = {"inline_keyboard": [[button]]}
    answer = await bot.call("sendMessage", chat_id=an.id, text="x", reply_markup=markup)
    assert answer.status == 400


async def test_a_press_tells_the_bot_and_its_answer_is_a_toast(bot: RawBot, an: Person) -> None:
    sent = await bot.send(an.id, "chọn", reply_markup=keyboard([("Nhận", "n:1")]))
    query = await an.press("Nhận")
    (update,) = await bot.fresh()
    press = update["callback_query"]
    assert press["id"] == query
    assert press["data"] == "n:1"
    assert press["message"]["message_id"] == sent["message_id"]
    assert press["from"]["id"] == an.id
    answer = await bot.call("answerCallbackQuery", callback_query_id=query, text="Đã nhận")
    assert answer.result is True
    assert await an.toasts() == ["Đã nhận"]


async def test_a_press_is_answered_once_and_soon(box: Box, bot: RawBot, an: Person) -> None:
    await bot.send(an.id, "chọn", reply_markup=keyboard([("Nhận", "n")]))
    query = await an.press("n")
    assert (await bot.call("answerCallbackQuery", callback_query_id=query)).status == 200
    again = await bot.call("answerCallbackQuery", callback_query_id=query)
    assert again.refusal == (400, TOO_OLD)
    late = await an.press("n")
    await box.jump(151)
    answer = await bot.call("answerCallbackQuery", callback_query_id=late)
    assert answer.refusal == (400, TOO_OLD)
    answer = await bot.call("answerCallbackQuery", callback_query_id="7")
    assert answer.refusal == (400, TOO_OLD)


async def test_a_toast_is_at_most_200_characters(bot: RawBot, an: Person) -> None:
    await bot.send(an.id, "chọn", reply_markup=keyboard([("Nhận", "n")]))
    query = await an.press("n")
    answer = await bot.call("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert answer.status == 400
    answer = await bot.call("answerCallbackQuery", callback_query_id=query, text="x" * 200)
    assert answer.status == 200


async def test_nobody_presses_a_button_that_they_do_not_see(bot: RawBot, an: Person) -> None:
    sent = await bot.send(an.id, "chọn", reply_markup=keyboard([("Nhận", "n")]))
    with pytest.raises(RefusedError, match="sees no button"):
        await an.press("Từ chối")
    await bot.call("editMessageReplyMarkup", chat_id=an.id, message_id=sent["message_id"])
    with pytest.raises(RefusedError, match="sees no button"):
        await an.press("Nhận")
    assert await bot.updates() == []


async def test_a_press_goes_to_the_newest_message_that_has_the_button(
    bot: RawBot, an: Person
) -> None:
    first = await bot.send(an.id, "một", reply_markup=keyboard([("Nhận", "1")]))
    await bot.send(an.id, "hai", reply_markup=keyboard([("Nhận", "2")]))
    await bot.send(an.id, "ba")
    await an.press("Nhận")
    await an.press("Nhận", first["message_id"])
    assert [each["callback_query"]["data"] for each in await bot.fresh()] == ["2", "1"]


async def test_a_forged_press_may_carry_anything_on_any_message_there_was(
    bot: RawBot, an: Person
) -> None:
    sent = await bot.send(an.id, "cũ")
    await bot.call("deleteMessage", chat_id=an.id, message_id=sent["message_id"])
    await an.forge("drop:table", sent["message_id"])
    (update,) = await bot.fresh()
    assert update["callback_query"]["data"] == "drop:table"
    assert update["callback_query"]["message"]["date"] == 0, "it is inaccessible"
    with pytest.raises(RefusedError, match="never was"):
        await an.forge("x", 10**6)


async def test_a_message_of_a_person_can_be_edited_by_them_alone(
    box: Box, bot: RawBot, an: Person
) -> None:
    said = await an.say("QS 25/27")
    await box.jump(600)
    await an.edit(said, "QS 26/27")
    first, edited = await bot.fresh()
    assert edited["edited_message"]["text"] == "QS 26/27"
    assert edited["edited_message"]["date"] == first["message"]["date"]
    assert edited["edited_message"]["edit_date"] >= first["message"]["date"] + 600
    sent = await bot.send(an.id, "x")
    with pytest.raises(RefusedError, match="only their own"):
        await an.edit(sent["message_id"], "y")
    with pytest.raises(RefusedError, match="changes nothing"):
        await an.edit(said, "QS 26/27")


async def test_a_reply_names_what_it_answers(bot: RawBot, an: Person) -> None:
    said = await an.say("hỏi")
    sent = await bot.send(an.id, "đáp", reply_parameters={"message_id": said})
    assert sent["reply_to_message"]["text"] == "hỏi"
    answer = await bot.call(
        "sendMessage", chat_id=an.id, text="x", reply_parameters={"message_id": said + 99}
    )
    assert answer.refusal == (400, "Bad Request: message to be replied not found")
    await an.say("thưa", reply_to=sent["message_id"])
    assert (await bot.fresh())[-1]["message"]["reply_to_message"]["text"] == "đáp"


async def test_a_deep_link_is_a_start_with_its_payload(bot: RawBot, an: Person) -> None:
    await an.say("/start abc-DEF_1")
    (update,) = await bot.fresh()
    assert update["message"]["text"] == "/start abc-DEF_1"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_link_is_followed_only_if_telegram_would(bot: RawBot, an: Person) -> None:
    await an.follow("https://t.me/trucbao_test_bot?start=ab_C-1")
    (update,) = await bot.fresh()
    assert update["message"]["text"] == "/start ab_C-1"
    for link in (
        "https://t.me/other_bot?start=x",
        f"https://t.me/trucbao_test_bot?start={'x' * 65}",
        "https://t.me/trucbao_test_bot?start=a=b",
    ):
        with pytest.raises(RefusedError, match="leads to no chat"):
            await an.follow(link)


async def test_people_delete_their_own_messages_untold(bot: RawBot, an: Person) -> None:
    said = await an.say("nhầm")
    await an.delete(said)
    assert "nhầm" not in [each.text for each in await an.messages()]
    assert len(await bot.fresh()) == 1
    sent = await bot.send(an.id, "x")
    with pytest.raises(RefusedError, match="only their own"):
        await an.delete(sent["message_id"])


async def test_people_cannot_send_more_than_a_message_holds(an: Person) -> None:
    await an.say("x" * 4096)
    with pytest.raises(RefusedError, match="4096"):
        await an.say("x" * 4097)


async def test_a_press_can_wait_for_its_button(bot: RawBot, an: Person) -> None:
    press = asyncio.create_task(an.press("Nhận", timeout=2))
    await asyncio.sleep(0.05)
    assert not press.done()
    await bot.send(an.id, "chọn", reply_markup=keyboard([("Nhận", "n")]))
    await press
    assert (await bot.fresh())[0]["callback_query"]["id"] == press.result()


async def test_nobody_acts_after_their_account_is_deleted(an: Person) -> None:
    await an.deactivate()
    with pytest.raises(RefusedError, match="is deleted"):
        await an.say("x")
