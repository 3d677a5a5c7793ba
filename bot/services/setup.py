"""Filling a new database from a preset; doing it again changes nothing that is there."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from bot.domain.calendar import Schedule
from bot.services.exercise_changes import prepare
from bot.services.targets import preset_targets
from storage import command, exercises, targets, units
from storage.database import Session

PRESETS = ("tam-ky-2022", "da-nang-2025")
_UNNAMED = "trucbao"


@dataclass(frozen=True, slots=True)
class SetUp:
    """`added` units are new, `kept` were there before."""

    added: int
    kept: int


async def initialise(
    session: Session, preset: str | None, schedule: Schedule, now: datetime
) -> SetUp:
    """Add the command, the preset's units and exercises. Reports are expected from the next lock on."""
    today = schedule.local_day(now)
    first_day = today if now < schedule.window(today).locks else today + timedelta(days=1)
    data = _read(preset)
    before = (await units.registry(session)).order
    name, listed = data["command"], data["units"]
    known = await command.get(session)
    # Units that come later do so from now on: the figures of past days stay what they were.
    valid_from = data["valid_from"] if known is None or not before else first_day
    if known is None:
        await command.add(session, name, first_day)
    elif preset and known.name == _UNNAMED:
        await command.save_name(session, name)
    added = 0
    for position, unit in enumerate(listed):
        unit_name = str(unit["name"])
        unit_id = await units.add(
            session,
            code=str(unit["code"]),
            name=unit_name,
            short_name=unit_name.split(" ", 1)[1],
            position=position,
            valid_from=valid_from,
        )
        if unit_id is not None:
            added += 1
            await units.save_strength(
                session, unit_id, valid_from, int(unit["establishment"]), is_sample=True
            )
    await targets.add_new(session, preset_targets(data.get("scopes", {})))
    await _add_exercises(session, data["exercises"], first_day, now)
    return SetUp(added, len(before))


async def _add_exercises(
    session: Session, listed: Iterable[Mapping[str, Any]], first_day: date, now: datetime
) -> None:
    """Add those that are still ahead when the bot begins; nobody prepares one that is over."""
    by_code = {life.unit.code: life.unit.id for life in (await units.registry(session)).lives}
    for exercise in listed:
        unit_id = by_code[exercise["unit"]] if "unit" in exercise else None
        day = exercise["day"]
        if day < first_day:
            continue
        exercise_id = await exercises.add(
            session, exercise["title"], unit_id, day, now, code=exercise["code"]
        )
        if exercise_id is not None:
            await prepare(session, exercise_id, unit_id, day, first_day)


def _read(preset: str | None) -> dict[str, Any]:
    if preset is None:
        return {"command": _UNNAMED, "units": [], "exercises": [], "valid_from": date.min}
    text = files("bot.presets").joinpath(f"{preset}.toml").read_text("utf-8")
    return {"exercises": [], **tomllib.loads(text)}
