"""What the bot and its worker say to each other: terms, orders, and what was made or why not.

Each is pickled behind its length. Both ends are the same program at the same version, and nobody else
writes into the pipes between them.
"""

import pickle
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.domain.calendar import Schedule
from bot.domain.letterheads import Letterhead
from bot.screens.message import Calls, Document, File, Photo, Picture

Wanted = Picture | Document | Calls
Made = Photo | File

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Terms:
    """The settings that files are made by; none of them is secret."""

    database: Path
    schedule: Schedule
    language: str
    in_percent: bool
    head: Letterhead


@dataclass(frozen=True, slots=True)
class Order:
    """A file that is to be made of what is known at `now`."""

    wanted: Wanted
    now: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file was not made: the error's name and where it came from, never its text.

    `unavailable`: the condition of storage.errors.UnavailableError, if it was that.
    """

    problem: str
    at: str
    unavailable: str | None = None


def packed(value: Terms | Order | Made | Failure) -> bytes:
    body = pickle.dumps(value)
    return LENGTH.pack(len(body)) + body


def unpacked(body: bytes) -> Any:
    return pickle.loads(body)  # noqa: S301 - see above


def read(stream: BinaryIO) -> Any:
    """Return the next value. Raises EOFError when the other end is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return unpacked(body)
