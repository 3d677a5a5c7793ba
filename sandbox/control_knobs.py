"""Control calls that look into Telegram itself: ledgers, faults, limits, time."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from sandbox import views
from sandbox.bodies import Body
from sandbox.botapi import BotApi, connected
from sandbox.errors import MisuseError
from sandbox.faults import Fault
from sandbox.limits import MODELS

MAX_WAIT = 60.0


class Knobs:
    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.world = api.world

    async def bot(self, body: Body) -> Any:
        if "token" in body:
            self.world.set_bot(body["token"], body.get("username", ""), body.get("first_name", ""))
        self.world.privacy = bool(body.get("privacy", self.world.privacy))
        return {"id": self.world.bot.id, "username": self.world.bot.username}

    async def revoke(self, body: Body) -> Any:
        self.world.revoke(body.get("token"))
        return {}

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
