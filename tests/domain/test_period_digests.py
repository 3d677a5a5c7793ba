"""When a week or month is told."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices import Recipient
from bot.domain.period_digests import Occurrence, owed
from bot.domain.periods import Period

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
READERS = (Recipient("1", LONG_AGO), Recipient("2", LONG_AGO))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.sampled_from(["tuan", "thang"]))
def test_whatever_the_moments_are_a_period_is_told_once_and_only_when_it_is_over(
    days: list[int], name: str
) -> None:
    told: set[tuple[Period, object, str]] = set()
    for number in sorted(days):
        at = LONG_AGO + timedelta(days=30 + number)
        occurrence = {Period(name): Occurrence(at, at.date())}
        for due in owed(occurrence, READERS, told, LONG_AGO.date()):  # type: ignore[arg-type]
            key = (due.period, due.first, due.recipient)
            assert key not in told
            assert due.last < at.date()
            told.add(key)
        assert not owed(occurrence, READERS, told, LONG_AGO.date())  # type: ignore[arg-type]


def test_nothing_is_told_of_a_time_before_the_first_reporting_day() -> None:
    at = datetime(2026, 3, 16, tzinfo=UTC)
    found = {Period.WEEK: Occurrence(at, at.date())}
    assert not owed(found, READERS, (), at.date())
    assert len(owed(found, READERS, (), at.date() - timedelta(days=1))) == len(READERS)
