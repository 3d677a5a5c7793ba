"""Courses and other activities of a file, with the sessions and units that one row tells of each."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.activities import (
    Activity,
    DaysOutOfOrderError,
    EndBeforeStartError,
    InvalidActivityError,
    NewActivity,
    NoUnitsError,
    OutsideDaysError,
    Slot,
    SlotError,
    SlotTwiceError,
    UnknownCategoryError,
)
from bot.domain.names import fold
from bot.domain.participation import ActivityKind, Mode
from bot.domain.reasons import BadReasonError, read_reason
from bot.domain.table_reading import Row
from bot.domain.tables import Reason, brief
from bot.domain.typed_sessions import NotSessionsError, parse_sessions
from bot.services import activities as use_cases
from bot.services.import_batch import Batch, Done, refused
from storage import activities

ALL_UNITS = frozenset({"tat ca", "all"})
_SEPARATE = re.compile(r"[,;\n]")
_LINES = re.compile(r"[\n|]")
_Subject = tuple[ActivityKind, str, date, date]
BySubject = Mapping[_Subject, list[Activity]]
_SLOT_REASONS: dict[type[SlotError], Reason] = {
    EndBeforeStartError: Reason.END_BEFORE_START,
    OutsideDaysError: Reason.OUTSIDE_DAYS,
    SlotTwiceError: Reason.SESSIONS_OVERLAP,
}


async def take_activity(batch: Batch, row: Row, listed: BySubject) -> Done:
    """Add it; one of the same kind, title and days that is there is kept. Raises RowRefusedError."""
    new = _read(batch, row)
    subject = _subject(new)
    batch.check_once(row, "title", subject)
    same = listed.get(subject, [])
    held = [a for a in same if not a.is_cancelled]
    if held:
        if not await _is_same(batch, row, held[0], new):
            raise refused(row, "title", Reason.OTHER_ACTIVITY, brief(new.title))
        return Done.KEPT
    if same:
        raise refused(row, "title", Reason.CANCELLED, brief(new.title))
    try:
        await use_cases.add(batch.session, new, None, batch.today, batch.now)
    except SlotError as error:
        slot = error.slot
        told = f"{slot.day:%d/%m/%Y} {slot.starts:%H:%M}-{slot.ends:%H:%M}"
        raise refused(row, "sessions", _SLOT_REASONS[type(error)], told) from error
    except DaysOutOfOrderError as error:
        raise refused(row, "last", Reason.OUT_OF_ORDER, new.first, new.last) from error
    except NoUnitsError as error:
        raise refused(row, "units", Reason.NO_UNITS) from error
    except UnknownCategoryError as error:
        is_course = new.kind is ActivityKind.COURSE
        # The one that is missing, or that is too much.
        key = "category" if (new.category is None) is is_course else "service"
        raise refused(row, key, Reason.COURSE_NEEDS if is_course else Reason.COURSE_ONLY) from error
    except InvalidActivityError as error:
        raise refused(row, "title", Reason.BAD_TITLE) from error
    return Done.ADDED


def by_subject(listed: Iterable[Activity]) -> BySubject:
    """Those of one kind, title and days together."""
    found: dict[_Subject, list[Activity]] = {}
    for activity in listed:
        found.setdefault(_subject(activity), []).append(activity)
    return found


def _subject(activity: Activity | NewActivity) -> _Subject:
    return activity.kind, fold(activity.title), activity.first, activity.last


def _read(batch: Batch, row: Row) -> NewActivity:
    values = row.values
    try:
        title = read_reason(values["title"])
    except BadReasonError as error:
        raise refused(row, "title", Reason.BAD_TITLE) from error
    first = values["first"]
    trainer = values.get("trainer")
    return NewActivity(
        kind=ActivityKind(values["kind"]),
        title=title,
        mode=Mode(values.get("mode") or Mode.HEADCOUNT),
        first=first,
        last=values["last"],
        liable=_liable(batch, row),
        slots=_slots(row, first),
        category=values.get("category"),
        service=values.get("service"),
        trainer_unit_id=batch.unit(row, "trainer", max(first, batch.today)).id if trainer else None,
    )


def _liable(batch: Batch, row: Row) -> dict[int, int | None]:
    """Read `An Sơn: 25; An Mỹ`, or `tất cả`; without a number the establishment is meant."""
    day = max(row.values["first"], batch.today)
    typed = row.values["units"]
    if fold(typed) in ALL_UNITS:
        return {unit.id: None for unit in batch.registry.on(day)}
    found: dict[int, int | None] = {}
    for part in filter(None, (each.strip() for each in _SEPARATE.split(typed))):
        name, colon, number = part.partition(":")
        if colon and not re.fullmatch(r"\d{1,4}", number.strip(), re.ASCII):
            raise refused(row, "units", Reason.BAD_LIABLE, brief(part))
        unit = batch.named(row, "units", name, day)
        if unit.id in found:
            raise refused(row, "units", Reason.TWICE, brief(unit.name))
        found[unit.id] = int(number) if colon else None
    return found


def _slots(row: Row, first: date) -> tuple[Slot, ...]:
    """Read lines of days and hours; a day without a year is the nearest to the activity's first."""
    slots: list[Slot] = []
    for line in filter(None, (each.strip() for each in _LINES.split(row.values["sessions"]))):
        try:
            slots += parse_sessions(line, first)
        except NotSessionsError as error:
            raise refused(row, "sessions", Reason.NOT_SESSIONS, brief(line)) from error
        except EndBeforeStartError as error:
            raise refused(row, "sessions", Reason.END_BEFORE_START, brief(line)) from error
    return tuple(sorted(slots, key=lambda slot: (slot.day, slot.starts)))


async def _is_same(batch: Batch, row: Row, held: Activity, new: NewActivity) -> bool:
    """Whether what the file tells is there; what was added to it in the chat since does not matter."""
    sessions = await activities.list_sessions(batch.session, [held.id])
    liable = {u.unit_id: u.liable for u in await activities.list_units(batch.session, [held.id])}
    return (
        (new.category, new.service, new.trainer_unit_id)
        == (held.category, held.service, held.trainer_unit_id)
        and (row.values.get("mode") is None or new.mode is held.mode)
        and set(new.slots) <= {s.slot for s in sessions}
        and new.liable.keys() == liable.keys()
        and all(count in {None, liable[unit_id]} for unit_id, count in new.liable.items())
    )
