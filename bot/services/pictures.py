"""Pictures: what they show, and when one follows a text."""

import asyncio
from datetime import date, datetime

from bot.domain import charts
from bot.domain.calendar import Schedule, days_from
from bot.domain.charts import HeatMap
from bot.domain.delivery import Kind
from bot.domain.forms import DUTY
from bot.domain.notices import Notice, Rung
from bot.domain.period_digests import PeriodDigest
from bot.domain.periods import Period, period
from bot.domain.target_charts import TargetChart, target_chart
from bot.domain.trends import Trend, trend
from bot.screens.message import Picture, Subject
from bot.services import compliance, standings
from bot.services.facts import Reader
from bot.services.posting import post
from bot.services.targets import on_day
from bot.services.turn import Turn
from bot.texts import Texts
from storage import command, units
from storage.database import Session
from storage.outbox import Destination, FormKey

# The call for who is missing is to be read at once; a morning's line and several days together have
# no one month that they are about.
_PICTURED = {Rung.DIGEST, Rung.FINAL}
# A day or week is shown as part of its month.
_PICTURE_OF = {Period.DAY: Period.MONTH, Period.WEEK: Period.MONTH}


async def chart(
    session: Session, schedule: Schedule, picture: Picture, now: datetime
) -> HeatMap | Trend:
    """What the picture shows of what is known now."""
    if picture.period is Period.MONTH:
        return await month(session, schedule, picture.first, now)
    known = await standings.basis(session, schedule)
    first, last = period(picture.period, picture.first)
    return trend(await standings.standing(session, known, first, last, now), picture.period)


async def month(session: Session, schedule: Schedule, first: date, now: datetime) -> HeatMap:
    """The month that begins on `first`: every unit that was asked, in the configured order."""
    _, last = period(Period.MONTH, first)
    record = await compliance.load(session, schedule, first, last, now)
    today = schedule.local_day(now)

    def mapped() -> HeatMap:
        found = record.unit_days(first, last)
        return charts.heat_map(days_from(first, last), today, found, record.registry.order, now)

    return await asyncio.to_thread(mapped)


async def targets(session: Session, schedule: Schedule, day: date, now: datetime) -> TargetChart:
    """The targets of the day, today at the latest, as they are known now."""
    day = min(day, schedule.local_day(now))
    listed = (await units.registry(session)).on(day)
    return target_chart(await on_day(session, schedule, day, now), listed, day)


async def follow_digest(session: Session, notice: Notice, reader: Reader, now: datetime) -> None:
    """Queue the picture right behind the digest's text, if the digest has one."""
    if notice.rung in _PICTURED:
        day = notice.days[-1]
        await post(
            session,
            Kind.PICTURE,
            f"picture:{notice.key}",
            reader.to,
            _picture(Period.MONTH, day, reader.texts),
            now,
            scheduled_at=notice.scheduled_at,
            about=FormKey(DUTY.key, day),
        )


async def follow_period_digest(
    session: Session, due: PeriodDigest, reader: Reader, now: datetime
) -> None:
    """Queue the month behind the digest of a week or month; behind a month's, its targets as well."""
    texts = reader.texts
    shown = [_picture(Period.MONTH, due.last, texts)]
    if due.period is Period.MONTH:
        shown.append(_targets_of(due.last, texts))
    for picture in shown:
        key, at = f"picture:{picture.subject}:{due.key}", due.scheduled_at
        await post(session, Kind.PICTURE, key, reader.to, picture, now, scheduled_at=at)


async def follow_summary(
    turn: Turn, schedule: Schedule, asked: tuple[Period, date], to: Destination, texts: Texts
) -> None:
    """Queue the picture of the asked period behind the answer that is queued already.

    None for a period that has not begun, or was over before the first reporting day.
    """
    name, day = asked
    known = await command.get(turn.session)
    shown = _PICTURE_OF.get(name, name)
    first, last = period(shown, day)
    if known is None:
        return
    if first <= schedule.local_day(turn.received_at) and known.first_day <= last:
        key, picture = f"picture:{turn.key}", _picture(shown, day, texts)
        await post(turn.session, Kind.PICTURE_REPLY, key, to, picture, turn.received_at)


async def follow_targets(turn: Turn, schedule: Schedule, to: Destination, texts: Texts) -> None:
    """Queue the picture of today's targets as an answer."""
    picture = _targets_of(schedule.local_day(turn.received_at), texts)
    key = f"picture:{turn.key}"
    await post(turn.session, Kind.PICTURE_REPLY, key, to, picture, turn.received_at)


def _targets_of(day: date, texts: Texts) -> Picture:
    return Picture(Period.DAY, day, texts.language, Subject.TARGETS)


def _picture(name: Period, day: date, texts: Texts) -> Picture:
    return Picture(name, period(name, day)[0], texts.language)
