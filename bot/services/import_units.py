"""Units and establishments of a file, by the changes that an admin makes in the chat."""

from bot.domain.changes_of_units import (
    ChangeKind,
    CodeTakenError,
    NameTakenError,
    NotInForceError,
    TooEarlyError,
    UnitChange,
)
from bot.domain.names import fold
from bot.domain.table_reading import Row
from bot.domain.tables import Reason
from bot.domain.units import Unit
from bot.services.import_batch import Batch, Done, refused
from bot.services.unit_changes import save
from bot.services.unit_plans import plan


async def take_unit(batch: Batch, row: Row) -> Done:
    """Add the unit, or its other names; what it is besides is never changed here.

    Raises RowRefusedError.
    """
    name, code = row.values["name"], row.values.get("code")
    batch.check_once(row, "name", ("name", fold(name)))
    if code:
        batch.check_once(row, "code", ("code", code))
    known = _known(batch, row)
    if known:
        _check_same(batch, row, known)
        unit_id, done = known.id, Done.KEPT
    else:
        count = row.values.get("establishment")
        value = name if count is None else f"{name}, {count}"
        change = UnitChange(
            ChangeKind.ADD, value=value, day=row.values.get("since"), code=code or ""
        )
        unit_id, done = await _change(batch, row, change), Done.ADDED
        await batch.reload()
    for alias in row.values.get("aliases") or ():
        unit = batch.registry.ever(unit_id, batch.today)
        if unit and fold(alias) in unit.names:
            continue
        await _change(batch, row, UnitChange(ChangeKind.ALIAS, unit_id, alias), "aliases")
        await batch.reload()
        done = Done.CHANGED if known else done
    return done


def _known(batch: Batch, row: Row) -> Unit | None:
    """The unit that the row is about, where there is one already or will be; by code if it tells one."""
    names = batch.registry.names_from(batch.today)
    code = row.values.get("code")
    by_code = next((u for u in names.values() if u.code == code), None) if code else None
    by_name = names.get(fold(row.values["name"]))
    if code and by_name and by_name != by_code:
        raise refused(row, "code", Reason.NAME_TAKEN, by_name.name, by_name.code)
    return by_code or by_name


def _check_same(batch: Batch, row: Row, known: Unit) -> None:
    """Raise RowRefusedError where the file tells of a unit other than what it is."""
    life = batch.registry.life(known.id)
    unit = batch.registry.get(known.id, batch.first_day_of(known)) or known
    if fold(row.values["name"]) not in unit.names:
        raise refused(row, "name", Reason.OTHER_NAME, unit.code, unit.name)
    since = row.values.get("since")
    if life and since and since != life.valid_from:
        raise refused(row, "since", Reason.OTHER_DAY, unit.name, life.valid_from)
    count = row.values.get("establishment")
    if count is not None and (count != unit.establishment or unit.is_sample):
        raise refused(row, "establishment", Reason.OTHER_STRENGTH, unit.name)


async def take_strength(batch: Batch, row: Row) -> Done:
    """Raises RowRefusedError."""
    since = row.values.get("since")
    unit = batch.unit(row, "unit", since)
    count = row.values["establishment"]
    batch.check_once(row, "unit", (unit.id, since))
    of_day = batch.registry.get(unit.id, since or batch.first_day_of(unit))
    if of_day and of_day.establishment == count and not of_day.is_sample:
        return Done.KEPT
    change = UnitChange(ChangeKind.STRENGTH, unit.id, str(count), day=since)
    await _change(batch, row, change)
    return Done.CHANGED


async def _change(batch: Batch, row: Row, change: UnitChange, key: str = "name") -> int:
    """Make the change, and return the unit's id. Raises RowRefusedError."""
    try:
        planned = await plan(batch.session, batch.schedule, change, batch.now)
        _, unit_id = await save(
            batch.session, batch.schedule, change, planned.mark, None, batch.now
        )
    except NameTakenError as error:
        raise refused(row, key, Reason.NAME_TAKEN, error.unit.name, error.unit.code) from error
    except CodeTakenError as error:
        raise refused(row, "code", Reason.CODE_TAKEN, error.code) from error
    except TooEarlyError as error:
        raise refused(row, "since", Reason.TOO_EARLY, error.day, error.first) from error
    except NotInForceError as error:
        raise refused(row, "unit", Reason.NOT_IN_FORCE, error.unit.name, error.day) from error
    return unit_id
