"""What is owed by now and not yet sent: prompt, reminder, digest at due, final digest.

Everything is computed anew from facts each time, so it does not matter when the last look was, or
who died in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import Window


class Rung(StrEnum):
    PROMPT = "prompt"
    REMINDER = "reminder"
    DIGEST = "digest"  # at due, with who is missing
    FINAL = "final"  # when the last one is in, or at the lock
    LATE_DIGEST = "late_digest"  # days that passed their lock while nobody was told


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to be told: a person's or a group's key, and since when they could be."""

    key: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Expectation:
    unit_id: int
    people: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One reporting day: its window, who is expected, and when each report first came in."""

    window: Window
    expected: tuple[Expectation, ...]
    reported: Mapping[int, datetime]

    @property
    def is_complete(self) -> bool:
        return all(e.unit_id in self.reported for e in self.expected)

    @property
    def completed_at(self) -> datetime:
        """When the last of the expected reports came in; others do not count."""
        came_in = (self.reported.get(e.unit_id, self.window.opens) for e in self.expected)
        return max(came_in, default=self.window.opens)


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that is owed.

    `scheduled_at` is when it should have gone out; after `not_after` it no longer matters;
    `days` are the reporting days that it tells of, `unit_id` the unit that it asks; the rungs that
    it `passes_by` will never be sent, which is recorded together with it.
    """

    key: str
    rung: Rung
    recipient: str
    scheduled_at: datetime
    not_after: datetime | None
    days: tuple[date, ...]
    unit_id: int | None = None
    passes_by: tuple["Notice", ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """What to queue now; `closed` are days that need no more looking at."""

    notices: tuple[Notice, ...]
    closed: tuple[date, ...]

    @property
    def superseded(self) -> tuple[Notice, ...]:
        """Notices that were passed by and will never be sent."""
        return tuple(lower for notice in self.notices for lower in notice.passes_by)


def owed(
    now: datetime,
    report_type: str,
    days: Sequence[DayFacts],
    audience: Sequence[Recipient],
    sent: frozenset[str],
) -> Owed:
    """Compare what should have gone out by now with `sent`, the keys already queued or passed by."""
    told: list[Notice] = []

    def climb(rungs: Sequence[Notice]) -> None:
        """Take the highest of these rungs; those below it are passed by."""
        if rungs and rungs[-1].key not in sent:
            passed = tuple(rung for rung in rungs[:-1] if rung.key not in sent)
            told.append(replace(rungs[-1], passes_by=passed))

    for facts in days:
        for unit in facts.expected:
            if unit.unit_id not in facts.reported:
                for person in unit.people:
                    climb(_unit_rungs(now, report_type, facts.window, unit.unit_id, person))
    for recipient in audience:
        digests = [d for d in (_digest_rungs(now, report_type, f, recipient) for f in days) if d]
        over = [
            d for d in digests if d[-1].days[-1] in _locked(days, now) and d[-1].key not in sent
        ]
        if len(over) > 1:
            passed = tuple(rung for d in over for rung in d if rung.key not in sent)
            combined = _combined(report_type, [d[-1] for d in over], recipient)
            told.append(replace(combined, passes_by=passed))
            digests = [d for d in digests if d not in over]
        for digest in digests:
            climb(digest)
    return Owed(tuple(told), tuple(sorted(_locked(days, now))))


def _locked(days: Sequence[DayFacts], now: datetime) -> frozenset[date]:
    return frozenset(facts.window.day for facts in days if now >= facts.window.locks)


def _unit_rungs(
    now: datetime, report_type: str, window: Window, unit_id: int, person: Recipient
) -> list[Notice]:
    """The rungs of one person for one unit that have come and still matter, lowest first."""
    rungs = (
        (Rung.PROMPT, window.opens, window.locks),
        (Rung.REMINDER, window.reminder_at, window.due),
    )
    return [
        Notice(
            key=_key(rung, report_type, window, person, f"{unit_id}:"),
            rung=rung,
            recipient=person.key,
            scheduled_at=max(at, person.since),
            not_after=until,
            days=(window.day,),
            unit_id=unit_id,
        )
        for rung, at, until in rungs
        if at <= now < until
    ]


def _digest_rungs(
    now: datetime, report_type: str, facts: DayFacts, recipient: Recipient
) -> list[Notice]:
    """The digest at due and the final one, as far as they have come, lowest first."""
    window = facts.window
    if now < window.due or not facts.expected or recipient.since >= window.locks:
        return []
    rungs = [(Rung.DIGEST, window.due)]
    if facts.is_complete:
        rungs.append((Rung.FINAL, max(window.due, facts.completed_at)))
    elif now >= window.locks:
        rungs.append((Rung.FINAL, window.locks))
    return [
        Notice(
            key=_key(rung, report_type, window, recipient),
            rung=rung,
            recipient=recipient.key,
            scheduled_at=max(at, recipient.since),
            not_after=None,
            days=(window.day,),
        )
        for rung, at in rungs
    ]


def _combined(report_type: str, finals: Sequence[Notice], recipient: Recipient) -> Notice:
    """One late digest in the place of several final ones."""
    days = tuple(day for final in finals for day in final.days)
    span = f"{days[0].isoformat()}..{days[-1].isoformat()}"
    return Notice(
        key=f"{Rung.LATE_DIGEST}:{report_type}:{span}:{recipient.key}",
        rung=Rung.LATE_DIGEST,
        recipient=recipient.key,
        scheduled_at=finals[0].scheduled_at,
        not_after=None,
        days=days,
    )


def _key(rung: Rung, report_type: str, window: Window, to: Recipient, unit: str = "") -> str:
    """A notice's name. The due time is part of it, so that a moved deadline is told anew."""
    version = int(window.due.timestamp()) // 60
    return f"{rung}:{report_type}:{unit}{window.day.isoformat()}:{to.key}:{version}"
