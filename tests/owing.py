"""What the pure rules say of a run afterwards: which notices were owed, and who was on time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.domain.calendar import Calendar, Outage, Schedule, day_window
from bot.domain.delivery import RULES
from bot.domain.forms import DUTY
from bot.domain.ladder import owed
from bot.domain.notices import DayFacts, Notice, Recipient, Rung
from bot.services import facts as known_facts
from bot.services.notices import KINDS
from bot.texts import Library
from sandbox.records import Call
from storage import arrivals
from storage.database import Database
from tests.audit import Books
from tests.dying import ROW_PARAMETER
from tests.leaders import Phase

# What an undisturbed day gives; that it does is what the first scenario shows.
ON_TIME = frozenset({Phase.PROMPT, Phase.REMINDER})


@dataclass(frozen=True, slots=True)
class Look:
    """A moment of the run, and the jump of the clock before it, after which the bot surely looked.

    `is_settled`: nothing more was to be handled or sent.
    """

    at: datetime
    jumped_at: datetime
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What was owed and did not come: lost, or left in doubt as its kind's rule says."""

    never: tuple[str, ...]
    by_rule: tuple[str, ...]


NOTHING_MISSED = Told((), ())


@dataclass(frozen=True, slots=True)
class _Day:
    facts: DayFacts
    audience: Sequence[Recipient]
    outages: Sequence[Outage]
    chats: Mapping[str, int]

    def owed_at(self, look: Look, schedule: Schedule) -> Sequence[Notice]:
        """What was owed at that jump by what was known at the look, if nothing had gone out before.

        What became due between the two is found at the bot's next look; while nobody was heard nothing was.
        """
        if any(outage.began <= look.at < outage.ended for outage in self.outages):
            return ()
        known = [outage for outage in self.outages if outage.ended <= look.at]
        calendar = Calendar(schedule, outages=known)
        day = self.facts.window.day
        expected = tuple(
            replace(each, window=window)
            for each in self.facts.expected
            if (window := calendar.window(each.unit_id, day))
        )
        whole = day_window(day, calendar.window(None, day), (e.window for e in expected))
        if whole is None:
            return ()
        reported = {unit: came for unit, came in self.facts.reported.items() if came <= look.at}
        then = DayFacts(whole, expected, reported)
        return owed(look.jumped_at, DUTY.key, [then], self.audience, frozenset(), known).notices


async def told(
    database: Path,
    schedule: Schedule,
    looks: Iterable[Look],
    calls: Iterable[Call],
    books: Books,
    unreachable: Collection[int] = (),
) -> Told:
    """Compare what was owed at each of these moments with what Telegram took."""
    shown = _shown(calls)
    states = {row.key: row.state for row in books.outbox}
    days: dict[date, _Day | None] = {}
    never: set[str] = set()
    by_rule: set[str] = set()
    async with Database.open(database) as opened:
        for look in looks:
            day = schedule.local_day(look.at)
            if day not in days:
                days[day] = await _load(opened, schedule, day)
            known = days[day]
            if known is None:
                continue
            for notice in known.owed_at(look, schedule):
                state = states.get(notice.key)
                is_dropped = state in {None, "superseded", "expired"}
                # Who reports at once after the look is not asked any more.
                is_silenced = not look.is_settled and notice.unit_id in known.facts.reported
                if (
                    notice.key in shown
                    or known.chats.get(notice.recipient) in unreachable
                    or (is_dropped and (is_silenced or _is_overtaken(notice, shown)))
                ):
                    continue
                if state == "doubtful" and not RULES[KINDS[notice.rung]].repeats_when_doubtful:
                    by_rule.add(notice.key)
                else:
                    never.add(notice.key)
    return Told(tuple(sorted(never)), tuple(sorted(by_rule)))


async def _load(database: Database, schedule: Schedule, day: date) -> _Day | None:
    """The day as it was in the end: the next day sees it as yesterday."""
    at = datetime.combine(day + timedelta(days=1), time(12), schedule.zone)
    async with database.snapshot() as session:
        found = await known_facts.load(session, schedule, Library(schedule.zone, "vi"), at)
    if found is None or found.yesterday is None:
        return None
    chats = {key: reader.to.chat_id for key, reader in found.readers.items()}
    return _Day(found.yesterday, found.audience, found.calendar.outages, chats)


def _shown(calls: Iterable[Call]) -> frozenset[str]:
    return frozenset(
        str(call.params[ROW_PARAMETER])
        for call in calls
        if call.applied and ROW_PARAMETER in call.params
    )


def _is_overtaken(notice: Notice, shown: Iterable[str]) -> bool:
    """Whether a higher rung told the same person or group of the same."""
    return any(True for _ in _higher(notice, shown))


def _higher(notice: Notice, shown: Iterable[str]) -> Iterator[str]:
    iso = notice.days[-1].isoformat()
    for key in shown:
        rung, _, rest = key.partition(":")
        if rung not in _ORDER or _ORDER[Rung(rung)] <= _ORDER[notice.rung]:
            continue
        parts = rest.split(":")
        if notice.unit_id is None:
            if rung == Rung.LATE_DIGEST:
                first, _, last = parts[1].partition("..")
                if first <= iso <= last and parts[2] == notice.recipient:
                    yield key
            elif parts[1:3] == [iso, notice.recipient]:
                yield key
        elif parts[1] == str(notice.unit_id) and (
            parts[2:4] == [iso, notice.recipient]
            or (rung == Rung.OUTAGE and parts[2] == notice.recipient)
        ):
            yield key


_ORDER = {
    Rung.PROMPT: 0,
    Rung.OUTAGE: 4,
    Rung.REMINDER: 1,
    Rung.OVERDUE: 2,
    Rung.DEPUTIES: 3,
    Rung.DIGEST: 0,
    Rung.ESCALATION: 1,
    Rung.FINAL: 2,
    Rung.LATE_DIGEST: 3,
}


async def changed_states(
    database: Path, phases: Mapping[tuple[date, int], Phase], *, give_back: bool
) -> list[str]:
    """Return who is judged otherwise than on an undisturbed day.

    `phases`: when the leader of each day and unit meant to report. A late one may become on time where an
    outage gives time back; nobody who meant to report is missing or late for it.
    """
    changed = []
    async with Database.open(database) as opened, opened.snapshot() as session:
        listed = await arrivals.list_between(session, DUTY.key, date.min, date.max)
    came = {(each.day, each.unit_id): each for each in listed}
    for (day, unit_id), phase in phases.items():
        found = came.pop((day, unit_id), None)
        if phase is Phase.NEVER:
            state, wanted = ("there" if found else "missing"), {"missing"}
        elif found is None:
            state, wanted = "missing", {"there"}
        else:
            state = "on time" if found.first_submitted_at <= found.due_at else "late"
            wanted = {"on time"} if phase in ON_TIME else {"late"}
            if phase not in ON_TIME and give_back:
                wanted.add("on time")
        if state not in wanted:
            changed.append(f"unit {unit_id} on {day}: {state}, not {' or '.join(sorted(wanted))}")
    changed += [f"unit {unit_id} on {day}: nobody meant to report" for day, unit_id in came]
    return changed
