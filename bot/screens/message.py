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
    MONTH = "month"
    TARGETS = "targets"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is to show: units by days of the month that begins on `first`, or the targets.

    Neither bytes nor caption: both tell the state of the moment at which they are made, which is just
    before sending.
    """

    first: date
    language: str
    subject: Subject = Subject.MONTH

    def to_json(self) -> str:
        stored = {
            "picture": self.subject,
            "first": self.first.isoformat(),
            "language": self.language,
        }
        return json.dumps(stored)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture made, ready to send; it never waits in the outbox. The caption has at most 1024 characters."""

    png: bytes
    caption: Html


@dataclass(frozen=True, slots=True)
class Screen:
    """A summary that a person asked for, named by the button that leads to it (a packed SummaryPress).

    Neither words nor buttons, as with a Picture: adding up months of many units takes its time, and
    nobody's receipt is to wait for it.
    """

    press: str
    language: str

    def to_json(self) -> str:
        return json.dumps({"screen": self.press, "language": self.language})


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


Content = Message | CommandMenu | Picture | Screen | Document | Pin
"""What a row of the outbox can hold."""

Ready = Message | CommandMenu | Photo | File | Pin
"""What can go to Telegram: a picture, screen or document has been made."""


def from_json(payload: str) -> Content:
    stored = json.loads(payload)
    if "picture" in stored:
        first = date.fromisoformat(stored["first"])
        return Picture(first, stored["language"], Subject(stored["picture"]))
    if "screen" in stored:
        return Screen(stored["screen"], stored["language"])
    if "document" in stored:
        day = date.fromisoformat(stored["day"])
        paper, name = Paper(stored["document"]), Period(stored["period"])
        return Document(paper, name, day, stored["language"])
    if "menu" in stored:
        return CommandMenu(tuple((name, text) for name, text in stored["menu"]), stored["default"])
    if "pin" in stored:
        return Pin(stored["pin"], stored["pinned"])
    rows = tuple(tuple(Button(label, data) for label, data in row) for row in stored["buttons"])
    return Message(Html(stored["text"]), rows)
