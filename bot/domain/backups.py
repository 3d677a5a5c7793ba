"""Backups of the database, as values."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy was found to hold; `days` are reporting days with at least one report."""

    schema: int
    days: int
    reports: int
    people: int


@dataclass(frozen=True, slots=True)
class Backup:
    """`size` in bytes."""

    path: Path
    size: int
    is_encrypted: bool
    made_at: datetime
    contents: Contents


@dataclass(frozen=True, slots=True)
class Made:
    """A good backup; `size` in bytes."""

    id: int
    at: datetime
    path: Path
    size: int
    is_encrypted: bool


@dataclass(frozen=True, slots=True)
class Failed:
    at: datetime
    problem: str
