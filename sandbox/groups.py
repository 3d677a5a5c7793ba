"""Groups: who is in them, their topics, and a group that becomes a supergroup."""

from sandbox.bodies import member_change_body, message_body, user_body
from sandbox.errors import MisuseError
from sandbox.world import IN_CHAT, Chat, Member, User, World

STATUSES = {"creator", "administrator", "member", "left", "kicked"}


def found(world: World, title: str, members: list[User], *, kind: str, topics: list[str]) -> Chat:
    """Make a group; its first member owns it."""
    if kind not in {"group", "supergroup"} or (topics and kind == "group"):
        raise MisuseError("a group is a group or a supergroup; only the latter has topics")
    if not members:
        raise MisuseError("a group begins with a person")
    group = world.add_group(kind, title, forum=bool(topics))
    for number, user in enumerate(members):
        group.members[user.id] = Member(user, "member" if number else "creator")
    for name in topics:
        add_topic(world, group, members[0], name)
    return group


def set_status(world: World, group: Chat, by: User, who: User, status: str) -> None:
    """Let someone join, leave, be promoted or be removed, and tell the bot what it may know."""
    if status not in STATUSES:
        raise MisuseError(f"unknown status {status!r}")
    old = group.status(who)
    if old == status:
        return
    bot_was_in = group.status(world.bot) in IN_CHAT
    group.members[who.id] = Member(who, status)
    change = member_change_body(world, group, by, who, old, status)
    if who is world.bot:
        world.updates.add("my_chat_member", change)
    elif group.status(world.bot) == "administrator":
        world.updates.add("chat_member", change)
    bot_is_in = group.status(world.bot) in IN_CHAT
    notice = None
    if old not in IN_CHAT and status in IN_CHAT:
        notice = {"new_chat_members": [user_body(who)], "new_chat_member": user_body(who)}
    elif old in IN_CHAT and status not in IN_CHAT:
        notice = {"left_chat_member": user_body(who)}
    if notice is not None:
        message = world.post(group, by, service=notice)
        if bot_is_in or bot_was_in:
            world.updates.add("message", message_body(world, message))


def add_topic(world: World, group: Chat, by: User, name: str) -> int:
    if not group.forum:
        raise MisuseError(f"{group.title} has no topics")
    opened = world.post(
        group, by, service={"forum_topic_created": {"name": name, "icon_color": 7322096}}
    )
    opened.thread = opened.id
    group.topics[opened.id] = name
    if group.status(world.bot) in IN_CHAT:
        world.updates.add("message", message_body(world, opened))
    return opened.id


def delete_topic(group: Chat, thread: int) -> None:
    """Delete a topic with all its messages; bots are not told."""
    if group.topics.pop(thread, None) is None:
        raise MisuseError(f"{group.title} has no topic {thread}", 404)
    for message in group.messages.values():
        if message.thread == thread:
            message.deleted = True
            if message.id in group.pinned:
                group.pinned.remove(message.id)


def migrate(world: World, group: Chat) -> Chat:
    """Turn a basic group into a supergroup with a new id; its messages stay behind."""
    if group.kind != "group" or group.migrated_to is not None:
        raise MisuseError("only a basic group becomes a supergroup, and only once")
    new = world.add_group("supergroup", group.title, forum=False)
    new.members = {
        user_id: Member(member.user, member.status) for user_id, member in group.members.items()
    }
    new.forbidden_to_bot = set(group.forbidden_to_bot)
    owner = next((m.user for m in group.members.values() if m.status == "creator"), world.bot)
    ahead = world.post(group, owner, service={"migrate_to_chat_id": new.id})
    back = world.post(new, owner, service={"migrate_from_chat_id": group.id})
    if group.status(world.bot) in IN_CHAT:
        world.updates.add("message", message_body(world, ahead))
        world.updates.add("message", message_body(world, back))
    group.migrated_to = new.id
    return new
