"""Files: albums of people, sizes that Telegram takes, downloads by path."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from sandbox import acting, asking, media
from sandbox.people import Person, RefusedError
from sandbox.server import Box
from tests.sandbox.conftest import RawBot


async def test_an_album_is_several_messages_with_one_group_and_one_caption(
    bot: RawBot, an: Person
) -> None:
    await bot.fresh()
    numbers = await an.send_album([b"1", b"2", b"3"], caption="Sân tập")
    told = [update["message"] for update in await bot.fresh()]
    assert [each["message_id"] for each in told] == numbers
    assert len({each["media_group_id"] for each in told}) == 1
    assert [each.get("caption") for each in told] == ["Sân tập", None, None]
    other = await an.send_album([b"1", b"2"])
    assert len(other) == 2
    assert (await bot.fresh())[0]["message"]["media_group_id"] != told[0]["media_group_id"]


@pytest.mark.parametrize("number", [1, 11])
async def test_an_album_has_two_to_ten_pictures(an: Person, number: int) -> None:
    with pytest.raises(RefusedError, match="2 to 10"):
        await an.send_album([b"x"] * number)


async def test_a_caption_of_a_person_is_as_short_as_that_of_a_bot(an: Person) -> None:
    await an.send_photo("x" * media.MAX_CAPTION)
    with pytest.raises(RefusedError, match="caption"):
        await an.send_photo("x" * (media.MAX_CAPTION + 1))


async def test_a_caption_can_be_edited_by_who_wrote_it(bot: RawBot, an: Person) -> None:
    sent = await an.send_photo("một")
    await bot.fresh()
    await an.edit(sent, "hai")
    (update,) = await bot.fresh()
    assert update["edited_message"]["caption"] == "hai"
    assert update["edited_message"]["photo"]


async def test_what_is_too_large_is_not_handed_out(
    bot: RawBot, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MAX_DOWNLOAD", 10)
    await bot.fresh()
    await an.send_document("a.csv", b"x" * 10)
    await an.send_document("b.csv", b"x" * 11)
    small, large = (update["message"]["document"]["file_id"] for update in await bot.fresh())
    told = (await bot.call("getFile", file_id=small)).result
    assert told["file_size"] == 10
    url = f"{bot.box.url}/file/bot{bot.token}/{told['file_path']}"
    async with bot.session.get(url) as answer:
        assert await answer.read() == b"x" * 10
    refused = await bot.call("getFile", file_id=large)
    assert refused.refusal == (400, "Bad Request: file is too big")


async def test_a_path_that_is_no_file_and_a_token_that_is_none(bot: RawBot, an: Person) -> None:
    del an
    for token, path, status in ((bot.token, "documents/none", 404), ("1:x", "photos/a", 401)):
        async with bot.session.get(f"{bot.box.url}/file/bot{token}/{path}") as answer:
            assert answer.status == status


async def test_a_request_that_is_too_large_is_refused_as_a_whole(
    box: Box, ptb: Bot, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MAX_UPLOAD", 1000)
    await ptb.send_document(an.id, b"x" * 1000, filename="a.bin")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await ptb.send_document(an.id, b"x" * 1001, filename="b.bin")
    assert [call.status for call in await box.calls("sendDocument")] == [200, 413]
    assert [each.media for each in await an.messages() if each.from_bot] == ["document"]


async def test_a_photo_is_smaller_than_a_document_may_be(
    ptb: Bot, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MAX_PHOTO_BYTES", 10)
    with pytest.raises(BadRequest, match="too big"):
        await ptb.send_photo(an.id, media.JPEG + b"x" * 8)
    await ptb.send_document(an.id, media.JPEG + b"x" * 8)


async def test_a_caption_that_is_too_long_is_refused_for_every_file(ptb: Bot, an: Person) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        await ptb.send_document(an.id, b"x", caption="x" * 1025)
    await ptb.send_document(an.id, b"x", caption="<b>" + "x" * 1024 + "</b>", parse_mode="HTML")
    assert acting.ALBUM == (2, 10)
