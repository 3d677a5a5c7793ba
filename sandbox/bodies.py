"""Users, chats and messages as the Bot API writes them."""

from typing import Any

from sandbox.markup import Entity
from sandbox.world import Chat, Message, User, World

Body = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)


def user_body(user: User) -> Body:
    body: Body = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    for key in ("last_name", "username", "language_code"):
        if value := getattr(user, key):
            body[key] = value
    return body


def chat_body(chat: Chat) -> Body:
    body: Body = {"id": chat.id, "type": chat.kind}
    if chat.person is not None:
        for key in ("first_name", "last_name", "username"):
            if value := getattr(chat.person, key):
                body[key] = value
    else:
        body["title"] = chat.title
        if chat.forum:
            body["is_forum"] = True
    return body


def entities_body(world: World, entities: tuple[Entity, ...]) -> list[Body]:
    written = []
    for entity in entities:
        body = dict(entity)
        if body["type"] == "text_mention":
            user = world.users.get(body.pop("user_id", 0))
            if user is None:
                continue
            body["user"] = user_body(user)
        written.append(body)
    return written


def message_body(world: World, message: Message, *, with_reply: bool = True) -> Body:
    chat = world.chats[message.chat_id]
    body: Body = {
        "message_id": message.id,
        "from": user_body(message.sender),
        "chat": chat_body(chat),
        "date": int(message.date),
    }
    if message.edit_date is not None:
        body["edit_date"] = int(message.edit_date)
    if message.thread is not None:
        body["message_thread_id"] = message.thread
        body["is_topic_message"] = True
    reply_to = message.reply_to
    if with_reply and reply_to is not None and not reply_to.deleted:
        body["reply_to_message"] = message_body(world, reply_to, with_reply=False)
    words = "caption" if message.media else "text"
    if message.text.plain:
        body[words] = message.text.plain
        entities = entities_body(world, message.text.entities)
        if entities:
            body["entities" if words == "text" else "caption_entities"] = entities
    body.update(message.media)
    body.update(message.service)
    if message.buttons:
        body["reply_markup"] = message.markup
    return body


def member_body(user: User, status: str) -> Body:
    body: Body = {"user": user_body(user), "status": status}
    if status == "kicked":
        body["until_date"] = 0
    elif status == "creator":
        body["is_anonymous"] = False
    elif status == "administrator":
        body |= {"can_be_edited": False, "is_anonymous": False}
        body |= dict.fromkeys(ADMIN_RIGHTS, True)
    return body


def member_change_body(world: World, chat: Chat, by: User, who: User, old: str, new: str) -> Body:
    """Return the ChatMemberUpdated that tells of `who` going from one status to another."""
    return {
        "chat": chat_body(chat),
        "from": user_body(by),
        "date": int(world.clock.unix()),
        "old_chat_member": member_body(who, old),
        "new_chat_member": member_body(who, new),
    }
