"""Targets against what the units report: their values of a day, and what people change about them."""

import asyncio
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from importlib.resources import files

from bot.domain.calendar import Schedule
from bot.domain.forms import TARGET_REPORTS, Share, YesNo
from bot.domain.participation import Participation
from bot.domain.people import Action, Person
from bot.domain.standings import Standing as DutyStanding
from bot.domain.target_measures import Count, TargetFacts, standings
from bot.domain.targets import (
    Basis,
    Measure,
    Operator,
    Standing,
    Status,
    Target,
    TargetState,
    UnitOfMeasure,
)
from bot.services.exercises import checklists
from bot.services.participation import participations
from bot.services.standings import Basis as Known
from bot.services.standings import basis, kept
from storage import answers, audit, targets
from storage.audit import Entry
from storage.database import Session


class NoSuchTargetError(LookupError):
    """There is no target of this key today, or it does not take what was given."""


class PastDayError(ValueError):
    """What past days were measured against does not change."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


@dataclass(frozen=True, slots=True)
class Overview:
    """Every target of the day, and by key the values of a month before, where they can be told."""

    day: date
    now: datetime
    standings: tuple[Standing, ...]
    before: Mapping[str, Standing]

    def find(self, key: str) -> Standing:
        """Raises NoSuchTargetError."""
        for each in self.standings:
            if each.target.key == key:
                return each
        raise NoSuchTargetError(key)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is known already of the year of a day: what units took part in, and perhaps its standing."""

    basis: Known
    participations: tuple[Participation, ...]
    year: DutyStanding | None = None


def preset_targets(scopes: Mapping[str, str]) -> list[Target]:
    """The resolutions' targets; `scopes` are those that a preset names otherwise, by key."""
    text = files("bot.presets").joinpath("targets.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return [
        Target(
            key=row["key"],
            valid_from=data["valid_from"],
            valid_to=None,
            position=position,
            phrases={"vi": row["phrase_vi"], "en": row["phrase_en"]},
            shorts={"vi": row["short_vi"], "en": row["short_en"]},
            measure=Measure(row["key"]),
            operator=Operator(row["operator"]),
            value=Fraction(row["value"]) if "value" in row else None,
            unit_of_measure=UnitOfMeasure(row["unit_of_measure"]),
            scope=scopes.get(row["key"], row["scope"]),
            source=row["source"],
        )
        for position, row in enumerate(data["targets"])
    ]


async def current(session: Session, schedule: Schedule, now: datetime) -> tuple[Standing, ...]:
    """Every target of today with its value, as known now."""
    return await on_day(session, schedule, schedule.local_day(now), now)


async def on_day(
    session: Session, schedule: Schedule, day: date, now: datetime, loaded: Loaded | None = None
) -> tuple[Standing, ...]:
    """Every target of the day with its value of that day, as known now."""
    found = await targets.list_all(session)
    known = await facts(session, schedule, day, now, loaded=loaded)
    return await asyncio.to_thread(standings, found, known)


async def overview(session: Session, schedule: Schedule, now: datetime) -> Overview:
    """Today's values, beside those of the same day a month ago as they were known then."""
    today = schedule.local_day(now)
    found = await targets.list_all(session)
    then = month_before(today)
    moment = datetime.combine(then, now.astimezone(schedule.zone).time(), schedule.zone)
    told = standings(
        found, await facts(session, schedule, then, moment.astimezone(now.tzinfo), is_now=False)
    )
    return Overview(
        today,
        now,
        standings(found, await facts(session, schedule, today, now)),
        {each.target.key: each for each in told},
    )


