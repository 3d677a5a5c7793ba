"""What units took part in and with how many, as the facts from which training is measured."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActivityKind(StrEnum):
    COURSE = "course"
    STAFF_TRAINING = "staff_training"
    CONTEST = "contest"
    MEET = "meet"
    BRIEFING = "briefing"
    POLITICAL_EDUCATION = "political_education"


class Mode(StrEnum):
    """How people are counted: by heads, or by the codes of a roster."""

    HEADCOUNT = "headcount"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class SessionAttendance:
    """A unit's attendance of one session; `present` is None while nobody has reported it."""

    session_id: int
    day: date
    is_over: bool
    is_make_up: bool
    liable: int | None
    present: int | None


@dataclass(frozen=True, slots=True)
class Participation:
    """One unit in one activity, as known by a moment.

    `liable` are the people who are to take part, None where nobody has told it; `completed` those who
    have done all that is asked of them, None while that is not known. Sessions that were cancelled
    are left out, and those that the unit was exempt from and did not report. `lacking` are the half-days
    that each of those on the roster who have not completed a course still lacks, where they are known.
    """

    activity_id: int
    kind: ActivityKind
    mode: Mode
    category: str | None
    exercise_id: int | None
    unit_id: int
    first_day: date
    last_day: date
    is_finished: bool
    liable: int | None
    completed: int | None
    sessions: tuple[SessionAttendance, ...]
    went_into: int | None = None
    lacking: tuple[int, ...] = ()

    @property
    def counts_for(self) -> int:
        """The unit whose figure it is: the unit itself, or what it was merged into since."""
        return self.unit_id if self.went_into is None else self.went_into
