import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.units import Unit, in_force
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Strength:
    """An establishment, from a day on."""

    valid_from: date
    establishment: int
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """A unit's name and short name, from a day on."""

    valid_from: date
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Life:
    """A unit from its first day until the first on which it no longer is, and what became of it."""

    unit: Unit
    valid_from: date
    valid_to: date | None
    merged_into: int | None
    namings: tuple[Naming, ...]
    strengths: tuple[Strength, ...]


class Registry:
    """Every unit that ever was, so that any day's list can be told without asking again."""

    def __init__(self, lives: Iterable[Life]) -> None:
        self._lives = {life.unit.id: life for life in lives}
        self._days: dict[date, dict[int, Unit]] = {}

    @property
    def order(self) -> list[int]:
        """The ids of all units in the configured order."""
        return list(self._lives)

    @property
    def lives(self) -> tuple[Life, ...]:
        """Every unit in the configured order."""
        return tuple(self._lives.values())

    def life(self, unit_id: int) -> Life | None:
        return self._lives.get(unit_id)

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units of that day, in the configured order, with that day's establishment."""
        return tuple(self._of(day).values())

    def get(self, unit_id: int, day: date) -> Unit | None:
        """The unit as it stands on the day, if it is in force then."""
        if day in self._days:
            return self._days[day].get(unit_id)
        life = self._lives.get(unit_id)
        is_there = life and in_force(life.valid_from, life.valid_to, day)
        return _as_of(life, day) if life and is_there else None

    def ever(self, unit_id: int, day: date) -> Unit | None:
        """The unit under its name of the day, in force then or not, without its establishment."""
        life = self._lives.get(unit_id)
        return _named(life.unit, life.namings, day) if life else None

    def former(self, first: date, day: date) -> tuple[Unit, ...]:
        """The units that were there on some day from the first on, and are no more on the day."""
        return tuple(
            _as_of(life, life.valid_to)
            for life in self._lives.values()
            if life.valid_to and max(first, life.valid_from) < life.valid_to <= day
        )

    def heir(self, unit_id: int, day: date) -> int | None:
        """The unit of the day into which this one was merged by then, if it was, by however many steps."""
        seen = {unit_id}
        life = self._lives.get(unit_id)
        while life and not in_force(life.valid_from, life.valid_to, day):
            life = self._lives.get(life.merged_into) if life.merged_into else None
            if life is None or life.unit.id in seen:
                return None
            seen.add(life.unit.id)
        return life.unit.id if life and life.unit.id != unit_id else None

    def names_from(self, day: date, *, but: int | None = None) -> dict[str, Unit]:
        """The folded names that units have on the day or will have later, each with one that has it."""
        days = {day}
        for life in self._lives.values():
            days.update(
                d for d in (life.valid_from, *(n.valid_from for n in life.namings)) if d > day
            )
        return {
            name: unit
            for each in sorted(days)
            for unit in self.on(each)
            if unit.id != but
            for name in unit.names
        }

    def _of(self, day: date) -> dict[int, Unit]:
        """The day's units by id; worked out once a day, for each is asked for again and again."""
        if day not in self._days:
            self._days[day] = {
                life.unit.id: _as_of(life, day)
                for life in self._lives.values()
                if in_force(life.valid_from, life.valid_to, day)
            }
        return self._days[day]


def _as_of(life: Life, day: date) -> Unit:
    unit = _named(life.unit, life.namings, day)
    for strength in reversed(life.strengths):
        if strength.valid_from <= day:
            return replace(unit, establishment=strength.establishment, is_sample=strength.is_sample)
    return unit


def _named(unit: Unit, namings: Sequence[Naming], day: date) -> Unit:
    for naming in reversed(namings):
        if naming.valid_from <= day:
            return replace(unit, name=naming.name, short_name=naming.short_name)
    return unit


async def registry(session: Session) -> Registry:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for row in await session.all("SELECT unit_id, alias FROM unit_alias"):
        aliases[row["unit_id"]].append(row["alias"])
    strengths: defaultdict[int, list[Strength]] = defaultdict(list)
    for row in await session.all("SELECT * FROM unit_strength ORDER BY unit_id, valid_from"):
        strengths[row["unit_id"]].append(
            Strength(
                date.fromisoformat(row["valid_from"]), row["establishment"], bool(row["is_sample"])
            )
        )
    namings: defaultdict[int, list[Naming]] = defaultdict(list)
    for row in await session.all("SELECT * FROM unit_name ORDER BY unit_id, valid_from"):
        namings[row["unit_id"]].append(_naming(row))
    rows = await session.all("SELECT * FROM unit ORDER BY position, id")
    return Registry(
        Life(
            _unit(row, aliases[row["id"]]),
            *_period(row),
            row["merged_into"],
            tuple(namings[row["id"]]),
            tuple(strengths[row["id"]]),
        )
        for row in rows
    )


