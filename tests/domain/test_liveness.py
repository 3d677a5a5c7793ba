"""What counts as an outage: real silence, not what a clock was set to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.liveness import OUTAGE_FROM, ended_outage

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
_spans = st.timedeltas(timedelta(), timedelta(days=3))
_offsets = st.timedeltas(-timedelta(days=3), timedelta(days=3))


def test_a_clock_that_was_set_forward_while_one_poll_failed_is_no_outage() -> None:
    assert ended_outage(NOON + HOUR, NOON, silent_for=timedelta(seconds=5)) is None


def test_real_silence_lasts_as_long_as_it_lasted_whatever_the_clock_was_set_to() -> None:
    for now in (NOON + 10 * MINUTE, NOON + HOUR, NOON - HOUR):
        outage = ended_outage(now, NOON, silent_for=10 * MINUTE)
        assert outage
        assert (outage.began, outage.ended) == (now - 10 * MINUTE, now)


def test_after_a_start_the_clock_is_all_that_tells() -> None:
    outage = ended_outage(NOON + HOUR, NOON, silent_for=None)
    assert outage
    assert (outage.began, outage.ended) == (NOON, NOON + HOUR)
    assert ended_outage(NOON + 2 * MINUTE, NOON, silent_for=None) is None
    assert ended_outage(NOON - HOUR, NOON, silent_for=None) is None
    assert ended_outage(NOON, None, silent_for=None) is None, "the very first start"


@given(_spans, _offsets)
def test_within_a_process_the_wall_clock_makes_and_hides_no_outage(
    silence: timedelta, set_by: timedelta
) -> None:
    outage = ended_outage(NOON + silence + set_by, NOON, silent_for=silence)
    assert (outage is not None) == (silence > OUTAGE_FROM)
    assert outage is None or outage.ended - outage.began == silence
