"""The errors and bodies reach python-telegram-bot as what they are."""

import asyncio
import struct
import zlib
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes

from sandbox.people import Person
from sandbox.server import Box


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def test_a_message_survives_the_way_there_and_back(ptb: Bot, an: Person) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="n")]])
    text = "<b>đậm 👍</b> và <code>x &lt; y</code>"
    sent = await ptb.send_message(an.id, text, parse_mode=ParseMode.HTML, reply_markup=markup)
    assert sent.text_html == text
    assert sent.reply_markup == markup
    edited = await sent.edit_text("xong")
    assert isinstance(edited, Message)
    assert edited.date == sent.date
    assert edited.edit_date is not None
    assert await sent.delete()


async def test_errors_become_the_exceptions_that_ptb_has_for_them(
    box: Box, ptb: Bot, an: Person
) -> None:
    sent = await ptb.send_message(an.id, "x")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await sent.edit_text("x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await ptb.send_message(404, "x")
    with pytest.raises(BadRequest, match=r"(?i)unsupported start tag"):
        await ptb.send_message(an.id, "<p>x", parse_mode=ParseMode.HTML)
    await box.fault("sendMessage", "status", code=502, description="Bad Gateway")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await ptb.send_message(an.id, "x")
    await box.fault("sendMessage", "reset")
    with pytest.raises(NetworkError):
        await ptb.send_message(an.id, "x")
    await box.fault("sendMessage", "deliver_then_timeout")
    with pytest.raises(TimedOut):
        await ptb.send_message(an.id, "đã tới", read_timeout=0.1)
    await an.sees("đã tới")
    await an.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await ptb.send_message(an.id, "x")


async def test_a_limit_is_a_retry_after(
    box: Box, ptb: Bot, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await box.set_limits("ban")
    await ptb.send_message(an.id, "x")
    with pytest.raises(RetryAfter) as limited:
        await ptb.send_message(an.id, "y")
    assert limited.value.retry_after == timedelta(seconds=3)


async def test_an_upgraded_group_is_a_chat_migrated(box: Box, ptb: Bot, an: Person) -> None:
    old = await box.group("Nhóm", [an], kind="group")
    new = await old.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await ptb.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id


async def test_a_second_poller_and_a_revoked_token_are_told_apart(box: Box, ptb: Bot) -> None:
    older = asyncio.create_task(ptb.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    async with Bot(box.token, base_url=f"{box.url}/bot") as newer:
        assert await newer.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="only one bot instance"):
        await older
    await box.revoke()
    with pytest.raises(InvalidToken):
        await ptb.get_me()


async def test_every_kind_of_update_can_be_read(box: Box, ptb: Bot, an: Person) -> None:
    group = await box.group("Chỉ huy", [an], topics=["Báo cáo"])
    await group.add_bot(an, "administrator")
    thread = group.topics["Báo cáo"]
    said = await an.say("/nhom ơi", group, thread=thread)
    await an.edit(said, "/nhom", group)
    await an.send_photo("ảnh")
    await an.send_document("a.csv", b"x;y")
    for kind in ("sticker", "voice", "location"):
        await an.send(kind)
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="n")]])
    sent = await ptb.send_message(group.id, "x", message_thread_id=thread, reply_markup=markup)
    await sent.pin()
    await an.press("Nhận", chat=group)
    await sent.delete()
    await an.forge("n", sent.message_id, group)
    await group.set_status(await box.person(5, "Năm"), "member", by=an)
    await group.remove_bot(an)
    await an.block()
    updates = await ptb.get_updates(timeout=0)
    for update, record in zip(updates, (await box.updates())[-len(updates) :], strict=True):
        again = update.to_dict()
        assert again["update_id"] == record.id
        assert isinstance(update.effective_chat, object)
        assert update.effective_user is not None
    photo = next(each.message for each in updates if each.message and each.message.photo)
    assert photo.caption == "ảnh"
    document = next(each.message for each in updates if each.message and each.message.document)
    assert document.document is not None
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"x;y"


async def test_photos_and_documents_arrive_with_their_bytes(box: Box, ptb: Bot, an: Person) -> None:
    picture = png(320, 200)
    sent = await ptb.send_photo(an.id, picture, caption="<b>Tổng hợp</b>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (320, 200)
    seen = await an.last()
    assert (seen.media, seen.text, seen.html) == ("photo", "Tổng hợp", "<b>Tổng hợp</b>")
    assert await box.file(seen.file_id) == picture
    document = await ptb.send_document(an.id, b"1,2", filename="báo cáo.csv", caption="Xuất")
    assert document.document is not None
    assert document.document.file_name == "báo cáo.csv"
    assert await box.file((await an.last()).file_id) == b"1,2"
    await ptb.send_photo(an.id, sent.photo[-1].file_id)
    assert await box.file((await an.last()).file_id) == picture


async def test_captions_and_pictures_are_edited(box: Box, ptb: Bot, an: Person) -> None:
    sent = await ptb.send_photo(an.id, png(100, 100), caption="một")
    await sent.edit_caption("hai")
    assert (await an.last()).text == "hai"
    await sent.edit_media(InputMediaPhoto(png(50, 60), caption="ba"))
    seen = await an.last()
    assert (seen.text, await box.file(seen.file_id)) == ("ba", png(50, 60))
    again = InputMediaPhoto(seen.file_id, caption="ba")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await sent.edit_media(again)
    await sent.edit_media(InputMediaDocument(b"x", filename="a.txt"))
    assert (await an.last()).media == "document"
    with pytest.raises(BadRequest, match="no text in the message"):
        await sent.edit_text("x")
    text = await ptb.send_message(an.id, "x")
    with pytest.raises(BadRequest, match="no caption in the message"):
        await text.edit_caption("y")


@pytest.mark.parametrize(
    ("data", "caption", "error"),
    [
        (b"no picture", "", "Image_process_failed"),
        (png(1, 30), "", "Photo_invalid_dimensions"),
        (b"", "", "File must be non-empty"),
        (png(9, 9), "x" * 1025, "Message caption is too long"),
    ],
)
async def test_photos_that_telegram_refuses(
    ptb: Bot, an: Person, data: bytes, caption: str, error: str
) -> None:
    with pytest.raises(BadRequest, match=error):
        await ptb.send_photo(an.id, data, caption=caption)


async def test_an_application_answers_through_it(box: Box, an: Person) -> None:
    app: Application[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder()
        .token(box.token)
        .base_url(f"{box.url}/bot")
        .updater(None)
        .job_queue(None)
        .build()
    )

    async def hello(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Chào đồng chí")

    app.add_handler(CommandHandler("start", hello))
    async with app:
        await an.say("/start")
        for update in await app.bot.get_updates(timeout=0):
            await app.process_update(update)
        assert (await an.sees("Chào đồng chí")).from_bot


async def test_chats_and_members_can_be_read(box: Box, ptb: Bot, an: Person) -> None:
    group = await box.group("Nhóm", [an])
    full = await ptb.get_chat(group.id)
    assert (full.title, full.type) == ("Nhóm", "supergroup")
    assert (await ptb.get_chat(an.id)).first_name == "An"
    assert (await ptb.get_chat_member(group.id, an.id)).status == "creator"
    assert [each.status for each in await ptb.get_chat_administrators(group.id)] == ["creator"]
    assert await ptb.get_chat_member_count(group.id) == 2
    assert await ptb.send_chat_action(an.id, "typing")
    assert await ptb.set_my_commands([("baocao", "báo cáo trực ngày")])
    assert (await an.commands()) == [("baocao", "báo cáo trực ngày")]
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await ptb.get_chat(5)
