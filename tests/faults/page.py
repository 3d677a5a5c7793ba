"""What the runs came to, as a table: on the terminal and as docs/reliability.md."""

import platform
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from typing import Self

from tests.audit import Finding, Verdict
from tests.faults.day import Outcome
from tests.faults.sync import Order
from tests.kills import Played

PLACES = {
    "after fetch": "fetch",
    "in handler": "handler",
    "before commit": "commit",
    "after commit": "commit",
    "before notices": "commit",
    "after notices": "commit",
    "before send": "send",
    "after send": "send",
    "before record": "mark",
    "after record": "mark",
    "random time": "any time",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What must be 0; and of those that a rule allows, how many there were (the last two)."""

    updates_lost: int = 0
    reports_lost: int = 0
    doubled: int = 0
    never_sent: int = 0
    notices_doubled: int = 0
    states_changed: int = 0
    damaged: int = 0
    again_by_rule: int = 0
    unsent_by_rule: int = 0

    @property
    def faults(self) -> int:
        return int(sum(astuple(self))) - self.by_rule

    @property
    def by_rule(self) -> int:
        return self.again_by_rule + self.unsent_by_rule

    def __add__(self, other: Self) -> "Figures":
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


HEAD = (
    "updates lost",
    "reports lost",
    "doubled",
    "owed, never sent",
    "notices doubled",
    "states changed",
    "file damaged",
    "again by rule",
    "unsent by rule",
)


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    what: str
    load: str
    figures: Figures
    details: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_good(self) -> bool:
        return not self.figures.faults and not self.problem


def of_day(outcome: Outcome, what: str) -> Line:
    """One scenario."""
    told = outcome.told
    figures = _counted(outcome.findings) + Figures(
        reports_lost=len(outcome.stuck),
        never_sent=len(told.never),
        states_changed=len(outcome.changed),
        damaged=bool(outcome.damage),
        unsent_by_rule=len(told.by_rule),
    )
    load = (
        f"{outcome.updates} updates, {outcome.reports} reports, {outcome.calls} calls, "
        f"{outcome.failed_calls} failed, {_count(outcome.starts, 'start')}, "
        f"{_count(outcome.outages, 'outage')}"
        + (
            f", {outcome.faults - outcome.untouched} of {outcome.faults} faults seen"
            * bool(outcome.faults)
        )
    )
    details = (
        *_told(outcome.findings),
        *(f"owed and never sent: {key}" for key in told.never),
        *outcome.changed,
        *outcome.stuck,
        *([outcome.damage] if outcome.damage else []),
    )
    return Line(outcome.name, what, load, figures, details, outcome.problem)


def of_kills(runs: Sequence[Played]) -> list[Line]:
    """All runs of kills together, a line a place; what belongs to no kill, or to the whole, comes last."""
    lines = []
    for place in dict.fromkeys(PLACES.values()):
        deaths = [d for run in runs for d in run.deaths if PLACES[d.moment] == place]
        found = [f for run in runs for f in run.findings if PLACES.get(run.blamed(f)) == place]
        figures = _counted(found) + Figures(damaged=sum(bool(d.damage) for d in deaths))
        load = (
            f"{_count(len(deaths), 'kill')}, {sum(d.in_flight for d in deaths)} updates in flight"
        )
        details = (*_told(found), *(d.damage for d in deaths if d.damage))
        lines.append(Line(f"kill -9: {place}", "", load, figures, details))
    left = [f for run in runs for f in run.findings if run.blamed(f) not in PLACES]
    figures = _counted(left) + Figures(
        reports_lost=sum(len(run.stuck) for run in runs),
        never_sent=sum(len(run.told.never) for run in runs),
        states_changed=sum(len(run.changed) for run in runs),
        unsent_by_rule=sum(len(run.told.by_rule) for run in runs),
    )
    load = (
        f"{sum(len(run.deaths) for run in runs)} kills, {sum(len(run.days) for run in runs)} days, "
        f"{sum(len(run.books.reports) for run in runs)} reports, "
        f"{sum(len(run.updates) for run in runs)} updates"
    )
    details = (
        *_told(left),
        *(f"owed and never sent: {key}" for run in runs for key in run.told.never),
        *(line for run in runs for line in (*run.changed, *run.stuck)),
    )
    lines.append(Line("kill -9: the days as a whole", "", load, figures, details))
    return lines


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _told(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(f"{f.verdict}: {f.what}" for f in findings if not f.verdict.is_allowed)


def _counted(findings: Iterable[Finding]) -> Figures:
    total = Figures()
    for each in findings:
        total += _one(each)
    return total


def _one(finding: Finding) -> Figures:
    about = finding.what.partition(" ")[0]
    match finding.verdict:
        case Verdict.LOST if about == "update":
            return Figures(updates_lost=1)
        case Verdict.LOST if about in {"press", "report"}:
            return Figures(reports_lost=1)
        case Verdict.LOST:
            return Figures(never_sent=1)
        case Verdict.DOUBLED if about == "message":
            return Figures(notices_doubled=1)
        case Verdict.DOUBLED:
            return Figures(doubled=1)
        case Verdict.DIGEST_AGAIN | Verdict.REPLY_AGAIN:
            return Figures(again_by_rule=1)
        case _:
            # Whether it arrived is seen in Telegram's ledger: what did not is counted there.
            return Figures()


def row(line: Line) -> str:
    """One line for the terminal."""
    figures = " ".join(f"{figure:>3}" for figure in astuple(line.figures))
    mark = "ok  " if line.is_good else "BAD "
    return (
        f"{mark}{line.name:<32}{figures}  {line.load}{'  ' + line.problem if line.problem else ''}"
    )


def page(lines: Sequence[Line], order: Order | None, reason: str, seed: int, minutes: float) -> str:
    """The page in Markdown; `reason` says why there is no `order`."""
    total = sum((line.figures for line in lines), Figures())
    alone = [line for line in lines if not line.name.startswith("kill -9")]
    killed = [line for line in lines if line.name.startswith("kill -9")]
    return "\n".join(
        [
            "# What was tried, and what it cost",
            "",
            "`make faults` writes this page. It starts the bot as a real process against the embedded",
            "[Telegram](../sandbox/README.md) over HTTP, lets leaders report through a day in jumps of the",
            "clock, does one thing to the bot, starts it again after each end as the service unit would, and",
            "then compares Telegram's own ledger with the bot's database and with the pure rules.",
            "It ends with status 1 if a figure that must be 0 is not.",
            "",
            "## How to read it",
            "",
            "- **updates lost**: Telegram delivered it, and the bot did not handle it.",
            "- **reports lost**: somebody pressed send, and there is no report, revision or receipt; or who",
            "  wanted to report could not.",
            "- **doubled**: a revision or an update that is there twice, or that nobody sent.",
            "- **owed, never sent**: at each stop of the clock the ladder (`bot/domain/ladder.py`) is asked anew",
            "  what is owed; here is what never came, waits for ever or was refused without a reason.",
            "- **notices doubled**: sent again though its kind's rule (`bot/domain/delivery.py`) forbids it.",
            "- **states changed**: judged on time, late or missing otherwise than on an undisturbed day. Where an",
            "  outage was recorded the deadline moves, and a late report may become one that is on time.",
            "- **file damaged**: `PRAGMA integrity_check` or a foreign key, on a copy of what was left.",
            "- *again by rule*: digests and answers that were in doubt and are repeated in that case.",
            "- *unsent by rule*: prompts and reminders that were in doubt, did not arrive, and are not repeated:",
            "  the next rung asks again.",
            "- *faults seen*: how many left a trace in the bot's log or at Telegram. One that left none did not",
            "  take place: alone it is a failure; in a mixture it may have met a bot that was dead.",
            "",
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},",
            f"python-telegram-bot {version('python-telegram-bot')}, {platform.system()}, seed {seed},",
            f"{minutes:.0f} minutes.",
            "",
            "## In total",
            "",
            *_table([Line("all", "", "", total)]),
            "",
            f"- Sync to the disk before the offset moves: {_order_told(order, reason)}",
            "",
            "## Faults, alone and mixed",
            "",
            *_table(alone),
            "",
            "| fault | what was done | the day |",
            "| --- | --- | --- |",
            *(f"| {line.name} | {line.what} | {line.load} |" for line in alone),
            "",
            "## Killed in the middle of work",
            "",
            "`kill -9` at chosen moments, while thirteen leaders report day after day. The file is looked at",
            "after each kill. What is found is blamed on the kill before or after it.",
            "",
            *_table(killed),
            "",
            "| place | how many |",
            "| --- | --- |",
            *(f"| {line.name} | {line.load} |" for line in killed),
            "",
            *_bad(lines),
        ]
    )


def _table(lines: Sequence[Line]) -> list[str]:
    return [
        f"| | {' | '.join(HEAD)} |",
        f"| --- |{' ---: |' * len(HEAD)}",
        *(f"| {line.name} | {' | '.join(map(str, astuple(line.figures)))} |" for line in lines),
    ]


def _order_told(order: Order | None, reason: str) -> str:
    if order is None:
        return f"not looked at, {reason}."
    return f"{order.synced} of {order.acknowledged} acknowledged batches, seen by strace."


def _bad(lines: Sequence[Line]) -> list[str]:
    bad = [line for line in lines if not line.is_good]
    if not bad:
        return []
    told = ["## What went wrong", ""]
    for line in bad:
        told += [f"- {line.name}: {why}" for why in (line.problem, *line.details) if why]
    return [*told, ""]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
