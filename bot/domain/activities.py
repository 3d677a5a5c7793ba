"""Activities and their sessions, and what must be true of one that is added."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import Window
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.domain.units import Unit

CATEGORIES = ("on_site", "mobile", "standing", "maritime")
ARMS = (
    "air_defence",
    "artillery",
    "reconnaissance",
    "signals",
    "engineers",
    "chemical_defence",
    "medical",
)
SERVICES = ("first_year", "later")

# Attendance is asked for while people stand in line; the rest of the day is for who has no network.
DUE_AFTER = timedelta(hours=2)
LOCKS_AFTER = timedelta(days=3)
# Results are graded after the last session.
RESULTS_DUE_AFTER = timedelta(days=2)
RESULTS_LOCK_AFTER = timedelta(days=10)
# A session that lasts longer takes the whole day.
_LONGEST_HALF_DAY = timedelta(hours=5)


@dataclass(frozen=True, slots=True)
class Slot:
    """When a session is to be: clock times in the command's zone."""

    day: date
    starts: time
    ends: time
    is_make_up: bool = False

    @property
    def half_days(self) -> int:
        lasts = datetime.combine(self.day, self.ends) - datetime.combine(self.day, self.starts)
        return 1 if lasts <= _LONGEST_HALF_DAY else 2


@dataclass(frozen=True, slots=True)
class ActivitySession:
    id: int
    activity_id: int
    slot: Slot
    half_days: int
    is_cancelled: bool = False

    def ends(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.slot.day, self.slot.ends, zone).astimezone(UTC)

    def window(self, zone: ZoneInfo) -> Window:
        """When attendance is asked for: from its start, due some time after its end."""
        starts = datetime.combine(self.slot.day, self.slot.starts, zone).astimezone(UTC)
        ends = self.ends(zone)
        return Window(self.slot.day, starts, ends + DUE_AFTER, ends + LOCKS_AFTER)


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity as it is added; `category` and `service` are a course's, None in all others.

    `liable` by unit: the people who are to take part, None where the establishment is meant.
    `trainer_unit_id` None means that the command trains.
    """

    kind: ActivityKind
    title: str
    mode: Mode
    first: date
    last: date
    liable: dict[int, int | None]
    slots: tuple[Slot, ...]
    category: str | None = None
    service: str | None = None
    trainer_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    id: int
    kind: ActivityKind
    title: str
    mode: Mode
    first: date
    last: date
    category: str | None
    service: str | None
    trainer_unit_id: int | None
    exercise_id: int | None
    is_cancelled: bool


def results_window(sessions: Sequence[ActivitySession], zone: ZoneInfo) -> Window | None:
    """When a course's results are asked for: after its last session that was not cancelled."""
    ends = [s.ends(zone) for s in sessions if not s.is_cancelled]
    if not ends:
        return None
    over = max(ends)
    day = over.astimezone(zone).date()
    return Window(day, over, over + RESULTS_DUE_AFTER, over + RESULTS_LOCK_AFTER)


@dataclass(frozen=True, slots=True)
class Card:
    """An activity with its sessions and what its units did; `units` by id, of the activity's days."""

    activity: Activity
    trainer: Unit | None
    sessions: tuple[ActivitySession, ...]
    taking_part: tuple[Participation, ...]
    units: dict[int, Unit]

    @property
    def is_reported(self) -> bool:
        return any(s.present is not None for p in self.taking_part for s in p.sessions)


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session of all its units: how many have told attendance, and the people of those that have.

    `liable` None: a unit that told does not know how many were to come.
    """

    title: str
    slot: Slot
    units: int
    reported: int
    present: int
    liable: int | None


def session_records(
    held: Sequence[tuple[Activity, ActivitySession]], taking_part: Sequence[Participation]
) -> tuple[SessionRecord, ...]:
    of_session: defaultdict[int, list[SessionAttendance]] = defaultdict(list)
    for each in taking_part:
        for attended in each.sessions:
            of_session[attended.session_id].append(attended)
    return tuple(_record(activity, session, of_session[session.id]) for activity, session in held)


def _record(
    activity: Activity, session: ActivitySession, attended: Sequence[SessionAttendance]
) -> SessionRecord:
    told = [a for a in attended if a.present is not None]
    liable = [a.liable for a in told if a.liable is not None]
    return SessionRecord(
        title=activity.title,
        slot=session.slot,
        units=len(attended),
        reported=len(told),
        present=sum(a.present or 0 for a in told),
        liable=sum(liable) if len(liable) == len(told) else None,
    )


class InvalidActivityError(ValueError):
    """What was given makes no activity; nothing is saved."""


class NoUnitsError(InvalidActivityError):
    pass


class NoTitleError(InvalidActivityError):
    pass


class NoSessionsError(InvalidActivityError):
    pass


class DaysOutOfOrderError(InvalidActivityError):
    """The last day is before the first."""


class UnknownCategoryError(InvalidActivityError):
    """A course needs a category and a year of service; no other activity has them."""


class NegativeLiableError(InvalidActivityError):
    pass


class SlotError(InvalidActivityError):
    def __init__(self, slot: Slot) -> None:
        super().__init__(f"{slot.day} {slot.starts}-{slot.ends}")
        self.slot = slot


class EndBeforeStartError(SlotError):
    pass


class OutsideDaysError(SlotError):
    """A session lies outside the activity's days."""


class SlotTwiceError(SlotError):
    """Two sessions overlap."""


def check_activity(new: NewActivity) -> None:
    """Raise InvalidActivityError where the activity cannot be."""
    if not new.title.strip():
        raise NoTitleError
    if not new.liable:
        raise NoUnitsError
    if any(count is not None and count < 0 for count in new.liable.values()):
        raise NegativeLiableError
    if new.last < new.first:
        raise DaysOutOfOrderError
    if new.kind is ActivityKind.COURSE:
        if new.category not in (*CATEGORIES, *ARMS) or new.service not in SERVICES:
            raise UnknownCategoryError
    elif new.category is not None or new.service is not None:
        raise UnknownCategoryError
    if not new.slots:
        raise NoSessionsError
    for number, slot in enumerate(new.slots):
        check_slot(slot, new.first, new.last, new.slots[:number])


def check_slot(slot: Slot, first: date, last: date, others: Sequence[Slot]) -> None:
    """Raise SlotError where the session cannot be beside the others; a make-up may come after the days."""
    if slot.ends <= slot.starts:
        raise EndBeforeStartError(slot)
    if slot.day < first or (slot.day > last and not slot.is_make_up):
        raise OutsideDaysError(slot)
    for other in others:
        if other.day == slot.day and slot.starts < other.ends and other.starts < slot.ends:
            raise SlotTwiceError(slot)
