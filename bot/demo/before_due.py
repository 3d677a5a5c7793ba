"""The first acts: who reports before the deadline, and how."""

import asyncio
from datetime import timedelta

from bot.demo.cast import RECEIVED, Actor
from bot.demo.casting import Company, together
from bot.demo.phones import group_phone, phone_of
from bot.demo.scenes import Play
from bot.demo.stage import DAY, PATIENCE_S, say
from bot.domain.periods import Period, period

_REASONS = ("leave", "sick", "on_mission", "studying")
_STILL_OWING = 3  # units at the outage


async def opening(play: Play, company: Company) -> None:
    """Who waits for the prompt answers at once, while others are still being asked."""

    async def wait_for_prompts() -> None:
        await together(*(actor.sees("Mời đồng chí báo cáo") for actor in company.asked))
        play.narrator.tell(say.bot, say.prompted(len(company.asked)))

    await company.early.sees("Mời đồng chí báo cáo")
    play.album["prompt"] = await phone_of(company.early)
    await together(wait_for_prompts(), company.early.reports_normal())


async def in_detail(play: Play, company: Company) -> None:
    """One uses the editor, another has a problem to tell, and a third types a whole report."""
    first, second = play.chance.sample(_REASONS, 2)

    async def absences() -> None:
        await company.detailed.fills_in({first: 1, second: 1})
        play.album["editor"] = await phone_of(company.detailed)
        await company.detailed.hands_in()

    async def trouble() -> None:
        await company.troubled.fills_in({}, is_safe=False)
        await company.troubled.hands_in()

    await together(
        absences(),
        trouble(),
        _types_well(company.typist),
        _types_badly(company.photographer),
        _pinned_board(play, company),
    )


async def _pinned_board(play: Play, company: Company) -> None:
    board = await play.board(company, "")
    play.narrator.tell(say.bot, say.pinned_board(board.text.partition("\n")[0]))


async def _types_well(actor: Actor) -> None:
    await actor.writes(_line(actor, say.typed_leave))
    await actor.hands_in_card()


async def _types_badly(actor: Actor) -> None:
    """Send a photo first, and then a line with a word that has two meanings."""
    await actor.person.send_photo()
    actor.tell(say.photographed)
    await actor.reads("không nhận ảnh")
    message_id = await actor.writes(_line(actor, say.typed_ambiguous))
    await actor.reads("có thể là", after=message_id)
    await actor.mends(message_id, _line(actor, say.typed_mission))
    await actor.hands_in_card()


def _line(actor: Actor, absence: str) -> str:
    """A report as leaders type it, two of the unit's people being absent."""
    all_people = actor.led.establishment or 0
    return say.typed_line(all_people - 2, all_people, absence)


async def death_in_a_burst(play: Play, company: Company) -> None:
    """Everybody has a card open and sends it, and in the middle of that the bot dies."""
    normal = play.texts.normal
    known = [*company.ordinary, company.twice, company.keeper]
    pair = [company.shared, company.deputy]
    burst = [*known, *pair]
    await together(
        *(actor.tap(normal) for actor in burst if actor is not company.twice),
        company.twice.tap_twice(normal),
    )
    await together(*(actor.keeps_card() for actor in burst))
    play.album["card"] = await phone_of(company.twice)
    play.chance.shuffle(known)
    # Of the two for one unit, nobody is told yet of the other's report when they press.
    quick, slow = known[:2], [*known[2:], *pair]
    play.chance.shuffle(slow)
    await together(*(_send(actor, company) for actor in quick))
    await asyncio.sleep(play.chance.uniform(0, 0.03))
    pid = play.stage.bot_pid
    await play.stage.kill_bot()
    received = [actor for actor in quick if await actor.has_seen(RECEIVED)]
    play.narrator.tell(say.server, say.died(pid, len(quick), len(received)))
    await together(*(_send(actor, company) for actor in slow))
    await together(*(actor.presses_in_vain() for actor in quick if actor not in received))
    await play.stage.start_bot()
    play.narrator.tell(say.server, say.restarted(play.stage.bot_pid))
    await together(*(actor.gets_receipt() for actor in burst))


async def _send(actor: Actor, company: Company) -> None:
    send = actor.texts.send
    await (actor.tap_twice(send) if actor is company.twice else actor.tap(send))


async def questions(play: Play, company: Company) -> None:
    """The commander asks who is missing and taps one of them, and in private looks at the week."""

    async def nudge() -> None:
        commander, group, nudged = company.commander, company.group, company.nudged
        asked = await commander.writes("/conthieu", group)
        shown = await commander.reads("Chưa báo cáo", group, asked)
        await commander.tap(play.texts.nudge_button(nudged.led), group, shown.id)
        await nudged.reads("Chỉ huy nhắc")
        await nudged.reports_normal()
        # Telegram takes a message each 3 s for a group, so these come after a while.
        await commander.sees(say.list_nudged, group, asked)
        await play.board(company, say.all_but(_STILL_OWING, len(company.leaders)))
        play.album["board"] = await group_phone(company)

    await together(company.keeper.presses_old_card(), nudge(), _week_in_private(play, company))


async def _week_in_private(play: Play, company: Company) -> None:
    """The commander looks at this week, the one before, and one unit in it."""
    commander, texts = company.commander, play.texts
    asked = await commander.writes("/tonghop tuan")
    week = await commander.person.sees_button(texts.earlier, PATIENCE_S)
    await commander.sees(texts.heat_map_title(*period(Period.MONTH, DAY)), after=asked)
    play.narrator.tell(say.bot, say.picture_for_commander)
    await commander.tap(texts.earlier, on=week.id)
    before = await commander.sees(texts.days(*period(Period.WEEK, DAY - timedelta(days=7))))
    play.album["week"] = await phone_of(commander)
    play.narrator.quote(before.text)
    await commander.tap(texts.each_unit, on=week.id)
    await commander.tap_unit(company.late.led, on=week.id)
    await commander.person.sees_button(texts.other_unit, PATIENCE_S)
