"""Control calls that act as people and read what they see."""

import base64
from typing import Any

from sandbox import acting, groups, menus, views
from sandbox.bodies import Body
from sandbox.errors import MisuseError
from sandbox.text import typed
from sandbox.world import Chat, User, World


class Acts:
    def __init__(self, world: World) -> None:
        self.world = world

    def _person_and_chat(self, body: Body) -> tuple[User, Chat]:
        person = self.world.person(int(body["person"]))
        return person, acting.place(self.world, person, body.get("chat"), body.get("thread"))

    async def people(self, body: Body) -> Any:
        known = {"id", "first_name", "last_name", "username", "language_code"}
        user = User(**{key: value for key, value in body.items() if key in known})
        if user.id <= 0 or user.id == self.world.bot.id:
            raise MisuseError("a person's id is positive and not the bot's")
        chat = self.world.add_person(user)
        person = self.world.users[user.id]
        person.deactivated = bool(body.get("deactivated", person.deactivated))
        return {"id": user.id, "chat": chat.id}

    async def new_group(self, body: Body) -> Any:
        members = [self.world.person(int(each)) for each in body.get("members", ())]
        group = groups.found(
            self.world,
            body["title"],
            members,
            kind=body.get("kind", "supergroup"),
            topics=list(body.get("topics", ())),
        )
        if body.get("bot_is_member", True):
            by = members[0] if members else self.world.bot
            groups.set_status(self.world, group, by, self.world.bot, "member")
        if "privacy" in body:
            self.world.privacy = bool(body["privacy"])
        return self._group(group)

    def _group(self, group: Chat) -> Body:
        return {
            "id": group.id,
            "kind": group.kind,
            "title": group.title,
            "topics": {name: thread for thread, name in group.topics.items()},
        }

    async def member(self, body: Body) -> Any:
        group = self.world.chat(int(body["chat"]))
        who = self.world.users[int(body.get("who") or self.world.bot.id)]
        by = self.world.person(int(body["by"])) if body.get("by") else who
        groups.set_status(self.world, group, by, who, body["status"])
        return {}

    async def rights(self, body: Body) -> Any:
        self.world.chat(int(body["chat"])).forbidden_to_bot = set(body["forbidden"])
        return {}

    async def topic(self, body: Body) -> Any:
        group = self.world.chat(int(body["chat"]))
        if "delete" in body:
            groups.delete_topic(group, int(body["delete"]))
        else:
            by = self.world.person(int(body["by"]))
            groups.add_topic(self.world, group, by, body["name"])
        return self._group(group)

    async def migrate(self, body: Body) -> Any:
        return self._group(groups.migrate(self.world, self.world.chat(int(body["chat"]))))

    async def say(self, body: Body) -> Any:
        person, chat = self._person_and_chat(body)
        if not body["text"]:
            raise MisuseError("nobody can send an empty message")
        message = acting.write(
            self.world,
            person,
            chat,
            body.get("thread"),
            body.get("reply_to"),
            text=typed(body["text"]),
        )
        return {"message_id": message.id}

    async def follow(self, body: Body) -> Any:
        person = self.world.person(int(body["person"]))
        return {"message_id": acting.follow(self.world, person, body["link"]).id}

    async def send(self, body: Body) -> Any:
        person, chat = self._person_and_chat(body)
        data = base64.b64decode(body.get("data", "AAAA"))
        media = acting.attachment(
            self.world, body["kind"], body.get("name") or f"file.{body['kind']}", data
        )
        message = acting.write(
            self.world,
            person,
            chat,
            body.get("thread"),
            body.get("reply_to"),
            media=media,
            text=typed(body.get("caption", "")),
        )
        return {"message_id": message.id}

    async def album(self, body: Body) -> Any:
        """Send several photos as one; the caption is the first one's."""
        person, chat = self._person_and_chat(body)
        pictures = [base64.b64decode(each) for each in body["data"]]
        least, most = acting.ALBUM
        if not least <= len(pictures) <= most:
            raise MisuseError(f"an album has {least} to {most} pictures")
        group = {"media_group_id": str(self.world.random.randrange(10**16, 10**17))}
        numbers = []
        for caption, data in zip(
            (body.get("caption", ""), *[""] * len(pictures)), pictures, strict=False
        ):
            media = acting.attachment(self.world, "photo", "file.photo", data) | group
            message = acting.write(
                self.world, person, chat, body.get("thread"), media=media, text=typed(caption)
            )
            numbers.append(message.id)
        return {"message_ids": numbers}

    async def edit(self, body: Body) -> Any:
        person, chat = self._person_and_chat(body)
        acting.edit(self.world, person, chat, int(body["message_id"]), body["text"])
        return {}

    async def delete(self, body: Body) -> Any:
        person, chat = self._person_and_chat(body)
        acting.delete(person, chat, int(body["message_id"]))
        return {}

    async def press(self, body: Body) -> Any:
        person, chat = self._person_and_chat(body)
        if "forge" in body:
            number = int(body["message_id"])
            made = acting.forge(self.world, person, chat, number, body["forge"])
        else:
            made = acting.press(self.world, person, chat, body.get("message_id"), body["button"])
        return {"query_id": made.id}

    async def block(self, body: Body) -> Any:
        person = self.world.person(int(body["person"]))
        acting.block(self.world, person, blocks=bool(body.get("blocks", True)))
        return {}

    async def chat(self, query: Body) -> Any:
        person = self.world.person(int(query["person"]))
        chat = self.world.chat(int(query.get("chat") or person.id))
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "pinned": list(chat.pinned),
            "topics": {name: thread for thread, name in chat.topics.items()},
            "messages": views.messages(self.world, person, chat),
        }

    async def toasts(self, query: Body) -> Any:
        person = self.world.person(int(query["person"]))
        answered = [each for each in self.world.presses.values() if each.answered]
        return [
            {"query_id": each.id, "text": each.toast, "alert": each.alert, "url": each.url}
            for each in answered
            if each.person is person
        ]

    async def commands(self, query: Body) -> Any:
        person = self.world.person(int(query["person"]))
        chat = self.world.chat(int(query.get("chat") or person.id))
        return menus.seen_menu(self.world, person, chat)

    async def file(self, query: Body) -> Any:
        stored = self.world.files[query["file_id"]]
        return {"path": stored.path, "data": base64.b64encode(stored.data).decode()}
