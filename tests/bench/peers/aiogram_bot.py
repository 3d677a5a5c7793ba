"""A bare callback bot: aiogram and aiosqlite, as their guides show it. Settings: as `ptb_bot`."""

import asyncio
import os

import aiosqlite
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

REASONS = ("phép", "tranh thủ", "ốm", "công tác", "học", "khác")
dispatcher = Dispatcher()


def button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data)


def keyboard(absent: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [button("👤 Trực chỉ huy: chưa ghi", "commander")],
            *(
                [
                    button("➖", f"-{reason}"),
                    button(f"{reason}: {0 if number else absent}", f"+{reason}"),
                    button("➕", f"+{reason}"),
                ]
                for number, reason in enumerate(REASONS)
            ),
            [button("An toàn: an toàn 🔁", "safety"), button("ANCT-TTATXH: ổn định 🔁", "order")],
            [button("📝 Việc hôm nay…", "work"), button("📝 Việc ngày mai…", "tomorrow")],
            [button("📝 Kiến nghị…", "recommendation")],
            [button("✔️ Xong", "done"), button("❌ Hủy", "cancel")],
        ]
    )


def text(absent: int) -> str:
    return f"Báo cáo trực ngày\nBiên chế 24, vắng {absent}, có mặt {24 - absent}"


@dispatcher.message(CommandStart())
async def start(message: Message) -> None:
    await message.answer(text(0), reply_markup=keyboard(0))


@dispatcher.callback_query(F.data)
async def step(query: CallbackQuery, database: aiosqlite.Connection) -> None:
    await query.answer()
    change = 1 if query.data.startswith("+") else -1
    await database.execute(
        "INSERT INTO form (user_id, absent) VALUES (?, max(0, ?)) "
        "ON CONFLICT DO UPDATE SET absent = max(0, absent + ?)",
        (query.from_user.id, change, change),
    )
    await database.commit()
    cursor = await database.execute(
        "SELECT absent FROM form WHERE user_id = ?", (query.from_user.id,)
    )
    row = await cursor.fetchone()
    await query.message.edit_text(text(row[0]), reply_markup=keyboard(row[0]))


async def main() -> None:
    database = await aiosqlite.connect(os.environ["DATABASE"])
    await database.execute("PRAGMA journal_mode = WAL")
    await database.execute("PRAGMA synchronous = FULL")
    await database.execute(
        "CREATE TABLE IF NOT EXISTS form (user_id INTEGER PRIMARY KEY, absent INTEGER NOT NULL)"
    )
    await database.commit()
    server = TelegramAPIServer.from_base(os.environ["API_URL"])
    bot = Bot(os.environ["TOKEN"], session=AiohttpSession(api=server))
    try:
        await dispatcher.start_polling(bot, database=database)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())
