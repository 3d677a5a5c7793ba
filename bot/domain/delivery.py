"""The written rule of each kind of message: its lane, and what a doubtful send or a delay means."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Lane(IntEnum):
    """Which waiting message goes first; within one chat the order never changes."""

    INTERACTIVE = 0
    LADDER = 1
    BROADCAST = 2


class Kind(StrEnum):
    FORM = "form"  # a form's message, drawn anew after each press
    CLOSING = (
        "closing"  # a form that is asked for no longer: who has just pressed does not wait for it
    )
    RECEIPT = "receipt"
    REPLY = "reply"  # the answer to a command
    PROMPT = "prompt"
    OUTAGE = "outage"  # the bot was down, and what the deadline is now
    REMINDER = "reminder"
    DIGEST = "digest"
    PICTURE = "picture"  # drawn when its turn comes
    PICTURE_REPLY = "picture_reply"  # one that a person asked for
    UNIT_PAGE = "unit_page"  # a unit's month, to be forwarded; drawn when its turn comes
    INCIDENT = "incident"  # to who must act on it, and back to who reported it
    INCIDENT_STEP = "incident_step"  # an edit of one that stands there
    DOCUMENT = "document"  # a file that a person asked for, made when its turn comes
    BOARD = "board"  # the pinned message of the day
    PIN = "pin"
    ANNOUNCEMENT = "announcement"
    ANNOUNCEMENT_STEP = "announcement_step"  # an edit of one that stands there
    ANNOUNCEMENT_REMINDER = "announcement_reminder"
    ANNOUNCEMENT_COUNT = "announcement_count"  # an edit of how many have acknowledged
    EXERCISE = "exercise"  # to who leads a unit: an exercise asks something of it
    ALERT = "alert"  # to the admins
    MENU = "menu"  # the commands that a chat lists


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind is delivered.

    `repeats_when_doubtful`: a send that may or may not have arrived is sent again (a person waits for
    it, or a figure must not be missing) or is not (a second one would only annoy). Edits of a known
    message are always repeated: they cannot double.
    `tells_delay`: a message that goes out well after its time says so.
    `only_edits`: what is not on the phone is not sent anew.
    """

    lane: Lane
    repeats_when_doubtful: bool
    tells_delay: bool = False
    only_edits: bool = False


RULES: dict[Kind, Rule] = {
    Kind.FORM: Rule(Lane.INTERACTIVE, repeats_when_doubtful=True),
    Kind.CLOSING: Rule(Lane.LADDER, repeats_when_doubtful=True),
    Kind.RECEIPT: Rule(Lane.INTERACTIVE, repeats_when_doubtful=True),
    Kind.REPLY: Rule(Lane.INTERACTIVE, repeats_when_doubtful=True),
    # Nothing is more urgent, and missing one is worse than reading it twice.
    Kind.INCIDENT: Rule(Lane.INTERACTIVE, repeats_when_doubtful=True, tells_delay=True),
    Kind.INCIDENT_STEP: Rule(Lane.INTERACTIVE, repeats_when_doubtful=True, only_edits=True),
    # Who asks waits for it behind the text of the answer, not behind announcements. Not repeated: an
    # upload is the likeliest to lose its answer, and who misses it asks again.
    Kind.PICTURE_REPLY: Rule(Lane.INTERACTIVE, repeats_when_doubtful=False),
    # As with a picture; a second file of many pages would only puzzle who keeps them.
    Kind.DOCUMENT: Rule(Lane.INTERACTIVE, repeats_when_doubtful=False),
    Kind.PROMPT: Rule(Lane.LADDER, repeats_when_doubtful=False, tells_delay=True),
    Kind.REMINDER: Rule(Lane.LADDER, repeats_when_doubtful=False, tells_delay=True),
    Kind.DIGEST: Rule(Lane.LADDER, repeats_when_doubtful=True, tells_delay=True),
    Kind.OUTAGE: Rule(Lane.LADDER, repeats_when_doubtful=False),
    Kind.PICTURE: Rule(Lane.LADDER, repeats_when_doubtful=False),
    Kind.BOARD: Rule(Lane.LADDER, repeats_when_doubtful=True),
    Kind.PIN: Rule(Lane.LADDER, repeats_when_doubtful=True),
    Kind.ANNOUNCEMENT: Rule(Lane.BROADCAST, repeats_when_doubtful=True, tells_delay=True),
    Kind.ANNOUNCEMENT_STEP: Rule(Lane.BROADCAST, repeats_when_doubtful=True, only_edits=True),
    Kind.ANNOUNCEMENT_REMINDER: Rule(Lane.BROADCAST, repeats_when_doubtful=False),
    Kind.ANNOUNCEMENT_COUNT: Rule(Lane.BROADCAST, repeats_when_doubtful=True),
    # As with other pictures; who misses it asks for it in /lichsu. Thousands of them hold up nothing else.
    Kind.UNIT_PAGE: Rule(Lane.BROADCAST, repeats_when_doubtful=False),
    # Told once: who misses it hears of it by the first reminder.
    Kind.EXERCISE: Rule(Lane.BROADCAST, repeats_when_doubtful=False),
    Kind.ALERT: Rule(Lane.BROADCAST, repeats_when_doubtful=True),
    Kind.MENU: Rule(Lane.BROADCAST, repeats_when_doubtful=True),
}
