"""Incidents: how grave, who has taken them on, and who is told next while nobody has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.reports import Author
from bot.domain.units import Unit

# Characters of what happened, and of the note that closes it.
LONGEST_INCIDENT = 300


class Severity(StrEnum):
    ORDINARY = "ordinary"
    SERIOUS = "serious"
    CRITICAL = "critical"


class IncidentRung(IntEnum):
    """Who is told, one after the other, until somebody acknowledges."""

    SENT = 0  # the command group, at once
    AGAIN = 1  # the command group once more
    COMMANDERS = 2  # each commander privately
    ADMINS = 3


RUNGS_AFTER = tuple(rung for rung in IncidentRung if rung is not IncidentRung.SENT)
"""The rungs that a time is set for, lowest first."""


@dataclass(frozen=True, slots=True)
class Handling:
    """Who acknowledged or closed, and when."""

    at: datetime
    by: Author


@dataclass(frozen=True, slots=True)
class Incident:
    """What a unit reported; `rung` is the highest that was climbed, `note` what closed it."""

    id: int
    unit_id: int
    author: Author
    severity: Severity
    words: str
    sent_at: datetime
    rung: IncidentRung = IncidentRung.SENT
    acknowledged: Handling | None = None
    closed: Handling | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that is not closed, and its unit."""

    unit: Unit
    incident: Incident


@dataclass(frozen=True, slots=True)
class Climb:
    """A rung of an incident that is owed, and since when; it `passes_by` those that were missed."""

    incident_id: int
    rung: IncidentRung
    scheduled_at: datetime
    passes_by: tuple[IncidentRung, ...] = ()


def owed(
    now: datetime, incidents: Iterable[Incident], ladder: Sequence[timedelta]
) -> tuple[Climb, ...]:
    """The highest rung that has come of each incident that nobody has acknowledged.

    `ladder` is how long after the sending each of RUNGS_AFTER comes, ascending. A rung is climbed
    once; those below it that were missed never come, but who belongs to them is told with it.
    """
    found = []
    for incident in incidents:
        if incident.acknowledged or incident.closed:
            continue
        due = zip(RUNGS_AFTER, (incident.sent_at + after for after in ladder), strict=True)
        come = [(rung, at) for rung, at in due if at <= now and rung > incident.rung]
        if come:
            *missed, (rung, at) = come
            found.append(Climb(incident.id, rung, at, tuple(passed for passed, _ in missed)))
    return tuple(found)
