"""What is owed by now and not yet sent, rung by rung: to who reports, and to who reads digests.

Everything is computed anew from facts each time, so it does not matter when the last look was, or
who died in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from bot.domain.calendar import Outage, Window
from bot.domain.notices import DayFacts, Expectation, Notice, Owed, Recipient, Rung
from bot.domain.reports import LINE_COUNTS_FOR

# Days further back than this are told of by /tonghop, not by a digest that nobody waits for.
CATCH_UP_DAYS = 31
# After due: the leader once more, then the deputies, then the command group.
OVERDUE_AFTER = timedelta(minutes=15)
DEPUTIES_AFTER = timedelta(minutes=30)
ESCALATION_AFTER = timedelta(minutes=60)
# A shorter outage within a window is not worth a message to everybody.
OUTAGE_TOLD_FROM = timedelta(minutes=2)
# Later in the day nobody needs yesterday's line any more.
MORNING_UNTIL = time(12)
_SEVERAL = 2


def owed(
    now: datetime,
    report_type: str,
    days: Sequence[DayFacts],
    audience: Sequence[Recipient],
    sent: frozenset[str],
    outages: Sequence[Outage] = (),
) -> Owed:
    """Compare what should have gone out by now with `sent`, the keys already queued or passed by."""
    asked = [
        notice
        for facts in days
        for rungs in _ladders(now, report_type, facts, outages)
        if (notice := _highest(rungs, sent))
    ]
    read = [
        notice
        for recipient in audience
        for notice in _owed_to_reader(now, report_type, days, recipient, sent)
    ]
    told = (*_asked_together(asked), *read)
    closed = takewhile(lambda facts: now >= facts.window.locks, days)
    return Owed(told, tuple(facts.window.day for facts in closed))


def _highest(rungs: Sequence[Notice], sent: frozenset[str]) -> Notice | None:
    """The highest of these rungs if it is owed; those below it are passed by."""
    if not rungs or rungs[-1].key in sent:
        return None
    return replace(rungs[-1], passes_by=tuple(rung for rung in rungs[:-1] if rung.key not in sent))


def _ladders(
    now: datetime, report_type: str, facts: DayFacts, outages: Sequence[Outage]
) -> Iterator[list[Notice]]:
    """The ladder of each person who may report for a unit that has not."""
    for unit in facts.expected:
        if unit.unit_id in facts.reported:
            continue
        for person in unit.people:
            yield _unit_rungs(now, report_type, unit, person, outages)
        for person in unit.deputies:
            yield _unit_rungs(now, report_type, unit, person, outages, is_deputy=True)


def _owed_to_reader(
    now: datetime,
    report_type: str,
    days: Sequence[DayFacts],
    recipient: Recipient,
    sent: frozenset[str],
) -> list[Notice]:
    """The digest of each day; several past days that are owed at once come as one."""
    digests = [d for d in (_digest_rungs(now, report_type, f, recipient) for f in days) if d]
    newest, locked = days[-1].window.day if days else None, _locked(days, now)
    past = [
        d
        for d in digests
        if d[-1].key not in sent and (d[-1].days[-1] != newest or newest in locked)
    ]
    if len(past) < _SEVERAL:
        return [notice for d in digests if (notice := _highest(d, sent))]
    passed = tuple(rung for d in past for rung in d if rung.key not in sent)
    combined = _combined(report_type, [d[-1] for d in past], recipient)
    single = [notice for d in digests if d not in past and (notice := _highest(d, sent))]
    return [replace(combined, passes_by=passed), *single]


def morning(
    at: datetime,
    until: datetime,
    now: datetime,
    report_type: str,
    yesterday: DayFacts | None,
    audience: Sequence[Recipient],
    sent: frozenset[str],
) -> tuple[Notice, ...]:
    """The line about yesterday, from `at` until `until`, once yesterday is over."""
    if yesterday is None or not max(at, yesterday.window.locks) <= now < until:
        return ()
    day = yesterday.window.day
    notices = (
        Notice(
            key=f"{Rung.MORNING}:{report_type}:{day.isoformat()}:{recipient.key}",
            rung=Rung.MORNING,
            recipient=recipient.key,
            scheduled_at=at,
            not_after=until,
            days=(day,),
        )
        for recipient in audience
        if recipient.since < yesterday.window.locks
    )
    return tuple(notice for notice in notices if notice.key not in sent)


def with_lines(climbed: Owed, lines: Sequence[Notice]) -> Owed:
    """Add the lines about yesterday, but to whoever is told only now, and in full, how it ended."""
    told = list(climbed.notices)
    for line in lines:
        full = next(
            (n for n in told if n.recipient == line.recipient and line.days[0] in n.days), None
        )
        if full:
            told[told.index(full)] = replace(full, passes_by=(*full.passes_by, line))
        else:
            told.append(line)
    return replace(climbed, notices=tuple(told))


def _locked(days: Sequence[DayFacts], now: datetime) -> frozenset[date]:
    return frozenset(facts.window.day for facts in days if now >= facts.window.locks)


def _unit_rungs(
    now: datetime,
    report_type: str,
    unit: Expectation,
    person: Recipient,
    outages: Sequence[Outage],
    *,
    is_deputy: bool = False,
) -> list[Notice]:
    """The rungs of one person for one unit that have come and still matter, lowest first."""
    rungs = [
        _unit_rung(rung, at, until, report_type, unit, person)
        for rung, at, until in _timetable(unit.window, is_deputy=is_deputy)
    ]
    rungs += _outage_rungs(report_type, unit, person, outages)
    come = [
        r for r in rungs if r.scheduled_at <= now and (r.not_after is None or now < r.not_after)
    ]
    return [
        replace(rung, scheduled_at=max(rung.scheduled_at, person.since))
        for rung in sorted(come, key=lambda rung: rung.scheduled_at)
    ]


def _timetable(window: Window, *, is_deputy: bool) -> list[tuple[Rung, datetime, datetime]]:
    """From when until when each rung matters."""
    prompt = (Rung.PROMPT, window.opens, window.locks)
    if is_deputy:
        return [prompt, (Rung.DEPUTIES, window.due + DEPUTIES_AFTER, window.locks)]
    return [
        prompt,
        (Rung.REMINDER, window.reminder_at, window.due),
        (Rung.OVERDUE, window.due + OVERDUE_AFTER, window.locks),
    ]


def _unit_rung(
    rung: Rung,
    at: datetime,
    until: datetime,
    report_type: str,
    unit: Expectation,
    person: Recipient,
    key: str = "",
) -> Notice:
    return Notice(
        key=key or _key(rung, report_type, unit.window, person, f"{unit.unit_id}:"),
        rung=rung,
        recipient=person.key,
        scheduled_at=at,
        not_after=until,
        days=(unit.window.day,),
        unit_id=unit.unit_id,
    )


def _outage_rungs(
    report_type: str, unit: Expectation, person: Recipient, outages: Sequence[Outage]
) -> list[Notice]:
    """One rung an outage that took a good part of the window; its key names no day."""
    return [
        _unit_rung(
            Rung.OUTAGE,
            outage.ended,
            unit.window.locks,
            report_type,
            unit,
            person,
            key=f"{Rung.OUTAGE}:{report_type}:{unit.unit_id}:{person.key}:{outage.id}",
        )
        for outage in outages
        if outage.within(unit.window.opens, unit.window.locks) > OUTAGE_TOLD_FROM
        and person.since < outage.ended
    ]


def _asked_together(notices: Sequence[Notice]) -> list[Notice]:
    """Ask a person for a unit by one message a rung, and tell of an outage by one, whatever the days.

    The newest day gives its name; those of the others are recorded with it.
    """
    merged: dict[object, Notice] = {}
    for notice in notices:
        is_outage = notice.rung is Rung.OUTAGE
        about = notice.key if is_outage else (notice.rung, notice.recipient, notice.unit_id)
        known = merged.get(about)
        merged[about] = _joined(known, notice) if known else notice
    return _each_key_once(list(merged.values()))


def _each_key_once(notices: Sequence[Notice]) -> list[Notice]:
    """Pass nothing by that is told in the same breath, nor twice: days share the key of an outage."""
    gone = {notice.key for notice in notices}
    result = []
    for notice in notices:
        passed = {lower.key: lower for lower in notice.passes_by if lower.key not in gone}
        gone |= passed.keys()
        result.append(replace(notice, passes_by=tuple(passed.values())))
    return result


def _joined(known: Notice, newer: Notice) -> Notice:
    passed = known.passes_by + newer.passes_by
    if known.key != newer.key:
        passed += (replace(known, days=known.days[-1:], passes_by=()),)
    return replace(newer, days=known.days + newer.days, passes_by=passed)


def _digest_rungs(
    now: datetime, report_type: str, facts: DayFacts, recipient: Recipient
) -> list[Notice]:
    """The digest at due, the call for who is missing, the final one; as far as they have come."""
    window = facts.window
    if now < window.due or not facts.expected or recipient.since >= window.locks:
        return []
    rungs = [(Rung.DIGEST, window.due)]
    if facts.overdue_since:
        escalated_at = facts.overdue_since + ESCALATION_AFTER
        if escalated_at <= now < window.locks:
            rungs.append((Rung.ESCALATION, escalated_at))
    if facts.is_complete:
        # The last report may be a line that was sent only so long after it was typed.
        known_at = min(now, facts.completed_at + LINE_COUNTS_FOR)
        rungs.append((Rung.FINAL, max(window.due, known_at)))
    elif now >= window.locks:
        rungs.append((Rung.FINAL, window.locks))
    return [
        Notice(
            key=_key(rung, report_type, window, recipient),
            rung=rung,
            recipient=recipient.key,
            scheduled_at=max(at, recipient.since),
            not_after=None,
            days=(window.day,),
        )
        for rung, at in rungs
    ]


def _combined(report_type: str, finals: Sequence[Notice], recipient: Recipient) -> Notice:
    """One late digest in the place of several; those at due and the final ones are told apart."""
    days = tuple(day for final in finals for day in final.days)
    span = f"{days[0].isoformat()}..{days[-1].isoformat()}"
    return Notice(
        key=f"{Rung.LATE_DIGEST}:{report_type}:{span}:{recipient.key}:{finals[-1].rung}",
        rung=Rung.LATE_DIGEST,
        recipient=recipient.key,
        scheduled_at=finals[0].scheduled_at,
        not_after=None,
        days=days,
    )


def _key(rung: Rung, report_type: str, window: Window, to: Recipient, unit: str = "") -> str:
    """A notice's name. The due time is part of it, so that a moved deadline is told anew."""
    version = int(window.due.timestamp()) // 60
    return f"{rung}:{report_type}:{unit}{window.day.isoformat()}:{to.key}:{version}"
