"""A bare callback bot: python-telegram-bot and aiosqlite, as their guides show it.

Settings: TOKEN, API_URL, DATABASE, CONCURRENCY (0: one update after the other).
"""

import os

import aiosqlite
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

REASONS = ("phép", "tranh thủ", "ốm", "công tác", "học", "khác")


def button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


def keyboard(absent: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
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


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(text(0), reply_markup=keyboard(0))


async def step(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    await query.answer()
    database = context.bot_data["database"]
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
    await query.edit_message_text(text(row[0]), reply_markup=keyboard(row[0]))


async def opened(application: Application) -> None:
    database = await aiosqlite.connect(os.environ["DATABASE"])
    await database.execute("PRAGMA journal_mode = WAL")
    await database.execute("PRAGMA synchronous = FULL")
    await database.execute(
        "CREATE TABLE IF NOT EXISTS form (user_id INTEGER PRIMARY KEY, absent INTEGER NOT NULL)"
    )
    await database.commit()
    application.bot_data["database"] = database


async def closed(application: Application) -> None:
    await application.bot_data["database"].close()


def main() -> None:
    url = os.environ["API_URL"]
    builder = Application.builder().token(os.environ["TOKEN"])
    builder = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    builder = builder.concurrent_updates(int(os.environ.get("CONCURRENCY", "0")) or False)
    application = builder.post_init(opened).post_shutdown(closed).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(step))
    application.run_polling()


if __name__ == "__main__":
    main()
