"""A message as a value, with the one form in which it waits in the outbox."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.periods import Period
from bot.texts.markup import Html


@dataclass(frozen=True, slots=True)
class Button:
    """`data` is a packed payload, at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Message:
    text: Html
    buttons: tuple[tuple[Button, ...], ...] = ()

    def to_json(self) -> str:
        rows = [[[b.label, b.data] for b in row] for row in self.buttons]
        return json.dumps({"text": self.text, "buttons": rows}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """The commands that a chat lists: (name, description); chat None means every chat by default."""

    commands: tuple[tuple[str, str], ...]
    is_default: bool = False

    def to_json(self) -> str:
        return json.dumps({"menu": self.commands, "default": self.is_default}, ensure_ascii=False)


class Subject(StrEnum):
    REPORTS = "reports"
    TARGETS = "targets"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is to show: all units over the month, quarter or year that begins on `first`.

    Or the targets of the day `first`, or one unit's month on a page; `is_one_of_many` pages sent together
    are told from facts that they share.

    Neither bytes nor caption: both tell the state of the moment at which they are made, which is just
    before sending.
    """

    period: Period
    first: date
    language: str
    subject: Subject = Subject.REPORTS
    unit_id: int | None = None
    is_one_of_many: bool = False

    def to_json(self) -> str:
        stored: dict[str, object] = {"picture": self.period, "first": self.first.isoformat()}
        stored |= {"language": self.language, "subject": self.subject}
        if self.unit_id is None:
            return json.dumps(stored)
        return json.dumps(stored | {"unit": self.unit_id, "one_of_many": self.is_one_of_many})


@dataclass(frozen=True, slots=True)
class Screen:
    """What a message is to show, by the packed button that leads there: words that take long to make.

    Neither text nor buttons, as with a Picture.
    """

    data: str
    language: str

    def to_json(self) -> str:
        return json.dumps({"screen": self.data, "language": self.language})


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture made, ready to send; it never waits in the outbox. The caption has at most 1024 characters."""

    png: bytes
    caption: Html


class Paper(StrEnum):
    """What a document is, by the ending of its name."""

    WORKBOOK = "xlsx"
    REPORT = "docx"


@dataclass(frozen=True, slots=True)
class Document:
    """What a document is to tell: all units over the period that holds the day.

    Neither bytes nor caption, as with a Picture.
    """

    paper: Paper
    period: Period
    day: date
    language: str

    def to_json(self) -> str:
        stored = {"document": self.paper, "period": self.period, "day": self.day.isoformat()}
        return json.dumps(stored | {"language": self.language})


WORD, PDF = "docx", "pdf"


@dataclass(frozen=True, slots=True)
class Calls:
    """The sheet of whom to ring, as a file of this ending, WORD or PDF."""

    ending: str
    language: str

    def to_json(self) -> str:
        return json.dumps({"calls": self.ending, "language": self.language})


@dataclass(frozen=True, slots=True)
class File:
    """A document made, ready to send; it never waits in the outbox. The caption has at most 1024 characters."""

    content: bytes
    name: str
    caption: Html


@dataclass(frozen=True, slots=True)
class Pin:
    """A message of the chat that is to stand at its top, or no longer (not `is_pinned`)."""

    message_id: int
    is_pinned: bool = True

    def to_json(self) -> str:
        return json.dumps({"pin": self.message_id, "pinned": self.is_pinned})


Content = Message | Screen | CommandMenu | Picture | Document | Calls | Pin
"""What a row of the outbox can hold."""

Ready = Message | CommandMenu | Photo | File | Pin
"""What can go to Telegram: a screen, picture or document has been made."""


def from_json(payload: str) -> Content:
    stored = json.loads(payload)
    if "screen" in stored:
        return Screen(stored["screen"], stored["language"])
    if "picture" in stored:
        first = date.fromisoformat(stored["first"])
        period, subject = Period(stored["picture"]), Subject(stored["subject"])
        unit_id, is_one_of_many = stored.get("unit"), stored.get("one_of_many", False)
        return Picture(period, first, stored["language"], subject, unit_id, is_one_of_many)
    if "document" in stored:
        day = date.fromisoformat(stored["day"])
        paper, name = Paper(stored["document"]), Period(stored["period"])
        return Document(paper, name, day, stored["language"])
    if "calls" in stored:
        return Calls(stored["calls"], stored["language"])
    if "menu" in stored:
        return CommandMenu(tuple((name, text) for name, text in stored["menu"]), stored["default"])
    if "pin" in stored:
        return Pin(stored["pin"], stored["pinned"])
    rows = tuple(tuple(Button(label, data) for label, data in row) for row in stored["buttons"])
    return Message(Html(stored["text"]), rows)
