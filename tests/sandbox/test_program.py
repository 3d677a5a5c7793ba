import asyncio
import json
import sys

import aiohttp
import pytest

from sandbox.people import Person, RefusedError, Sandbox
from sandbox.server import Box

from .conftest import RawBot, keyboard


async def test_it_runs_as_a_program_until_it_is_told_to_stop() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--token",
        "42:secret",
        "--username",
        "another_bot",
        "--limits",
        "sliding",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = json.loads(await process.stdout.readline())["url"]
    assert url.startswith("http://127.0.0.1:")
    async with Sandbox(url) as telegram, aiohttp.ClientSession() as session:
        an = await telegram.person(1, "An")
        await an.say("/start")
        async with session.get(f"{url}/bot42:secret/getMe") as answer:
            assert (await answer.json())["result"]["username"] == "another_bot"
        poll = asyncio.create_task(
            session.get(f"{url}/bot42:secret/getUpdates?timeout=50&offset=-1")
        )
        await poll
        polling = asyncio.create_task(
            session.get(f"{url}/bot42:secret/getUpdates?timeout=50&offset=999999999")
        )
        await asyncio.sleep(0.05)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 3) == 0, "not even a long poll holds it up"
        await asyncio.gather(poll, polling, return_exceptions=True)
        for task in (poll, polling):
            if task.exception() is None:
                task.result().close()


async def test_parameters_are_read_from_wherever_they_are(
    box: Box, bot: RawBot, an: Person
) -> None:
    url = f"{box.url}/bot{box.token}/sendMessage"
    markup = json.dumps(keyboard([("b", "d")]))
    fields = {"chat_id": str(an.id), "text": "chào", "reply_markup": markup}
    form = aiohttp.FormData()
    form.add_field("text", "chào", content_type="text/plain")
    form.add_field("reply_markup", markup)
    for kwargs in (
        {"params": fields},
        {"data": fields},
        {"json": fields | {"reply_markup": keyboard([("b", "d")])}},
        {"data": form, "params": {"chat_id": fields["chat_id"]}},
    ):
        async with bot.session.post(url, **kwargs) as answer:
            body = await answer.json()
        assert body["result"]["text"] == "chào", kwargs
        assert body["result"]["reply_markup"] == keyboard([("b", "d")])


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        ({"Content-Type": "application/json"}, "{"),
        ({"Content-Type": "application/json"}, "[]"),
        (
            {"Content-Type": "application/x-www-form-urlencoded"},
            "chat_id=1001&text=x&reply_markup={",
        ),
    ],
)
async def test_what_is_not_json_is_a_bad_request(
    box: Box, bot: RawBot, an: Person, headers: dict[str, str], data: str
) -> None:
    assert an.id == 1001
    url = f"{box.url}/bot{box.token}/sendMessage"
    async with bot.session.post(url, headers=headers, data=data) as answer:
        assert answer.status == 400
        assert (await answer.json())["ok"] is False
    assert [each.status for each in await box.calls("sendMessage")] == [400]


async def test_another_path_is_not_found(box: Box, bot: RawBot) -> None:
    async with bot.session.get(f"{box.url}/elsewhere") as answer:
        assert answer.status == 404
        assert await answer.json() == {
            "ok": False,
            "error_code": 404,
            "description": "Not Found",
        }


async def test_the_ledger_tells_every_call_in_order(box: Box, bot: RawBot, an: Person) -> None:
    last = (await box.calls())[-1].n
    await bot.send(an.id, "x")
    await bot.call("sendMessage", chat_id=an.id, text="")
    good, bad = await box.calls(since=last)
    assert (good.n, good.method, good.status, good.applied) == (last + 1, "sendMessage", 200, True)
    assert good.params["text"] == "x"
    assert good.result["text"] == "x"
    assert good.answered
    assert (bad.status, bad.applied) == (400, False)
    assert bad.description == "Bad Request: message text is empty"
    assert [each.n for each in await box.calls("SENDMESSAGE", since=last)] == [good.n, bad.n]


async def test_idle_waits_for_the_bot_to_have_done_everything(
    box: Box, bot: RawBot, an: Person
) -> None:
    await box.idle(quiet=0)
    await an.say("x")
    with pytest.raises(AssertionError, match="not idle"):
        await box.idle(timeout=0.1)
    await bot.updates()
    with pytest.raises(AssertionError, match="not idle"):
        await box.idle(timeout=0.1)
    await bot.fresh()
    await box.idle(timeout=1)
    start = asyncio.get_running_loop().time()
    await bot.send(an.id, "x")
    await box.idle(quiet=0.1, timeout=1)
    assert asyncio.get_running_loop().time() - start >= 0.1


async def test_what_is_not_seen_is_told_with_what_is(bot: RawBot, an: Person) -> None:
    await bot.send(an.id, "có đây", reply_markup=keyboard([("Nhận", "n")]))
    with pytest.raises(AssertionError, match=r"có đây\n    Nhận"):
        await an.sees("không có", timeout=0)
    with pytest.raises(AssertionError, match="the button 'Hủy' is not seen"):
        await an.sees_button("Hủy", timeout=0)
    assert (await an.sees_button("Nhận")).text == "có đây"
    with pytest.raises(AssertionError):
        await an.sees("có", timeout=0, after=(await an.last()).id)


async def test_what_no_person_could_do_is_refused(box: Box, an: Person) -> None:
    with pytest.raises(RefusedError, match="nobody has the id 5"):
        await Person(box, 5).say("x")
    with pytest.raises(RefusedError, match="empty message"):
        await an.say("")
    with pytest.raises(RefusedError, match="no topic 9"):
        await an.say("x", await box.group("Nhóm", [an]), thread=9)
    with pytest.raises(RefusedError, match="positive"):
        await box.person(-5)
    with pytest.raises(AssertionError, match="has said nothing"):
        await an.last()
    with pytest.raises(RefusedError, match="is missing"):
        await box.post("say", person=an.id)
