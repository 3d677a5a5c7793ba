"""Periods that summaries are asked for, by the words that people type."""

import calendar
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum

_DAYS_OF_WEEK = 7


class Period(StrEnum):
    DAY = "ngay"
    WEEK = "tuan"
    MONTH = "thang"
    QUARTER = "quy"
    YEAR = "nam"


class OutsideCalendarError(Exception):
    """The calendar (years 1 to 9999) has no day on that side of the period."""


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


def period(name: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the period that holds the day; weeks begin on Monday.

    Raises ValueError for a name that is no Period.
    """
    asked = Period(name)
    if asked is Period.DAY:
        return day, day
    if asked is Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, _at_most_days_after(monday, _DAYS_OF_WEEK - 1)
    months = _MONTHS[asked]
    first = day.month - (day.month - 1) % months
    last = first + months - 1
    days_of_last = calendar.monthrange(day.year, last)[1]
    return date(day.year, first, 1), date(day.year, last, days_of_last)


def previous(name: str, day: date) -> tuple[date, date]:
    """Return the period of that name before the day's own, or raise OutsideCalendarError."""
    first, _ = period(name, day)
    if first == date.min:
        raise OutsideCalendarError
    return period(name, first - timedelta(days=1))


def following(name: str, day: date) -> tuple[date, date]:
    """Return the period of that name after the day's own, or raise OutsideCalendarError."""
    _, last = period(name, day)
    if last == date.max:
        raise OutsideCalendarError
    return period(name, last + timedelta(days=1))


_BY_CALENDAR = (Period.MONTH, Period.QUARTER, Period.YEAR, Period.WEEK)


def named(first: date, last: date, today: date) -> Period | None:
    """Return the period that these days are, or that they are up to today, or None.

    A single day is no beginning of a longer period.
    """
    if first == last:
        return None
    for name in _BY_CALENDAR:
        begin, end = period(name, first)
        if first == begin and (last == end or (last == today and last <= end)):
            return name
    return None


def neighbours(name: str, day: date, begin: date, today: date) -> tuple[date | None, date | None]:
    """Return a day of the period before and of the one after, None where there is nothing to see.

    Nothing is before `begin`, after today, or outside the calendar. The days are the last ones of
    their periods that are not in the future, so that a shorter period chosen next is the newest.
    """
    earlier = later = None
    with suppress(OutsideCalendarError):
        _, last = previous(name, day)
        earlier = last if last >= begin else None
    with suppress(OutsideCalendarError):
        first, last = following(name, day)
        later = min(last, today) if first <= today else None
    return earlier, later


def _at_most_days_after(day: date, days: int) -> date:
    """Return the later day; the calendar's very last week has no Sunday."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
