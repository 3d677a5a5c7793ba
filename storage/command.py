"""The command that the bot serves, and its group; one row."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Session
from storage.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """`language` in which the group reads; None: that of the settings."""

    chat_id: int
    thread_id: int | None
    since: datetime
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """`first_day`: from this reporting day on, reports are expected."""

    name: str
    first_day: date
    bot_username: str | None
    group: CommandGroup | None


async def get(session: Session) -> Command | None:
    rows = await session.kept("command", "SELECT * FROM command")
    if not rows:
        return None
    (row,) = rows
    group = None
    if row["group_chat_id"] is not None:
        group = CommandGroup(
            row["group_chat_id"],
            row["group_thread_id"],
            from_ms(row["group_since_at"]),
            row["group_language"],
        )
    return Command(row["name"], date.fromisoformat(row["first_day"]), row["bot_username"], group)


async def add(session: Session, name: str, first_day: date) -> bool:
    """Return whether it was added; there is only one."""
    return bool(
        await session.run(
            "INSERT INTO command (id, name, first_day) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
            (name, first_day.isoformat()),
        )
    )


async def save_name(session: Session, name: str) -> None:
    await session.run("UPDATE command SET name = ?", (name,))


async def save_first_day(session: Session, day: date) -> None:
    """Expect reports from this day on at the earliest."""
    await session.run("UPDATE command SET first_day = ?1 WHERE first_day < ?1", (day.isoformat(),))


async def save_bot_username(session: Session, username: str) -> None:
    await session.run("UPDATE command SET bot_username = ?", (username,))


async def save_group(session: Session, chat_id: int, thread_id: int | None, now: datetime) -> None:
    """Bind the group; the same place bound once more stays bound since when it was."""
    await session.run(
        "UPDATE command SET group_chat_id = ?1, group_thread_id = ?2, group_since_at = ?3 "
        "WHERE group_chat_id IS NOT ?1 OR group_thread_id IS NOT ?2",
        (chat_id, thread_id, to_ms(now)),
    )


async def save_group_language(session: Session, language: str) -> None:
    await session.run("UPDATE command SET group_language = ?", (language,))


async def move_group(session: Session, old_chat_id: int, new_chat_id: int) -> None:
    await session.run(
        "UPDATE command SET group_chat_id = ? WHERE group_chat_id = ?", (new_chat_id, old_chat_id)
    )


async def remove_group(session: Session, chat_id: int, thread_id: int | None = None) -> bool:
    """Return whether it was the command group; with a topic, whether it was bound in that topic."""
    return bool(
        await session.run(
            "UPDATE command SET group_chat_id = NULL, group_thread_id = NULL, group_since_at = NULL "
            "WHERE group_chat_id = ?1 AND (?2 IS NULL OR group_thread_id = ?2)",
            (chat_id, thread_id),
        )
    )