def month_before(day: date) -> date:
    """The same day of the month before, or that month's last."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


async def facts(
    session: Session,
    schedule: Schedule,
    day: date,
    now: datetime,
    *,
    is_now: bool = True,
    loaded: Loaded | None = None,
) -> TargetFacts:
    """What is known at `now` of the year up to the day, with the units of that day.

    Training is that of the sessions and courses up to the day, with all that has been told of them since;
    checklists, states and counts are those of the day's end. Without `is_now` daily reports are those that
    had come by then.
    """
    first = day.replace(month=1, day=1)
    if loaded is None:
        known = await basis(session, schedule)
        taking_part = await participations(session, schedule, first, day, now, until=day)
        loaded = Loaded(known, taking_part)
    registry = loaded.basis.registry
    by = min(now, _end_of(day, schedule))
    statuses, counts = await _told(session, by)
    return TargetFacts(
        day=day,
        now=now,
        units=registry.on(day),
        duty=await kept(
            session,
            loaded.basis,
            first,
            day,
            now,
            by=None if is_now else now,
            told=loaded.year,
        ),
        former=registry.former(first, day),
        participations=tuple(
            replace(each, went_into=registry.heir(each.unit_id, day))
            for each in loaded.participations
        ),
        checklists=await checklists(session, day, by),
        statuses=statuses,
        counts=counts,
    )


def _end_of(day: date, schedule: Schedule) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time(), schedule.zone)
    return midnight.astimezone(UTC) - timedelta(milliseconds=1)


async def set_status(
    session: Session,
    schedule: Schedule,
    person: Person,
    status: Status,
) -> None:
    """Keep the state of the whole command that somebody gave. Raises NoSuchTargetError."""
    target = await _in_force(session, status.key, schedule.local_day(status.at))
    if status.unit_id is not None or target.measure.basis is not Basis.STATUS:
        raise NoSuchTargetError(status.key)
    known = await targets.list_statuses(session, status.at)
    given = [s for s in known if (s.key, s.unit_id) == (status.key, status.unit_id)]
    if given and given[-1].state is status.state:
        return
    await targets.add_status(session, status, person.id)
    await _note(
        session,
        "target.status",
        person,
        schedule,
        status.at,
        before={"name": target.shorts["vi"], "target": status.key, "target_state": given[-1].state}
        if given
        else None,
        after={"name": target.shorts["vi"], "target": status.key, "target_state": status.state},
    )


async def revise(
    session: Session,
    schedule: Schedule,
    person: Person,
    change: tuple[str, Fraction, date],
    now: datetime,
) -> None:
    """Let another value hold from a day on; earlier days keep theirs.

    Raises NoSuchTargetError and PastDayError.
    """
    key, value, day = change
    today = schedule.local_day(now)
    if day < today:
        raise PastDayError(day)
    target = await _in_force(session, key, today)
    if target.value is None:
        raise NoSuchTargetError(key)
    await targets.end(session, key, day)
    await targets.save(session, replace(target, valid_from=day, valid_to=None, value=value))
    await _note(
        session,
        "target.change",
        person,
        schedule,
        now,
        before={"name": target.shorts["vi"], "target": key, "value": targets.decimal(target.value)},
        after={
            "name": target.shorts["vi"],
            "target": key,
            "value": targets.decimal(value),
            "since": day.isoformat(),
        },
    )


async def end(
    session: Session, schedule: Schedule, person: Person, key: str, now: datetime
) -> None:
    """Let the target hold no longer from today on. Raises NoSuchTargetError."""
    today = schedule.local_day(now)
    target = await _in_force(session, key, today)
    await targets.end(session, key, today)
    after = {"name": target.shorts["vi"], "target": key, "ended_on": today.isoformat()}
    await _note(session, "target.end", person, schedule, now, after=after)


async def _in_force(session: Session, key: str, day: date) -> Target:
    for target in await targets.list_all(session):
        if target.key == key and target.holds_on(day):
            return target
    raise NoSuchTargetError(key)


async def _told(session: Session, until: datetime) -> tuple[tuple[Status, ...], tuple[Count, ...]]:
    """Every state and every pair of counts given up to the moment, oldest first.

    Units used to give theirs at any time; now they stand in reports.
    """
    statuses = await targets.list_statuses(session, until)
    counts = await targets.list_counts(session, until)
    kinds = {kind.key: kind for kind in TARGET_REPORTS}
    for key, told in await answers.list_told(session, kinds, until):
        (asked,) = kinds[key].fields
        match asked, told.answers.get(asked.key):
            case YesNo(), bool(has_it):
                state = TargetState.DONE if has_it else TargetState.NOT_STARTED
                statuses.append(Status(key, told.unit_id, state, told.at))
            case Share(), [part, whole]:
                counts.append(Count(key, told.unit_id, part, whole, told.at))
    return (
        tuple(sorted(statuses, key=lambda status: status.at)),
        tuple(sorted(counts, key=lambda count: count.at)),
    )


async def _note(
    session: Session,
    action: str,
    person: Person,
    schedule: Schedule,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object],
) -> None:
    role = person.role_to(Action.TARGETS, schedule.local_day(now))
    entry = Entry(
        action,
        person.id,
        role,
        before=json.dumps(before, ensure_ascii=False) if before else None,
        after=json.dumps(after, ensure_ascii=False),
    )
    await audit.add(session, entry, now)
