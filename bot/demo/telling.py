"""The transcript: a line an event, with the time of the play, who, and what."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TextIO

import click

from bot.demo.stage import SCHEDULE

_WHO_WIDTH = 24
_BAR_WIDTH = 20
_ERASE_LINE = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Told:
    """One line; `who` is empty where a scene begins."""

    at: datetime
    who: str
    what: str


class Narrator:
    """Prints as it happens and remembers; on a terminal a bar shows how far the play has come."""

    def __init__(self, scenes: int, out: TextIO | None = None) -> None:
        self.told: list[Told] = []
        self._scenes = scenes
        self._scene = 0
        self._out = out or sys.stdout
        self._has_bar = self._out.isatty()
        self._offset = timedelta()

    def set_clock(self, now: datetime) -> None:
        """Follow the clock of the embedded Telegram, which has just jumped."""
        self._offset = now - datetime.now(UTC)

    def scene(self, title: str) -> None:
        self._scene += 1
        line = self._note("", title)
        count = f"[{self._scene}/{self._scenes}]"
        self._print("", click.style(f"{count} {line.at:%H:%M}  {title}", bold=True))

    def tell(self, who: str, what: str) -> None:
        line = self._note(who, what)
        self._print(f"{line.at:%H:%M:%S}  {who:<{_WHO_WIDTH}}  {what}")

    def quote(self, text: str) -> None:
        """Show a message as it stands in the chat."""
        self._print(*(f"    │ {line}".rstrip() for line in text.splitlines()))

    def plain(self, *lines: str) -> None:
        self._print(*lines)

    def end(self) -> None:
        """Take the bar away: the play is over, however it went."""
        if self._has_bar:
            self._out.write(_ERASE_LINE)
            self._out.flush()
        self._has_bar = False

    def _note(self, who: str, what: str) -> Told:
        line = Told((datetime.now(UTC) + self._offset).astimezone(SCHEDULE.zone), who, what)
        self.told.append(line)
        return line

    def _print(self, *lines: str) -> None:
        if self._has_bar:
            self._out.write(_ERASE_LINE)
        _echo(lines, self._out)
        if self._has_bar:
            done = _BAR_WIDTH * self._scene // self._scenes
            bar = "█" * done + "░" * (_BAR_WIDTH - done)
            self._out.write(f"{bar} {self._scene}/{self._scenes}")
        self._out.flush()


def _echo(lines: Iterable[str], out: TextIO) -> None:
    for line in lines:
        click.echo(line, file=out)
