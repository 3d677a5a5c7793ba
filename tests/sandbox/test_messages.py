from typing import Any

import pytest

from sandbox.people import Person, RefusedError
from sandbox.server import Box

from .conftest import RawBot, keyboard

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_person_reads_what_the_bot_sent(bot: RawBot, an: Person) -> None:
    sent = await bot.send(
        an.id,
        "<b>Chào</b> đồng chí",
        parse_mode="HTML",
        reply_markup={
            "inline_keyboard": [
                [{"text": "Nhận", "callback_data": "n"}],
                [{"text": "Xem", "url": "https://example.org"}],
            ]
        },
    )
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    message = await an.last()
    assert message.id == sent["message_id"]
    assert (message.text, message.html) == ("Chào đồng chí", "<b>Chào</b> đồng chí")
    assert message.labels == ("Nhận", "Xem")
    assert message.buttons[0][0].data == "n"
    assert message.buttons[1][0].url == "https://example.org"
    assert "Nhận" in str(message)


async def test_the_bot_cannot_speak_first(box: Box, bot: RawBot) -> None:
    await box.person(5, "Năm")
    answer = await bot.call("sendMessage", chat_id=5, text="x")
    assert answer.refusal == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_speaking_in_a_group_does_not_open_the_private_chat(box: Box, bot: RawBot) -> None:
    person = await box.person(5, "Năm")
    group = await box.group("Nhóm", [person])
    await person.say("/start", group)
    assert (await bot.call("sendMessage", chat_id=5, text="x")).status == 403


@pytest.mark.parametrize("chat_id", [404, -100, "@nobody", "x"])
async def test_an_unknown_chat_is_not_found(bot: RawBot, chat_id: Any) -> None:
    answer = await bot.call("sendMessage", chat_id=chat_id, text="x")
    assert answer.refusal == (400, "Bad Request: chat not found")


async def test_a_blocked_bot_is_told_so_and_an_unblocked_one_writes_again(
    bot: RawBot, an: Person
) -> None:
    await an.block()
    answer = await bot.call("sendMessage", chat_id=an.id, text="x")
    assert answer.refusal == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(RefusedError, match="unblock"):
        await an.say("x")
    await an.unblock()
    await bot.send(an.id, "x")
    statuses = [each["my_chat_member"]["new_chat_member"]["status"] for each in await bot.fresh()]
    assert statuses == ["kicked", "member"]


async def test_a_deleted_account_is_deactivated(bot: RawBot, an: Person) -> None:
    await an.deactivate()
    answer = await bot.call("sendMessage", chat_id=an.id, text="x")
    assert answer.refusal == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b> </b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("👍" * 2049, "message is too long"),
        ("a</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
    ],
)
async def test_texts_that_telegram_refuses(
    bot: RawBot, an: Person, text: str, description: str
) -> None:
    answer = await bot.call("sendMessage", chat_id=an.id, text=text, parse_mode="HTML")
    assert answer.refusal == (400, f"Bad Request: {description}")


async def test_length_is_counted_after_parsing(bot: RawBot, an: Person) -> None:
    await bot.send(an.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    await bot.send(an.id, "👍" * 2048)


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


async def test_a_placeholder_is_at_most_64_characters(bot: RawBot, an: Person) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "x" * 65}
    assert (
        await bot.call("sendMessage", chat_id=an.id, text="x", reply_markup=markup)
    ).status == 400
    markup["input_field_placeholder"] = "x" * 64
    sent = await bot.send(an.id, "x", reply_markup=markup)
    answer = await bot.call(
        "editMessageText", chat_id=an.id, message_id=sent["message_id"], text="y"
    )
    assert answer.refusal == (400, "Bad Request: message can't be edited")


async def test_an_edit_keeps_the_date_and_moves_edit_date(
    box: Box, bot: RawBot, an: Person
) -> None:
    sent = await bot.send(an.id, "một", reply_markup=keyboard([("b", "d")]))
    await box.jump(60)
    edited = (
        await bot.call("editMessageText", chat_id=an.id, message_id=sent["message_id"], text="hai")
    ).result
    assert edited["date"] == sent["date"]
    assert edited["edit_date"] >= sent["date"] + 60
    assert "reply_markup" not in edited, "a keyboard that is not given again is gone"
    assert (await an.last()).history == ("một",)


async def test_an_edit_that_changes_nothing_is_refused(bot: RawBot, an: Person) -> None:
    markup = keyboard([("b", "d")])
    sent = await bot.send(an.id, "<b>x</b>", parse_mode="HTML", reply_markup=markup)
    where = {"chat_id": an.id, "message_id": sent["message_id"]}
    same = {**where, "text": " <b>x</b>", "parse_mode": "HTML"}
    answer = await bot.call("editMessageText", **same, reply_markup=markup)
    assert answer.refusal == (400, NOT_MODIFIED)
    answer = await bot.call("editMessageReplyMarkup", **where, reply_markup=markup)
    assert answer.refusal == (400, NOT_MODIFIED)
    assert (await bot.call("editMessageText", **where, text="x", reply_markup=markup)).status == 200
    assert (await bot.call("editMessageReplyMarkup", **where)).status == 200
    assert (await bot.call("editMessageReplyMarkup", **where)).refusal == (400, NOT_MODIFIED)


async def test_only_own_messages_that_exist_are_edited(bot: RawBot, an: Person) -> None:
    theirs = await an.say("của tôi")
    answer = await bot.call("editMessageText", chat_id=an.id, message_id=theirs, text="x")
    assert answer.refusal == (400, "Bad Request: message can't be edited")
    answer = await bot.call("editMessageText", chat_id=an.id, message_id=theirs + 9, text="x")
    assert answer.refusal == (400, "Bad Request: message to edit not found")


async def test_a_deleted_message_is_gone(bot: RawBot, an: Person) -> None:
    sent = await bot.send(an.id, "x")
    where = {"chat_id": an.id, "message_id": sent["message_id"]}
    assert (await bot.call("deleteMessage", **where)).result is True
    assert [each.text for each in await an.messages()] == ["/start"]
    for method, purpose in [
        ("deleteMessage", "delete"),
        ("editMessageText", "edit"),
        ("pinChatMessage", "pin"),
    ]:
        answer = await bot.call(method, **where, text="y")
        assert answer.refusal == (400, f"Bad Request: message to {purpose} not found")


async def test_after_two_days_a_message_stays(box: Box, bot: RawBot, an: Person) -> None:
    sent = await bot.send(an.id, "x")
    await box.jump(49 * 3600)
    answer = await bot.call("deleteMessage", chat_id=an.id, message_id=sent["message_id"])
    assert answer.refusal == (400, "Bad Request: message can't be deleted for everyone")


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


async def test_message_ids_of_private_chats_are_numbered_together(box: Box, an: Person) -> None:
    binh = await box.person(1002, "Bình")
    first = await an.say("một")
    second = await binh.say("hai")
    assert second == first + 1


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
