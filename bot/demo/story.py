"""The play, scene after scene. The seed decides who has which habit, and when the bot dies."""

from bot.demo import around_due, before_due, month
from bot.demo.casting import Company, cast, found
from bot.demo.samples import UnitDays, fill_past
from bot.demo.scenes import Play
from bot.demo.stage import FIRST_DAY, PATIENCE_S, PRESET, at, say

SCENES = 18  # those here, and the count at the end


async def perform(play: Play, seed: int) -> tuple[Company, UnitDays]:
    """Return who played, and which reports of the days after are samples."""
    stage, narrator = play.stage, play.narrator
    # The command begins on the first of the month by the clock of its Telegram, so that the days
    # before the play are days of reporting.
    await play.scene(at("08:00", FIRST_DAY), say.past_filled)
    listed = await found(stage)
    narrator.tell(say.server, say.set_up(len(listed), PRESET, FIRST_DAY))
    past = await fill_past(stage.database, listed, seed)
    narrator.tell(
        say.server, say.filled(past.counts, past.exempt_unit.short_name, past.exempt_days)
    )
    await play.scene(at("15:00"), say.invited)
    company = await cast(stage, play.box, narrator, play.texts, play.chance, listed)
    await _stranger_writes(company)
    await play.scene(at("15:30"), say.opened)
    await before_due.opening(play, company)
    await play.scene(at("15:36"), say.in_detail, within=8)
    await before_due.in_detail(play, company)
    await play.scene(at("15:47"), say.killed, within=7)
    await before_due.death_in_a_burst(play, company)
    await play.scene(at("16:00"), say.questions, within=8)
    await before_due.questions(play, company)
    await play.scene(at(around_due.OUTAGE_FROM), say.cut_off)
    await around_due.outage(play, company)
    # The outage lasted some seconds more than the minutes named, and so does all that it moved.
    await play.scene(at("16:55:30"), say.moved)
    await around_due.within_the_moved_deadline(play, company)
    heard = await play.newest_in(company)
    await play.scene(at("17:11"), say.due)
    await around_due.due(play, company, heard)
    await play.scene(at("17:26"), say.late, within=3)
    await around_due.late(play, company)
    heard = await play.newest_in(company)
    await play.scene(at("18:11"), say.an_hour_late)
    await around_due.an_hour_late(play, company, heard)
    heard = await play.newest_in(company)
    await play.scene(at("20:41"), say.locked)
    await around_due.lock(play, company, heard)
    await play.scene(at("06:30", month.TRAINING_DAY), say.planned)
    await month.planned(play, company)
    await play.scene(at("08:00", month.TRAINING_DAY), say.attended)
    await month.attended(play, company)
    await play.scene(at("11:01", month.TRAINING_DAY), say.completed)
    await month.completed(company)
    await play.scene(at("11:30", month.TRAINING_DAY), say.rest_of_month)
    samples = await month.month(play, company, listed, seed)
    heard = await play.newest_in(company)
    await play.scene(at("07:01", month.TOLD_ON), say.month_over)
    await month.told(play, company, heard)
    return company, samples


async def _stranger_writes(company: Company) -> None:
    await company.stranger.writes(say.strange_question)
    answer = await company.stranger.person.sees("được mời", PATIENCE_S)
    company.stranger.tell(say.read(answer.text))
