"""The way to Telegram: aiohttp, which carries two to three times as much as the library's own httpx.

Through a proxy it stays httpx, for aiohttp knows no SOCKS and the network is the bottleneck there.
"""

import functools
import urllib.request
from typing import Any

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

TIMEOUT_S = 10.0
UPLOAD_TIMEOUT_S = 20.0
_NO_NETWORK = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)


def make_request(url: str, proxy: str | None, connections: int) -> BaseRequest:
    """A transport to the Bot API at `url` with at most so many connections."""
    if proxy or urllib.request.getproxies():
        return HTTPXRequest(
            connection_pool_size=connections,
            proxy=proxy,
            connect_timeout=TIMEOUT_S,
            read_timeout=TIMEOUT_S,
            write_timeout=TIMEOUT_S,
            pool_timeout=TIMEOUT_S,
        )
    return AiohttpRequest(connections, is_encrypted=url.startswith("https:"))


def is_without_network(error: Exception) -> bool:
    """Whether the request did not even leave; the transport's own error is kept as the cause."""
    return isinstance(error.__cause__, _NO_NETWORK)


class AiohttpRequest(BaseRequest):
    def __init__(self, connections: int, *, is_encrypted: bool) -> None:
        self._connections = connections
        self._is_encrypted = is_encrypted
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return TIMEOUT_S

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections,
                # The authorities that httpx brings along: a container may have none of its own.
                ssl=_authorities() if self._is_encrypted else True,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body. Raises NetworkError, and TimedOut, with aiohttp's error as the cause."""
        if self._session is None:
            raise RuntimeError("the transport is not initialised")
        has_files = request_data is not None and request_data.contains_files
        connect = _seconds(connect_timeout)
        read = _seconds(read_timeout)
        write = _seconds(write_timeout, UPLOAD_TIMEOUT_S if has_files else TIMEOUT_S)
        waits = _seconds(pool_timeout) + connect
        timeout = aiohttp.ClientTimeout(
            # aiohttp has no time of its own for writing.
            total=waits + write + read,
            connect=waits,
            sock_connect=connect,
            sock_read=read,
        )
        try:
            async with self._session.request(
                method, url, **_body(request_data), timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error


def _seconds(given: Any, default: float = TIMEOUT_S) -> float:
    """What the caller named, if anything was named."""
    return float(given) if isinstance(given, int | float) else default


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    # Telegram reads a file's name as it is, in UTF-8.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return {"data": form}


@functools.cache
def _authorities() -> Any:
    return httpx.create_ssl_context()
