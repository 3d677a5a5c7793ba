"""The embedded Telegram as a program: the Bot API and the control side on one loopback port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox import botapi, control
from sandbox.botapi import BotApi, lost
from sandbox.clock import Clock
from sandbox.limits import MODELS
from sandbox.people import Sandbox
from sandbox.world import World

HOST = "127.0.0.1"
TOKEN = "700000001:SANDBOX-not-a-secret"  # noqa: S105 - a token of the sandbox opens nothing
USERNAME = "trucbao_test_bot"
MAX_BODY = 100 * 2**20


class Box(Sandbox):
    """The client of a Telegram that runs in this process, whose state can be looked at as well."""

    def __init__(self, url: str, token: str, world: World, api: BotApi) -> None:
        super().__init__(url, token)
        self.world = world
        self.api = api


@asynccontextmanager
async def running(
    token: str = TOKEN, username: str = USERNAME, *, port: int = 0, limits: str | None = None
) -> AsyncIterator[Box]:
    """Run an embedded Telegram for as long as the block lasts."""
    world = World(Clock(), token, username)
    api = BotApi(world)
    if limits:
        api.limit = MODELS[limits]()
    app = web.Application(client_max_size=MAX_BODY, middlewares=[control.misuse_explained])
    app.add_routes(botapi.routes(api))
    app.add_routes(control.routes(api))
    app.router.add_route("*", "/{path:.*}", lost)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    delivery = asyncio.create_task(world.webhook.deliver(world.updates))
    try:
        # Loopback only: the control side has no password.
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        bound = runner.addresses[0][1]
        async with Box(f"http://{HOST}:{bound}", token, world, api) as box:
            yield box
    finally:
        delivery.cancel()
        await asyncio.gather(delivery, return_exceptions=True)
        world.updates.close()
        await world.clock.release()
        await runner.cleanup()
