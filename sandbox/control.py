"""The control side over HTTP: act as people, read chats and ledgers, script faults, move time."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from sandbox import acting, groups, menus, views
from sandbox.bodies import Body
from sandbox.botapi import BotApi, connected
from sandbox.errors import MisuseError
from sandbox.faults import Fault
from sandbox.limits import MODELS
from sandbox.text import typed
from sandbox.world import Chat, User

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MAX_WAIT = 60.0


@web.middleware
async def misuse_explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not request.path.startswith("/control/"):
        return await handler(request)
    try:
        return await handler(request)
    except MisuseError as misuse:
        return web.json_response({"error": str(misuse)}, status=misuse.status)
    except KeyError as missing:
        return web.json_response({"error": f"{missing} is missing"}, status=400)
    except (TypeError, ValueError) as wrong:
        return web.json_response({"error": str(wrong)}, status=400)


class Control:
    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.world = api.world

    def _person_and_chat(self, body: Body) -> tuple[User, Chat]:
        person = self.world.person(int(body["person"]))
        return person, acting.place(self.world, person, body.get("chat"), body.get("thread"))

    async def bot(self, body: Body) -> Any:
        if "token" in body:
            self.world.set_bot(body["token"], body.get("username", ""), body.get("first_name", ""))
        self.world.privacy = bool(body.get("privacy", self.world.privacy))
        return {"id": self.world.bot.id, "username": self.world.bot.username}

    async def revoke(self, body: Body) -> Any:
        self.world.revoke(body.get("token"))
        return {}

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

    async def edit(self, body: Body) -> Any:
        person, chat = self._person_and_chat(body)
        acting.edit(self.world, person, chat, int(body["message_id"]), body["text"])
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

    async def calls(self, query: Body) -> Any:
        return self.api.ledger.since(int(query.get("since", 0)), query.get("method"))

    async def updates(self, _query: Body) -> Any:
        self.world.updates.sweep()
        shown = []
        for each in self.world.updates.all:
            record = asdict(each)
            for key in ("made_at", "expires_at", "confirmed_at", "expired_at"):
                record[key] = views.moment(record[key])
            record["delivered_at"] = [views.moment(at) for at in each.delivered_at]
            shown.append(record)
        return shown

    async def inject(self, body: Body) -> Any:
        return {"update_id": self.world.updates.add_raw(body["body"]).id}

    async def repeat(self, body: Body) -> Any:
        if self.world.updates.repeat(int(body["update_id"])) is None:
            raise MisuseError("there never was such an update", 404)
        return {}

    async def restart_ids(self, body: Body) -> Any:
        self.world.updates.restart_ids(body.get("first"))
        return {}

    async def faults(self, _query: Body) -> Any:
        return [asdict(each) for each in self.api.faults.faults]

    async def fault(self, body: Body) -> Any:
        self.api.faults.add(Fault(**body))
        return {}

    async def clear_faults(self, _body: Body) -> Any:
        self.api.faults.clear()
        return {}

    async def limits(self, body: Body) -> Any:
        model = body.get("model")
        self.api.limit = MODELS[model]() if model else None
        return {}

    async def idle(self, _query: Body) -> Any:
        updates = self.world.updates
        updates.sweep()
        return {
            "waiting": len(updates.waiting),
            "busy": self.api.ledger.busy(),
            "quiet_for": self.world.clock.elapsed() - self.api.ledger.last_activity,
        }

    async def jump(self, body: Body) -> Any:
        clock = self.world.clock
        if "to" in body:
            moment = datetime.fromisoformat(body["to"])
            if moment.tzinfo is None:
                raise MisuseError("a time to jump to needs its zone", 400)
            await clock.jump_to(moment)
        else:
            await clock.jump(timedelta(seconds=float(body["jump"])))
        self.world.updates.sweep()
        return self.time()

    def time(self) -> Body:
        clock = self.world.clock
        return {
            "version": clock.version,
            "offset": clock.offset.total_seconds(),
            "now": clock.now().isoformat(),
        }

    async def clock(self, request: web.Request) -> web.Response:
        query = request.query
        if "version" in query:
            await self.world.clock.moved_since(
                int(query["version"]),
                min(float(query.get("wait", 0)), MAX_WAIT),
                query.get("follower"),
                lambda: connected(request),
            )
        return web.json_response(self.time())


def routes(control: Control) -> list[web.RouteDef]:
    reading = (
        "chat",
        "toasts",
        "commands",
        "file",
        "calls",
        "updates",
        "faults",
        "idle",
    )
    acts = {
        "bot": control.bot,
        "revoke": control.revoke,
        "people": control.people,
        "groups": control.new_group,
        "member": control.member,
        "rights": control.rights,
        "topic": control.topic,
        "migrate": control.migrate,
        "say": control.say,
        "send": control.send,
        "edit": control.edit,
        "press": control.press,
        "block": control.block,
        "updates": control.inject,
        "updates/repeat": control.repeat,
        "updates/restart": control.restart_ids,
        "faults": control.fault,
        "limits": control.limits,
        "clock": control.jump,
    }
    return [
        web.get("/control/clock", control.clock),
        web.delete("/control/faults", _acting(control.clear_faults)),
        *(web.get(f"/control/{name}", _reading(getattr(control, name))) for name in reading),
        *(web.post(f"/control/{name}", _acting(act)) for name, act in acts.items()),
    ]


def _reading(read: Callable[[Body], Awaitable[Any]]) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return web.json_response(await read(dict(request.query)))

    return handle


def _acting(act: Callable[[Body], Awaitable[Any]]) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else {}
        return web.json_response(await act(body))

    return handle
