import pytest

from sandbox.people import Person, RefusedError
from sandbox.server import Box

from .conftest import RawBot, keyboard


async def test_with_privacy_on_the_bot_reads_only_what_is_meant_for_it(
    box: Box, bot: RawBot, an: Person
) -> None:
    group = await box.group("Nhóm", [an])
    sent = await bot.send(group.id, "bot nói")
    await bot.fresh()
    await an.say("nói chuyện riêng", group)
    await an.say("/tonghop", group)
    await an.say("/tonghop@trucbao_test_bot ngay", group)
    await an.say("/tonghop@other_bot", group)
    await an.say("ơi @trucbao_test_bot", group)
    await an.say("ơi @other_bot", group)
    await an.say("đáp", group, reply_to=sent["message_id"])
    heard = [each["message"]["text"] for each in await bot.fresh()]
    assert heard == ["/tonghop", "/tonghop@trucbao_test_bot ngay", "ơi @trucbao_test_bot", "đáp"]


async def test_without_privacy_or_as_administrator_it_reads_everything(
    box: Box, bot: RawBot, an: Person
) -> None:
    open_group = await box.group("Mở", [an], privacy=False)
    await bot.fresh()
    await an.say("một", open_group)
    assert len(await bot.fresh()) == 1
    led = await box.group("Do bot quản", [an], privacy=True)
    await led.add_bot(an, "administrator")
    await bot.fresh()
    await an.say("hai", led)
    assert len(await bot.fresh()) == 1


