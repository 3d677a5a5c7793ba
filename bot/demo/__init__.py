"""A reporting day, a training day and a month on the embedded Telegram, told as it happens.

The bot and its Telegram run as real processes. Nothing beyond loopback is asked, no setting of the
caller is read, and the last line but the hints is a count that can fail: what people sent, by the
ledger of the embedded Telegram, against what the bot's database has.
"""

import random
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bot.demo import audit, month, page
from bot.demo.audit import Count
from bot.demo.casting import Company
from bot.demo.phones import Phone
from bot.demo.samples import sample_picture
from bot.demo.scenes import Play
from bot.demo.stage import (
    DAY,
    FEW_UNITS,
    MANY_UNITS,
    PLAYED_UNITS,
    SCHEDULE,
    Stage,
    StageError,
    say,
    staged,
)
from bot.demo.story import SCENES, perform
from bot.demo.telling import Narrator
from bot.texts import Texts
from sandbox.people import Sandbox

__all__ = ["play"]


async def play(seed: int, out: Path) -> bool:
    """Play the day and return whether nothing was lost and nothing doubled."""
    narrator = Narrator(SCENES)
    try:
        async with staged(out) as stage, Sandbox(stage.url) as box:
            narrator.plain(say.began(DAY, seed))
            return await stage.watched(_play(stage, box, narrator, seed))
    except StageError as error:
        narrator.end()
        click.echo(str(error), err=True)
        return False
    finally:
        narrator.end()


async def _play(stage: Stage, box: Sandbox, narrator: Narrator, seed: int) -> bool:
    texts = Texts(SCHEDULE.zone)
    chance = random.Random(seed)  # noqa: S311 - a play that can be repeated, no secret
    play = Play(stage, box, narrator, texts, chance)
    company, samples = await perform(play, seed)
    await box.idle()
    await stage.stop_bot()
    narrator.scene(say.counted)
    people = [actor.person for actor in company.asked]
    days = (DAY, month.LAST_DAY)
    evidence = await audit.gather(box, stage.database, people, days, company.group.id, samples)
    count = audit.count(evidence)
    for units in (FEW_UNITS, MANY_UNITS):
        stage.pictures[units].write_bytes(await sample_picture(units, texts, seed))
    stage.pictures[PLAYED_UNITS].write_bytes(play.album["group"].newest_picture)
    stage.targets_picture.write_bytes(play.album["month"].newest_picture)
    verdict = say.verdict(count.lost, count.doubled)
    figures = (*_tally(count).splitlines(), verdict)
    phones = _phones(play.album)
    pictures = [(path, _pictured(units)) for units, path in stage.pictures.items()]
    pictures.append((stage.targets_picture, say.picture_of_targets))
    drawn = [(path.name, what, path.read_bytes()) for path, what in pictures]
    stage.page.write_text(page.render(phones, narrator.told, figures, drawn), "utf-8")
    narrator.end()
    narrator.plain("", say.month_digest)
    narrator.quote(play.album["month"].newest_text_of_bot)
    narrator.plain("", _tally(count), *_findings(count, company), verdict, "")
    narrator.plain(say.page_written(_from_here(stage.page)), say.pictures_written)
    for path, what in pictures:
        narrator.plain(say.picture_written(_from_here(path), what))
    narrator.plain(*say.what_next(_program(), _from_here(stage.database), DAY))
    return count.is_clean


def _phones(album: Mapping[str, Phone]) -> tuple[Phone, ...]:
    return tuple(
        album[name]
        for name in (
            *("group", "editor", "photographer", "month", "attendance", "board", "week"),
            *("cut_off", "late", "detailed", "prompt", "card", "deputy", "nudged", "commander"),
            *("admin", "stranger"),
        )
    )


def _pictured(units: int) -> str:
    return say.picture_of_play if units == PLAYED_UNITS else say.picture_of_samples(units)


def _program() -> str:
    """Return how the command is called here: by its name, or by its path where PATH has no such."""
    beside = Path(sys.executable).with_name("trucbao")
    return "trucbao" if shutil.which("trucbao") else _from_here(beside)


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _tally(count: Count) -> str:
    return say.tally(
        count.presses,
        count.people,
        count.redelivered,
        count.reports,
        count.corrections,
        count.receipts,
        count.prompts,
        count.digests,
    )


def _findings(count: Count, company: Company) -> list[str]:
    """Name whom each fault met, by position."""
    positions = {actor.person.id: actor.position for actor in company.asked}
    positions |= {company.group.id: company.group.title}
    units = {actor.unit_id: actor.position for actor in company.leaders}
    missing = {"report": say.no_report, "correction": say.no_correction}
    missing |= {"receipt": say.no_receipt}
    return [
        say.finding(
            found.fault,
            positions.get(found.person_id or 0) or units.get(found.unit_id, ""),
            missing[found.problem]
            if found.fault == "lost"
            else say.many_reports(found.number)
            if found.problem == "report"
            else say.many_notices(found.problem, found.number),
        )
        for found in count.findings
    ]
