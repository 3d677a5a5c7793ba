"""The format of an encrypted backup, "trucbao backup 1"; docs/operations.md describes it.

Three lines of ASCII (the name of the format; what it takes to make the keys, as JSON; an HMAC of the two
lines above and a checksum of all before it), then the content in chunks of equal length, the last one
shorter or empty, each under AES-256-GCM. A chunk's number is its nonce, for a key serves one file only;
the header, the number and whether the chunk is the last are its associated data. So a chunk cannot be
changed, left out, moved or taken from another file, and an end that is missing is noticed.
"""

import hashlib
import hmac
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"trucbao backup "
_NAME = MAGIC + b"1\n"
_KEY = 32
_TAG = 16
_NONCE = 12
_SALT = 16
CHUNK = 1 << 20
_LONGEST_LINE = 1024
# What a header may ask of this machine: one that asks for more is damaged, or made to do harm.
_MOST_CHUNK = 1 << 24
_MOST_MEMORY = 1 << 30
_MOST_PARALLEL = 16

Step = Callable[[int], None]
"""Told how many more bytes of the content are done; what it raises ends the work."""


class SealedError(Exception):
    """The file cannot be opened; `condition` is one of those that bot.texts.vi_keeping has words for."""

    def __init__(self, condition: str) -> None:
        super().__init__(condition)
        self.condition = condition


@dataclass(frozen=True, slots=True)
class Cost:
    """The work that a key costs, by scrypt's parameters; it takes 128 * n * r bytes of memory."""

    n: int
    r: int
    p: int

    @property
    def is_bearable(self) -> bool:
        is_power_of_two = self.n > 1 and self.n & (self.n - 1) == 0
        is_small = 128 * self.n * self.r <= _MOST_MEMORY and self.p <= _MOST_PARALLEL
        return is_power_of_two and self.r > 0 and self.p > 0 and is_small


# OWASP, Password Storage Cheat Sheet: one of the settings of equal strength, with 64 MiB of memory.
COST = Cost(n=1 << 16, r=8, p=2)


@dataclass(frozen=True, slots=True)
class Header:
    """`text` is the header as it stands in the file, the lines that are authenticated."""

    text: bytes
    made_at: datetime
    chunk: int
    cost: Cost
    salt: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class _Keys:
    content: bytes
    header: bytes


def seal(
    source: IO[bytes],
    target: IO[bytes],
    passphrase: str,
    made_at: datetime,
    step: Step,
    *,
    cost: Cost = COST,
    chunk: int = CHUNK,
) -> None:
    """Write what is read from `source` to `target`, encrypted under a key of its own."""
    salt = os.urandom(_SALT)
    told = {
        "made_at": made_at.isoformat(),
        "chunk": chunk,
        "scrypt": {"n": cost.n, "r": cost.r, "p": cost.p, "salt": salt.hex()},
    }
    text = _NAME + json.dumps(told).encode("ascii") + b"\n"
    keys = _keys(passphrase, salt, cost)
    line = hmac.digest(keys.header, text, "sha256").hex().encode("ascii") + b" "
    target.write(text + line + hashlib.sha256(text + line).hexdigest().encode("ascii") + b"\n")
    cipher = AESGCM(keys.content)
    for number, (part, is_last) in enumerate(_parts(source, chunk)):
        target.write(cipher.encrypt(_nonce(number), part, _about(text, number, is_last=is_last)))
        step(len(part))


def read_header(source: IO[bytes]) -> Header:
    """Read the header and leave the file at its content. Raises SealedError."""
    name = source.readline(_LONGEST_LINE)
    if not name.startswith(MAGIC):
        raise SealedError("not_a_backup")
    if name != _NAME:
        is_later = re.fullmatch(rb"[1-9]\d{0,3}\n", name.removeprefix(MAGIC))
        raise SealedError("later_format" if is_later else "damaged")
    text = name + source.readline(_LONGEST_LINE)
    checked = re.fullmatch(rb"([0-9a-f]{64}) ([0-9a-f]{64})\n", source.readline(_LONGEST_LINE))
    if not checked:
        raise SealedError("damaged")
    if hashlib.sha256(text + checked[1] + b" ").hexdigest().encode("ascii") != checked[2]:
        raise SealedError("damaged")
    try:
        told = json.loads(text.removeprefix(name))
        scrypt = told["scrypt"]
        cost = Cost(int(scrypt["n"]), int(scrypt["r"]), int(scrypt["p"]))
        header = Header(
            text,
            datetime.fromisoformat(told["made_at"]),
            int(told["chunk"]),
            cost,
            bytes.fromhex(scrypt["salt"]),
            bytes.fromhex(checked[1].decode("ascii")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SealedError("damaged") from error
    if not (cost.is_bearable and 0 < header.chunk <= _MOST_CHUNK and header.made_at.tzinfo):
        raise SealedError("damaged")
    return header


def unseal(source: IO[bytes], target: IO[bytes], passphrase: str, step: Step) -> Header:
    """Write the content to `target`; it is whole only when this returns. Raises SealedError.

    The header's checksum holds without the passphrase and its HMAC only with it: so a wrong passphrase
    and a damaged file are told apart.
    """
    header = read_header(source)
    keys = _keys(passphrase, header.salt, header.cost)
    if not hmac.compare_digest(hmac.digest(keys.header, header.text, "sha256"), header.proof):
        raise SealedError("wrong_passphrase")
    cipher = AESGCM(keys.content)
    for number, (part, is_last) in enumerate(_parts(source, header.chunk + _TAG)):
        about = _about(header.text, number, is_last=is_last)
        try:
            plain = cipher.decrypt(_nonce(number), part, about)
        except (InvalidTag, ValueError) as error:  # a part shorter than a tag is a ValueError
            raise SealedError("damaged") from error
        target.write(plain)
        step(len(part))
    return header


def _keys(passphrase: str, salt: bytes, cost: Cost) -> _Keys:
    # Keyboards and systems write the same Vietnamese letter in several ways.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    made = Scrypt(salt=salt, length=2 * _KEY, n=cost.n, r=cost.r, p=cost.p).derive(secret)
    return _Keys(content=made[:_KEY], header=made[_KEY:])


def _parts(source: IO[bytes], length: int) -> Iterator[tuple[bytes, bool]]:
    """What is read in parts of this length, each with whether it is the last; the last may be empty.

    A whole last part is followed by an empty one, so that reader and writer agree without looking ahead.
    """
    while True:
        part = source.read(length)
        is_last = len(part) < length
        yield part, is_last
        if is_last:
            return


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _about(header: bytes, number: int, *, is_last: bool) -> bytes:
    return header + _nonce(number) + (b"\1" if is_last else b"\0")
