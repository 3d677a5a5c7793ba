"""The control side over HTTP: its routes, and how it refuses."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.bodies import Body
from sandbox.botapi import BotApi
from sandbox.control_acts import Acts
from sandbox.control_knobs import Knobs
from sandbox.errors import MisuseError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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


def routes(api: BotApi) -> list[web.RouteDef]:
    acts = Acts(api.world)
    knobs = Knobs(api)
    reads = {
        "chat": acts.chat,
        "toasts": acts.toasts,
        "commands": acts.commands,
        "file": acts.file,
        "calls": knobs.calls,
        "updates": knobs.updates,
        "faults": knobs.faults,
        "idle": knobs.idle,
    }
    does = {
        "people": acts.people,
        "groups": acts.new_group,
        "member": acts.member,
        "rights": acts.rights,
        "topic": acts.topic,
        "migrate": acts.migrate,
        "say": acts.say,
        "follow": acts.follow,
        "send": acts.send,
        "album": acts.album,
        "edit": acts.edit,
        "delete": acts.delete,
        "press": acts.press,
        "block": acts.block,
        "bot": knobs.bot,
        "revoke": knobs.revoke,
        "updates": knobs.inject,
        "updates/repeat": knobs.repeat,
        "updates/restart": knobs.restart_ids,
        "faults": knobs.fault,
        "limits": knobs.limits,
        "clock": knobs.jump,
    }
    return [
        web.get("/control/clock", knobs.clock),
        web.delete("/control/faults", _acting(knobs.clear_faults)),
        *(web.get(f"/control/{name}", _reading(read)) for name, read in reads.items()),
        *(web.post(f"/control/{name}", _acting(act)) for name, act in does.items()),
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
