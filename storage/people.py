import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Assignment, Person, Role
from bot.domain.seats import Seat
from storage.database import Session
from storage.times import from_ms, from_ms_or_none, to_ms

_WITH_ROLES = (
    "SELECT p.*, a.role, a.unit_id, a.since_at, a.first_day, a.until_day FROM person AS p "
    "LEFT JOIN assignment AS a ON a.person_id = p.id AND a.ended_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Member:
    """A person and whether Telegram still lets the bot write to them.

    `menu_hash` is of the commands that the person's chat was last told to list.
    """

    person: Person
    unreachable_since: datetime | None
    menu_hash: str | None = None

    @property
    def is_reachable(self) -> bool:
        return self.unreachable_since is None


async def get_by_telegram_id(session: Session, telegram_id: int) -> Person | None:
    member = await get_member_by_telegram_id(session, telegram_id)
    return member.person if member else None


async def get_member_by_telegram_id(session: Session, telegram_id: int) -> Member | None:
    return await _member(session, "WHERE p.telegram_id = ?", telegram_id)


async def get(session: Session, person_id: int) -> Person | None:
    member = await get_member(session, person_id)
    return member.person if member else None


async def get_member(session: Session, person_id: int) -> Member | None:
    return await _member(session, "WHERE p.id = ?", person_id)


async def is_reachable(session: Session, person_id: int) -> bool:
    row = await session.one(
        "SELECT 1 FROM person WHERE id = ? AND unreachable_since_at IS NULL", (person_id,)
    )
    return row is not None


async def list_members(session: Session) -> list[Member]:
    rows = await session.all("SELECT * FROM person ORDER BY id")
    held = await session.all("SELECT * FROM assignment WHERE ended_at IS NULL ORDER BY id")
    # Thousands take a while; others go on meanwhile.
    return await asyncio.to_thread(_members, rows, held)


async def add(session: Session, telegram_id: int, language: str) -> int:
    return await session.insert(
        "INSERT INTO person (telegram_id, language) VALUES (?, ?)", (telegram_id, language)
    )


async def save_language(session: Session, person_id: int, language: str) -> None:
    await session.run("UPDATE person SET language = ? WHERE id = ?", (language, person_id))


async def save_unreachable(session: Session, telegram_id: int, now: datetime) -> bool:
    """Return whether this is news. What the chat lists is not known any more."""
    return bool(
        await session.run(
            "UPDATE person SET unreachable_since_at = ?, menu_hash = NULL "
            "WHERE telegram_id = ? AND unreachable_since_at IS NULL",
            (to_ms(now), telegram_id),
        )
    )


async def save_reachable(session: Session, telegram_id: int) -> None:
    await session.run(
        "UPDATE person SET unreachable_since_at = NULL "
        "WHERE telegram_id = ? AND unreachable_since_at IS NOT NULL",
        (telegram_id,),
    )


async def save_menu(session: Session, person_id: int, menu_hash: str) -> None:
    await session.run("UPDATE person SET menu_hash = ? WHERE id = ?", (menu_hash, person_id))


async def forget_menu(session: Session, person_id: int) -> None:
    await session.run("UPDATE person SET menu_hash = NULL WHERE id = ?", (person_id,))


async def add_assignment(
    session: Session,
    person_id: int,
    role: Role,
    unit_id: int | None,
    since: datetime,
    until: date | None,
    *,
    first: date | None = None,
    is_from_settings: bool = False,
) -> bool:
    """Return whether it is new: the same role for the same unit is held once."""
    last_day = until.isoformat() if until else None
    first_day = first.isoformat() if first else None
    held = await session.one(
        "SELECT id FROM assignment WHERE person_id = ? AND role = ? AND unit_id IS ? "
        "AND until_day IS ? AND first_day IS ? AND ended_at IS NULL",
        (person_id, role, unit_id, last_day, first_day),
    )
    if held:
        return False
    await session.insert(
        "INSERT INTO assignment "
        "(person_id, role, unit_id, since_at, first_day, until_day, is_from_settings) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (person_id, role, unit_id, to_ms(since), first_day, last_day, is_from_settings),
    )
    return True


async def list_seats(session: Session) -> list[Seat]:
    """Every role that was ever given, in that order."""
    return [_seat(row) for row in await session.all("SELECT * FROM assignment ORDER BY id")]


async def get_seat(session: Session, seat_id: int) -> Seat | None:
    row = await session.one("SELECT * FROM assignment WHERE id = ?", (seat_id,))
    return _seat(row) if row else None


async def end_seat(session: Session, seat_id: int, now: datetime) -> bool:
    """Return whether it was still held."""
    return bool(
        await session.run(
            "UPDATE assignment SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
            (to_ms(now), seat_id),
        )
    )


async def end_roles_of_unit(session: Session, unit_id: int, last_day: date, now: datetime) -> None:
    """Let the unit's roles end with its last day; those that would begin later never begin."""
    last = last_day.isoformat()
    await session.run(
        "UPDATE assignment SET ended_at = ? "
        "WHERE unit_id = ? AND ended_at IS NULL AND first_day > ?",
        (to_ms(now), unit_id, last),
    )
    await session.run(
        "UPDATE assignment SET until_day = ? "
        "WHERE unit_id = ? AND ended_at IS NULL AND (until_day IS NULL OR until_day > ?)",
        (last, unit_id, last),
    )


async def list_ending_with_unit(session: Session, unit_id: int, last_day: date) -> list[int]:
    """Ids of the roles without days of their own that end with the unit's last day."""
    rows = await session.all(
        "SELECT id FROM assignment WHERE unit_id = ? AND until_day = ? AND ended_at IS NULL "
        "AND role IN (?, ?) ORDER BY id",
        (unit_id, last_day.isoformat(), Role.LEADER, Role.DEPUTY),
    )
    return [row["id"] for row in rows]


async def remove_ends(session: Session, assignment_ids: Sequence[int]) -> None:
    """Let the roles have no last day any more."""
    await session.run_many(
        "UPDATE assignment SET until_day = NULL WHERE id = ?", [(each,) for each in assignment_ids]
    )


async def end_settings_admins(session: Session, kept: Sequence[int], now: datetime) -> int:
    """End the admins whom the settings no longer name; `kept` are the Telegram ids that they do."""
    return await session.run(
        "UPDATE assignment SET ended_at = ? WHERE is_from_settings AND ended_at IS NULL AND person_id IN "
        "(SELECT id FROM person WHERE telegram_id NOT IN (SELECT value FROM json_each(?)))",
        (to_ms(now), json.dumps(list(kept))),
    )


async def _member(session: Session, whom: str, value: int) -> Member | None:
    rows = await session.all(f"{_WITH_ROLES} {whom} ORDER BY a.id", (value,))
    if not rows:
        return None
    return _told(rows[0], [_assignment(row) for row in rows if row["role"]])


def _members(people: Iterable[sqlite3.Row], assigned: Iterable[sqlite3.Row]) -> list[Member]:
    held: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in assigned:
        held[row["person_id"]].append(_assignment(row))
    return [_told(row, held[row["id"]]) for row in people]


def _told(row: sqlite3.Row, held: Iterable[Assignment]) -> Member:
    return Member(
        Person(row["id"], row["telegram_id"], row["language"], tuple(held)),
        from_ms_or_none(row["unreachable_since_at"]),
        row["menu_hash"],
    )


def _seat(row: sqlite3.Row) -> Seat:
    return Seat(
        id=row["id"],
        person_id=row["person_id"],
        assignment=_assignment(row),
        ended_at=from_ms_or_none(row["ended_at"]),
        is_from_settings=bool(row["is_from_settings"]),
    )


def _assignment(row: sqlite3.Row) -> Assignment:
    return Assignment(
        role=Role(row["role"]),
        unit_id=row["unit_id"],
        since=from_ms(row["since_at"]),
        until=date.fromisoformat(row["until_day"]) if row["until_day"] else None,
        first=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
    )
