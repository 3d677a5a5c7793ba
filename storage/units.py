from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.units import Unit, in_force
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Registry:
    """Every unit that ever was, so that any day's list can be told without asking again."""

    periods: tuple[tuple[Unit, date, date | None], ...]
    strengths: dict[int, tuple[tuple[date, int, bool], ...]]

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units of that day, in the configured order, with that day's establishment."""
        return tuple(
            self._as_of(unit, day)
            for unit, valid_from, valid_to in self.periods
            if in_force(valid_from, valid_to, day)
        )

    def get(self, unit_id: int, day: date) -> Unit | None:
        return next((unit for unit in self.on(day) if unit.id == unit_id), None)

    def _as_of(self, unit: Unit, day: date) -> Unit:
        known = [s for s in self.strengths.get(unit.id, ()) if s[0] <= day]
        if not known:
            return unit
        _, establishment, is_sample = known[-1]
        return Unit(
            unit.id, unit.code, unit.name, unit.short_name, establishment, is_sample, unit.aliases
        )


async def registry(session: Session) -> Registry:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for row in await session.all("SELECT unit_id, alias FROM unit_alias"):
        aliases[row["unit_id"]].append(row["alias"])
    strengths: defaultdict[int, list[tuple[date, int, bool]]] = defaultdict(list)
    for row in await session.all("SELECT * FROM unit_strength ORDER BY unit_id, valid_from"):
        strengths[row["unit_id"]].append(
            (date.fromisoformat(row["valid_from"]), row["establishment"], bool(row["is_sample"]))
        )
    periods = []
    for row in await session.all("SELECT * FROM unit ORDER BY position, id"):
        unit = Unit(
            id=row["id"],
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            aliases=tuple(aliases[row["id"]]),
        )
        ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        periods.append((unit, date.fromisoformat(row["valid_from"]), ends))
    return Registry(tuple(periods), {unit: tuple(rows) for unit, rows in strengths.items()})


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
