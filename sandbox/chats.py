"""Methods about chats: what they are, who is in them, what is pinned."""

from sandbox.asking import Ask
from sandbox.bodies import Body, chat_body, member_body, member_change_body, message_body
from sandbox.errors import bad_request
from sandbox.world import IN_CHAT, Chat

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def get_chat(ask: Ask) -> Body:
    chat = ask.chat()
    if chat.person is not None and not chat.person.met_bot:
        raise bad_request("chat not found")
    if not chat.private and chat.status(ask.world.bot) not in IN_CHAT:
        ask.open_chat()
    body = chat_body(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    pinned = [message for number in chat.pinned if (message := chat.alive(number))]
    if pinned:
        body["pinned_message"] = message_body(ask.world, pinned[-1])
    return body


def get_chat_member(ask: Ask) -> Body:
    chat = ask.open_chat()
    user = ask.user()
    if chat.private:
        return member_body(user, "member")
    return member_body(user, chat.status(user))


def get_chat_administrators(ask: Ask) -> list[Body]:
    chat = ask.open_chat()
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_body(member.user, member.status)
        for member in chat.members.values()
        if member.status in {"creator", "administrator"}
    ]


def get_chat_member_count(ask: Ask) -> int:
    chat = ask.open_chat()
    if chat.private:
        return 2
    return sum(member.status in IN_CHAT for member in chat.members.values())


def leave_chat(ask: Ask) -> bool:
    chat = ask.open_chat()
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    world = ask.world
    old = chat.status(world.bot)
    change = member_change_body(world, chat, world.bot, world.bot, old, "left")
    chat.members[world.bot.id].status = "left"
    world.updates.add("my_chat_member", change)
    return True


def pinning_chat(ask: Ask) -> Chat:
    return ask.open_chat("pin_messages", "manage pinned messages in the chat")


def pin_chat_message(ask: Ask) -> bool:
    world = ask.world
    chat = pinning_chat(ask)
    message = ask.message(chat, "pin")
    if message.service:
        raise bad_request("message can't be pinned")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    pinned = {"pinned_message": message_body(world, message, with_reply=False)}
    notice = world.post(chat, world.bot, service=pinned, thread=message.thread)
    world.updates.add("message", message_body(world, notice))
    return True


def unpin_chat_message(ask: Ask) -> bool:
    chat = pinning_chat(ask)
    if ask.text("message_id"):
        number = ask.message(chat, "unpin").id
        if number in chat.pinned:
            chat.pinned.remove(number)
    elif chat.pinned:
        chat.pinned.pop()
    return True


def unpin_all_chat_messages(ask: Ask) -> bool:
    pinning_chat(ask).pinned.clear()
    return True


def send_chat_action(ask: Ask) -> bool:
    chat = ask.open_chat("send_messages", "send text messages to the chat")
    ask.thread(chat)
    if ask.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True
