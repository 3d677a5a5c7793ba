"""What may be exempted from reporting, from when an end of it holds, and what can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import WEEKDAYS, Calendar, Exemption

# So long after a slip of the thumb nobody has yet relied on it.
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included, on these weekdays; without a last, until ended."""

    first: date
    last: date | None
    weekdays: frozenset[str] = frozenset(WEEKDAYS)


class NotExemptableError(Exception):
    """These days cannot be exempted."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class PastDayError(NotExemptableError):
    """The days begin before today."""


class LockedDayError(NotExemptableError):
    """The figures of a day that is locked stand."""


class WrongOrderError(NotExemptableError):
    """The first day is after the last."""


class AlreadyExemptError(NotExemptableError):
    """The same unit is exempt on the same days already."""


def check(
    calendar: Calendar, unit_id: int | None, unit_ids: Iterable[int], span: Span, now: datetime
) -> None:
    """Raise NotExemptableError unless these days may still be exempted.

    `unit_ids` are the units that it would hold for, `unit_id` the one that is named (None: all).
    """
    today = calendar.schedule.local_day(now)
    if span.last is not None and span.last < span.first:
        raise WrongOrderError(span.first)
    if span.first < today:
        raise PastDayError(span.first)
    same = Exemption(0, unit_id, span.first, span.last, span.weekdays, "")
    if any(_is_same(known, same, today) for known in calendar.exemptions):
        raise AlreadyExemptError(span.first)
    if has_locked(calendar, (each for each in unit_ids if same.covers(each, today)), today, now):
        raise LockedDayError(today)


def has_locked(calendar: Calendar, unit_ids: Iterable[int], day: date, now: datetime) -> bool:
    """Whether the day's figures of one of the units are fixed, be it reopened since or not."""
    unopened = replace(calendar, reopenings=())
    windows = (unopened.expected_window(unit_id, day) for unit_id in unit_ids)
    return any(window and window.locks <= now for window in windows)


def every(weekday: str, today: date) -> Span:
    """A weekday from now on, until it is ended."""
    return Span(today, None, frozenset({weekday}))


def begun(calendar: Calendar, unit_ids: Iterable[int], span: Span, now: datetime) -> Span:
    """What holds until it is ended begins today, or tomorrow where today is locked; days stay."""
    if span.last is not None:
        return span
    today = calendar.schedule.local_day(now)
    first = max(span.first, today)
    if first == today and WEEKDAYS[today.weekday()] in span.weekdays:
        locked = has_locked(calendar, unit_ids, today, now)
        first = today + timedelta(days=1) if locked else today
    return replace(span, first=first)


def ends_from(
    calendar: Calendar, exemption: Exemption, unit_ids: Iterable[int], now: datetime
) -> date:
    """The first day on which it no longer holds if it is ended now.

    Today, as long as no window of today that it covers has opened; else tomorrow.
    """
    today = calendar.schedule.local_day(now)
    for unit_id in unit_ids:
        window = calendar.window(unit_id, today) if exemption.covers(unit_id, today) else None
        if window and window.opens <= now:
            return max(exemption.first, today + timedelta(days=1))
    return max(exemption.first, today)


def can_undo(
    calendar: Calendar,
    exemption: Exemption,
    unit_ids: Iterable[int],
    declared_at: datetime,
    now: datetime,
) -> bool:
    """Whether it can be taken back as if it had never been: just declared, and no deadline passed."""
    if not timedelta() <= now - declared_at <= UNDO_WITHIN:
        return False
    today = calendar.schedule.local_day(now)
    windows = (calendar.window(u, today) for u in unit_ids if exemption.covers(u, today))
    return not any(window and window.due <= now for window in windows)


def is_to_come(exemption: Exemption, today: date) -> bool:
    """Whether it holds today or will hold later."""
    if exemption.last is not None and exemption.last < today:
        return False
    ended_on = exemption.ended_on
    return ended_on is None or ended_on > max(exemption.first, today)


def _is_same(known: Exemption, wanted: Exemption, today: date) -> bool:
    """Whether they say the same of the days from today on; the reasons may differ."""
    return (
        known.ended_on is None
        and known.unit_id == wanted.unit_id
        and known.weekdays == wanted.weekdays
        and known.last == wanted.last
        and max(known.first, today) == wanted.first
    )