async def test_being_added_and_removed_is_told(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Nhóm", [an], bot_is_member=False)
    assert await bot.updates() == []
    answer = await bot.call("sendMessage", chat_id=group.id, text="x")
    assert answer.refusal == (403, "Forbidden: bot is not a member of the supergroup chat")
    await group.add_bot(an)
    added, joined = await bot.fresh()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert added["my_chat_member"]["from"]["id"] == an.id
    assert joined["message"]["new_chat_members"][0]["is_bot"] is True
    await bot.send(group.id, "x")
    await group.remove_bot(an)
    assert (await bot.fresh())[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    answer = await bot.call("sendMessage", chat_id=group.id, text="x")
    assert answer.refusal == (403, "Forbidden: bot was kicked from the supergroup chat")
    await an.say("/start", group)
    assert await bot.fresh() == []


async def test_a_bot_can_leave(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Nhóm", [an])
    await bot.fresh()
    assert (await bot.call("leaveChat", chat_id=group.id)).result is True
    assert (await bot.fresh())[0]["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert (await bot.call("sendMessage", chat_id=group.id, text="x")).status == 403


async def test_strangers_neither_read_nor_write_in_a_group(
    box: Box, bot: RawBot, an: Person
) -> None:
    group = await box.group("Nhóm", [an])
    await bot.send(group.id, "x", reply_markup=keyboard([("b", "d")]))
    stranger = await box.person(66, "Lạ")
    with pytest.raises(RefusedError, match="is not in"):
        await stranger.say("/start", group)
    with pytest.raises(RefusedError, match="is not in"):
        await stranger.press("b", chat=group)
    with pytest.raises(RefusedError, match="is not in"):
        await stranger.messages(group)
    with pytest.raises(RefusedError, match="another person's"):
        await stranger.messages(an.id)


async def test_topics_carry_their_number(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Chỉ huy", [an], topics=["Báo cáo", "Khác"])
    thread = group.topics["Báo cáo"]
    await bot.fresh()
    sent = await bot.send(group.id, "trong chủ đề", message_thread_id=thread)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    general = await bot.send(group.id, "chung")
    assert "message_thread_id" not in general
    await an.say("/nhom", group, thread=thread)
    (update,) = await bot.fresh()
    assert update["message"]["message_thread_id"] == thread
    assert update["message"]["reply_to_message"]["forum_topic_created"]["name"] == "Báo cáo"
    assert [each.thread for each in await group.messages()][-3:] == [thread, None, thread]


async def test_a_topic_that_is_gone_is_not_found(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Chỉ huy", [an], topics=["Báo cáo"])
    thread = group.topics["Báo cáo"]
    sent = await bot.send(group.id, "x", message_thread_id=thread)
    await group.delete_topic("Báo cáo")
    answer = await bot.call("sendMessage", chat_id=group.id, text="y", message_thread_id=thread)
    assert answer.refusal == (400, "Bad Request: message thread not found")
    answer = await bot.call(
        "editMessageText", chat_id=group.id, message_id=sent["message_id"], text="y"
    )
    assert answer.refusal == (400, "Bad Request: message to edit not found")
    thread = await group.add_topic(an, "Mới")
    await bot.send(group.id, "y", message_thread_id=thread)
    answer = await bot.call("sendMessage", chat_id=group.id, text="y", message_thread_id=1)
    assert answer.refusal == (400, "Bad Request: message thread not found"), "the general topic"
    plain = await box.group("Không chủ đề", [an])
    answer = await bot.call("sendMessage", chat_id=plain.id, text="y", message_thread_id=thread)
    assert answer.refusal == (400, "Bad Request: message thread not found")


async def test_pins_are_seen_and_taken_off(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Nhóm", [an])
    await bot.fresh()
    one = await bot.send(group.id, "một")
    two = await bot.send(group.id, "hai")
    for each in (one, two):
        await bot.call("pinChatMessage", chat_id=group.id, message_id=each["message_id"])
    assert [each.text for each in await group.pinned()] == ["một", "hai"]
    notices = [each["message"]["pinned_message"]["text"] for each in await bot.fresh()]
    assert notices == ["một", "hai"]
    await bot.call("unpinChatMessage", chat_id=group.id, message_id=one["message_id"])
    assert (await bot.call("getChat", chat_id=group.id)).result["pinned_message"]["text"] == "hai"
    await bot.call("unpinChatMessage", chat_id=group.id)
    assert await group.pinned() == []


async def test_rights_can_be_denied(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Nhóm", [an])
    sent = await bot.send(group.id, "một")
    await group.forbid("send_messages", "pin_messages")
    answer = await bot.call("sendMessage", chat_id=group.id, text="x")
    assert answer.refusal == (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
    )
    answer = await bot.call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    assert answer.refusal == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    await group.forbid()
    await bot.send(group.id, "x")


async def test_a_group_that_becomes_a_supergroup_has_a_new_id(
    box: Box, bot: RawBot, an: Person
) -> None:
    old = await box.group("Nhóm", [an], kind="group")
    await bot.send(old.id, "x")
    await bot.fresh()
    new = await old.migrate()
    ahead, back = await bot.fresh()
    assert ahead["message"]["chat"]["id"] == old.id
    assert ahead["message"]["migrate_to_chat_id"] == new.id
    assert back["message"]["chat"]["id"] == new.id
    assert back["message"]["migrate_from_chat_id"] == old.id
    answer = await bot.call("sendMessage", chat_id=old.id, text="x")
    assert answer.refusal == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
    )
    assert answer.body["parameters"] == {"migrate_to_chat_id": new.id}
    await bot.send(new.id, "x")
    with pytest.raises(RefusedError, match="became a supergroup"):
        await an.say("/start", old)
    with pytest.raises(RefusedError, match="only once"):
        await old.migrate()


async def test_members_are_known_by_status(box: Box, bot: RawBot, an: Person) -> None:
    binh = await box.person(1002, "Bình")
    out = await box.person(1003, "Cảnh")
    group = await box.group("Nhóm", [an, binh])

    async def status(person: Person) -> str:
        answer = await bot.call("getChatMember", chat_id=group.id, user_id=person.id)
        return str(answer.result["status"])

    assert [await status(each) for each in (an, binh, out)] == ["creator", "member", "left"]
    await group.set_status(binh, "administrator", by=an)
    admins = (await bot.call("getChatAdministrators", chat_id=group.id)).result
    assert [each["user"]["id"] for each in admins] == [an.id, binh.id]
    assert (await bot.call("getChatMemberCount", chat_id=group.id)).result == 3
    answer = await bot.call("getChatMember", chat_id=group.id, user_id=999)
    assert answer.refusal == (400, "Bad Request: user not found")


async def test_other_peoples_messages_are_deleted_by_administrators_only(
    box: Box, bot: RawBot, an: Person
) -> None:
    group = await box.group("Nhóm", [an])
    said = await an.say("x", group)
    answer = await bot.call("deleteMessage", chat_id=group.id, message_id=said)
    assert answer.refusal == (400, "Bad Request: message can't be deleted")
    await group.add_bot(an, "administrator")
    assert (await bot.call("deleteMessage", chat_id=group.id, message_id=said)).result is True


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("pinChatMessage", {}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "inline_message_id": "x"}, "MESSAGE_ID_INVALID"),
        ("editMessageMedia", {"media": {"type": "dance"}}, "can't parse InputMedia"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {"document": "x"}, "wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
    ],
)
async def test_what_makes_no_sense_in_a_private_chat_is_refused(
    bot: RawBot, an: Person, method: str, params: dict[str, str], description: str
) -> None:
    status, said = (await bot.call(method, chat_id=an.id, **params)).refusal
    assert status == 400
    assert said.startswith(f"Bad Request: {description}")


async def test_several_messages_are_deleted_at_once(bot: RawBot, an: Person) -> None:
    ids = [(await bot.send(an.id, text))["message_id"] for text in ("một", "hai")]
    answer = await bot.call("deleteMessages", chat_id=an.id, message_ids=[*ids, 10**6])
    assert answer.result is True
    assert [each.text for each in await an.messages()] == ["/start"]


async def test_all_pins_are_taken_off_at_once(box: Box, bot: RawBot, an: Person) -> None:
    group = await box.group("Nhóm", [an])
    for text in ("một", "hai"):
        sent = await bot.send(group.id, text)
        await bot.call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
        await bot.call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    assert len(await group.pinned()) == 2
    assert (await bot.call("unpinAllChatMessages", chat_id=group.id)).result is True
    assert await group.pinned() == []


async def test_a_group_needs_a_person_and_only_a_supergroup_has_topics(
    box: Box, an: Person
) -> None:
    with pytest.raises(RefusedError, match="begins with a person"):
        await box.group("Nhóm", [])
    with pytest.raises(RefusedError, match="topics"):
        await box.group("Nhóm", [an], kind="group", topics=["x"])
    plain = await box.group("Nhóm", [an])
    with pytest.raises(RefusedError, match="no topics"):
        await plain.add_topic(an, "x")
    with pytest.raises(RefusedError, match="unknown status"):
        await plain.set_status(an, "king")
