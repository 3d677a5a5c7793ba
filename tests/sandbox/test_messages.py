from typing import Any

import pytest

from sandbox.people import Person, RefusedError
from sandbox.server import Box

from .conftest import RawBot, keyboard

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


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


async def test_message_ids_of_private_chats_are_numbered_together(box: Box, an: Person) -> None:
    binh = await box.person(1002, "Bình")
    first = await an.say("một")
    second = await binh.say("hai")
    assert second == first + 1


@pytest.mark.parametrize(
    "params",
    [
        {"reply_markup": "x"},
        {"reply_markup": [1]},
        {"reply_markup": {"inline_keyboard": 1}},
        {"reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": 7}]]}},
        {"reply_parameters": 7},
        {"reply_parameters": {"message_id": "x7"}, "message_thread_id": 9},
        {"entities": {"type": "bold"}},
        {"parse_mode": "bold"},
    ],
)
async def test_malformed_parameters_are_bad_requests(
    bot: RawBot, an: Person, params: dict[str, Any]
) -> None:
    answer = await bot.call("sendMessage", chat_id=an.id, text="x", **params)
    assert answer.refusal[0] == 400


async def test_entities_can_be_given_instead_of_html(bot: RawBot, an: Person) -> None:
    bold = {"type": "bold", "offset": 0, "length": 4}
    sent = await bot.send(an.id, "Chào đồng chí", entities=[bold, {"type": "odd"}, 7])
    assert sent["entities"] == [bold]
