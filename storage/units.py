import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


class Registry:
    """Every unit that ever was, so that any day's list can be told without asking again."""

    def __init__(
        self,
        periods: Iterable[tuple[Unit, date, date | None]],
        strengths: Mapping[int, Sequence[Strength]],
    ) -> None:
        self._periods = tuple(periods)
        self._strengths = strengths
        self._days: dict[date, dict[int, Unit]] = {}

    @property
    def order(self) -> list[int]:
        """The ids of all units in the configured order."""
        return [unit.id for unit, _, _ in self._periods]

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units of that day, in the configured order, with that day's establishment."""
        return tuple(self._of(day).values())

    def get(self, unit_id: int, day: date) -> Unit | None:
        return self._of(day).get(unit_id)

    def ever(self, unit_id: int) -> Unit | None:
        """The unit whatever the day, without its establishment."""
        return next((unit for unit, _, _ in self._periods if unit.id == unit_id), None)

    def _of(self, day: date) -> dict[int, Unit]:
        """The day's units by id; worked out once a day, for each is asked for again and again."""
        if day not in self._days:
            self._days[day] = {
                unit.id: self._as_of(unit, day)
                for unit, valid_from, valid_to in self._periods
                if in_force(valid_from, valid_to, day)
            }
        return self._days[day]

    def _as_of(self, unit: Unit, day: date) -> Unit:
        known = [s for s in self._strengths.get(unit.id, ()) if s.valid_from <= day]
        if not known:
            return unit
        return replace(unit, establishment=known[-1].establishment, is_sample=known[-1].is_sample)


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
    rows = await session.all("SELECT * FROM unit ORDER BY position, id")
    periods = [(_unit(row, aliases[row["id"]]), *_period(row)) for row in rows]
    return Registry(periods, strengths)


async def get(session: Session, unit_id: int, day: date) -> Unit | None:
    """Return the unit as it stands on the day, if it is in force then."""
    row = await session.one(
        "SELECT u.*, s.establishment, s.is_sample FROM unit AS u LEFT JOIN unit_strength AS s "
        "ON s.unit_id = u.id AND s.valid_from = "
        "(SELECT max(valid_from) FROM unit_strength WHERE unit_id = u.id AND valid_from <= ?) "
        "WHERE u.id = ?",
        (day.isoformat(), unit_id),
    )
    if row is None or not in_force(*_period(row), day):
        return None
    aliases = await session.all("SELECT alias FROM unit_alias WHERE unit_id = ?", (unit_id,))
    return replace(
        _unit(row, [a["alias"] for a in aliases]),
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
