"""The way to Telegram: what came back, what never left, and what nobody can know."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest

from bot.telegram_calls import is_surely_not_sent
from bot.transport import AiohttpRequest, is_without_network, make_request
from sandbox.people import Sandbox
from sandbox.server import Box, running


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as telegram:
        await (await telegram.person(1)).say("/start")
        yield telegram


@asynccontextmanager
async def talking(box: Sandbox, **of_request: Any) -> AsyncIterator[Bot]:
    given = {"proxy": None, "connections": 4} | of_request
    requests = [make_request(box.url, **given) for _ in range(2)]
    async with Bot(
        box.token, f"{box.url}/bot", request=requests[0], get_updates_request=requests[1]
    ) as bot:
        yield bot


async def test_words_and_bytes_arrive_as_they_are(box: Box) -> None:
    content = bytes(range(256)) * 4096
    async with talking(box) as bot:
        await bot.send_message(1, "Báo cáo & <b>gì</b>\n+84 100%")
        sent = await bot.send_document(1, content, "Phiếu", filename="phiếu báo.bin")
    assert [call.params.get("text") for call in await box.calls("sendMessage")] == [
        "Báo cáo & <b>gì</b>\n+84 100%"
    ]
    assert sent.document
    assert sent.document.file_name == "phiếu báo.bin"
    assert await box.file(sent.document.file_id) == content


async def test_a_refused_connection_means_that_nothing_left(unused: int) -> None:
    nowhere = Sandbox(f"http://127.0.0.1:{unused}", "42:x")
    request = make_request(nowhere.url, None, 1)
    await request.initialize()
    with pytest.raises(NetworkError) as caught:
        await request.post(f"{nowhere.url}/bot42:x/getMe")
    await request.shutdown()
    assert is_without_network(caught.value)
    assert is_surely_not_sent(caught.value)


@pytest.fixture
def unused() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.mark.parametrize("fault", ["reset", "deliver_then_reset"])
async def test_a_connection_that_breaks_leaves_it_in_doubt(box: Box, fault: str) -> None:
    async with talking(box) as bot:
        await box.fault("sendMessage", fault)
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(1, "một")
    assert not isinstance(caught.value, TimedOut)
    assert not is_surely_not_sent(caught.value)


async def test_an_answer_that_does_not_come_in_time_leaves_it_in_doubt(box: Box) -> None:
    async with talking(box) as bot:
        await box.fault("sendMessage", "deliver_then_timeout")
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(1, "một", read_timeout=0.1)
    assert not is_surely_not_sent(caught.value)


async def test_who_gets_no_connection_in_time_has_sent_nothing(box: Box) -> None:
    async with talking(box, connections=1) as bot:
        await box.fault("sendMessage", "slow", seconds=0.5)
        first = asyncio.create_task(bot.send_message(1, "một"))
        while not await box.calls("sendMessage"):  # noqa: ASYNC110 - it shows in the ledger alone
            await asyncio.sleep(0.01)
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(1, "hai", pool_timeout=0.05, connect_timeout=0.05)
        await first
    assert is_without_network(caught.value)
    assert len(await box.calls("sendMessage")) == 1


async def test_it_can_be_opened_anew_after_it_was_closed(box: Box) -> None:
    request = make_request(box.url, None, 1)
    for _ in range(2):
        await request.initialize()
        await request.post(f"{box.url}/bot{box.token}/getMe")
        await request.shutdown()
    with pytest.raises(NetworkError):
        await request.post(f"{box.url}/bot{box.token}/getMe")


async def test_encrypted_addresses_are_checked_against_known_authorities() -> None:
    request = make_request("https://api.telegram.org", None, 1)
    await request.initialize()
    await request.shutdown()
    assert isinstance(request, AiohttpRequest)


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_messages_go_through_a_proxy(box: Box, kind: str) -> None:
    async with proxy() as (port, passed), talking(box, proxy=f"{kind}://127.0.0.1:{port}") as bot:
        assert isinstance(bot.request, HTTPXRequest)
        await bot.send_message(1, "qua proxy")
    assert passed
    assert len(await box.calls("sendMessage")) == 1


async def test_a_proxy_of_the_environment_is_used(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxy() as (port, passed):
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        async with talking(box) as bot:
            await bot.send_message(1, "qua proxy")
    assert passed


@asynccontextmanager
async def proxy() -> AsyncIterator[tuple[int, list[str]]]:
    """A proxy that speaks plain HTTP and SOCKS5, and notes for whom."""
    passed: list[str] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begin = await reader.readexactly(1)
        if begin == b"\x05":
            await reader.readexactly((await reader.readexactly(1))[0])
            writer.write(b"\x05\x00")
            head = await reader.readexactly(4)
            size = 4 if head[3] == 1 else (await reader.readexactly(1))[0]
            raw = await reader.readexactly(size)
            host = socket.inet_ntoa(raw) if head[3] == 1 else raw.decode()
            port = int.from_bytes(await reader.readexactly(2), "big")
            writer.write(b"\x05\x00\x00\x01" + bytes(6))
            first = b""
        else:
            first = begin + await reader.readline()
            host, _, after = first.split(b"//")[1].split(b"/")[0].decode().partition(":")
            port = int(after)
        passed.append(host)
        there_reader, there = await asyncio.open_connection(host, port)
        there.write(first)
        await asyncio.gather(pump(reader, there), pump(there_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], passed
    finally:
        server.close()