async def exists(session: Session, unit_id: int) -> bool:
    """Whether there is such a unit, or ever was."""
    return bool(await session.one("SELECT 1 FROM unit WHERE id = ?", (unit_id,)))


async def get(session: Session, unit_id: int, day: date) -> Unit | None:
    """Return the unit as it stands on the day, if it is in force then."""
    row = await session.one(
        "SELECT u.*, s.establishment, s.is_sample, n.name AS named, n.short_name AS named_short, "
        "(SELECT json_group_array(alias) FROM unit_alias WHERE unit_id = u.id) AS aliases "
        "FROM unit AS u LEFT JOIN unit_strength AS s ON s.unit_id = u.id AND s.valid_from = "
        "(SELECT max(valid_from) FROM unit_strength WHERE unit_id = u.id AND valid_from <= ?1) "
        "LEFT JOIN unit_name AS n ON n.unit_id = u.id AND n.valid_from = "
        "(SELECT max(valid_from) FROM unit_name WHERE unit_id = u.id AND valid_from <= ?1) "
        "WHERE u.id = ?2",
        (day.isoformat(), unit_id),
    )
    if row is None or not in_force(*_period(row), day):
        return None
    unit = _unit(row, json.loads(row["aliases"]))
    return replace(
        unit,
        name=row["named"] or unit.name,
        short_name=row["named_short"] or unit.short_name,
        establishment=row["establishment"],
        is_sample=bool(row["is_sample"]),
    )


async def add(
    session: Session,
    *,
    code: str,
    name: str,
    short_name: str,
    position: int,
    valid_from: date,
    aliases: Iterable[str] = (),
) -> int | None:
    """Return the new unit's id, or None where the code is taken."""
    if await session.one("SELECT 1 FROM unit WHERE code = ?", (code,)):
        return None
    unit_id = await session.insert(
        "INSERT INTO unit (code, name, short_name, position, valid_from) VALUES (?, ?, ?, ?, ?)",
        (code, name, short_name, position, valid_from.isoformat()),
    )
    await session.run_many(
        "INSERT INTO unit_alias (unit_id, alias) VALUES (?, ?)",
        [(unit_id, alias) for alias in aliases],
    )
    return unit_id


async def save_strength(
    session: Session, unit_id: int, valid_from: date, establishment: int, *, is_sample: bool
) -> None:
    await session.run(
        "INSERT INTO unit_strength (unit_id, valid_from, establishment, is_sample) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (unit_id, valid_from) DO UPDATE SET "
        "establishment = excluded.establishment, is_sample = excluded.is_sample",
        (unit_id, valid_from.isoformat(), establishment, is_sample),
    )


async def save_name(
    session: Session, unit_id: int, valid_from: date, name: str, short_name: str
) -> None:
    await session.run(
        "INSERT INTO unit_name (unit_id, valid_from, name, short_name) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (unit_id, valid_from) DO UPDATE SET "
        "name = excluded.name, short_name = excluded.short_name",
        (unit_id, valid_from.isoformat(), name, short_name),
    )


async def add_alias(session: Session, unit_id: int, alias: str) -> None:
    await session.run("INSERT INTO unit_alias (unit_id, alias) VALUES (?, ?)", (unit_id, alias))


async def remove_alias(session: Session, unit_id: int, alias: str) -> None:
    await session.run("DELETE FROM unit_alias WHERE unit_id = ? AND alias = ?", (unit_id, alias))


async def save_end(
    session: Session, unit_id: int, valid_to: date | None, merged_into: int | None = None
) -> None:
    """Let the unit be no more from the day on; None for one that stays."""
    await session.run(
        "UPDATE unit SET valid_to = ?, merged_into = ? WHERE id = ?",
        (valid_to.isoformat() if valid_to else None, merged_into, unit_id),
    )


async def save_order(session: Session, unit_ids: Sequence[int]) -> None:
    """Every unit, in the order in which lists are to show them."""
    await session.run_many(
        "UPDATE unit SET position = ? WHERE id = ?",
        [(position, unit_id) for position, unit_id in enumerate(unit_ids)],
    )


def _naming(row: sqlite3.Row) -> Naming:
    return Naming(date.fromisoformat(row["valid_from"]), row["name"], row["short_name"])


def _unit(row: sqlite3.Row, aliases: Sequence[str]) -> Unit:
    return Unit(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        aliases=tuple(aliases),
    )


def _period(row: sqlite3.Row) -> tuple[date, date | None]:
    """The first day of the unit, and the first on which it no longer is."""
    valid_to = row["valid_to"]
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(valid_to) if valid_to else None
