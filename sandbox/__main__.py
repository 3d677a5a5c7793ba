"""`python -m sandbox`: an embedded Telegram until SIGTERM; its address is the first line."""

import argparse
import asyncio
import json
import signal
import sys

from sandbox import server
from sandbox.limits import MODELS


async def serve(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    async with server.running(
        options.token, options.username, port=options.port, limits=options.limits
    ) as box:
        sys.stdout.write(json.dumps({"url": box.url}) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--token", default=server.TOKEN)
    parser.add_argument("--username", default=server.USERNAME)
    parser.add_argument("--limits", choices=sorted(MODELS), help="none unless given")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
