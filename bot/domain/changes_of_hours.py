"""Changing the hours of all units or of one: from which day a change holds, and what it changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import WEEKDAYS, Calendar, Hours, ScheduleRule, days_from
from bot.domain.units import Unit

_MARK_LENGTH = 8

Week = Mapping[str, Hours | None]
"""Clock times by the name of the weekday; None where nothing is asked."""


@dataclass(frozen=True, slots=True)
class NewHours:
    """These hours (None: no report) on these weekdays, for a unit or (None) the whole command."""

    unit_id: int | None
    weekdays: frozenset[str]
    hours: Hours | None

    def applied(self, calendar: Calendar, day: date) -> Calendar:
        """The calendar as it would be with the change from the day on."""
        newest = max((rule.id for rule in calendar.rules), default=0)
        rule = ScheduleRule(newest + 1, self.unit_id, self.weekdays, self.hours, day)
        return replace(calendar, rules=(*calendar.rules, rule))


@dataclass(frozen=True, slots=True)
class CommonHours:
    """A unit's own hours end, and the command's hold for it; for None the settings' hold again."""

    unit_id: int | None

    def applied(self, calendar: Calendar, day: date) -> Calendar:
        """The calendar as it would be with the change from the day on."""
        kept = [_ended(rule, self.unit_id, day) for rule in calendar.rules]
        return replace(calendar, rules=tuple(kept))


ChangeOfHours = NewHours | CommonHours


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Hours of one unit, and what they are today where a change holds from tomorrow."""

    unit: Unit
    week: Week
    today_hours: Hours | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The command's hours, those of today, and the units that have hours of their own."""

    common: Week
    today_hours: Hours | None
    own: tuple[OwnHours, ...]
    has_other_than_settings: bool
    today: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do: from these hours to those, from a day on.

    `units_apart` is how many units have hours of their own, which a change of the common ones leaves.
    """

    change: ChangeOfHours
    unit: Unit | None
    old: Week
    new: Week
    holds_from: date
    today: date
    changes_nothing: bool
    units_apart: int

    @property
    def mark(self) -> str:
        """Names the hours that the plan starts from."""
        return mark_of(self.old)


def holds_from(calendar: Calendar, change: ChangeOfHours, now: datetime) -> date:
    """Today, as long as no window of today that the change touches has opened; else tomorrow.

    Nobody is judged by hours that changed while they were being asked.
    """
    today = calendar.schedule.local_day(now)
    windows = {
        calendar.window(change.unit_id, today),
        change.applied(calendar, today).window(change.unit_id, today),
    }
    has_opened = any(window and window.opens <= now for window in windows)
    return today + timedelta(days=1) if len(windows) > 1 and has_opened else today


def standing_week(calendar: Calendar, unit_id: int | None, today: date) -> Week:
    """The hours of each weekday with every change so far: those of today's weekday are next week's."""
    days = days_from(today + timedelta(days=1), today + timedelta(days=len(WEEKDAYS)))
    hours = {WEEKDAYS[day.weekday()]: calendar.hours_on(unit_id, day) for day in days}
    return {weekday: hours[weekday] for weekday in WEEKDAYS}


def next_hours(calendar: Calendar, unit_id: int | None, today: date) -> Hours | None:
    """The hours of the next day, from today on, on which the unit is asked; None if it never is."""
    week = days_from(today, today + timedelta(days=len(WEEKDAYS)))
    return next((hours for day in week if (hours := calendar.hours_on(unit_id, day))), None)


def changed_week(calendar: Calendar, change: ChangeOfHours, today: date) -> Week:
    """The hours of each weekday with the change."""
    tomorrow = today + timedelta(days=1)
    return standing_week(change.applied(calendar, tomorrow), change.unit_id, today)


def has_own_hours(calendar: Calendar, unit_id: int | None, today: date) -> bool:
    """Whether a unit has hours that are not the command's; for None, the command others than set."""
    tomorrow = today + timedelta(days=1)
    return any(
        rule.unit_id == unit_id and (rule.valid_to is None or rule.valid_to > tomorrow)
        for rule in calendar.rules
    )


def mark_of(week: Week) -> str:
    """Name what a card showed as the old hours, so that an old card cannot overwrite newer ones."""
    return hashlib.sha256(repr(sorted(week.items())).encode()).hexdigest()[:_MARK_LENGTH]


def _ended(rule: ScheduleRule, unit_id: int | None, day: date) -> ScheduleRule:
    if rule.unit_id != unit_id or not (rule.valid_to is None or rule.valid_to > day):
        return rule
    return replace(rule, valid_to=max(rule.valid_from, day))
