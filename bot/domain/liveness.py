"""When silence of Telegram was an outage."""

from datetime import datetime, timedelta

from bot.domain.calendar import Outage

# A shorter silence is how long polls and restarts look.
OUTAGE_FROM = timedelta(minutes=2)


def ended_outage(
    now: datetime, good_at: datetime | None, silent_for: timedelta | None
) -> Outage | None:
    """Return the outage that a recovery ends, if the silence before it was one.

    `good_at` is the last good poll by the wall clock, which may have been set since; `silent_for` is how
    long ago that was by a clock that nobody sets. After a start (None) only the wall clock is left.
    """
    if good_at is None:
        return None
    lasted = now - good_at if silent_for is None else silent_for
    return Outage(0, now - lasted, now) if lasted > OUTAGE_FROM else None
