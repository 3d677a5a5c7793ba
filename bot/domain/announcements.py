"""Announcements: whom they reach, and who is reminded while not everybody has acknowledged."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.forms import TextTooLongError
from bot.domain.marks import mark_of
from bot.domain.people import RIGHTS, Action, Assignment, Person, Role
from bot.domain.reports import Author

LONGEST_ANNOUNCEMENT = 1000
# Who has not acknowledged is reminded twice, then the list is final.
REMINDER_AFTER = timedelta(hours=2)
LAST_REMINDER_AFTER = timedelta(hours=6)
END_AFTER = timedelta(hours=24)


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"  # confirmed, goes out at its time
    SENT = "sent"


class AnnouncementRung(IntEnum):
    SENT = 0
    REMINDER = 1
    LAST_REMINDER = 2
    ENDED = 3  # the list is final


_TIMETABLE = (
    (AnnouncementRung.REMINDER, REMINDER_AFTER),
    (AnnouncementRung.LAST_REMINDER, LAST_REMINDER_AFTER),
    (AnnouncementRung.ENDED, END_AFTER),
)


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who speaks for a unit, for some units, or everybody in some roles."""

    is_everybody: bool = False
    unit_ids: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.is_everybody or self.unit_ids or self.roles)

    def includes(self, held: Assignment) -> bool:
        if self.roles:
            return held.role in self.roles
        return held.role.leads_unit and (self.is_everybody or held.unit_id in self.unit_ids)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is reached, by position."""

    person_id: int
    role: Role
    unit_id: int | None
    acknowledged_at: datetime | None = None
    is_reachable: bool = True


@dataclass(frozen=True, slots=True)
class Announcement:
    """`send_at` None is at once; `content_hash` names the count that was last shown."""

    id: int
    author: Author
    words: str
    audience: Audience
    state: AnnouncementState
    slot: str | None = None
    send_at: datetime | None = None
    sent_at: datetime | None = None
    edited_at: datetime | None = None
    rung: AnnouncementRung = AnnouncementRung.SENT
    content_hash: str = ""
    recipients: tuple[Recipient, ...] = field(default=())

    @property
    def fingerprint(self) -> str:
        """Name what a card shows: the words, whom they are for, and when they go out."""
        audience = self.audience
        shown = (
            self.words,
            audience.is_everybody,
            sorted(audience.unit_ids),
            sorted(audience.roles),
            self.send_at and self.send_at.timestamp(),
        )
        return mark_of(repr(shown))

    @property
    def acknowledged(self) -> tuple[Recipient, ...]:
        return tuple(r for r in self.recipients if r.acknowledged_at)

    @property
    def waiting(self) -> tuple[Recipient, ...]:
        return tuple(r for r in self.recipients if not r.acknowledged_at)


def recipients_of(
    audience: Audience, people: Iterable[Person], day: date, author_id: int | None
) -> tuple[Recipient, ...]:
    """Whom it reaches, each once, by the first position that counts; never its author."""
    found = []
    for person in people:
        held = (a for a in person.assignments if a.holds_on(day) and audience.includes(a))
        first = next(held, None)
        if first and person.id != author_id:
            found.append(Recipient(person.id, first.role, first.unit_id))
    return tuple(found)


def owed(now: datetime, announcement: Announcement) -> AnnouncementRung | None:
    """The highest rung that has come and was not climbed; the last one when all have acknowledged."""
    if announcement.sent_at is None:
        return None
    come = [r for r, after in _TIMETABLE if announcement.sent_at + after <= now]
    highest = come[-1] if come else AnnouncementRung.SENT
    if not announcement.waiting:
        highest = AnnouncementRung.ENDED
    return highest if highest > announcement.rung else None


def announcing_role(person: Person, day: date) -> Role | None:
    """The role in which the person announces; None for who may not."""
    held = person.roles_on(day) & RIGHTS[Action.ANNOUNCE]
    return next((role for role in Role if role in held), None)


def read_words(typed: str) -> str:
    """Return the words, NFC, with their lines but without what nobody sees.

    Raises forms.TextTooLongError; the words may be empty.
    """
    composed = unicodedata.normalize("NFC", typed)
    seen = "".join(
        c for c in composed if c.isspace() or not unicodedata.category(c).startswith("C")
    )
    rows = [" ".join(row.split()) for row in seen.splitlines()]
    words = "\n".join(_without_gaps(rows)).strip()
    if len(words) > LONGEST_ANNOUNCEMENT:
        raise TextTooLongError(len(words), LONGEST_ANNOUNCEMENT)
    return words


def _without_gaps(rows: Sequence[str]) -> list[str]:
    """At most one empty line between two others."""
    return [row for n, row in enumerate(rows) if row or (n > 0 and rows[n - 1])]
