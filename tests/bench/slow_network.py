"""`python -m tests.bench.slow_network URL SECONDS`: a TCP way on which each byte is under way for so long.

Its address is the first line. It is quick until SIGUSR1, so that what comes before a measure is.
"""

import asyncio
import json
import signal
import sys
from contextlib import suppress
from urllib.parse import urlsplit


class Way:
    def __init__(self, host: str, port: int, seconds: float) -> None:
        self._host, self._port = host, port
        self._seconds = seconds
        self.delay = 0.0

    def slow_down(self) -> None:
        self.delay = self._seconds

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(self._host, self._port)
        await asyncio.gather(
            self._carry(reader, there_writer),
            self._carry(there_reader, writer),
        )

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What comes is written later, in its order; the next is read meanwhile."""
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if self.delay:
                    loop.call_later(self.delay, writer.write, data)
                else:
                    writer.write(data)
        loop.call_later(self.delay, writer.close)


async def main() -> None:
    url = urlsplit(sys.argv[1])
    way = Way(url.hostname or "", url.port or 80, float(sys.argv[2]))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGUSR1, way.slow_down)
    server = await asyncio.start_server(way.connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{port}"}) + "\n")
    sys.stdout.flush()
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
