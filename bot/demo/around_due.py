"""The later acts: an outage moves the deadline, somebody is late, somebody corrects."""

from bot.demo.cast import Actor
from bot.demo.casting import Company, together
from bot.demo.phones import group_phone, phone_of
from bot.demo.scenes import Play
from bot.demo.stage import DAY, PATIENCE_S, at, say
from bot.domain.forms import DUTY

OUTAGE_FROM, OUTAGE_UNTIL, NEW_DUE = "16:12", "16:40", "17:10"


async def outage(play: Play, company: Company) -> None:
    """The power fails while somebody is about to send; what was pressed meanwhile has gone."""
    cut_off, texts, owing = company.cut_off, play.texts, _owing(company)
    await cut_off.tap(texts.normal)
    await cut_off.person.sees_button(texts.send, PATIENCE_S)
    pid = play.stage.bot_pid
    await play.stage.kill_bot()
    play.narrator.tell(say.server, say.power_failed(pid))
    await cut_off.presses_in_vain()
    # Longer than Telegram keeps a press: it will not be delivered.
    await play.jump(at(OUTAGE_UNTIL))
    await play.stage.start_bot()
    play.narrator.tell(say.server, say.power_back(play.stage.bot_pid))
    told = say.outage_told(OUTAGE_FROM)
    await together(*(actor.sees(told) for actor in owing))
    play.narrator.tell(say.bot, say.outage_notices(len(owing)))
    await cut_off.reads(NEW_DUE)


async def within_the_moved_deadline(play: Play, company: Company) -> None:
    owing = _owing(company)
    await together(*(actor.sees(say.reminder_told(NEW_DUE)) for actor in owing))
    play.narrator.tell(say.bot, say.reminders(len(owing)))
    await together(company.cut_off.reports_normal(), _board_moved(play, company))
    play.album["cut_off"] = await phone_of(company.cut_off)


async def due(play: Play, company: Company, after: int) -> None:
    title = f"{play.texts.report_names[DUTY.key]} {play.texts.day(DAY)}"
    digest = await play.digest(company, after, title, say.digest)
    await play.picture(company, digest.id)
    play.narrator.quote(digest.text)


async def late(play: Play, company: Company) -> None:
    overdue = (company.late, company.silent)
    await together(*(actor.sees(say.overdue_told(NEW_DUE)) for actor in overdue))
    play.narrator.tell(say.bot, say.overdue_reminders(len(overdue)))
    await company.late.reports_normal()


async def an_hour_late(play: Play, company: Company, after: int) -> None:
    """Who was late says why; who forgot somebody corrects and stays on time; one is silent."""

    async def escalation() -> None:
        company.silent.tell(say.silent)
        await play.digest(company, after, say.escalation_told, say.escalated)

    await together(
        escalation(),
        company.late.explains_delay(say.why_late),
        company.detailed.corrects("short_leave"),
    )


async def lock(play: Play, company: Company, after: int) -> None:
    """Wait for the last digest, its picture and the board as it stays."""
    digest = await play.digest(company, after, say.final_told, say.final)
    await play.picture(company, digest.id)
    await play.board(company, say.locked_told)
    play.narrator.quote(digest.text)
    play.album["group"] = await group_phone(company)
    for name, actor in company.shown_at_the_end.items():
        play.album[name] = await phone_of(actor)


async def _board_moved(play: Play, company: Company) -> None:
    await play.board(company, NEW_DUE)
    play.narrator.tell(say.bot, say.deadline_moved(NEW_DUE))


def _owing(company: Company) -> tuple[Actor, ...]:
    return company.cut_off, company.late, company.silent
