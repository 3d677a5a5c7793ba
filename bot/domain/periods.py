"""Periods that summaries are asked for, by the words that people type."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

_DAYS_OF_WEEK = 7
_MONTHS_OF_QUARTER = 3


class Period(StrEnum):
    DAY = "ngay"
    WEEK = "tuan"
    MONTH = "thang"
    QUARTER = "quy"
    YEAR = "nam"


def period(name: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the period that holds the day; weeks begin on Monday.

    Raises ValueError for a name that is no Period.
    """
    match Period(name):
        case Period.DAY:
            return day, day
        case Period.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, _at_most_days_after(monday, _DAYS_OF_WEEK - 1)
        case Period.MONTH:
            return _months(day.year, day.month, day.month)
        case Period.QUARTER:
            first = day.month - (day.month - 1) % _MONTHS_OF_QUARTER
            return _months(day.year, first, first + _MONTHS_OF_QUARTER - 1)
        case Period.YEAR:
            return _months(day.year, 1, 12)


def _at_most_days_after(day: date, days: int) -> date:
    """Return the later day; the calendar's very last week has no Sunday."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
