"""The last acts: a training day, a month in jumps, and what the month adds up to."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.demo.cast import Actor
from bot.demo.casting import Company, together
from bot.demo.phones import group_phone, phone_of
from bot.demo.samples import UnitDays, fill_rest
from bot.demo.scenes import Play
from bot.demo.stage import DAY, at, say
from bot.domain.activities import SERVICES, Slot
from bot.domain.calendar import WEEKDAYS, days_from
from bot.domain.forms import ATTENDANCE, COURSE_RESULT, DUTY
from bot.domain.participation import ActivityKind
from bot.domain.periods import Period, period
from bot.domain.units import Unit

TRAINING_DAY = DAY + timedelta(days=1)
_SESSION = Slot(TRAINING_DAY, time(8), time(11))
LAST_DAY = period(Period.MONTH, DAY)[1]
TOLD_ON = LAST_DAY + timedelta(days=1)
_REST = tuple(days_from(TRAINING_DAY, LAST_DAY))
# On these days some report by buttons; of the others the reports are samples.
_ACTED = tuple(_REST[n] for n in (0, 6, 13, len(_REST) - 1))


async def planned(play: Play, company: Company) -> None:
    """The admin adds a course of a single session for three units."""
    admin, texts = company.admin, play.texts
    await admin.writes("/hoatdong")
    for label in (
        texts.add_activity,
        texts.activity_kinds[ActivityKind.COURSE],
        texts.categories["on_site"],
        texts.services[SERVICES[0]],
    ):
        await admin.tap(label)
    await admin.sees(say.three_lines_asked)
    asked = await admin.writes(
        say.course(
            ", ".join(actor.led.short_name for actor in _trained(company)),
            _SESSION.day,
            _SESSION.starts,
            _SESSION.ends,
        )
    )
    await admin.reads(say.course_title, after=asked)


async def attended(play: Play, company: Company) -> None:
    """Two units tell who came; the third leaves its attendance open."""
    everybody, one_sick, _ = _trained(company)
    await together(*(actor.sees(say.course_title) for actor in _trained(company)))
    play.narrator.tell(say.bot, say.attendance_asked(len(_trained(company))))
    await together(
        everybody.answers(ATTENDANCE.key), one_sick.answers(ATTENDANCE.key, absent="sick")
    )
    play.album["attendance"] = await phone_of(one_sick, since=at("06:30", TRAINING_DAY))


async def completed(company: Company) -> None:
    """The session is over: of the first unit everybody has completed the course."""
    everybody, *_ = _trained(company)
    await everybody.answers(COURSE_RESULT.key)


async def month(play: Play, company: Company, listed: Sequence[Unit], seed: int) -> UnitDays:
    """Jump through the days that are left: some report by buttons, the others are samples."""
    acting = (company.keeper, company.typist)
    acted = frozenset((actor.led.id, day) for actor in acting for day in _ACTED)
    filled = await fill_rest(play.stage.database, listed, _REST, acted, seed)
    play.narrator.tell(say.server, say.rest_filled(filled.counts, _REST))
    for day in _REST:
        heard = await play.newest_in(company)
        if WEEKDAYS[day.weekday()] == "mon":
            await _week_told(play, company, day)
        if day in _ACTED:
            await play.passes(at("15:45", day))
            play.narrator.tell(say.bot, say.asked_on(day))
            await together(*(actor.answers(DUTY.key) for actor in acting))
        await play.passes(at("20:41", day))
        # Days that are jumped over without being told would be told late, and together.
        title = f"{play.texts.report_names[DUTY.key]} {play.texts.day(day)}"
        await company.commander.sees(title, company.group, heard)
    return filled.written


async def told(play: Play, company: Company, after: int) -> None:
    """The month's digest, its picture, and the picture of the targets."""
    digest = await play.digest(company, after, _title(play, Period.MONTH, DAY), say.month_told)
    shown = company.commander.sees
    await shown(play.texts.heat_map_title(*period(Period.MONTH, DAY)), company.group, digest.id)
    play.narrator.tell(say.bot, say.picture)
    await shown(play.texts.targets_title, company.group, digest.id)
    play.narrator.tell(say.bot, say.targets_picture)
    play.album["month"] = await group_phone(company, since=at("07:00", TOLD_ON))


async def _week_told(play: Play, company: Company, day: date) -> None:
    heard = await play.newest_in(company)
    await play.passes(at("07:01", day))
    title = _title(play, Period.WEEK, day - timedelta(days=1))
    await play.digest(company, heard, title, say.week_told(title))


def _title(play: Play, name: Period, day: date) -> str:
    return say.period_told(play.texts.days(*period(name, day)))


def _trained(company: Company) -> tuple[Actor, Actor, Actor]:
    return company.early, company.detailed, company.keeper
